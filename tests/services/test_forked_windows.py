"""Two copies of a window that both sold: the later one's work is kept, and it goes on (rule 12)."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.central import fencing, forking, freeing
from boxoffice.errors import (
    BadEnrolment,
    EpochRuns,
    ForkedJournal,
    NeedsApproval,
    RecordsBehind,
    SeatHeld,
    SeatTaken,
)
from boxoffice.records.file_store import open_reading, open_records
from boxoffice.records.keys import load_keys
from boxoffice.services.sales import holds
from boxoffice.services.setup import windows
from boxoffice.services.sharing import forks, sync
from boxoffice.services.supervising import reviews, supervision
from boxoffice.settings import Home, HomeKind
from boxoffice.verify.proof import prove
from tests.faults.acts import DEAF, broken, faulty, pay, rows, sell, take
from tests.homes import AtWork, at_work, small_home
from tests.services.closes import close, drawer
from tests.venues import Venue

BY = {"operator": "3001", "reason": "two computers with the same records"}


class Twins:
    """Two copies, each of which sold in a cut; one of them has reported."""

    def __init__(self, venue: Venue, *, closed: bool = False) -> None:
        self.venue = venue
        first = venue.window("East")
        with venue.at_work(first) as work:
            self.both = take(work, (1, 5))
            self.alone = take(work, (1, 6))
            third = take(work, (1, 7))
            sync.push(work.office)
        self.home = Home(Path(shutil.copytree(first.path, venue.folder / "twin")))
        with venue.at_work(first) as work:
            pay(work, self.both)
            if closed:
                for basket in (self.alone, third):
                    holds.abandon(office=work.office, desk=work.desk, basket=basket)
                close(work, drawer(work, work.desk.shift_id))
            sync.push(work.office)
        # It looked for central in vain: nobody told it that there are two.
        with bootstrap.open_office(self.home) as office:
            off = faulty(AtWork(office, work.desk), *[DEAF] * 99)
            for basket in (self.both, self.alone):
                pay(off, basket)

    def locked(self) -> None:
        with bootstrap.open_office(self.home) as office, pytest.raises(ForkedJournal):
            sync.push(office)

    def another_epoch(self) -> Path:
        out = self.venue.folder / "again.json"
        with self.venue.opened() as central:
            with pytest.raises(EpochRuns):
                supervision.receive(central.store, self.home)
            fencing.fence(central.store, 1, **BY)
            windows.replace_window(central, window="1", out=out)
        return out


def enrol(home: Home, file: Path | None) -> None:
    bootstrap.enrol_window(home, file, lambda *_: None)


def test_a_forked_window_ends_in_a_window_that_works_and_nothing_is_lost(venue: Venue) -> None:
    twins = Twins(venue)
    twins.locked()
    file = twins.another_epoch()
    with pytest.raises(BadEnrolment) as refused:
        enrol(twins.home, file)
    assert refused.value.fields["why"] == "enrolment_unsent"
    for _ in range(2):
        with venue.opened() as central:
            window, epoch, _, complete = supervision.receive(central.store, twins.home)
        assert (window, epoch, complete) == (1, 1, False)
    assert bootstrap.enrolling(twins.home), "it goes on by itself"
    enrol(twins.home, None)
    with venue.opened() as central:
        kept_at_central(central.store, twins)
        # Copies were made of it: nobody knows of how many.
        with pytest.raises(NeedsApproval):
            freeing.free(central.store, 1, 1, **BY)
    with venue.at_work(twins.home) as work:
        assert work.office.chain.epoch == 2
        assert rows(work, "SELECT status FROM orders WHERE id = ?", twins.alone) == [("paid",)]
        with pytest.raises(SeatHeld):
            take(work, (1, 7))
        pay(work, take(work, (1, 8)))
        sync.push(work.office)
        assert rows(work, "SELECT * FROM held_order") == []
    set_aside_whole(twins)
    with bootstrap.open_sides(twins.home, central=bootstrap.address_at(venue.home)) as sides:
        assert prove(sides).broken == ()


def kept_at_central(store, twins: Twins) -> None:
    """What had custody still is sold; what the other one sold waits; the money of both is there."""
    known = dict(store.all("SELECT id, status FROM orders WHERE window_id = 1"))
    assert known == {twins.both: "paid", twins.alone: "paid"}
    own = forking.FORKS + 1
    assert store.all("SELECT order_id, epoch FROM review") == [(twins.both, own)]
    assert store.all(
        "SELECT epoch, sum(amount_fen) FROM posting WHERE window_id = 1 AND order_id IS NOT NULL "
        "AND account = 'cash:drawer' GROUP BY 1 ORDER BY 1"
    ) == [(1, 68_000), (own, 68_000)]
    assert store.first(
        "SELECT sum(amount_fen) FROM posting WHERE epoch = ? AND account = 'cash:drawer'", (own,)
    ) == (2 * 68_000,)
    assert len(store.all("SELECT 1 FROM cases WHERE kind = ?", (forking.KIND,))) == 1


def set_aside_whole(twins: Twins) -> None:
    """The copy's own file is kept, with every entry it had."""
    (file,) = twins.home.path.glob("window.db.forked-*")
    store = open_reading(file, load_keys(twins.home, HomeKind.TRAINING).raw("records"))
    try:
        found = store.all("SELECT id FROM orders WHERE status = 'paid' AND window_id = 1")
        assert {row[0] for row in found} == {twins.both, twins.alone}
    finally:
        store.close()


