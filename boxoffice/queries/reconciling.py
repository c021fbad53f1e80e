"""The ledger as a bill sees it: every movement of money of one tender, by the numbers others know.

Read at central, which has them of all windows.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from boxoffice import clock
from boxoffice.bank.bill import Kind, Period, TheirRow
from boxoffice.bank.outcome import OurRow
from boxoffice.domain import accounts
from boxoffice.domain.gateway_numbers import known_as, number_of
from boxoffice.domain.statuses import AttemptStatus, PaybackStatus, RefundStatus
from boxoffice.records.store import Row, Store

AROUND = timedelta(days=2)
"""How far beyond the days of a bill our rows are looked at: the two sides may see another day."""
LONGEST_BACK = timedelta(days=60)
"""How long before a bill money that goes back in it may have been asked for."""
ANY_CHANNEL = "channel"
"""Tender of a mapping whose file is of every channel."""

_GONE = (PaybackStatus.ACCEPTED, PaybackStatus.ARRIVED)


def our_rows(
    store: Store, tender: str, days: Period | None, theirs: Collection[TheirRow], venue: str
) -> list[OurRow]:
    """The movements of a tender on and around some days; the keys are ids of orders.

    Money asked back without an answer, and charges that were given up, count where the bill has
    them: before, nobody can say whether they moved.
    """
    if days is None:
        return []
    tenders = _tenders(store, tender)
    numbers = {row.number for row in theirs} | {row.charge for row in theirs}
    rows = list(_payments(store, tenders, days))
    rows += _paybacks(store, tenders, days, numbers, venue)
    rows += _refunds_of_channels(store, tenders, days)
    rows += _given_up(store, tenders, days, numbers, venue)
    return rows


def _tenders(store: Store, tender: str) -> tuple[str, ...]:
    if tender == accounts.CARD:
        return (accounts.CARD, accounts.CARD_APART)
    if tender == ANY_CHANNEL:
        listed = store.all("SELECT DISTINCT tender FROM payment WHERE tender LIKE 'channel:%'")
        return tuple(str(row[0]) for row in listed)
    return (tender,)


def _span(days: Period, before: timedelta = AROUND) -> tuple[str, str]:
    first = datetime.combine(days.first, time.min, clock.VENUE_ZONE) - before
    last = datetime.combine(days.last, time.min, clock.VENUE_ZONE) + timedelta(days=1) + AROUND
    return clock.to_text(first), clock.to_text(last)


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values)) or "NULL"


def _charged(number: str | None, facts: str | None) -> str:
    """Our number of a charge: as its gateway knows it, else that of the order."""
    said: dict[str, Any] = json.loads(facts or "{}")
    return str(said.get("number") or number or "")


def _payments(store: Store, tenders: tuple[str, ...], days: Period) -> Iterator[OurRow]:
    for order, number, tender, fen, at, reference, facts in store.all(
        "SELECT p.order_id, o.number, p.tender, p.amount_fen, p.paid_at, p.reference, p.facts "
        "FROM payment p JOIN orders o ON o.id = p.order_id "
        f"WHERE p.tender IN ({_marks(tenders)}) AND p.paid_at >= ? AND p.paid_at < ?",
        (*tenders, *_span(days)),
    ):
        # A stand-alone terminal knows nothing of our orders.
        ours = "" if tender == accounts.CARD_APART else _charged(number, facts)
        yield OurRow(
            ours, Kind.CHARGE, fen, clock.from_text(at), reference or "", tender=tender, key=order
        )


_LEFT_AT = (
    "coalesce((SELECT min(j.at) FROM journal j WHERE j.order_id = b.order_id AND j.act = 'payback' "
    "AND j.facts LIKE '%\"number\":\"' || b.number || '\"%' AND (j.facts LIKE '%:\"accepted\"%' "
    "OR j.facts LIKE '%:\"arrived\"%')), b.created_at)"
)
"""SQL: when somebody took on a payback, as the journal tells."""


def _paybacks(
    store: Store, tenders: tuple[str, ...], days: Period, numbers: Collection[str], venue: str
) -> Iterator[OurRow]:
    for row in store.all(
        "SELECT b.order_id, b.number, b.tender, b.amount_fen, b.status, b.reference, "
        f"{_LEFT_AT}, p.reference, p.facts, o.number FROM payback b "
        "JOIN payment p ON p.id = b.payment_id JOIN orders o ON o.id = b.order_id "
        f"WHERE b.tender IN ({_marks(tenders)}) AND b.created_at >= ? AND b.created_at < ? "
        "AND b.status NOT IN ('created', 'dead')",
        (*tenders, *_span(days, LONGEST_BACK)),
    ):
        yield from _payback(row, numbers, venue)


def _payback(row: Row, numbers: Collection[str], venue: str) -> Iterator[OurRow]:
    order, number, tender, fen, status, reference, at, charge_reference, facts, order_number = row
    known = known_as(venue, number)
    # Without an answer, or given up there, nothing is known to have moved: the bill may tell.
    if status not in _GONE and known not in numbers:
        return
    apart = tender == accounts.CARD_APART
    yield OurRow(
        "" if apart else known,
        Kind.REFUND,
        fen if status != PaybackStatus.CLOSED else 0,
        clock.from_text(at),
        reference or "",
        charge="" if apart else _charged(order_number, facts),
        charge_reference=charge_reference or "",
        tender=tender,
        pending=status != PaybackStatus.ARRIVED,
        key=order,
    )


def gone_back(store: Store, days: Period) -> Iterator[tuple[date, str, int]]:
    """Day, tender and fen of what went back on and around some days, by all ways outside but
    transfers by the bank."""
    by_hand = (accounts.CASH, accounts.EXCHANGE, accounts.TRANSFER)
    for tender, fen, at in store.all(
        f"SELECT b.tender, b.amount_fen, {_LEFT_AT} FROM payback b "
        f"WHERE b.tender NOT IN ({_marks(by_hand)}) AND b.status IN ({_marks(_GONE)}) "
        "AND b.created_at >= ? AND b.created_at < ?",
        (*by_hand, *_GONE, *_span(days, LONGEST_BACK)),
    ):
        yield clock.venue(clock.from_text(at)).date(), tender, int(fen)
    for row in _refunds_of_channels(store, _tenders(store, ANY_CHANNEL), days):
        yield clock.venue(row.at).date(), row.tender, row.fen


def _refunds_of_channels(store: Store, tenders: tuple[str, ...], days: Period) -> Iterator[OurRow]:
    """What a channel has to pay back, by order and day: its statement has a line for each."""
    found: dict[tuple[str, date], list[Any]] = {}
    for order, number, tender, fen, at in store.all(
        "SELECT r.order_id, o.number, r.tender, r.amount_fen, r.at FROM refund r "
        f"JOIN orders o ON o.id = r.order_id WHERE r.tender IN ({_marks(tenders)}) "
        "AND r.status = ? AND r.amount_fen > 0 AND r.at >= ? AND r.at < ?",
        (*tenders, RefundStatus.REQUESTED, *_span(days)),
    ):
        moment = clock.from_text(at)
        held = found.setdefault((order, clock.venue(moment).date()), [number, tender, 0, moment])
        held[2] += fen
    for (order, _), (number, tender, fen, moment) in found.items():
        yield OurRow(
            number or "", Kind.REFUND, fen, moment, charge=number or "", tender=tender, key=order
        )


def _given_up(
    store: Store, tenders: tuple[str, ...], days: Period, numbers: Collection[str], venue: str
) -> Iterator[OurRow]:
    """Charges that were reversed: they came and went, where the bill has them at all."""
    for order, number, tender, fen, began, ended in store.all(
        "SELECT order_id, number, tender, amount_fen, created_at, ended_at FROM attempt "
        f"WHERE tender IN ({_marks(tenders)}) AND status = ? AND created_at >= ? "
        "AND created_at < ?",
        (*tenders, AttemptStatus.REVERSED, *_span(days)),
    ):
        known = known_as(venue, number)
        if known not in numbers:
            continue
        at = clock.from_text(began)
        yield OurRow(known, Kind.CHARGE, fen, at, tender=tender, key=order)
        gone = clock.from_text(ended or began)
        # Some companies name the reversal by the number of the charge, some not at all.
        yield OurRow(known, Kind.REFUND, fen, gone, charge=known, tender=tender, key=order)


def order_numbers(store: Store, orders: Collection[str]) -> dict[str, str]:
    """Numbers of orders by id."""
    listed = sorted(filter(None, orders))
    found: dict[str, str] = {}
    for start in range(0, len(listed), 500):
        part = listed[start : start + 500]
        sql = f"SELECT id, number FROM orders WHERE number IS NOT NULL AND id IN ({_marks(part)})"
        found.update(store.all(sql, part))
    return found


def order_of(store: Store, known: str, venue: str) -> str:
    """Number of the order that an attempt or payback of ours belonged to; empty where unknown."""
    number = number_of(venue, known)
    if not number:
        return ""
    row = store.first(
        "SELECT o.number FROM orders o WHERE o.id IN (SELECT order_id FROM attempt "
        "WHERE number = ? UNION SELECT order_id FROM payback WHERE number = ?)",
        (number, number),
    )
    return str(row[0] or "") if row else ""
