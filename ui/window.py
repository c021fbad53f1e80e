"""The window put together: frame, gate, pages by the operator's rights, and the strip below."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import NamedTuple, cast

from PySide6.QtCore import QObject

from boxoffice.bootstrap import Recovered
from boxoffice.desk import Desk, Right
from boxoffice.errors import BoxOfficeError, Broken, CentralUnreachable, Fenced
from boxoffice.queries.payments import OpenMoney
from boxoffice.queries.reports import ShiftReport
from boxoffice.services.follower import Follower
from boxoffice.services.keeper import Keeper
from boxoffice.services.office import Office
from boxoffice.services.sales import asking
from boxoffice.services.sharing import line
from boxoffice.services.sharing.line import LineState
from boxoffice.services.staff import shifts
from boxoffice.services.staff.shifts import ShiftFigures
from boxoffice.settings import HomeKind
from ui import formats, money_mark
from ui.change_relay import touches
from ui.context import Context
from ui.gate.idle_watch import IdleWatch
from ui.main_window import MainWindow
from ui.money_mark import MoneyMark
from ui.orders.act import OrderAct
from ui.pages import CASES, CENTRAL, ORDERS, PICKUP, SELL, SHIFT, Pages
from ui.screens.cases import CasesPage
from ui.screens.central import CentralPage
from ui.screens.orders import OrdersPage
from ui.screens.pickup import PickupPage
from ui.screens.sell import SellPage
from ui.screens.sign_in import SignInGate
from ui.shift.closed_gate import ClosedGate
from ui.translation import Translation
from ui.widgets.offline_band import OffLine
from ui.widgets.status_strip import StatusItem

MINUTE_MS = 60_000
LEAVE_WITHIN_S = 1.5
"""How long a window that was closed waits for what it began: nobody watches a dead screen."""


class _State(NamedTuple):
    line: LineState
    figures: ShiftFigures | None
    money: OpenMoney


class Window(QObject):
    """Everything of one window on the screen; `frame` is what is shown.

    It is the host of the frame: it says who works where, and does what the frame's own keys ask.
    """

    def __init__(self, context: Context, translation: Translation) -> None:
        super().__init__()
        self.context = context
        self._translation = translation
        self._state: _State | None = None
        self.gate: SignInGate | None = None
        self.closed_gate: ClosedGate | None = None
        self._locked: Desk | None = None
        self._was_away = False
        self._told_stopped = False
        self._closing = False
        self._keeper = Keeper(context.office)
        self._follower = Follower(context.office)
        self.frame = MainWindow(self)
        self._pages = Pages(self)
        self._money = MoneyMark(self.frame.top_bar, self)
        self.frame.top_bar.mark_pressed.connect(self.open_payments)
        self.frame.unclaimed.connect(self._unclaimed)
        self.frame.error_band.cleared.connect(self._stay)
        context.relay.changed.connect(self._changed)
        self._idle = IdleWatch(context.office.settings.lock_minutes * MINUTE_MS, self)
        self._idle.idle.connect(self.lock)

    def start(self, recover: Callable[[Office], Recovered]) -> None:
        """Show the gate, and settle behind it what a crash left open."""
        self.lock()
        office = self.context.office
        self.context.act(self.frame, lambda: recover(office), self._recovered, self._not_recovered)

    def may_close(self) -> bool:
        """The first try asks where a customer is being charged, the second one means it."""
        office = self.context.office
        if self._closing or not asking.under_way(office):
            return True
        self._closing = True
        self.frame.error_band.say(
            "attention",
            self.tr("A payment is under way. It will be asked about at the next start."),
            self.tr("End the program"),
            self._close_all_the_same,
        )
        return False

    def _close_all_the_same(self) -> None:
        self._closing = True
        self.frame.close()

    def _stay(self) -> None:
        """The band was put away: the next try asks again."""
        self._closing = False

    def leave(self) -> bool:
        """The window was closed: end what goes on behind it, within LEAVE_WITHIN_S.

        What somebody outside has not answered by then is found at the next start, and asked about.
        False where only the end of the process ends it.
        """
        office, until = self.context.office, monotonic() + LEAVE_WITHIN_S
        asking.leave(office)
        assert office.acts is not None

        def left() -> float:
            return max(until - monotonic(), 0.0)

        ended = [self._follower.close(left()), self._keeper.close(left())]
        return all([*ended, office.acts.end_within(left())])

    def close(self) -> None:
        """Stop asking and take the window off the screen."""
        self._closing = True
        self.context.relay.changed.disconnect(self._changed)
        self._idle.stop()
        self._keeper.close()
        self._follower.close()
        self.frame.set_pages([])
        self.frame.close()
        self.frame.deleteLater()

    def sign_on(self, desk: Desk) -> None:
        """Somebody who was checked elsewhere works here (the demo)."""
        self.context.use_desk(desk)
        self._enter()

    # --- what the frame asks

    def place(self) -> str:
        """Venue and window."""
        settings = self.context.office.settings
        venue = settings.venue_zh if formats.language() == "zh_CN" else settings.venue_en
        window = self.tr("Window {number}").format(number=settings.window)
        return venue + formats.DOT + window

    def operator(self) -> str:
        """Number and name of who is signed on."""
        if not self.context.signed_on:
            return ""
        operator = self.context.desk.operator
        return f"{operator.number} {operator.name}"

    def training(self) -> str:
        """What a home that takes no real money says of itself."""
        kind = self.context.office.settings.kind
        if kind is HomeKind.TRAINING:
            return self.tr("Training: nothing here is charged or admitted, and the clock is set.")
        if kind is HomeKind.DEMO:
            return self.tr("Demo tournament: try everything, nothing here is charged or admitted.")
        return ""

    def lock(self) -> None:
        """Hide everything behind the gate; whoever was here only types the PIN, and goes on."""
        self._idle.stop()
        self._locked = self.context.desk if self.context.signed_on else None
        if self._locked is None:
            self.frame.set_pages([])
        number = "" if self._locked is None else self._locked.operator.number
        self.gate, self.closed_gate = SignInGate(self.context, number), None
        self.gate.entered.connect(self._enter)
        self.frame.show_gate(self.gate)

    def help(self) -> None:
        """Say in one line which keys matter."""
        self.frame.notify(
            self.tr("F2 scan or type, F3 sell, F4 pickup, F8 the green button, F12 lock"), "info"
        )

    def switch_language(self) -> None:
        """The other language."""
        self._translation.use(self._translation.other())
        self.context.troubles.retranslate()
        self._show_state()

    # --- pages

    def open_payments(self) -> None:
        """Show the payments that are not settled, on the page that takes money."""
        if self.context.signed_on and self.context.desk.operator.may(Right.SELL):
            self.frame.show_page(SELL)
            cast(SellPage, self.frame.page(SELL)).open_payments()

    def shift_closed(self, report: ShiftReport, trouble: Broken | None) -> None:
        """The figures of the close hide the pages: nobody works here until they sign on."""
        self._idle.stop()
        self.context.use_desk(None)
        self.frame.set_pages([])
        self.closed_gate = ClosedGate(self.context, report, trouble)
        self.closed_gate.entered.connect(lambda: self._took_over(report))
        self.closed_gate.left.connect(self.lock)
        self.frame.show_gate(self.closed_gate)

    def _took_over(self, report: ShiftReport) -> None:
        """Whoever came signed for what was counted: their shift has begun."""
        assert report.close is not None
        self._enter()
        said = self.tr("You took over the drawer with {amount}: it is your float.")
        self.frame.notify(said.format(amount=formats.money(report.close.counted_fen)))

    def _enter(self) -> None:
        went_on = self._locked is not None and self._locked == self.context.desk
        self.gate = self.closed_gate = self._locked = None
        self._idle.start()
        if went_on and self.frame.front is not None:
            self.frame.open_gate()
            self.frame.show_page(self.frame.front)
            self._ask_state()
            return
        entries = self._pages.entries()
        self.frame.set_pages(entries)
        self.frame.open_gate()
        cast(CasesPage, self.frame.page(CASES)).reload()
        if self.context.desk.operator.may(Right.SETTLE_CASES):
            cast(CentralPage, self.frame.page(CENTRAL)).reload()
        if self.context.desk.operator.may(Right.PICK_UP):
            cast(PickupPage, self.frame.page(PICKUP)).doubtful.reload()
        # A supervisor who took over finds the shift that was left open.
        desk = self.context.desk
        drawerless = desk.shift_id is None and desk.operator.may(Right.SHIFT)
        self.frame.show_page(SHIFT if drawerless else entries[0].key)
        self._ask_state()

    def pick_up(self, order_id: str) -> None:
        """An order that was found is to be handed over."""
        self.frame.show_page(PICKUP)
        cast(PickupPage, self.frame.page(PICKUP)).choose(order_id)

    def open_order(self, number: str) -> None:
        """An order that was named elsewhere is looked at, by whoever may see orders."""
        may = self.context.desk.operator.may
        if may(Right.SELL) or may(Right.PICK_UP):
            self.frame.show_page(ORDERS)
            self.frame.page(ORDERS).scanned(number)

    def serve(self, order_id: str, kind: type[OrderAct]) -> None:
        """What the customer of a sale that has just ended wants is done where orders are."""
        self.frame.show_page(ORDERS)
        cast(OrdersPage, self.frame.page(ORDERS)).begin_as_guest(order_id, kind)

    def served(self, text: str) -> None:
        """It was done, or left: the sale is in front again, as it was."""
        self.frame.show_page(SELL)
        if text:
            self.frame.notify(text)

    def _unclaimed(self, text: str) -> None:
        """What the page in front has no use for may be an order: the pickup page looks."""
        if self.context.signed_on and self.context.desk.operator.may(Right.PICK_UP):
            self.frame.show_page(PICKUP)
            self.frame.page(PICKUP).scanned(text)

    # --- how things are

    def _not_recovered(self, error: BoxOfficeError) -> None:
        self._keeper.start()
        self._follower.start()
        self.context.troubles.show(self.frame, error)

    def _recovered(self, found: Recovered) -> None:
        self._keeper.start()
        self._follower.start()
        if found.payments:
            self.frame.notify(
                self.tr("%n basket(s) were being paid when the window closed; nothing was taken.",
                        "", found.payments),
                "attention",
            )  # fmt: skip

    def _changed(self, topics: frozenset[str]) -> None:
        if touches(topics, "central", "shift", "orders", "prints", "payments"):
            self._ask_state()

    def _ask_state(self) -> None:
        context = self.context
        office = context.office
        desk = context.desk if context.signed_on else None

        def look() -> _State:
            figures = shifts.figures(office=office, desk=desk) if desk else None
            return _State(line.look(office), figures, money_mark.look(office))

        context.act(self.frame, look, self._state_came)

    def _state_came(self, state: _State) -> None:
        self._state = state
        self._show_state()

    def _show_state(self) -> None:
        if self._state is None:
            return
        state, figures, money = self._state
        self._show_line(state)
        queue = self.context.office.settings.ticket_printer
        printer = (
            self.tr("Ticket printer {name}").format(name=queue)
            if queue
            else self.tr("Tickets go to PDF files")
        )
        items = [*self._central_words(state), *self._money.show(money), StatusItem(printer)]
        if figures is not None:
            done = self.tr("This shift: {sales} sold, {pickups} picked up").format(
                sales=figures.sales, pickups=figures.hand_overs
            )
            items.append(StatusItem(done, "plain"))
        self.frame.set_status(items)

    def _show_line(self, state: LineState) -> None:
        """The band while central is away, and until it heard what happened meanwhile."""
        band = self.frame.offline_band
        stopped = self.context.office.underway.stopped
        if stopped is not None:
            band.sending(0)  # nothing goes on here
            if not self._told_stopped:
                self._told_stopped = True
                self.context.troubles.show(self.frame, stopped)
            return
        if state.lost_since is not None:
            self._was_away = True
            band.off_line(
                OffLine(
                    since=formats.since(state.lost_since),
                    sales=state.sales,
                    amount=formats.money(state.sold_fen),
                    unsent=state.unsent,
                    seats=state.in_hand.seats,
                    places=state.in_hand.places,
                    orders=state.in_hand.orders,
                    why=self._why_away(),
                )
            )
            return
        self._was_away = self._was_away and bool(state.unsent)
        band.sending(state.unsent if self._was_away else 0)

    def _why_away(self) -> str:
        """What central itself said, where it is more than a line that is down."""
        lost = self.context.office.link.lost
        error = lost.error if lost is not None else None
        plain = error is None or type(error) is CentralUnreachable
        return "" if plain or error is None else self.context.troubles.sentence(error)

    def _central_words(self, state: LineState) -> list[StatusItem]:
        items = []
        stopped = self.context.office.underway.stopped
        if stopped is not None:
            said = (
                self.tr("This window was retired at central")
                if isinstance(stopped, Fenced)
                else self.tr("The records of this window are locked")
            )
            items.append(StatusItem(said, "danger", self.tr("call a supervisor")))
        elif state.lost_since is not None:
            items.append(StatusItem(self.tr("Central is out of reach"), "plain"))
        elif state.fetched is not None:
            said = self.tr("Receiving orders: {here} of {total}")
            here, total = (formats.count(number) for number in state.fetched)
            items.append(StatusItem(said.format(here=here, total=total), "plain"))
        elif state.unsent:
            items.append(StatusItem(self.tr("Reporting to central"), "plain"))
        else:
            items.append(StatusItem(self.tr("Central records in step")))
        if state.reviews:
            items.append(
                StatusItem(
                    self.tr("%n order(s) wait for review", "", state.reviews),
                    "attention",
                    self.tr("not taken by central; a supervisor settles that on page F5"),
                )
            )
        return items
