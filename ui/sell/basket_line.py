"""One ticket of the basket: what it is, what it costs, and who comes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boxoffice.queries.orders import LineView
from ui import formats, theme
from ui.sell.words import Words
from ui.widgets.action_button import ActionButton
from ui.widgets.text import Line, Text


class BasketLine(QWidget):
    """Emits `picked(line id)` when it is clicked."""

    picked = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._id = ""
        self._selected = False
        self._place = Line(theme.TOKENS.type.text, bold=True)
        self._price = Text(role="strong")
        self._who = Text(role="detail")
        self._type = Text(role="detail")
        self._proof = Text(role="detail")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(7), theme.px(12), theme.px(7))
        column.setSpacing(theme.px(2))
        for left, right in ((self._place, self._price), (self._who, self._type)):
            row = QHBoxLayout()
            row.setSpacing(theme.px(8))
            row.addWidget(left, 1)
            row.addWidget(right)
            column.addLayout(row)
        column.addWidget(self._proof)

    def show_line(self, line: LineView, visitor: int, *, selected: bool) -> None:
        """Show a ticket; `visitor` counts those of its session from 1."""
        self._id = line.id
        self._place.set_text(self._words.place(line))
        self._price.setText(formats.short_money(line.price_fen))
        self._type.setText(self._words.ticket_type(line.ticket_type))
        proof = self._words.proof(line)
        self._proof.setText(proof)
        self._proof.set_tone("attention" if line.proof_wanted else "good")
        self._proof.setVisible(bool(proof))
        if line.document_wanted:
            self._who.set_tone("attention")
            asked = self.tr("Scan the document of visitor {number}")
            self._who.setText(asked.format(number=visitor))
        else:
            self._who.set_tone("good" if line.document else "")
            known = [part for part in (line.attendee, line.document) if part]
            self._who.setText(formats.DOT.join(known) or self.tr("no document needed"))
        self._selected = selected
        self.setAccessibleName(
            f"{self._place.text}, {self._price.text()}, {self._type.text()}, {self._who.text()}"
        )
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select this ticket."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(self._id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Where it is selected, a ground and a bar."""
        if self._selected:
            painter = QPainter(self)
            painter.fillRect(self.rect(), theme.colour("accent_soft"))
            painter.fillRect(0, 0, theme.px(3), self.height(), theme.colour("accent"))


class LineActions(QWidget):
    """What can be done with the selected ticket, each with its key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.type = ActionButton(key="Alt+T", kind="link")
        self.document = ActionButton(key="Alt+D", kind="link")
        self.remove = ActionButton(key="Alt+X", kind="link")
        self.proof = ActionButton(key="Alt+K", kind="link")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(6), 0, theme.px(2), theme.px(4))
        column.setSpacing(0)
        for buttons in ((self.proof,), (self.document, self.type, self.remove)):
            row = QHBoxLayout()
            row.setSpacing(0)
            for button in buttons:
                button.padding = 6
                button.text_sizes = (theme.TOKENS.type.detail, theme.TOKENS.type.small)
                button.setFixedHeight(theme.px(34))
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        self.proof.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.type.setText(self.tr("Type"))
        self.document.setText(self.tr("Document"))
        self.remove.setText(self.tr("Remove"))
        self.proof.setText(self.tr("I have seen the proof"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """It belongs to the ticket above it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("accent_soft"))
        painter.fillRect(0, 0, theme.px(3), self.height(), theme.colour("accent"))
