"""Counting the float: by denomination, or one total."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boxoffice.desk import Desk
from boxoffice.errors import BoxOfficeError
from boxoffice.services.staff import shifts
from ui import formats, theme
from ui.context import Context
from ui.gate.notes_grid import NotesGrid
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card, Rule
from ui.widgets.number_edit import NumberEdit
from ui.widgets.text import MoneyLabel, Text


class FloatForm(Card):
    """Emits `opened(Desk)` once the shift is open, `left()` where somebody else signs on."""

    opened = Signal(object)
    left = Signal()

    def __init__(self, context: Context, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=26, gap=9)
        self._context = context
        self._desk = desk
        self._title, self._advice = Text(role="title"), Text(role="quiet", wrap=True)
        self._notes = NotesGrid()
        self.counts = self._notes.counts
        self._or = Text(role="quiet")
        self.total = NumberEdit()
        self._total_label = Text(role="quiet")
        self.amount = MoneyLabel()
        self.trouble = Text(wrap=True)
        self.trouble.set_tone("attention")
        self.open_button = ActionButton(key="F8", kind="primary", act=self.submit)
        self.back = ActionButton(key="Esc", kind="link", act=self.left.emit)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._recount()

    def _lay_out(self) -> None:
        self.setFixedWidth(theme.px(620))
        either = QHBoxLayout()
        self.total.setFixedSize(theme.px(150), theme.px(44))
        either.addWidget(self._or)
        either.addWidget(self.total)
        either.addStretch(1)
        either.addWidget(self._total_label)
        either.addWidget(self.amount)
        foot = QVBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.open_button)
        foot.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self._title, self._advice, Rule()):
            self.body.addWidget(part)
        self.body.addWidget(self._notes)
        self.body.addWidget(Rule())
        self.body.addLayout(either)
        self.body.addWidget(self.trouble)
        self.body.addLayout(foot)
        self.trouble.hide()

    def _connect(self) -> None:
        self._notes.changed.connect(self._counted)
        self._notes.ended.connect(self.total.setFocus)
        self.total.textEdited.connect(self._typed)
        self.total.returnPressed.connect(self.submit)

    def take_focus(self) -> None:
        """Put the cursor on the largest note."""
        self._notes.take_focus()

    @property
    def float_fen(self) -> int | None:
        """What was counted or typed, in fen; None where nothing was entered yet."""
        typed = self.total.fen()
        if typed is not None:
            return typed
        return self._notes.fen

    def _counted(self) -> None:
        """Counting by denomination takes the place of a typed total."""
        self.total.clear()
        self._recount()

    def _typed(self) -> None:
        self._notes.clear()
        self._recount()

    def _recount(self) -> None:
        amount = self.float_fen
        self.amount.set_fen(amount or 0)
        self.open_button.setEnabled(amount is not None)
        if amount is None:
            self.open_button.setText(self.tr("Count the float first"))
        else:
            said = self.tr("Open shift · float {amount}")
            self.open_button.setText(said.format(amount=formats.money(amount)))
        self.trouble.hide()

    def submit(self) -> None:
        """Open the shift with what was counted."""
        amount = self.float_fen
        if amount is None or not self.open_button.isEnabled():
            return
        office, desk = self._context.office, self._desk
        self._context.act(
            self,
            lambda: shifts.open_shift(office=office, desk=desk, float_fen=amount),
            self.opened.emit,
            self._refused,
            busy=self.open_button,
        )

    def _refused(self, error: BoxOfficeError) -> None:
        self.trouble.setText(self._context.troubles.sentence(error))
        self.trouble.show()

    def retranslate(self) -> None:
        """Set every text again."""
        name = self._desk.operator.name
        self._title.setText(self.tr("Good day, {name}").format(name=name))
        self._advice.setText(
            self.tr("Count the float in the drawer to open your shift. Enter goes on to the next.")
        )
        self._notes.retranslate()
        self._or.setText(self.tr("Or type the total"))
        self.total.setAccessibleName(self._or.text())
        self._total_label.setText(self.tr("Float"))
        self.back.setText(self.tr("Somebody else signs on"))
        self._recount()
