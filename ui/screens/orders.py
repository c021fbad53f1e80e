"""The Orders page: find any order as one types, see all of it, and do with it what may be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from boxoffice import clock
from boxoffice.desk import Right
from boxoffice.domain.statuses import OrderStatus
from boxoffice.errors import BoxOfficeError
from boxoffice.queries import order_file, search
from boxoffice.queries.order_file import OrderFile
from boxoffice.queries.search import Found
from ui.change_relay import touches
from ui.context import Context
from ui.orders.act import OrderAct
from ui.orders.view import OrdersView
from ui.pickup import lookup
from ui.pickup.sections import Said
from ui.widgets.page import Page

T = TypeVar("T")


class OrdersPage(Page):
    """Search, one order with its history, and the acts on it, the likeliest first.

    `acts` are what can be done with an order, in the order of likelihood. For those who drive it:
    `scanned(text)`, `type_text(text)`, `open(order id)`, `begin(kind of act)`, `back()`; `busy`
    tells whether an answer is awaited, `file` what is on the screen.
    """

    pickup_wanted = Signal(str)
    """The tickets of this order are to be handed over: the pickup page does that."""
    guest_left = Signal(str)
    """An act another page began here has ended, with these words; "" where it was left."""

    def __init__(
        self, context: Context, acts: Sequence[type[OrderAct]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._found = Found(())
        self._file: OrderFile | None = None
        self._begun: OrderAct | None = None
        self._wanted: tuple[str, type[OrderAct]] | None = None
        """Order and act another page asked for, until the order was read."""
        self._guest = False
        """Whether the act that has the side was asked for by another page."""
        self._text = ""
        self._shown = ""
        self._open_single = False
        self._asks = 0
        self._awaited = 0
        self._stale = False
        """Something changed while an answer was awaited."""
        self._acts = acts
        self._made: dict[type[OrderAct], OrderAct] = {}
        """Acts are many widgets each: made one at a time, not all when the page is opened."""
        self.view = OrdersView(self, acts)
        self.view.field.textEdited.connect(self._typed)
        self.view.field.submitted.connect(self.scanned)
        self.view.filters.changed.connect(lambda: self._search(self._text))
        self.view.chosen.connect(self.open)
        self.view.begun.connect(self.begin)
        self.view.rows.current_changed.connect(self._marked)
        self.view.primary_pressed.connect(self._primary_pressed)
        self.view.back_pressed.connect(self.back)
        context.relay.changed.connect(self._changed)

    # --- what the page shows

    @property
    def file(self) -> OrderFile | None:
        """The order on the screen."""
        return self._file

    @property
    def found(self) -> Found:
        """What the search brought."""
        return self._found

    @property
    def begun(self) -> OrderAct | None:
        """The act that has the side."""
        return self._begun

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._awaited > 0

    def retranslate(self) -> None:
        self.view.retranslate()
        for act in self._made.values():
            act.retranslate()
        self._show()

    def shown(self) -> None:
        self.view.field.take_focus()
        self._context.ask(self, search.sessions, self.view.filters.set_sessions)
        self._again()

    def left(self) -> None:
        self._wanted, self._guest = None, False
        if self._begun is not None:
            self._begun.quit.emit()

    def _show(self) -> None:
        if self._begun is not None:
            self.view.show_act(self._begun)
        elif self._file is not None:
            self._show_order(self._file)
        else:
            self.view.show_list(self._found, shown=self._shown, recent=self._idle)

    @property
    def _idle(self) -> bool:
        return not self._text and not self.view.filters.filters

    # --- finding

    def type_text(self, text: str) -> None:
        """What stands in the field, as if typed."""
        self.view.field.setText(text)
        self._typed(text)

    def scanned(self, text: str) -> bool:
        if self._begun is not None:
            return self._begun.scanned(text)
        if self._file is None and text == self._text and not self.busy:
            # Enter, after the results of what was typed came in.
            self._open_marked()
        else:
            if text != self.view.field.text().strip():
                self.view.field.clear()  # scanned elsewhere: it says by itself what is meant
                self.view.filters.clear()
            self._search(text)
            self._open_single = True
        return True

    def _typed(self, text: str) -> None:
        self._open_single = False
        self._search(text)

    def _search(self, text: str) -> None:
        """Ask for what is typed and chosen; what was worked on last where that is nothing."""
        self._close_order()
        self._text = text.strip()
        self._shown = self._as_shown(self._text)
        wanted, filters, office = self._text, self.view.filters.filters, self._context.office
        if self._idle:
            window = office.settings.window
            self._ask(lambda store: search.recent(store, office.seal, window), self._list_came)
            return
        today = lookup.today()
        self._ask(
            lambda store: search.search(store, office.seal, wanted, filters, today),
            self._list_came,
        )

    def _as_shown(self, text: str) -> str:
        """What may be said of it: documents and phones masked."""
        if not text:
            return ""
        try:
            return lookup.read_scan(text).shown
        except BoxOfficeError:
            return self.tr("these passport lines")

    def _list_came(self, found: Found) -> None:
        self._found = found
        single, self._open_single = self._open_single and len(found.rows) == 1, False
        self._show()
        if single:
            self.open(found.rows[0].id)

    def _open_marked(self) -> None:
        if self.view.rows.current:
            self.open(self.view.rows.current)

    def _marked(self, order_id: str) -> None:
        if self._file is None:
            marked = (row for row in self._found.rows if row.id == order_id)
            self.view.mark(next(marked, None))

    # --- one order

    def open(self, order_id: str) -> None:
        """Put an order on the screen, whole."""
        seal = self._context.office.seal
        self._ask(lambda store: order_file.order_file(store, seal, order_id), self._opened)

    def _opened(self, file: OrderFile) -> None:
        if self._shown != self._text:
            self.view.field.clear()  # a phone or document does not stay readable
        self._file = file
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted[0] == file.view.id and wanted[1] in self.fitting:
            self._guest = True
            self.begin(wanted[1])
            return
        self._show()

    def _show_order(self, file: OrderFile) -> None:
        fitting = self.fitting
        if self._to_hand_over(file):
            count = len(file.view.to_hand_over)
            primary = self.tr("Hand over %n ticket(s)", "", count)
            steps = [Said(self.tr("The tickets wait to be picked up."), "good")]
        elif fitting:
            primary, fitting = fitting[0].title(), fitting[1:]
            steps = [Said(self.tr("Choose what is to be done, or go back with Esc."))]
        else:
            primary = ""
            steps = [Said(self.tr("Nothing is left to do with this order."))]
        if file.view.status == OrderStatus.RESERVED:
            late = file.view.deadline is not None and file.view.deadline <= clock.now()
            said = (
                self.tr("Its time is over: the seats go back on sale.")
                if late
                else self.tr("Reserved, not paid: take the money before the time is over.")
            )
            steps = [Said(said, "danger" if late else "attention")]
        self.view.show_order(file, primary, fitting, steps)

    @property
    def fitting(self) -> list[type[OrderAct]]:
        """What can be done with the order on the screen by who works here."""
        if self._file is None:
            return []
        view, desk = self._file.view, self._context.desk
        return [act for act in self._acts if act.fits(view, desk)]

    def _to_hand_over(self, file: OrderFile) -> bool:
        may = self._context.desk.operator.may(Right.PICK_UP)
        return may and bool(file.view.to_hand_over)

    def _primary_pressed(self) -> None:
        if self._file is None:
            self._open_marked()
        elif self._to_hand_over(self._file):
            self.pickup_wanted.emit(self._file.view.id)
        elif self.fitting:
            self.begin(self.fitting[0])

    # --- acts

    def act(self, kind: type[OrderAct]) -> OrderAct:
        """The act of that kind, made when it is first asked for."""
        if kind not in self._made:
            act = self._made[kind] = kind(self._context)
            act.setParent(self)
            act.done.connect(self._act_done)
            act.quit.connect(self._act_quit)
            act.retranslate()
        return self._made[kind]

    @property
    def made(self) -> tuple[OrderAct, ...]:
        """The acts that were begun since the page was made."""
        return tuple(self._made.values())

    def begin(self, kind: type[OrderAct]) -> None:
        """Give an act the side."""
        if self._file is None:
            return
        act = self.act(kind)
        self.view.notice.clear()
        self.error_band.clear()
        self._begun = act
        self._show()
        act.begin(self._file.view)

    def begin_as_guest(self, order_id: str, kind: type[OrderAct]) -> None:
        """Another page wants an act done with an order; `guest_left` tells it when that ended."""
        self._wanted = order_id, kind
        self.open(order_id)

    def _act_done(self, text: str) -> None:
        self._begun = None
        if text:
            self.view.notice.say("info", text)
        self._end(text)

    def _act_quit(self) -> None:
        if self._begun is not None:
            self._begun = None
            self._end("")

    def _end(self, text: str) -> None:
        """The act has ended: its order is shown again, or whoever wanted it goes on."""
        guest, self._guest = self._guest, False
        self._show()
        self._again()
        if guest:
            self.guest_left.emit(text)

    def back(self) -> None:
        """One step back: from the act to the order, from the order to the list, then all clear."""
        self.error_band.clear()
        if self._begun is not None:
            if not self._begun.escape():
                self._begun.quit.emit()
            return
        self.view.notice.clear()
        if self._file is not None:
            self._file = None
            self._again()
        else:
            self.view.field.clear()
            self.view.filters.clear()
            self._search("")
        self._show()
        self.view.field.take_focus()

    def _close_order(self) -> None:
        if self._begun is not None:
            self._begun.quit.emit()
        self._file = None

    # --- asking and keeping up

    def _ask(self, query: Callable[[Any], T], done: Callable[[T], object]) -> None:
        """Ask the records; an answer is shown unless something newer was asked meanwhile."""
        office = self._context.office
        self._awaited += 1
        self._asks += 1
        number = self._asks

        def came(answer: T) -> None:
            self._awaited -= 1
            if number == self._asks:
                done(answer)
            if self._stale and not self.busy:
                self._again()

        self._context.act(self, lambda: office.read(query), came, self._refused)

    def _refused(self, error: BoxOfficeError) -> None:
        self._awaited -= 1
        self._wanted = None
        self._context.troubles.show(self, error)

    def _changed(self, topics: frozenset[str]) -> None:
        if not self.centre.isVisible() or self._begun is not None:
            return
        wanted = ["orders", "order:"]
        if self._file is not None:
            wanted = [f"order:{self._file.view.id}", "prints"]
        if self.busy:
            # What somebody asked for is not overtaken by what changed meanwhile.
            self._stale = self._stale or touches(topics, "orders", "order:", "prints")
        elif touches(topics, *wanted):
            self._again()

    def _again(self) -> None:
        """Ask again for what is on the screen."""
        self._stale = False
        if self._file is not None:
            self.open(self._file.view.id)
        else:
            self._search(self._text)
