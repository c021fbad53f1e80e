"""Labels by what they are: title, heading, detail, quiet word, amount."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from boxoffice.domain.money import Money
from ui import formats, theme


class Text(QLabel):
    """Text in a role: "title", "heading", "strong", "detail", "quiet", "timer"; "" is body."""

    def __init__(
        self, text: str = "", role: str = "", parent: QWidget | None = None, *, wrap: bool = False
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)

    def set_tone(self, tone: str) -> None:
        """Say it in "attention", "danger" or "good"; "" is plain again."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class Line(QWidget):
    """One line of text that gives way: where room is short it ends in an ellipsis."""

    def __init__(
        self,
        size: int | None = None,
        *,
        bold: bool = False,
        role: str = "ink",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._role = role
        self._font = theme.font(size, bold=bold)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.setToolTip(text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font)
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme.px(48)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen(theme.colour(self._role))
        elide = Qt.TextElideMode.ElideRight
        text = QFontMetrics(self._font).elidedText(self._text, elide, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)


class MoneyLabel(QLabel):
    """An amount of money, by default the one that is due: the largest figures of the page."""

    def __init__(
        self, fen: int = 0, parent: QWidget | None = None, *, role: str = "amount"
    ) -> None:
        super().__init__(parent)
        self._fen = fen
        self.setProperty("role", role)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.set_fen(fen)

    @property
    def fen(self) -> int:
        return self._fen

    def set_fen(self, amount: int | Money) -> None:
        """Show that many fen."""
        self._fen = amount.fen if isinstance(amount, Money) else amount
        self.setText(formats.money(self._fen))
