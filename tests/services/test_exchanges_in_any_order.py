"""Any sequence of sales, exchanges, returns, reprints and late answers keeps money and seats."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from boxoffice import clock
from boxoffice.queries.exchanges import Place
from boxoffice.services.aftersales import exchanges, reprints
from boxoffice.services.sharing import custody, sync
from tests.faults.acts import broken, rows, there
from tests.gateways import hours
from tests.homes import at_work, small_home
from tests.services.examples import examples
from tests.services.exchange_acts import begin, complete, give_up
from tests.services.return_acts import supervisor
from tests.services.test_money_in_any_order import (
    DAYS,
    LAST_ROUNDS,
    Day,
    books,
    money_of_unended,
    undecided,
)

ACTS = st.sampled_from(
    [
        *("cash", "part", "code", "code_part", "undo", "refund", "void", "follow", "restart"),
        *("exchange", "exchange", "exchange", "complete", "give_up", "leave", "reprint"),
    ]
)
STEPS = st.lists(
    st.tuples(ACTS, st.integers(0, 7), DAYS, st.sampled_from([False, False, True])),
    min_size=2,
    max_size=12,
)


class ExchangingDay(Day):
    """A day on which tickets are exchanged, too, and printed again."""

    def open_order(self, n: int) -> str:
        """An exchange that waits for its difference goes first."""
        found = rows(self.work, "SELECT id FROM orders WHERE status = 'exchanging' ORDER BY id")
        return str(found[n % len(found)][0]) if found and n % 4 else super().open_order(n)

    def do(self, act: str, n: int) -> None:
        if act == "leave":
            exchanges.give_up_left(self.work.office)
        elif act in ("exchange", "complete", "give_up", "reprint"):
            self.on_paid(act, n)
        else:
            super().do(act, n)

    def on_paid(self, act: str, n: int) -> None:
        work = self.work
        found = rows(
            work,
            "SELECT l.order_id, l.id, t.id FROM order_line l JOIN ticket t ON t.line_id = l.id "
            "WHERE t.live = 1 ORDER BY l.order_id, l.position",
        )
        if not found:
            return
        order, line, ticket = (str(value) for value in found[n % len(found)])
        if act == "exchange":
            code = "O1" if n == 3 else "O2"
            place = Place(work.session(code), work.seat(1 + (n * 3) % 4, 8 - n % 3))
            begin(work, order, {line: place}, approval=supervisor(work, "exchange"))
        elif act == "reprint":
            reprints.reprint(
                office=work.office, desk=work.desk, order_id=order, ticket_ids=[ticket], reason="x"
            )
        else:
            (complete if act == "complete" else give_up)(work, order)


@settings(max_examples=examples(25))
@given(STEPS)
def test_in_any_order_nothing_is_lost(steps: list[tuple[str, int, list[str], bool]]) -> None:
    with (
        TemporaryDirectory() as folder,
        hours() as time,
        at_work(small_home(Path(folder))) as found,
    ):
        clock.use(lambda: time.at)
        day = ExchangingDay(found, time)
        work = day.work
        for act, n, days, cut in steps:
            day.step(act, n, days, cut)
            assert money_of_unended(work), broken(work)
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
        assert day.party.held == books(work, "wechat")
        assert books(work, "owed:refunds") == -int(dead)
        custody.settle(work.office)
        sync.push(work.office)
        exchanges.give_up_left(work.office)
        assert broken(work) == ()
        assert there(work, "SELECT count(*) FROM review") == [(0,)]
        # What waits has money on it; every other exchange was ended one way or the other.
        waits = rows(
            work, "SELECT count(*) FROM orders WHERE status IN ('exchanging', 'part_paid')"
        )
        assert books(work, "owed:deposits") == 0 or waits != [(0,)]
