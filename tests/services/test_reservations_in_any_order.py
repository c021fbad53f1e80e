"""Any sequence of reserving, paying, extending, letting go and time passing keeps the records."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from boxoffice.errors import CentralUnreachable, Refused
from boxoffice.services.sales import holds, releases, reservations, swaps
from boxoffice.services.sharing import sync
from tests.faults.acts import broken, central_away, rows, sell, take
from tests.homes import CAPACITY, NOON, AtWork, at_work, small_home
from tests.services.examples import examples
from tests.services.reserving import all_well, at, let_go, lines_of, pay, pools, view
from tests.services.return_acts import void

ACTS = st.sampled_from(
    [
        "reserve",
        "open",
        "pay",
        "pay_some",
        "extend",
        "release",
        "release_some",
        "swap",
        "void",
        "take_up",
        "put_back",
        "sell",
        "wait",
        "sweep",
        "push",
    ]
)
WELL, CUT, LATE = "well", "cut", "late"
"""A line that works, one that does not, and one that works while nothing is reported by itself."""
LINES = st.sampled_from([WELL, WELL, CUT, LATE])
STEPS = st.lists(st.tuples(ACTS, st.integers(0, 7), LINES), min_size=1, max_size=14)


@contextmanager
def unreported() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sync, "report", lambda _: None)
        yield


class Day:
    """A day at one window, told step by step; refusals are part of it."""

    def __init__(self, work: AtWork) -> None:
        self.work = work
        self.orders: list[str] = []
        self.minutes = 0.0

    def step(self, act: str, n: int, line: str) -> None:
        """One act on such a line; what it refuses changes nothing."""
        lines: dict[str, AbstractContextManager[object]] = {
            CUT: central_away(self.work.office.home),
            LATE: unreported(),
        }
        with lines.get(line, nullcontext()), suppress(Refused, CentralUnreachable):
            self.do(act, n)

    def do(self, act: str, n: int) -> None:
        """One act; `n` chooses seats, or which order."""
        work = self.work
        if act in ("reserve", "open"):
            basket = take(work, (1 + n % 4, 1 + n), (1 + n % 4, 2 + n))
            made = reservations.reserve(
                office=work.office,
                desk=work.desk,
                basket=basket,
                name="张伟",
                minutes=20 + 10 * n,
                seats_open=act == "open",
            )
            self.orders.append(made.order_id)
        elif act == "sell":
            sell(work, (1 + n % 4, 1 + n))
        elif act == "wait":
            self.minutes += 7 * n
            at(self.minutes)
        elif act == "sweep":
            releases.release_expired(work.office)
        elif act == "push":
            sync.push(work.office)
        elif self.orders:
            self.on_order(act, self.orders[n % len(self.orders)], n)

    def on_order(self, act: str, order: str, n: int) -> None:
        work, office, desk = self.work, self.work.office, self.work.desk
        waiting = [line.id for line in view(work, order).to_pay]
        some = waiting[n % 2 :][:1]
        if act == "pay":
            pay(work, order)
        elif act == "pay_some" and some:
            pay(work, order, *some)
        elif act == "release":
            let_go(work, order)
        elif act == "release_some" and some:
            let_go(work, order, *some)
        elif act == "void":
            void(work, order)
        elif act == "take_up":
            reservations.take_up(office=office, desk=desk, order_id=order)
        elif act == "put_back":
            reservations.put_back(office=office, order_id=order)
        elif act == "swap" and some and view(work, order).seats_open:
            swaps.swap_for_others(office=office, desk=desk, order_id=order, line_ids=some)
        elif act == "extend":
            deadline = view(work, order).deadline
            assert deadline is not None
            until = max(deadline, NOON) + (deadline - NOON) / 2
            reservations.extend(
                office=office, desk=desk, order_id=order, until=until, reason="堵车"
            )


@settings(max_examples=examples(25))
@given(steps=STEPS)
@example(steps=[("reserve", 0, WELL), ("pay", 0, WELL), ("void", 0, WELL)])
@example(steps=[("open", 0, WELL), ("swap", 0, LATE), ("release", 0, LATE), ("push", 0, WELL)])
def test_whatever_happens_the_records_hold(steps: list[tuple[str, int, str]]) -> None:
    with TemporaryDirectory() as folder, at_work(small_home(Path(folder))) as work:
        day = Day(work)
        for act, n, line in steps:
            day.step(act, n, line)
            assert broken(work) == (), (act, n, line)
        _at_the_end(work, day)


def _at_the_end(work: AtWork, day: Day) -> None:
    """Baskets given back, reservations over: every place is free or paid for."""
    for order in day.orders:
        reservations.put_back(office=work.office, order_id=order)
    sync.push(work.office)
    at(60 * 24 - 1 / 60)
    for (basket,) in rows(work, "SELECT id FROM orders WHERE version = 0 AND status = 'open'"):
        holds.abandon(office=work.office, desk=work.desk, basket=basket)
    at(60 * 24 + 1)
    releases.release_expired(work.office)
    assert broken(work) == ()
    for order in day.orders:
        assert "reserved" not in {line.status for line in view(work, order).lines}
        assert lines_of(work, order)
    tickets = "SELECT count(*) FROM ticket WHERE session_id = ? AND live = 1"
    sold = rows(work, tickets, work.session("O2"))[0][0]
    paid = rows(
        work, "SELECT (SELECT coalesce(sum(amount_fen), 0) FROM payment WHERE window_id = 1) - "
        "(SELECT coalesce(sum(amount_fen), 0) FROM refund WHERE window_id = 1)",
    )[0][0]  # fmt: skip
    drawer = rows(
        work, "SELECT coalesce(sum(amount_fen), 0) FROM posting WHERE account = 'revenue:tickets' "
        "AND window_id = 1",
    )[0][0]  # fmt: skip
    assert -drawer == paid
    wanted = {"free": CAPACITY - sold, "sold": sold}
    assert pools(work) == {name: places for name, places in wanted.items() if places}
    all_well(work)
