"""A session that was not held: decided, tried dry, paid out once, collected by who comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.domain.rain import Outcome
from boxoffice.domain.refunding import ReturnKind
from boxoffice.errors import (
    NeedsApproval,
    NotDecidable,
    NothingToPay,
    NotOwed,
    ReasonMissing,
)
from boxoffice.notices.mail import Mail
from boxoffice.notices.protocol import Channel
from boxoffice.queries import rain_runs
from boxoffice.rehearsal.gateways.mail_server import MailServer
from boxoffice.services.aftersales import collecting, dry_run, rain, rain_run
from boxoffice.services.follower import Rounds
from boxoffice.services.sales import asking
from boxoffice.services.sharing import sync
from boxoffice.services.telling import contacts
from boxoffice.settings import Home
from tests.faults.acts import proof, rows, take
from tests.gateways import Hours, Party, with_parties
from tests.homes import AtWork, at_work
from tests.notices.carriers import mail_settings
from tests.services.rain_acts import (
    RULES,
    batches_of,
    begin,
    decide,
    in_charge,
    played,
    rules,
    run,
)
from tests.services.return_acts import account, be, lines, refund, sell_at

RAINED_OFF = (("start", "2025-09-28T12:30"), ("end", "2025-09-28T12:36"))
HALF_PLAYED = (("start", "2025-09-28T12:30"), ("end", "2025-09-28T12:50"))
PLAYED = (("start", "2025-09-28T12:30"), ("end", "2025-09-28T13:01"))


@pytest.fixture
def work(home: Home, time: Hours, party: Party, tmp_path: Path) -> Iterator[AtWork]:
    with at_work(home) as found:
        clock.use(lambda: time.at)
        rules(found, tmp_path)
        yield with_parties(found, party)


@pytest.fixture
def boss(work: AtWork) -> AtWork:
    return in_charge(work)


def sold(work: AtWork) -> tuple[str, str]:
    """One order for cash, one by code."""
    cash = sell_at(work, "O2", (1, 5), (1, 6))
    basket = take(work, (3, 5), at="O2")
    asking.ask(office=work.office, desk=work.desk, basket=basket, tender="wechat")
    return cash, basket


def live(work: AtWork, code: str = "O2") -> int:
    found = rows(work, "SELECT 1 FROM ticket WHERE live = 1 AND session_id = ?", work.session(code))
    return len(found)


def dry(boss: AtWork, code: str = "O2") -> dry_run.DryRun:
    return dry_run.dry_run(office=boss.office, desk=boss.desk, session_id=boss.session(code))


def owed(work: AtWork, order: str) -> list[rain_runs.InPerson]:
    return work.office.read(lambda store: rain_runs.to_collect(store, order))


@pytest.mark.parametrize(
    ("events", "outcome"),
    [(RAINED_OFF, "full"), (HALF_PLAYED, "half"), (PLAYED, "held")],
)
def test_decided_by_the_ledger(
    work: AtWork, boss: AtWork, events: tuple[tuple[str, str], ...], outcome: str
) -> None:
    sold(work)
    be("2025-09-28T20:00")
    played(boss, "O2", *events)
    found = rain.decide(office=boss.office, desk=boss.desk, session_id=boss.session("O2"))
    assert found.outcomes == {outcome}
    if outcome == "held":
        with pytest.raises(NothingToPay) as refused:
            begin(boss, "O2")
        assert refused.value.fields["why"] == "counts_as_held"


def test_no_answer_before_the_ledger_has_one(work: AtWork, boss: AtWork) -> None:
    sold(work)
    be("2025-09-28T12:40")
    for why, events in (("play_unrecorded", ()), ("play_open", RAINED_OFF[:1])):
        if events:
            played(boss, "O2", *events)
        with pytest.raises(NotDecidable) as refused:
            rain.decide(office=boss.office, desk=boss.desk, session_id=boss.session("O2"))
        assert refused.value.fields["why"] == why
    with pytest.raises(ReasonMissing):
        decide(boss, "O2", Outcome.FULL, reason=" ")
    with pytest.raises(NeedsApproval):
        rain.decide(
            office=boss.office, desk=boss.desk, session_id=boss.session("O2"),
            outcome=Outcome.FULL, reason="大雨",
        )  # fmt: skip
    assert decide(boss, "O2", Outcome.FULL).outcomes == {"full"}


def test_the_dry_run_is_what_the_run_then_pays(
    home: Home, work: AtWork, boss: AtWork, party: Party
) -> None:
    cash, _ = sold(work)
    be("2025-09-28T20:00")
    played(boss, "O2", *RAINED_OFF)
    decide(boss, "O2", None)
    seen = dry(boss)
    assert (seen.orders, seen.tickets) == (2, 3)
    assert seen.tenders == {"cash": 136_000, "wechat": 28_000}
    assert seen.balance_needed == {"wechat": 28_000}
    assert [(one.order_id, one.amount_fen) for one in seen.in_person] == [(cash, 136_000)]
    assert live(work) == 3
    found = run(boss, "O2")
    assert (found.open, found.orders, found.tickets, found.amount_fen) == (False, 2, 3, 164_000)
    assert live(work) == 0
    drawer = account(work, "cash:drawer")
    assert account(work, "owed:refunds") == -164_000
    Rounds(work.office).go(0)
    assert (party.held, account(work, "owed:refunds")) == (0, -136_000)
    (waiting,) = owed(work, cash)
    paid = collecting.collect(
        office=work.office, desk=work.desk, payback_id=waiting.payback_id, shown="票"
    )
    assert (paid, account(work, "cash:drawer")) == (136_000, drawer - 136_000)
    assert account(work, "owed:refunds") == 0
    with pytest.raises(NotOwed):
        collecting.collect(
            office=work.office, desk=work.desk, payback_id=waiting.payback_id, shown="票"
        )
    sync.push(work.office)
    assert proof(home).broken == ()


def test_half_goes_back_and_half_is_kept(home: Home, work: AtWork, boss: AtWork) -> None:
    sold(work)
    be("2025-09-28T20:00")
    played(boss, "O2", *HALF_PLAYED)
    decide(boss, "O2", None)
    assert run(boss, "O2").amount_fen == 82_000
    assert account(work, "revenue:refund fees") == -82_000
    sync.push(work.office)
    assert proof(home).broken == ()


@pytest.mark.parametrize(("kind", "paid"), [(ReturnKind.CANCELLED, 164_000), (ReturnKind.MOVED, 0)])
def test_cancelled_and_moved_sessions_use_the_same_run(
    home: Home, work: AtWork, boss: AtWork, kind: ReturnKind, paid: int
) -> None:
    sold(work)
    decide(boss, "O2", None, kind)
    if not paid:
        assert dry(boss).outcomes == {"exchange": (3, 0)}
        with pytest.raises(NothingToPay):
            begin(boss, "O2")
        decide(boss, "O2", Outcome.FULL, kind)
        paid = 164_000
    assert run(boss, "O2").amount_fen == paid
    kinds = {row[0] for row in rows(work, "SELECT kind FROM refund")}
    assert kinds == {kind.value}
    # Its seats are not sold again while it might be played.
    assert rows(work, "SELECT 1 FROM refund WHERE free_from > '2025-09-28T04:30'")
    sync.push(work.office)
    assert proof(home).broken == ()


def test_paused_and_gone_on_with(work: AtWork, boss: AtWork) -> None:
    for n in range(1, 7):
        sell_at(work, "O2", (1, n))
    decide(boss, "O2", Outcome.FULL)
    run_id = begin(boss, "O2")
    asked = iter([False, True])
    with batches_of(2):
        found = rain_run.go(
            office=boss.office, desk=boss.desk, run_id=run_id, stop=lambda: next(asked)
        )
        assert (found.open, found.orders, found.left) == (True, 2, 4)
        assert begin(boss, "O2") == run_id
        told: list[int] = []
        found = rain_run.go(
            office=boss.office, desk=boss.desk, run_id=run_id,
            progress=lambda state: told.append(state.orders),
        )  # fmt: skip
    assert (found.open, found.orders, told) == (False, 6, [4, 6])


def test_an_order_with_money_under_way_waits(
    home: Home, work: AtWork, boss: AtWork, party: Party
) -> None:
    sold(work)
    basket = take(work, (3, 6), (3, 7), at="O2")
    asking.ask(office=work.office, desk=work.desk, basket=basket, tender="wechat")
    party.days = ["lost"]
    refund(work, basket, lines(work, basket)[:1])
    Rounds(work.office).go(0)
    be("2025-09-28T20:00")
    decide(boss, "O2", Outcome.FULL)
    assert dry(boss).busy == 1
    found = run(boss, "O2")
    number = rows(work, "SELECT number FROM orders WHERE id = ?", basket)[0][0]
    assert (found.open, found.tickets, found.left) == (True, 3, 1)
    assert found.skipped == ((number, "busy", "paying"),)
    Rounds(work.office).go(0)
    found = run(boss, "O2")
    assert (found.open, found.tickets, found.skipped) == (False, 4, ())
    sync.push(work.office)
    Rounds(work.office).go(0)
    assert party.held + account(work, "revenue:refund fees") == 0
    assert proof(home).broken == ()


def test_play_on_all_courts_a_ticket_opens(work: AtWork, boss: AtWork, tmp_path: Path) -> None:
    opened = RULES.replace("remedy", "remedy,courts_counted,courts_together").replace(
        "refund", "refund,opened,average"
    )
    rules(work, tmp_path, opened.replace("2025-08-01", "2025-08-02"))
    sell_at(work, "O1", (2, 5))
    be("2025-09-27T20:00")
    played(boss, "O1", ("start", "2025-09-27T12:30"), ("end", "2025-09-27T12:36"))
    played(boss, "G1", ("start", "2025-09-27T11:00"), ("end", "2025-09-27T12:20"))
    (found,) = rain.judge(
        office=boss.office, desk=boss.desk, session_id=boss.session("O1")
    ).decisions
    assert (found.outcome, found.seconds) == (Outcome.HELD, (6 + 80) * 60 // 2)


def test_customers_hear_of_it(work: AtWork, boss: AtWork) -> None:
    cash, basket = sold(work)
    for order in (cash, basket):
        contacts.note(
            office=work.office, desk=work.desk, order_id=order, language="zh_CN",
            mail="visitor@example.org",
        )  # fmt: skip
    with MailServer() as server:
        mail = Mail(mail_settings(server))
    mailed = replace(boss.office, senders={Channel.MAIL: mail})
    told = AtWork(mailed, boss.desk)
    decide(told, "O2", None, ReturnKind.CANCELLED)
    run(told, "O2")
    found = rows(work, "SELECT order_id, kind FROM notice ORDER BY kind, order_id")
    assert sorted(found) == sorted(
        [
            (cash, "refund_refused"),
            (basket, "refund_accepted"),
            (cash, "session_cancelled"),
            (basket, "session_cancelled"),
        ]
    )
