"""The bar on top: where and when we are, the one scan field, who works here."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.scan_field import ScanField
from ui.widgets.text import Line

MARK_KEY = "Alt+Q"


class TopBar(QFrame):
    """Emits `lock_pressed`, `mark_pressed`; `scan` is the window's scan field."""

    lock_pressed = Signal()
    mark_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setFixedHeight(theme.px(theme.TOKENS.top_height))
        self._open = False
        self._place = Line(theme.TOKENS.type.title - 1, bold=True)
        self._clock = Line(role="grey")
        self._operator = Line()
        self.scan = ScanField()
        self.scan.setMaximumWidth(theme.px(560))
        self.scan.setMinimumWidth(theme.px(240))
        self.scan.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.mark = ActionButton(key=MARK_KEY, kind="mark", act=self.mark_pressed.emit)
        self.mark.setFixedHeight(theme.px(36))
        self._lock = ActionButton(key="F12", kind="link", act=self.lock_pressed.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), 0, theme.px(12), 0)
        row.setSpacing(theme.px(18))
        row.addWidget(self._place)
        row.addWidget(self._clock)
        row.addWidget(self.scan, 10)
        row.addStretch(1)
        row.addWidget(self.mark)
        row.addWidget(self._operator)
        row.addWidget(self._lock)
        for line in (self._place, self._clock, self._operator):
            line.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.mark.hide()
        self._retranslate()

    def set_mark(self, text: str) -> None:
        """What wants to be looked at, with its key; "" for nothing."""
        self.mark.setText(text)
        self._show_mark()

    def _show_mark(self) -> None:
        self.mark.setVisible(bool(self.mark.text()) and self._open)

    def set_facts(self, place: str, clock: str, operator: str) -> None:
        """Venue and window, venue time, operator and shift, each as it is to be read."""
        self._place.set_text(place)
        self._clock.set_text(clock)
        self._operator.set_text(operator)

    def set_open(self, opened: bool) -> None:
        """Whether somebody is signed on: without, nothing can be scanned or locked."""
        self._open = opened
        for widget in (self.scan, self._operator, self._lock):
            widget.setVisible(opened)
        self._show_mark()

    def _retranslate(self) -> None:
        self._lock.setText(self.tr("Lock"))
        self.scan.setPlaceholderText(
            self.tr("Scan, or type pickup code / order no. / phone / document / name")
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
