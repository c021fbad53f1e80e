"""Everything about one order: as it stands, its money, and what was ever done with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from boxoffice import clock
from boxoffice.domain.accounts import CASH
from boxoffice.domain.statuses import InvoiceStatus
from boxoffice.queries import orders
from boxoffice.queries.notices import Told, told
from boxoffice.queries.orders import OrderView
from boxoffice.records.personal import Seal
from boxoffice.records.store import Row, Store

CENTRAL = 0
"""Number under which stands what was sold before, through a channel."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that was done with an order."""

    at: datetime
    act: str
    window: int
    operator: str
    """Number and name; empty for what did itself, or where this window does not know."""
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PaymentView:
    """Money that came in; amounts in fen."""

    at: datetime
    window: int
    tender: str
    amount_fen: int
    tendered_fen: int
    change_fen: int
    part: bool
    """It paid for no ticket by itself: it is, or was, a part of what was due."""


@dataclass(frozen=True, slots=True)
class PaybackView:
    """Money on its way back, or that went back; amount in fen.

    `kind` is what it goes back for: a refund, a void, a part payment undone, a charge that came too
    late. One that was closed or dead has another in its place.
    """

    at: datetime
    window: int
    kind: str
    tender: str
    amount_fen: int
    status: str


@dataclass(frozen=True, slots=True)
class ReturnView:
    """A ticket that came back; amounts in fen."""

    at: datetime
    window: int
    line_id: str
    kind: str
    status: str
    tender: str
    price_fen: int
    fee_fen: int
    amount_fen: int
    reason: str


@dataclass(frozen=True, slots=True)
class OrderFile:
    """An order whole, with its past; newest last."""

    view: OrderView
    payments: tuple[PaymentView, ...]
    returns: tuple[ReturnView, ...]
    paybacks: tuple[PaybackView, ...]
    events: tuple[Happened, ...]
    told: tuple[Told, ...]
    """By notices of this window's outbox."""


def order_file(store: Store, seal: Seal, order_id: str) -> OrderFile:
    """Everything about an order. Raises LookupError for an unknown one."""
    view = orders.order(store, seal, order_id)
    payments = tuple(
        PaymentView(
            clock.from_text(row[0]), row[1], row[2], row[3], row[4], row[5], part=not row[6]
        )
        for row in store.all(
            "SELECT paid_at, window_id, tender, amount_fen, tendered_fen, change_fen, "
            "(SELECT count(*) FROM order_line l WHERE l.payment_id = p.id) "
            "FROM payment p WHERE order_id = ? ORDER BY paid_at, id",
            (order_id,),
        )
    )
    paybacks = tuple(
        PaybackView(clock.from_text(row[0]), *row[1:])
        for row in store.all(
            "SELECT created_at, window_id, kind, tender, amount_fen, status FROM payback "
            "WHERE order_id = ? ORDER BY created_at, id",
            (order_id,),
        )
    )
    returns = tuple(
        ReturnView(clock.from_text(row[0]), *row[1:])
        for row in store.all(
            "SELECT at, window_id, line_id, kind, status, tender, price_fen, fee_fen, amount_fen, "
            "reason FROM refund WHERE order_id = ? ORDER BY at, id",
            (order_id,),
        )
    )
    events = tuple(history(store, order_id))
    said = told(store, seal, order_id)
    return OrderFile(view, payments, returns, paybacks, events, said)


def history(store: Store, order_id: str) -> list[Happened]:
    """What was done with an order, oldest first.

    This window's journal tells its own acts; what others did is read from the order's rows.
    """
    own = [*_journal(store, order_id)]
    known = {(event.window, clock.to_text(event.at)) for event in own}

    def unknown(window: int, at: str) -> bool:
        return (window, at) not in known

    rest = [
        *_sold_elsewhere(store, order_id, unknown),
        *_reserved_elsewhere(store, order_id, own),
        *_handed_over_elsewhere(store, order_id, unknown),
        *_returned_elsewhere(store, order_id, unknown),
        *_undone_elsewhere(store, order_id, unknown),
        *_invoiced_elsewhere(store, order_id, unknown),
    ]
    # What is read from rows has no number: at one moment, paid comes before handed over.
    return sorted([*own, *rest], key=lambda event: event.at)


_ENTRY = """
SELECT j.at, j.act, j.window_id, coalesce(o.number || ' ' || o.name, ''), j.facts
FROM journal j LEFT JOIN operator o ON o.id = j.operator_id
"""


def _journal(store: Store, order_id: str) -> Iterable[Happened]:
    # Two questions, for an index each: acts on the order, and what was only about it (paper).
    for where in (
        "WHERE j.order_id = ?",
        "WHERE j.order_id IS NULL AND json_extract(j.facts, '$.order') = ?",
    ):
        for row in store.all(f"{_ENTRY} {where} ORDER BY j.epoch, j.number", (order_id,)):
            yield Happened(clock.from_text(row[0]), row[1], row[2], row[3], json.loads(row[4]))


Unknown = Callable[[int, str], bool]


def _sold_elsewhere(store: Store, order_id: str, unknown: Unknown) -> Iterable[Happened]:
    for at, window, tender, amount, tendered, change, count in store.all(
        "SELECT p.paid_at, p.window_id, p.tender, p.amount_fen, p.tendered_fen, p.change_fen, "
        "(SELECT count(*) FROM order_line l WHERE l.payment_id = p.id) "
        "FROM payment p WHERE p.order_id = ?",
        (order_id,),
    ):
        if unknown(window, at):
            facts = {"tickets": count, "amount_fen": amount, "tender": tender}
            facts |= {"tendered_fen": tendered, "change_fen": change}
            act = "presale" if window == CENTRAL else "sale" if count else "deposit"
            yield Happened(clock.from_text(at), act, window, "", facts)


