"""What the pickup page asks the records: who fits a scan, and one order with its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from boxoffice import clock
from boxoffice.domain import identity
from boxoffice.domain.masking import mask_document, mask_phone
from boxoffice.domain.recognise import ScanKind, recognise
from boxoffice.queries import finding, orders
from boxoffice.queries.finding import OrderHit
from boxoffice.queries.orders import Event, LineView, OrderView
from boxoffice.queries.scanned_tickets import judge
from boxoffice.services.office import Office
from boxoffice.services.sharing import unreported

_DOCUMENT_LONG = 15
_CODES = (ScanKind.PICKUP_CODE, ScanKind.ORDER_NUMBER)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the visitor showed, by every reading its shape allows."""

    text: str
    shown: str
    """As it may stand on the screen: documents and phones masked."""
    documents: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    ticket: bool = False
    """A signed ticket code: it proves itself."""
    dead: str = ""
    """Why that code counts no more: refunded, void, or older (it was printed again)."""
    document_only: bool = False
    """It cannot be anything but a document."""

    def proof(self, view: OrderView) -> str:
        """What a hand-over of that order notes as looked at: "code" or "none"."""
        held = (
            (self.ticket and not self.dead)
            or view.number in self.codes
            or view.pickup_code in self.codes
        )
        return "code" if held else "none"


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
        return "document" if self.verified else self.asked.proof(self.view)

    @property
    def has_documents(self) -> bool:
        return any(line.document for line in self.view.lines)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a scan led to: lines of the order on the screen, else orders that fit."""

    asked: Asked
    lines: tuple[str, ...] = ()
    hits: tuple[OrderHit, ...] = ()
    elsewhere: tuple[OrderHit, ...] = ()
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
    """What was scanned or typed, as far as its shape tells. Raises BadDocument (passport lines)."""
    scans = recognise(text)
    kinds = {scan.kind for scan in scans}
    if ScanKind.MACHINE_LINES in kinds:
        return read_scan(identity.read_mrz(text).number)
    documents = tuple(scan.value for scan in scans if scan.kind is ScanKind.DOCUMENT)
    phones = [scan.value for scan in scans if scan.kind is ScanKind.PHONE]
    sure = bool(documents) and identity.recognise(documents[0]) is not None
    shown = " ".join(text.split())
    if sure:
        shown = mask_document(documents[0])
    elif phones:
        shown = mask_phone(phones[0])
    elif sum(letter.isdigit() for letter in shown) >= _DOCUMENT_LONG:
        shown = mask_document(shown)  # a document mistyped is still somebody's
    elif ScanKind.TICKET_CODE in kinds:
        shown = f"{shown[:8]}…"
    return Asked(
        text=text,
        shown=shown,
        documents=documents,
        codes=tuple(scan.value for scan in scans if scan.kind in _CODES),
        ticket=ScanKind.TICKET_CODE in kinds,
        document_only=sure,
    )


def look_up(store: Any, seal: Any, text: str, current: str | None) -> Answer:
    """Find what was shown, first among the lines of the order on the screen.

    Raises BadTicketCode for a damaged ticket code, BadDocument for damaged passport lines.
    """
    asked = read_scan(text)
    if current is not None and asked.documents:
        lines = _lines(store, seal, current, asked.documents)
        if lines:
            return Answer(asked, lines=lines)
    if asked.ticket:
        ticket = judge(store, asked.text)
        asked = replace(asked, dead=ticket.state if ticket is not None and ticket.dead else "")
    hits = tuple(finding.find(store, seal, asked.text))
    if current is not None and asked.document_only:
        return Answer(asked, stranger=True, elsewhere=hits)
    return Answer(asked, hits=tuple(sorted(hits, key=_urgency)))


def found_or_told(office: Office, text: str, current: str | None) -> Answer:
    """What was shown; of a ticket nobody here knows, where it was sold.

    Raises what `look_up` and `unreported.explain` raise.
    """
    answer = office.read(lambda store: look_up(store, office.seal, text, current))
    if answer.asked.ticket and not answer.hits and not answer.lines:
        unreported.explain(office, answer.asked.text)
    return answer


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
