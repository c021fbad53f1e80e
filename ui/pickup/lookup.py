"""What the pickup page asks the records: who fits a scan, and one order with its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from boxoffice import clock
from boxoffice.domain.masking import mask_document, mask_phone
from boxoffice.domain.recognise import ScanKind, recognise
from boxoffice.queries import finding, orders
from boxoffice.queries.finding import OrderHit
from boxoffice.queries.orders import Event, LineView, OrderView

_CODES = (ScanKind.TICKET_CODE, ScanKind.PICKUP_CODE, ScanKind.ORDER_NUMBER)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the visitor showed. `shown` may stand on the screen: documents and phones masked."""

    documents: tuple[str, ...] = ()
    checked: str = "none"
    """What a hand-over on the strength of it notes: "code" or "none"; a document is seen later."""
    shown: str = ""
    private: bool = False
    """A document or a phone: it may not stay in the field."""


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """An order on the screen, with what was done here: lines ticked, documents seen."""

    view: OrderView
    events: tuple[Event, ...]
    asked: Asked
    ticked: frozenset[str] = frozenset()
    """Line ids."""
    verified: frozenset[str] = frozenset()
    """Line ids whose document was shown."""

    @property
    def waiting(self) -> tuple[LineView, ...]:
        """Lines whose ticket nobody was given yet."""
        return self.view.to_hand_over

    @property
    def chosen(self) -> tuple[LineView, ...]:
        """Ticked lines that can be handed over."""
        return tuple(line for line in self.waiting if line.id in self.ticked)

    @property
    def checked(self) -> str:
        """What was looked at, in the word the hand-over notes."""
        return "document" if self.verified else self.asked.checked

    @property
    def has_documents(self) -> bool:
        return any(line.document for line in self.view.lines)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a scan led to: lines of the order on the screen, else orders that fit."""

    asked: Asked
    lines: tuple[str, ...] = ()
    hits: tuple[OrderHit, ...] = ()
    elsewhere: tuple[OrderHit, ...] = field(default=())
    """Other orders with a document that the order on the screen does not know."""
    stranger: bool = False
    """A document was shown that the order on the screen does not know."""


def today() -> date:
    """The business day people pick up for."""
    return clock.business_day(clock.now())


def line_day(line: LineView) -> date:
    """Business day of a line's session."""
    return clock.business_day(line.starts_at)


def read_scan(text: str) -> Asked:
    """What was scanned or typed, as far as its shape tells."""
    scans = recognise(text)
    documents = tuple(scan.value for scan in scans if scan.kind is ScanKind.DOCUMENT)
    first = scans[0].kind if scans else ScanKind.NAME
    if first is ScanKind.DOCUMENT:
        return Asked(documents, shown=mask_document(documents[0]), private=True)
    if first is ScanKind.PHONE:
        return Asked(documents, shown=mask_phone(scans[0].value), private=True)
    shown = text.strip()
    if first is ScanKind.TICKET_CODE:
        shown = f"{shown[:6]}…"
    return Asked(documents, "code" if first in _CODES else "none", shown)


def look_up(store: Any, seal: Any, text: str, current: str | None) -> Answer:
    """Find what was shown, first among the lines of the order on the screen.

    Raises BadTicketCode for a ticket code that is damaged.
    """
    asked = read_scan(text)
    if current is not None and asked.documents:
        lines = _lines(store, seal, current, asked.documents)
        if lines:
            return Answer(asked, lines=lines)
    hits = tuple(finding.find(store, seal, text))
    if current is not None and asked.private and asked.documents:
        return Answer(asked, stranger=True, elsewhere=hits)
    return Answer(asked, hits=tuple(sorted(hits, key=_urgency)))


def open_order(store: Any, seal: Any, order_id: str, asked: Asked) -> OpenOrder:
    """An order as it stands, ready for the desk: what is wanted today is ticked."""
    view = orders.order(store, seal, order_id)
    return OpenOrder(
        view=view,
        events=tuple(orders.history(store, order_id)),
        asked=asked,
        ticked=frozenset(line.id for line in _wanted_now(view)),
        verified=frozenset(_lines(store, seal, order_id, asked.documents)),
    )


def again(store: Any, seal: Any, before: OpenOrder) -> OpenOrder:
    """The order on the screen as it stands now; what was done here stays."""
    return OpenOrder(
        view=orders.order(store, seal, before.view.id),
        events=tuple(orders.history(store, before.view.id)),
        asked=before.asked,
        ticked=before.ticked,
        verified=before.verified,
    )


def _lines(store: Any, seal: Any, order_id: str, documents: Sequence[str]) -> tuple[str, ...]:
    found = (orders.lines_with_document(store, seal, order_id, number) for number in documents)
    return tuple(line for lines in found for line in lines)


def _wanted_now(view: OrderView) -> tuple[LineView, ...]:
    """Today's tickets; an order without any for today is fetched ahead: those still to come."""
    now = today()
    waiting = view.to_hand_over
    return tuple(line for line in waiting if line_day(line) == now) or tuple(
        line for line in waiting if line_day(line) > now
    )


def _urgency(hit: OrderHit) -> tuple[bool, bool, str, str]:
    """What can be handed over comes first, of that today's, then by day."""
    done = hit.handed_over >= hit.tickets
    return done, hit.business_day != today().isoformat(), hit.business_day, hit.number
