"""Whoever was told that another window has an order hears how the wish for it ended (rule 9)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from boxoffice.central import wishing
from boxoffice.central.allotting import Plan
from boxoffice.errors import CentralUnreachable, HeldElsewhere
from boxoffice.services.sharing import wishes
from tests import servers
from tests.faults.acts import DEAF, faulty, hand_over, tickets_of
from tests.homes import AtWork, at_work
from tests.services.allotted import allot
from tests.windows import window_home


@contextmanager
def heard(work: AtWork) -> Iterator[list[str]]:
    """Topics about wishes that are told inside."""
    topics: list[str] = []

    def came(told: frozenset[str]) -> None:
        topics.extend(topic for topic in told if topic.startswith("wish_"))

    end = work.office.changes.subscribe(came)
    try:
        yield topics
    finally:
        end()


@pytest.fixture
def refused(tmp_path: Path) -> Iterator[tuple[AtWork, AtWork, str, str]]:
    """Window 1 has an order ahead, and window 2 was told so: both, the order, the database."""
    database = servers.fresh_database()
    with (
        at_work(window_home(tmp_path / "1", database, 1)) as one,
        at_work(window_home(tmp_path / "2", database, 2)) as two,
    ):
        allot(one, Plan("1", "O1", orders=2), database)
        order, tickets = tickets_of(two, "TT0001")
        with pytest.raises(HeldElsewhere):
            hand_over(two, order, tickets)
        yield one, two, order, database


def wished(database: str) -> list[tuple[object, ...]]:
    with closing(servers.as_owner(database)) as store:
        return store.all("SELECT order_id, window_id FROM wish")


Refused = tuple[AtWork, AtWork, str, str]


def test_an_order_that_is_let_go_is_told_once(refused: Refused) -> None:
    one, two, order, database = refused
    with heard(two) as topics:
        wishes.follow(two.office)
        assert topics == [], "the other window has it still"
        assert wishes.answer(one.office) == [order]
        wishes.follow(two.office)
        wishes.follow(two.office)
        assert topics == [f"wish_free:{order}"]
        assert wished(database) == []
        hand_over(two, order, tickets_of(two, "TT0001")[1])
        wishes.lapse(two.office)
    assert topics == [f"wish_free:{order}", f"wish_got:{order}"]


def test_what_was_got_in_the_meantime_is_told_too(refused: Refused) -> None:
    one, two, order, database = refused
    wishes.answer(one.office)
    with heard(two) as topics:
        hand_over(two, order, tickets_of(two, "TT0001")[1])
        wishes.follow(two.office)
    assert topics == [f"wish_got:{order}"]
    assert wished(database) == []


def test_a_wish_nobody_answers_ends_off_line_too(
    refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, two, order, _ = refused
    cut = faulty(two, *[DEAF] * 9)
    with heard(two) as topics:
        with pytest.raises(CentralUnreachable):
            wishes.follow(cut.office)
        wishes.lapse(cut.office)
        assert topics == []
        monkeypatch.setattr(wishing, "LIFETIME", timedelta(0))
        wishes.lapse(cut.office)
        wishes.lapse(cut.office)
    assert topics == [f"wish_over:{order}"]


def test_what_a_clerk_waits_for_is_told_by_the_answer_only(refused: Refused) -> None:
    one, two, order, database = refused
    two.office.underway.wished[order] = float("inf")
    wishes.answer(one.office)
    with heard(two) as topics:
        wishes.follow(two.office)
        wishes.lapse(two.office)
    assert topics == []
    assert wished(database) == [(order, 2)], "whoever waits takes it back"
