"""A few lines to type inside the side: who buys, or a word for a parked basket."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from ui import keys, theme
from ui.widgets.text import Text


class SmallEntry(QFrame):
    """Emits `entered(texts)` on Enter, `closed` on Esc; nothing while an input method composes."""

    entered = Signal(list)
    closed = Signal()

    def __init__(self, fields: int, longest: int = 60, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Text(role="detail")
        self.edits = [QLineEdit() for _ in range(fields)]
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(10))
        column.setSpacing(theme.px(6))
        column.addWidget(self._title)
        for edit in self.edits:
            edit.setMaxLength(longest)
            edit.returnPressed.connect(self.commit)
            edit.installEventFilter(self)
            column.addWidget(edit)
        self.hide()

    def set_texts(self, title: str, placeholders: list[str]) -> None:
        """Say what is wanted; called again when the language changes."""
        self._title.setText(title)
        for edit, placeholder in zip(self.edits, placeholders, strict=True):
            edit.setPlaceholderText(placeholder)
            edit.setAccessibleName(placeholder)

    def begin(self, texts: list[str]) -> None:
        """Open with what is known already."""
        for edit, text in zip(self.edits, texts, strict=True):
            edit.setText(text)
        self.show()
        self.edits[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commit(self) -> None:
        """Hand over what stands there."""
        if not keys.current().composing:
            texts = [edit.text().strip() for edit in self.edits]
            self.hide()
            self.entered.emit(texts)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and not keys.current().composing
        ):
            self.hide()
            self.closed.emit()
            return True
        return False
