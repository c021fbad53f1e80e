"""What every part of the page of play and rain is made of: a list in the middle, and its side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from boxoffice.errors import BoxOfficeError
from boxoffice.queries.rain_day import SessionLine
from ui import theme
from ui.asking import Asking
from ui.context import Context
from ui.rain.words import RainWords
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

    The page tells it the session that is chosen with `choose`, and with `came` that it is in front.
    """

    changed = Signal()
    done = Signal(str)

    def __init__(self, context: Context, words: RainWords) -> None:
        super().__init__()
        self._context = context
        self._words = words
        self._session: SessionLine | None = None
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
        self.side = QWidget()
        self.aside = QVBoxLayout(self.side)
        edge = theme.px(12)
        self.aside.setContentsMargins(edge, theme.px(14), edge, edge)
        self.aside.setSpacing(theme.px(10))

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
        """Its name."""
        raise NotImplementedError

    def title(self) -> str:
        """The head of its side."""
        raise NotImplementedError

    def act(self) -> Act | None:
        """What F8 does here; None where there is nothing to do."""
        return None

    def press(self) -> None:
        """F8."""

    def choose(self, session: SessionLine | None) -> None:
        """The session the page is about, as it stands now."""
        other = (session.id if session else None) != (self._session.id if self._session else None)
        self._session = session
        if other:
            self._asking.forget()
            self.begin()
        self.refill()

    def begin(self) -> None:
        """Another session: what was typed and asked for the one before is forgotten."""

    def came(self) -> None:
        """It is in front: ask for what may have changed."""

    def list_rows(self) -> Sequence[Row]:
        """What is listed now."""
        raise NotImplementedError

    def refill(self) -> None:
        """Show the list and the side again; a list may be long, and is made once it is seen."""
        if not self.isVisible():
            self.changed.emit()
            return
        rows = self.list_rows()
        self.rows.set_rows(rows)
        if rows and not self.rows.current:
            self.rows.select(rows[0].key)
        self._stack.setCurrentIndex(0 if rows else 1)
        self.refresh_side()
        self.changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refill()

    def refresh_side(self) -> None:
        """What the side says may have changed."""

    def _row_chosen(self) -> None:
        self.refresh_side()
        self.changed.emit()

    def _refused(self, error: BoxOfficeError) -> None:
        self._context.troubles.show(self, error)
        self.changed.emit()

    def retranslate(self) -> None:
        """Set every text again."""
        self.refill()
