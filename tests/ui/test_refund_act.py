"""The refund act on real services: quoted first, papers taken back, two persons where needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from boxoffice import clock
from boxoffice.queries.returned import returned
from boxoffice.services.printing import papers
from boxoffice.services.till import cash_moves
from tests.ui.conftest import MORNING
from tests.ui.order_acts import begin, by_number, sell, show, view
from tests.ui.presale import of_session
from ui.orders.refund_act import RefundAct


@pytest.fixture
def act(context, qtbot) -> Iterator[RefundAct]:
    made = RefundAct(context)
    side = show(made, qtbot)  # kept: the act lies in it
    yield made
    qtbot.waitUntil(lambda: not made.busy)
    side.close()


def settled(act: RefundAct, qtbot) -> None:
    qtbot.waitUntil(lambda: not act.busy)


def refunds(context, order: str):
    return context.office.read(lambda s: returned(s, order))


def sign(act: RefundAct, qtbot) -> None:
    form = act.body.approval
    form.number.setText("3001")
    form.pin.setText("3001")
    qtbot.keyClick(form.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.approval is not None)


def test_nothing_is_chosen_until_the_clerk_does(act, context, qtbot):
    begin(act, context, sell(context, "S4D", 2), qtbot)
    assert len(act.body.rows.rows) == 2
    assert act.body.rows.ticked_keys == []
    assert not act.primary.isEnabled()
    assert "Tick" in act.body.notice.text()


def test_the_quote_stands_before_anyone_agrees(act, context, qtbot):
    order = sell(context, "S4D", 2)
    begin(act, context, order, qtbot)
    act.tick(view(context, order).lines[0].id, True)
    settled(act, qtbot)
    row = act.body.rows.rows[0]
    assert row.value == "¥304.00"
    assert row.note.endswith("¥76.00")
    assert "¥304.00" in act.primary.text()
    assert "20" in act.sums.clauses.text()
    assert not act.primary.isEnabled()
    assert "paper" in act.body.notice.text()
    qtbot.keyClick(act.body, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    assert act.body.papers.isChecked()
    assert act.primary.isEnabled()
    assert act.body.notice.text() == ""


def test_refunded_once_and_the_amount_is_said(act, context, qtbot):
    order = sell(context, "S4D", 2)
    begin(act, context, order, qtbot)
    act.all_button.click()
    settled(act, qtbot)
    act.body.papers.setChecked(True)
    act.primary.click()
    settled(act, qtbot)
    assert act.body.is_done
    assert act.body.done.amount.fen == 60_800
    assert [line.status for line in view(context, order).lines] == ["returned"] * 2
    assert len(list(context.office.home.prints.glob("*refund*.pdf"))) == 1
    assert not act.scanned("S")
    with qtbot.waitSignal(act.done) as told:
        act.primary.click()
    assert "¥608.00" in told.args[0]


def test_a_single_ticket_is_chosen_already(act, context, qtbot):
    begin(act, context, sell(context, "S4D", 1), qtbot)
    settled(act, qtbot)
    assert len(act.body.rows.ticked_keys) == 1
    act.tick(act.body.rows.ticked_keys[0], False)
    settled(act, qtbot)
    assert not act.primary.isEnabled()


def test_a_scanned_ticket_is_in_hand(act, context, qtbot):
    order = sell(context, "S4D", 2)
    begin(act, context, order, qtbot)
    line = view(context, order).lines[1]
    code = papers._code(context.office, line)
    assert act.scanned(code)
    qtbot.waitUntil(lambda: act.primary.isEnabled())
    assert act.body.rows.ticked_keys == [line.id]
    assert act.body.papers.isChecked()
    act.scanned("33-ABCD")
    settled(act, qtbot)
    assert "no ticket" in act.body.notice.text()
    assert act.body.rows.ticked_keys == [line.id]


def test_a_final_is_chosen_whole(act, context, qtbot):
    order = sell(context, "S6N", 2)
    begin(act, context, order, qtbot)
    settled(act, qtbot)
    assert len(act.body.rows.ticked_keys) == 2
    act.tick(view(context, order).lines[0].id, False)
    settled(act, qtbot)
    assert act.body.rows.ticked_keys == []


def test_above_the_limit_a_second_person_signs_for_this_amount(act, context, qtbot):
    order = sell(context, "S4N", 6, "A")
    begin(act, context, order, qtbot)
    act.tick_all()
    settled(act, qtbot)
    act.body.papers.setChecked(True)
    before = act.primary.text()
    act.primary.click()
    assert act.body.approval.number.hasFocus()
    sign(act, qtbot)
    assert act.primary.text() != before
    assert act.primary.isEnabled()
    act.tick(view(context, order).lines[0].id, False)
    settled(act, qtbot)
    assert act.body.approval.approval is None, "another amount is another approval"
    sign(act, qtbot)
    act.body.papers.setChecked(True)
    act.primary.click()
    settled(act, qtbot)
    assert act.body.is_done
    assert {row.approver for row in refunds(context, order)} == {"3001"}


def test_a_presold_order_is_asked_of_its_channel(act, context, qtbot):
    order = by_number(context, next(of_session("S2N", tickets=2)).number)
    begin(act, context, order, qtbot)
    act.tick_all()
    settled(act, qtbot)
    assert "no cash" in act.sums.no_cash.text()
    act.primary.click()
    settled(act, qtbot)
    assert act.body.is_done
    assert "no cash" in act.body.done.texts
    assert act.body.done.amount.isHidden()
    assert {row.status for row in refunds(context, order)} == {"requested"}


def test_what_changed_since_the_quote_is_quoted_again(act, context, qtbot):
    order = sell(context, "S4D", 1)
    begin(act, context, order, qtbot)
    settled(act, qtbot)
    act.body.papers.setChecked(True)
    clock.use(lambda: MORNING + timedelta(hours=4))
    act.primary.click()
    settled(act, qtbot)
    assert "no longer" in act.body.notice.text()
    assert not act.body.is_done
    assert "¥190.00" in act.primary.text()
    assert refunds(context, order) == []


def test_what_brings_nothing_says_why(act, context, qtbot):
    order = by_number(context, next(of_session("S1D", tickets=2)).number)
    clock.use(lambda: MORNING + timedelta(hours=2))
    begin(act, context, order, qtbot)
    assert not any(row.enabled for row in act.body.rows.rows)
    assert act.body.rows.rows[0].note
    assert "Nothing" in act.body.notice.text()


def test_a_drawer_too_short_is_a_warning_without_the_figure(act, context, qtbot):
    order = sell(context, "S4D", 1)
    cash_moves.pay_out(office=context.office, desk=context.desk, amount_fen=70_000, reason="换零钱")
    begin(act, context, order, qtbot)
    settled(act, qtbot)
    act.body.papers.setChecked(True)
    assert "drawer" in act.body.notice.text()
    assert "¥" not in act.body.notice.text()
    assert act.primary.isEnabled()


def test_it_fits_what_is_live_for_who_may(act, context):
    order = view(context, sell(context, "S4D", 1))
    assert act.fits(order, context.desk)
    basket = by_number(context, next(of_session("S2N")).number)
    assert act.fits(view(context, basket), context.desk)


def test_another_language_says_everything_again(act, context, qtbot):
    begin(act, context, sell(context, "S4D", 1), qtbot)
    settled(act, qtbot)
    act.retranslate()
    assert len(act.body.rows.rows) == 1
