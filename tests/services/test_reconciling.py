"""Bills of the simulated companies against the ledger: they agree, or each difference is a case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.desk import Desk
from boxoffice.errors import BadFile, NotAllowed, ReasonMissing, WrongStatus
from boxoffice.payments.alipay import Alipay
from boxoffice.payments.wechat import WeChat
from boxoffice.rehearsal.gateways.bills import alipay_bill, wechat_bill
from boxoffice.rehearsal.gateways.days import Day, Step, Trouble
from boxoffice.services.aftersales import voids
from boxoffice.services.money import bills, books, cases
from boxoffice.services.money.bills import BillReport
from boxoffice.services.sales import asking, paybacks
from boxoffice.services.sharing import sync
from boxoffice.services.staff import operators
from boxoffice.settings import Home
from tests.faults.acts import proof, rows, take, there
from tests.gateways import Hours, hours
from tests.homes import AtWork, at_work, small_home
from tests.payments.companies import CODES, Till, till

DAY = date(2025, 9, 27)


@dataclass
class Money:
    """A window that pays at one company."""

    work: AtWork
    home: Home
    counter: Till
    folder: Path
    time: Hours
    read: int = 0

    def sell(self, place: tuple[int, int], *, bad: Day | None = None) -> str:
        if bad is not None:
            self.counter.company.spoil(bad)
        basket = take(self.work, place)
        asking.ask(
            office=self.work.office,
            desk=self.work.desk,
            basket=basket,
            tender=self.counter.company.kind,
            code=CODES[self.counter.company.kind][:-2] + f"{place[0]}{place[1] % 10}",
            pause=self.time.wait,
        )
        return basket

    def void(self, order: str, *, follow: bool = True) -> None:
        voids.void(
            office=self.work.office, desk=self.work.desk, order_id=order, papers_back=True,
            reason="x",
        )  # fmt: skip
        if follow:
            for one in self.work.office.read(lambda s: paybacks.waiting(s, 1, 1)):
                paybacks.follow(office=self.work.office, payback_id=one)

    def bill(self, day: date = DAY) -> Path:
        """As the company hands it out."""
        kind, book = self.counter.company.kind, self.counter.company.book
        content = wechat_bill(book, day) if kind == "wechat" else alipay_bill(book, day)
        assert content is not None
        self.read += 1
        path = self.folder / f"bill{self.read}.{'csv' if kind == 'wechat' else 'zip'}"
        path.write_bytes(content)
        return path

    def keep(self, path: Path) -> BillReport:
        sync.push(self.work.office)
        (found,) = bills.read(path, bills.mappings_of(self.home))
        return bills.keep(books.of_window(self.work.office), found)

    def cases(self, status: str = "open") -> list[tuple[str, str]]:
        """(bucket, step) of those that are listed."""
        found = there(
            self.work,
            "SELECT facts FROM cases WHERE kind = 'bill' AND status = ? ORDER BY key",
            status,
        )
        facts = [json.loads(row[0]) for row in found]
        return [(one["bucket"], one["step"]) for one in facts if "bucket" in one]

    def case_id(self) -> str:
        ((found,),) = there(
            self.work, "SELECT id FROM cases WHERE kind = 'bill' AND status = 'open'"
        )
        return str(found)

    def clean(self) -> None:
        sync.push(self.work.office)
        sync.pull(self.work.office)
        assert proof(self.home).broken == ()


@contextmanager
def at_a_company(folder: Path, kind: str) -> Iterator[Money]:
    home = small_home(folder)
    with till(kind) as counter, hours() as time, at_work(home) as found:
        clock.use(lambda: time.at)
        driver: WeChat | Alipay = counter.driver
        office = replace(found.office, gateways={kind: driver})
        money = Money(AtWork(office, found.desk), home, counter, folder, time)
        yield money
        money.clean()


@pytest.fixture(params=["wechat", "alipay"])
def money(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Money]:
    with at_a_company(tmp_path, request.param) as found:
        yield found


@pytest.fixture
def wechat(tmp_path: Path) -> Iterator[Money]:
    with at_a_company(tmp_path, "wechat") as found:
        yield found


def test_a_bill_agrees(money: Money) -> None:
    orders = [money.sell((1, n)) for n in (5, 6, 7)]
    money.time.pass_(120)
    money.void(orders[0])
    path = money.bill()
    report = money.keep(path)
    assert report.closed
    assert (report.ours_fen, report.theirs_fen) == (136_000, 136_000)
    assert (report.ours_rows, report.theirs_rows) == (4, 4)
    assert report.buckets == {"matched": (4, 0)}
    assert money.cases() == []
    before = [there(money.work, f"SELECT * FROM {t}") for t in ("reconciliation", "cases")]
    entries = rows(money.work, "SELECT count(*) FROM journal")
    again = money.keep(path)
    assert (again.known, again.closed, again.new_cases) == (True, True, 0)
    assert [there(money.work, f"SELECT * FROM {t}") for t in ("reconciliation", "cases")] == before
    assert rows(money.work, "SELECT count(*) FROM journal") == entries


def test_a_charge_that_was_reversed_is_no_exception(money: Money) -> None:
    """Paid between the last question and the reversal: it came, and went at once."""
    money.sell((1, 5))
    money.counter.company.spoil(Day(Trouble.PAID_LATE, Step.REVERSE))
    money.sell((1, 6), bad=Day(Trouble.PASSWORD, Step.CHARGE, queries=99))
    assert rows(money.work, "SELECT status FROM attempt ORDER BY created_at") == [
        ("succeeded",),
        ("reversed",),
    ]
    report = money.keep(money.bill())
    assert (report.closed, report.ours_fen, report.buckets) == (True, 68_000, {"matched": (3, 0)})


def test_missing_here_and_missing_there(wechat: Money) -> None:
    wechat.sell((1, 5))
    gone = wechat.sell((1, 6))
    book = wechat.counter.company.book
    stranger = next(iter(book.trades.values()))
    lost = next(t for t in book.trades.values() if t is not stranger)
    book.trades = {
        trade.number: trade
        for trade in (
            stranger,
            replace(lost, number="other", reference="4200777", amount_fen=5_000),
        )
    }
    path = wechat.bill()
    report = wechat.keep(path)
    assert not report.closed
    assert report.theirs_fen - report.ours_fen == sum(f for _, f in report.buckets.values())
    assert sorted(wechat.cases()) == [
        ("missing_here", "give_back"),
        ("missing_there", "ask_party"),
    ]
    named = there(wechat.work, "SELECT order_number FROM cases WHERE kind = 'bill' ORDER BY 1")
    number = rows(wechat.work, "SELECT number FROM orders WHERE id = ?", gone)[0][0]
    assert sorted(row[0] for row in named) == sorted(["", number])
    assert wechat.keep(path).new_cases == 0
    # The corrected bill takes its place, and what was open about it is over.
    book.trades = {trade.number: trade for trade in (stranger, lost)}
    mended = wechat.keep(wechat.bill())
    assert (mended.closed, mended.settled_cases, mended.known) == (True, 2, False)
    assert wechat.cases() == []
    assert there(wechat.work, "SELECT count(*) FROM reconciliation") == [(1,)]


def test_another_amount_is_settled_by_a_person_with_a_reason(wechat: Money) -> None:
    wechat.sell((1, 5))
    book = wechat.counter.company.book
    (trade,) = book.trades.values()
    book.trades = {trade.number: replace(trade, amount_fen=67_900)}
    path = wechat.bill()
    report = wechat.keep(path)
    assert (report.buckets, report.closed) == ({"other_amount": (1, -100)}, False)
    assert wechat.cases() == [("other_amount", "correct_amount")]
    office, desk = wechat.work.office, wechat.work.desk
    case = wechat.case_id()
    with pytest.raises(NotAllowed):
        cases.settle(office=office, desk=desk, case_id=case, reason="rounded")
    with at_supervisor(wechat) as boss:
        with pytest.raises(ReasonMissing):
            cases.settle(office=office, desk=boss, case_id=case, reason=" ")
        cases.settle(office=office, desk=boss, case_id=case, reason="their discount")
        with pytest.raises(WrongStatus):
            cases.settle(office=office, desk=boss, case_id=case, reason="again")
    again = wechat.keep(path)
    assert (again.closed, again.exceptions, again.new_cases) == (True, 1, 0)


@contextmanager
def at_supervisor(money: Money) -> Iterator[Desk]:
    person = operators.operator_by_number(office=money.work.office, number="3001")
    yield replace(money.work.desk, operator=person)


def test_around_midnight_two_bills_explain_each_other(wechat: Money) -> None:
    """Charged at 23:59:58 here, and a minute later there."""
    wechat.time.at = clock.day_begins(DAY + timedelta(days=1)) - timedelta(hours=4, seconds=2)
    wechat.sell((1, 5))
    book = wechat.counter.company.book
    (trade,) = book.trades.values()
    assert trade.paid_at is not None
    wechat.time.pass_(60)
    wechat.sell((1, 6))
    other = {t.number: t for t in book.trades.values() if t.number != trade.number}
    late = replace(trade, paid_at=trade.paid_at + timedelta(minutes=1))
    book.trades = {**other, trade.number: late}
    second = wechat.bill(DAY + timedelta(days=1))
    book.trades = {trade.number: replace(trade, number="other", reference="x", amount_fen=1)}
    first = wechat.bill(DAY)
    wechat.keep(first)
    assert ("missing_there", "next_bill") in wechat.cases()
    report = wechat.keep(second)
    assert report.settled_cases == 1
    assert wechat.cases() == [("missing_here", "give_back")]
    assert report.closed


def test_the_bill_of_the_day_after_may_be_read_first(wechat: Money) -> None:
    wechat.time.at = clock.day_begins(DAY + timedelta(days=1)) - timedelta(hours=4, seconds=2)
    wechat.sell((1, 5))
    wechat.sell((1, 6))
    book = wechat.counter.company.book
    first, late = book.trades.values()
    assert late.paid_at is not None
    book.trades = {late.number: replace(late, paid_at=late.paid_at + timedelta(minutes=1))}
    assert wechat.keep(wechat.bill(DAY + timedelta(days=1))).closed
    book.trades = {first.number: first}
    assert wechat.keep(wechat.bill(DAY)).closed
    assert wechat.cases() == []


def test_a_refund_without_an_answer_counts_once_the_bill_has_it(wechat: Money) -> None:
    order = wechat.sell((1, 5))
    wechat.time.pass_(120)
    wechat.counter.company.spoil(Day(Trouble.CUT, Step.REFUND))
    wechat.void(order)
    assert rows(wechat.work, "SELECT status FROM payback") == [("unknown",)]
    report = wechat.keep(wechat.bill())
    assert (report.closed, report.ours_fen, report.theirs_fen) == (True, 0, 0)


def test_a_bill_that_was_cut_off_stays_open(wechat: Money) -> None:
    wechat.sell((1, 5))
    path = wechat.bill()
    whole = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(whole[:-1]), encoding="utf-8")
    report = wechat.keep(path)
    assert (report.whole, report.closed) == (False, False)
    assert wechat.cases() == [("not_whole", "load_again")]
    assert wechat.keep(wechat.bill()).closed
    assert wechat.cases() == []


def test_the_bill_of_another_merchant_is_refused(wechat: Money) -> None:
    wechat.sell((1, 5))
    (found,) = bills.read(wechat.bill(), ())
    with pytest.raises(BadFile, match="1900000999"):
        bills.keep(books.of_window(wechat.work.office), found, "1900000999")
    assert there(wechat.work, "SELECT count(*) FROM reconciliation") == [(0,)]


def test_the_statement_of_a_channel(wechat: Money) -> None:
    """Orders sold before, held against what the channel says it sold."""
    (wechat.home.path / bills.OWN_MAPPINGS).write_text(
        "party,side,tender,number,kind,charge_words,refund_words,amount,date\n"
        "app,channel,channel:app,order,type,sold,back,yuan,day\n",
        encoding="utf-8",
    )
    path = wechat.folder / "app.csv"
    path.write_text(
        "order,type,yuan,day\nTT0001,sold,1360.00,2025-09-01\nTT0009,sold,50.00,2025-09-01\n",
        encoding="utf-8",
    )
    report = wechat.keep(path)
    assert (report.party, report.ours_fen, report.theirs_fen) == ("app", 136_000, 141_000)
    assert wechat.cases() == [("missing_here", "give_back")]
