"""An order is read as it is now; who had its seat makes room for it, whenever that is told."""

from __future__ import annotations

import pytest

from boxoffice.central import pulling
from boxoffice.services.sales import reservations, swaps
from boxoffice.services.sharing import following, sync
from tests.faults.acts import pay, rows, take
from tests.homes import AtWork
from tests.services.reserving import lines_of
from tests.services.return_acts import void


def sold(work: AtWork, *places: tuple[int, int]) -> str:
    order = pay(work, take(work, *places)).order_id
    sync.push(work.office)
    return order


def live(work: AtWork) -> list[tuple[object, ...]]:
    return rows(
        work, "SELECT order_id, seat_id FROM ticket WHERE live = 1 AND session_id = ? ORDER BY 2",
        work.session("O2"),
    )  # fmt: skip


def test_who_makes_room_changes_while_it_is_read(
    both: tuple[AtWork, AtWork], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = both
    first = sold(one, (1, 5), (1, 6))
    sync.pull(two.office)
    lines = [str(r[0]) for r in rows(one, "SELECT id FROM order_line WHERE order_id = ?", first)]
    void(one, first, lines[:1])
    sync.push(one.office)
    second = sold(one, (1, 5))
    read = pulling.read

    def changed_meanwhile(*given: object) -> object:
        monkeypatch.setattr(pulling, "read", read)
        void(one, first, lines[1:])
        sync.push(one.office)
        return read(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(pulling, "read", changed_meanwhile)
    sync.pull(two.office)
    assert live(two) == live(one)
    assert [row[0] for row in live(two)] == [second]


def test_an_order_that_moved_to_a_seat_told_of_later(
    both: tuple[AtWork, AtWork], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window that was away for long reads the feed in pages."""
    one, two = both
    first = sold(one, (1, 5))
    sync.pull(two.office)
    # The reservation is told of first; the seat it is paid with becomes free in a later line.
    basket = take(one, (1, 7))
    waiting = reservations.reserve(
        office=one.office, desk=one.desk, basket=basket, name="试", seats_open=True
    ).order_id
    sync.push(one.office)
    void(one, first)
    sync.push(one.office)
    (line,) = lines_of(one, waiting)
    swaps.swap_seats(
        office=one.office, desk=one.desk, order_id=waiting, seats={line: one.seat(1, 5)}
    )
    reservations.pay_cash(
        office=one.office, desk=one.desk, order_id=waiting, tendered_fen=1_000_000
    )
    sync.push(one.office)
    monkeypatch.setattr(following, "LINES_A_PAGE", 1)
    sync.pull(two.office)
    assert live(two) == live(one)
    assert [row[0] for row in live(two)] == [waiting]


def test_the_first_fetch_goes_on_while_seats_change_hands(
    both: tuple[AtWork, AtWork], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = both
    first = sold(one, (1, 5))
    two.office.write(
        lambda store: store.many(
            "DELETE FROM meta WHERE key = ?",
            [(following.CURSOR,), (following.START,), (following.REACHED,)],
        )
    )
    monkeypatch.setattr(following, "ORDERS_A_FETCH", 1)
    # Page by page, until the order is here.
    while not rows(two, "SELECT 1 FROM orders WHERE id = ?", first):
        following.pull_page(two.office)
    void(one, first)
    sync.push(one.office)
    second = sold(one, (1, 5))
    sync.pull(two.office)
    assert live(two) == live(one)
    assert [row[0] for row in live(two)] == [second]


def reserved(work: AtWork) -> list[tuple[object, ...]]:
    return rows(
        work, "SELECT order_id, seat_id FROM order_line WHERE status = 'reserved' "
        "AND session_id = ? ORDER BY 2", work.session("O2"),
    )  # fmt: skip


def waiting(work: AtWork, place: tuple[int, int]) -> str:
    order = reservations.reserve(
        office=work.office, desk=work.desk, basket=take(work, place), name="试", seats_open=True
    ).order_id
    sync.push(work.office)
    return order


def move(work: AtWork, order: str, place: tuple[int, int]) -> None:
    """A reservation goes to another seat, and the one it had back to central."""
    (line,) = lines_of(work, order)
    swaps.swap_seats(
        office=work.office, desk=work.desk, order_id=order, seats={line: work.seat(*place)}
    )
    sync.push(work.office)


def test_a_reservation_on_a_seat_that_another_gave_back_later_in_the_feed(
    both: tuple[AtWork, AtWork], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody had a ticket for it: the line of a reservation makes room as a ticket does."""
    one, two = both
    first = waiting(one, (1, 5))
    sync.pull(two.office)
    second = waiting(one, (1, 7))
    move(one, first, (1, 6))
    move(one, second, (1, 5))
    monkeypatch.setattr(following, "LINES_A_PAGE", 1)
    sync.pull(two.office)
    assert reserved(two) == reserved(one)
    assert dict(reserved(two)) == {first: one.seat(1, 6), second: one.seat(1, 5)}


@pytest.mark.parametrize("turned", [False, True])
def test_reservations_that_changed_their_seats_come_in_one_page(
    both: tuple[AtWork, AtWork], turned: bool
) -> None:
    """Whichever is stored first, its new seat is still the other's here."""
    one, two = both
    first, second = waiting(one, (1, 5)), waiting(one, (1, 6))
    sync.pull(two.office)
    here, there = (second, first) if turned else (first, second)
    move(one, here, (1, 7))
    move(one, there, (1, 5) if here == first else (1, 6))
    move(one, here, (1, 6) if here == first else (1, 5))
    sync.pull(two.office)
    assert reserved(two) == reserved(one)
    assert dict(reserved(two)) == {first: one.seat(1, 6), second: one.seat(1, 5)}
