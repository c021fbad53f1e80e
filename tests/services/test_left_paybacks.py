"""Money on its way back that an ended epoch began: followed on, by one number, and never twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from boxoffice.central import freeing
from boxoffice.errors import (
    BadReference,
    EpochRuns,
    HeldElsewhere,
    NeedsApproval,
    ReasonMissing,
    SamePerson,
    TerminalElsewhere,
    WrongStatus,
)
from boxoffice.services.aftersales import voids
from boxoffice.services.sales import paybacks
from boxoffice.services.sales.paybacks import TAKE_ON, Returning
from boxoffice.services.sharing import sync
from boxoffice.services.supervising import left_paybacks
from tests.faults.acts import rows, take
from tests.gateways import Killed, hours
from tests.homes import AtWork
from tests.services.left_money import Venue, two_people
from tests.services.test_attempts_of_ended_epochs import follow

PRICE = 68_000
CASES = "SELECT kind, status FROM cases ORDER BY kind"
BACK = "SELECT status FROM payback"


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    with hours() as time:
        yield Venue(tmp_path, time)


def on_its_way(venue: Venue, day: str, tender: str = "wechat") -> str:
    """An order that was paid by code and voided; how far its money is, that day says."""
    venue.party.tender = tender
    with venue.at_work() as work:
        order = take(work, (1, 5))
        assert venue.ask(work, order).sale is not None
        voids.void(
            office=work.office,
            desk=work.desk,
            order_id=order,
            line_ids=[str(line) for (line,) in rows(work, "SELECT id FROM order_line "
                      "WHERE order_id = ?", order)],
            papers_back=True,
            reason="wrong",
        )  # fmt: skip
        sync.push(work.office)
        if day:
            venue.party.days = [day]
            with suppress(Killed):
                one(work)
            sync.push(work.office)
        venue.party.days = []
        venue.party.asked.clear()
    return order


def one(work: AtWork) -> Returning:
    ((payback,),) = rows(work, "SELECT id FROM payback WHERE ended_at IS NULL")
    return paybacks.follow(office=work.office, payback_id=str(payback))


def free(venue: Venue) -> None:
    with venue.owner() as central:
        freeing.free(central, 1, 1, operator="9001", reason="its disk is gone", approver="3001")


def take_on(venue: Venue, work: AtWork, order: str) -> tuple[Returning, ...]:
    desk, second = two_people(work, TAKE_ON)
    return left_paybacks.take_on(office=work.office, desk=desk, approval=second, order_id=order)


def test_the_next_epoch_of_its_window_follows_it(venue: Venue) -> None:
    order = on_its_way(venue, "killed_after")
    venue.renewed()
    with venue.at_work() as work:
        sync.pull(work.office)
        follow(work, venue.time)
        assert venue.party.asked == [], "the order is with the ended epoch"
        free(venue)
        follow(work, venue.time)
        sync.push(work.office)
        assert rows(work, BACK) == [("arrived",)]
    assert venue.party.held == 0
    assert [act for act, _ in venue.party.asked] == ["refund_state"]
    assert venue.central(CASES) == [("payback_left", "settled")]
    assert venue.central(f"SELECT status FROM orders WHERE id = '{order}'") == [("returned",)]
    assert venue.broken() == ()


@pytest.mark.parametrize("day", ["", "killed_after", "pending"])
def test_another_window_takes_it_on(venue: Venue, day: str) -> None:
    order = on_its_way(venue, day)
    venue.fence()
    with venue.at_two() as work:
        sync.pull(work.office)
        if day != "pending":  # else central has it
            with pytest.raises(HeldElsewhere):
                take_on(venue, work, order)
            free(venue)
        assert venue.party.asked == []
        (done,) = take_on(venue, work, order)
        assert done.status == "arrived"
        assert take_on(venue, work, order) == ()
    assert venue.party.held == 0
    assert venue.central("SELECT sum(amount_fen) FROM posting WHERE account = 'wechat'") == [(0,)]
    assert venue.central(CASES) == [("payback_left", "settled")]
    assert venue.broken_at_two() == ()


def test_whoever_took_it_on_follows_it(venue: Venue) -> None:
    order = on_its_way(venue, "lost")
    venue.fence()
    free(venue)
    with venue.at_two() as work:
        venue.party.days = ["", "silent"]
        (done,) = take_on(venue, work, order)
        assert done.status == "unknown"
        follow(work, venue.time)
        sync.push(work.office)
        assert rows(work, BACK) == [("arrived",)]
    assert venue.party.held == 0
    assert venue.broken_at_two() == ()


@pytest.mark.parametrize("day", ["killed_before", "killed_after"])
@pytest.mark.parametrize("message", [0, 1])
def test_killed_while_it_is_taken_on_it_is_paid_once(venue: Venue, day: str, message: int) -> None:
    """By window 2; by the one that was lost, in its next epoch; by both."""
    order = on_its_way(venue, "")
    venue.fence()
    free(venue)
    venue.party.days = [""] * message + [day]
    with venue.at_two() as work, suppress(Killed):
        take_on(venue, work, order)
    venue.party.days = []
    with venue.at_two() as work:
        follow(work, venue.time)
        sync.push(work.office)
        assert rows(work, BACK) == [("arrived",)]
    venue.renewed()
    with venue.at_work() as work:
        sync.pull(work.office)
        follow(work, venue.time)
        assert rows(work, BACK) == [("arrived",)]
    assert venue.party.held == 0
    assert venue.broken() == ()
    assert venue.broken_at_two() == ()


def test_one_that_was_given_up_is_not_sent_again_by_itself(venue: Venue) -> None:
    """The lost file may have sent it under a new number: people look first."""
    order = on_its_way(venue, "pending")
    venue.fence()
    with venue.at_two() as work:
        venue.party.days = ["closed"]
        (done,) = take_on(venue, work, order)
        assert done.status == "dead"
        follow(work, venue.time)
        assert rows(work, BACK) == [("dead",)]
    assert venue.party.held == PRICE
    assert ("payback_dead", "open") in venue.central(CASES)
    assert venue.broken_at_two() == ()


def test_who_may_take_it_on_and_what(venue: Venue) -> None:
    order = on_its_way(venue, "lost", "card")
    with venue.at_work(), venue.at_two() as two, pytest.raises(EpochRuns):
        take_on(venue, two, order)
    venue.fence()
    free(venue)
    with venue.at_two() as work:
        with pytest.raises(TerminalElsewhere):
            take_on(venue, work, order)
        desk, _ = two_people(work, TAKE_ON)
        with pytest.raises(NeedsApproval):
            left_paybacks.take_on(office=work.office, desk=desk, approval=None, order_id=order)
    assert venue.party.asked == []


def by_hand(venue: Venue, work: AtWork, order: str, **said: str) -> tuple[Returning, ...]:
    desk, second = two_people(work, TAKE_ON)
    return left_paybacks.end_by_hand(
        office=work.office, desk=desk, approval=second, order_id=order, **said
    )


@pytest.mark.parametrize("day", ["", "lost", "pending"])
def test_a_card_is_given_back_at_the_portal(venue: Venue, day: str) -> None:
    """Its terminal is gone: two people say by which number the acquirer gave it back."""
    order = on_its_way(venue, day, "card")
    venue.fence()
    with venue.at_two() as work:
        sync.pull(work.office)
        if day != "pending":  # else central has it
            with pytest.raises(HeldElsewhere):
                by_hand(venue, work, order, reference="000123456789")
            free(venue)
        (done,) = by_hand(venue, work, order, reference="0001 2345 6789")
        assert (done.status, done.tender) == ("arrived", "card")
        assert by_hand(venue, work, order, reference="000123456789") == (), "once"
        sync.push(work.office)
        assert rows(work, "SELECT status, reference FROM payback") == [("arrived", "000123456789")]
    assert venue.party.asked == [], "no other terminal was asked"
    assert venue.central("SELECT sum(amount_fen) FROM posting WHERE account = 'card'") == [(0,)]
    assert venue.central(CASES) == [("payback_left", "settled")]
    assert venue.broken_at_two() == ()


@pytest.mark.parametrize("day", ["", "lost", "pending"])
def test_a_card_that_takes_nothing_back_needs_another_way(venue: Venue, day: str) -> None:
    order = on_its_way(venue, day, "card")
    venue.fence()
    free(venue)
    with venue.at_two() as work:
        (done,) = by_hand(venue, work, order, reason="the card is gone")
        assert done.status == "dead"
        sync.push(work.office)
    due = "SELECT sum(amount_fen) FROM posting WHERE account = 'owed:refunds'"
    assert venue.central(due) == [(-PRICE,)], "it is owed still"
    assert venue.central(CASES) == [("payback_dead", "open"), ("payback_left", "settled")]
    assert venue.broken_at_two() == ()


def test_what_is_not_ended_by_hand(venue: Venue) -> None:
    order = on_its_way(venue, "lost", "card")
    venue.fence()
    free(venue)
    with venue.at_two() as work:
        desk, second = two_people(work, TAKE_ON)
        for said, error in (
            ({}, ReasonMissing),
            ({"reference": "1234"}, BadReference),
            ({"reference": "000000000000"}, BadReference),
        ):
            with pytest.raises(error):
                by_hand(venue, work, order, **said)
        asked = {"office": work.office, "desk": desk, "order_id": order, "reference": "123456"}
        with pytest.raises(NeedsApproval):
            left_paybacks.end_by_hand(**asked, approval=None)
        alone = replace(second, operator_id=desk.operator.id)
        with pytest.raises(SamePerson):
            left_paybacks.end_by_hand(**asked, approval=alone)
        assert rows(work, "SELECT ended_at FROM payback") == [(None,)]


def test_a_code_payment_is_asked_about_not_ended_by_hand(venue: Venue) -> None:
    order = on_its_way(venue, "lost")
    venue.fence()
    free(venue)
    with venue.at_two() as work:
        with pytest.raises(WrongStatus):
            by_hand(venue, work, order, reference="123456")
        (done,) = take_on(venue, work, order)
        assert done.status == "arrived"


def test_its_terminal_lives(venue: Venue) -> None:
    order = on_its_way(venue, "lost", "card")
    with venue.at_work(), venue.at_two() as two, pytest.raises(EpochRuns):
        by_hand(venue, two, order, reference="123456")
