"""Where a transfer goes: account holder, account, bank, and the second person who signs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from boxoffice.services.money import replacing
from boxoffice.services.staff.approvals import Approval
from ui import theme
from ui.approval.form import ApprovalForm
from ui.context import Context
from ui.widgets.text import Text

_NAME, _NUMBER, _BANK = 70, 42, 14
_SHORTEST_ACCOUNT = 5


class TransferForm(QWidget):
    """Emits `changed` with every letter and once somebody signed. What was signed for is what
    stands there: another letter asks for the signature anew."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._title, self._note = Text(role="heading"), Text(role="quiet", wrap=True)
        self.name, self.number, self.bank = QLineEdit(), QLineEdit(), QLineEdit()
        self._labels = [Text(role="detail") for _ in range(3)]
        self.second = ApprovalForm(context)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self._title)
        for label, edit, longest in zip(
            self._labels, self.fields, (_NAME, _NUMBER, _BANK), strict=True
        ):
            edit.setMaxLength(longest)
            edit.setMinimumHeight(theme.px(40))
            edit.textEdited.connect(lambda _text: self._edited())
            label.setBuddy(edit)
            column.addWidget(label)
            column.addWidget(edit)
        column.addWidget(self._note)
        column.addWidget(self.second)
        self.second.approved.connect(lambda _approval: self.changed.emit())
        self.second.closed.connect(self.name.setFocus)
        self.retranslate()

    @property
    def fields(self) -> tuple[QLineEdit, QLineEdit, QLineEdit]:
        """Name, number and bank, as they stand."""
        return self.name, self.number, self.bank

    @property
    def texts(self) -> tuple[str, str, str]:
        """What stands in them."""
        return self.name.text().strip(), self.number.text().strip(), self.bank.text().strip()

    @property
    def approval(self) -> Approval | None:
        """Who signed for what stands there."""
        return self.second.approval

    def begin(self) -> None:
        """Another payee: nothing was typed, nobody signed."""
        for field in self.fields:
            field.clear()
        self.second.ask(replacing.TRANSFER, "")
        self._mark()

    def forget(self) -> None:
        """Nothing of an account stays on the screen."""
        for field in self.fields:
            field.clear()
        self.second.clear()

    @property
    def complete(self) -> bool:
        """Whether only the signature lacks, and all that a bank needs was typed."""
        name, number, bank = self.texts
        return bool(name and bank and len(number) >= _SHORTEST_ACCOUNT)

    def missing(self) -> str:
        """What has to be filled in next; "" where nothing is missing."""
        name, number, _bank = self.texts
        if not name:
            return self.tr("Type the name of the account holder")
        if len(number) < _SHORTEST_ACCOUNT:
            return self.tr("Type the number of the account")
        return "" if self.approval is not None else self.tr("A second person signs above")

    def _edited(self) -> None:
        if self.second.approval is not None:
            self.second.ask(replacing.TRANSFER, "")
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        """What is to be filled in next stands out."""
        name, number, _bank = self.texts
        for edit, lacks in ((self.name, not name), (self.number, bool(name) and not number)):
            edit.setProperty("missing", lacks)
            edit.style().unpolish(edit)
            edit.style().polish(edit)

    def retranslate(self) -> None:
        """Set every text again."""
        self._title.setText(self.tr("The customer's account"))
        said = (
            self.tr("Account holder"),
            self.tr("Account number, or IBAN"),
            self.tr("Bank: its 12 digits (CNAPS), or BIC"),
        )
        for label, edit, text in zip(self._labels, self.fields, said, strict=True):
            label.setText(text)
            edit.setAccessibleName(text)
        self._note.setText(self.tr("Sealed: only the bank's file has it in clear."))
        self.second.retranslate()
