"""Any sequence of paying by several tenders, undoing, returning, late answers keeps the money."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from boxoffice import clock
from boxoffice.errors import CentralUnreachable, Refused
from boxoffice.services.follower import Rounds
from boxoffice.services.sales import asking, checkout, reservations, undoing
from boxoffice.services.sharing import custody, sync
from tests.faults.acts import broken, central_away, rows, take, there
from tests.gateways import Hours, Killed, Party, hours, with_parties
from tests.homes import AtWork, at_work, small_home
from tests.services.examples import examples
from tests.services.return_acts import refund, supervisor, view, void

ACTS = st.sampled_from(
    ["cash", "part", "code", "code", "code_part", "undo", "refund", "void", "follow", "restart"]
)
DAYS = st.sampled_from(
    [
        [""],
        ["silent"],
        ["lost"],
        ["waiting", "pays"],
        ["waiting"],
        ["declined"],
        ["silent"] * 9,
        ["silent"] * 30,
        ["silent", *["silent"] * 9, "never"],
        ["killed_before"],
        ["killed_after"],
        ["pending", "closed"],
        ["dead"],
        ["short"],
    ]
)
STEPS = st.lists(
    st.tuples(ACTS, st.integers(0, 7), DAYS, st.sampled_from([False, False, True])),
    min_size=1,
    max_size=10,
)
LAST_ROUNDS = 40


class Day:
    """A day at one window and at who is asked for money, told step by step."""

    def __init__(self, work: AtWork, time: Hours) -> None:
        self.party = Party()
        self.time = time
        self.work = with_parties(work, self.party)

    def step(self, act: str, n: int, days: list[str], cut: bool) -> None:
        """One act on such a day of the other side, on a line that works or not."""
        self.party.days = list(days)
        self.time.at += timedelta(minutes=2)
        line = central_away(self.work.office.home) if cut else nullcontext()
        with line, suppress(Refused, CentralUnreachable, Killed):
            self.do(act, n)
        self.party.days = []
        if days[0].startswith("killed"):
            self.work.office.underway.talks.clear()
            self.work.office.underway.payments.clear()

    def do(self, act: str, n: int) -> None:
        if act == "follow":
            self.follow()
        elif act == "restart":
            self.work.office.underway.talks.clear()
            checkout.undo_unfinished(self.work.office)
        elif act in ("undo", "refund", "void"):
            self.on_order(act, n)
        else:
            self.pay(act, self.open_order(n))

    def open_order(self, n: int) -> str:
        """One that waits for money, or a new one."""
        found = rows(
            self.work,
            "SELECT id FROM orders WHERE status IN ('open', 'part_paid') "
            "AND id IN (SELECT order_id FROM order_line) ORDER BY id DESC",
        )
        if found and n % 2:
            return str(found[n % len(found)][0])
        return take(self.work, (1 + n % 4, 1 + n), (1 + n % 4, 2 + n))

    def pay(self, act: str, order: str) -> None:
        work, part = self.work, 10_001 if act in ("part", "code_part") else None
        if rows(work, "SELECT 1 FROM orders WHERE id = ? AND status = 'part_paid'", order):
            reservations.take_up(office=work.office, desk=work.desk, order_id=order)
        if act.startswith("code"):
            asking.ask(
                office=work.office,
                desk=work.desk,
                basket=order,
                tender="wechat",
                amount_fen=part,
                pause=self.time.wait,
            )
        else:
            checkout.pay_cash(
                office=work.office,
                desk=work.desk,
                basket=order,
                tendered_fen=1_000_000,
                amount_fen=part,
            )

    def on_order(self, act: str, n: int) -> None:
        work = self.work
        found = rows(work, "SELECT id FROM orders WHERE version > 0 AND window_id = 1 ORDER BY id")
        order = str(found[n % len(found)][0]) if found else ""
        if act == "undo":
            undoing.undo(office=work.office, desk=work.desk, order_id=order)
        elif order:
            line = [view(work, order).lines[n % 2].id]
            if act == "refund":
                refund(work, order, line, approval=supervisor(work, "refund"))
            else:
                void(work, order, line, approval=supervisor(work, "void"))

    def follow(self) -> None:
        """Whoever is open is asked about, as the follower does it."""
        self.time.at += timedelta(minutes=1)
        Rounds(self.work.office).go(0.0)


def books(work: AtWork, account: str) -> int:
    found = rows(
        work, "SELECT coalesce(sum(amount_fen), 0) FROM posting WHERE account = ?", account
    )
    return int(found[0][0])


def undecided(work: AtWork) -> list[object]:
    return [
        *rows(work, "SELECT id FROM attempt WHERE ended_at IS NULL"),
        *rows(work, "SELECT id FROM payback WHERE ended_at IS NULL"),
    ]


def money_of_unended(work: AtWork) -> bool:
    """`verify` wants every attempt ended; while one is open it says so, and nothing else."""
    return all(finding.rule == "attempts" for finding in broken(work))


@settings(max_examples=examples(25))
@given(STEPS)
def test_in_any_order_the_money_holds(steps: list[tuple[str, int, list[str], bool]]) -> None:
    with (
        TemporaryDirectory() as folder,
        hours() as time,
        at_work(small_home(Path(folder))) as found,
    ):
        clock.use(lambda: time.at)
        day = Day(found, time)
        work = day.work
        for act, n, days, cut in steps:
            day.step(act, n, days, cut)
            assert money_of_unended(work)
        day.time.at += timedelta(minutes=10)
        for _ in range(LAST_ROUNDS):
            if not undecided(work):
                break
            day.follow()
        assert undecided(work) == []
        assert broken(work) == ()
        dead = rows(
            work,
            "SELECT coalesce(sum(amount_fen), 0) FROM payback b WHERE status = 'dead' "
            "AND NOT EXISTS (SELECT 1 FROM payback n WHERE n.replaces = b.id)",
        )[0][0]
        # What they have of ours is what our books say, and what no way was found for is owed.
        assert day.party.held == books(work, "wechat")
        assert books(work, "owed:refunds") == -int(dead)
        part_paid = rows(work, "SELECT count(*) FROM orders WHERE status = 'part_paid'")[0][0]
        assert books(work, "owed:deposits") == 0 or part_paid
        custody.settle(work.office)
        sync.push(work.office)
        assert broken(work) == ()
        assert there(work, "SELECT count(*) FROM review") == [(0,)]
