"""Nobody is served: what can be scanned or typed, or what to try where nothing was found."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.card import Card
from ui.widgets.text import Text

_WAYS = 4
_WIDEST = 980


class _Way(QFrame):
    """One thing a visitor may have, and how it looks."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._what, self._how = Text(role="heading"), Text(role="detail", wrap=True)
        column = QVBoxLayout(self)
        edge = theme.px(14)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(4))
        column.addWidget(self._what)
        column.addWidget(self._how)
        column.addStretch(1)

    def say(self, what: str, how: str) -> None:
        self._what.setText(what)
        self._how.setText(how)
        self.setAccessibleName(f"{what}: {how}")


class CalmCard(Card):
    """A title, a sentence of advice, and the ways to find an order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=32, gap=8)
        self._title, self._advice = Text(role="title", wrap=True), Text(role="quiet", wrap=True)
        self._ways = [_Way() for _ in range(_WAYS)]
        tiles = QWidget()
        tiles.setMaximumWidth(theme.px(_WIDEST))
        row = QHBoxLayout(tiles)
        row.setContentsMargins(0, theme.px(24), 0, 0)
        row.setSpacing(theme.px(12))
        for way in self._ways:
            row.addWidget(way, 1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(tiles, 100)
        middle.addStretch(1)
        self.body.addStretch(2)
        for label in (self._title, self._advice):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.body.addWidget(label)
        self.body.addLayout(middle)
        self.body.addStretch(3)

    @property
    def title(self) -> str:
        return self._title.text()

    def say(self, missing: str = "") -> None:
        """Ask who comes; `missing` is what was looked for and not found."""
        if missing:
            self._title.setText(self.tr("Nothing found for {text}").format(text=missing))
            self._advice.setText(self.tr("Check it with the visitor, then try something else."))
        else:
            self._title.setText(self.tr("Who is picking up?"))
            self._advice.setText(self.tr("Scan, or type any of these and press Enter."))
        ways = (
            (self.tr("Pickup code"), self.tr("8 characters, or the order number")),
            (
                self.tr("Document"),
                self.tr("Any one on the order, read or typed"),
            ),
            (self.tr("Phone"), self.tr("The number given when ordering")),
            (self.tr("Name"), self.tr("Full name of the buyer or of an attendee")),
        )
        for way, (what, how) in zip(self._ways, ways, strict=True):
            way.say(what, how)
        self.setAccessibleName(f"{self._title.text()} {self._advice.text()}")
