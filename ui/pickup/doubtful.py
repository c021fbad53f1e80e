"""Pages that may or may not have come out of the printer: the clerk looks, and says which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from boxoffice import clock
from boxoffice.domain.statuses import PrintStatus
from boxoffice.errors import BoxOfficeError, Broken
from boxoffice.queries import printing
from boxoffice.queries.printing import PrintRow
from boxoffice.services.printing import tickets
from boxoffice.services.printing.tickets import RECEIPT, TICKET
from ui import formats, theme
from ui.change_relay import touches
from ui.context import Context
from ui.pickup.words import PickupWords
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card, Rule
from ui.widgets.text import Line, Text

UNDER_WAY = timedelta(seconds=15)
"""A page that waits longer than this for its printer was forgotten by a crash."""
_SHOWN = 3
"""How many pages are in sight at once; the rest scroll."""


class _Page(QWidget):
    """One page with what can be said of it; a page never begun can only be printed."""

    def __init__(
        self, fact: str, detail: str, actions: Sequence[tuple[str, Callable[[], object]]]
    ) -> None:
        super().__init__()
        facts, details = Line(bold=True), Line(theme.TOKENS.type.detail, role="attention")
        facts.set_text(fact)
        details.set_text(detail)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(facts)
        words.addWidget(details)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(4), theme.px(4), theme.px(4))
        row.addLayout(words, 1)
        self.buttons = [ActionButton(text, act=act) for text, act in actions]
        for button in self.buttons:
            button.setFixedHeight(theme.px(38))
            row.addWidget(button)


class DoubtfulPages(Card):
    """Lists them, each with two actions; hidden while there are none.

    Can lie on any page. `count_changed` tells how many there are.
    """

    count_changed = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=16, gap=6)
        self._context = context
        self._words = PickupWords(self)
        self._rows: tuple[PrintRow, ...] = ()
        self._pages: list[_Page] = []
        self._told = 0
        self._answered: set[str] = set()
        """Jobs whose answer is under way."""
        self._title = Text(role="heading", wrap=True)
        self._title.set_tone("attention")
        self._list = QWidget()
        self._list.setObjectName("scrolled")
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self._list)
        self.all_came_out = ActionButton(act=lambda: self.settle_all(came_out=True))
        self.all_again = ActionButton(act=lambda: self.settle_all(came_out=False))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        for button in (self.all_came_out, self.all_again):
            button.setFixedHeight(theme.px(38))
            head.addWidget(button)
        self.body.addLayout(head)
        self.body.addWidget(Rule())
        self.body.addWidget(self._scroll)
        self.hide()
        context.relay.changed.connect(self._changed)

    @property
    def count(self) -> int:
        """How many pages wait for an answer."""
        return len(self._rows)

    @property
    def pages(self) -> tuple[_Page, ...]:
        return tuple(self._pages)

    def reload(self) -> None:
        """Ask the records again."""
        self._context.ask(self, printing.unsettled, self._show)

    def settle(self, job_id: str, *, came_out: bool) -> None:
        """The page came out, or is printed again."""
        self._act([job_id], came_out)

    def settle_all(self, *, came_out: bool) -> None:
        """All pages in doubt came out, or all are printed again."""
        self._act([row.id for row in self._rows if row.status == PrintStatus.DOUBTFUL], came_out)

    def _act(self, job_ids: Sequence[str], came_out: bool) -> None:
        office, desk = self._context.office, self._context.desk

        def work() -> Broken | None:
            trouble = None
            for job_id in job_ids:
                ended = tickets.settle_doubtful(
                    office=office, desk=desk, job_id=job_id, came_out=came_out
                )
                trouble = ended.trouble or trouble
            return trouble

        self._run(work, job_ids)

    def print_now(self, job_id: str) -> None:
        """Print a page that was queued and never begun."""
        office, desk = self._context.office, self._context.desk
        self._run(
            lambda: tickets.print_jobs(office=office, desk=desk, job_ids=[job_id]).trouble,
            [job_id],
        )

    def _run(self, work: Callable[[], Broken | None], job_ids: Sequence[str]) -> None:
        """One answer per page: its buttons rest until the service is done with it."""
        self._answered |= set(job_ids)
        self._rebuild()
        self._context.act(
            self,
            work,
            lambda trouble: self._settled(job_ids, trouble),
            lambda error: self._settled(job_ids, error),
        )

    def _settled(self, job_ids: Sequence[str], trouble: BoxOfficeError | None) -> None:
        self._answered -= set(job_ids)
        if trouble is not None:
            self._context.troubles.show(self, trouble)
        self.reload()

    def _changed(self, topics: frozenset[str]) -> None:
        if touches(topics, "prints"):
            self.reload()

    def _show(self, rows: Sequence[PrintRow]) -> None:
        since = clock.now() - UNDER_WAY
        self._rows = tuple(
            row
            for row in rows
            if row.status == PrintStatus.DOUBTFUL
            or (row.status == PrintStatus.QUEUED and row.created_at < since)
        )
        self._rebuild()
        if len(self._rows) != self._told:
            self._told = len(self._rows)
            self.count_changed.emit(self._told)

    def _rebuild(self) -> None:
        for page in self._pages:
            self._column.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._title.setText(self.tr("Look at the printer: did these pages come out?"))
        self.all_came_out.setText(self.tr("All came out"))
        self.all_again.setText(self.tr("Print all again"))
        doubtful = sum(row.status == PrintStatus.DOUBTFUL for row in self._rows)
        for button in (self.all_came_out, self.all_again):
            button.setVisible(doubtful > 1)
            button.setEnabled(not self._answered)
        self._pages = [self._page(row) for row in self._rows]
        for row, page in zip(self._rows, self._pages, strict=True):
            page.setEnabled(row.id not in self._answered)
            self._column.addWidget(page)
        self._scroll.setFixedHeight(sum(page.sizeHint().height() for page in self._pages[:_SHOWN]))
        self.setVisible(bool(self._rows))

    def _page(self, row: PrintRow) -> _Page:
        names = {RECEIPT: self.tr("Receipt"), TICKET: self.tr("Ticket")}
        what = names.get(row.kind, self.tr("Slip"))
        fact = formats.DOT.join((what, row.order_number, formats.time(row.created_at)))
        if row.status == PrintStatus.QUEUED:
            detail = self.tr("Not printed yet")
            return _Page(fact, detail, [(self.tr("Print now"), lambda: self.print_now(row.id))])
        detail = self.tr("In doubt: {why}").format(why=self._words.trouble(row.trouble))
        return _Page(
            fact,
            detail,
            [
                (self.tr("It came out"), lambda: self.settle(row.id, came_out=True)),
                (self.tr("Print again"), lambda: self.settle(row.id, came_out=False)),
            ],
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._rebuild()
        super().changeEvent(event)
