"""The void act on real services: a reason, the paper in hand, a second person where it is late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from boxoffice import clock
from tests.ui.conftest import MORNING
from tests.ui.order_acts import begin, by_number, sell, show, view
from tests.ui.presale import of_session
from ui.orders.void_act import VoidAct


@pytest.fixture
def act(context, qtbot) -> Iterator[VoidAct]:
    made = VoidAct(context)
    side = show(made, qtbot)  # kept: the act lies in it
    yield made
    qtbot.waitUntil(lambda: not made.busy)
    side.close()


def test_a_fresh_sale_is_voided_whole(act, context, qtbot):
    order = sell(context, "S4D", 2)
    begin(act, context, order, qtbot)
    assert len(act.body.rows.ticked_keys) == 2
    assert "why" in act.body.notice.text().lower()
    assert not act.primary.isEnabled()
    qtbot.keyClick(act.reason.edit, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert act.reason.text
    assert "paper" in act.body.notice.text()
    act.body.papers.setChecked(True)
    assert "¥760.00" in act.primary.text()
    act.primary.click()
    qtbot.waitUntil(lambda: act.body.is_done)
    assert act.body.done.amount.fen == 76_000
    assert view(context, order).status == "returned"
    with qtbot.waitSignal(act.done):
        act.primary.click()


def test_one_ticket_only(act, context, qtbot):
    order = sell(context, "S4D", 2)
    begin(act, context, order, qtbot)
    first, second = view(context, order).lines
    act.tick(first.id, False)
    qtbot.waitUntil(lambda: not act.busy)
    act.reason.edit.setText("张数有误")
    act.body.papers.setChecked(True)
    act.primary.click()
    qtbot.waitUntil(lambda: act.body.is_done)
    assert [line.status for line in view(context, order).lines] == ["sold", "returned"]
    assert second.id


def test_a_late_one_takes_two(act, context, qtbot):
    order = sell(context, "S4D", 1)
    clock.use(lambda: MORNING + timedelta(minutes=16))
    begin(act, context, order, qtbot)
    form = act.body.approval
    assert form.asking
    act.reason.edit.setText("选错")
    act.body.papers.setChecked(True)
    act.primary.click()
    assert form.number.hasFocus()
    form.number.setText("3001")
    form.pin.setText("3001")
    form.submit()
    qtbot.waitUntil(lambda: form.approval is not None)
    act.primary.click()
    qtbot.waitUntil(lambda: act.body.is_done)
    assert view(context, order).status == "returned"


def test_a_presold_order_is_not_offered(act, context):
    order = by_number(context, next(of_session("S2N")).number)
    assert not act.fits(view(context, order), context.desk)
    assert act.fits(view(context, sell(context, "S4D", 1)), context.desk)


def test_what_was_refused_is_said_beside_it(act, context, qtbot):
    order = sell(context, "S4D", 1)
    begin(act, context, order, qtbot)
    act.reason.edit.setText("选错")
    act.body.papers.setChecked(True)
    other = VoidAct(context)
    side = show(other, qtbot)
    begin(other, context, order, qtbot)
    other.reason.edit.setText("选错")
    other.body.papers.setChecked(True)
    other.primary.click()
    qtbot.waitUntil(lambda: other.body.is_done)
    act.primary.click()
    qtbot.waitUntil(lambda: not act.busy)
    assert "cannot be voided" in act.body.notice.text()
    assert not act.body.is_done
    side.close()
