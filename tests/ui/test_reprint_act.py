"""The reprint act on real services, and what the pickup desk says of the paper it replaced."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from boxoffice.services.aftersales import refunds
from boxoffice.services.printing import papers
from tests.ui.order_acts import begin, by_number, sell, show, view
from tests.ui.presale import of_session
from ui.orders.reprint_act import ReprintAct
from ui.pickup import lookup
from ui.pickup.guide import PickupGuide


@pytest.fixture
def act(context, qtbot) -> Iterator[ReprintAct]:
    made = ReprintAct(context)
    side = show(made, qtbot)  # kept: the act lies in it
    yield made
    qtbot.waitUntil(lambda: not made.busy)
    side.close()


def said_at_pickup(context, code: str) -> str:
    office = context.office
    answer = office.read(lambda s: lookup.look_up(s, office.seal, code, None))
    (hit,) = answer.hits
    found = office.read(lambda s: lookup.open_order(s, office.seal, hit.id, answer.asked))
    return PickupGuide().notice(found, 1).text


def test_a_ticket_is_printed_again_for_a_reason(act, context, qtbot):
    order = sell(context, "S4D", 2)
    begin(act, context, order, qtbot)
    assert not act.primary.isEnabled()
    line = view(context, order).lines[0]
    act.tick(line.id, True)
    assert not act.primary.isEnabled()
    act.reason.usual[0].click()
    assert act.primary.isEnabled()
    old = papers._code(context.office, line)
    act.primary.click()
    qtbot.waitUntil(lambda: act.body.is_done)
    assert [line.issue for line in view(context, order).lines] == [2, 1]
    assert len(list(context.office.home.prints.glob("*ticket*.pdf"))) == 1
    assert "replaced" in said_at_pickup(context, old)
    with qtbot.waitSignal(act.done):
        act.primary.click()


def test_a_refunded_paper_is_told_at_pickup(context):
    order = sell(context, "S4D", 1)
    line = view(context, order).lines[0]
    code = papers._code(context.office, line)
    assert "replaced" not in said_at_pickup(context, code)
    refunds.refund(
        office=context.office,
        desk=context.desk,
        order_id=order,
        line_ids=[line.id],
        quoted_fen=30_400,
        papers_back=True,
    )
    assert "refunded" in said_at_pickup(context, code)


def test_what_was_never_handed_over_is_not_offered(act, context):
    order = by_number(context, next(of_session("S2N")).number)
    assert not act.fits(view(context, order), context.desk)
    assert act.fits(view(context, sell(context, "S4D", 1)), context.desk)
