"""Days of money as a supervisor sees them: sums by tender, bills of several days, what is open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.errors import NotAllowed, WrongStatus
from boxoffice.queries.money_days import Held, HeldState, MoneyDay
from boxoffice.queries.transfers import Stage
from boxoffice.rehearsal.gateways.bills import wechat_bill
from boxoffice.services.aftersales import voids
from boxoffice.services.money import asking_party, files, looking
from boxoffice.services.sales import asking, paybacks
from boxoffice.services.sharing import sync
from boxoffice.services.staff import operators, shifts
from tests import servers
from tests.faults.acts import take
from tests.gateways import Hours, Party, Trade, hours
from tests.homes import AtWork, at_work, small_home
from tests.payments.companies import CODES, Till, till
from tests.windows import window_home

DAY = date(2025, 9, 27)
PRICE = 68_000


@dataclass
class Money:
    """A window that takes WeChat, and a supervisor at it."""

    work: AtWork
    counter: Till
    time: Hours
    folder: Path

    @property
    def supervisor(self):
        person = operators.operator_by_number(office=self.work.office, number="3001")
        return shifts.desk_for(office=self.work.office, operator=person)

    def sell(self, seat: int) -> str:
        basket = take(self.work, (1, seat))
        asking.ask(
            office=self.work.office, desk=self.work.desk, basket=basket, tender="wechat",
            code=CODES["wechat"][:-1] + str(seat), pause=self.time.wait,
        )  # fmt: skip
        return basket

    def void(self, order: str) -> None:
        office = self.work.office
        voids.void(office=office, desk=self.work.desk, order_id=order, papers_back=True, reason="x")
        chain = office.chain
        for one in office.read(lambda s: paybacks.waiting(s, chain.window, chain.epoch)):
            paybacks.follow(office=office, payback_id=one)

    def take_in(self, name: str, content: bytes) -> files.Taken:
        path = self.folder / name
        path.write_bytes(content)
        return files.take(office=self.work.office, desk=self.supervisor, paths=[path])

    def bill(self, day: date = DAY) -> bytes:
        content = wechat_bill(self.counter.company.book, day)
        assert content is not None
        return content

    def days(self) -> dict[date, MoneyDay]:
        sync.push(self.work.office)
        return {day.day: day for day in looking.look(self.work.office).days}

    def held(self, day: date = DAY) -> Held:
        (found,) = (part for part in self.days()[day].parts if part.tender == "wechat")
        return found


@pytest.fixture(params=["file", "server"])
def money(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Money]:
    with ExitStack() as ending:
        if request.param == "file":
            home = small_home(tmp_path)
        else:
            home = window_home(tmp_path, servers.fresh_database(), 1)
        counter = ending.enter_context(till("wechat"))
        time = ending.enter_context(hours())
        found = ending.enter_context(at_work(home))
        clock.use(lambda: time.at)
        office = replace(found.office, gateways={"wechat": counter.driver})
        yield Money(AtWork(office, found.desk), counter, time, tmp_path)


def test_what_came_less_what_went_back_until_a_bill_comes(money: Money) -> None:
    first = money.sell(5)
    money.sell(6)
    money.time.pass_(120)
    money.void(first)
    held = money.held()
    assert (held.state, held.ours_fen, held.theirs_fen) == (HeldState.NO_FILE, PRICE, None)
    assert not money.days()[DAY].over
    money.time.pass_(86_400)
    money.take_in("a.csv", money.bill())
    held = money.held()
    assert (held.state, held.ours_fen, held.theirs_fen) == (HeldState.AGREES, PRICE, PRICE)
    assert (held.matched, held.exceptions, held.difference_fen) == (3, 0, 0)
    day = money.days()[DAY]
    assert (day.closed, day.kept, len(day.parts)) == (True, False, 1)


def test_a_sale_after_midnight_is_of_its_own_day(money: Money) -> None:
    money.sell(5)
    money.time.pass_(12 * 3_600 + 60)
    money.sell(6)
    days = money.days()
    assert {day: [part.ours_fen for part in found.parts] for day, found in days.items()} == {
        DAY: [PRICE],
        DAY + timedelta(days=1): [PRICE],
    }


def test_a_bill_of_two_days_stands_at_both_with_the_sums_of_both(money: Money) -> None:
    money.sell(5)
    money.time.pass_(86_400)
    money.sell(6)
    head, *one = money.bill().decode().splitlines()
    other = money.bill(DAY + timedelta(days=1)).decode().splitlines()
    total = other[-1].replace("`1,", "`2,", 1).replace("680.00", "1360.00").replace("4.08", "8.16")
    both = "\r\n".join([head, one[0], *other[1:-1], total, ""])
    money.take_in("b.csv", both.encode())
    for day in (DAY, DAY + timedelta(days=1)):
        held = money.held(day)
        assert (held.first_day, held.last_day) == (DAY, DAY + timedelta(days=1))
        assert (held.ours_fen, held.theirs_fen) == (2 * PRICE, 2 * PRICE)


def test_days_before_those_listed_are_left_out(money: Money) -> None:
    money.sell(5)
    money.time.pass_(14 * 86_400)
    assert DAY not in money.days()


def test_an_exception_is_asked_about_and_the_answer_stays_with_it(money: Money) -> None:
    order = money.sell(5)
    money.sell(6)
    money.time.pass_(120)
    money.void(order)
    book = money.counter.company.book
    (number,) = book.refunds
    kept = book.refunds.pop(number)
    money.time.pass_(86_400)
    (report,) = money.take_in("c.csv", money.bill()).reports
    assert report.open_cases == 1
    book.refunds[number] = kept
    office, desk = money.work.office, money.supervisor
    (case,) = looking.exceptions(office, money.held().id)
    assert (case.facts["kind"], case.facts["number"]) == ("refund", number)
    assert asking_party.can_ask(case.facts, office.gateways.keys())
    said = asking_party.ask(office=office, desk=desk, case_id=case.id)
    assert (said.outcome, said.fen) == ("arrived", PRICE)
    (case,) = looking.exceptions(office, money.held().id)
    assert (case.facts["asked"]["outcome"], case.facts["asked"]["by"]) == ("arrived", "3001")
    with pytest.raises(NotAllowed):
        asking_party.ask(office=office, desk=money.work.desk, case_id=case.id)
    # The right bill ends it, and nothing is asked about any more.
    (report,) = money.take_in("d.csv", money.bill()).reports
    assert report.closed
    with pytest.raises(WrongStatus):
        asking_party.ask(office=office, desk=desk, case_id=case.id)


def test_money_without_a_way_back_is_listed(money: Money) -> None:
    order = money.sell(5)
    money.time.pass_(120)
    party = Party(days=["dead"])
    office = replace(money.work.office, gateways={"wechat": party})
    charged = money.counter.company.book.trades
    party.trades = {number: Trade(PRICE) for number in charged}
    money.work = AtWork(office, money.work.desk)
    money.void(order)
    sync.push(office)
    found = looking.look(office)
    (line,) = found.transfers
    assert (line.stage, line.fen, line.tender, line.tried) == (Stage.NO_WAY, PRICE, "wechat", False)
    assert not found.bank_set_up
