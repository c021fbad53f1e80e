"""`main.py reconcile` and `main.py transfers`: from the command line, in a home of its own."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import main
from boxoffice import clock
from boxoffice.bank.transfers import Account
from boxoffice.rehearsal.gateways.bank import Bank
from boxoffice.rehearsal.gateways.bills import wechat_bill
from boxoffice.rehearsal.gateways.running import furnish
from boxoffice.services.aftersales import voids
from boxoffice.services.money import replacing
from boxoffice.services.sales import asking, paybacks
from boxoffice.services.staff.approvals import approve
from boxoffice.settings import Home
from tests.faults.acts import rows, take
from tests.gateways import Party, hours, with_parties
from tests.homes import NOON, at_work, small_home
from tests.payments.companies import CODES, till

DAY = date(2025, 9, 27)
ACCOUNT = "110900000012345678"
BANK = f'[bank]\nname = "示例体育中心"\naccount = "{ACCOUNT}"\nbank_number = "102100099996"\n'
PAYEE = Account("示例旅行社有限公司", "6222000000000000001", bank_number="103100000018")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = small_home(tmp_path)
    with hours():
        yield made
    clock.use(lambda: NOON)


def told(capsys: pytest.CaptureFixture[str], status: int, *words: object) -> tuple[str, str]:
    capsys.readouterr()
    assert main.main([str(word) for word in words]) == status
    found = capsys.readouterr()
    return found.out, found.err


def test_a_bill_from_the_company_agrees_and_one_of_another_day_is_told(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with till("wechat") as counter:
        furnish(home, counter.company)
        with at_work(home) as work:
            asking.ask(
                office=work.office, desk=work.desk, basket=take(work, (1, 5)), tender="wechat",
                code=CODES["wechat"],
            )  # fmt: skip
        content = wechat_bill(counter.company.book, DAY)
    assert content is not None
    bill = tmp_path / "bill.csv"
    bill.write_bytes(content)
    out, err = told(capsys, 0, "reconcile", bill, "--home", home.path)
    assert "ledger           680.00 in 1 rows" in out
    assert "bill             680.00 in 1 rows" in out
    assert ("closed" in out, err) == (True, "")
    out, _ = told(capsys, 0, "reconcile", bill, "--home", home.path, "--json")
    (report,) = json.loads(out)["files"]
    assert (report["closed"], report["known"], report["theirs_fen"]) == (True, True, 68_000)
    bill.write_bytes(content.replace(b"680.00", b"690.00"))
    out, err = told(capsys, 1, "reconcile", bill, "--home", home.path)
    assert "1 other amount, 10.00 of the difference" in out
    assert "open case" in err
    page = tmp_path / "page.csv"
    page.write_text("<html></html>", encoding="utf-8")
    out, err = told(capsys, 1, "reconcile", page, bill, "--home", home.path)
    assert err.startswith("page.csv cannot be read: ")
    assert "690.00" in out


def test_transfers_are_written_and_booked(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, err = told(capsys, 1, "transfers", "--out", tmp_path / "to", "--home", home.path)
    wanted = home.path / "payments.toml"
    assert err.startswith(f"{wanted} does not say which account transfers are paid from. Write a ")
    assert "[bank] with name, account, and bank_number" in err
    settings = home.path / "payments.toml"
    settings.write_text(BANK, encoding="utf-8")
    settings.chmod(0o600)
    assert told(capsys, 0, "transfers", "--out", tmp_path / "to", "--home", home.path)[0] == (
        "no transfer waits\n"
    )
    with at_work(home) as found:
        work = with_parties(found, party := Party())
        basket = take(work, (1, 5))
        asking.ask(office=work.office, desk=work.desk, basket=basket, tender="wechat")
        voids.void(
            office=work.office, desk=work.desk, order_id=basket, papers_back=True, reason="x"
        )
        party.days = ["dead"]
        (back,) = work.office.read(lambda s: paybacks.waiting(s, 1, 1))
        paybacks.follow(office=work.office, payback_id=back)
        second = approve(
            office=work.office, desk=work.desk, number="3001", pin="3001", act="transfer"
        )
        replacing.order_transfer(
            office=work.office, desk=work.desk, approval=second, payback_id=back, to=PAYEE
        )
    bank = Bank(tmp_path / "bank")
    out, _ = told(capsys, 0, "transfers", "--out", bank.incoming, "--home", home.path)
    assert "1 transfers, 680.00 CNY" in out
    (file,) = bank.incoming.glob("*")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    answers = bank.take()
    files = [*answers, *bank.close_day(DAY)]
    out, err = told(capsys, 0, "reconcile", *files, "--home", home.path)
    assert ("1 booked, 0 came back" in out, err) == (True, "")
    told(capsys, 0, "verify", "--home", home.path)
    with at_work(home) as work:
        assert rows(work, "SELECT status FROM payback ORDER BY created_at") == [
            ("dead",),
            ("arrived",),
        ]


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ('account = "1"\nname = 5\n', "bank.name"),
        ('account = "1"\n', "bank.name"),
        ('name = "x"\naccount = "1"\ncolour = "red"\n', "bank.colour"),
        ('name = "x"\naccount = "1"\nlatin = "yes"\n', "bank.latin"),
        ('name = "x"\naccount = "1"\nversion = "pain.001.001.11"\n', "bank.version"),
        ('name = "x"\naccount = "1"\nbooked_within_days = 0\n', "bank.booked_within_days"),
    ],
)
def test_settings_of_the_bank_are_checked(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str, key: str
) -> None:
    (home.path / "payments.toml").write_text(f"[bank]\n{table}", encoding="utf-8")
    (home.path / "payments.toml").chmod(0o600)
    _, err = told(capsys, 1, "transfers", "--out", tmp_path, "--home", home.path)
    assert key in err
