"""What a page shows while it has nothing to show: what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.text import Text


class EmptyState(QWidget):
    """A title, a sentence of advice, and the action that helps where there is one."""

    def __init__(
        self,
        title: str = "",
        advice: str = "",
        parent: QWidget | None = None,
        *,
        key: str | None = None,
        act: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = Text(role="title", wrap=True)
        self._advice = Text(role="quiet", wrap=True)
        self.action = ActionButton(key=key, kind="dark", act=act)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(theme.TOKENS.space.small))
        column.addStretch(2)
        for label in (self._title, self._advice):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(theme.px(theme.TOKENS.space.medium))
        column.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.action.setVisible(act is not None)
        self.set_texts(title, advice)

    def set_texts(self, title: str, advice: str, action: str = "") -> None:
        """Say it; called again when the language changes."""
        self._title.setText(title)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.action.setText(action)
        self.setAccessibleName(f"{title} {advice}".strip())