def _reserved_elsewhere(store: Store, order_id: str, own: Iterable[Happened]) -> Iterable[Happened]:
    found = store.first(
        "SELECT created_at, window_id, deadline, count(l.id) FROM orders o "
        "JOIN order_line l ON l.order_id = o.id WHERE o.id = ? AND deadline IS NOT NULL",
        (order_id,),
    )
    if found is None or found[0] is None or any(event.act == "reserve" for event in own):
        return
    facts = {"tickets": found[3], "deadline": found[2]}
    yield Happened(clock.from_text(found[0]), "reserve", found[1], "", facts)


def _handed_over_elsewhere(store: Store, order_id: str, unknown: Unknown) -> Iterable[Happened]:
    rows = store.all(
        "SELECT at, window_id, coalesce(o.number || ' ' || o.name, ''), checked FROM hand_over h "
        "LEFT JOIN operator o ON o.id = h.operator_id WHERE order_id = ? ORDER BY at, window_id",
        (order_id,),
    )
    for (at, window, operator, checked), group in _together(rows, 4):
        if unknown(window, at):
            facts = {"tickets": len(group), "checked": checked}
            yield Happened(clock.from_text(at), "hand_over", window, operator, facts)


def _returned_elsewhere(store: Store, order_id: str, unknown: Unknown) -> Iterable[Happened]:
    rows = store.all(
        "SELECT at, window_id, kind, coalesce(o.number || ' ' || o.name, ''), reason, "
        "coalesce(a.number, ''), r.tender, fee_fen, amount_fen, r.act_id FROM refund r "
        "LEFT JOIN operator o ON o.id = r.operator_id LEFT JOIN operator a ON a.id = r.approver_id "
        "WHERE order_id = ? ORDER BY at, window_id, kind",
        (order_id,),
    )
    for (at, window, kind, operator, reason, approver), group in _together(rows, 6):
        if unknown(window, at):
            direct = [(row[6], row[8]) for row in group if row[9] is None]
            acts = sorted({str(row[9]) for row in group if row[9] is not None})
            ways = [way for act in acts for way in _paid_back(store, act)]
            facts = {
                "tickets": len(group),
                **_by_way([*direct, *ways]),
                "fee_fen": sum(row[7] for row in group),
                "reason": reason,
                "approver": approver,
            }
            yield Happened(clock.from_text(at), kind, window, operator, facts)


def _paid_back(store: Store, act_id: str) -> list[tuple[str, int]]:
    """(tender, fen) of the paybacks of an act, as they were meant at first."""
    sql = "SELECT tender, amount_fen FROM payback WHERE act_id = ? AND replaces IS NULL"
    return [(str(row[0]), int(row[1])) for row in store.all(sql, (act_id,))]


def _by_way(ways: Iterable[tuple[str, int]]) -> dict[str, Any]:
    """Facts of what went back: out of a drawer, and asked of others."""
    requested: dict[str, int] = {}
    cash = 0
    for tender, amount in ways:
        if tender == CASH:
            cash += amount
        else:
            requested[tender] = requested.get(tender, 0) + amount
    return {"cash_fen": cash, "requested": requested}


def _undone_elsewhere(store: Store, order_id: str, unknown: Unknown) -> Iterable[Happened]:
    """Parts paid that went back before anything was sold, and what came too late."""
    acts = {"undo": "undo_deposit", "late": "late_payment"}
    rows = store.all(
        "SELECT b.created_at, b.window_id, b.kind, b.act_id, "
        "coalesce(o.number || ' ' || o.name, ''), b.tender, b.amount_fen FROM payback b "
        "LEFT JOIN operator o ON o.id = b.operator_id WHERE b.order_id = ? "
        "AND b.kind IN ('undo', 'late') AND b.replaces IS NULL ORDER BY 1, 2, 3, 4",
        (order_id,),
    )
    for (at, window, kind, _, operator), group in _together(rows, 5):
        if unknown(window, at):
            facts: dict[str, Any] = _by_way((row[5], row[6]) for row in group)
            if kind == "late":
                facts = {"tender": group[0][5], "amount_fen": group[0][6]}
            yield Happened(clock.from_text(at), acts[kind], window, operator, facts)


def _invoiced_elsewhere(store: Store, order_id: str, unknown: Unknown) -> Iterable[Happened]:
    """Tax invoices that were asked for; what became of them the act on invoices shows."""
    for at, window, operator, amount in store.all(
        "SELECT i.created_at, i.window_id, coalesce(o.number || ' ' || o.name, ''), i.amount_fen "
        "FROM invoice i LEFT JOIN operator o ON o.id = i.operator_id "
        "WHERE i.order_id = ? AND i.operator_id IS NOT NULL",
        (order_id,),
    ):
        if unknown(window, at):
            facts = {"status": InvoiceStatus.WANTED.value, "amount_fen": amount}
            yield Happened(clock.from_text(at), "invoice", window, operator, facts)


def _together(rows: list[Row], width: int) -> Iterable[tuple[Row, list[Row]]]:
    """Rows that agree in their first columns."""
    for first, group in groupby(rows, key=lambda row: row[:width]):
        yield first, list(group)
