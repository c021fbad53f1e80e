"""What every part of the money page is made of: a list in the middle, and its side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from boxoffice.errors import BoxOfficeError
from boxoffice.services.money.looking import MoneyView
from ui import theme
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
    """Emits `changed` when its act or its name is another, `done(text)` after an act, and
    `order_wanted(number)` where an order is to be looked at."""

    changed = Signal()
    done = Signal(str)
    order_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.view: MoneyView | None = None
        self.busy = False
        self.rows = RowList(roomy=True)
        self.rows.current_changed.connect(lambda _key: self._row_chosen())
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self.empty)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(theme.TOKENS.space.small))
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

    def show_view(self, view: MoneyView) -> None:
        """Show the money as it is now."""
        self.view = view
        self._refill()

    def _refill(self) -> None:
        rows = self._rows()
        self.rows.set_rows(rows)
        if rows and not self.rows.current:
            self.rows.select(rows[0].key)
        self._stack.setCurrentIndex(0 if rows else 1)
        self._refresh_side()
        self.changed.emit()

    def choose(self, key: str) -> None:
        """Mark a row; its side follows."""
        self.rows.select(key)
        self._row_chosen()

    def _row_chosen(self) -> None:
        self._refresh_side()
        self.changed.emit()

    def _failed(self, error: BoxOfficeError) -> None:
        self.busy = False
        self._context.troubles.show(self, error)
        self.changed.emit()

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
        """It was brought to the front."""

    def _rows(self) -> Sequence[Row]:
        raise NotImplementedError

    def _refresh_side(self) -> None:
        """The side says what the current row is about."""

    def retranslate(self) -> None:
        """Set every text again."""
        self._refill()
