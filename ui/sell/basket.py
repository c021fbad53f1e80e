"""The basket of this customer: acts on it one after the other, then shows how it stands."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from boxoffice import clock
from boxoffice.errors import BoxOfficeError, LimitReached
from boxoffice.queries import orders
from boxoffice.queries.deposits import Deposits, deposits
from boxoffice.queries.orders import LineView, OrderView
from boxoffice.services.sales import holds
from ui.context import Context
from ui.sell.reading import Latest

Work = Callable[[str | None], Any]
"""Calls services with the id of the basket as it is when its turn comes."""


@dataclass(frozen=True, slots=True)
class BasketAct:
    """Something to be done with the basket, and what follows."""

    work: Work
    done: Callable[[Any], object] | None
    failed: Callable[[BoxOfficeError], object] | None


class Basket(QObject):
    """At most one open basket; emits `began` with each act, `changed` when it was read again.

    Acts wait for each other, so that two quick clicks end up in one basket. Errors go to the
    act's `failed`, else they are shown on the page; a limit that refused one is told by `limited`
    too, with the act, which `again` repeats.
    """

    began = Signal()
    changed = Signal()
    limited = Signal(object, object)
    _freed = Signal()

    def __init__(self, context: Context, page: QObject) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._id: str | None = None
        self._since: datetime | None = None
        self._waiting: deque[BasketAct] = deque()
        self._running = False
        self._reading = Latest(context, self)
        self.view: OrderView | None = None
        """How it stood when it was last read; None while there is none."""
        self.here: Deposits | None = None
        """What was paid of it, where some was and some was not."""
        self._freed.connect(self._went, Qt.ConnectionType.QueuedConnection)

    # --- how it stands

    @property
    def id(self) -> str | None:
        """The order id of the basket; None where nothing was taken yet."""
        return self._id

    @property
    def lines(self) -> tuple[LineView, ...]:
        """Its lines, in the order they were taken."""
        return self.view.lines if self.view is not None else ()

    @property
    def busy(self) -> bool:
        """Whether acts are under way or the basket is being read."""
        return self.acting or self._reading.busy

    @property
    def acting(self) -> bool:
        """Whether acts are under way that may change it."""
        return self._running or bool(self._waiting)

    @property
    def due_fen(self) -> int:
        """What is to be paid for it now, less what is here of it."""
        here, view = self.here, self.view
        if here is None:
            return view.total_fen if view is not None else 0
        prices = {line.id: line.price_fen for line in view.to_pay} if view is not None else {}
        wanted = here.line_ids or tuple(prices)
        return sum(prices.get(line, 0) for line in wanted) - here.fen

    @property
    def hold_s(self) -> int:
        """How long a basket keeps its seats, in seconds."""
        return self._context.office.settings.hold_minutes * 60

    def seconds_left(self) -> int | None:
        """Until its hold time is over; None where nothing is held, or money is here for it."""
        if self.view is None or not self.view.lines or self.here is not None:
            return None
        began = self._since or self.view.created_at
        ends = began + timedelta(seconds=self.hold_s)
        return max(round((ends - clock.now()).total_seconds()), 0)

    def next_missing(self) -> LineView | None:
        """The first ticket that still lacks its document."""
        return next((line for line in self.lines if line.document_wanted), None)

    # --- which it is

    def adopt(self, order_id: str | None, *, since: datetime | None = None) -> None:
        """This is the basket now; `since` begins its hold time anew."""
        self._id, self._since = order_id, since
        if order_id is None:
            self._reading.forget()
            self.view = self.here = None
            self.changed.emit()
        else:
            self.reload()

    def find_open(self) -> None:
        """Take up what this operator was filling when the window closed."""
        operator = self._context.desk.operator.id
        self._reading.ask(lambda store: orders.open_basket(store, operator), self._found)

    def _found(self, order_id: str | None) -> None:
        untouched = self._id is None and not self._running and not self._waiting
        if untouched and order_id is not None:
            self.adopt(order_id)

    def reload(self) -> None:
        """Read it again."""
        order_id = self._id
        if order_id is not None:
            seal = self._context.office.seal
            self._reading.ask(
                lambda store: (orders.order(store, seal, order_id), deposits(store, order_id)),
                self._read,
            )

    def _read(self, answer: tuple[OrderView, Deposits | None]) -> None:
        view, here = answer
        if view.id == self._id:
            self.view, self.here = view, here
            self.changed.emit()

    # --- acts

    def do(
        self,
        work: Work,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[BoxOfficeError], object] | None = None,
    ) -> None:
        """Do something with the basket in its turn."""
        self.again(BasketAct(work, done, failed))

    def again(self, act: BasketAct) -> None:
        """Do an act (once more) in its turn."""
        self._waiting.append(act)
        self.began.emit()
        if not self._running:
            self._next()

    def take(
        self,
        work: Callable[[str | None], str],
        done: Callable[[], object] | None = None,
        failed: Callable[[BoxOfficeError], object] | None = None,
    ) -> None:
        """Do something that answers the basket it went into."""

        def went(order_id: str) -> None:
            if order_id != self._id:
                self._id, self._since, self.view, self.here = order_id, None, None, None
            if done is not None:
                done()

        self.do(work, went, failed)

    def drop(
        self,
        fits: Callable[[LineView], bool],
        done: Callable[[], object] | None = None,
        failed: Callable[[BoxOfficeError], object] | None = None,
    ) -> None:
        """Give lines back to sale; with the last line the basket ends."""
        office, desk = self._context.office, self._context.desk

        def work(basket: str | None) -> bool:
            if basket is None:
                return False
            lines = office.read(lambda store: orders.order(store, office.seal, basket)).lines
            going = [line.id for line in lines if fits(line)]
            if len(going) == len(lines):
                holds.abandon(office=office, desk=desk, basket=basket)
                return True
            holds.drop_lines(office=office, desk=desk, basket=basket, line_ids=going)
            return False

        def went(ended: bool) -> None:
            if ended:
                self.adopt(None)
            if done is not None:
                done()

        self.do(work, went, failed)

    def forget_acts(self) -> None:
        """Somebody else signs on: what was not begun is not done."""
        self._waiting.clear()
        self.adopt(None)

    def _next(self) -> None:
        if not self._waiting:
            self.reload()
            return
        act = self._waiting.popleft()
        order_id = self._id
        self._running = True
        self._context.act(
            self._page,
            lambda: act.work(order_id),
            act.done or (lambda _answer: None),
            lambda error: self._failed(act, error),
            busy=self,
        )

    def _failed(self, act: BasketAct, error: BoxOfficeError) -> None:
        if act.failed is not None:
            act.failed(error)
        else:
            self._context.troubles.show(self._page, error)
        if isinstance(error, LimitReached):
            self.limited.emit(error, act)

    def set_busy(self, busy: bool) -> None:
        """Told by the operation; the next act begins once this one was answered."""
        if not busy:
            self._freed.emit()

    def _went(self) -> None:
        self._running = False
        self._next()
