"""The right zone of a page: what this customer gets, what it comes to, and what happens next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.text import MoneyLabel, Text


class Notes(QWidget):
    """A heading and a few lines below it, such as what comes next; hidden while it has no lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        edge = theme.px(theme.TOKENS.space.medium)
        column.setContentsMargins(edge, theme.px(16), edge, 0)
        column.setSpacing(theme.px(6))
        self._heading = Text(role="heading")
        self._lines = Text(wrap=True)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._heading)
        column.addWidget(self._lines)
        self.hide()

    def set_notes(self, heading: str, lines: Sequence[str]) -> None:
        self._heading.setText(heading)
        self._lines.setText("\n".join(lines))
        self.setVisible(bool(lines))


class AmountLine(QWidget):
    """A quiet word on the left and an amount on the right: what is due, what is given back."""

    def __init__(self, parent: QWidget | None = None, *, large: bool = True) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._label = Text(role="quiet")
        self._amount = MoneyLabel(role="amount" if large else "heading")
        row.addWidget(self._label)
        row.addWidget(self._amount, 1)

    def set_amount(self, label: str, fen: int) -> None:
        """Show that many fen beside that word."""
        self._label.setText(label)
        self._amount.set_fen(fen)


class SidePanel(QFrame):
    """A head, a body that takes the room there is, and a foot with the actions.

    Put content into `body` (a layout) and `foot` (a layout above the actions, for the amount due).
    The primary action is the largest thing in the foot; the quiet ones stand below it in pairs.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        self._head = QFrame()
        self._head.setObjectName("sideHead")
        edge = theme.px(theme.TOKENS.space.wide)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(edge, theme.px(14), edge, theme.px(14))
        self.title = Text(role="title")
        self.corner = Text()
        head.addWidget(self.title, 1)
        head.addWidget(self.corner, 0, Qt.AlignmentFlag.AlignVCenter)
        body = QWidget()
        self.body = QVBoxLayout(body)
        self.body.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        self.body.setSpacing(theme.px(theme.TOKENS.space.small))
        self._foot = QFrame()
        self._foot.setObjectName("sideFoot")
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(edge, theme.px(16), edge, theme.px(18))
        foot.setSpacing(theme.px(10))
        self.foot = QVBoxLayout()
        self.foot.setSpacing(theme.px(8))
        self._actions = QGridLayout()
        self._actions.setSpacing(theme.px(8))
        self._actions.setColumnStretch(0, 1)
        self._actions.setColumnStretch(1, 1)
        foot.addLayout(self.foot)
        foot.addLayout(self._actions)
        column.addWidget(self._head)
        # What does not fit is scrolled to: a long side must not make the window grow.
        body.setObjectName("scrolled")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        column.addWidget(scroll, 1)
        column.addWidget(self._foot)
        self._foot.hide()
        self._head.hide()

    def set_title(self, title: str, corner: str = "", corner_role: str = "quiet") -> None:
        """What stands in the head, and in its corner ("timer" makes that a countdown)."""
        self.title.setText(title)
        self.corner.setText(corner)
        self.corner.setVisible(bool(corner))
        if self.corner.property("role") != corner_role:
            self.corner.setProperty("role", corner_role)
            self.corner.style().unpolish(self.corner)
            self.corner.style().polish(self.corner)
        self._head.show()

    def set_actions(self, primary: ActionButton | None, quiet: Sequence[ActionButton] = ()) -> None:
        """The actions of the page: the primary one across, the quiet ones in two columns."""
        if primary is not None:
            self._actions.addWidget(primary, 0, 0, 1, 2)
        for number, button in enumerate(quiet):
            row, column = divmod(number, 2)
            alone = number == len(quiet) - 1 and column == 0
            self._actions.addWidget(button, row + 1, column, 1, 2 if alone else 1)
        self._foot.show()

    def add_action(self, button: QWidget) -> None:
        """One more quiet action, across, below those there are (they may be hidden)."""
        self._actions.addWidget(button, self._actions.rowCount(), 0, 1, 2)
