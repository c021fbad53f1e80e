"""What the tests of the core share: short acts, a line that breaks where it is told to, a proof."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from boxoffice import bootstrap
from boxoffice.central.items import Credentials, Hello
from boxoffice.central.link import Link
from boxoffice.errors import CentralUnreachable
from boxoffice.records.file_store import open_reading, open_records
from boxoffice.records.keys import load_keys
from boxoffice.records.store import Row, Store
from boxoffice.services.sales import checkout, holds, pickups
from boxoffice.services.sales import orders as baskets
from boxoffice.settings import Home, HomeKind
from boxoffice.verify.proof import Proof, prove
from boxoffice.verify.sides import Finding, Side, Sides, WindowSide
from tests.homes import AtWork, resident_id

T = TypeVar("T")


def take(work: AtWork, *places: tuple[int, int], basket: str | None = None, at: str = "O2") -> str:
    """Seats (row, number) into a basket; session O2 wants no documents."""
    return holds.take_seats(
        office=work.office,
        desk=work.desk,
        session_id=work.session(at),
        seat_ids=[work.seat(*place) for place in places],
        basket=basket,
    )


def name_all(work: AtWork, basket: str, first: int = 500) -> None:
    """A document for every line of a basket."""
    lines = rows(work, "SELECT id FROM order_line WHERE order_id = ? ORDER BY position", basket)
    for n, (line,) in enumerate(lines):
        baskets.set_attendee(
            office=work.office,
            desk=work.desk,
            basket=basket,
            line_id=str(line),
            name="试",
            document_type="resident_id",
            document=resident_id(first + n),
        )


def pay(work: AtWork, basket: str, tendered: int = 1_000_000) -> checkout.Sale:
    """Cash for a basket, with change."""
    return checkout.pay_cash(
        office=work.office, desk=work.desk, basket=basket, tendered_fen=tendered
    )


def sell(work: AtWork, *places: tuple[int, int]) -> checkout.Sale:
    """Seats of session O2 sold."""
    return pay(work, take(work, *places))


def tickets_of(work: AtWork, number: str) -> tuple[str, list[str]]:
    """(order, its tickets) by order number."""
    found = rows(
        work,
        "SELECT t.order_id, t.id FROM ticket t JOIN orders o ON o.id = t.order_id "
        "WHERE o.number = ? ORDER BY t.id",
        number,
    )
    return str(found[0][0]), [str(row[1]) for row in found]


def hand_over(work: AtWork, order: str, ticket_ids: Sequence[str]) -> pickups.Pickup:
    """Tickets over the counter."""
    return pickups.hand_over(
        office=work.office, desk=work.desk, order_id=order, ticket_ids=ticket_ids, checked="code"
    )


def rows(work: AtWork, sql: str, *params: object) -> list[Row]:
    """From the window's own file."""
    return work.office.read(lambda store: store.all(sql, params))


def there(work: AtWork, sql: str, *params: object) -> list[Row]:
    """From central's file, past the line."""
    with closing(reading(work.office.home, "central")) as store:
        return store.all(sql, params)


def reading(home: Home, side: str) -> Store:
    """A connection of its own to one of a home's files, to look."""
    key = load_keys(home, HomeKind.TRAINING).raw("records")
    return open_reading(home.window_file if side == "window" else home.central_file, key)


@contextmanager
def writing(home: Home, side: str) -> Iterator[Store]:
    """One transaction on one of a home's files, past all services."""
    key = load_keys(home, HomeKind.TRAINING).raw("records")
    path = home.window_file if side == "window" else home.central_file
    with closing(open_records(path, key, side.upper())) as store, store.transaction():
        yield store


def proof(home: Home, window: int = 1) -> Proof:
    """All rules over a home as it stands, open or not."""
    with ExitStack() as closes:
        stores = [closes.enter_context(closing(reading(home, s))) for s in ("window", "central")]
        return prove(
            Sides(
                central=Side("central", stores[1]),
                windows=(
                    WindowSide(
                        "window",
                        stores[0],
                        number=window,
                        epoch=bootstrap.epoch_of(stores[0]),
                        head_file=home.head_file,
                    ),
                ),
            )
        )


def broken(work: AtWork) -> tuple[Finding, ...]:
    """What `verify` would find now."""
    return proof(work.office.home).broken


class Crash(BaseException):
    """The program ends here; nothing in it may catch this."""


DEAF, LOST, DIES = "deaf", "lost", "dies"
"""A line on which the call does not arrive, its answer does not, or this program ends meanwhile."""


class FaultyLink(Link):
    """The line to central, with a fault for each of the next calls ("" for none)."""

    def __init__(self, link: Link, faults: Sequence[str]) -> None:
        super().__init__(link.lane, link._window, link._epoch)
        self._line = link
        self.faults = list(faults)

    def call(self, work: Callable[[Store, Credentials], T]) -> T:
        """As the line does, but for the fault that is due."""
        fault = self.faults.pop(0) if self.faults else ""
        if fault == DEAF:
            raise CentralUnreachable(why="cut")
        answer = self._line.call(work)
        if fault == LOST:
            raise CentralUnreachable(why="cut")
        if fault == DIES:
            raise Crash
        return answer

    def greet(self) -> Hello:
        """Deaf for as long as the next call is."""
        if self.faults and self.faults[0] == DEAF:
            raise CentralUnreachable(why="cut")
        return self._line.greet()


def faulty(work: AtWork, *faults: str) -> AtWork:
    """The same office on a line that breaks."""
    link = FaultyLink(work.office.link, faults)
    return AtWork(replace(work.office, link=link), work.desk)


@contextmanager
def central_away(home: Home) -> Iterator[Path]:
    """Central's file is moved away, while it is open or not, and comes back."""
    away = home.central_file.rename(home.central_file.with_suffix(".away"))
    try:
        yield away
    finally:
        away.rename(home.central_file)
