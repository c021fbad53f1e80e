"""What the acts on a reservation share: its tickets that wait, ticked or not, and how it ends."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from boxoffice.desk import Desk, Right
from boxoffice.domain.statuses import OrderStatus
from boxoffice.errors import BoxOfficeError
from boxoffice.queries import orders
from boxoffice.queries.orders import LineView, OrderView
from ui import formats
from ui.asking import Asking
from ui.context import Context
from ui.orders.act import OrderAct
from ui.orders.act_body import ActBody
from ui.sell.words import Words
from ui.widgets.action_button import ActionButton
from ui.widgets.row_model import Row


class ReservationAct(OrderAct):
    """Base. Tickets are all ticked at first; the order is read again after whatever changed it.

    For those who drive it: `tick(line id, on)`, `tick_all()`, `primary`; `busy` tells whether an
    answer is awaited, `finished` what was said at the end.
    """

    shift_needed = False

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._words = Words(self)
        self._view: OrderView | None = None
        self._off: set[str] = set()
        self.finished = ""
        self.body: ActBody = ActBody(context)
        self.body.ask_papers("")
        self.body.ticked.connect(self.tick)
        self._asking = Asking(context, self.body, self)
        self.primary = ActionButton(key="F8", kind="primary", act=self._pressed)
        self.all_button = ActionButton(key="Alt+A", act=self.tick_all)
        self.quiet = (self.all_button,)

    # --- what the page asks

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._asking.busy

    @classmethod
    def fits(cls, order: OrderView, desk: Desk) -> bool:
        allowed = desk.operator.may(Right.SELL)
        # Places of an exchange wait, too: that act ends it.
        waits = bool(order.to_pay) and order.status != OrderStatus.EXCHANGING
        return allowed and waits and (desk.shift_id is not None or not cls.shift_needed)

    def begin(self, order: OrderView) -> None:
        self._view, self._off, self.finished = order, set(), ""
        self.body.show_asking()
        self.show()

    def retranslate(self) -> None:
        self.show()

    # --- tickets

    @property
    def lines(self) -> tuple[LineView, ...]:
        """Tickets that wait to be paid."""
        return self._view.to_pay if self._view is not None else ()

    @property
    def chosen(self) -> tuple[LineView, ...]:
        """Those that are ticked."""
        return tuple(line for line in self.lines if line.id not in self._off)

    def tick(self, line_id: str, on: bool) -> None:
        """Choose a ticket, or not."""
        if not self.finished:
            self._off = self._off - {line_id} if on else self._off | {line_id}
            self.show()

    def tick_all(self) -> None:
        """Choose every ticket; none where all were chosen already."""
        if not self.finished:
            self._off = set() if self._off else {line.id for line in self.lines}
            self.show()

    # --- for the acts themselves

    def act(self, work: Callable[[], object], done: Callable[[], object]) -> None:
        """Call a service; a refusal is said in the side, and the order read again."""
        self._asking.ask(work, lambda _answer: done(), self.refused, busy=self.primary)

    def reload(self) -> None:
        """Read the order again."""
        view, office = self._view, self._context.office
        if view is not None:
            self._asking.ask(
                lambda: office.read(lambda store: orders.order(store, office.seal, view.id)),
                self._read,
                self.refused,
            )

    def _read(self, view: OrderView) -> None:
        self._view = view
        self.show()

    def refused(self, error: BoxOfficeError) -> None:
        """Say why not."""
        self.show()
        if not self.said_by_page(error):
            self.body.say(self._context.troubles.sentence(error))

    def finish(self, text: str, note: str = "", trouble: str = "") -> None:
        """It is done: say so; the primary action ends the act."""
        self.finished = text
        self.body.done.say(text, note=note, trouble=trouble)
        self.body.show_done()
        self.show()

    def _pressed(self) -> None:
        if self.finished:
            self.done.emit(self.finished)
        elif not self.busy:
            self.do()

    def do(self) -> None:
        """What the primary action does."""
        raise NotImplementedError

    def show(self) -> None:
        """Say everything again from what is known."""
        self.body.set_rows([self._row(line) for line in self.lines])
        self.all_button.setText(self.tr("All tickets"))
        self.all_button.setEnabled(len(self.lines) > 1 and not self.finished)
        self.body.say("")
        if self.finished:
            self.primary.setText(self.tr("Done"))
            self.primary.setEnabled(True)
        else:
            self.name()

    def name(self) -> None:
        """Say on the primary action what it would do, and in the notice what is missing."""
        raise NotImplementedError

    def _row(self, line: LineView) -> Row:
        """The seat, or only the level where it may still be swapped."""
        opened = self._view is not None and self._view.seats_open and line.seat_id is None
        known = self._words.place(line)
        place = self._words.whole_level(line.category) if opened and line.category else known
        when = formats.short_stamp(line.starts_at)
        kind, note = self._words.ticket_type(line.ticket_type), self.note(line)
        return Row(
            key=line.id,
            fact=place,
            detail=f"{when}{formats.DOT}{kind}",
            value=formats.short_money(line.price_fen),
            note=note,
            value_tone="attention" if note and line.document_wanted else "",
            ticked=line.id not in self._off,
        )

    def note(self, line: LineView) -> str:
        """What is to be known about a ticket, at its right edge."""
        return ""
