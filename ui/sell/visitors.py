"""Who comes: documents scanned or typed, given to the tickets that still lack one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from boxoffice.domain import identity, recognise
from boxoffice.domain.identity import DocumentKind
from boxoffice.domain.recognise import ScanKind
from boxoffice.errors import BadDocument, BoxOfficeError
from boxoffice.services.sales import orders
from ui.context import Context
from ui.sell.basket import Basket
from ui.sell.basket_panel import BasketPanel
from ui.widgets.page import Page


@dataclass(frozen=True, slots=True)
class _Document:
    kind: str
    number: str
    name: str = ""


class Visitors(QObject):
    """Binds documents to the lines of the basket; forgets what it was told with the basket."""

    def __init__(self, context: Context, basket: Basket, panel: BasketPanel, page: Page) -> None:
        super().__init__(page)
        self._context, self._basket, self._panel, self._page = context, basket, panel, page
        # Records keep numbers sealed: to add a name to a document just scanned it is needed again.
        self._known: dict[str, _Document] = {}
        self._promised: set[str] = set()
        panel.document_entered.connect(self.enter)
        panel.naming_wanted.connect(self.type_for)

    def forget(self) -> None:
        """Another customer: nothing of the last one stays."""
        self._known.clear()
        self._promised.clear()

    def scanned(self, text: str) -> bool:
        """Take a document that was scanned; False where the text is none."""
        scans = recognise.recognise(text)
        if not scans or scans[0].kind not in (ScanKind.DOCUMENT, ScanKind.MACHINE_LINES):
            return False
        if scans[0].kind is ScanKind.MACHINE_LINES:
            try:
                lines = identity.read_mrz(scans[0].value)
            except BadDocument as error:
                self._context.troubles.show(self._page, error)
                return True
            found = _Document(DocumentKind.PASSPORT.value, lines.number, lines.name)
            return self._give(found)
        kind = identity.recognise(scans[0].value)
        if kind is not None:
            return self._give(_Document(kind.value, scans[0].value))
        return self._confirm(scans[0].value)

    def type_for(self, line_id: str) -> None:
        """Let the clerk type the document of a ticket, or the name beside one just scanned."""
        known = self._known.get(line_id)
        if known is None:
            self._panel.open_entry(line_id)
        else:
            self._panel.open_entry(line_id, known.kind, known.number, known.name)

    def enter(self, line_id: str, kind: str, number: str, name: str) -> None:
        """Bind a document that was typed for a ticket."""
        self._bind(line_id, _Document(kind, number, name), typed=True)

    def _next_line(self) -> str:
        for line in self._basket.lines:
            if line.document_wanted and line.id not in self._promised:
                return line.id
        return ""

    def _give(self, document: _Document) -> bool:
        line_id = self._next_line()
        if not line_id:
            self._page.error_band.say(
                "attention",
                self.tr("No ticket here waits for a document. Choose seats or passes first."),
            )
            return True
        self._bind(line_id, document, typed=False)
        return True

    def _confirm(self, number: str) -> bool:
        """It may be a passport, or something else: the clerk sees it before it counts."""
        line_id = self._next_line()
        if not line_id:
            return False
        self._panel.open_entry(line_id, DocumentKind.PASSPORT.value, number)
        return True

    def _bind(self, line_id: str, document: _Document, *, typed: bool) -> None:
        office, desk = self._context.office, self._context.desk
        self._promised.add(line_id)

        def work(basket: str | None) -> None:
            if basket is not None:
                orders.set_attendee(
                    office=office,
                    desk=desk,
                    basket=basket,
                    line_id=line_id,
                    name=document.name,
                    document_type=document.kind,
                    document=document.number,
                )

        def done(_answer: None) -> None:
            self._promised.discard(line_id)
            self._known[line_id] = document

        def failed(error: BoxOfficeError) -> None:
            self._promised.discard(line_id)
            if typed and self._panel.editing:
                self._panel.entry.say(self._context.troubles.sentence(error))
            else:
                self._context.troubles.show(self._page, error)

        self._basket.do(work, done, failed)
