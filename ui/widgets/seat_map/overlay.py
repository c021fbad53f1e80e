"""What lies above the seats: the rings around one of them, the hint card, the sweeping band."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from ui.widgets.seat_map.model import MapColours

# Design units.
_CARD_CORNER, _CARD_PAD_X, _CARD_PAD_Y, _CARD_GAP = 8.0, 13.0, 9.0, 12.0
_FIRST_LINE, _OTHER_LINES = 15, 12


def paint_ring(
    painter: QPainter, middle: QPointF, radius: float, colour: QColor, width: float
) -> None:
    """A ring that shows on dark and on light: the colour within a rim of white."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(255, 255, 255, 230), width * 2.4))
    painter.drawEllipse(middle, radius, radius)
    painter.setPen(QPen(colour, width))
    painter.drawEllipse(middle, radius, radius)


def paint_band(painter: QPainter, band: QRectF, colours: MapColours) -> None:
    """The rectangle being swept over seats."""
    accent = QColor(colours.accent)
    painter.setPen(QPen(accent, 1.0, Qt.PenStyle.DashLine))
    accent.setAlpha(24)
    painter.setBrush(accent)
    painter.drawRect(band)


class HintCard:
    """The dark card that names a seat: its first line for the seat, further ones smaller."""

    def __init__(self, font: QFont, unit: float, colours: MapColours) -> None:
        self._unit = unit
        self._colours = colours
        self._first, self._other = QFont(font), QFont(font)
        self._first.setPixelSize(max(round(_FIRST_LINE * unit), 1))
        self._other.setPixelSize(max(round(_OTHER_LINES * unit), 1))

    def paint(self, painter: QPainter, text: str, beside: QRectF, within: QRectF) -> None:
        """Draw the card above the seat's box, or where there is room for it."""
        lines = [line for line in text.split("\n") if line]
        if not lines:
            return
        fonts = [self._first, *[self._other] * (len(lines) - 1)]
        metrics = [QFontMetricsF(font) for font in fonts]
        widest = max(m.horizontalAdvance(line) for m, line in zip(metrics, lines, strict=True))
        pad_x, pad_y = _CARD_PAD_X * self._unit, _CARD_PAD_Y * self._unit
        size = QSizeF(widest + 2 * pad_x, sum(m.height() for m in metrics) + 2 * pad_y)
        card = QRectF(self._place(size, beside, within), size)
        painter.setPen(QPen(QColor(self._colours.surface), 1.0))
        painter.setBrush(QColor(self._colours.ink))
        corner = _CARD_CORNER * self._unit
        painter.drawRoundedRect(card, corner, corner)
        y = card.top() + pad_y
        for number, (line, font, metric) in enumerate(zip(lines, fonts, metrics, strict=True)):
            painter.setFont(font)
            painter.setPen(QColor(self._colours.taken if number else self._colours.surface))
            painter.drawText(QPointF(card.left() + pad_x, y + metric.ascent()), line)
            y += metric.height()

    def _place(self, size: QSizeF, beside: QRectF, within: QRectF) -> QPointF:
        gap = _CARD_GAP * self._unit
        x = min(beside.center().x() + gap, within.right() - size.width() - gap)
        y = beside.top() - gap - size.height()
        if y < within.top() + gap / 2:
            y = beside.bottom() + gap
        return QPointF(round(max(x, within.left() + gap)), round(y))
