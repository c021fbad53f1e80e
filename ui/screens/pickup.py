"""The pickup page: one field finds the order, one key prints its tickets and hands them over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from boxoffice import clock
from boxoffice.errors import BoxOfficeError, HandedOver
from boxoffice.queries import orders
from boxoffice.queries.finding import OrderHit
from boxoffice.services.printing import tickets
from boxoffice.services.printing.tickets import Printed
from boxoffice.services.sales import pickups
from ui.asking import Asking
from ui.change_relay import touches
from ui.context import Context
from ui.pickup import lookup
from ui.pickup.doubtful import DoubtfulPages
from ui.pickup.lookup import Answer, Asked, OpenOrder
from ui.pickup.view import PickupView
from ui.widgets.page import Page

T = TypeVar("T")

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
        self._found: OpenOrder | None = None
        self._done: tuple[OpenOrder, Printed] | None = None
        self._asked = Asked("", "")
        self._hits: Sequence[OrderHit] = ()
        self._asking = Asking(context, self, self)
        self.doubtful = DoubtfulPages(context)
        self.doubtful.count_changed.connect(self.badge_changed)
        self.body.addWidget(self.doubtful)
        self.view = PickupView(self)
        self.view.field.submitted.connect(self.scanned)
        self.view.hits.chosen.connect(self.choose)
        self.view.card.ticked.connect(self.tick)
        self.view.primary_pressed.connect(self._primary_pressed)
        self.view.all_pressed.connect(self.tick_all)
        self.view.clear_pressed.connect(self.next_visitor)
        context.relay.changed.connect(self._changed)

    # --- what the page shows

    @property
    def order(self) -> OpenOrder | None:
        """The order on the screen."""
        return self._found

    @property
    def done(self) -> bool:
        """Whether the order on the screen was handed over just now."""
        return self._done is not None

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._asking.busy

    def retranslate(self) -> None:
        self.view.retranslate()
        self._show()
        self._load_recent()

    def shown(self) -> None:
        self.view.field.take_focus()
        self._load_recent()
        self.doubtful.reload()
        self._reload()

    def left(self) -> None:
        if self._done is not None:
            self.next_visitor()

    def _show(self) -> None:
        """Say everything again from what is known."""
        window = self._context.office.settings.window
        self.view.show_corner(self, window)
        if self._found is not None:
            self.view.show_order(self._found, window)
        elif self._done is not None:
            found, printed = self._done
            self.view.show_done(found, printed.trouble is not None)
        elif self._hits:
            self.view.show_hits(self._asked.shown, self._hits)
        else:
            self.view.show_calm(self._asked.shown)

    # --- finding

    def scanned(self, text: str) -> bool:
        self.view.field.clear()
        self.error_band.clear()
        office = self._context.office
        current = self._found.view.id if self._found is not None else None
        self._asking.ask(
            lambda: lookup.found_or_told(office, text, current), self._answered, self._refused
        )
        return True

    def choose(self, order_id: str, asked: Asked | None = None) -> None:
        """Put an order on the screen, as one of those that fit."""
        seal, shown = self._context.office.seal, asked or self._asked
        self._ask(lambda store: lookup.open_order(store, seal, order_id, shown), self._opened)

    def _ask(self, query: Callable[[Any], T], done: Callable[[T], object]) -> None:
        """Ask the records; an answer is shown unless something newer was asked meanwhile."""
        office = self._context.office
        self._asking.ask(lambda: office.read(query), done, self._refused)

    def _answered(self, answer: Answer) -> None:
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
                return
            self._hits = answer.hits
            self._show()
            if answer.hits:
                self.view.hits.rows.setFocus()
            else:
                self.view.field.take_focus()

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

    def _refused(self, error: BoxOfficeError) -> None:
        self._context.troubles.show(self, error)
        self.view.field.take_focus()

    def _opened(self, found: OpenOrder) -> None:
        self._forget()
        self._found = found
        self._show()
        self.view.field.take_focus()

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
            self._found = replace(self._found, ticked=frozenset() if chosen == every else every)
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

        self.error_band.clear()
        self._asking.ask(
            work,
            lambda printed: self._handed_over(found, printed),
            self._not_handed_over,
            busy=self.view.primary,
        )

    def _handed_over(self, found: OpenOrder, printed: Printed) -> None:
        self._forget()
        self._done = (found, printed)
        self._show()
        self.view.field.take_focus()
        self._load_recent()
        self.doubtful.reload()

    def _not_handed_over(self, error: BoxOfficeError) -> None:
        self._context.troubles.show(self, _at_the_venue(error))
        self._reload()

    def next_visitor(self) -> None:
        """Put everything away, ready for the next one."""
        self._asking.forget()
        self._forget()
        self.error_band.clear()
        self.view.field.clear()
        self._show()
        if self.view.field.isVisible():
            self.view.field.take_focus()

    def _forget(self) -> None:
        self._found, self._done = None, None
        self._asked, self._hits = Asked("", ""), ()

    # --- keeping up

    def _changed(self, topics: frozenset[str]) -> None:
        if self._found is not None and touches(topics, f"order:{self._found.view.id}"):
            self._reload()
        if touches(topics, "orders") and self.centre.isVisible():
            self._load_recent()

    def _reload(self) -> None:
        found, seal = self._found, self._context.office.seal
        if found is not None:
            self._context.ask(self, lambda store: lookup.again(store, seal, found), self._reloaded)

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
        self.view.show_recent(rows)


def _at_the_venue(error: BoxOfficeError) -> BoxOfficeError:
    """A refused second hand-over names its time as the records keep it: people read venue time."""
    at = error.fields.get("at")
    if isinstance(error, HandedOver) and isinstance(at, str):
        return HandedOver(**{**error.fields, "at": clock.from_text(at)})
    return error
