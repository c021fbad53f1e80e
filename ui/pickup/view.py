"""What the pickup page looks like in each of its states; decides nothing and asks nobody."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from boxoffice.queries.finding import OrderHit
from boxoffice.queries.orders import HandedOver
from ui import formats
from ui.pickup.calm_card import CalmCard
from ui.pickup.done_card import DoneCard
from ui.pickup.guide import PickupGuide
from ui.pickup.hit_list import HitList
from ui.pickup.lookup import OpenOrder
from ui.pickup.order_card import OrderCard
from ui.pickup.sections import Sections
from ui.pickup.words import PickupWords
from ui.widgets.action_button import ActionButton
from ui.widgets.band import Band
from ui.widgets.page import Page
from ui.widgets.scan_field import ScanField


class PickupView(QObject):
    """The widgets of the page: the field and what it found in the middle, the steps at the side."""

    primary_pressed = Signal()
    all_pressed = Signal()
    clear_pressed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._words = PickupWords(self)
        self._guide = PickupGuide(self)
        self.field = ScanField(hero=True)
        self.field.installEventFilter(self)
        self.notice = Band(closable=False)
        self.calm = CalmCard()
        self.hits = HitList()
        self.card = OrderCard()
        self.done = DoneCard()
        self.stack = QStackedWidget()
        for part in (self.calm, self.hits, self.card, self.done):
            self.stack.addWidget(part)
        sections = Sections(3)
        self.steps, self.history, self.recent = sections.parts
        self.primary = ActionButton(key="F8", kind="primary", act=self.primary_pressed.emit)
        self.all_button = ActionButton(key="Alt+A", act=self.all_pressed.emit)
        self.clear_button = ActionButton(key="Esc", act=self.clear_pressed.emit)
        page.body.addWidget(self.field)
        page.body.addWidget(self.notice)
        page.body.addWidget(self.stack, 1)
        page.panel.body.addWidget(sections)
        page.panel.set_actions(self.primary, [self.all_button, self.clear_button])

    def retranslate(self) -> None:
        """Say in the language of the moment what never changes otherwise."""
        self.field.setPlaceholderText(self.tr("Scan · pickup code · document · phone · name"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.steps.set_heading(self.tr("What comes next"))
        self.history.set_heading(self.tr("This order so far"))
        self.recent.set_heading(self.tr("Picked up last"))
        self.clear_button.setText(self.tr("Clear"))

    # --- the states

    def show_order(self, found: OpenOrder, window: int) -> None:
        """An order, its tickets to be ticked."""
        self.card.show_order(found)
        self.stack.setCurrentWidget(self.card)
        notice = self._guide.notice(found, window)
        if notice.text:
            self.notice.say(notice.tone, notice.text)
        else:
            self.notice.clear()
        self.steps.set_lines(self._guide.steps(found))
        self.history.set_lines(self._guide.history(found, window))
        count = len(found.chosen)
        if not found.waiting and found.view.to_pay:
            self.primary.setText(self.tr("Not paid yet"))
        elif not found.waiting:
            self.primary.setText(self.tr("Handed over before"))
        elif count:
            self.primary.setText(self.tr("Print %n and hand over", "", count))
        else:
            self.primary.setText(self.tr("Tick tickets first"))
        self.primary.setEnabled(count > 0)
        every = len(found.chosen) == len(found.waiting)
        self.all_button.setText(self.tr("None") if every and count else self.tr("All"))
        self.all_button.setEnabled(bool(found.waiting))
        self.clear_button.setEnabled(True)

    def show_done(self, found: OpenOrder, in_doubt: bool) -> None:
        """What was handed over; `in_doubt`: pages may not have come out."""
        count, whose = len(found.chosen), self._words.whose(found.view)
        self.done.say(
            self.tr("%n ticket(s) handed over", "", count),
            whose if whose == found.view.number else whose + formats.DOT + found.view.number,
            self.tr("Look at the printer: pages are in doubt") if in_doubt else "",
            self.tr("Count them with the visitor. The next one may scan straight away."),
        )
        self.stack.setCurrentWidget(self.done)
        self.notice.clear()
        self.steps.set_lines(self._guide.done_steps(in_doubt))
        self.history.set_lines(())
        self.primary.setText(self.tr("Next visitor"))
        self.primary.setEnabled(True)
        self.all_button.setText(self.tr("All"))
        self.all_button.setEnabled(False)
        self.clear_button.setEnabled(True)

    def show_hits(self, shown: str, hits: Sequence[OrderHit]) -> None:
        """Several orders to choose from."""
        self.hits.show_hits(shown, hits)
        self.stack.setCurrentWidget(self.hits)
        self._rest(can_clear=True)
        self.steps.set_lines(self._guide.choosing_steps())

    def show_calm(self, missing: str = "") -> None:
        """Nobody is served; `missing` is what was asked for and not found."""
        self.calm.say(missing)
        self.stack.setCurrentWidget(self.calm)
        self._rest(bool(missing))

    def _rest(self, can_clear: bool) -> None:
        self.notice.clear()
        self.steps.set_lines(self._guide.waiting_steps())
        self.history.set_lines(())
        self.primary.setText(self.tr("Print and hand over"))
        self.all_button.setText(self.tr("All"))
        self.clear_button.setEnabled(can_clear)
        for button in (self.primary, self.all_button):
            button.setEnabled(False)

    def show_recent(self, rows: Sequence[HandedOver]) -> None:
        """Who was served last."""
        self.recent.set_lines(self._guide.recent(list(rows)))

    def show_corner(self, page: Page, window: int) -> None:
        """Head of the side."""
        corner = self.tr("Window {number}").format(number=window)
        page.panel.set_title(self.tr("Hand-over"), corner)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The down arrow leads from the field into the rows below it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            front = self.stack.currentWidget()
            rows = front.rows if isinstance(front, HitList | OrderCard) else None
            if rows is not None and event.key() == Qt.Key.Key_Down:
                rows.setFocus()
                if not rows.current and rows.rows:
                    rows.select(rows.rows[0].key)
                return True
        return super().eventFilter(watched, event)
