"""No money unexplained: what the companies of a rehearsal have against what the ledger says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from boxoffice.domain.gateway_numbers import known_as
from boxoffice.records.store import Store
from boxoffice.rehearsal.companies import BookOf
from boxoffice.services.sales.attempts import CODE
from boxoffice.verify.sides import Finding, Sides

RULE = "money"
UNFORGIVEN = ("was sent twice", "was sent before")
"""Breaches of a company's rules that no bad day excuses: a charge or a code used again."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One tender at the end of a rehearsal, in fen."""

    tender: str
    company_fen: int
    """What the company has of the customers' money."""
    ledger_fen: int

    @property
    def agrees(self) -> bool:
        return self.company_fen == self.ledger_fen

    def as_json(self) -> dict[str, int]:
        return {"company_fen": self.company_fen, "ledger_fen": self.ledger_fen}


def compare(books: Mapping[str, BookOf], sides: Sides) -> tuple[list[Comparison], list[Finding]]:
    """Each tender as a whole, and what does not fit, number by number."""
    compared, found = list[Comparison](), list[Finding]()
    for tender, book in books.items():
        ours = _Ours.of(tender, sides.central.store)
        found += _charges(tender, book, ours)
        found += _refunds(tender, book, ours)
        found += [
            Finding(RULE, tender, breach) for breach in book.breaches if breach.endswith(UNFORGIVEN)
        ]
        one = Comparison(tender, book.held_fen, ours.posted_fen)
        if not one.agrees:
            detail = f"the company has {one.company_fen} fen, the ledger {one.ledger_fen} fen"
            found.append(Finding(RULE, tender, detail))
        compared.append(one)
    return compared, found


@dataclass(frozen=True, slots=True)
class _Ours:
    """What central has of a tender, by the numbers its company knows, without the venue's mark."""

    posted_fen: int
    payments: Mapping[str, int]
    paybacks: Mapping[str, tuple[int, str]]
    """(fen, status)."""
    attempts: Mapping[str, str]
    """Status by number."""

    @classmethod
    def of(cls, tender: str, store: Store) -> _Ours:
        posted = store.first("SELECT sum(amount_fen) FROM posting WHERE account = ?", (tender,))
        return cls(
            posted_fen=int(posted[0] or 0) if posted else 0,
            payments={
                _bare(json.loads(facts)[CODE]): int(fen)
                for facts, fen in _rows(store, "SELECT facts, amount_fen FROM payment", tender)
            },
            paybacks={
                known_as("", number): (int(fen), str(status))
                for number, fen, status in _rows(
                    store, "SELECT number, amount_fen, status FROM payback", tender
                )
            },
            attempts={
                known_as("", number): str(status)
                for number, status in _rows(store, "SELECT number, status FROM attempt", tender)
            },
        )


def _rows(store: Store, sql: str, tender: str) -> list[Any]:
    return store.all(f"{sql} WHERE tender = ?", (tender,))


def _bare(number: str) -> str:
    """A number without the mark of the venue."""
    return number[number.index("_") :]


_LEFT = ("accepted", "arrived")


def _charges(tender: str, book: BookOf, ours: _Ours) -> Iterator[Finding]:
    taken = {_bare(number): fen for number, fen in book.taken.items()}
    for number, fen in taken.items():
        booked = ours.payments.get(number)
        if booked is None:
            status = ours.attempts.get(number, "not known")
            yield Finding(RULE, f"{tender} {number}", f"{fen} fen without order; it is {status}")
        elif booked != fen:
            yield Finding(RULE, f"{tender} {number}", f"{fen} fen, booked are {booked} fen")
    for number in ours.payments.keys() - taken.keys():
        yield Finding(RULE, f"{tender} {number}", "an order without its money")


def _refunds(tender: str, book: BookOf, ours: _Ours) -> Iterator[Finding]:
    back = {_bare(number): fen for number, fen in book.back.items()}
    for number, fen in back.items():
        wanted, status = ours.paybacks.get(number, (0, "not known"))
        if wanted != fen or status not in _LEFT:
            yield Finding(RULE, f"{tender} {number}", f"{fen} fen went back; it is {status}")
    for number, (fen, status) in ours.paybacks.items():
        if status in _LEFT and number not in back:
            yield Finding(RULE, f"{tender} {number}", f"{fen} fen are {status}, and are not")
    of_charge: dict[str, int] = {}
    for number, fen in book.back.items():
        charge = book.charge_of[number]
        of_charge[charge] = of_charge.get(charge, 0) + fen
    for charge, fen in of_charge.items():
        if fen > book.taken.get(charge, 0):
            yield Finding(RULE, f"{tender} {charge}", f"{fen} fen went back, more than was paid")
