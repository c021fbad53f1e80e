"""One page in the navigation: its name, its key, and how many things wait there."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.widgets.action_button import KeyedButton


class NavButton(KeyedButton):
    """Checked while its page is shown."""

    padding = 12
    text_sizes = (theme.TOKENS.type.label, theme.TOKENS.type.detail)

    def __init__(
        self, text: str = "", key: str | None = None, parent: QWidget | None = None
    ) -> None:
        self._badge = 0
        super().__init__(text, key, parent)
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def badge(self) -> int:
        """How many things wait on its page; none shows nothing."""
        return self._badge

    def set_badge(self, count: int) -> None:
        self._badge = count
        self.setAccessibleName(f"{self.text()} {count}" if count else self.text())
        self.update()

    def letters_role(self) -> str:
        return "accent" if self.isChecked() else "ink"

    def bold(self) -> bool:
        return self.isChecked()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width() + theme.px(30), theme.px(46))

    def paint_words(self, painter: QPainter, place: QRect) -> None:
        if self._badge:
            number = str(self._badge) if self._badge < 100 else "99+"
            font = theme.font(theme.TOKENS.type.small, bold=True)
            high = theme.px(20)
            wide = max(high, QFontMetrics(font).horizontalAdvance(number) + theme.px(11))
            right = place.right() + 1 - (theme.px(2) if self.key else 0)
            mark = QRectF(right - wide, place.center().y() + 0.5 - high / 2, wide, high)
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("danger"))
            painter.drawRoundedRect(mark, high / 2, high / 2)
            painter.setFont(font)
            painter.setPen(theme.colour("surface"))
            painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, number)
            painter.restore()
            place = place.adjusted(0, 0, -wide - theme.px(8), 0)
        super().paint_words(painter, place)
