"""A reason: one of a few usual ones by key, or typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.text import Text

_LONGEST = 60


class ReasonEntry(QWidget):
    """Emits `changed` with every letter; `text` is what stands there."""

    changed = Signal()

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Text(role="heading")
        self.edit = QLineEdit()
        self.edit.setMaxLength(_LONGEST)
        self.edit.textChanged.connect(lambda _text: self._changed())
        self.usual = [ActionButton(key=f"Alt+{place + 1}") for place in range(count)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self._title)
        for button in self.usual:
            button.setFixedHeight(theme.px(36))
            button.clicked.connect(partial(self._pick, button))
            column.addWidget(button)
        column.addWidget(self.edit)

    @property
    def text(self) -> str:
        return self.edit.text().strip()

    def set_texts(self, title: str, placeholder: str, usual: Sequence[str]) -> None:
        """What is asked for, and the usual reasons; called again when the language changes."""
        self._title.setText(title)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(placeholder)
        for button, text in zip(self.usual, usual, strict=True):
            button.setText(text)

    def begin(self) -> None:
        """Nothing was said yet; the cursor waits for it."""
        self.edit.clear()
        self._changed()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def forget(self) -> None:
        """Nothing was said yet, and nothing is asked for now."""
        self.edit.clear()
        self._mark(missing=False)

    def _pick(self, button: ActionButton) -> None:
        self.edit.setText(button.text())

    def _changed(self) -> None:
        self._mark(missing=not self.text)
        self.changed.emit()

    def _mark(self, *, missing: bool) -> None:
        self.edit.setProperty("missing", missing)
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)
