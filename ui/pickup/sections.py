"""The side of the pickup page: what to do next, what happened to the order, who was here last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.text import Text


class Said(NamedTuple):
    """A line of a section, in a tone ("", "good", "attention", "danger")."""

    text: str
    tone: str = ""


class Section(QWidget):
    """A heading with lines below it; hidden while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = Text(role="heading")
        self._lines: list[Text] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.px(18))
        self._column.setSpacing(theme.px(7))
        self._column.addWidget(self._heading)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands there, without the heading."""
        return tuple(label.text() for label in self._lines if not label.isHidden())

    def set_heading(self, text: str) -> None:
        self._heading.setText(text)

    def set_lines(self, lines: Sequence[Said]) -> None:
        """Show these lines, each on as many rows as it takes."""
        while len(self._lines) < len(lines):
            label = Text(wrap=True)
            self._column.addWidget(label)
            self._lines.append(label)
        for number, label in enumerate(self._lines):
            wanted = number < len(lines)
            if wanted:
                label.setText(lines[number].text)
                label.set_tone(lines[number].tone)
            label.setVisible(wanted)
        self.setVisible(bool(lines))


class Sections(QScrollArea):
    """Sections one below the other; they scroll where the screen is too low for them."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inner = QWidget()
        inner.setObjectName("scrolled")
        self.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.px(12), theme.px(16), theme.px(12), 0)
        column.setSpacing(0)
        self.parts = tuple(Section() for _ in range(count))
        for part in self.parts:
            column.addWidget(part)
            part.set_lines(())
        column.addStretch(1)
        self._column = column
        self.setWidget(inner)

    def add(self, widget: QWidget) -> None:
        """Something that is no section, right below the last one."""
        self._column.insertWidget(self._column.count() - 1, widget)
