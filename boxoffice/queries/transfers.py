"""Money that goes by bank transfer: what has no other way, what was ordered, what the bank says.

Read at central: whoever looks after transfers does it for all windows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from boxoffice import clock
from boxoffice.domain import accounts
from boxoffice.domain.statuses import PaybackStatus
from boxoffice.records.store import Row, Store

KEPT_IN_SIGHT = timedelta(days=14)
"""How long transfers that arrived stay listed."""


class Stage(StrEnum):
    """Where it stands, in the order of what needs doing."""

    NO_WAY = "no_way"
    """Its way back is dead: an account is wanted."""
    ORDERED = "ordered"
    """Two people ordered it; it waits for the file to the bank."""
    AT_BANK = "at_bank"
    """In a file to the bank."""
    ARRIVED = "arrived"


@dataclass(frozen=True, slots=True)
class TransferLine:
    """One payback on its way by transfer, or without any way; amount in fen."""

    payback_id: str
    order_id: str
    number: str
    """Of the order."""
    stage: Stage
    fen: int
    currency: str
    tender: str
    """How it was to go back; of a transfer, how the payment came."""
    since: datetime
    tried: bool = False
    """A transfer was ordered before: the bank refused it, or it came back."""
    known_as: str = ""
    """What the bank knows it by, once it is in a file."""
    batch: str = ""
    written: bool = False
    """The file of its batch lies where the bank fetches it."""
    answer: str = ""
    """What the bank answered (`TransferState`), "" for nothing yet."""
    reasons: str = ""
    """Codes of the bank's reasons."""
    booked_on: date | None = None
    returned_on: date | None = None


_SQL = """
SELECT b.id, b.order_id, coalesce(o.number, ''), b.status, b.amount_fen, b.currency, b.tender,
  p.tender, b.created_at, b.ended_at, t.number, t.batch, k.written_at, t.answer, t.reasons,
  t.booked_on, t.returned_on
FROM payback b JOIN orders o ON o.id = b.order_id JOIN payment p ON p.id = b.payment_id
LEFT JOIN bank_transfer t ON t.payback_id = b.id LEFT JOIN bank_batch k ON k.number = t.batch
WHERE ((b.status = ? AND NOT EXISTS (SELECT 1 FROM payback n WHERE n.replaces = b.id)
    AND (t.booked_on IS NULL OR t.returned_on IS NOT NULL))
  OR (b.tender = ? AND (b.status IN (?, ?) OR (b.status = ? AND b.ended_at >= ?))))
ORDER BY b.created_at, b.id
"""
_STAGES = {
    PaybackStatus.DEAD: Stage.NO_WAY,
    PaybackStatus.CREATED: Stage.ORDERED,
    PaybackStatus.SENT: Stage.AT_BANK,
    PaybackStatus.ARRIVED: Stage.ARRIVED,
}
_ORDER = tuple(Stage)


def transfers(store: Store) -> list[TransferLine]:
    """What needs doing first, then what is under way, then what arrived lately; oldest first."""
    since = clock.to_text(clock.now() - KEPT_IN_SIGHT)
    rows = store.all(
        _SQL,
        (
            PaybackStatus.DEAD,
            accounts.TRANSFER,
            PaybackStatus.CREATED,
            PaybackStatus.SENT,
            PaybackStatus.ARRIVED,
            since,
        ),
    )
    found = [_line(row) for row in rows]
    found.sort(key=lambda line: _ORDER.index(line.stage))
    return found


def _line(row: Row) -> TransferLine:
    (
        payback, order, number, status, fen, currency, tender, paid_by, created_at, ended_at, known,
        batch, written_at, answer, reasons, booked_on, returned_on,
    ) = row  # fmt: skip
    transfer = tender == accounts.TRANSFER
    return TransferLine(
        payback,
        order,
        number,
        _STAGES[PaybackStatus(status)],
        int(fen),
        currency,
        paid_by if transfer else tender,
        clock.from_text(ended_at or created_at),
        transfer,
        known or "",
        batch or "",
        written_at is not None,
        answer or "",
        reasons or "",
        None if booked_on is None else date.fromisoformat(booked_on),
        None if returned_on is None else date.fromisoformat(returned_on),
    )
