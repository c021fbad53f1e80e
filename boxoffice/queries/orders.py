"""Orders and baskets as screens show them: names and documents masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from boxoffice import clock
from boxoffice.domain.masking import mask_document, mask_name, mask_phone
from boxoffice.domain.statuses import LineStatus, OrderStatus
from boxoffice.records.personal import Seal
from boxoffice.records.rules import PROOF, REAL_NAME
from boxoffice.records.store import Store

_UNPAID = (LineStatus.OPEN, LineStatus.RESERVED)


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of an order; amounts in fen, `zone` and the like empty for unnumbered places.

    So is the seat of a line that is reserved by level: nobody is told it before it is paid for.
    """

    id: str
    position: int
    session_id: int
    session_code: str
    session_zh: str
    session_en: str
    kind: str
    gates_open: datetime
    starts_at: datetime
    price_plan: str
    real_name: bool
    seat_id: int | None
    zone: str
    row: str
    number: str
    category: str
    ticket_type: str
    price_fen: int
    attendee: str
    """Masked."""
    document_type: str
    document: str
    """Masked."""
    status: str
    payment_id: str | None
    ticket_id: str | None
    ticket_live: bool
    issue: int
    handed_over_at: datetime | None
    handed_over_window: int | None
    proof: str = ""
    """What was seen of the right to its price, "" where nothing was."""
    proof_asked: str = ""
    """What has to be shown for it: Chinese;English words, "" where nothing has."""

    @property
    def proof_wanted(self) -> bool:
        """Whether the clerk still has to see a proof."""
        return bool(self.proof_asked) and not self.proof and self.status in _UNPAID

    @property
    def document_wanted(self) -> bool:
        """Whether the session asks for a document that is not there yet."""
        return self.real_name and not self.document


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order or basket whole; amounts in fen."""

    id: str
    version: int
    number: str
    pickup_code: str
    channel: str
    status: str
    created_at: datetime
    sold_at: datetime | None
    total_fen: int
    buyer: str
    """Masked."""
    phone: str
    """Masked."""
    label: str
    deadline: datetime | None
    seats_open: bool
    lines: tuple[LineView, ...]
    owed_fen: int = 0
    """Money that waits for somebody to come for it."""

    @property
    def documents_wanted(self) -> int:
        """How many lines still lack their document."""
        return sum(line.document_wanted for line in self.lines)

    @property
    def proofs_wanted(self) -> int:
        """How many lines still lack the proof of their price."""
        return sum(line.proof_wanted for line in self.lines)

    @property
    def to_pay(self) -> tuple[LineView, ...]:
        """Reserved lines that nobody paid for yet."""
        return tuple(line for line in self.lines if line.status == LineStatus.RESERVED)

    @property
    def to_hand_over(self) -> tuple[LineView, ...]:
        """Lines with a live ticket nobody was given yet."""
        return tuple(x for x in self.lines if x.ticket_live and x.handed_over_at is None)


_LINES = f"""
SELECT l.id, l.position, l.session_id, s.code, s.name_zh, s.name_en, s.kind, s.gates_open,
  s.starts_at, s.price_plan, {REAL_NAME}, l.seat_id, coalesce(p.zone, ''), coalesce(p.row, ''),
  coalesce(p.number, ''), l.category, l.ticket_type, l.price_fen, l.attendee, l.document_type,
  l.document_sealed, l.status, l.payment_id, t.id, coalesce(t.live, 0),
  coalesce(t.issue, 0), h.at, h.window_id, l.proof, coalesce({PROOF}, '')
FROM order_line l JOIN session s ON s.id = l.session_id
LEFT JOIN seat p ON p.id = l.seat_id
LEFT JOIN ticket t ON t.line_id = l.id AND t.live = 1
LEFT JOIN hand_over h ON h.ticket_id = t.id
WHERE l.order_id = ? ORDER BY l.position
"""

_ORDER = """
SELECT id, version, coalesce(number, ''), coalesce(pickup_code, ''), channel, status, created_at,
  sold_at, total_fen, buyer, phone_sealed, label, deadline, seats_open FROM orders
