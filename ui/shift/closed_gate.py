"""After the close: what was counted, what should have been there, and who takes over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from boxoffice.desk import Desk
from boxoffice.errors import BoxOfficeError, Broken
from boxoffice.queries.reports import ShiftReport
from boxoffice.services.staff.operators import LONGEST_PIN
from boxoffice.services.till import closing, report_papers
from ui import formats, theme
from ui.context import Context
from ui.gate.digits_edit import DigitsEdit
from ui.gate.enter_button import EnterButton
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card, Rule
from ui.widgets.text import MoneyLabel, Text

_LONGEST_NUMBER = 12


class ClosedGate(QWidget):
    """For `MainWindow.show_gate`. Emits `entered` once somebody took over the drawer (the context
    has their desk then), `left` where nobody does and the next one signs on later.
    """

    entered = Signal()
    left = Signal()

    def __init__(
        self,
        context: Context,
        report: ShiftReport,
        trouble: Broken | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        assert report.close is not None
        self._context, self._report, self._close = context, report, report.close
        self._print_trouble = trouble
        self._title, self._who = Text(role="title"), Text(role="quiet")
        self._words = [Text(role="quiet") for _ in range(6)]
        self.values = [MoneyLabel(role="heading") for _ in range(6)]
        self.paper = Text(wrap=True)
        self.print_again = ActionButton(key="Alt+Z", act=self.print_z)
        self._take_title, self._take_advice = Text(role="title"), Text(role="quiet", wrap=True)
        self._number_label, self._pin_label = Text(), Text()
        self.number = DigitsEdit(_LONGEST_NUMBER)
        self.pin = DigitsEdit(LONGEST_PIN, hidden=True)
        self.trouble = Text(wrap=True)
        self.trouble.set_tone("attention")
        self.take = EnterButton(key="Return", act=self.submit)
        self.leave = ActionButton(key="F8", kind="primary", act=self.left.emit)
        self._lay_out()
        for field in (self.number, self.pin):
            field.returnPressed.connect(self.submit)
            field.textEdited.connect(self._edited)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.trouble.hide()
        self._retranslate()

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setObjectName("scrolled")
        cards = QHBoxLayout()
        cards.setSpacing(theme.px(16))
        cards.addStretch(1)
        for card in (self._figures_card(), self._take_card()):
            card.setFixedWidth(theme.px(480))
            cards.addWidget(card)
        cards.addStretch(1)
        column = QVBoxLayout(inner)
        column.addStretch(2)
        column.addLayout(cards)
        column.addStretch(3)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _figures_card(self) -> Card:
        card = Card(padding=28, gap=10)
        for part in (self._title, self._who, Rule()):
            card.body.addWidget(part)
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(10))
        grid.setColumnStretch(1, 1)
        for row, (words, value) in enumerate(zip(self._words, self.values, strict=True)):
            grid.addWidget(words, row, 0)
            grid.addWidget(value, row, 1)
        card.body.addLayout(grid)
        card.body.addWidget(Rule())
        card.body.addWidget(self.paper)
        card.body.addWidget(self.print_again)
        card.body.addStretch(1)
        return card

    def _take_card(self) -> Card:
        card = Card(padding=28, gap=6)
        card.body.addWidget(self._take_title)
        card.body.addWidget(self._take_advice)
        for label, field in ((self._number_label, self.number), (self._pin_label, self.pin)):
            card.body.addSpacing(theme.px(4))
            card.body.addWidget(label)
            card.body.addWidget(field)
        for part in (self.trouble, self.take):
            card.body.addWidget(part)
        card.body.addStretch(1)
        card.body.addSpacing(theme.px(16))
        card.body.addWidget(Rule())
        card.body.addSpacing(theme.px(8))
        card.body.addWidget(self.leave)
        return card

    def submit(self) -> None:
        """Whoever comes signs for the drawer; what is missing is asked for first."""
        number, pin = self.number.digits, self.pin.digits
        self.number.set_missing(not number)
        self.pin.set_missing(bool(number) and not pin)
        if not number or not pin:
            (self.pin if number else self.number).setFocus()
            return
        if not self.take.isEnabled():
            return  # it is being checked
        office, shift_id = self._context.office, self._report.shift_id
        self._context.act(
            self,
            lambda: closing.take_over(office=office, shift_id=shift_id, number=number, pin=pin),
            self._taken,
            self._refused,
            busy=self.take,
        )

    def _taken(self, desk: Desk) -> None:
        self._context.use_desk(desk)
        self.entered.emit()

    def _refused(self, error: BoxOfficeError) -> None:
        self.trouble.setText(self._context.troubles.sentence(error))
        self.trouble.show()
        self.pin.clear()
        self.pin.setFocus()

    def _edited(self) -> None:
        self.trouble.hide()
        for field in (self.number, self.pin):
            field.set_missing(False)

    def print_z(self) -> None:
        """The same Z report once more."""
        office, report = self._context.office, self._report
        self._context.act(
            self,
            lambda: report_papers.print_report(office=office, report=report),
            lambda _: self._printed(None),
            self._printed,
            busy=self.print_again,
        )

    def _printed(self, trouble: BoxOfficeError | None) -> None:
        self._print_trouble = trouble if isinstance(trouble, Broken) else None
        self._say_paper()

    def _say_paper(self) -> None:
        trouble = self._print_trouble
        self.paper.set_tone("good" if trouble is None else "attention")
        if trouble is None:
            self.paper.setText(self.tr("The Z report was printed. Both sign it."))
        else:
            self.paper.setText(self._context.troubles.sentence(trouble))

    def _retranslate(self) -> None:
        report, close = self._report, self._close
        said = self.tr("Z report no. {number}: the shift is closed")
        self._title.setText(said.format(number=close.number))
        self._who.setText(f"{report.operator} {report.name}")
        words = (
            self.tr("Counted"),
            self.tr("Expected"),
            self.tr("Over"),
            self.tr("Short"),
            self.tr("Float returned"),
            self.tr("Takings to the safe"),
        )
        amounts = (
            close.counted_fen,
            report.expected_fen,
            report.over_fen,
            report.short_fen,
            close.float_returned_fen,
            close.takings_fen,
        )
        for label, value, text, fen in zip(self._words, self.values, words, amounts, strict=True):
            label.setText(text)
            value.set_fen(fen)
        self._take_title.setText(self.tr("Hand over the drawer"))
        amount = formats.money(close.counted_fen)
        advice = self.tr("Who comes counts the {amount} too and signs: it becomes their float.")
        self._take_advice.setText(advice.format(amount=amount))
        self._number_label.setText(self.tr("Operator number"))
        self._pin_label.setText(self.tr("PIN"))
        self.number.setAccessibleName(self._number_label.text())
        self.pin.setAccessibleName(self._pin_label.text())
        self.take.setText(self.tr("Take over {amount}").format(amount=amount))
        self.leave.setText(self.tr("Money to the safe · sign off"))
        self.print_again.setText(self.tr("Print the Z report again"))
        self._say_paper()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.number.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
