"""Money that waits for its customer, paid out on the Orders page for what they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from boxoffice.desk import Role
from boxoffice.domain.rain import Outcome
from boxoffice.domain.refunding import ReturnKind
from boxoffice.queries import rain_day
from boxoffice.services.aftersales import rain, rain_run
from boxoffice.services.setup import training
from boxoffice.services.staff import approvals, operators
from tests.ui.order_acts import begin, sell, show, view
from ui.context import Context
from ui.orders.collect_act import CollectAct


@pytest.fixture
def act(context, qtbot) -> Iterator[CollectAct]:
    made = CollectAct(context)
    side = show(made, qtbot)  # kept: the act lies in it
    yield made
    qtbot.waitUntil(lambda: not made.busy)
    side.close()


def call_off(context: Context, code: str) -> None:
    """The session is cancelled, and paid back as far as nobody has to come."""
    office = context.office
    other = training.Person("3002", "副主管 Deputy", Role.SUPERVISOR, "3002")
    training.enter(office=office, person=other)
    boss = operators.operator_by_number(office=office, number="3001")
    desk = replace(context.desk, operator=boss, shift_id=None)
    second = operators.operator_by_number(office=office, number="3002")
    found = office.read(lambda store: rain_day.session_of(store, code))
    assert found is not None

    def signed(act: str) -> approvals.Approval:
        return approvals.Approval(second.id, second.number, second.name, act)

    rain.decide(
        office=office, desk=desk, session_id=found, kind=ReturnKind.CANCELLED,
        outcome=Outcome.FULL, reason="大雨", approval=signed(rain.DECIDE),
    )  # fmt: skip
    run = rain_run.start(office=office, desk=desk, session_id=found, approval=signed(rain_run.RUN))
    rain_run.go(office=office, desk=desk, run_id=run)


def test_paid_out_once_for_what_is_shown(act: CollectAct, context: Context, qtbot) -> None:
    order = sell(context, "S4D", 2)
    assert not CollectAct.fits(view(context, order), context.desk), "nothing is owed"
    call_off(context, "S4D")
    seen = view(context, order)
    assert seen.owed_fen == 76_000
    assert CollectAct.fits(seen, context.desk)
    assert not CollectAct.fits(seen, replace(context.desk, shift_id=None))
    begin(act, context, order, qtbot)
    assert not act.primary.isEnabled()
    act.shown.usual[0].click()
    assert "¥760.00" in act.primary.text()
    act.primary.click()
    qtbot.waitUntil(lambda: act.body.is_done)
    assert (act.paid, act.body.done.amount.fen) == (76_000, 76_000)
    assert view(context, order).owed_fen == 0
    with qtbot.waitSignal(act.done):
        act.primary.click()


def test_what_another_window_paid_is_not_paid_again(
    act: CollectAct, context: Context, qtbot
) -> None:
    order = sell(context, "S4D", 1)
    call_off(context, "S4D")
    begin(act, context, order, qtbot)
    act.shown.edit.setText("护照")
    act._collect()
    qtbot.waitUntil(lambda: act.paid is not None)
    act.paid = None
    act._collect()
    qtbot.waitUntil(lambda: not act.busy)
    assert act.paid is None
    assert "Nobody has this money" in act.body.notice.text()
