"""The exchange act on real services: place chosen, difference said, taken, paid, printed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from boxoffice.queries import exchanges
from tests.ui.order_acts import begin, sell, show, view
from ui.orders.exchange_act import ExchangeAct
from ui.orders.refund_act import RefundAct
from ui.orders.reservation_pay import PayReservation


@pytest.fixture
def act(context, qtbot) -> Iterator[ExchangeAct]:
    made = ExchangeAct(context)
    side = show(made, qtbot)  # kept: the act lies in it
    yield made
    qtbot.waitUntil(lambda: not made.busy)
    side.close()


def settled(act: ExchangeAct, qtbot) -> None:
    qtbot.waitUntil(lambda: not act.busy)


def places(context, order: str) -> list[tuple[str, str]]:
    return [(x.category, x.status) for x in view(context, order).lines]


def choose(act: ExchangeAct, context, level: str, qtbot, code: str = "S4D") -> None:
    found = context.office.read(lambda s: s.first("SELECT id FROM session WHERE code = ?", (code,)))
    act.choice.choose(found[0], level)
    settled(act, qtbot)


def test_an_upgrade_for_cash(act, context, qtbot):
    order = sell(context, "S4D", 2)
    begin(act, context, order, qtbot)
    settled(act, qtbot)
    assert "Tick" in act.body.notice.text()
    act.tick(view(context, order).lines[0].id, True)
    choose(act, context, "A", qtbot)
    assert "paper" in act.body.notice.text()
    assert not act.primary.isEnabled()
    qtbot.keyClick(act.body, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    assert act.primary.isEnabled()
    act.primary.click()
    settled(act, qtbot)
    # The places are taken; the old ticket is good until it is paid.
    assert act.due is not None
    assert act.due.due_fen > 0
    assert places(context, order) == [("B", "sold"), ("B", "sold"), ("A", "reserved")]
    assert not act.primary.isEnabled()
    act.cash.give(act.due.due_fen + 5_000)
    act.primary.click()
    qtbot.waitUntil(lambda: act.sale is not None)
    assert places(context, order) == [("B", "returned"), ("B", "sold"), ("A", "sold")]
    assert "¥50.00" in act.body.done.texts
    assert "dead" in act.body.done.texts
    with qtbot.waitSignal(act.done) as said:
        act.primary.click()
    assert "exchanged" in said.args[0]


def test_the_old_tickets_are_kept(act, context, qtbot):
    order = sell(context, "S4D", 1)
    begin(act, context, order, qtbot)
    settled(act, qtbot)
    choose(act, context, "A", qtbot)
    act.body.papers.setChecked(True)
    act.primary.click()
    settled(act, qtbot)
    # Another act has no hold of it meanwhile, and this one goes on with it.
    now = view(context, order)
    assert ExchangeAct.fits(now, context.desk)
    assert not any(kind.fits(now, context.desk) for kind in (RefundAct, PayReservation))
    begin(act, context, order, qtbot)
    qtbot.waitUntil(lambda: act.due is not None)
    with qtbot.waitSignal(act.done) as said:
        act.back_button.click()
    assert "stay good" in said.args[0]
    assert places(context, order) == [("B", "sold"), ("A", "released")]
    assert context.office.read(exchanges.pending) == []


def test_a_cheaper_place_brings_money_back(act, context, qtbot):
    order = sell(context, "S4D", 1, category="A")
    begin(act, context, order, qtbot)
    settled(act, qtbot)
    choose(act, context, "B", qtbot)
    act.body.papers.setChecked(True)
    act.primary.click()
    settled(act, qtbot)
    assert act.due is not None
    assert act.due.back_fen > 0
    assert "back" in act.primary.text()
    act.primary.click()
    qtbot.waitUntil(lambda: act.sale is not None)
    assert "drawer" in act.body.done.texts
    assert places(context, order) == [("A", "returned"), ("B", "sold")]


def test_what_is_refused_is_said(act, context, qtbot):
    order = sell(context, "S4D", 1)
    begin(act, context, order, qtbot)
    settled(act, qtbot)
    act.choice.seats_edit.setText("no-such-seat")
    act.choice.changed.emit()
    settled(act, qtbot)
    assert "no-such-seat" in act.body.notice.text()
    assert not act.primary.isEnabled()
