"""A second person approves: their number and PIN, in the middle of what they approve."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from boxoffice.errors import BoxOfficeError
from boxoffice.services.staff import approvals
from boxoffice.services.staff.approvals import Approval
from boxoffice.services.staff.operators import LONGEST_PIN
from ui import keys, theme
from ui.context import Context
from ui.gate.digits_edit import DigitsEdit
from ui.gate.enter_button import EnterButton
from ui.widgets.text import Text

_LONGEST_NUMBER = 12


class ApprovalForm(QFrame):
    """Emits `approved(Approval)` once somebody else signed, `refused` where it says why not,
    `closed` on Esc.

    `ask` says what for and why; until `clear` the approval given stands in `approval`, and the form
    says who gave it. Whoever changes what was approved calls `ask` or `clear`: it is asked anew.
    """

    approved = Signal(object)
    refused = Signal()
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._act = ""
        self._asks = 0
        self._approval: Approval | None = None
        self._title = Text(role="heading", wrap=True)
        self._why = Text(wrap=True)
        self.number = DigitsEdit(_LONGEST_NUMBER)
        self.pin = DigitsEdit(LONGEST_PIN, hidden=True)
        self.trouble = Text(wrap=True)
        self.trouble.set_tone("attention")
        self.enter = EnterButton(key="Return", act=self.submit)
        self._lay_out()
        for field in (self.number, self.pin):
            field.returnPressed.connect(self.submit)
            field.textEdited.connect(self._edited)
            field.installEventFilter(self)
        self.retranslate()
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        edge = theme.px(theme.TOKENS.space.medium)
        column.setContentsMargins(edge, theme.px(theme.TOKENS.space.small), edge, edge)
        column.setSpacing(theme.px(theme.TOKENS.space.small))
        self._fields = QWidget()
        row = QHBoxLayout(self._fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(theme.TOKENS.space.small))
        row.addWidget(self.number, 1)
        row.addWidget(self.pin, 1)
        for part in (self._title, self._why, self._fields, self.trouble, self.enter):
            column.addWidget(part)
        self.trouble.hide()

    # --- for those who show it

    @property
    def approval(self) -> Approval | None:
        """Who approved what is asked for now."""
        return self._approval

    @property
    def asking(self) -> bool:
        """Whether an approval is still wanted."""
        return not self.isHidden() and self._approval is None

    def ask(self, act: str, why: str) -> None:
        """Ask for an approval of that act (the word in the journal), saying why it needs one."""
        self._forget()
        self._act = act
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self.retranslate()
        self.show()

    def clear(self) -> None:
        """No approval is wanted any more, and none given stands."""
        self._forget()
        self.hide()

    def take_focus(self) -> None:
        """Put the cursor where something is missing."""
        field = self.pin if self.number.digits else self.number
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- signing

    def submit(self) -> None:
        """Check number and PIN; what is missing is asked for first."""
        number, pin = self.number.digits, self.pin.digits
        if not self.asking or not self.enter.isEnabled() or keys.current().composing:
            return
        self.number.set_missing(not number)
        self.pin.set_missing(bool(number) and not pin)
        if not number or not pin:
            self.take_focus()
            return
        office, desk, act, asked = self._context.office, self._context.desk, self._act, self._asks
        self.enter.setText(self.tr("Checking…"))
        self._context.act(
            self,
            lambda: approvals.approve(office=office, desk=desk, number=number, pin=pin, act=act),
            lambda approval: self._given(asked, approval),
            lambda error: self._refused(asked, error),
            busy=self.enter,
        )

    def _given(self, asked: int, approval: Approval) -> None:
        if asked != self._asks:
            return  # something else is asked for by now
        self._approval = approval
        self.pin.clear()
        self.retranslate()
        self.approved.emit(approval)

    def _refused(self, asked: int, error: BoxOfficeError) -> None:
        if asked != self._asks:
            return
        self.pin.clear()
        self.retranslate()
        self.trouble.setText(self._context.troubles.sentence(error))
        self.trouble.show()
        self.pin.set_missing(True)
        self.pin.setFocus()
        self.refused.emit()

    def _forget(self) -> None:
        self._asks += 1
        self._approval = None
        for field in (self.number, self.pin):
            field.clear()
        self._edited()

    def _edited(self) -> None:
        self.trouble.hide()
        for field in (self.number, self.pin):
            field.set_missing(False)

    # --- words

    def retranslate(self) -> None:
        """Set every text again; why it is wanted is said by who asked."""
        given = self._approval
        if given is None:
            self._title.setText(self.tr("A second person approves here"))
        else:
            said = self.tr("Approved by {number} {name}")
            self._title.setText("✓ " + said.format(number=given.number, name=given.name))
        self._title.set_tone("attention" if given is None else "good")
        for part in (self._fields, self.enter):
            part.setVisible(given is None)
        self.number.setPlaceholderText(self.tr("Number"))
        self.number.setAccessibleName(self.tr("Operator number of the second person"))
        self.pin.setPlaceholderText(self.tr("PIN"))
        self.pin.setAccessibleName(self.tr("PIN of the second person"))
        self.enter.setText(self.tr("Approve"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and not keys.current().composing
        ):
            self.closed.emit()
            return True
        return super().eventFilter(watched, event)
