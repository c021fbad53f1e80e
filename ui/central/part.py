"""What every part of the central page is made of: a list in the middle, and its side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from boxoffice.services.supervising.central_view import Overview
from ui import theme
from ui.central.words import CentralWords
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
    """Emits `changed` when its act, its side or its name is another; `done(text)` after an act."""

    changed = Signal()
    done = Signal(str)

    def __init__(self, context: Context, words: CentralWords) -> None:
        super().__init__()
        self._context = context
        self._words = words
        self._overview: Overview | None = None
        self.away = False
        self.busy = False
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
        self.aside.setContentsMargins(0, 0, 0, 0)

    def show_overview(self, overview: Overview, *, away: bool) -> None:
        """Show central as it is; `away`: as it was when last heard of."""
        self._overview, self.away = overview, away
        self._refill()

    def _refill(self) -> None:
        before = self.rows.current
        rows = self._rows(self._overview) if self._overview is not None else ()
        self.rows.set_rows(rows)
        if rows and not self.rows.current:
            self.rows.select(rows[0].key)
        self._stack.setCurrentIndex(0 if rows else 1)
        if self.rows.current != before:
            self._row_chosen()
        else:
            self._refresh_side()
        self.changed.emit()

    # --- what a part says and does

    def tab(self) -> str:
        """Its name, with how many there are."""
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
        """It was brought to the front."""

    def _rows(self, overview: Overview) -> Sequence[Row]:
        raise NotImplementedError

    def _row_chosen(self) -> None:
        """Another row is current: the side is about that one."""
        self._refresh_side()
        self.changed.emit()

    def _refresh_side(self) -> None:
        """What the side says of the current row may have changed."""

    def retranslate(self) -> None:
        """Set every text again."""
        self._refill()
