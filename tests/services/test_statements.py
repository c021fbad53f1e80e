"""The statement of a day: kept once, supplemented by what came late, and always the same fold."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import peewee
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boxoffice import clock
from boxoffice.domain.statuses import ShiftStatus
from boxoffice.errors import DayNotOver, NotAllowed
from boxoffice.queries import folding, reports, statements
from boxoffice.queries.folding import Fold
from boxoffice.queries.statements import DayFold
from boxoffice.records.store import Store
from boxoffice.services.sharing import custody, sync
from boxoffice.services.staff import operators, shifts
from boxoffice.services.supervising import statements as making
from boxoffice.services.till import cash_moves
from boxoffice.settings import Home
from tests.faults.acts import central_away, pay, proof, reading, rows, sell, take, there, writing
from tests.homes import NOON, AtWork, at_work, small_home
from tests.services.closes import close, sign_on
from tests.services.days import Day
from tests.services.examples import examples
from tests.services.test_whole_days_in_any_order import STEPS
from tests.windows import two_windows

DAY = date(2025, 9, 27)
PRICE = 68_000


def at_central(work: AtWork, question):
    return work.office.link.call(lambda store, _: question(store))


def next_morning() -> None:
    clock.use(lambda: NOON + timedelta(days=1))


def everything(store: Store, day: date = DAY) -> DayFold:
    return statements.fold_day(store, day.isoformat(), statements.heads(store))


def by_hand(store: Store, where: str, *params: object) -> dict[str, tuple[int, int]]:
    """Debits and credits by account, straight from the postings."""
    found = store.all(
        "SELECT account, sum(CASE WHEN amount_fen > 0 THEN amount_fen ELSE 0 END), "
        "sum(CASE WHEN amount_fen < 0 THEN -amount_fen ELSE 0 END) FROM posting "
        f"WHERE {where} GROUP BY account ORDER BY account",
        params,
    )
    return {str(row[0]): (int(row[1]), int(row[2])) for row in found}


def agrees(store: Store, day: date = DAY) -> None:
    """Day = windows = shifts and what is under none; balanced; supplements add up to all."""
    found = everything(store, day)
    text = day.isoformat()
    assert found.whole.accounts() == by_hand(store, "business_day = ?", text)
    debits = sum(debit for debit, _ in found.whole.accounts().values())
    assert debits == sum(credit for _, credit in found.whole.accounts().values())
    for window, fold in found.windows.items():
        wanted = by_hand(store, "business_day = ? AND window_id = ?", text, window)
        assert fold.accounts() == wanted
    assert folding.total(found.windows.values()) == found.whole
    for part in found.parts:
        if part.shift_id is not None:
            other = [p for p in found.parts if p.shift_id == part.shift_id]
            assert other == [part]
            days = store.all(
                "SELECT DISTINCT business_day FROM posting WHERE shift_id = ?", (part.shift_id,)
            )
            if len(days) == 1:  # a shift over midnight has a part in either day
                assert part.fold == folding.of_shift(store, part.shift_id)
    kept = statements.of_day(store, text)
    if kept:
        pending = making.pending(store, day)
        assert statements.together([*(one.day for one in kept), pending]).parts == found.parts


def test_a_day_is_kept_once_and_late_pushes_supplement_it(home: Home, work: AtWork) -> None:
    sell(work, (1, 5))
    basket = take(work, (1, 6), (1, 7))
    supervisor = operators.operator_by_number(office=work.office, number="3001")
    desk = shifts.desk_for(office=work.office, operator=supervisor)
    with pytest.raises(DayNotOver):
        making.make(office=work.office, desk=desk, day=DAY)
    with central_away(home):
        pay(work, basket)
        cash_moves.pay_in(office=work.office, desk=work.desk, amount_fen=700, reason="x")
    next_morning()
    # As if this were the central home: what the window has not reported is not in it.
    with writing(home, "central") as store:
        assert making.keep_pending(store, DAY, operator="", window=0)
    (kept,) = making.kept(work.office, DAY)
    assert (kept.name, kept.day.whole.count("sale")) == ("1", 1)
    whole = making.make(office=work.office, desk=desk, day=DAY)
    assert [one.name for one in whole] == ["1", "1.1"]
    assert whole[0] == kept
    late = reports.figures(whole[1].day.whole)
    assert (late.orders, late.tickets, late.paid_in.fen) == (1, 2, 700)
    assert whole[1].operator == "3001"
    assert making.make(office=work.office, desk=desk, day=DAY) == whole  # nothing is new
    at_central(work, agrees)
    heads = there(work, "SELECT window_id, epoch, number, hash FROM chain_head ORDER BY 1, 2")
    named = {(h.window, h.epoch): h.number for h in whole[1].day.heads}
    assert set(named) == {(row[0], row[1]) for row in heads}
    assert rows(work, "SELECT count(*) FROM journal WHERE act = 'day_statement'") == [(1,)]
    assert proof(home).broken == ()


def test_only_supervisors_make_one(work: AtWork) -> None:
    with pytest.raises(NotAllowed):
        making.make(office=work.office, desk=work.desk, day=DAY)


def test_a_day_without_open_shifts_may_end_early(home: Home, work: AtWork) -> None:
    sell(work, (1, 5))
    close(work, 50_000 + PRICE)
    (one,) = making.make_unsigned(office=work.office, day=DAY)
    found = reports.figures(one.day.whole)
    assert (found.orders, found.sales_fen, found.presale.count) == (1, PRICE, 2)
    after = sign_on(work, "2001", float_fen=10_000)
    cash_moves.pay_in(office=after.office, desk=after.desk, amount_fen=500, reason="x")
    with pytest.raises(DayNotOver):
        making.make_unsigned(office=work.office, day=DAY)
    close(after, 10_500)
    parts = making.make_unsigned(office=work.office, day=DAY)
    assert [part.name for part in parts] == ["1", "1.1"]
    assert reports.figures(parts[1].day.whole).paid_in.fen == 500
    with pytest.raises(DayNotOver):
        making.make_unsigned(office=work.office, day=DAY + timedelta(days=1))
    at_central(work, agrees)
    sync.push(work.office)
    assert proof(home).broken == ()


def test_an_empty_day_has_no_statement(work: AtWork) -> None:
    assert making.make_unsigned(office=work.office, day=DAY - timedelta(days=400)) == []


def test_days_are_numbered_without_gaps(work: AtWork) -> None:
    sell(work, (1, 5))
    next_morning()
    sell(work, (1, 6))
    close(work, 50_000 + 2 * PRICE)
    numbers = [
        making.make_unsigned(office=work.office, day=DAY + timedelta(days=n))[0].number
        for n in (1, 0)
    ]
    assert numbers == [1, 2]
    assert [one.number for one in making.latest(work.office)] == [2, 1]
    for n in (0, 1):
        at_central(work, lambda store, n=n: agrees(store, DAY + timedelta(days=n)))


@pytest.mark.parametrize(
    ("statement", "detail"),
    [
        ("UPDATE day_statement SET content = replace(content, '68000', '67000')", "not the fold"),
        ("UPDATE day_statement SET content = '{}'", "cannot be read"),
        ("UPDATE day_statement SET number = 2", "follows number 0"),
        ("UPDATE day_statement SET part = 1", "follows part -1"),
        ("UPDATE day_statement SET content = replace(content, '\"heads\":[[0,1,', "
         "'\"heads\":[[0,1,9')", "names a head"),
        ("UPDATE journal SET facts = '[]' WHERE act = 'sale' AND window_id = 1", "be folded again"),
        ("UPDATE posting SET amount_fen = 1 WHERE account = 'cash:drawer' AND amount_fen = 68000",
         "not the fold"),
    ],
)  # fmt: skip
def test_a_changed_statement_is_found(
    home: Home, work: AtWork, statement: str, detail: str
) -> None:
    sell(work, (1, 5))
    next_morning()
    making.make_unsigned(office=work.office, day=DAY)
    with writing(home, "central") as store:
        for (trigger,) in store.all("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            store.run(f"DROP TRIGGER {trigger}")
        assert store.run(statement)
    found = [one for one in proof(home).broken if one.rule == "statements"]
    assert [one for one in found if detail in one.detail], found


def test_a_statement_is_never_changed(home: Home, work: AtWork) -> None:
    sell(work, (1, 5))
    next_morning()
    making.make_unsigned(office=work.office, day=DAY)
    for sql in ("UPDATE day_statement SET operator = 'x'", "DELETE FROM day_statement"):
        with pytest.raises(peewee.IntegrityError), writing(home, "central") as store:
            store.run(sql)


def test_a_fold_reads_as_it_was_written() -> None:
    fold = Fold()
    fold.enter("sale", '{"tickets": 2, "change_fen": 5}')
    fold.post("sale", "cash:drawer", (10, 0))
    assert Fold.read(fold.content()) == fold
    with pytest.raises(TypeError):
        fold.enter("sale", "[]")


def test_two_windows_at_a_server(tmp_path: Path) -> None:
    with two_windows(tmp_path) as (one, two):
        sell(one, (1, 5))
        sell(two, (1, 6))
        sell(two, (1, 7))
        for work in (one, two):
            sync.push(work.office)
        next_morning()
        (kept,) = making.make_unsigned(office=one.office, day=DAY)
        assert {w: f.count("sale") for w, f in kept.day.windows.items()} == {0: 0, 1: 1, 2: 2}
        at_central(one, agrees)
        assert making.make_unsigned(office=two.office, day=DAY) == [kept]
        assert at_central(two, lambda s: statements.open_shifts(s, DAY.isoformat())) == 2
        with pytest.raises(peewee.DatabaseError):
            two.office.link.call(
                lambda store, _: _inside(store, "UPDATE day_statement SET operator = 'x'")
            )


def _inside(store: Store, sql: str) -> int:
    with store.transaction():
        return store.run(sql)


def test_the_word_for_an_open_shift() -> None:
    """`open_shifts` asks for it in SQL."""
    assert ShiftStatus.OPEN == "open"


@settings(max_examples=examples(6))
@given(STEPS, st.sets(st.integers(0, 29), max_size=4))
def test_whatever_is_done_and_whenever_it_is_stated_the_sums_agree(
    steps: list[tuple[str, int, bool, bool]], stated: set[int]
) -> None:
    with TemporaryDirectory() as folder, at_work(small_home(Path(folder))) as work:
        day = Day(work)
        day.morning()
        parts: list[DayFold] = []

        def state() -> None:
            since = parts[-1].heads if parts else ()
            with closing(reading(work.office.home, "central")) as store:
                upto = statements.heads(store)
                parts.append(statements.fold_day(store, DAY.isoformat(), upto, since))

        for at, (act, n, second, cut) in enumerate(steps):
            day.step(act, n, second, cut)
            if at in stated:
                state()
        custody.settle(work.office)
        sync.push(work.office)
        state()
        with closing(reading(work.office.home, "central")) as store:
            agrees(store)
            whole = everything(store)
        assert statements.together(parts).parts == whole.parts
        assert whole.content() == statements.read_content(whole.content()).content()
