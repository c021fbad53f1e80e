"""The pickup page: one field finds the order, one key prints its tickets and hands them over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from boxoffice.errors import BoxOfficeError, HandedOver
from boxoffice.queries import orders
from boxoffice.queries.finding import OrderHit
from boxoffice.services import pickups, tickets
from boxoffice.services.tickets import Printed
from ui import formats
from ui.change_relay import touches
from ui.context import Context
from ui.pickup import lookup
from ui.pickup.done_card import DoneCard
from ui.pickup.doubtful import DoubtfulPages
from ui.pickup.guide import PickupGuide
from ui.pickup.hit_list import HitList
from ui.pickup.lookup import Answer, Asked, OpenOrder
from ui.pickup.order_card import OrderCard
from ui.pickup.sections import Sections
from ui.pickup.words import PickupWords
from ui.widgets.action_button import ActionButton
from ui.widgets.band import Band
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.scan_field import ScanField

_RECENT = 5


class PickupPage(Page):
    """Find, check, print and hand over.

    For those who drive it: `scanned(text)`, `choose(order id)`, `tick(line id, on)`, `tick_all()`,
    `hand_over()`, `next_visitor()`; `busy` tells whether an answer is still awaited, `order` what
    is on the screen.
    """

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._words = PickupWords(self)
        self._guide = PickupGuide(self)
        self._found: OpenOrder | None = None
        self._done: tuple[OpenOrder, Printed] | None = None
        self._missing = ""
        self._asks = 0
        self._awaited = 0
        self._build()
        context.relay.changed.connect(self._changed)

    def _build(self) -> None:
        self.field = ScanField(hero=True)
        self.field.submitted.connect(self.scanned)
        self.field.installEventFilter(self)
        self.doubtful = DoubtfulPages(self._context)
        self.doubtful.count_changed.connect(self.badge_changed)
        self.notice = Band(closable=False)
        self.empty = EmptyState()
        calm = Card(padding=32)
        calm.body.addWidget(self.empty)
        self.hits = HitList()
        self.hits.chosen.connect(self.choose)
        self.card = OrderCard()
        self.card.ticked.connect(self.tick)
        self.done = DoneCard()
        self._stack = QStackedWidget()
        self._calm = calm
        for part in (calm, self.hits, self.card, self.done):
            self._stack.addWidget(part)
        for upper in (self.field, self.doubtful, self.notice):
            self.body.addWidget(upper)
        self.body.addWidget(self._stack, 1)
        self._sections = Sections(3)
        self.next_section, self.history_section, self.recent_section = self._sections.parts
        self.panel.body.addWidget(self._sections)
        self.primary = ActionButton(key="F8", kind="primary", act=self._primary_pressed)
        self.all_button = ActionButton(key="Alt+A", act=self.tick_all)
        self.clear_button = ActionButton(key="Esc", act=self.next_visitor)
        self.panel.set_actions(self.primary, [self.all_button, self.clear_button])

    # --- what the page shows

    @property
    def order(self) -> OpenOrder | None:
        """The order on the screen."""
        return self._found

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._awaited > 0

    def retranslate(self) -> None:
        self.field.setPlaceholderText(self.tr("Scan · pickup code · document · phone · name"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.next_section.set_heading(self.tr("What comes next"))
        self.history_section.set_heading(self.tr("This order so far"))
        self.recent_section.set_heading(self.tr("Picked up last"))
        self.clear_button.setText(self.tr("Clear"))
        self._show()
        self._load_recent()

    def shown(self) -> None:
        self.field.take_focus()
        self._load_recent()
        self.doubtful.reload()
        if self._found is not None:
            self._reload()

    def left(self) -> None:
        """Customer data does not wait on a page nobody looks at."""
        self.next_visitor()

    def _show(self) -> None:
        """Say everything again from what is known."""
        window = self._context.office.settings.window
        corner = self.tr("Window {number}").format(number=window)
        self.panel.set_title(self.tr("Hand-over"), corner)
        if self._found is not None:
            self._show_order(self._found, window)
        elif self._done is not None:
            self._show_done(*self._done)
        elif self._stack.currentWidget() is not self.hits:
            self._show_calm()
        else:
            self._rest()

    def _show_order(self, found: OpenOrder, window: int) -> None:
        self.card.show_order(found)
        self._stack.setCurrentWidget(self.card)
        notice = self._guide.notice(found, window)
        if notice.text:
            self.notice.say(notice.tone, notice.text)
        else:
            self.notice.clear()
        self.next_section.set_lines(self._guide.steps(found))
        self.history_section.set_lines(self._guide.history(found, window))
        count = len(found.chosen)
        if not found.waiting:
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

    def _show_done(self, found: OpenOrder, printed: Printed) -> None:
        count, whose = len(found.chosen), self._words.whose(found.view)
        trouble = ""
        if printed.trouble is not None:
            trouble = self._context.troubles.sentence(printed.trouble)
        self.done.say(
            self.tr("%n ticket(s) handed over", "", count),
            whose if whose == found.view.number else whose + formats.DOT + found.view.number,
            trouble,
            self.tr("Count them with the visitor. The next one may scan straight away."),
        )
        self._stack.setCurrentWidget(self.done)
        self.notice.clear()
        self.next_section.set_lines(self._guide.done_steps())
        self.history_section.set_lines(())
        self.primary.setText(self.tr("Next visitor"))
        self.primary.setEnabled(True)
        self.all_button.setText(self.tr("All"))
        self.all_button.setEnabled(False)
        self.clear_button.setEnabled(True)

    def _show_calm(self) -> None:
        if self._missing:
            self.empty.set_texts(
                self.tr("Nothing found for {text}").format(text=self._missing),
                self.tr(
                    "Check it with the visitor. Then try the phone number, a document of the "
                    "order, or the full name of the buyer or of an attendee."
                ),
            )
        else:
            self.empty.set_texts(
                self.tr("Who is picking up?"),
                self.tr(
                    "Scan the pickup code or a document, or type pickup code, order number, "
                    "phone or name and press Enter."
                ),
            )
        self._stack.setCurrentWidget(self._calm)
        self._rest()

    def _rest(self) -> None:
        self.notice.clear()
        self.next_section.set_lines(self._guide.waiting_steps())
        self.history_section.set_lines(())
        self.primary.setText(self.tr("Print and hand over"))
        self.all_button.setText(self.tr("All"))
        self.clear_button.setEnabled(self._stack.currentWidget() is self.hits or bool(self._missing))
        for button in (self.primary, self.all_button):
            button.setEnabled(False)

    # --- finding

    def scanned(self, text: str) -> bool:
        self.field.clear()
        self.error_band.clear()
        office = self._context.office
        current = self._found.view.id if self._found is not None else None
        number = self._begin()
        self._context.act(
            self,
            lambda: office.read(lambda store: lookup.look_up(store, office.seal, text, current)),
            lambda answer: self._answered(number, answer),
            lambda error: self._refused(number, error),
        )
        return True

    def choose(self, order_id: str, asked: Asked | None = None) -> None:
        """Put an order on the screen, as one of those that fit."""
        seal, shown = self._context.office.seal, asked or self._asked
        number = self._begin()
        self._context.ask(
            self,
            lambda store: lookup.open_order(store, seal, order_id, shown),
            lambda found: self._opened(number, found),
        )

    def _begin(self) -> int:
        """Number of a new question; an answer to an older one is not shown any more."""
        self._asks += 1
        self._awaited += 1
        return self._asks

    def _ended(self, number: int) -> bool:
        self._awaited -= 1
        return number == self._asks

    def _answered(self, number: int, answer: Answer) -> None:
        if not self._ended(number):
            return
        if answer.lines and self._found is not None:
            seen = self._found.verified | frozenset(answer.lines)
            self._found = replace(self._found, verified=seen)
            self._show()
        elif answer.stranger:
            self._say_stranger(answer)
        else:
            self._forget()
            self._asked = answer.asked
            if len(answer.hits) == 1:
                self.choose(answer.hits[0].id)
            elif answer.hits:
                self.hits.show_hits(answer.asked.shown, answer.hits)
                self._stack.setCurrentWidget(self.hits)
                self.hits.rows.setFocus()
                self._show()
            else:
                self._missing = answer.asked.shown
                self._show_nothing()

    def _show_nothing(self) -> None:
        self._stack.setCurrentWidget(self._calm)
        self._show()
        self.field.take_focus()

    def _say_stranger(self, answer: Answer) -> None:
        """A document of somebody else: the order stays, with the way to the right one."""
        if not answer.elsewhere:
            said = self.tr("Document {document} belongs to no order. Check the document.")
            self.error_band.say("attention", said.format(document=answer.asked.shown))
            return
        hit: OrderHit = answer.elsewhere[0]
        said = self.tr("Document {document} is not of this order but of order {number}.")
        self.error_band.say(
            "attention",
            said.format(document=answer.asked.shown, number=hit.number),
            self.tr("Open that order"),
            lambda: self.choose(hit.id, answer.asked),
        )

    def _refused(self, number: int, error: BoxOfficeError) -> None:
        if self._ended(number):
            self._context.troubles.show(self, error)
            self.field.take_focus()

    def _opened(self, number: int, found: OpenOrder) -> None:
        if self._ended(number):
            self._done, self._missing, self._found = None, "", found
            self._show()
            self.field.take_focus()

    # --- ticking and handing over

    def tick(self, line_id: str, on: bool) -> None:
        """Choose a ticket to hand over, or not."""
        if self._found is not None:
            one = frozenset({line_id})
            ticked = self._found.ticked | one if on else self._found.ticked - one
            self._found = replace(self._found, ticked=ticked)
            self._show()

    def tick_all(self) -> None:
        """Choose every ticket that is left; none where all were chosen already."""
        if self._found is not None:
            every = frozenset(line.id for line in self._found.waiting)
            chosen = frozenset(line.id for line in self._found.chosen)
            self._found = replace(
                self._found, ticked=frozenset() if chosen == every else every
            )
            self._show()

    def _primary_pressed(self) -> None:
        if self._done is not None:
            self.next_visitor()
        else:
            self.hand_over()

    def hand_over(self) -> None:
        """Print the ticked tickets and hand them over; each once, ever."""
        found, context = self._found, self._context
        if found is None or not found.chosen:
            return
        office, desk = context.office, context.desk
        wanted = [line.ticket_id for line in found.chosen if line.ticket_id is not None]

        def work() -> Printed:
            pickup = pickups.hand_over(
                office=office,
                desk=desk,
                order_id=found.view.id,
                ticket_ids=wanted,
                checked=found.checked,
            )
            return tickets.print_jobs(office=office, desk=desk, job_ids=pickup.print_jobs)

        number = self._begin()
        self.error_band.clear()
        context.act(
            self,
            work,
            lambda printed: self._handed_over(number, found, printed),
            lambda error: self._not_handed_over(number, error),
            busy=self.primary,
        )

    def _handed_over(self, number: int, found: OpenOrder, printed: Printed) -> None:
        if self._ended(number):
            self._forget()
            self._done = (found, printed)
            self._show()
            self.field.take_focus()
        self._load_recent()
        self.doubtful.reload()

    def _not_handed_over(self, number: int, error: BoxOfficeError) -> None:
        if self._ended(number):
            # Where it went out already the order itself says when and where, once it is asked again.
            if not isinstance(error, HandedOver):
                self._context.troubles.show(self, error)
            self._reload()

    def next_visitor(self) -> None:
        """Put everything away, ready for the next one."""
        self._asks += 1
        self._forget()
        self._stack.setCurrentWidget(self._calm)
        self.error_band.clear()
        self.field.clear()
        self._show()
        if self.field.isVisible():
            self.field.take_focus()

    def _forget(self) -> None:
        self._found = None
        self._done = None
        self._missing = ""

    _asked = Asked("", "")

    # --- keeping up

    def _changed(self, topics: frozenset[str]) -> None:
        if self._found is not None and touches(topics, f"order:{self._found.view.id}"):
            self._reload()
        if touches(topics, "orders") and self.centre.isVisible():
            self._load_recent()

    def _reload(self) -> None:
        found, seal = self._found, self._context.office.seal
        if found is not None:
            self._context.ask(
                self, lambda store: lookup.again(store, seal, found), self._reloaded
            )

    def _reloaded(self, fresh: OpenOrder) -> None:
        if self._found is not None and self._found.view.id == fresh.view.id:
            kept = self._found
            self._found = replace(fresh, ticked=kept.ticked, verified=kept.verified)
            self._show()

    def _load_recent(self) -> None:
        window = self._context.office.settings.window
        self._context.ask(
            self,
            lambda store: orders.recent_hand_overs(store, window, _RECENT),
            self._show_recent,
        )

    def _show_recent(self, rows: Sequence[orders.HandedOver]) -> None:
        self.recent_section.set_lines(self._guide.recent(list(rows)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The down arrow leads from the field into the rows below it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            rows = {self.hits: self.hits.rows, self.card: self.card.rows}.get(
                self._stack.currentWidget()
            )
            if rows is not None and event.key() == Qt.Key.Key_Down:
                rows.setFocus()
                if not rows.current and rows.rows:
                    rows.select(rows.rows[0].key)
                return True
        return super().eventFilter(watched, event)
