"""Two windows at a server: one orders a transfer, the other looks after the bank and the bills."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from boxoffice import bootstrap
from boxoffice.bank.our_account import BankSettings
from boxoffice.bank.transfers import Account
from boxoffice.desk import Right
from boxoffice.rehearsal.gateways.bank import BadDay, Bank
from boxoffice.services.aftersales import voids
from boxoffice.services.money import bank_files, batches, bills, books, cases, replacing
from boxoffice.services.sales import asking, paybacks
from boxoffice.services.sharing import sync
from boxoffice.services.staff.approvals import approve
from boxoffice.settings import Home
from boxoffice.verify.proof import prove
from tests import venues
from tests.bank.bank_files import CHINESE_PAYER
from tests.faults.acts import take
from tests.gateways import Party, with_parties
from tests.homes import AtWork
from tests.venues import Venue

BANK = BankSettings(CHINESE_PAYER)
PAYEE = Account("示例旅行社有限公司", "6222000000000000001", bank_number="103100000018")
DAY = date(2025, 9, 27)


def dead(work: AtWork, party: Party) -> str:
    """A payback with no way back."""
    basket = take(work, (1, 5))
    asking.ask(office=work.office, desk=work.desk, basket=basket, tender="wechat")
    voids.void(office=work.office, desk=work.desk, order_id=basket, papers_back=True, reason="x")
    party.days = ["dead"]
    (back,) = work.office.read(
        lambda s: paybacks.waiting(s, work.office.chain.window, work.office.chain.epoch)
    )
    paybacks.follow(office=work.office, payback_id=back)
    return back


def order(work: AtWork, back: str) -> replacing.Ordered:
    second = approve(office=work.office, desk=work.desk, number="3001", pin="3001", act="transfer")
    return replacing.order_transfer(
        office=work.office, desk=work.desk, approval=second, payback_id=back, to=PAYEE
    )


def take_in(work: AtWork, paths: list[Path]) -> None:
    for path in paths:
        report = bank_files.take_in(
            books.of_window(work.office), BANK, path.name, path.read_bytes()
        )
        assert report.left == []


def proved(venue: Venue, *homes: Home) -> None:
    with bootstrap.open_sides(*homes, central=bootstrap.address_at(venue.home)) as sides:
        assert prove(sides).broken == ()


def test_one_window_orders_and_the_other_follows_it(tmp_path: Path) -> None:
    with venues.venue(tmp_path) as venue:
        east, west = venue.window("East"), venue.window("West")
        with venue.at_work(east) as found, venue.at_work(west, number="3001") as money:
            assert money.desk.operator.may(Right.SETTLE_CASES)
            work = with_parties(found, party := Party())
            work = AtWork(replace(work.office, venue=money.office.venue), work.desk)
            first = order(work, dead(work, party))
            bank = Bank(tmp_path / "bank", {first.number: BadDay.BACK_AT_ONCE})
            for expected in ("dead", "arrived"):
                sync.push(work.office)
                (file,) = batches.make(books.of_window(money.office), BANK).files
                (bank.incoming / f"{file.number}.xml").write_bytes(file.content)
                batches.written(books.of_window(money.office), file.number)
                take_in(money, [*bank.take(), *bank.close_day(DAY)])
                sync.pull(work.office)
                now = work.office.read(
                    lambda s: s.first(
                        "SELECT id, status FROM payback b WHERE NOT EXISTS "
                        "(SELECT 1 FROM payback n WHERE n.replaces = b.id)"
                    )
                )
                assert now is not None
                assert now[1] == expected
                if expected == "dead":
                    order(work, now[0])
            _bill(money, tmp_path)
            for one in (work, money):
                sync.push(one.office)
                sync.pull(one.office)
        proved(venue, east, west)


def _bill(money: AtWork, folder: Path) -> None:
    """The statement of a channel that has what we do not."""
    path = folder / "app.csv"
    path.write_text(
        "订单号,渠道流水号,类型,票款,佣金,结算金额,日期\n"
        "TT0001,a1,销售,1360.00,0.00,1360.00,2025-09-01\n"
        "TT0009,a2,销售,50.00,0.00,50.00,2025-09-01\n"
        "合计,,,1410.00,0.00,1410.00,\n",
        encoding="utf-8",
    )
    (bill,) = bills.read(path, bills.mappings_of(money.office.home))
    here = books.of_window(money.office)
    report = bills.keep(here, bill)
    assert (report.ours_fen, report.theirs_fen, report.new_cases) == (136_000, 141_000, 1)
    case = here.read(
        lambda s: s.first("SELECT id FROM cases WHERE kind = 'bill' AND status = 'open'")
    )
    cases.settle(
        office=money.office, desk=money.desk, case_id=case[0], reason="cancelled at the channel"
    )
    assert bills.keep(here, bill).closed
