"""What ended epochs left undecided of money, at central: a case for each order, and what is open.

Nobody asks after it any more, so a person has to (rule 17); see `settling` for how it ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.central.items import Credentials
from boxoffice.central.pulling import raise_version
from boxoffice.domain.accounts import ASKED
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import AttemptStatus, CaseStatus
from boxoffice.records.people import Case
from boxoffice.records.store import Row, Store

LEFT, PAYBACK_LEFT = "attempt_left", "payback_left"
"""Kinds of cases, by order: a payment that an ended epoch left open; money on its way back that
nobody follows any more."""
LEARNT = ("status", "ended_at", "why", "reference", "facts")
"""What is learnt of a payment when it ends."""
_TENDERS = ", ".join(f"'{tender}'" for tender in ASKED)
_OPEN = {
    LEFT: ("attempt", "p.ended_at IS NULL"),
    PAYBACK_LEFT: ("payback", f"p.ended_at IS NULL AND p.tender IN ({_TENDERS})"),
}
_ABOUT = (
    "SELECT p.order_id, max(p.tender), sum(p.amount_fen), max(p.number) FROM {table} p "
    "WHERE {open} AND {whose} GROUP BY p.order_id"
)
_AGAIN = (
    "ON CONFLICT (kind, key) DO UPDATE SET status = 'open', facts = excluded.facts "
    "WHERE cases.status <> 'open'"
)
"""One that was settled before is open again."""


@dataclass(frozen=True, slots=True)
class LeftAttempt:
    """A payment that is open at central; amount in fen, times UTC."""

    id: str
    number: str
    order_id: str
    tender: str
    amount_fen: int
    status: AttemptStatus
    since: datetime
    """When it was sent; where that is not on record, when it was begun."""
    ended: bool
    """Whether its epoch has ended: of one that runs its window sees to it."""

    @property
    def window(self) -> int:
        """Whose it was."""
        return _chain(self.number)[0]


def list_left(store: Store, window: int, epoch: int) -> None:
    """A case for each order with money that an epoch, which has just ended, left undecided."""
    if store.shared:
        now = clock.to_text(clock.now())
        store.first("SELECT list_left(?, ?, ?)", (window, epoch, now))
        return
    for kind in _OPEN:
        _list(store, kind, "p.number LIKE ?", f"{window}-{epoch}-%")


def list_orders(store: Store, who: Credentials, kind: str, orders: Iterable[str]) -> None:
    """The same of orders of which an epoch that has ended told just now."""
    own = f"{who.window}-{who.epoch}-%"
    for order_id in sorted(set(orders)):
        _list(store, kind, "p.number LIKE ? AND p.order_id = ?", own, order_id)


def _list(store: Store, kind: str, whose: str, *which: str) -> None:
    table, is_open = _OPEN[kind]
    about = store.all(_ABOUT.format(table=table, open=is_open, whose=whose), which)
    for order_id, tender, fen, number in about:
        head = store.first("SELECT number FROM orders WHERE id = ?", (order_id,))
        facts = {"window": _chain(number)[0], "tender": tender, "fen": int(fen), "number": number}
        row = {
            "id": new_id(),
            "kind": kind,
            "key": order_id,
            "status": CaseStatus.OPEN,
            "opened_at": clock.now(),
            # A basket has none, and never came here.
            "order_number": (head and head[0]) or "",
            "facts": json.dumps(facts),
        }
        store.insert(Case, [row], conflict=_AGAIN)
    if about and not store.shared:  # a server's trigger does it
        raise_version(store, "people_version")


def open_attempt(store: Store, order_id: str) -> LeftAttempt | None:
    """The payment of an order that has no end at central; there is one at most."""
    row = store.first(
        "SELECT id, number, tender, amount_fen, status, coalesce(sent_at, created_at) "
        "FROM attempt WHERE order_id = ? AND ended_at IS NULL",
        (order_id,),
    )
    if row is None:
        return None
    return LeftAttempt(
        id=str(row[0]),
        number=row[1],
        order_id=order_id,
        tender=row[2],
        amount_fen=int(row[3]),
        status=AttemptStatus(row[4]),
        since=clock.from_text(row[5]),
        ended=has_ended(store, row[1]),
    )


def _chain(number: str) -> tuple[int, int]:
    """Window and epoch of a number."""
    window, epoch, _ = number.split("-")
    return int(window), int(epoch)


def has_ended(store: Store, number: str) -> bool:
    """Whether the epoch of an attempt or a payback of that number has ended."""
    return bool(
        store.first(
            "SELECT 1 FROM window_epoch WHERE window_id = ? AND epoch = ? AND ended_at IS NOT NULL",
            _chain(number),
        )
    )


def ends(store: Store, attempt_ids: Sequence[str]) -> dict[str, Row]:
    """By attempt, what central knows (`LEARNT`) of those that have ended there."""
    listed = ", ".join(LEARNT)
    found = {}
    for attempt_id in attempt_ids:
        row = store.first(
            f"SELECT {listed} FROM attempt WHERE id = ? AND ended_at IS NOT NULL", (attempt_id,)
        )
        if row is not None:
            found[attempt_id] = row
    return found


# --- at a server: a function of the owner, for who ends an epoch (rule 27)

_CASE = (
    "INSERT INTO cases (id, kind, key, status, opened_at, order_number, facts) "
    "SELECT replace(gen_random_uuid()::text, '-', ''), '{kind}', l.order_id, 'open', at, "
    "coalesce(o.number, ''), json_build_object('window', target, 'tender', l.tender, "
    "'fen', l.fen, 'number', l.number)::text FROM ({about}) l (order_id, tender, fen, number) "
    "LEFT JOIN orders o ON o.id = l.order_id {again}; "
)
_WHOSE = "p.number LIKE target || '-' || ended || '-%'"
_LIST = " ".join(
    (
        "BEGIN",
        *(
            _CASE.format(
                kind=kind,
                about=_ABOUT.format(table=table, open=is_open, whose=_WHOSE),
                again=_AGAIN,
            )
            for kind, (table, is_open) in _OPEN.items()
        ),
        "END",
    )
)

SUPERVISOR: dict[str, tuple[str, str]] = {
    "list_left(target bigint, ended bigint, at text)": ("void", _LIST),
}
