"""A band across a page or the window that says what matters now, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.painting import paint_tone

_ROLES = {
    "info": ("accent_soft", "accent_deep"),
    "attention": ("attention_soft", "attention_ink"),
    "danger": ("danger_soft", "danger_ink"),
}
"""Ground and letters by tone."""


class Band(QWidget):
    """One sentence in a tone ("info", "attention", "danger"), with an action where there is one.

    Hidden while it has nothing to say. `closable` bands can be put away by hand.
    """

    cleared = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, closable: bool = True, square: bool = False
    ) -> None:
        super().__init__(parent)
        self._tone = "attention"
        self._square = square
        self._act: Callable[[], object] | None = None
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setFont(theme.font(bold=True))
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._action = ActionButton(act=self._pressed)
        self._close = ActionButton(kind="link", act=self.clear)
        for button in (self._action, self._close):
            button.setFixedHeight(theme.px(26 if square else 36))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(38), theme.px(4), theme.px(8), theme.px(4))
        row.setSpacing(theme.px(12))
        row.addWidget(self._words, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        # Only now that they have a parent: before, they would be shown as windows of their own.
        self._action.hide()
        self._close.setVisible(closable)
        self.setMinimumHeight(theme.px(34 if square else 46))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._retranslate()
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    @property
    def tone(self) -> str:
        return self._tone

    @property
    def action(self) -> ActionButton:
        """The button beside the sentence; hidden while there is nothing to do."""
        return self._action

    def say(
        self,
        tone: str,
        text: str,
        action_text: str = "",
        act: Callable[[], object] | None = None,
        key: str | None = None,
    ) -> None:
        """Show a sentence, with a button that does `act` where that is given."""
        _ground, letters = _ROLES[tone]
        self._tone, self._act = tone, act
        self._words.setText(text)
        self._words.setStyleSheet(
            f"color: {theme.colour(letters).name()}; background: transparent;"
        )
        self._action.setText(action_text)
        self._action.set_key(key if act is not None else None)
        self._action.setVisible(act is not None)
        self.setAccessibleName(text)
        self.show()
        self.update()

    def clear(self) -> None:
        """Nothing to say any more."""
        if self._words.text():
            self._words.clear()
            self._act = None
            self._action.set_key(None)
            self.hide()
            self.cleared.emit()

    def _pressed(self) -> None:
        act = self._act
        self.clear()
        if act is not None:
            act()

    def _retranslate(self) -> None:
        self._close.setText(self.tr("Close"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, _letters = _ROLES[self._tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour(ground))
        painter.setPen(Qt.PenStyle.NoPen)
        radius = 0 if self._square else theme.px(theme.TOKENS.radius.card)
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        size = theme.px(12)
        box = QRectF(theme.px(15), (self.height() - size) / 2, size, size)
        paint_tone(painter, box, self._tone)
