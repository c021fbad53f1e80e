"""The button of every action: what it does on the left, its key on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from ui import keys, theme
from ui.widgets.painting import cap_size, paint_cap, paint_text

_LETTERS = {"primary": "on_accent", "dark": "surface", "danger": "danger", "mark": "attention_ink"}
_CAPS = {"primary": "primary", "dark": "dark"}
_NARROWEST_TEXT = 64


class KeyedButton(QPushButton):
    """A button that paints its words left and its key right, and is pressed by that key.

    The key works while the button is visible and enabled. An ampersand in the words is only an
    ampersand: keys are said, not underlined.
    """

    text_sizes: tuple[int, ...] = (
        theme.TOKENS.type.text,
        theme.TOKENS.type.detail,
        theme.TOKENS.type.small,
    )
    padding = 12

    def __init__(
        self, text: str = "", key: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = ""
        self._key: str | None = None
        self._shortcut: QShortcut | None = None
        self._wanted = True
        self._busy = False
        self.setAutoDefault(False)
        self.setText(text)
        self.set_key(key)

    def setText(self, text: str) -> None:
        self._words = text
        super().setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._words

    @property
    def key(self) -> str | None:
        """The key that presses it, as it was given ("Alt+C")."""
        return self._key

    def set_key(self, key: str | None) -> None:
        """Give it another key, or none."""
        if self._shortcut is not None:
            self._shortcut.deleteLater()
            self._shortcut = None
        self._key = key
        if key is not None:
            self._shortcut = keys.current().bind(self, key, self.click)
        self.setAccessibleDescription(keys.caption(key) if key else "")
        self.updateGeometry()

    def setEnabled(self, enabled: bool) -> None:
        self._wanted = enabled
        super().setEnabled(enabled and not self._busy)

    def set_busy(self, busy: bool) -> None:
        """While busy it cannot be pressed, whatever `setEnabled` says meanwhile."""
        self._busy = busy
        super().setEnabled(self._wanted and not busy)

    # --- painting

    def letters_role(self) -> str:
        """Role of the palette its words are painted in while enabled."""
        return "ink"

    def cap_kind(self) -> str:
        """Kind of key cap that suits its ground while enabled."""
        return "quiet"

    def bold(self) -> bool:
        return True

    def _cap_width(self) -> int:
        return cap_size(self._key).width() + theme.px(8) if self._key else 0

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(self.text_sizes[0], bold=True))
        words = metrics.horizontalAdvance(self._words) + theme.px(2)
        width = words + 2 * theme.px(self.padding) + self._cap_width()
        return QSize(width, theme.px(theme.TOKENS.button_height))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        least = theme.px(_NARROWEST_TEXT + 2 * self.padding) + self._cap_width()
        return QSize(min(hint.width(), least), theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        side = theme.px(self.padding)
        inner = self.rect().adjusted(side, 0, -side, 0)
        if self._key:
            paint_cap(painter, inner, self._key, self.cap_kind() if self.isEnabled() else "off")
        inner.setWidth(inner.width() - self._cap_width())
        painter.setPen(theme.colour(self.letters_role() if self.isEnabled() else "grey"))
        air = theme.px(3)  # two lines of words never touch the edge
        self.paint_words(painter, inner.adjusted(0, air, 0, -air))

    def paint_words(self, painter: QPainter, place: QRect) -> None:
        """Draw the words in the room left of the key."""
        paint_text(painter, place, self._words, self.text_sizes, self.bold())


class ActionButton(KeyedButton):
    """An action: "primary" (one per page), "quiet", "dark", "danger", "mark" (something waits to
    be looked at), "chip" (one of a choice), or "link" without a frame."""

    def __init__(
        self,
        text: str = "",
        key: str | None = None,
        kind: str = "quiet",
        act: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._kind = kind
        if kind == "primary":
            self.text_sizes = (theme.TOKENS.type.title, theme.TOKENS.type.label, 13, 12)
            self.padding = 18
        super().__init__(text, key, parent)
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if act is not None:
            self.clicked.connect(lambda: act())

    @property
    def kind(self) -> str:
        return self._kind

    def letters_role(self) -> str:
        return _LETTERS.get(self._kind, "ink")

    def bold(self) -> bool:
        return self._kind != "link"

    def cap_kind(self) -> str:
        return _CAPS.get(self._kind, "quiet")

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._kind == "primary":
            hint.setHeight(theme.px(theme.TOKENS.primary_height))
        return hint
