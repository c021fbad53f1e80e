"""Showing personal data in clear: a reason first, then for thirty seconds and no longer."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from boxoffice.desk import Desk, Right
from boxoffice.queries.orders import OrderView
from boxoffice.services.aftersales import reveal
from boxoffice.services.aftersales.reveal import Revealed
from ui import formats, theme
from ui.approval.reason_entry import ReasonEntry
from ui.context import Context
from ui.orders.act import OrderAct
from ui.widgets.action_button import ActionButton
from ui.widgets.text import Text

_SECOND_MS = 1000
_USUAL = 3


class RevealAct(OrderAct):
    """What is shown stands in the side only, and goes with it."""

    key = "Alt+M"

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._order_id = ""
        self._left = 0
        self._advice = Text(wrap=True)
        self._note = Text(role="quiet", wrap=True)
        self.reason = ReasonEntry(_USUAL)
        self.reason.changed.connect(self._show_state)
        self.clock = Text(role="timer")
        self.shown = Text(wrap=True)
        self._stack = QStackedWidget()
        self._asking = _column(self._advice, self.reason, self._note)
        self._showing = _column(self.clock, self.shown)
        for part in (self._asking, self._showing):
            self._stack.addWidget(part)
        self.body = self._stack
        self.primary = ActionButton(key="F8", kind="primary", act=self.go)
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND_MS)
        self._timer.timeout.connect(self.tick)
        self.quit.connect(self.hide)
        self.retranslate()

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("RevealAct", "Show in clear")

    @classmethod
    def fits(cls, order: OrderView, desk: Desk) -> bool:
        return order.version > 0 and desk.operator.may(Right.REVEAL)

    def begin(self, order: OrderView) -> None:
        self._order_id = order.id
        self.hide()
        self.reason.begin()

    def go(self) -> None:
        """Ask for the data with the reason given, or hide it again."""
        if self.showing:
            self.hide()
            self.done.emit("")
            return
        context, order_id, reason = self._context, self._order_id, self.reason.text
        office, desk = context.office, context.desk
        if reason:
            context.act(
                self,
                lambda: reveal.reveal(office=office, desk=desk, order_id=order_id, reason=reason),
                lambda found: self._came(order_id, found),
                busy=self.primary,
            )

    @property
    def showing(self) -> bool:
        """Whether anything stands there in clear."""
        return self._stack.currentWidget() is self._showing

    def tick(self) -> None:
        """A second passed."""
        self._left -= 1
        if self._left <= 0:
            self.hide()
            self.done.emit(self.tr("Personal data is hidden again"))
        else:
            self._show_state()

    def hide(self) -> None:
        """Nothing stays on the screen."""
        self._timer.stop()
        self.shown.setText("")
        self._stack.setCurrentWidget(self._asking)
        self._show_state()

    def _came(self, order_id: str, found: Revealed) -> None:
        if order_id != self._order_id or not self.body.isVisible():
            return  # somebody went on meanwhile
        lines = [self.tr("Buyer: {name}").format(name=found.buyer or formats.DOT.strip())]
        if found.phone:
            lines.append(self.tr("Phone: {phone}").format(phone=found.phone))
        for person in found.people:
            said = formats.DOT.join(part for part in (person.name, person.document) if part)
            lines.append(f"{person.position}  {said}")
        self.shown.setText("\n\n".join(lines))
        self._left = reveal.SHOWN_FOR_S
        self._stack.setCurrentWidget(self._showing)
        self._timer.start()
        self._show_state()

    def _show_state(self) -> None:
        if self.showing:
            self.clock.setText(self.tr("Hidden again in {seconds} s").format(seconds=self._left))
            self.primary.setText(self.tr("Hide now"))
            self.primary.setEnabled(True)
            return
        missing = not self.reason.text
        said = self.tr("Show for {seconds} seconds").format(seconds=reveal.SHOWN_FOR_S)
        self.primary.setText(self.tr("Give a reason first") if missing else said)
        self.primary.setEnabled(not missing)

    def retranslate(self) -> None:
        self._advice.setText(self.tr("Names, phone and documents of this order in clear."))
        self._note.setText(
            self.tr("Your number, the time and the reason go on record; the data does not.")
        )
        usual = (
            self.tr("Visitor has no proof at hand"),
            self.tr("Name or document to be compared"),
            self.tr("Visitor has to be called"),
        )
        self.reason.set_texts(self.tr("Why?"), self.tr("Reason"), usual)
        self._show_state()


def _column(*parts: QLabel | QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    edge = theme.px(theme.TOKENS.space.medium)
    column.setContentsMargins(edge, theme.px(16), edge, 0)
    column.setSpacing(theme.px(theme.TOKENS.space.medium))
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return made
