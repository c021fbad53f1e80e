"""Any sequence of allotting, selling and giving back, on line or off: no seat is lost or twice."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack, nullcontext, suppress
from contextlib import closing as closed
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from boxoffice.central.allotting import Plan
from boxoffice.domain.allotting import Groups
from boxoffice.errors import CentralUnreachable, Refused
from boxoffice.services.sales import holds
from boxoffice.services.sharing import allotments, custody, sync
from boxoffice.services.staff import shifts
from boxoffice.services.till import closing
from boxoffice.verify.proof import prove
from boxoffice.verify.sides import Side, Sides, WindowSide
from tests import servers
from tests.faults.acts import (
    DEAF,
    LOST,
    broken,
    central_away,
    faulty,
    hand_over,
    name_all,
    pay,
    reading,
    rows,
    take,
    there,
)
from tests.homes import AtWork, at_work, small_home
from tests.services.allotted import wish
from tests.services.return_acts import refund, view
from tests.windows import window_home

LINES = ["", "", "", "away", DEAF, LOST]
"""How the line is during an act: it stands, central is away, one call or its answer is lost."""
ACTS = [
    *("plan", "plan_places", "plan_orders", "keep", "keep", "keep", "seats", "best", "places"),
    *("pay", "pay", "abandon", "drop", "hand_over", "refund", "close", "settle"),
]
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 9), st.sampled_from(LINES)),
    min_size=3,
    max_size=16,
)


class Day:
    """A day at one window, told step by step; refusals are part of it."""

    def __init__(self, work: AtWork, database: str = "") -> None:
        self.work = work
        self.database = database
        """On a server; else central is a file beside the window."""

    def step(self, act: str, n: int, line: str) -> None:
        """One act on a line that may break."""
        work = faulty(self.work, *[line] * (1 if line in (DEAF, LOST) else 0))
        cut: AbstractContextManager[object] = nullcontext()
        if line == "away" and self.database:
            work = faulty(self.work, *[DEAF] * 30)
        elif line == "away":
            cut = central_away(self.work.office.home)
        with cut, suppress(Refused, CentralUnreachable):
            self.do(act, n, work)

    def do(self, act: str, n: int, work: AtWork) -> None:
        """One act; `n` chooses what it is about, `work` has the line it is done on."""
        office, desk = work.office, work.desk
        baskets = rows(
            work,
            "SELECT o.id FROM orders o WHERE o.version = 0 AND o.status = 'open' AND EXISTS "
            "(SELECT 1 FROM order_line l WHERE l.order_id = o.id) ORDER BY 1",
        )
        basket = str(baskets[n % len(baskets)][0]) if baskets else None
        if act.startswith("plan"):
            window = str(office.chain.window)
            plan = {
                "plan": Plan(window, "O2", "A", Groups(n % 4, n % 2, n % 3)),
                "plan_places": Plan(window, "G1", places=n % 7),
                "plan_orders": Plan(window, "O1", orders=n % 3),
            }[act]
            wish(work, plan, self.database)
        elif act == "keep":
            allotments.keep(office)
        elif act == "seats":
            take(work, (1 + n % 2, 1 + n), basket=basket if n % 3 == 0 else None)
        elif act == "best":
            holds.take_best(
                office=office,
                desk=desk,
                session_id=work.session("O2"),
                category="A",
                count=1 + n % 4,
                basket=None,
            )
        elif act == "places":
            holds.take_places(
                office=office,
                desk=desk,
                session_id=work.session("G1"),
                count=1 + n % 3,
                basket=basket if n % 2 else None,
            )
        elif act == "settle":
            custody.settle(office)
        elif act == "close":
            self.close()
        elif basket is not None and act in ("pay", "abandon", "drop"):
            self.end(act, work, basket)
        elif act in ("hand_over", "refund"):
            self.on_order(act, work, n)

    def end(self, act: str, work: AtWork, basket: str) -> None:
        if act == "pay":
            name_all(work, basket)
            pay(work, basket)
        elif act == "abandon":
            holds.abandon(office=work.office, desk=work.desk, basket=basket)
        else:
            (line,) = rows(work, "SELECT min(id) FROM order_line WHERE order_id = ?", basket)
            holds.drop_lines(
                office=work.office, desk=work.desk, basket=basket, line_ids=[str(line[0])]
            )

    def on_order(self, act: str, work: AtWork, n: int) -> None:
        found = rows(work, "SELECT id FROM orders WHERE version > 0 ORDER BY id")
        order = str(found[n % len(found)][0])
        live = [line for line in view(work, order).lines if line.ticket_live]
        if act == "hand_over":
            hand_over(work, order, [str(line.ticket_id) for line in live])
        elif live:
            refund(work, order, [live[0].id])

    def close(self) -> None:
        """The shift ends, another one begins."""
        close_shift(self.work)
        office = self.work.office
        desk = shifts.desk_for(office=office, operator=self.work.desk.operator)
        self.work = AtWork(office, shifts.open_shift(office=office, desk=desk, float_fen=50_000))


def close_shift(work: AtWork) -> None:
    """Without the pages, which are another matter."""
    work.office.write(lambda store: store.run("UPDATE print_job SET status = 'dropped'"))
    closing.close_shift(office=work.office, desk=work.desk, counts={10_000: 5})


def all_well(work: AtWork) -> None:
    assert broken(work) == ()
    twice = rows(
        work,
        "SELECT session_id, seat_id FROM (SELECT session_id, seat_id FROM held_seat UNION ALL "
        "SELECT session_id, seat_id FROM allotted_seat UNION ALL SELECT session_id, seat_id "
        "FROM ticket WHERE live = 1 AND seat_id IS NOT NULL) GROUP BY 1, 2 HAVING count(*) > 1",
    )
    assert twice == []


@settings(max_examples=15, deadline=None)
@given(STEPS)
def test_in_any_order_no_seat_is_lost_or_twice(steps: list[tuple[str, int, str]]) -> None:
    with TemporaryDirectory() as folder, at_work(small_home(Path(folder))) as work:
        day = Day(work)
        for act, n, line in steps:
            day.step(act, n, line)
            all_well(work)
        custody.settle(work.office)
        sync.push(work.office)
        all_well(work)
        assert there(work, "SELECT count(*) FROM review") == [(0,)]
        allotments.keep(work.office)
        assert not allotments.keep(work.office), "it comes to rest"
        all_well(work)
        give_all_back(day.work)


def give_all_back(work: AtWork) -> None:
    """Baskets cleared and the shift over: nothing is left at the window."""
    for (basket,) in rows(
        work, "SELECT id FROM orders WHERE version = 0 AND status IN ('open', 'parked')"
    ):
        holds.abandon(office=work.office, desk=work.desk, basket=str(basket))
    close_shift(work)
    rows_left = (
        "SELECT (SELECT count(*) FROM custody_seat WHERE holder IS NOT NULL), "
        "(SELECT count(*) FROM custody_order WHERE holder IS NOT NULL), "
        "(SELECT coalesce(sum(places), 0) FROM pool WHERE holder > 0)"
    )
    assert there(work, rows_left) == [(0, 0, 0)]


@settings(max_examples=4, deadline=None, phases=[Phase.generate])
@given(st.lists(st.tuples(st.integers(0, 1), STEPS), min_size=2, max_size=5))
def test_two_windows_in_any_order(turns: list[tuple[int, list[tuple[str, int, str]]]]) -> None:
    database = servers.fresh_database()
    with TemporaryDirectory() as folder, ExitStack() as ending:
        homes = [window_home(Path(folder) / str(n), database, n) for n in (1, 2)]
        works = [ending.enter_context(at_work(home)) for home in homes]
        central = ending.enter_context(closed(servers.as_owner(database)))
        days = [Day(work, database) for work in works]
        for who, steps in turns:
            for act, n, line in steps:
                days[who].step(act, n, line)
        for day in days:
            custody.settle(day.work.office)
            sync.push(day.work.office)
            sync.pull(day.work.office)
            allotments.keep(day.work.office)
        windows = tuple(
            WindowSide(
                f"window {n}",
                ending.enter_context(closed(reading(home, "window"))),
                number=n,
                epoch=1,
                head_file=home.head_file,
            )
            for n, home in enumerate(homes, start=1)
        )
        assert prove(Sides(central=Side("central", central), windows=windows)).broken == ()
        assert central.all("SELECT reason FROM review") == []
