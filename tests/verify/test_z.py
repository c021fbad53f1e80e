"""Whatever is done to a Z report, or to what it was folded from, is found and named."""

from __future__ import annotations

from contextlib import closing as closes
from pathlib import Path

import pytest

from boxoffice.records.file_store import open_records
from boxoffice.records.keys import load_keys
from boxoffice.services.staff import operators, shifts
from boxoffice.services.till import cash_moves, closing
from boxoffice.settings import Home, HomeKind
from boxoffice.verify.sides import Finding
from tests.faults.acts import proof
from tests.homes import AtWork, at_work, small_home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home after three closed shifts, one of them short, and a fourth that is open."""
    found = small_home(tmp_path)
    with at_work(found) as work:
        cash_moves.pay_in(office=work.office, desk=work.desk, amount_fen=2_000, reason="x")
        closing.close_shift(office=work.office, desk=work.desk, counts={10_000: 5, 1_000: 2})
        for number in ("2001", "1001"):
            close(sign_on(work, number))
        sign_on(work, "1001")
    return found


def sign_on(work: AtWork, number: str) -> AtWork:
    operator = operators.operator_by_number(office=work.office, number=number)
    desk = shifts.desk_for(office=work.office, operator=operator)
    return AtWork(work.office, shifts.open_shift(office=work.office, desk=desk, float_fen=10_000))


def close(work: AtWork) -> None:
    closing.close_shift(office=work.office, desk=work.desk, counts={5_000: 1})


def damage(home: Home, side: str, *statements: str) -> None:
    """Change a file past every guard it has."""
    key = load_keys(home, HomeKind.TRAINING).raw("records")
    path = home.window_file if side == "window" else home.central_file
    with closes(open_records(path, key, side.upper())) as store:
        store.execute("PRAGMA foreign_keys = 0")
        for (trigger,) in store.all("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            store.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            assert store.execute(statement).rowcount != 0


def found(home: Home, *rules: str) -> list[Finding]:
    return [finding for finding in proof(home).broken if finding.rule in rules]


def test_an_honest_home_holds(home: Home) -> None:
    seen = proof(home)
    assert seen.broken == ()
    assert (seen.checked["z_reports"], seen.checked["shifts"]) == (3, 4)


@pytest.mark.parametrize("side", ["window", "central"])
@pytest.mark.parametrize(
    ("statement", "named", "how"),
    [
        ("UPDATE z_report SET content = replace(content, '\"short_fen\":5000', '\"short_fen\":0') "
         "WHERE number = 2", "Z 1/1/2", "is not the fold"),
        ("UPDATE z_report SET content = '' WHERE number = 1", "Z 1/1/1", "is not the fold"),
        ("UPDATE posting SET amount_fen = amount_fen + 1 WHERE account = 'cash:paid in'",
         "Z 1/1/1", "is not the fold"),
        ("DELETE FROM posting WHERE account = 'cash:short'", "Z 1/1/2", "is not the fold"),
        ("UPDATE journal SET facts = '{}' WHERE act = 'close_shift'", "Z 1/1/1", "be folded"),
        ("UPDATE journal SET facts = '[]' WHERE act = 'count'", "Z 1/1/1", "be folded"),
        ("DELETE FROM z_report WHERE number = 1", "Z 1/1/2", "follows number 0"),
        ("DELETE FROM z_report WHERE number = 3", "shift ", "no Z report"),
        ("DELETE FROM z_report WHERE number = 3", "journal 1/1/", "closes a shift without a Z"),
        ("UPDATE z_report SET number = 5 WHERE number = 3", "Z 1/1/5", "follows number 2"),
        ("UPDATE z_report SET number = number + 1 WHERE number = 3", "Z 1/1/4", "as Z 3"),
        ("UPDATE shift SET status = 'lost' WHERE id = (SELECT shift_id FROM z_report "
         "WHERE number = 3)", "shift ", "is lost and has Z 1/1/3"),
        ("UPDATE shift SET status = 'closed' WHERE status = 'open'", "shift ", "has no Z report"),
        ("UPDATE z_report SET journal_number = 1 WHERE number = 2", "shift ", "no journal entry"),
        ("DELETE FROM posting WHERE account = 'cash:drawer' AND number = (SELECT number FROM "
         "journal WHERE act = 'paid_in')", "shift ", "in the drawer"),
    ],
)  # fmt: skip
def test_damage_is_named(home: Home, side: str, statement: str, named: str, how: str) -> None:
    damage(home, side, statement)
    assert [
        finding
        for finding in found(home, "z_reports")
        if f"{side}: {named}" in finding.record and how in finding.detail
    ], proof(home).broken


def test_a_z_report_that_differs_on_the_two_sides(home: Home) -> None:
    damage(home, "central", "UPDATE z_report SET at = '2025-01-01' WHERE number = 2")
    assert [finding.record for finding in found(home, "agreement")] == ["Z 1/1/2"]


def test_a_z_report_that_central_lost(home: Home) -> None:
    damage(home, "central", "DELETE FROM z_report WHERE number = 3")
    assert [finding.record for finding in found(home, "agreement")] == ["Z 1/1/3"]
