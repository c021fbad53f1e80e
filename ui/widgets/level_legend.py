"""The price levels under the map: colour and shape, name, price, and how many are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import formats, theme
from ui.widgets.action_button import KeyedButton
from ui.widgets.flow_layout import FlowRow
from ui.widgets.painting import paint_text
from ui.widgets.seat_map.model import LevelStyle
from ui.widgets.seat_map.shapes import shape_pixmap

_HEIGHT = 40
_MARK = 18


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One price level: its look on the map, price in fen (None: not priced), seats left."""

    style: LevelStyle
    price_fen: int | None
    left: int

    def words(self) -> str:
        price = "" if self.price_fen is None else f" {formats.short_money(self.price_fen)}"
        return f"{self.style.name}{price}{formats.DOT}{formats.count(self.left)}"


class _Chip(KeyedButton):
    padding = 10

    def __init__(self, entry: LegendEntry) -> None:
        self.entry = entry
        super().__init__(entry.words())
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def bold(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme.font()).horizontalAdvance(self.text()) + theme.px(3)
        return QSize(words + theme.px(2 * self.padding + _MARK + 8), theme.px(_HEIGHT))

    def paint_words(self, painter: QPainter, place: QRect) -> None:
        side = theme.px(_MARK)
        style = self.entry.style
        mark = shape_pixmap(style.shape, style.colour, side, self.devicePixelRatioF())
        painter.drawPixmap(place.x(), round(place.center().y() + 0.5 - side / 2), mark)
        paint_text(
            painter,
            place.adjusted(side + theme.px(8), 0, 0, 0),
            self.text(),
            self.text_sizes,
            self.bold(),
        )


class LevelLegend(FlowRow):
    """Emits `level_picked(index)` when a level is picked, -1 when it is let go again."""

    level_picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[_Chip] = []

    @property
    def picked(self) -> int:
        """Position of the picked level, -1 where all are shown."""
        return next((i for i, chip in enumerate(self._chips) if chip.isChecked()), -1)

    def set_levels(self, entries: Sequence[LegendEntry]) -> None:
        """Show these levels in this order; a picked level stays picked where its name stays."""
        names = [entry.style.name for entry in entries]
        if names == [chip.entry.style.name for chip in self._chips]:
            for chip, entry in zip(self._chips, entries, strict=True):
                chip.entry = entry
                chip.setText(entry.words())
            return
        for chip in self._chips:
            self.flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [_Chip(entry) for entry in entries]
        for place, chip in enumerate(self._chips):
            self.flow.addWidget(chip)
            chip.clicked.connect(lambda on, place=place: self._clicked(place, on))
        self.updateGeometry()

    def pick(self, index: int) -> None:
        """Mark a level without a signal; -1 marks none."""
        for place, chip in enumerate(self._chips):
            chip.setChecked(place == index)

    def _clicked(self, place: int, on: bool) -> None:
        self.pick(place if on else -1)
        self.level_picked.emit(place if on else -1)
