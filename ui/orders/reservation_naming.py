"""What is asked of the tickets of a reservation before money is taken: documents and proofs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from boxoffice.errors import BadDocument
from boxoffice.queries.orders import LineView
from boxoffice.services.sales import reservations
from ui.context import Context
from ui.orders.document_scan import read_document
from ui.orders.reservation_base import ReservationAct
from ui.sell.document_entry import DocumentEntry


class NamingReservation(ReservationAct):
    """Base: `entry` takes a document, `again` is what a supervisor's approval lets be done anew."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.entry = DocumentEntry(self._words)
        self.again: Callable[[], None] = lambda: None
        self.entry.entered.connect(self.enter)
        self.entry.closed.connect(self.quit)
        self.body.papers_changed.connect(self.proofs_seen)

    @property
    def missing(self) -> tuple[LineView, ...]:
        """Ticked tickets that still lack their document."""
        return tuple(line for line in self.chosen if line.document_wanted)

    @property
    def proofs(self) -> tuple[LineView, ...]:
        """Ticked tickets whose price wants a proof that nobody noted as seen."""
        return tuple(line for line in self.chosen if line.proof_wanted)

    def document_scanned(self, text: str) -> bool:
        """It goes to the first ticket that lacks one; False where the text is none."""
        try:
            found = read_document(text)
        except BadDocument as error:
            self.refused(error)
            return True
        if found is None:
            return False
        if found.sure:
            self.enter(found.kind, found.number, found.name)
        else:
            self.entry.begin(found.kind, found.number)
        return True

    def enter(self, kind: str, number: str, name: str) -> None:
        """Bind a document to the first ticket that lacks one."""
        if self._view is None or not self.missing or self.busy:
            return
        office, desk = self._context.office, self._context.desk
        order_id, line_id = self._view.id, self.missing[0].id

        def work() -> None:
            reservations.name_attendee(
                office=office,
                desk=desk,
                order_id=order_id,
                line_id=line_id,
                name=name,
                document_type=kind,
                document=number,
            )

        def bound() -> None:
            self.entry.begin()
            self.reload()

        self.again = lambda: self.enter(kind, number, name)
        self.act(work, bound)

    def proofs_seen(self) -> None:
        """The clerk saw the proofs: that is on record at once."""
        view, proofs = self._view, [(line.id, line.proof_asked) for line in self.proofs]
        if view is None or not self.body.papers.isChecked() or not proofs or self.busy:
            return
        office, desk = self._context.office, self._context.desk

        def work() -> None:
            for line_id, seen in proofs:
                reservations.confirm_proof(
                    office=office, desk=desk, order_id=view.id, line_id=line_id, seen=seen
                )

        self.act(work, self.reload)

    def note(self, line: LineView) -> str:
        if line.document_wanted:
            return self.tr("document missing")
        return line.document
