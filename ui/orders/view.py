"""What the Orders page looks like in each of its states; decides nothing and asks nobody."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from boxoffice.queries.order_file import OrderFile
from boxoffice.queries.search import Found, FoundOrder
from ui import formats
from ui.orders.act import OrderAct
from ui.orders.filter_bar import FilterBar
from ui.orders.order_card import OrderCard
from ui.orders.result_rows import ResultRows
from ui.pickup.sections import Said, Sections
from ui.widgets.action_button import ActionButton
from ui.widgets.band import Band
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.row_list import RowList
from ui.widgets.scan_field import ScanField
from ui.widgets.text import Text


class OrdersView(QObject):
    """The field, the filters and the list or one order in the middle; what comes next at the side.

    Emits `primary_pressed`, `back_pressed`, `chosen(order id)` and `begun(kind of act)`.
    """

    primary_pressed = Signal()
    back_pressed = Signal()
    chosen = Signal(str)
    begun = Signal(object)

    def __init__(self, page: Page, acts: Sequence[type[OrderAct]]) -> None:
        super().__init__(page)
        self._page = page
        self._results = ResultRows(self)
        self._begins = {act: self._begin_button(act) for act in acts}
        self.standing: list[ActionButton] = []
        """The actions in the foot now."""
        self.field = ScanField(hero=True)
        self.field.installEventFilter(self)
        self.filters = FilterBar()
        self.notice = Band()
        self.rows = RowList()
        self.rows.activated_row.connect(self.chosen)
        self.rows.clicked.connect(lambda _index: self.chosen.emit(self.rows.current))
        self.list_title = Text(role="heading")
        self._list = Card(padding=12, gap=8)
        self._list.body.addWidget(self.list_title)
        self._list.body.addWidget(self.rows, 1)
        self.empty = EmptyState()
        self._nothing = Card()
        self._nothing.body.addWidget(self.empty)
        self.card = OrderCard()
        self.stack = QStackedWidget()
        for part in (self._list, self._nothing, self.card):
            self.stack.addWidget(part)
        sections = Sections(2)
        self.steps, self.about = sections.parts
        self.side = QStackedWidget()
        self.side.addWidget(sections)
        self._plain = sections
        self.primary = ActionButton(key="F8", kind="primary", act=self.primary_pressed.emit)
        self.back = ActionButton(key="Esc", act=self.back_pressed.emit)
        for widget in (self.field, self.filters, self.notice):
            page.body.addWidget(widget)
        page.body.addWidget(self.stack, 1)
        page.panel.body.addWidget(self.side)

    def retranslate(self) -> None:
        """Say in the language of the moment what never changes otherwise."""
        self.field.setPlaceholderText(self.tr("Number · code · phone · document · name · seat"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.filters.retranslate()
        for act, button in self._begins.items():
            button.setText(act.title())
        self.steps.set_heading(self.tr("What comes next"))
        self.about.set_heading(self.tr("The marked order"))

    # --- the states

    def show_list(self, found: Found, *, shown: str, recent: bool) -> None:
        """Orders to choose from; `recent`: nothing was asked for, these were worked on last."""
        self._front(self._plain)
        self.rows.set_rows([self._results.row(row) for row in found.rows])
        if found.rows and not self.rows.current:
            self.rows.select(found.rows[0].id)
        if found.rows:
            self.list_title.setText(self._heading(found, shown, recent=recent))
            self.stack.setCurrentWidget(self._list)
        else:
            self._say_empty(shown, recent=recent)
            self.stack.setCurrentWidget(self._nothing)
        self._page.panel.set_title(self.tr("Orders"))
        self.back.setText(self.tr("Clear"))
        self.back.setEnabled(not recent)
        self.steps.set_lines(self._list_steps(bool(found.rows)))
        self.mark(next((row for row in found.rows if row.id == self.rows.current), None))

    def mark(self, found: FoundOrder | None) -> None:
        """What is said of the row that is marked."""
        lines: list[Said] = []
        if found is not None:
            state, note, tone = self._results.state(found)
            lines = [Said(text) for text in (found.name, found.number, found.phone) if text]
            lines.append(Said(formats.DOT.join((state, note)), tone))
        self.about.set_lines(lines)
        if found is None:
            self.primary.setText(self.tr("Open the order"))
        else:
            self.primary.setText(self.tr("Open {number}").format(number=found.number or found.name))
        self.primary.setEnabled(found is not None)
        self._actions(self.primary, [self.back])

    def show_order(
        self, file: OrderFile, primary: str, acts: Sequence[type[OrderAct]], steps: Sequence[Said]
    ) -> None:
        """One order: `primary` names the likeliest act ("" for none), `acts` are the others."""
        self._front(self._plain)
        self.card.show_order(file)
        self.stack.setCurrentWidget(self.card)
        self._page.panel.set_title(file.view.number or self.tr("Order"))
        self.steps.set_lines(steps)
        self.about.set_lines(())
        self.primary.setText(primary or self.tr("Nothing to be done here"))
        self.primary.setEnabled(bool(primary))
        self.back.setText(self.tr("Back"))
        self.back.setEnabled(True)
        self._actions(self.primary, [*(self._begins[act] for act in acts), self.back])

    def show_act(self, act: OrderAct) -> None:
        """An act that was begun takes the side."""
        self._front(act.body)
        self._page.panel.set_title(act.title())
        self.back.setText(self.tr("Back"))
        self.back.setEnabled(True)
        self._actions(act.primary, [*act.quiet, self.back])

    def _front(self, body: QWidget) -> None:
        if self.side.indexOf(body) < 0:
            self.side.addWidget(body)
        self.side.setCurrentWidget(body)

    def _begin_button(self, act: type[OrderAct]) -> ActionButton:
        return ActionButton(key=act.key, act=lambda: self.begun.emit(act))

    def _actions(self, primary: ActionButton, quiet: Sequence[ActionButton]) -> None:
        """These actions stand in the foot, and no others."""
        for button in self.standing:
            button.hide()
        self.standing = [primary, *quiet]
        self._page.panel.set_actions(primary, quiet)
        for button in self.standing:
            button.show()

    def _heading(self, found: Found, shown: str, *, recent: bool) -> str:
        if recent:
            return self.tr("Worked on last at this window")
        count = len(found.rows)
        if found.more:
            said = self.tr("The first {count} that fit {shown}; type more to narrow it down")
        else:
            said = self.tr("%n order(s) fit {shown}", "", count)
        return said.format(count=count, shown=shown or self.tr("the choice above"))

    def _say_empty(self, shown: str, *, recent: bool) -> None:
        if recent:
            self.empty.set_texts(
                self.tr("Which order?"),
                self.tr(
                    "Type or scan anything the customer has: number, pickup code, phone, document, "
                    "name, seat. Results come as you type."
                ),
            )
        else:
            self.empty.set_texts(
                self.tr("Nothing found for {text}").format(text=shown or self.tr("this choice")),
                self.tr("Check it with the customer, try something else, or take filters off."),
            )

    def _list_steps(self, any_rows: bool) -> list[Said]:
        if not any_rows:
            return [
                Said("1  " + self.tr("Type or scan what the customer has"), "attention"),
                Said("2  " + self.tr("Several words narrow it down: name and phone end")),
            ]
        return [
            Said("1  " + self.tr("Mark the order with the arrow keys"), "attention"),
            Said("2  " + self.tr("Open it to refund, reprint or see its history")),
        ]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows lead from the field into the rows below it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            listed = self.stack.currentWidget() is self._list and self.rows.rows
            if listed and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                at = [row.key for row in self.rows.rows].index(self.rows.current or "")
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                at = min(max(at + step, 0), len(self.rows.rows) - 1)
                self.rows.setCurrentIndex(self.rows.model().index(at, 0))
                return True
        return super().eventFilter(watched, event)
