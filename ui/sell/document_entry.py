"""One visitor's document typed into the basket: kind, number, name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from boxoffice.domain import identity
from boxoffice.domain.identity import DocumentKind
from boxoffice.errors import BadDocument
from ui import keys, theme
from ui.sell.words import Words
from ui.widgets.action_button import ActionButton
from ui.widgets.text import Text


class DocumentEntry(QFrame):
    """Emits `entered(kind, number, name)` on Enter, `closed` on Esc.

    The kind follows the number as it is typed, until the clerk chooses one. What is wrong with a
    number is said under it, and nothing is emitted.
    """

    entered = Signal(str, str, str)
    closed = Signal()
    resized = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._chosen = False
        self.setObjectName("documentEntry")
        self.kind = QComboBox()
        self.kind.activated.connect(self._kind_chosen)
        for code in DocumentKind:
            self.kind.addItem("", code.value)
        self.number, self.name = QLineEdit(), QLineEdit()
        self.number.setMaxLength(120)
        self.number.textEdited.connect(self._number_typed)
        self.name.setMaxLength(60)
        self._go = ActionButton(kind="dark", act=self.commit)
        self._trouble = Text(wrap=True)
        self._trouble.set_tone("attention")
        self._trouble.hide()
        for edit in (self.number, self.name):
            edit.returnPressed.connect(self.commit)
            edit.installEventFilter(self)
        self.kind.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(10))
        column.setSpacing(theme.px(6))
        column.addWidget(self.kind)
        column.addWidget(self.number)
        last = QHBoxLayout()
        last.setSpacing(theme.px(6))
        last.addWidget(self.name, 1)
        last.addWidget(self._go)
        column.addLayout(last)
        column.addWidget(self._trouble)
        self.retranslate()

    def begin(self, kind: str = DocumentKind.RESIDENT_ID, number: str = "", name: str = "") -> None:
        """Start for a ticket, with what is known already; the cursor goes where something lacks."""
        self._chosen = bool(number)
        self.kind.setCurrentIndex(self.kind.findData(str(kind)))
        self.number.setText(number)
        self.name.setText(name)
        self.say("")
        self.show()
        (self.name if number else self.number).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commit(self) -> None:
        """Hand over what stands there, unless an input method is still composing."""
        if keys.current().composing:
            return
        text = self.number.text().strip()
        name = self.name.text().strip()
        kind = str(self.kind.currentData())
        try:
            if "<" in text:
                lines = identity.read_mrz(text)
                kind, text = DocumentKind.PASSPORT.value, lines.number
                name = name or lines.name
            number = identity.check(kind, text)
        except BadDocument as error:
            self.say(self.trouble(str(error.fields.get("expected", ""))))
            self.number.setFocus()
            return
        self.entered.emit(kind, number, name)

    def say(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))
        self.number.setProperty("missing", bool(text))
        self.number.style().unpolish(self.number)
        self.number.style().polish(self.number)

    @property
    def said(self) -> str:
        """What is wrong with what stands there."""
        return self._trouble.text()

    def trouble(self, expected: str) -> str:
        """What is wrong with a number, and what to do about it."""
        said = {
            "check_digit": self.tr("The check digit does not fit. Look again and type it anew."),
            "old_form": self.tr("The old form with 15 digits is not valid. Ask for the new card."),
            "eighteen_digits": self.tr("This needs 18 characters: 17 digits and a digit or X."),
            "birth_date": self.tr("The birth date in the number does not exist. Type it again."),
            "resident_prefix": self.tr("This is no resident ID. Choose another kind of document."),
            "permit_prefix": self.tr("A residence permit begins with 81, 82 or 83."),
            "home_return": self.tr("A home-return permit is H or M with 8 or 10 digits."),
            "taiwan_permit": self.tr("A Taiwan permit has 8 digits."),
            "permanent_card": self.tr("A permanent resident card has 15 characters, or 18 from 9."),
            "passport": self.tr("A passport number has 5 to 15 letters and digits."),
            "machine_lines": self.tr("The passport lines are incomplete. Scan both lines again."),
        }
        return said.get(expected, self.tr("This number is not right. Check it and type it again."))

    def _number_typed(self, text: str) -> None:
        self.say("")
        kind = identity.recognise(text)
        if kind is not None and not self._chosen:
            self.kind.setCurrentIndex(self.kind.findData(kind.value))

    def _kind_chosen(self) -> None:
        self._chosen = True
        self.say("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and not keys.current().composing
        ):
            self.closed.emit()
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is wrong may need another line."""
        super().resizeEvent(event)
        self.resized.emit()

    def retranslate(self) -> None:
        """Set every text again."""
        for at in range(self.kind.count()):
            self.kind.setItemText(at, self._words.document(self.kind.itemData(at)))
        self.kind.setAccessibleName(self.tr("Kind of document"))
        self.number.setPlaceholderText(self.tr("Document number"))
        self.name.setPlaceholderText(self.tr("Name (may stay empty)"))
        self._go.setText(self.tr("OK Enter"))
