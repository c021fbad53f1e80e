"""A version of a refund policy never reaches back to what was sold before it came."""

from __future__ import annotations

from pathlib import Path

import pytest

from boxoffice import exchange
from boxoffice.services.programme import catalogue
from boxoffice.services.programme.catalogue import FileReport
from tests.faults.acts import rows
from tests.homes import AtWork
from tests.services.return_acts import POLICY_HEAD, be, policy, quote, sell_at, session

HALF = "odd,2025-08-01,0,,yes,50,,ticket,no,一半,half"


def take_in(work: AtWork, folder: Path, *steps: str) -> FileReport:
    path = folder / f"later-{len(steps)}.csv"
    path.write_text("\n".join([POLICY_HEAD, *steps]) + "\n", encoding="utf-8")
    (report,) = catalogue.import_files(office=work.office, files=[exchange.read(path)])
    assert not report.refused
    return report


def later(valid_from: str, name: str = "odd") -> tuple[str, str]:
    return (
        f"{name},{valid_from},24,,yes,90,,ticket,no,九成,90",
        f"{name},{valid_from},0,,yes,none,,ticket,no,不退,none",
    )


@pytest.fixture
def sold(work: AtWork, tmp_path: Path) -> str:
    """A ticket sold on 10 September under a policy that keeps half."""
    policy(work, tmp_path, HALF)
    session(work, tmp_path, "X1", "2025-10-01T12:30", "odd")
    be("2025-09-10T10:00")
    return sell_at(work, "X1", (1, 5))


@pytest.mark.parametrize("valid_from", ["2025-08-02", "2025-09-09", "2025-09-10"])
def test_a_version_that_would_reach_back_is_left_out(
    work: AtWork, tmp_path: Path, sold: str, valid_from: str
) -> None:
    be("2025-09-12T10:00")
    report = take_in(work, tmp_path, *later(valid_from), *later("2025-09-11"))
    assert (report.added, report.changed) == (2, 0)
    (kept,) = report.not_changed
    assert (kept.line, kept.column, kept.value) == (2, "valid_from", valid_from)
    assert "2025-09-10" in kept.expected
    assert quote(work, sold).quote.fee_fen == 34_000
    versions = rows(work, "SELECT DISTINCT valid_from FROM refund_tier WHERE policy = 'odd'")
    assert {row[0] for row in versions} == {"2025-08-01", "2025-09-11"}


def test_a_version_older_than_the_one_it_was_sold_under_changes_nothing(
    work: AtWork, tmp_path: Path, sold: str
) -> None:
    report = take_in(work, tmp_path, *later("2025-07-01"))
    assert (report.added, report.not_changed) == (2, ())
    assert quote(work, sold).quote.fee_fen == 34_000


def test_a_version_may_begin_today_where_nothing_was_sold_under_the_one_before(
    work: AtWork, tmp_path: Path, sold: str
) -> None:
    be("2025-09-11T10:00")
    report = take_in(work, tmp_path, *later("2025-09-11"), *later("2025-09-01", "other"))
    assert (report.added, report.not_changed) == (4, ())
    assert quote(work, sold).quote.fee_fen == 34_000
    after = sell_at(work, "X1", (1, 6))
    assert quote(work, after).quote.fee_fen == 61_200


def test_the_same_file_again_changes_nothing(work: AtWork, tmp_path: Path, sold: str) -> None:
    report = take_in(work, tmp_path, HALF)
    assert (report.added, report.unchanged, report.not_changed) == (0, 1, ())


def test_who_bought_before_there_was_any_version_gets_the_first(
    work: AtWork, tmp_path: Path
) -> None:
    policy(work, tmp_path, HALF.replace("2025-08-01", "2025-12-01"))
    session(work, tmp_path, "X1", "2025-10-01T12:30", "odd")
    be("2025-09-10T10:00")
    order = sell_at(work, "X1", (1, 5))
    report = take_in(work, tmp_path, *later("2025-09-01"))
    assert (report.added, report.not_changed) == (2, ())
    assert quote(work, order).quote.fee_fen == 61_200
