"""`main.py reconcile` and `transfers` at a central home: the same as at a window, without one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import main
from boxoffice import bootstrap, clock
from boxoffice.bank.our_account import FILE
from boxoffice.bank.transfers import Account
from boxoffice.rehearsal.gateways.bank import BadDay, Bank
from boxoffice.services.aftersales import voids
from boxoffice.services.money import replacing
from boxoffice.services.sales import asking, paybacks
from boxoffice.services.sharing import sync
from boxoffice.services.staff.approvals import approve
from boxoffice.verify.proof import prove
from tests import venues
from tests.faults.acts import take
from tests.gateways import Party, with_parties
from tests.homes import NOON, AtWork
from tests.venues import Venue

DAY = date(2025, 9, 27)
PAYEE = Account("示例旅行社有限公司", "6222000000000000001", bank_number="103100000018")
OWN_ACCOUNT = (
    '[bank]\nname = "示例体育中心"\naccount = "110900000012345678"\nbank_number = "102100099996"\n'
)
STATEMENT = (
    "订单号,渠道流水号,类型,票款,佣金,结算金额,日期\n"
    "TT0001,a1,销售,1360.00,0.00,1360.00,2025-09-01\n"
    "TT0009,a2,销售,50.00,0.00,50.00,2025-09-01\n"
    "合计,,,1410.00,0.00,1410.00,\n"
)


def told(capsys: pytest.CaptureFixture[str], status: int, *words: object) -> dict:
    """What a command prints at the central home."""
    capsys.readouterr()
    assert main.main([*map(str, words), "--json"]) == status
    clock.use(lambda: NOON)
    found: dict = json.loads(capsys.readouterr().out)
    return found


def no_way_back(found: AtWork, party: Party) -> tuple[AtWork, str]:
    """A window whose customer's account is gone, and the payback that died of it."""
    work = with_parties(found, party)
    work = AtWork(replace(work.office, venue=found.office.venue), work.desk)
    basket = take(work, (1, 5))
    asking.ask(office=work.office, desk=work.desk, basket=basket, tender="wechat")
    voids.void(office=work.office, desk=work.desk, order_id=basket, papers_back=True, reason="x")
    party.days = ["dead"]
    chain = work.office.chain
    (back,) = work.office.read(lambda s: paybacks.waiting(s, chain.window, chain.epoch))
    paybacks.follow(office=work.office, payback_id=back)
    return work, back


def order(work: AtWork, back: str) -> None:
    second = approve(office=work.office, desk=work.desk, number="3001", pin="3001", act="transfer")
    replacing.order_transfer(
        office=work.office, desk=work.desk, approval=second, payback_id=back, to=PAYEE
    )
    sync.push(work.office)


def status(venue: Venue) -> list[str]:
    """Of all paybacks, as central has them."""
    with bootstrap.open_books(venue.home) as here:
        rows = here.read(
            lambda s: s.all("SELECT status FROM payback ORDER BY replaces IS NOT NULL")
        )
    return [row[0] for row in rows]


@pytest.fixture
def venue(tmp_path: Path):
    with venues.venue(tmp_path) as found:
        (found.home.path / FILE).write_text(OWN_ACCOUNT, encoding="utf-8")
        (found.home.path / FILE).chmod(0o600)
        yield found


def test_transfers_and_a_statement_without_a_window(
    venue: Venue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bank, east = Bank(tmp_path / "bank"), venue.window("East")
    at_central = ("--home", venue.home.path)
    with venue.at_work(east) as found:
        work, back = no_way_back(found, Party())
        order(work, back)
    sent = told(capsys, 0, "transfers", "--out", bank.incoming, *at_central)
    assert [(file["count"], file["fen"]) for file in sent["files"]] == [(1, 68_000)]
    assert status(venue) == ["dead", "sent"]
    files = [*bank.take(), *bank.close_day(DAY)]
    found = told(capsys, 0, "reconcile", *files, *at_central)
    assert sum(one["booked"] for one in found["files"]) == 1
    assert status(venue) == ["dead", "arrived"]
    app = tmp_path / "app.csv"
    app.write_text(STATEMENT, encoding="utf-8")
    (report,) = told(capsys, 1, "reconcile", app, *at_central)["files"]
    assert (report["ours_fen"], report["theirs_fen"], report["open_cases"]) == (136_000, 141_000, 1)
    with venue.at_work(east) as work:
        sync.pull(work.office)
        assert work.office.read(
            lambda s: s.all("SELECT status FROM payback ORDER BY replaces IS NOT NULL")
        ) == [("dead",), ("arrived",)], "the window hears of it"
    proved(venue, east)


def test_what_a_window_has_in_hand_is_left(
    venue: Venue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    east, bank = venue.window("East"), Bank(tmp_path / "bank")
    at_central = ("--home", venue.home.path)
    with venue.at_work(east) as found:
        work, back = no_way_back(found, Party())
        order(work, back)
    with bootstrap.open_books(venue.home) as here:
        here.write(lambda s: s.run("UPDATE custody_order SET holder = 1, epoch = 1 WHERE order_id "
                                   "IN (SELECT order_id FROM payback)"))  # fmt: skip
    left = told(capsys, 1, "transfers", "--out", bank.incoming, *at_central)
    assert (left["files"], len(left["left"])) == ([], 1)
    with bootstrap.open_books(venue.home) as here:
        here.write(lambda s: s.run("UPDATE custody_order SET holder = NULL, epoch = NULL"))
    told(capsys, 0, "transfers", "--out", bank.incoming, *at_central)
    assert status(venue) == ["dead", "sent"]


def test_a_transfer_that_came_back_is_owed_again(
    venue: Venue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    east, bank = venue.window("East"), Bank(tmp_path / "bank")
    at_central = ("--home", venue.home.path)
    with venue.at_work(east) as found:
        work, back = no_way_back(found, Party())
        order(work, back)
    (file,) = told(capsys, 0, "transfers", "--out", bank.incoming, *at_central)["files"]
    with bootstrap.open_books(venue.home) as here:
        ((number,),) = here.read(lambda s: s.all("SELECT number FROM bank_transfer"))
    bank = Bank(tmp_path / "bank", {number: BadDay.BACK_AT_ONCE})
    files = [*bank.take(), *bank.close_day(DAY)]
    found = told(capsys, 1, "reconcile", *files, *at_central)
    assert max(one["returned"] for one in found["files"]) == 1
    assert file["fen"] == 68_000
    assert status(venue) == ["dead", "dead"]
    proved(venue, east)


def proved(venue: Venue, *homes) -> None:
    with bootstrap.open_sides(*homes, central=bootstrap.address_at(venue.home)) as sides:
        assert prove(sides).broken == ()
