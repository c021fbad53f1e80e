"""Papers of the shift page: X and Z reports, and the slip of a drop; each can be printed again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from boxoffice.queries import reports
from boxoffice.queries.reports import ShiftReport
from boxoffice.services.till import drop_papers, report_papers
from ui.context import Context
from ui.widgets.page import Page

AGAIN_KEY = "Alt+Z"


class ShiftPapers(QObject):
    """Says on the page how printing went; trouble that may pass gets a button to try again."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def x_report(self, shift_id: str) -> None:
        """The figures of now; the shift goes on."""
        office = self._context.office

        def work() -> None:
            report = office.read(lambda store: reports.shift_report(store, shift_id))
            report_papers.print_report(office=office, report=report)

        self._do(work, self._printed)

    def z_report(self, report: ShiftReport) -> None:
        """A Z report of before once more."""
        office = self._context.office
        self._do(lambda: report_papers.print_report(office=office, report=report), self._printed)

    def drop(self, entry: int) -> None:
        """The slip of a drop, by its journal entry."""
        office = self._context.office
        self._do(
            lambda: drop_papers.print_drop(office=office, entry=entry),
            lambda: self._page.error_band.say(
                "info",
                self.tr("Noted. The slip was printed: both sign it, and it goes with the cash."),
                self.tr("Print again"),
                lambda: self.drop(entry),
                AGAIN_KEY,
            ),
        )

    def _do(self, work: Callable[[], None], done: Callable[[], object]) -> None:
        self._context.act(
            self._page,
            work,
            lambda _: done(),
            lambda error: self._context.troubles.show(
                self._page, error, retry=lambda: self._do(work, done)
            ),
        )

    def _printed(self) -> None:
        self._page.error_band.say("info", self.tr("The report was printed."))
