"""A day at one window told act by act, with a tally of its own beside the records.

The tally counts what each act answered; it never asks postings, journal or reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from datetime import timedelta

from boxoffice.errors import CentralUnreachable, Refused
from boxoffice.queries.reports import ShiftReport
from boxoffice.services.aftersales import reprints
from boxoffice.services.aftersales.returns import Back
from boxoffice.services.sales import holds, releases, reservations, swaps
from boxoffice.services.sales.checkout import Sale
from boxoffice.services.sharing import sync
from boxoffice.services.staff import approvals, operators
from boxoffice.services.till import cash_moves, closing
from tests.faults.acts import central_away, hand_over, name_all, pay, rows, take
from tests.homes import NOON, AtWork
from tests.services import reserving
from tests.services.closes import notes, settle_pages, sign_on
from tests.services.return_acts import refund, void

FLOAT = 50_000
WAITS = "status = 'reserved'"
SOLD = "EXISTS (SELECT 1 FROM ticket t WHERE t.order_id = orders.id AND t.live = 1)"
OWN = f"{SOLD} AND window_id = 1"
"""What an act is likely to be about, as SQL."""
CLERK, SUPERVISOR = "1001", "3001"


@dataclass
class Tally:
    """One shift as its acts told it; amounts in fen."""

    opened_with: int = FLOAT
    drawer: int = FLOAT
    sums: Counter[str] = field(default_factory=Counter)

    def sold(self, sale: Sale) -> None:
        self.drawer += sale.total_fen
        self.sums.update(sales=sale.total_fen, orders=1, change=sale.change_fen)

    def back(self, kind: str, back: Back) -> None:
        self.drawer -= back.cash_fen
        self.sums.update({kind: 1, f"{kind}_tickets": back.tickets, f"{kind}_fen": back.amount_fen})
        self.sums[f"{kind}_fee"] += back.fee_fen

    def moved(self, kind: str, fen: int, sign: int) -> None:
        self.drawer += sign * fen
        self.sums.update({kind: fen})

    def compare(self, found: ShiftReport, counted: int) -> None:
        """The Z report says what was told."""
        sums = self.sums
        assert (found.float_fen, found.expected_fen) == (self.opened_with, self.drawer)
        difference = counted - self.drawer
        assert (found.over_fen, found.short_fen) == (max(difference, 0), max(-difference, 0))
        assert (found.orders, found.sales_fen) == (sums["orders"], sums["sales"])
        assert found.change_fen == sums["change"]
        moves = (found.paid_in.fen, found.paid_out.fen, found.drops.fen)
        assert moves == (sums["in"], sums["out"], sums["drop"])
        for kind, told in (("refund", found.refunds), ("void", found.voids)):
            wanted = (sums[kind], sums[f"{kind}_tickets"], sums[f"{kind}_fee"], sums[f"{kind}_fen"])
            assert (told.count, told.tickets, told.fee_fen, told.fen) == wanted
            assert told.price_fen == told.fee_fen + told.fen
        assert (found.hand_overs, found.reprints) == (sums["hand_over"], sums["reprint"])


class Day:
    """Acts by name; what is refused is part of the day and changes nothing."""

    def __init__(self, work: AtWork) -> None:
        self.work = work
        self.tally = Tally()
        self.minutes = 0.0
        self.closed = 0

    def morning(self) -> None:
        """Something of everything to go on with: two sales and two reservations."""
        for n in (4, 5):
            self.take(n, None)
            self.sell(n, None)
            self.reserve(n + 2, None)

    def step(self, act: str, n: int, second: bool, cut: bool) -> None:
        """One act; `n` chooses seats, order or amount, `second` brings a second person."""
        line = central_away(self.work.office.home) if cut else nullcontext()
        with line, suppress(Refused, CentralUnreachable):
            getattr(self, act)(n, self.approval(act) if second else None)

    def approval(self, act: str) -> approvals.Approval:
        """The supervisor has signed for it."""
        found = operators.operator_by_number(office=self.work.office, number=SUPERVISOR)
        return approvals.Approval(found.id, found.number, found.name, act.removesuffix("_all"))

    # --- choosing

    def on_order(self, n: int, work: Callable[[str, list[str]], object], likely: str = "1") -> None:
        """One of the orders, those that fit before the others, and its lines that may change."""
        sql = f"SELECT id FROM orders WHERE version > 0 ORDER BY {likely} DESC, id DESC LIMIT 3"
        found = rows(self.work, sql)
        order = str(found[n // 3 % len(found)][0])
        sql = (
            "SELECT id FROM order_line WHERE order_id = ? AND status IN ('sold', 'reserved') "
            "ORDER BY position"
        )
        lines = [str(row[0]) for row in rows(self.work, sql, order)]
        first = n % len(lines) if lines else 0
        work(order, lines[first:] + lines[:first])

    def basket(self) -> str | None:
        sql = "SELECT id FROM orders WHERE version = 0 AND status = 'open' ORDER BY id"
        found = rows(self.work, sql)
        return str(found[0][0]) if found else None

    @property
    def _both(self) -> dict[str, object]:
        return {"office": self.work.office, "desk": self.work.desk}

    # --- baskets and sales

    def take(self, n: int, _: object) -> None:
        take(self.work, (1 + n % 4, 1 + n), (1 + n % 4, 2 + n), basket=self.basket())

    def passes(self, n: int, _: object) -> None:
        found = holds.take_places(
            **self._both,
            session_id=self.work.session("G1"),
            count=1 + n % 2,
            basket=self.basket(),
        )
        name_all(self.work, found, first=900 + 10 * n)

    def sell(self, n: int, _: object) -> None:
        found = self.basket()
        if found is None:
            found = take(self.work, (1 + n % 4, 1 + n))
        self.tally.sold(pay(self.work, found))

    def park(self, n: int, _: object) -> None:
        found = rows(self.work, "SELECT id FROM orders WHERE version = 0 AND status = 'parked'")
        if found:
            holds.recall(**self._both, basket=str(found[0][0]))
        elif self.basket():
            holds.park(**self._both, basket=self.basket())

    def abandon(self, n: int, _: object) -> None:
        if self.basket():
            holds.abandon(**self._both, basket=self.basket())

    # --- reservations

    def reserve(self, n: int, _: object) -> None:
        found = self.basket() or take(self.work, (1 + n % 4, 1 + n), (1 + n % 4, 2 + n))
        reservations.reserve(
            **self._both, basket=found, name="张伟", minutes=15 + 10 * n, seats_open=bool(n % 2)
        )

    def pay_later(self, n: int, _: object) -> None:
        self.on_order(n, lambda order, _: self.tally.sold(reserving.pay(self.work, order)), WAITS)

    def pay_some(self, n: int, _: object) -> None:
        self.on_order(
            n,
            lambda order, lines: self.tally.sold(reserving.pay(self.work, order, *lines[:1])),
            WAITS,
        )

    def extend(self, n: int, _: object) -> None:
        until = NOON + timedelta(minutes=self.minutes + 20 * n)
        self.on_order(
            n,
            lambda order, _: reservations.extend(
                **self._both, order_id=order, until=until, reason="堵车"
            ),
            WAITS,
        )

    def release(self, n: int, _: object) -> None:
        self.on_order(n, lambda order, _: reserving.let_go(self.work, order), WAITS)

    def release_some(self, n: int, _: object) -> None:
        self.on_order(n, lambda order, lines: reserving.let_go(self.work, order, *lines[:1]), WAITS)

    def swap(self, n: int, _: object) -> None:
        def change(order: str, lines: list[str]) -> None:
            with suppress(LookupError):  # one whose seats are named is not swapped
                swaps.swap_for_others(**self._both, order_id=order, line_ids=lines[:1])

        self.on_order(n, change, WAITS)

    def take_up(self, n: int, _: object) -> None:
        self.on_order(n, lambda order, _: reservations.take_up(**self._both, order_id=order), WAITS)

    def put_back(self, n: int, _: object) -> None:
        self.on_order(
            n,
            lambda order, _: reservations.put_back(office=self.work.office, order_id=order),
            WAITS,
        )

    def sweep(self, n: int, _: object) -> None:
        releases.release_expired(self.work.office)

    # --- tickets

    def pick_up(self, n: int, _: object) -> None:
        def give(order: str, lines: list[str]) -> None:
            hand_over(self.work, order, self._tickets(order)[: 1 + n % 2])
            self.tally.sums["hand_over"] += 1

        self.on_order(n, give, SOLD)

    def _tickets(self, order: str) -> list[str]:
        sql = "SELECT id FROM ticket WHERE order_id = ? AND live = 1 ORDER BY id"
        found = [str(row[0]) for row in rows(self.work, sql, order)]
        if not found:
            raise CentralUnreachable(why="nothing to do")
        return found

    def reprint(self, n: int, _: object) -> None:
        def again(order: str, lines: list[str]) -> None:
            found = self._tickets(order)[:1]
            reprints.reprint(**self._both, order_id=order, ticket_ids=found, reason="破损")
            self.tally.sums["reprint"] += 1

        self.on_order(n, again, SOLD)

    def refund(self, n: int, given: approvals.Approval | None) -> None:
        self.on_order(n, lambda order, lines: self._refund(order, lines[:1], given), SOLD)

    def refund_all(self, n: int, given: approvals.Approval | None) -> None:
        self.on_order(n, lambda order, lines: self._refund(order, lines, given), SOLD)

    def _refund(self, order: str, lines: list[str], given: approvals.Approval | None) -> None:
        if lines:
            self.tally.back("refund", refund(self.work, order, lines, approval=given))

    def void(self, n: int, given: approvals.Approval | None) -> None:
        self.on_order(
            n,
            lambda order, lines: self.tally.back(
                "void", void(self.work, order, lines[:1], approval=given)
            ),
            OWN,
        )

    def void_all(self, n: int, given: approvals.Approval | None) -> None:
        self.on_order(
            n, lambda order, _: self.tally.back("void", void(self.work, order, approval=given)), OWN
        )

    # --- cash and shifts

    def pay_in(self, n: int, _: object) -> None:
        cash_moves.pay_in(**self._both, amount_fen=70 * n, reason="x")
        self.tally.moved("in", 70 * n, 1)

    def pay_out(self, n: int, _: object) -> None:
        cash_moves.pay_out(**self._both, amount_fen=90 * n, reason="x")
        self.tally.moved("out", 90 * n, -1)

    def drop(self, n: int, given: approvals.Approval | None) -> None:
        cash_moves.drop(**self._both, amount_fen=1_000 * n, approval=given)
        self.tally.moved("drop", 1_000 * n, -1)

    def close(self, n: int, _: object) -> None:
        """Counted some over, some short, some right; the same person opens the next shift."""
        self._close(n)
        own = self.work.desk.operator.number
        self.work = sign_on(self.work, own, float_fen=FLOAT + n)
        self.tally = Tally(FLOAT + n, FLOAT + n)

    def take_over(self, n: int, _: object) -> None:
        """Counted and handed to the other person."""
        left, counted = str(self.work.desk.shift_id), self._close(n)
        other = SUPERVISOR if self.work.desk.operator.number == CLERK else CLERK
        desk = closing.take_over(office=self.work.office, shift_id=left, number=other, pin=other)
        self.work = AtWork(self.work.office, desk)
        self.tally = Tally(counted, counted)

    def close_absent(self, n: int, _: object) -> None:
        """The supervisor closes the clerk's shift, baskets and all; the clerk comes back."""
        shift_id = str(self.work.desk.shift_id)
        boss = sign_on(self.work, SUPERVISOR)
        counted = max(0, self.tally.drawer // 10 * 10 + 10 * (n - 3))
        if self.work.desk.operator.number == SUPERVISOR:
            return
        found = closing.close_absent(
            office=boss.office,
            desk=boss.desk,
            shift_id=shift_id,
            counts=notes(counted),
            reason="病了",
            pin=SUPERVISOR,
        )
        self._closed(found, counted)
        self.work = sign_on(self.work, CLERK, float_fen=FLOAT)

    def _close(self, n: int) -> int:
        settle_pages(self.work)
        counted = max(0, self.tally.drawer // 10 * 10 + 10 * (n - 3))
        self._closed(closing.close_shift(**self._both, counts=notes(counted)), counted)
        return counted

    def _closed(self, found: ShiftReport, counted: int) -> None:
        self.tally.compare(found, counted)
        self.closed += 1
        assert found.close is not None
        assert found.close.number == self.closed
        self.tally = Tally()

    # --- the rest

    def wait(self, n: int, _: object) -> None:
        self.minutes += 7 * n
        reserving.at(self.minutes)

    def push(self, n: int, _: object) -> None:
        sync.push(self.work.office)


OFTEN = ("take", "sell", "sell", "reserve", "reserve", "pay_later", "pay_some", "refund", "void")
ACTS = [*OFTEN, *(name for name in vars(Day) if not name.startswith("_") and name not in {
    "morning", "step", "approval", "on_order", "basket",
})]  # fmt: skip
