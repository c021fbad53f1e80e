"""A sale of two seats with documents and a pickup, durable, against as many bare commits."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from boxoffice.queries import catalogue, orders
from boxoffice.services.office import Office
from boxoffice.services.sales import checkout, holds, pickups
from boxoffice.services.sales import orders as baskets
from tests.bench.commits import (
    ASKED_AGAIN,
    CENTRAL,
    ROUNDS,
    WARM_UP,
    WINDOW,
    bare,
    figure,
    in_turn,
)
from tests.bench.homes import at_work, large_home
from tests.homes import AtWork, resident_id

SALE_COMMITS = (
    (WINDOW, "request for two seats"),
    (CENTRAL, "grant"),
    (ASKED_AGAIN, "grant stored, lines in the basket"),
    (ASKED_AGAIN, "first document"),
    (ASKED_AGAIN, "second document"),
    (WINDOW, "attempt, request for the documents"),
    (CENTRAL, "grant"),
    (WINDOW, "grant stored; order, tickets, payment, hand-over, postings, journal"),
    (CENTRAL, "push"),
    (ASKED_AGAIN, "acknowledged"),
)
PICKUP_COMMITS = (
    (WINDOW, "request for the order"),
    (CENTRAL, "grant with its rows"),
    (WINDOW, "grant stored with hand-over, print jobs and journal"),
    (CENTRAL, "push"),
    (ASKED_AGAIN, "acknowledged"),
)


def figures() -> Iterator[dict[str, object]]:
    """Medians of both acts and of the bare commits, taken in turn."""
    with tempfile.TemporaryDirectory() as folder, at_work(large_home(Path(folder))) as work:
        sale, bare_sale = in_turn(_sales(work), bare(Path(folder), SALE_COMMITS))
        yield figure("sale_two_seats", sale, bare_sale, SALE_COMMITS)
        pickup, bare_pickup = in_turn(_pickups(work), bare(Path(folder), PICKUP_COMMITS))
        yield figure("pickup", pickup, bare_pickup, PICKUP_COMMITS)


def _sales(work: AtWork) -> Iterator[Callable[[], object]]:
    """Two neighbouring seats that are free, as a clerk sells them."""
    session, plan = work.office.read(
        lambda store: store.first(
            "SELECT id, plan_id FROM session WHERE plan_id IS NOT NULL "
            "ORDER BY business_day DESC, id"
        )
    )
    seats = work.office.read(lambda store: catalogue.plan_seats(store, plan))
    gone = work.office.read(lambda store: catalogue.seats_gone(store, session))
    free = [n for n, seat in enumerate(seats.ids) if seat not in gone.sold]
    pairs = [
        (seats.ids[a], seats.ids[b])
        for a, b in zip(free[::2], free[1::2], strict=False)
        if seats.row_nos[a] == seats.row_nos[b] and seats.categories[a] == seats.categories[b]
    ]
    for n, pair in enumerate(pairs[: ROUNDS + WARM_UP]):
        yield lambda pair=pair, n=n: _sell(work, session, pair, n)


def _sell(work: AtWork, session: int, pair: tuple[int, int], n: int) -> None:
    office, desk = work.office, work.desk
    basket = holds.take_seats(
        office=office, desk=desk, session_id=session, seat_ids=pair, basket=None
    )
    lines = office.read(lambda store: orders.order(store, office.seal, basket)).lines
    for k, line in enumerate(lines):
        baskets.set_attendee(
            office=office,
            desk=desk,
            basket=basket,
            line_id=line.id,
            name="试",
            document_type="resident_id",
            document=resident_id(20_000 + 2 * n + k),
        )
    checkout.pay_cash(office=office, desk=desk, basket=basket, tendered_fen=1_000_000)


def _pickups(work: AtWork) -> Iterator[Callable[[], object]]:
    office = work.office
    waiting = office.read(
        lambda store: store.all("SELECT id FROM orders WHERE channel <> 'window' ORDER BY number")
    )
    for (order_id,) in waiting[: ROUNDS + WARM_UP]:
        yield lambda order_id=order_id: _pick_up(office, work, order_id)


def _pick_up(office: Office, work: AtWork, order_id: str) -> None:
    view = office.read(lambda store: orders.order(store, office.seal, order_id))
    pickups.hand_over(
        office=office,
        desk=work.desk,
        order_id=order_id,
        ticket_ids=[line.ticket_id for line in view.lines],
        checked="code",
    )
