"""What an ended epoch reported and central could not take: settled in the epoch that runs now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from boxoffice.central import fencing, freeing, pools
from boxoffice.central.items import Items
from boxoffice.central.reviewing import Outcome
from boxoffice.domain.signing import CertifiedKey
from boxoffice.errors import Fenced, OfEndedEpoch
from boxoffice.records.custody import CENTRAL_POOL
from boxoffice.records.file_store import open_records
from boxoffice.records.keys import load_keys
from boxoffice.services.sales import holds
from boxoffice.services.sharing import custody, epochs, held, sync
from boxoffice.services.supervising import reviews, supervision
from boxoffice.settings import Home, HomeKind
from tests import servers
from tests.faults.acts import DEAF, faulty, hand_over, name_all, pay, rows, sell, tickets_of
from tests.homes import AtWork, at_work
from tests.services.test_offline import second
from tests.windows import window_home

BY = {"operator": "9001", "reason": "lost"}


def grounds_pass(work: AtWork, count: int, first: int = 500) -> str:
    """Unnumbered places in a basket, each with a document."""
    basket = holds.take_places(
        office=work.office,
        desk=work.desk,
        session_id=work.session("G1"),
        count=count,
        basket=None,
    )
    name_all(work, basket, first)
    return basket


def begin_anew(home: Home, database: str) -> None:
    """The first epoch of window 1 ends, central hears all of it, and the second begins."""
    with closing(servers.as_owner(database)) as central:
        fencing.fence(central, 1, **BY)
        freeing.free(central, 1, 1, **BY, approver="2001")
        supervision.receive(central, home)
        fencing.new_epoch(central, CertifiedKey(1, 2, b"", b""))
        key = load_keys(home, HomeKind.TRAINING).raw("records")
        with closing(open_records(home.window_file, key, "WINDOW")) as store:
            epochs.begin_epoch(home, store, central, 1, 2)


@contextmanager
def refused_places(folder: Path) -> Iterator[tuple[AtWork, str]]:
    """Window 1 in its second epoch; what it sold off line in the first waits for review."""
    database = servers.fresh_database()
    home = window_home(folder / "1", database, 1)
    with at_work(home) as work:
        basket = grounds_pass(work, 2)
        pay(faulty(work, *[DEAF] * 99), basket)
    begin_anew(home, database)
    with at_work(home) as work:
        sync.pull(work.office)
        assert [r.order_id for r in reviews.waiting(work.office)] == [basket]
        yield work, basket


def settle(work: AtWork, outcome: Outcome) -> None:
    (review,) = reviews.waiting(work.office)
    desk, other = second(work)
    reviews.settle(
        office=work.office,
        desk=desk,
        approval=other,
        review=review,
        outcome=outcome,
        reason="seen to",
    )


def open_requests(work: AtWork) -> list[tuple[object, ...]]:
    return rows(work, "SELECT status, items FROM request WHERE status IN ('asked', 'giving')")


def test_places_that_were_the_ended_epoch_s_are_not_given_back_by_the_next(tmp_path: Path) -> None:
    with refused_places(tmp_path) as (work, _):
        own = grounds_pass(work, 3, 600)
        settle(work, Outcome.CENTRAL)
        assert open_requests(work) == []
        assert work.office.read(reviews.under_review) == []
        pay(work, own)
        assert reviews.waiting(work.office) == [], "what this epoch holds was left alone"


def test_an_order_of_an_ended_epoch_is_not_reported_again(tmp_path: Path) -> None:
    """It would be settled, and nobody would ever report it."""
    with refused_places(tmp_path) as (work, basket):
        with pytest.raises(OfEndedEpoch):
            settle(work, Outcome.AGAIN)
        assert [r.order_id for r in reviews.waiting(work.office)] == [basket]


def test_a_fenced_window_settles_nothing(tmp_path: Path) -> None:
    with refused_places(tmp_path) as (work, _):
        database = work.office.settings.central.rsplit("/", 1)[1]
        with closing(servers.as_owner(database)) as central:
            fencing.fence(central, 1, **BY)
        with pytest.raises(Fenced):
            settle(work, Outcome.CENTRAL)


def test_places_the_window_turned_out_not_to_have_are_not_given_back(tmp_path: Path) -> None:
    """In one epoch too: a restored central had given them to others."""
    database = servers.fresh_database()
    with at_work(window_home(tmp_path / "1", database, 1)) as work:
        session = work.session("G1")
        basket = grounds_pass(work, 2)
        holds.take_places(
            office=work.office, desk=work.desk, session_id=session, count=1, basket=None
        )
        pay(faulty(work, *[DEAF] * 99), basket)
        with closing(servers.as_owner(database)) as central, central.transaction():
            pools.move(central, {(session, 1, CENTRAL_POOL): 2})
        sync.push(work.office)
        settle(work, Outcome.CENTRAL)
        assert open_requests(work) == []
        custody.settle(work.office)
        assert rows(work, "SELECT places FROM held_places") == [(1,)]


def test_an_order_changed_in_an_earlier_epoch_may_be_changed_after_a_restart(
    tmp_path: Path,
) -> None:
    """What that epoch's journal says of it was told long ago."""
    database = servers.fresh_database()
    home = window_home(tmp_path / "1", database, 1)
    with at_work(home) as work:
        order, tickets = tickets_of(work, "TT0001")
        for number in (5, 6, 7):
            sell(work, (1, number))
        hand_over(work, order, tickets[:1])
    begin_anew(home, database)
    with at_work(home) as work:
        wish = Items(orders=(order,))
        custody.take(work.office, order_id=None, wish=lambda _: wish)
    with at_work(home) as work:
        assert work.office.writing.call(lambda store: held.holds_order(store, order))
        hand_over(work, order, tickets[1:])
