"""The gate before the pages: sign on, and open a shift where the operator has none."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from boxoffice.desk import Desk, Right
from ui import formats, theme
from ui.context import Context
from ui.gate.float_form import FloatForm
from ui.gate.sign_in_form import SignInForm
from ui.widgets.text import Text


class SignInGate(QWidget):
    """For `MainWindow.show_gate`; calls `context.use_desk` and emits `entered` once work may begin.

    `number` is filled in when the window was locked: then only the PIN is missing. For those who
    drive it: `sign_in` is the form of number and PIN, `counting` that of the float, if it is there.
    """

    entered = Signal()

    def __init__(self, context: Context, number: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._event = Text(role="quiet")
        self._place = Text(role="amount")
        self.sign_in = SignInForm(context, number)
        self.sign_in.signed_in.connect(self._signed_in)
        self.counting: FloatForm | None = None
        inner = QWidget()
        inner.setObjectName("scrolled")
        self._column = QVBoxLayout(inner)
        self._column.setSpacing(theme.px(4))
        self._column.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        self._column.addStretch(2)
        for label in (self._event, self._place):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._column.addWidget(label)
        self._column.addSpacing(theme.px(18))
        # Stretches, not an alignment: a wrapped label keeps its height that way.
        self._middle = QHBoxLayout()
        self._middle.addStretch(1)
        self._middle.addWidget(self.sign_in)
        self._middle.addStretch(1)
        self._column.addLayout(self._middle)
        self._column.addStretch(3)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._retranslate()

    def _signed_in(self, desk: Desk) -> None:
        drawer = desk.shift_id is not None or not desk.operator.may(Right.SHIFT)
        if drawer or self.sign_in.takes_over:
            self._enter(desk)
            return
        self.counting = FloatForm(self._context, desk)
        self.counting.opened.connect(self._enter)
        self.counting.left.connect(self._back)
        # The bar on top names the place; the form needs the room on a low screen.
        for part in (self.sign_in, self._event, self._place):
            part.hide()
        self._middle.insertWidget(self._middle.indexOf(self.sign_in), self.counting)
        self.counting.take_focus()

    def _enter(self, desk: Desk) -> None:
        self._context.use_desk(desk)
        self.entered.emit()

    def _back(self) -> None:
        """Somebody else signs on; nothing was opened yet."""
        if self.counting is not None:
            self.counting.hide()
            self.counting.deleteLater()
            self.counting = None
        self.sign_in.number.clear()
        for part in (self.sign_in, self._event, self._place):
            part.show()
        self.sign_in.take_focus()

    def _retranslate(self) -> None:
        settings = self._context.office.settings
        chinese = formats.language() == "zh_CN"
        self._event.setText(settings.event_zh if chinese else settings.event_en)
        venue = settings.venue_zh if chinese else settings.venue_en
        window = self.tr("Window {number}").format(number=settings.window)
        self._place.setText(venue + formats.DOT + window)
        self.sign_in.retranslate()
        if self.counting is not None:
            self.counting.retranslate()

    def focusInEvent(self, event: QFocusEvent) -> None:
        (self.sign_in if self.counting is None else self.counting).take_focus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