def test_a_copy_whose_shift_was_closed_by_the_other_one(venue: Venue) -> None:
    """A closed shift takes no posting: the copy's money is kept without it."""
    twins = Twins(venue, closed=True)
    file = twins.another_epoch()
    with venue.opened() as central:
        supervision.receive(central.store, twins.home)
        (facts,) = central.store.first("SELECT facts FROM journal WHERE act = 'copy_shifts'")
        assert [row[4] for row in json.loads(facts)["shifts"]] == ["open"]
        assert central.store.first(
            "SELECT sum(amount_fen) FROM posting WHERE epoch > ? AND shift_id IS NULL "
            "AND account = 'cash:drawer'",
            (forking.FORKS,),
        ) == (2 * 68_000,)
    enrol(twins.home, file)
    with venue.at_work(twins.home) as work:
        sell(work, (1, 8))
    with bootstrap.open_sides(twins.home, central=bootstrap.address_at(venue.home)) as sides:
        assert prove(sides).broken == ()


def test_a_break_while_the_copy_is_set_aside_is_made_good(
    venue: Venue, monkeypatch: pytest.MonkeyPatch
) -> None:
    twins = Twins(venue)
    file = twins.another_epoch()
    with venue.opened() as central:
        supervision.receive(central.store, twins.home)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    for module, step in ((forks, "write_fact"), (forks.shutil, "copy2")):
        with monkeypatch.context() as patch:
            patch.setattr(module, step, killed)
            with pytest.raises(KeyboardInterrupt):
                enrol(twins.home, file)
        assert bootstrap.enrolling(twins.home)
    enrol(twins.home, None)
    set_aside_whole(twins)
    with venue.at_work(twins.home) as work:
        pay(work, take(work, (1, 8)))


def test_a_window_with_its_own_central_begins_anew_after_a_fork(tmp_path: Path) -> None:
    home = small_home(tmp_path)
    with at_work(home) as work:
        basket = take(work, (1, 5))
        sync.push(work.office)
    twin = Home(Path(shutil.copytree(home.path, tmp_path / "twin")))
    with at_work(home) as work:
        sell(work, (1, 6))
    with bootstrap.open_office(twin) as office:
        pay(faulty(AtWork(office, work.desk), *[DEAF] * 99), basket)
    shutil.copy2(twin.window_file, home.window_file)
    with pytest.raises(RecordsBehind), at_work(home):
        pass
    assert supervision.begin_anew(home, **BY) == (1, 2)
    with at_work(home) as work:
        # Both gave their first order the same number: the later one waits for a supervisor.
        assert [review.order_id for review in reviews.waiting(work.office)] == [basket]
        with pytest.raises(SeatHeld):
            take(work, (1, 5))
        with pytest.raises(SeatTaken):
            take(work, (1, 6))
        sell(work, (1, 8))
        assert broken(work) == ()


def test_a_payment_that_the_copy_left_undecided_is_a_case(venue: Venue) -> None:
    """Of a basket nobody ever told central of: its company may have the customer's money."""
    twins = Twins(venue)
    key = load_keys(twins.home, HomeKind.TRAINING).raw("records")
    with (
        closing(open_records(twins.home.window_file, key, "WINDOW")) as store,
        store.transaction(),
    ):
        store.run(
            "INSERT INTO attempt (id, number, order_id, tender, amount_fen, currency, status, "
            "created_at, sent_at) VALUES ('left', '1-1-zzzzz000009', 'basket', 'wechat', 500, "
            "'CNY', 'unknown', ?, ?)",
            ("2025-09-27T04:00:00.000000Z",) * 2,
        )
        store.run("INSERT INTO untold_attempt (attempt_id) VALUES ('left')")
    with venue.opened() as central:
        fencing.fence(central.store, 1, **BY)
        supervision.receive(central.store, twins.home)
        assert central.store.all("SELECT key FROM cases WHERE kind = 'attempt_left'") == [
            ("basket",)
        ]
