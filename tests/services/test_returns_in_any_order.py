"""Any sequence of selling, handing over, refunding, voiding and reprinting keeps the records."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from boxoffice import clock
from boxoffice.errors import CentralUnreachable, Refused
from boxoffice.services.aftersales import reprints
from boxoffice.services.sharing import custody, sync
from tests.faults.acts import broken, central_away, hand_over, rows, sell, there
from tests.homes import NOON, AtWork, at_work, small_home
from tests.services.examples import examples
from tests.services.return_acts import drawer, refund, supervisor, view, void

ACTS = st.sampled_from(
    ["sell", "sell", "hand_over", "refund", "refund_all", "void", "void_all", "reprint", "wait"]
)
STEPS = st.lists(
    st.tuples(ACTS, st.integers(0, 7), st.booleans(), st.sampled_from([False, False, True])),
    min_size=1,
    max_size=12,
)


class Day:
    """A day at one window, told step by step; refusals are part of it."""

    def __init__(self, work: AtWork) -> None:
        self.work = work
        self.minutes = 0
        self.done: list[str] = []

    def step(self, act: str, n: int, second: bool, cut: bool) -> None:
        """One act, with a second person or not, on a line that works or not."""
        line = central_away(self.work.office.home) if cut else nullcontext()
        with line, suppress(Refused, CentralUnreachable):
            self.do(act, n, second)
            self.done.append(act)

    def do(self, act: str, n: int, second: bool) -> None:
        """One act; `n` chooses seats, or order and ticket."""
        work = self.work
        if act == "sell":
            sell(work, (1 + n % 4, 1 + n), (1 + n % 4, 2 + n))
        elif act == "wait":
            self.minutes += 5 * n
            moment = NOON + timedelta(minutes=self.minutes)
            clock.use(lambda: moment)
        else:
            found = rows(work, "SELECT id FROM orders WHERE version > 0 ORDER BY id DESC")
            self.on_order(act, str(found[n % len(found)][0]), n, second)

    def on_order(self, act: str, order: str, n: int, second: bool) -> None:
        work, every = self.work, view(self.work, order).lines
        line = every[n // 4 % len(every)]
        if act == "hand_over":
            hand_over(work, order, [x.ticket_id for x in every if x.ticket_id])
        elif act == "reprint" and line.ticket_id:
            reprints.reprint(
                office=work.office,
                desk=work.desk,
                order_id=order,
                ticket_ids=[line.ticket_id],
                reason="破损",
            )
        elif act.startswith("refund"):
            given = supervisor(work, "refund") if second else None
            live = [x.id for x in every if x.ticket_live]
            refund(work, order, live if act == "refund_all" else [line.id], approval=given)
        elif act.startswith("void"):
            given = supervisor(work, "void") if second else None
            void(work, order, () if act == "void_all" else [line.id], approval=given)


def all_well(work: AtWork) -> None:
    assert broken(work) == ()
    taken, back = rows(
        work,
        "SELECT (SELECT coalesce(sum(amount_fen), 0) FROM payment WHERE tender = 'cash'), "
        "(SELECT coalesce(sum(amount_fen), 0) FROM refund WHERE tender = 'cash')",
    )[0]
    assert drawer(work) == 50_000 + taken - back
    above = rows(
        work,
        "SELECT l.id FROM order_line l JOIN refund r ON r.line_id = l.id GROUP BY l.id "
        "HAVING sum(r.amount_fen) > l.price_fen OR count(*) > 1",
    )
    assert above == []
    halves = rows(
        work,
        "SELECT o.id FROM orders o WHERE o.version > 0 AND (o.status = 'returned') <> (NOT EXISTS "
        "(SELECT 1 FROM ticket t WHERE t.order_id = o.id AND t.live = 1))",
    )
    assert halves == []


@settings(max_examples=examples(25))
@given(STEPS)
def test_in_any_order_the_records_hold(steps: list[tuple[str, int, bool, bool]]) -> None:
    with TemporaryDirectory() as folder, at_work(small_home(Path(folder))) as work:
        day = Day(work)
        for act, n, second, cut in steps:
            day.step(act, n, second, cut)
        all_well(work)
        custody.settle(work.office)
        sync.push(work.office)
        all_well(work)
        assert there(work, "SELECT count(*) FROM review") == [(0,)]
        held = "SELECT count(*) FROM custody_seat WHERE holder IS NOT NULL"
        open_ = rows(work, "SELECT count(*) FROM held_seat")
        assert there(work, held) == open_
