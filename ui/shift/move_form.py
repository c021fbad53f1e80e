"""Cash paid in or out with a reason, or dropped into the safe with a second person."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from boxoffice.services.staff.approvals import Approval
from boxoffice.services.till import cash_moves
from ui import formats, theme
from ui.approval.form import ApprovalForm
from ui.context import Context
from ui.widgets.number_edit import NumberEdit
from ui.widgets.text import Text

_LONGEST_REASON = 120


class Move(Enum):
    """What is done with cash."""

    IN = "in"
    OUT = "out"
    DROP = "drop"


class MoveForm(QWidget):
    """Emits `changed` whenever something is filled in, `confirmed` on Enter when all is there."""

    changed = Signal()
    confirmed = Signal()
    quit = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._move = Move.IN
        self._advice = Text(role="quiet", wrap=True)
        self._amount_label, self._reason_label = Text(role="heading"), Text(role="heading")
        self.amount = NumberEdit()
        self.amount.setMinimumHeight(theme.px(56))
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST_REASON)
        self.reason.setMinimumHeight(theme.px(theme.TOKENS.button_height))
        self.second = ApprovalForm(context)
        column = QVBoxLayout(self)
        edge = theme.px(12)
        column.setContentsMargins(edge, theme.px(16), edge, edge)
        column.setSpacing(theme.px(8))
        for part in (
            self._advice,
            self._amount_label,
            self.amount,
            self._reason_label,
            self.reason,
            self.second,
        ):
            column.addWidget(part)
        column.addStretch(1)
        self.amount.fen_changed.connect(lambda _fen: self._amount_changed())
        self.amount.submitted.connect(lambda _fen: self._next())
        self.reason.textEdited.connect(lambda _text: self.changed.emit())
        self.reason.returnPressed.connect(self._next)
        self.second.approved.connect(self._approved)
        self.second.closed.connect(self.quit)
        self.retranslate()

    @property
    def move_kind(self) -> Move:
        """What is being done."""
        return self._move

    @property
    def fen(self) -> int:
        """The amount, 0 where there is none."""
        return self.amount.fen() or 0

    @property
    def approval(self) -> Approval | None:
        """Who approved the drop."""
        return self.second.approval

    def begin(self, move: Move) -> None:
        """An empty form for that."""
        self._move = move
        self.amount.clear()
        self.reason.clear()
        if move is Move.DROP:
            self.second.ask(cash_moves.DROP, self.tr("Count the money together, then sign."))
        else:
            self.second.clear()
        self.retranslate()
        self.amount.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def missing(self) -> str:
        """What has to be filled in next, in words; empty where nothing is missing."""
        if not self.fen:
            return self.tr("Type the amount")
        if self._move is Move.DROP:
            return "" if self.approval is not None else self.tr("The second person signs now")
        return "" if self.reason.text().strip() else self.tr("Say what it is for")

    def words(self) -> str:
        """What pressing the button does."""
        amount = formats.money(self.fen)
        said = {
            Move.IN: self.tr("Pay in {amount}"),
            Move.OUT: self.tr("Pay out {amount}"),
            Move.DROP: self.tr("Drop {amount} into the safe"),
        }
        return said[self._move].format(amount=amount)

    def title(self) -> str:
        """What it is called."""
        said = {
            Move.IN: self.tr("Cash paid in"),
            Move.OUT: self.tr("Cash paid out"),
            Move.DROP: self.tr("Cash drop"),
        }
        return said[self._move]

    def _approved(self, _approval: Approval) -> None:
        # Enter confirms from there, and nothing else takes the cursor unasked.
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _amount_changed(self) -> None:
        # What was approved was another amount: it is asked for anew.
        if self._move is Move.DROP and self.approval is not None:
            self.second.ask(cash_moves.DROP, self.tr("Count the money together, then sign."))
        self.changed.emit()

    def _next(self) -> None:
        if not self.missing():
            self.confirmed.emit()
        elif self.fen and self._move is Move.DROP:
            self.second.take_focus()
        elif self.fen:
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        drop = self._move is Move.DROP
        self._reason_label.setVisible(not drop)
        self.reason.setVisible(not drop)
        advice = {
            Move.IN: self.tr("Cash that comes into the drawer without a sale, such as change."),
            Move.OUT: self.tr("Cash that leaves the drawer without a refund. Keep the receipt."),
            Move.DROP: self.tr("Large notes go to the safe. Two people count and sign."),
        }
        self._advice.setText(advice[self._move])
        self._amount_label.setText(self.tr("Amount"))
        self.amount.setAccessibleName(self._amount_label.text())
        self._reason_label.setText(self.tr("What for"))
        self.reason.setAccessibleName(self._reason_label.text())
        self.second.retranslate()
