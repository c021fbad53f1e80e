"""What is to be paid for an order now: its lines, what was paid of it before, and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boxoffice.domain.money import Money
from boxoffice.errors import BasketEmpty, DocumentsMissing
from boxoffice.queries.deposits import deposits
from boxoffice.records.rules import REAL_NAME
from boxoffice.records.store import Store
from boxoffice.services.sales import limits, on_sale


@dataclass(frozen=True, slots=True)
class Instead:
    """A sold line whose ticket is given back once its new one is paid; amounts in fen."""

    line_id: str
    price_fen: int
    fee_fen: int


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
    instead: tuple[Instead, ...] = ()
    """What is given back for them: it pays as much as it cost, less a fee."""

    @property
    def credit_fen(self) -> int:
        """What the tickets that are given back pay."""
        return sum(one.price_fen - one.fee_fen for one in self.instead)

    @property
    def due_fen(self) -> int:
        """What is still to come; nothing where more was given back than the new tickets cost."""
        return max(self.total.fen - self.paid_fen - self.credit_fen, 0)

    @property
    def back_fen(self) -> int:
        """What goes back once tickets were exchanged for cheaper ones."""
        return max(self.credit_fen - self.total.fen, 0) if self.instead else 0

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
        "o.currency, p.id, p.price_fen, l.exchange_fee_fen, "
        "coalesce(p.session_id = l.session_id AND p.document_hash = l.document_hash, 0) "
        "FROM order_line l JOIN session s ON s.id = l.session_id "
        "JOIN orders o ON o.id = l.order_id LEFT JOIN order_line p ON p.id = l.replaces "
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
        # A document keeps its claim where its ticket stays in the session.
        claims=tuple(sorted({(line[1], line[3]) for line in lines if line[3] and not line[10]})),
        missing=sum(bool(line[5]) and not line[3] for line in lines),
        whole=len(lines) == len(every),
        checkout_id=None if paid is None else paid.checkout_id,
        instead=tuple(Instead(line[7], line[8], line[9]) for line in lines if line[7]),
    )


def require_sellable(store: Store, order_id: str, due: Due) -> None:
    """That these lines may be sold now.

    Raises SessionCalledOff, DocumentsMissing, or what `limits.check` raises.
    """
    on_sale.require_held(store, {line[1] for line in due.lines})
    if due.missing:
        raise DocumentsMissing(count=due.missing)
    limits.check(store, order_id, {line[0] for line in due.lines})
