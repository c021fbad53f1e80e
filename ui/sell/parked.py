"""Baskets that were set aside (挂单), to be brought back (取单)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boxoffice.queries.orders import BasketRow
from ui import formats, theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.row_list import RowList
from ui.widgets.row_model import Row


class ParkedPanel(QWidget):
    """Emits `recall_wanted(order id)` on Enter or a double click, `moved` with the current row."""

    recall_wanted = Signal(str)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._baskets: Sequence[BasketRow] = ()
        self._rows = RowList(roomy=True)
        self._rows.activated_row.connect(self.recall_wanted)
        self._rows.current_changed.connect(lambda _key: self.moved.emit())
        self._empty = EmptyState()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(6), 0, theme.px(6))
        column.addWidget(self._rows, 1)
        column.addWidget(self._empty, 1)
        self.retranslate()

    @property
    def current(self) -> str:
        """Order id of the basket that would be brought back, "" for none."""
        return self._rows.current

    @property
    def count(self) -> int:
        """How many baskets are parked."""
        return len(self._baskets)

    @property
    def baskets(self) -> list[BasketRow]:
        """What is listed."""
        return list(self._baskets)

    def show_baskets(self, baskets: Sequence[BasketRow]) -> None:
        """Show these, the one parked first on top and current."""
        self._baskets = baskets
        self._rows.set_rows([self._row(at, basket) for at, basket in enumerate(baskets, 1)])
        if baskets and not self._rows.current:
            self._rows.select(baskets[0].id)
        self._rows.setVisible(bool(baskets))
        self._empty.setVisible(not baskets)
        self.moved.emit()

    def take_focus(self) -> None:
        """Arrow keys choose."""
        self._rows.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _row(self, at: int, basket: BasketRow) -> Row:
        begun = self.tr("begun at {time}").format(time=formats.time(basket.created_at))
        unpaid = self.tr("its payment came to nothing")
        return Row(
            key=basket.id,
            fact=basket.label or self.tr("Basket {number}").format(number=at),
            detail=formats.DOT.join((unpaid, begun)) if basket.unpaid else begun,
            tone="attention" if basket.unpaid else "",
            value=formats.short_money(basket.total_fen),
            note=self.tr("%n ticket(s)", "", basket.tickets),
        )

    def retranslate(self) -> None:
        """Set every text again."""
        self._empty.set_texts(
            self.tr("No basket is parked"),
            self.tr("Park a basket to serve somebody else; its seats stay with it."),
        )
        self.show_baskets(self._baskets)
