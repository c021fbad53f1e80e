"""The blind count: note by note, with nothing in sight of what there should be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from boxoffice.services.staff.operators import LONGEST_PIN
from ui import theme
from ui.gate.digits_edit import DigitsEdit
from ui.gate.notes_grid import NotesGrid
from ui.widgets.card import Card, Rule
from ui.widgets.text import MoneyLabel, Text

_LONGEST_REASON = 120


class CountCard(Card):
    """Emits `changed`; where somebody absent is closed for, it asks for a reason and a PIN too."""

    changed = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=32, gap=12)
        self._absent = False
        self._title, self._advice = Text(role="title"), Text(role="quiet", wrap=True)
        self._float = 0
        self.notes = NotesGrid(large=True)
        self._total_label, self.total = Text(role="heading"), MoneyLabel()
        self._back_label, self.float_back = Text(role="quiet"), MoneyLabel(role="heading")
        self._rest_label, self.takings = Text(role="quiet"), MoneyLabel(role="heading")
        self._reason_label, self._pin_label = Text(role="heading"), Text(role="heading")
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST_REASON)
        self.reason.setMinimumHeight(theme.px(theme.TOKENS.button_height))
        self.pin = DigitsEdit(LONGEST_PIN, hidden=True)
        self.pin.setMaximumWidth(theme.px(180))
        self._signing = QWidget()
        self._lay_out()
        self.notes.changed.connect(self._recount)
        self.notes.ended.connect(self._ended)
        self.reason.textEdited.connect(lambda _text: self.changed.emit())
        self.reason.returnPressed.connect(self.pin.setFocus)
        self.pin.textEdited.connect(lambda _text: self.changed.emit())
        self.pin.returnPressed.connect(self.confirmed)

    def _lay_out(self) -> None:
        signing = QHBoxLayout(self._signing)
        signing.setContentsMargins(0, 0, 0, 0)
        signing.setSpacing(theme.px(16))
        for label, field, stretch in (
            (self._reason_label, self.reason, 3),
            (self._pin_label, self.pin, 1),
        ):
            pair = QVBoxLayout()
            pair.setSpacing(theme.px(4))
            pair.addWidget(label)
            pair.addWidget(field)
            signing.addLayout(pair, stretch)
        total = QHBoxLayout()
        total.addWidget(self._total_label)
        total.addWidget(self.total, 1)
        for part in (self._title, self._advice, Rule()):
            self.body.addWidget(part)
        self.body.addSpacing(theme.px(8))
        self.body.addWidget(self.notes, 3)
        self.body.addSpacing(theme.px(8))
        self.body.addWidget(Rule())
        self.body.addLayout(total)
        parts = QHBoxLayout()
        parts.setSpacing(theme.px(16))
        for place, (label, amount) in enumerate(
            ((self._back_label, self.float_back), (self._rest_label, self.takings))
        ):
            parts.addSpacing(theme.px(48) if place else 0)
            parts.addWidget(label)
            parts.addWidget(amount, 1)
        self.body.addLayout(parts)
        self.body.addSpacing(theme.px(8))
        self.body.addWidget(self._signing)
        self.body.addStretch(1)

    def begin(self, *, absent: bool, float_fen: int) -> None:
        """An empty count of a drawer that began with that float."""
        self._absent, self._float = absent, float_fen
        self._signing.setVisible(absent)
        self.notes.clear()
        self.reason.clear()
        self.pin.clear()
        self._recount()

    def take_focus(self) -> None:
        """Put the cursor on the largest note."""
        self.notes.take_focus()

    def take_pin(self) -> None:
        """The PIN was wrong: where one is asked for, the cursor waits for it."""
        if self._absent:
            self.pin.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def missing(self) -> str:
        """What has to be filled in next, in words; empty where nothing is missing."""
        if self.notes.fen is None:
            return self.tr("Count the drawer first")
        if self._absent and not self.reason.text().strip():
            return self.tr("Say why they cannot close it")
        if self._absent and not self.pin.digits:
            return self.tr("Your PIN signs for it")
        return ""

    def _recount(self) -> None:
        counted = self.notes.fen or 0
        back = min(counted, self._float)
        self.total.set_fen(counted)
        self.float_back.set_fen(back)
        self.takings.set_fen(counted - back)
        self.changed.emit()

    def _ended(self) -> None:
        if self._absent:
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.confirmed.emit()

    def retranslate(self) -> None:
        """Set every text again."""
        self._title.setText(self.tr("Count everything in the drawer"))
        self._advice.setText(
            self.tr(
                "The float too. Type how many of each; Enter goes on to the next. What should be "
                "there is shown once you have given your count, which cannot be changed then."
            )
        )
        self._total_label.setText(self.tr("Counted"))
        self._back_label.setText(self.tr("of it the float, back to the safe"))
        self._rest_label.setText(self.tr("and takings to hand in"))
        self._reason_label.setText(self.tr("Why the operator cannot close it"))
        self._pin_label.setText(self.tr("Your PIN"))
        self.reason.setAccessibleName(self._reason_label.text())
        self.pin.setAccessibleName(self._pin_label.text())
        self.notes.retranslate()
