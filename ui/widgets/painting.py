"""Small things several widgets draw: key caps, marks that do not rely on colour, fitted text."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPolygonF

from ui import keys, theme

_WRAPPED = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
_CAP_ROLES = {
    "quiet": ("key_cap", "faint", "dark_raised"),
    "primary": ("accent_deep", "accent_deep", "on_accent"),
    "dark": ("dark_raised", "dark_raised", "surface"),
    "off": ("ground", "line", "grey"),
}
"""Ground, edge and letters of a key cap by what it lies on."""


def cap_size(key: str) -> QSize:
    """Room a key cap needs."""
    metrics = QFontMetrics(theme.font(theme.TOKENS.type.small, bold=True))
    width = metrics.horizontalAdvance(keys.caption(key)) + theme.px(12)
    return QSize(max(width, theme.px(24)), theme.px(21))


def paint_cap(painter: QPainter, place: QRect, key: str, kind: str = "quiet") -> None:
    """Draw a key cap, right-aligned and centred upright in `place`."""
    ground, edge, letters = _CAP_ROLES[kind]
    size = cap_size(key)
    cap = QRectF(place.right() + 1 - size.width(), 0, size.width(), size.height())
    cap.moveTop(round(place.center().y() + 0.5 - size.height() / 2))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = theme.px(theme.TOKENS.radius.small)
    painter.setPen(QPen(theme.colour(edge), 1))
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setFont(theme.font(theme.TOKENS.type.small, bold=True))
    painter.setPen(theme.colour(letters))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys.caption(key))
    painter.restore()


def paint_text(
    painter: QPainter, place: QRect, text: str, sizes: tuple[int, ...], bold: bool
) -> None:
    """Draw text left and centred upright, on as many lines as fit, in the first size that fits.

    Where even the last size is too large the text ends in an ellipsis.
    """
    for size in sizes:
        font = theme.font(size, bold=bold)
        metrics = QFontMetrics(font)
        bounds = metrics.boundingRect(QRect(0, 0, place.width(), 10_000), int(_WRAPPED), text)
        if bounds.height() <= place.height() and bounds.width() <= place.width():
            painter.setFont(font)
            painter.drawText(place, int(_WRAPPED), text)
            return
    short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.setFont(font)
    painter.drawText(place, int(_WRAPPED), short)


def paint_tick(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Draw a tick inside a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, max(box.width() * 0.11, 1.5))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    corners = ((0.26, 0.52), (0.43, 0.69), (0.75, 0.33))
    painter.drawPolyline(
        QPolygonF(
            [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in corners]
        )
    )
    painter.restore()


def _mark_path(shape: str, box: QRectF) -> QPainterPath:
    path = QPainterPath()
    centre = box.center()
    if shape == "circle":
        path.addEllipse(box)
        return path
    low = box.bottom() - box.height() * 0.06
    corners = {
        "triangle": [(centre.x(), box.top()), (box.right(), low), (box.left(), low)],
        "diamond": [
            (centre.x(), box.top()),
            (box.right(), centre.y()),
            (centre.x(), box.bottom()),
            (box.left(), centre.y()),
        ],
    }[shape]
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    path.closeSubpath()
    return path


TONES = {
    "good": ("circle", "good"),
    "info": ("circle", "accent"),
    "plain": ("", "grey"),
    "attention": ("triangle", "attention"),
    "danger": ("diamond", "danger"),
}
"""Shape and colour of the mark that goes with a tone."""


def paint_tone(painter: QPainter, box: QRectF, tone: str) -> None:
    """Draw the mark of a tone; nothing for plain."""
    shape, role = TONES[tone]
    if not shape:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(role))
    painter.drawPath(_mark_path(shape, box))
    painter.restore()
