"""Everything a window does, in any order, by several people and over several shifts.

More examples with BOXOFFICE_EXAMPLES=500.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from boxoffice.queries import reports
from boxoffice.services.sharing import custody, sync
from tests.faults.acts import broken, rows, there
from tests.homes import at_work, small_home
from tests.services.days import ACTS, Day
from tests.services.examples import examples

STEPS = st.lists(
    st.tuples(
        st.sampled_from(ACTS),
        st.integers(0, 7),
        st.booleans(),
        st.sampled_from([False] * 5 + [True]),
    ),
    min_size=1,
    max_size=30,
)


def all_well(day: Day) -> None:
    work = day.work
    assert broken(work) == ()
    drawer = rows(
        work,
        "SELECT coalesce(sum(amount_fen), 0) FROM posting WHERE account = 'cash:drawer' "
        "AND shift_id = ?",
        work.desk.shift_id,
    )
    assert drawer == [(day.tally.drawer,)]
    above = (
        "SELECT l.id FROM order_line l JOIN refund r ON r.line_id = l.id GROUP BY l.id "
        "HAVING sum(r.amount_fen) > l.price_fen OR count(*) > 1"
    )
    more = (
        "SELECT y.id FROM payment y JOIN order_line l ON l.payment_id = y.id GROUP BY y.id "
        "HAVING sum(l.price_fen) <> y.amount_fen"
    )
    twice = (
        "SELECT session_id, seat_id FROM ticket WHERE live = 1 AND seat_id IS NOT NULL "
        "GROUP BY 1, 2 HAVING count(*) > 1"
    )
    for sql in (above, more, twice):
        assert rows(work, sql) == [], sql


def z_is_the_fold(day: Day) -> None:
    found = rows(day.work, "SELECT number, shift_id, content FROM z_report ORDER BY number")
    assert [row[0] for row in found] == list(range(1, day.closed + 1))
    for _, shift_id, content in found:
        fold = day.work.office.read(lambda store, s=shift_id: reports.shift_report(store, s))
        assert fold.content() == content


@settings(max_examples=examples(12))
@given(STEPS)
def test_whatever_is_done_the_records_hold(steps: list[tuple[str, int, bool, bool]]) -> None:
    with TemporaryDirectory() as folder, at_work(small_home(Path(folder))) as work:
        day = Day(work)
        day.morning()
        for act, n, second, cut in steps:
            day.step(act, n, second, cut)
            all_well(day)
        custody.settle(work.office)
        sync.push(work.office)
        all_well(day)
        z_is_the_fold(day)
        assert there(work, "SELECT count(*) FROM review") == [(0,)]
