"""The side of the shift page: who was served last, cash that moves, what is in the way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from boxoffice.queries import orders
from boxoffice.queries.orders import HandedOver
from boxoffice.services.till.closing import Standing
from ui import formats, theme
from ui.context import Context
from ui.shift.move_form import Move, MoveForm
from ui.widgets.action_button import ActionButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.row_list import RowList
from ui.widgets.row_model import Row
from ui.widgets.side_panel import SidePanel
from ui.widgets.text import Text

_LATEST = 10


class _Stack(QStackedWidget):
    """Needs only the room of what it shows."""

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else QSize()


class ShiftSide(QObject):
    """Fills a SidePanel; what its buttons mean is the page's to do."""

    primary_pressed = Signal()
    back_pressed = Signal()
    print_pressed = Signal()
    move_pressed = Signal(object)
    statements_pressed = Signal()

    def __init__(self, context: Context, panel: SidePanel, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._panel = context, panel
        self._standing, self._absent = Standing(0, 0, 0, 0), False
        self._latest_title, self.latest = Text(role="heading"), RowList()
        self._nobody = EmptyState()
        self.form = MoveForm(context)
        self._advice, self._in_the_way = Text(wrap=True), Text(wrap=True)
        self._in_the_way.set_tone("attention")
        self._stack = _Stack()
        self._recent, self._notes = self._latest_part(), self._notes_part()
        for part in (self._recent, self.form, self._notes):
            self._stack.addWidget(part)
        panel.body.addWidget(self._stack, 1)
        self._missing = Text(wrap=True)
        self._missing.set_tone("attention")
        panel.foot.addWidget(self._missing)
        self.primary = ActionButton(key="F8", kind="primary", act=self.primary_pressed.emit)
        self.moves = {
            Move.IN: ActionButton(key="Alt+I", act=lambda: self.move_pressed.emit(Move.IN)),
            Move.OUT: ActionButton(key="Alt+O", act=lambda: self.move_pressed.emit(Move.OUT)),
            Move.DROP: ActionButton(key="Alt+D", act=lambda: self.move_pressed.emit(Move.DROP)),
        }
        self.print_x = ActionButton(key="Alt+X", act=self.print_pressed.emit)
        self.statements = ActionButton(key="Alt+S", act=self.statements_pressed.emit)
        self._back = ActionButton(key="Esc", act=self.back_pressed.emit)
        others = (*self.moves.values(), self.print_x, self.statements, self._back)
        panel.set_actions(self.primary, others)

    def _latest_part(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        edge = theme.px(12)
        column.setContentsMargins(edge, theme.px(16), edge, 0)
        self._latest_stack = QStackedWidget()
        self._latest_stack.addWidget(self.latest)
        self._latest_stack.addWidget(self._nobody)
        column.addWidget(self._latest_title)
        column.addWidget(self._latest_stack, 1)
        return part

    def _notes_part(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        edge = theme.px(12)
        column.setContentsMargins(edge, theme.px(16), edge, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self._advice)
        column.addWidget(self._in_the_way)
        column.addStretch(1)
        return part

    @property
    def blocked(self) -> bool:
        """Whether something has to be finished before the shift can be closed."""
        standing = self._standing
        return bool(standing.payments) if self._absent else bool(standing)

    def show_mode(
        self,
        *,
        moving: bool,
        counting: bool,
        readable: bool,
        movable: bool,
        stating: bool,
        may_state: bool,
    ) -> None:
        """Offer what can be done now."""
        parts = {moving: self.form, counting: self._notes}
        self._stack.setCurrentWidget(parts.get(True, self._recent))
        self._stack.updateGeometry()
        for button in self.moves.values():
            button.setVisible(movable)
        self.print_x.setVisible(readable)
        self.statements.setVisible(may_state)
        self._back.setVisible(moving or counting or stating)
        self.primary.setVisible(moving or counting or readable or stating)

    def say(self, title: str, words: str, *, ready: bool, sure: bool = False) -> None:
        """The head, and what the large button does or waits for; `sure` asks once more."""
        self._panel.set_title(title)
        self.primary.setText(words)
        self.primary.setEnabled(ready)
        self._missing.setText(
            self.tr("The count is final: press once more, or Esc.") if sure else ""
        )
        self._missing.setVisible(sure)

    def show_standing(self, standing: Standing, *, absent: bool) -> None:
        """What has to be finished before the shift can be closed."""
        self._standing, self._absent = standing, absent
        lines = []
        if standing.baskets + standing.parked:
            count = standing.baskets + standing.parked
            if absent:
                lines.append(self.tr("%n basket(s) left behind will be cleared.", "", count))
            else:
                lines.append(self.tr("%n open or parked basket(s): sell or clear (F3).", "", count))
        if standing.payments:
            lines.append(self.tr("%n payment(s) not finished.", "", standing.payments))
        if standing.pages and not absent:
            lines.append(self.tr("%n page(s) not settled: look at the printer (F4).", "",
                                 standing.pages))  # fmt: skip
        self._in_the_way.setText("\n".join(lines))
        self._in_the_way.setVisible(bool(lines))

    def reload(self) -> None:
        """Ask again who was served last."""
        window = self._context.desk.window
        self._context.ask(
            self,
            lambda store: orders.recent_hand_overs(store, window, _LATEST),
            self._show_latest,
        )

    def _show_latest(self, rows: Sequence[HandedOver]) -> None:
        self.latest.set_rows(
            [
                Row(
                    key=row.order_id,
                    fact=row.name or row.number,
                    detail=row.number if row.name else "",
                    value=self.tr("%n ticket(s)", "", row.tickets),
                    note=formats.time(row.at),
                )
                for row in rows
            ]
        )
        self._latest_stack.setCurrentIndex(0 if rows else 1)

    def retranslate(self) -> None:
        """Set every text again."""
        self._latest_title.setText(self.tr("Latest at this window"))
        self._nobody.set_texts(
            self.tr("Nobody served yet"),
            self.tr("Sales and pickups of this window appear here."),
        )
        self._advice.setText(
            self.tr(
                "Count alone and in peace. The float goes back to the safe, the rest is handed in, "
                "and the Z report is printed. After that who comes next may take over the drawer."
            )
        )
        self.moves[Move.IN].setText(self.tr("Paid in"))
        self.moves[Move.OUT].setText(self.tr("Paid out"))
        self.moves[Move.DROP].setText(self.tr("Drop"))
        self.print_x.setText(self.tr("Print X"))
        self.statements.setText(self.tr("Day statements"))
        self._back.setText(self.tr("Back"))
        self.form.retranslate()
        self.show_standing(self._standing, absent=self._absent)
