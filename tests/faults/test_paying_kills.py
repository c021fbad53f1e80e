"""Killed at every step of a payment by code or card, or of its way back, books and money agree.

The simulated company keeps its own book, and is asked over HTTP or TCP. Every 60th step here, and
before and after every message; all steps with BOXOFFICE_EVERY_STEP=1, a part of them with 2/5: the
second of five, which together are all.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.rehearsal.gateways.keys import Keys
from boxoffice.services.sales import reservations
from boxoffice.services.sharing import sync
from boxoffice.settings import Home
from tests.faults import paying_acts as acts
from tests.faults import paying_companies as companies
from tests.faults.acts import pay, proof, rows, take
from tests.faults.paying_acts import ACTS, HOURS, Act
from tests.faults.paying_companies import Company
from tests.faults.test_kills import PROJECT
from tests.homes import NOON, AtWork, at_work, small_home

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

PART, _, PARTS = os.environ.get("BOXOFFICE_EVERY_STEP", "1/60").partition("/")
EVERY, FIRST = int(PARTS or 1), int(PART) - 1
LATER_S = 5, 300
"""After a kill the program is started again so much later: at once, or when a supervisor came."""


@pytest.fixture
def time() -> Iterator[None]:
    yield
    clock.use(lambda: NOON)


@pytest.mark.parametrize("name", ACTS)
def test_killed_at_every_step_books_and_money_agree(name: str, tmp_path: Path, time: None) -> None:
    act, keys = ACTS[name], Keys.of(tmp_path / "home" / companies.COMPANY)
    pattern = prepared(tmp_path, act, keys)
    broken: dict[str, list[str]] = {}
    for home in killed(name, pattern, tmp_path / "killed"):
        found = []
        try:
            with companies.open_company(home, act.tender, keys) as company:
                found += started_again(home, act, company, keys)
                found += (home.path / acts.BREACHES).read_text(encoding="utf-8").splitlines()
                found += companies.breaches(company)
            found += [str(finding) for finding in proof(home).broken]
        except AssertionError as error:
            found.append(str(error))
        if found:
            broken[home.path.name] = found
    assert broken == {}


def prepared(folder: Path, act: Act, keys: Keys) -> Home:
    """A home as it is before the act."""
    (folder / "home").rename(folder / "keys")
    home = small_home(folder)
    (folder / "keys" / companies.COMPANY).rename(home.path / companies.COMPANY)
    HOURS.begin_at(0)
    with companies.open_company(home, act.tender, keys) as company, at_work(home) as bare:
        clock.use(HOURS.now)
        work = acts.paying_at(bare, companies.driver(act.tender, keys, company.address))
        for day in act.crashed:
            companies.spoil(company, day)
        if act.sold:
            acts.pay(work, act.tender)
        if act.crashed:
            acts.leave_open(work, act.tender)
    return home


def killed(name: str, pattern: Home, folder: Path) -> Iterator[Home]:
    """Homes in which the act was killed at one step each; the last one's lived."""
    folder.mkdir()
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.faults.dying_paying", name, pattern.path, folder),
            *(str(EVERY), str(FIRST)),
        ],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    steps, messages = map(int, done.stdout.split())
    print(f"{name}: {steps} steps, {messages} messages")
    assert messages
    for path in sorted(folder.iterdir()):
        yield Home(path)


def started_again(home: Home, act: Act, company: Company, keys: Keys) -> list[str]:
    """Started anew: proved, settled, compared; and then the customers go on."""
    passed = int((home.path / acts.PASSED).read_text(encoding="ascii"))
    HOURS.begin_at(passed + LATER_S[sum(map(ord, home.path.name)) % 2])
    with at_work(home) as bare:
        clock.use(HOURS.now)
        work = acts.paying_at(bare, companies.driver(act.tender, keys, company.address))
        found = [str(finding) for finding in proof(home).broken if finding.rule != "attempts"]
        acts.settle(work)
        assert acts.still_open(work) == []
        assert rows(work, "SELECT id FROM request WHERE status IN ('asked', 'giving')") == []
        compare(work, act, company)
        sync.push(work.office)
        found += [str(finding) for finding in proof(home).broken]
        go_on(work, act)
        compare(work, act, company)
        sync.push(work.office)
    return found


def compare(work: AtWork, act: Act, company: Company) -> None:
    """What the company has is what the ledger says, trade by trade and refund by refund."""
    paid = {
        json.loads(facts)["number"]: (fen, status)
        for facts, fen, status in rows(
            work,
            "SELECT p.facts, p.amount_fen, o.status FROM payment p "
            "JOIN orders o ON o.id = p.order_id WHERE p.tender = ?",
            act.tender,
        )
    }
    taken, back = companies.taken(company), companies.back(company)
    assert {number: fen for number, (fen, _) in paid.items()} == taken
    asked = rows(
        work, "SELECT sum(amount_fen), count(*) FROM payback WHERE status = 'arrived' "
        "AND tender = ?", act.tender
    )  # fmt: skip
    assert asked == [(sum(back.values()) or None, len(back))]
    assert ledger(work, act.tender) == sum(taken.values()) - sum(back.values())
    assert ledger(work, "owed:refunds") == 0
    for number, (fen, status) in paid.items():
        gone = companies.refunded_fen(company, number)
        assert gone <= fen
        kept = status in ("paid", "part_paid")
        assert kept == (gone < fen), f"{number}: {status}, {gone} of {fen} went back"


def ledger(work: AtWork, account: str) -> int:
    sql = "SELECT coalesce(sum(amount_fen), 0) FROM posting WHERE account = ?"
    return int(rows(work, sql, account)[0][0])


def go_on(work: AtWork, act: Act) -> None:
    """The customers still have what they paid for, or can still pay for it."""
    for order, version in rows(
        work,
        "SELECT id, version FROM orders WHERE status IN ('open', 'part_paid') AND EXISTS "
        "(SELECT 1 FROM order_line l WHERE l.order_id = orders.id "
        "AND l.status IN ('open', 'reserved'))",
    ):
        if version:  # a start puts back what nobody has in hand
            reservations.take_up(office=work.office, desk=work.desk, order_id=str(order))
        pay(work, str(order))
    if act.do is acts.give_back:
        acts.give_back(work, act.tender)
        assert ledger(work, act.tender) == 0
        return
    if act.do in (acts.pay, acts.again) and not live(work):
        pay(work, take(work, *acts.SEATS))
    assert live(work) in ((0, 2) if act.do is acts.part else (2,))


def live(work: AtWork) -> int:
    """Tickets of this window that are good."""
    sql = "SELECT count(*) FROM ticket WHERE live = 1 AND code_window = 1"
    return int(rows(work, sql)[0][0])
