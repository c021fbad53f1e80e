"""A part of a page: a list in the middle, its side, and what F8 does while it is in front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from boxoffice.errors import BoxOfficeError
from ui import theme
from ui.asking import Asking
from ui.context import Context
from ui.widgets.empty_state import EmptyState
from ui.widgets.row_list import RowList
from ui.widgets.row_model import Row


@dataclass(frozen=True, slots=True)
class Act:
    """What F8 would do, or what is missing until it may."""

    words: str
    missing: str = ""


class Part(QWidget):
    """Emits `changed` when its act, its side or its name is another; `done(text)` after an act.

    A subclass puts what belongs above or below its list into `column` and its side into `aside`,
    asks with `_asking` and acts with `_doing`.
    """

    changed = Signal()
    done = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._asking = Asking(context, self, self)
        self._doing = Asking(context, self, self)
        self.rows = RowList(roomy=True)
        self.rows.current_changed.connect(lambda _key: self._row_chosen())
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self.empty)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(theme.TOKENS.space.medium))
        self.column.addWidget(self._stack, 1)
        # Each side scrolls by itself: a long one must not lengthen the others.
        self.side = QScrollArea()
        self.side.setWidgetResizable(True)
        self.side.setFrameShape(QScrollArea.Shape.NoFrame)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setObjectName("scrolled")
        self.aside = QVBoxLayout(inner)
        edge = theme.px(theme.TOKENS.space.medium)
        self.aside.setContentsMargins(edge, theme.px(14), edge, 0)
        self.aside.setSpacing(theme.px(8))
        self.side.setWidget(inner)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._asking.busy or self._doing.busy

    @property
    def doing(self) -> bool:
        """Whether something is being done: F8 waits for it."""
        return self._doing.busy

    # --- what a part says and does

    def tab(self) -> str:
        """Its name, with how many wait there."""
        raise NotImplementedError

    def title(self) -> str:
        """The head of its side."""
        raise NotImplementedError

    def act(self) -> Act | None:
        """What F8 does here; None where there is nothing to do."""
        return None

    def press(self) -> None:
        """F8."""

    def came(self) -> None:
        """It was brought to the front: ask for what may have changed."""

    def list_rows(self) -> Sequence[Row]:
        """What is listed now."""
        raise NotImplementedError

    def refresh_side(self) -> None:
        """Say again what the side says of the current row."""

    def retranslate(self) -> None:
        """Set every text again."""
        self.refill()

    # --- how it is shown

    def refill(self) -> None:
        """Show the list and the side again; a list may be long, and is made once it is seen."""
        if self.isVisible():
            self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        rows = self.list_rows()
        self.rows.set_rows(rows)
        if rows and not self.rows.current:
            self.rows.select(rows[0].key)
        self._stack.setCurrentIndex(0 if rows else 1)
        self.refresh_side()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refill()

    def choose_row(self, key: str) -> None:
        """Mark a row; its side follows."""
        self.rows.select(key)
        self._row_chosen()

    def _row_chosen(self) -> None:
        """Another row is current: the side is about that one."""
        self.refresh_side()
        self.changed.emit()

    def _refused(self, error: BoxOfficeError) -> None:
        self._context.troubles.show(self, error)
        self.changed.emit()