"""


def order(store: Store, seal: Seal, order_id: str) -> OrderView:
    """One order or basket. Raises LookupError for an unknown one."""
    found = store.first(f"{_ORDER} WHERE id = ?", (order_id,))
    if found is None:
        raise LookupError(f"no order {order_id}")
    values: list[Any] = list(found)
    values[6] = clock.from_text(values[6])
    values[7] = _moment(values[7])
    values[9] = mask_name(values[9])
    values[10] = mask_phone(seal.open(values[10]))
    values[12], values[13] = _moment(values[12]), bool(values[13])
    # A reservation keeps the rules it was made under.
    began = values[6] if values[1] and values[5] == OrderStatus.RESERVED else clock.now()
    day = clock.business_day(began).isoformat()
    rows = store.all(_LINES, (day, day, order_id))
    values.append(tuple(_line(row, seal, values[13]) for row in rows))
    owed = store.first(
        "SELECT coalesce(sum(amount_fen), 0) FROM payback WHERE order_id = ? AND status = 'owed'",
        (order_id,),
    )
    return OrderView(*values, *(owed or ()))


def number_of(store: Store, order_id: str) -> str:
    """What customers and staff call an order; empty for one without a number, or unknown."""
    found = store.first("SELECT number FROM orders WHERE id = ?", (order_id,))
    return str(found[0] or "") if found else ""


def _line(row: tuple[Any, ...], seal: Seal, seats_open: bool) -> LineView:
    values = list(row)
    if seats_open and values[21] == LineStatus.RESERVED:
        values[11:15] = [None, "", "", ""]
    for place in (7, 8):
        values[place] = clock.from_text(values[place])
    values[10] = bool(values[10])
    values[18] = mask_name(values[18])
    values[20] = mask_document(seal.open(values[20]))
    values[24] = bool(values[24])
    values[26] = _moment(values[26])
    return LineView(*values)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else clock.from_text(text)


@dataclass(frozen=True, slots=True)
class BasketRow:
    """A parked basket in its list."""

    id: str
    label: str
    created_at: datetime
    tickets: int
    total_fen: int
    unpaid: bool = False
    """Nobody set it aside: its payment came to nothing."""


def parked(store: Store) -> list[BasketRow]:
    """Baskets of this window that wait: those set aside, oldest first, and those whose payment
    came to nothing once nobody waited for it, so that seats are never held out of sight.

    The basket on the screen may be among the second kind.
    """
    return [
        BasketRow(row[0], row[1], clock.from_text(row[2]), row[3], row[4], bool(row[5]))
        for row in store.all(
            "SELECT o.id, o.label, o.created_at, count(l.id), coalesce(sum(l.price_fen), 0), "
            "o.status = 'open' FROM orders o JOIN order_line l ON l.order_id = o.id "
            "WHERE o.version = 0 AND (o.status = 'parked' OR (o.status = 'open' "
            "AND EXISTS (SELECT 1 FROM attempt a WHERE a.order_id = o.id "
            "AND a.status IN ('declined', 'reversed')) AND NOT EXISTS "
            "(SELECT 1 FROM attempt a WHERE a.order_id = o.id AND a.ended_at IS NULL))) "
            "GROUP BY o.id ORDER BY o.status = 'open', o.created_at"
        )
    ]


def open_basket(store: Store, operator_id: str) -> str | None:
    """The basket an operator was filling when the window closed, if any."""
    found = store.first(
        "SELECT o.id FROM orders o WHERE o.version = 0 AND o.status = 'open' "
        "AND o.operator_id = ? AND EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id) "
        # Whether it was paid for is open: that is settled behind, not taken up again.
        "AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.order_id = o.id AND a.ended_at IS NULL) "
        "ORDER BY o.created_at DESC",
        (operator_id,),
    )
    return None if found is None else str(found[0])


@dataclass(frozen=True, slots=True)
class Event:
    """One line of an order's history."""

    at: datetime
    act: str
    window: int
    facts: str


def history(store: Store, order_id: str) -> list[Event]:
    """What was done with an order, oldest first, as far as this window's journal tells."""
    return [
        Event(clock.from_text(row[0]), row[1], row[2], row[3])
        for row in store.all(
            "SELECT at, act, window_id, facts FROM journal WHERE order_id = ? ORDER BY at, number",
            (order_id,),
        )
    ]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A recent pickup or sale at this window."""

    at: datetime
    order_id: str
    name: str
    """Masked."""
    number: str
    tickets: int


def recent_hand_overs(store: Store, window: int, limit: int = 5) -> list[HandedOver]:
    """The last orders handed over at a window, newest first."""
    return [
        HandedOver(clock.from_text(row[0]), row[1], mask_name(row[2]), row[3] or "", row[4])
        for row in store.all(
            "SELECT max(h.at), o.id, o.buyer, o.number, count(*) FROM "
            "(SELECT at, order_id FROM hand_over WHERE window_id = ? ORDER BY at DESC LIMIT 50) h "
            "JOIN orders o ON o.id = h.order_id GROUP BY o.id ORDER BY 1 DESC LIMIT ?",
            (window, limit),
        )
    ]


def lines_with_document(store: Store, seal: Seal, order_id: str, document: str) -> list[str]:
    """Lines of an order that were bought for this document (in normal form), in their order."""
    hashed = seal.hash(document)
    if not hashed:
        return []
    return [
        str(row[0])
        for row in store.all(
            "SELECT id FROM order_line WHERE order_id = ? AND document_hash = ? ORDER BY position",
            (order_id, hashed),
        )
    ]
