"""The side of an act on tickets: what is missing, the tickets to tick, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import keys, theme
from ui.approval.form import ApprovalForm
from ui.context import Context
from ui.widgets.row_list import RowList
from ui.widgets.row_model import Row
from ui.widgets.text import MoneyLabel, Text

PAPERS_KEY = "Alt+K"


class DoneSide(QWidget):
    """How it ended: a tick, what happened, and the amount to hand out where there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done, self._label = Text(role="title", wrap=True), Text(role="quiet", wrap=True)
        self.amount = MoneyLabel()
        self._note, self._trouble = Text(wrap=True), Text(wrap=True)
        column = QVBoxLayout(self)
        edge = theme.px(theme.TOKENS.space.medium)
        column.setContentsMargins(edge, theme.px(24), edge, edge)
        column.setSpacing(theme.px(theme.TOKENS.space.medium))
        for part in (self._done, self._label, self.amount, self._note, self._trouble):
            column.addWidget(part)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._done.set_tone("good")
        self._trouble.set_tone("danger")
        column.addStretch(1)

    @property
    def texts(self) -> str:
        """All that is said."""
        parts = (self._done, self._label, self.amount, self._note, self._trouble)
        return "\n".join(part.text() for part in parts if not part.isHidden())

    def say(self, done: str, *, note: str = "", tone: str = "", trouble: str = "") -> None:
        """What was done, without money to hand out."""
        self._done.setText("✓ " + done)
        self._note.setText(note)
        self._note.set_tone(tone)
        self._note.setVisible(bool(note))
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))
        for part in (self._label, self.amount):
            part.hide()

    def say_amount(self, label: str, fen: int) -> None:
        """An amount, large, with what is to be done with it; after `say`."""
        self._label.setText(label)
        self.amount.set_fen(fen)
        for part in (self._label, self.amount):
            part.show()


class ActBody(QWidget):
    """Ticket rows to tick, room for more below them, an approval, the papers; then how it ended.

    Put what belongs to one act into `middle` (scrolls) or `foot` (always in sight). Emits
    `ticked(line id, on)` and `papers_changed`.
    """

    ticked = Signal(str, bool)
    papers_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = Text(wrap=True)
        self.rows = RowList()
        self.rows.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.rows.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.ticked.connect(self.ticked)
        self.papers = QCheckBox()
        self.papers.toggled.connect(lambda _on: self.papers_changed.emit())
        keys.current().bind(self.papers, PAPERS_KEY, self.papers.toggle)
        self.approval = ApprovalForm(context)
        # Queued: what is said there has to find its place first.
        self.approval.refused.connect(self._keep_form, Qt.ConnectionType.QueuedConnection)
        self.done = DoneSide()
        self.middle, self.foot = QVBoxLayout(), QVBoxLayout()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._asking())
        self.stack.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def _asking(self) -> QWidget:
        edge, gap = theme.px(theme.TOKENS.space.medium), theme.px(theme.TOKENS.space.small)
        inner = self._inner = QWidget()
        inner.setObjectName("scrolled")
        long = self._long = QVBoxLayout(inner)
        long.setContentsMargins(0, gap, 0, gap)
        long.setSpacing(gap)
        self.middle.setContentsMargins(edge, 0, edge, 0)
        self.middle.setSpacing(gap)
        self.foot.setSpacing(gap)
        long.addWidget(self.rows)
        long.addLayout(self.middle)
        long.addWidget(self.approval)
        long.addStretch(1)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setWidget(inner)
        self.scroller.viewport().setAutoFillBackground(False)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, gap)
        column.setSpacing(gap)
        low = QVBoxLayout()
        low.setContentsMargins(edge, 0, edge, 0)
        low.setSpacing(gap)
        low.addLayout(self.foot)
        low.addWidget(self.papers)
        low.addWidget(self.notice)
        column.addWidget(self.scroller, 1)
        column.addLayout(low)
        return page

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these tickets."""
        self.rows.set_rows(rows)
        self.rows.setFixedHeight(self.rows.sizeHint().height())

    def ask_papers(self, text: str) -> None:
        """Ask whether the paper is here; "" where none is out."""
        self.papers.setText(text)
        self.papers.setVisible(bool(text))

    def say(self, text: str, tone: str = "attention") -> None:
        """What is missing or went wrong; "" where nothing is."""
        self.notice.setText(text)
        self.notice.set_tone(tone)
        self.notice.setVisible(bool(text))

    def show_asking(self) -> None:
        """Before it is done."""
        self.stack.setCurrentIndex(0)

    def show_done(self) -> None:
        """After it was done."""
        self.stack.setCurrentWidget(self.done)

    @property
    def is_done(self) -> bool:
        return self.stack.currentWidget() is self.done

    def show_approval(self) -> None:
        """Bring the approval into sight, its cursor where something is missing."""
        self.approval.take_focus()
        self._keep_form()

    def _keep_form(self) -> None:
        """The whole form, down to its button."""
        self.keep_in_sight(self.approval.enter)

    def keep_in_sight(self, part: QWidget) -> None:
        """Scroll so far that a part of the side can be seen."""
        self._long.activate()
        inner = self._inner
        inner.resize(inner.width(), max(inner.sizeHint().height(), inner.height()))
        self.scroller.ensureWidgetVisible(part, 0, theme.px(16))
