"""How far the run of a decision has come, and whose money waits for them to come."""

from __future__ import annotations

from dataclasses import dataclass

from boxoffice.domain.masking import mask_name
from boxoffice.records.store import Store

DONE, ELSEWHERE, BUSY, UNDECIDED = "done", "elsewhere", "busy", "undecided"
"""States of an order in a run: dealt with; another window has it; money for it is under way; nobody
decided for a ticket of it."""


@dataclass(frozen=True, slots=True)
class InPerson:
    """Money that somebody has to come for."""

    order_id: str
    number: str
    buyer: str
    """Masked."""
    reachable: bool
    """There is a phone number to tell them by."""
    tender: str
    amount_fen: int
    why: str
    """cash, card_apart, or dead: the way it came does not take it back."""
    payback_id: str = ""
    """Once it is owed."""


@dataclass(frozen=True, slots=True)
class RunState:
    """How far a run has come. Amounts in fen."""

    id: str
    session_id: int
    open: bool
    """Some ticket was not dealt with yet."""
    orders: int
    """Dealt with."""
    tickets: int
    """Of those orders, the ones that went back."""
    amount_fen: int
    left: int
    """Orders with a live ticket of the session that were not dealt with, as far as is known."""
    skipped: tuple[tuple[str, str, str], ...]
    """(order number, state, why) of those that were left for later."""


def run_state(store: Store, run_id: str) -> RunState:
    """How a run stands. Raises LookupError for an unknown one."""
    head = store.first("SELECT session_id, status FROM rain_run WHERE id = ?", (run_id,))
    if head is None:
        raise LookupError(f"no run {run_id}")
    done = store.first(
        "SELECT count(*), coalesce(sum(tickets), 0), coalesce(sum(amount_fen), 0) "
        "FROM rain_run_order WHERE run_id = ? AND state = ?",
        (run_id, DONE),
    )
    assert done is not None
    skipped = store.all(
        "SELECT coalesce(o.number, o.id), r.state, r.why FROM rain_run_order r "
        "JOIN orders o ON o.id = r.order_id WHERE r.run_id = ? AND r.state <> ? ORDER BY 1",
        (run_id, DONE),
    )
    return RunState(
        run_id,
        int(head[0]),
        head[1] == "open",
        int(done[0]),
        int(done[1]),
        int(done[2]),
        len(pending(store, run_id)),
        tuple((str(row[0]), str(row[1]), str(row[2])) for row in skipped),
    )


def pending(store: Store, run_id: str) -> list[str]:
    """Orders with live tickets of the session that a run has not dealt with."""
    return [
        str(row[0])
        for row in store.all(
            "SELECT DISTINCT t.order_id FROM rain_run u JOIN ticket t "
            "ON t.session_id = u.session_id AND t.live = 1 WHERE u.id = ? AND NOT EXISTS "
            "(SELECT 1 FROM rain_run_order r WHERE r.run_id = u.id AND r.order_id = t.order_id "
            "AND r.state = ?) ORDER BY t.order_id",
            (run_id, DONE),
        )
    ]


def open_run(store: Store, session_id: int) -> str | None:
    """The run of a session at this window that was begun and is not done."""
    found = store.first(
        "SELECT id FROM rain_run WHERE session_id = ? AND status = 'open'", (session_id,)
    )
    return None if found is None else str(found[0])


_OWED = """
SELECT b.order_id, coalesce(o.number, ''), o.buyer, o.phone_hash <> '', b.tender, b.amount_fen,
  b.status, b.id
FROM payback b JOIN orders o ON o.id = b.order_id
WHERE (b.status = 'owed' OR (b.status = 'dead' AND NOT EXISTS
  (SELECT 1 FROM payback n WHERE n.replaces = b.id))) {which}
ORDER BY o.number, b.id
"""


_OF_SESSION = (
    "AND EXISTS (SELECT 1 FROM rain_run_order r JOIN rain_run u ON u.id = r.run_id "
    "WHERE r.order_id = b.order_id AND u.session_id = ?)"
)


def to_collect(
    store: Store, order_id: str | None = None, *, session_id: int | None = None
) -> list[InPerson]:
    """Money that waits for somebody to come: owed in cash, or with no way back of its own.

    Of one order, or of those that a run of a session at this window dealt with; else of all.
    """
    which, params = "", list[str | int]()
    if order_id is not None:
        which, params = "AND b.order_id = ?", [order_id]
    elif session_id is not None:
        which, params = _OF_SESSION, [session_id]
    return [
        InPerson(
            row[0],
            row[1],
            mask_name(row[2]),
            bool(row[3]),
            row[4],
            int(row[5]),
            "dead" if row[6] == "dead" else row[4],
            row[7],
        )
        for row in store.all(_OWED.format(which=which), params)
    ]
