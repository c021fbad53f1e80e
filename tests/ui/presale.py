"""The pre-sold orders of the demo, as its file has them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from boxoffice.settings import RESOURCES


@dataclass(frozen=True)
class Sold:
    """One order of the file."""

    number: str
    code: str
    buyer: str
    phone: str
    sessions: tuple[str, ...]
    documents: tuple[str, ...]
    names: tuple[str, ...]


def sold() -> list[Sold]:
    """Every order, in the order of the file."""
    path = RESOURCES / "demo" / "presale_orders.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    numbers = dict.fromkeys(row["order_no"] for row in rows)
    return [_order([row for row in rows if row["order_no"] == number]) for number in numbers]


def _order(rows: list[dict[str, str]]) -> Sold:
    first = rows[0]
    return Sold(
        first["order_no"],
        first["pickup_code"],
        first["buyer"],
        first["phone"],
        tuple(row["session"] for row in rows),
        tuple(row["document_no"] for row in rows),
        tuple(row["attendee"] for row in rows),
    )


def of_session(*codes: str, tickets: int = 1) -> Iterator[Sold]:
    """Orders of at least that many tickets, all in one of these sessions."""
    return (
        order
        for order in sold()
        if len(order.sessions) >= tickets and set(order.sessions) <= set(codes)
    )
