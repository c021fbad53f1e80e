"""The act "Contact and notices" on real services, and what the order's history says of notices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from boxoffice.notices.protocol import Answer, Channel, Outcome, Why
from boxoffice.queries import order_file, orders
from boxoffice.services.aftersales import exchanges
from boxoffice.services.telling import contacts
from boxoffice.services.telling.outbox import Outbox
from tests.services.test_outbox import Carrier
from tests.ui.order_acts import begin, sell, show
from ui.context import Context
from ui.orders.contact_act import ContactAct
from ui.orders.order_card import OrderCard


@pytest.fixture
def act(context, qtbot) -> Iterator[ContactAct]:
    made = ContactAct(context)
    side = show(made, qtbot)  # kept: the act lies in it
    yield made
    qtbot.waitUntil(lambda: not made.busy)
    side.close()


def typed(edit, text: str) -> None:
    edit.setText(text)
    edit.textEdited.emit(text)


def reached(context: Context, order: str) -> contacts.Reach:
    office = context.office
    return office.read(lambda s: contacts.reach(s, office.seal, order, "zh_CN"))


def says(act: ContactAct) -> str:
    return act.body.notice.text()


def test_an_address_is_noted_and_another_beside_it(act, context, qtbot) -> None:
    order = sell(context, "S4D", 1)
    begin(act, context, order, qtbot)
    assert "No address" in act.noted.text()
    assert "notices.toml" in says(act)
    assert not act.primary.isEnabled()
    typed(act.mail, "visitor@example.org")
    act.choose_language("en")
    act.primary.click()
    qtbot.waitUntil(lambda: act.body.is_done)
    assert "v***@example.org" in act.finished
    with qtbot.waitSignal(act.done):
        act.primary.click()
    begin(act, context, order, qtbot)
    assert act.noted.text() == "v***@example.org"
    assert act.mail.text() == ""  # nothing stands there in clear
    typed(act.phone, "13800000000")
    act.primary.click()
    qtbot.waitUntil(lambda: act.body.is_done)
    found = reached(context, order)
    assert (found.mail, found.phone, found.language) == (
        "visitor@example.org",
        "13800000000",
        "en",
    )
    begin(act, context, order, qtbot)
    act.forget.click()
    qtbot.waitUntil(lambda: act.body.is_done)
    assert reached(context, order).masked() == ()


def test_a_wrong_address_is_refused_with_a_sentence(act, context, qtbot) -> None:
    order = sell(context, "S4D", 1)
    begin(act, context, order, qtbot)
    typed(act.phone, "010-12345678")
    act.primary.click()
    qtbot.waitUntil(lambda: "mobile phone" in says(act))
    assert not act.body.is_done
    assert reached(context, order).masked() == ()


def test_who_left_none_gets_a_slip_and_asks_by_its_code(act, context, qtbot) -> None:
    order = sell(context, "S4D", 1)
    begin(act, context, order, qtbot)
    act.slip.click()
    qtbot.waitUntil(lambda: act.body.is_done)
    assert len(list(context.office.home.prints.glob("*ask*.pdf"))) == 1
    begin(act, context, order, qtbot)
    code = contacts.ask_code(context.office.seal, order)
    for said, fits in ((code, True), (code[:-1], False)):
        typed(act.code, said)
        assert act.checked.isVisible()
        assert ("✓" in act.checked.text()) is fits
    assert act.scanned(code)
    assert "✓" in act.checked.text()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "waits to be sent"),
        (Answer(Outcome.SENT), "was sent"),
        (Answer(Outcome.REFUSED, Why.ADDRESS), "could not be sent (nobody is at that address)"),
    ],
)
def test_what_was_told_stands_in_the_history(context, qtbot, answer, said) -> None:
    carrier = Carrier(Channel.MAIL, answers=[answer] if answer else [])
    office = replace(context.office, senders={Channel.MAIL: carrier})
    order = sell(context, "S4D", 1)
    desk = context.desk
    contacts.note(office=office, desk=desk, order_id=order, language="en", mail="v@example.org")
    other_seat(office, desk, order)
    if answer is not None:
        assert Outbox(office).go() == 1
    card = OrderCard()
    qtbot.addWidget(card)
    card.show_order(office.read(lambda s: order_file.order_file(s, office.seal, order)))
    (row,) = (row for row in card.history.rows if row.key.startswith("told"))
    assert row.fact == "Told: seat changed"
    assert row.detail.endswith(said)
    assert "v@example.org" not in row.detail


def other_seat(office, desk, order: str) -> None:
    """The first ticket of an order is exchanged for another seat of its level."""
    line = office.read(lambda s: orders.order(s, office.seal, order)).lines[0]
    places = exchanges.best_places(
        office=office,
        desk=desk,
        session_id=line.session_id,
        category=line.category,
        line_ids=[line.id],
    )
    exchanges.begin(
        office=office, desk=desk, order_id=order, places=places, agreed_fen=0, papers_back=True
    )
    exchanges.complete(office=office, desk=desk, order_id=order)
