"""Operator number and PIN."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from boxoffice.desk import Desk, Right
from boxoffice.errors import BoxOfficeError, ShiftOpen, TooManyPins, WrongPin
from boxoffice.services.setup import training
from boxoffice.services.staff import shifts
from boxoffice.services.staff.operators import LONGEST_PIN, sign_in
from boxoffice.settings import HomeKind
from ui import theme
from ui.context import Context
from ui.gate.digits_edit import DigitsEdit
from ui.gate.enter_button import EnterButton
from ui.widgets.card import Card, Rule
from ui.widgets.text import Text

_LONGEST_NUMBER = 12
_SECOND_MS = 1000


class SignInForm(Card):
    """Emits `signed_in(Desk)`: with the operator's open shift where there is one.

    Where somebody else's is open, only a supervisor gets in; `takes_over` tells that they did.
    """

    signed_in = Signal(object)

    def __init__(self, context: Context, number: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=28, gap=6)
        self._context = context
        self._locked = bool(number)
        self.takes_over = False
        self._title = Text(role="title")
        self._who = Text(role="detail", wrap=True)
        self._who.setVisible(self._locked)
        self._number_label, self._pin_label = Text(), Text()
        self.number = DigitsEdit(_LONGEST_NUMBER)
        self.number.setText(number)
        self.pin = DigitsEdit(LONGEST_PIN, hidden=True)
        self.trouble = Text(wrap=True)
        self.trouble.set_tone("attention")
        self.enter = EnterButton(key="Return", kind="primary", act=self.submit)
        self._seconds = 0
        self._wait = QTimer(self)
        self._wait.setInterval(_SECOND_MS)
        self._wait.timeout.connect(self.tick)
        self._hint = Text(role="detail")
        self._people = [Text(role="detail") for _ in training.PEOPLE]
        self.number.returnPressed.connect(self.submit)
        self.pin.returnPressed.connect(self.submit)
        for field in (self.number, self.pin):
            field.textEdited.connect(self._edited)
        self.setFixedWidth(theme.px(500))
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        self.body.addWidget(self._title)
        self.body.addWidget(self._who)
        self.body.addSpacing(theme.px(6))
        for label, field in ((self._number_label, self.number), (self._pin_label, self.pin)):
            self.body.addWidget(label)
            self.body.addWidget(field)
            self.body.addSpacing(theme.px(4))
        self.body.addWidget(self.trouble)
        self.body.addSpacing(theme.px(2))
        self.body.addWidget(self.enter)
        self._rule = Rule()
        self.body.addSpacing(theme.px(8))
        self.body.addWidget(self._rule)
        self.body.addWidget(self._hint)
        people = QGridLayout()
        people.setVerticalSpacing(0)
        for number, label in enumerate(self._people):
            people.addWidget(label, number // 2, number % 2)
        self.body.addLayout(people)
        self.trouble.hide()

    def take_focus(self) -> None:
        """Put the cursor where something is missing."""
        (self.pin if self.number.text() else self.number).setFocus()

    def submit(self) -> None:
        """Check number and PIN; what is missing is asked for first."""
        number, pin = self.number.digits, self.pin.digits
        self.number.set_missing(not number)
        self.pin.set_missing(bool(number) and not pin)
        if not number or not pin:
            self.take_focus()
            return
        if not self.enter.isEnabled():
            return  # it is being checked
        office = self._context.office
        self.enter.setText(self.tr("Checking…"))

        def work() -> tuple[Desk, bool]:
            operator = sign_in(office=office, number=number, pin=pin)
            desk, found = (
                shifts.desk_for(office=office, operator=operator),
                shifts.open_here(office=office),
            )
            theirs = found is not None and desk.shift_id is None and operator.may(Right.SHIFT)
            if found is not None and theirs and not operator.may(Right.APPROVE):
                raise ShiftOpen(operator=found.name)
            return desk, theirs

        self._wait.stop()
        self._context.act(self, work, self._arrived, self._refused, busy=self.enter)

    def _arrived(self, found: tuple[Desk, bool]) -> None:
        desk, self.takes_over = found
        self.pin.clear()
        self.retranslate()
        self.signed_in.emit(desk)

    def _refused(self, error: BoxOfficeError) -> None:
        self.retranslate()
        self._say(error)
        self.pin.clear()
        if isinstance(error, WrongPin):
            self.pin.set_missing(True)
        self.pin.setFocus()

    def _say(self, error: BoxOfficeError) -> None:
        self.trouble.setText(self._context.troubles.sentence(error))
        self.trouble.show()
        if isinstance(error, TooManyPins):
            self._seconds = int(str(error.fields["seconds"]))
            self._wait.start()

    def tick(self) -> None:
        """A second of the wait after too many wrong PINs has passed."""
        self._seconds -= 1
        if self._seconds > 0:
            self._say(TooManyPins(seconds=self._seconds))
        else:
            self._wait.stop()
            self.trouble.hide()

    def _edited(self) -> None:
        if self._wait.isActive():
            return  # typing does not shorten the wait
        self.trouble.hide()
        for field in (self.number, self.pin):
            field.set_missing(False)

    def retranslate(self) -> None:
        """Set every text again; what went wrong is said once, in the language of then."""
        self._title.setText(self.tr("Locked") if self._locked else self.tr("Sign on"))
        self._who.setText(self.tr("Who was here goes on with the PIN. A supervisor may take over."))
        self._number_label.setText(self.tr("Operator number"))
        self._pin_label.setText(self.tr("PIN"))
        self.number.setAccessibleName(self._number_label.text())
        self.pin.setAccessibleName(self._pin_label.text())
        self.enter.setText(self.tr("Continue") if self._locked else self.tr("Sign on"))
        self._say_hint()

    def _say_hint(self) -> None:
        practice = self._context.office.settings.kind is not HomeKind.REAL
        for part in (self._hint, self._rule, *self._people):
            part.setVisible(practice)
        if not practice:
            return
        self._hint.setText(self.tr("Practice only. Who may sign on here:"))
        for label, person in zip(self._people, training.PEOPLE, strict=True):
            said = f"{person.number}  {person.name}  {self._pin_label.text()} {person.pin}"
            label.setText(said)
