"""Payments that a lost window left undecided: a supervisor settles them, and nothing is sold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from boxoffice.central import fencing, freeing, settling, undecided
from boxoffice.central.items import Credentials
from boxoffice.central.settling import End
from boxoffice.domain.statuses import AttemptStatus
from boxoffice.errors import EpochRuns, NeedsApproval, NotAllowed, ReasonMissing, WrongStatus
from boxoffice.payments.undoing import Found
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author
from boxoffice.services.sales import reservations
from boxoffice.services.sharing import sync
from boxoffice.services.supervising import left_attempts, supervision
from boxoffice.services.till import closing
from tests.faults.acts import rows, take
from tests.gateways import Killed, hours
from tests.homes import AtWork
from tests.lines import cut_off
from tests.services.left_money import Venue, add_second, two_people
from tests.services.reserving import reserve


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    with hours() as time:
        yield Venue(tmp_path, time)


def left(venue: Venue, *, arrives: bool = True) -> str:
    """An order whose charge nobody knows the end of; its window is lost."""
    with venue.at_work() as work:
        order = take(work, (1, 5))
        venue.charge_unknown(work, order)
        sync.tell_attempts(work.office)
    if not arrives:
        venue.party.trades.clear()
    for trade in venue.party.trades.values():
        trade.state = "paid"
    venue.party.asked.clear()
    venue.fence()
    return order


def test_what_was_paid_goes_back_and_nothing_is_sold(venue: Venue) -> None:
    order = left(venue)
    assert venue.party.held == 68_000
    with venue.at_two() as work:
        done = venue.settle(work, order)
        assert (done.over, done.found, done.window) == (True, Found.REVERSED, 1)
        assert rows(work, "SELECT count(*) FROM cases WHERE status = 'open'") == [(0,)]
    assert venue.party.held == 0
    assert venue.status() == ("reversed", "settled")
    assert venue.central("SELECT count(*) FROM payment WHERE window_id > 0") == [(0,)]
    assert venue.central("SELECT sum(amount_fen) FROM posting WHERE account = 'wechat'") == [
        (None,)
    ]
    assert venue.broken_at_two() == ()


def test_who_asks_is_at_central_before_anybody_is_asked(venue: Venue) -> None:
    """Intent first: the entry names both persons."""
    order = left(venue)
    venue.party.days = ["killed_before"]
    with venue.at_two() as work, pytest.raises(Killed):
        venue.settle(work, order)
    told = "SELECT window_id FROM journal WHERE act = 'settle_left' AND facts LIKE '%other%'"
    assert venue.central(told) == [(2,)]
    assert venue.status() == ("unknown", "open")


@pytest.mark.parametrize("day", ["killed_before", "killed_after"])
@pytest.mark.parametrize("message", [1, 2])
def test_killed_while_it_is_settled(venue: Venue, day: str, message: int) -> None:
    """Done again, it ends as if nothing had happened; the money is asked back once."""
    order = left(venue)
    venue.party.days = [""] * message + [day]
    with venue.at_two() as work, suppress(Killed):
        venue.settle(work, order)
    venue.party.days = []
    with venue.at_two() as work:
        assert venue.settle(work, order).over
    assert venue.party.held == 0
    assert venue.status() == ("reversed", "settled")


def test_without_an_answer_it_says_so_and_is_done_again(venue: Venue) -> None:
    order = left(venue)
    with venue.at_two() as work:
        venue.party.days = ["silent"]
        done = venue.settle(work, order)
        assert (done.over, done.found) == (False, Found.SILENT)
        assert venue.status() == ("unknown", "open")
        assert venue.settle(work, order).over
        again = venue.settle(work, order)
        assert (again.over, again.found) == (True, None), "once it is over nobody is asked"
    assert venue.party.held == 0


def test_paid_between_the_question_and_the_reversal(venue: Venue) -> None:
    order = left(venue)
    for trade in venue.party.trades.values():
        trade.state = "waiting"
    venue.party.days = ["", "", "pays"]
    with venue.at_two() as work:
        assert venue.settle(work, order).found is Found.REVERSED
    assert [act for act, _ in venue.party.asked].count("reverse") == 2
    assert venue.party.held == 0


def test_a_number_nobody_knows_is_believed_only_after_a_while(venue: Venue) -> None:
    order = left(venue, arrives=False)
    with venue.at_two() as work:
        venue.time.at = venue.time.at.replace(hour=4, minute=1)
        assert venue.settle(work, order).found is Found.EARLY
        assert venue.status() == ("unknown", "open")
        venue.time.pass_(300)
        venue.party.days = ["", "not_known_yet"]
        assert venue.settle(work, order).found is Found.NEVER
    assert venue.status() == ("reversed", "settled")


def test_one_that_its_party_says_it_never_had_is_reversed_all_the_same(venue: Venue) -> None:
    order = left(venue)
    with venue.at_two() as work:
        venue.time.pass_(300)
        venue.party.days = ["not_known_yet", *["silent", "not_known_yet"] * 3]
        assert venue.settle(work, order).found is Found.SILENT
        venue.party.days = ["not_known_yet"]
        assert venue.settle(work, order).found is Found.REVERSED
    assert venue.party.held == 0


def test_what_cannot_be_undone_is_settled_by_hand(venue: Venue) -> None:
    order = left(venue)
    with venue.at_two() as work:
        desk, second = two_people(work, left_attempts.SETTLE)

        def by_hand(reason: str) -> left_attempts.Settled:
            return left_attempts.settle_by_hand(
                office=work.office, desk=desk, approval=second, order_id=order, reason=reason
            )

        with pytest.raises(WrongStatus):
            by_hand("given back in the portal")
        venue.party.days = ["", "never"]
        done = venue.settle(work, order)
        assert (done.over, done.found) == (False, Found.STUCK)
        ((said,),) = rows(work, "SELECT facts FROM cases WHERE kind = 'attempt_left'")
        assert '"stuck"' in str(said)
        with pytest.raises(ReasonMissing):
            by_hand(" ")
        assert by_hand("given back in the portal").over
    assert venue.status() == ("reversed", "settled")
    ((facts,),) = venue.central("SELECT facts FROM attempt")
    assert "given back in the portal" in str(facts)


def test_who_may(venue: Venue) -> None:
    order = left(venue)
    with venue.at_two() as work:
        desk, second = two_people(work, left_attempts.SETTLE)
        for who, other, error in (
            (work.desk, second, NotAllowed),
            (desk, None, NeedsApproval),
            (desk, two_people(work, "void")[1], NeedsApproval),
        ):
            with pytest.raises(error):
                left_attempts.settle(office=work.office, desk=who, approval=other, order_id=order)
    assert venue.party.asked == []
    assert venue.status() == ("unknown", "open")


def test_of_an_epoch_that_runs_its_window_sees_to_it(venue: Venue) -> None:
    with venue.at_work() as work:
        order = take(work, (1, 5))
        venue.charge_unknown(work, order)
        sync.tell_attempts(work.office)
        venue.party.asked.clear()
        with venue.at_two() as two, pytest.raises(EpochRuns):
            venue.settle(two, order)
    assert venue.party.asked == []


def test_the_window_of_before_hears_of_it_and_its_basket_is_over(venue: Venue) -> None:
    with venue.at_work() as work:
        order = take(work, (1, 5))
        venue.charge_unknown(work, order)
        sync.tell_attempts(work.office)
    venue.renewed()
    with venue.at_two() as two:
        sync.pull(two.office)
        assert venue.settle(two, order).over
    with venue.at_work() as work:
        sync.pull(work.office)
        assert left_attempts.follow(work.office) == 1
        assert left_attempts.follow(work.office) == 0
        assert rows(work, "SELECT status FROM attempt") == [("reversed",)]
        assert rows(work, f"SELECT status, total_fen FROM orders WHERE id = '{order}'") == [
            ("abandoned", 0)
        ]
    assert venue.party.held == 0
    assert venue.broken() == ()


def test_it_is_settled_at_its_own_window_too(venue: Venue) -> None:
    with venue.at_work() as work:
        order = take(work, (1, 5))
        venue.charge_unknown(work, order)
        sync.tell_attempts(work.office)
    venue.renewed()
    with venue.at_work() as work:
        add_second(work)
        assert venue.settle(work, order).over
        assert rows(work, "SELECT status FROM attempt") == [("reversed",)]
    assert venue.broken() == ()


def test_a_crash_in_the_middle_keeps_no_shift_open(venue: Venue) -> None:
    """As sent it was left; in the next epoch nobody waits for its end."""
    venue.party.days = ["killed_after"]
    with venue.at_work() as work:
        order = take(work, (1, 5))
        with pytest.raises(Killed):
            venue.ask(work, order)
    venue.renewed()
    with venue.at_work() as work:
        assert work.office.read(closing.standing).payments == 0


def test_a_case_that_was_settled_opens_again_for_the_next(venue: Venue) -> None:
    order = left(venue)
    with venue.at_two() as work:
        assert venue.settle(work, order).over
    with venue.owner() as central:
        with central.transaction():
            central.run(
                "INSERT INTO attempt (id, number, order_id, tender, amount_fen, currency, status, "
                "created_at) VALUES ('n', '2-1-y000001', ?, 'wechat', 5, 'CNY', 'created', ?)",
                (order, "2025-09-27T04:00:00.000000Z"),
            )
        fencing.fence(central, 2, operator="9001", reason="lost too")
        assert central.all("SELECT status FROM cases WHERE kind = 'attempt_left'") == [("open",)]


# --- what the server lets a window do


@pytest.mark.parametrize(
    "approver", ["", "nobody", "{own}"], ids=["no entry", "a stranger", "oneself"]
)
def test_a_window_ends_no_payment_of_another_by_itself(venue: Venue, approver: str) -> None:
    order = left(venue)
    with venue.at_two() as work:
        desk, _ = two_people(work, left_attempts.SETTLE)
        number = 1
        if approver:
            facts = {"order": order, "approver": approver.format(own=desk.operator.id)}
            number = work.office.unit(
                lambda unit: unit.record(
                    left_attempts.SETTLE, author=Author(desk.operator.id, None), facts=facts
                )
            )
            sync.push(work.office)
        with pytest.raises(NotAllowed):
            end(work, order, number)
    assert venue.status() == ("unknown", "open")


def test_a_window_ends_no_payment_of_an_epoch_that_runs(venue: Venue) -> None:
    with venue.at_work() as work:
        order = take(work, (1, 5))
        venue.charge_unknown(work, order)
        sync.tell_attempts(work.office)
        with venue.at_two() as two:
            desk, second = two_people(two, left_attempts.SETTLE)
            facts = {"order": order, "approver": second.operator_id}
            number = two.office.unit(
                lambda unit: unit.record(
                    left_attempts.SETTLE, author=Author(desk.operator.id, None), facts=facts
                )
            )
            sync.push(two.office)
            assert end(two, order, number) is False
    assert venue.central("SELECT status FROM attempt") == [("unknown",)]


def end(work: AtWork, order: str, number: int) -> bool:
    def at_central(store: Store, who: Credentials) -> bool:
        found = undecided.open_attempt(store, order)
        assert found is not None
        return settling.end(store, who, number, found, End(AttemptStatus.REVERSED))

    return work.office.link.call(at_central)


# --- what else might move it


def test_an_order_whose_payment_is_open_is_not_freed(venue: Venue) -> None:
    with venue.at_work() as work:
        order = reserve(work, (1, 6)).order_id
        sync.push(work.office)
        reservations.take_up(office=work.office, desk=work.desk, order_id=order)
        venue.charge_unknown(work, order)
        sync.tell_attempts(work.office)
    venue.fence()
    held = f"SELECT holder FROM custody_order WHERE order_id = '{order}'"
    with venue.owner() as central:
        freed = freeing.free(central, 1, 1, operator="9001", reason="gone", approver="3001")
        assert freed.orders == 0
        assert central.all(held) == [(1,)]
    with venue.at_two() as work:
        assert venue.settle(work, order).over
    with venue.owner() as central:
        freed = freeing.free(central, 1, 1, operator="9001", reason="gone", approver="3001")
        assert freed.orders == 1
        assert central.all(held) == [(None,)]


def test_a_sale_that_is_found_later_goes_to_review(venue: Venue) -> None:
    """The lost disk says it was paid and sold; its money has gone back meanwhile."""
    with venue.at_work() as work:
        order = take(work, (1, 5))
        venue.charge_unknown(work, order)
        sync.tell_attempts(work.office)
        with cut_off(venue.database):
            venue.paid_after_all(work)
        assert rows(work, f"SELECT status FROM orders WHERE id = '{order}'") == [("paid",)]
    venue.fence()
    with venue.at_two() as work:
        assert venue.settle(work, order).found is Found.REVERSED
    with venue.owner() as central:
        supervision.receive(central, venue.home)
        reasons = central.all("SELECT reason FROM review WHERE settled_at IS NULL")
        assert reasons == [("a payment of it was settled, and its money went back",)]
        assert central.all(f"SELECT 1 FROM orders WHERE id = '{order}'") == []
    assert venue.status() == ("reversed", "settled")


def test_a_sale_that_is_found_while_it_is_settled_goes_to_review(
    venue: Venue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lost disk is taken in after the reversal, and before its end is written."""
    with venue.at_work() as work:
        order = take(work, (1, 5))
        venue.charge_unknown(work, order)
        sync.tell_attempts(work.office)
        with cut_off(venue.database):
            venue.paid_after_all(work)
    venue.fence()
    end = settling.end

    def found_before(*given: Any) -> bool:
        with venue.owner() as central:
            supervision.receive(central, venue.home)
        return end(*given)

    monkeypatch.setattr(settling, "end", found_before)
    with venue.at_two() as work:
        venue.settle(work, order)
    with venue.owner() as central:
        reasons = central.all("SELECT reason FROM review WHERE settled_at IS NULL")
        assert reasons == [("a payment of it is being settled: its money may have gone back",)]
        assert central.all("SELECT 1 FROM ticket WHERE live = 1 AND order_id = ?", (order,)) == []
