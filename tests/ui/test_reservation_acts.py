"""What can be done with a reservation on the orders page: pay, extend, let go, swap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boxoffice import clock
from boxoffice.queries import catalogue, orders
from boxoffice.queries.orders import OrderView
from boxoffice.services.sales import holds, reservations
from tests.ui.conftest import MORNING
from tests.ui.selling import PATIENCE_MS, resident_id
from ui.orders.reservation_act import ExtendReservation, ReleaseReservation, SwapSeats
from ui.orders.reservation_base import ReservationAct
from ui.orders.reservation_pay import PayReservation

PRICE = 38_000


def reserve(context, *, seats_open: bool = False) -> str:
    """Three seats of level B for today, which asks for documents."""
    office, desk = context.office, context.desk
    cards = office.read(lambda store: catalogue.sessions_on(store, "2026-05-01"))
    session = next(card.id for card in cards if card.code == "S1D")
    basket = holds.take_best(
        office=office, desk=desk, session_id=session, category="B", count=3, basket=None
    )
    return reservations.reserve(
        office=office, desk=desk, basket=basket, name="张伟", minutes=60, seats_open=seats_open
    ).order_id


def view(context, order: str) -> OrderView:
    office = context.office
    return office.read(lambda store: orders.order(store, office.seal, order))


@contextmanager
def begun(act: ReservationAct, context, order: str, qtbot) -> Iterator[Callable[[], None]]:
    """The act on the screen, begun; gives a way to wait for it."""
    window = QWidget()
    column = QVBoxLayout(window)
    for part in (act.body, act.primary, *act.quiet):
        column.addWidget(part)
    act.setParent(window)
    window.resize(360, 700)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()

    def wait() -> None:
        qtbot.waitUntil(lambda: not act.busy, timeout=PATIENCE_MS)

    act.begin(view(context, order))
    wait()
    yield wait
    wait()
    window.hide()


def holder(context, order: str) -> int | None:
    found = context.office.link.lane.call(
        lambda store: store.first("SELECT holder FROM custody_order WHERE order_id = ?", (order,))
    )
    return found[0]


def test_documents_then_cash_for_some_of_it(context, qtbot):
    order = reserve(context)
    act = PayReservation(context)
    with begun(act, context, order, qtbot) as wait:
        assert act.fits(view(context, order), context.desk)
        act.tick(act.lines[2].id, False)
        assert len(act.missing) == 2
        assert not act.primary.isEnabled()
        assert act.entry.isVisible()
        assert not act.cash.isVisible()
        for person in (1, 2):
            assert act.scanned(resident_id(person))
            wait()
        assert not act.missing
        assert act.cash.isVisible()
        act.cash.give(100_000)
        assert act.primary.isEnabled()
        act.primary.click()
        wait()
        assert act.sale is not None
        assert (act.sale.total_fen, act.sale.change_fen) == (2 * PRICE, 100_000 - 2 * PRICE)
        assert "240" in act.body.done.texts
        with qtbot.waitSignal(act.done):
            act.primary.click()
    found = view(context, order)
    assert [line.status for line in found.lines] == ["sold", "sold", "reserved"]
    qtbot.waitUntil(lambda: holder(context, order) is None, timeout=PATIENCE_MS)


def test_a_document_that_has_a_ticket_is_said_beside_the_field(context, qtbot):
    order = reserve(context)
    act = PayReservation(context)
    with begun(act, context, order, qtbot) as wait:
        act.scanned(resident_id(1))
        wait()
        act.scanned(resident_id(1))
        wait()
        assert act.entry.said
        assert len(act.missing) == 2


def test_who_leaves_puts_it_back(context, qtbot):
    order = reserve(context)
    act = PayReservation(context)
    with begun(act, context, order, qtbot):
        assert holder(context, order) == 1
        act.body.hide()
        qtbot.waitUntil(lambda: holder(context, order) is None, timeout=PATIENCE_MS)


def test_its_time_is_over(context, qtbot):
    order = reserve(context)
    late = MORNING + timedelta(minutes=61)
    clock.use(lambda: late)
    act = PayReservation(context)
    with begun(act, context, order, qtbot):
        assert act.body.notice.text()
    clock.use(lambda: MORNING)


def test_extended_with_a_reason_by_key(context, qtbot):
    order = reserve(context)
    act = ExtendReservation(context)
    with begun(act, context, order, qtbot) as wait:
        assert not act.primary.isEnabled()
        act.reason.usual[0].click()
        act.choose(60)
        act.primary.click()
        wait()
        assert act.finished
    assert view(context, order).deadline == MORNING + timedelta(minutes=120)


def test_it_waits_no_longer_than_its_session_allows(context, qtbot):
    order = reserve(context)
    act = ExtendReservation(context)
    latest = MORNING + timedelta(minutes=140)  # half an hour before 12:30
    with begun(act, context, order, qtbot) as wait:
        act.choose(120)
        assert act.primary.text() == "Extend until 12:00", "what is promised is what is given"
        act.reason.usual[0].click()
        act.primary.click()
        wait()
    assert view(context, order).deadline == latest

    again = ExtendReservation(context)
    with begun(again, context, order, qtbot):
        again.reason.edit.setText("on the way")
        assert not again.primary.isEnabled()
        assert "Take the money now" in again.body.notice.text()


def test_some_of_it_let_go(context, qtbot):
    order = reserve(context)
    act = ReleaseReservation(context)
    with begun(act, context, order, qtbot) as wait:
        act.tick(act.lines[0].id, False)
        assert not act.primary.isEnabled()
        act.reason.edit.setText("少一个人")
        act.primary.click()
        wait()
        assert act.finished
    statuses = [line.status for line in view(context, order).lines]
    assert statuses == ["reserved", "released", "released"]


def test_seats_are_swapped_only_where_nobody_was_told(context, qtbot):
    named, opened = reserve(context), reserve(context, seats_open=True)
    act = SwapSeats(context)
    assert not act.fits(view(context, named), context.desk)
    seats = "SELECT seat_id FROM order_line WHERE order_id = ?"
    before = context.office.read(lambda store: store.all(seats, (opened,)))
    with begun(act, context, opened, qtbot) as wait:
        assert act.fits(view(context, opened), context.desk)
        act.primary.click()
        wait()
        assert act.finished
    after = context.office.read(lambda store: store.all(seats, (opened,)))
    assert not set(before) & set(after)


@pytest.mark.parametrize("kind", [PayReservation, ExtendReservation, ReleaseReservation])
def test_a_paid_order_is_none(context, kind):
    order = reserve(context)
    found = view(context, order)
    act = kind(context)
    assert act.fits(found, context.desk)
    for line in found.lines:
        object.__setattr__(line, "status", "sold")
    assert not act.fits(found, context.desk)
