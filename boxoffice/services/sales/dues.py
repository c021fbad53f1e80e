"""What is to be paid for an order now: its lines, what was paid of it before, and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boxoffice.domain.money import Money
from boxoffice.errors import BasketEmpty, DocumentsMissing
from boxoffice.queries.deposits import deposits
from boxoffice.records.rules import REAL_NAME
from boxoffice.records.store import Store
from boxoffice.services.sales import limits


@dataclass(frozen=True, slots=True)
class Due:
    """What one checkout is about. `checkout_id` names it once a part of it was paid."""

    total: Money
    paid_fen: int
    lines: tuple[tuple[str, int, int | None], ...]
    """(line, session, seat) of what is paid for."""
    claims: tuple[tuple[int, str], ...]
    """(session, keyed hash of a document)."""
    missing: int
    """How many of the tickets want a document and have none."""
    whole: bool
    """Whether it is about all that waits to be paid."""
    checkout_id: str | None = None

    @property
    def due_fen(self) -> int:
        """What is still to come."""
        return self.total.fen - self.paid_fen

    @property
    def line_ids(self) -> tuple[str, ...]:
        """Of the lines that are paid for, where not all are."""
        return () if self.whole else tuple(line[0] for line in self.lines)


def look(store: Store, order_id: str, line_ids: Sequence[str] = ()) -> Due:
    """What is due for an order, or for some of its lines.

    Once a part was paid the lines stay those it was paid for. Raises BasketEmpty.
    """
    paid = deposits(store, order_id)
    if paid is not None:
        line_ids = paid.line_ids
    every = store.all(
        f"SELECT l.id, l.session_id, l.seat_id, l.document_hash, l.price_fen, {REAL_NAME}, "
        "o.currency FROM order_line l JOIN session s ON s.id = l.session_id "
        "JOIN orders o ON o.id = l.order_id "
        "WHERE l.order_id = ? AND l.status IN ('open', 'reserved') ORDER BY l.position",
        (limits.day_of(store, order_id), order_id),
    )
    lines = [line for line in every if not line_ids or line[0] in line_ids]
    if not lines:
        raise BasketEmpty()
    return Due(
        total=Money(sum(line[4] for line in lines), lines[0][6]),
        paid_fen=0 if paid is None else paid.fen,
        lines=tuple((line[0], line[1], line[2]) for line in lines),
        claims=tuple(sorted({(line[1], line[3]) for line in lines if line[3]})),
        missing=sum(bool(line[5]) and not line[3] for line in lines),
        whole=len(lines) == len(every),
        checkout_id=None if paid is None else paid.checkout_id,
    )


def require_sellable(store: Store, order_id: str, due: Due) -> None:
    """That these lines may be sold now.

    Raises DocumentsMissing, or what `limits.check` raises.
    """
    if due.missing:
        raise DocumentsMissing(count=due.missing)
    limits.check(store, order_id, {line[0] for line in due.lines})
