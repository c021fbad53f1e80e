"""Match files at windows that share a server: one transaction per file, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.errors import NotAllowed
from boxoffice.services.programme.catalogue import FileReport
from boxoffice.services.sharing import sync
from boxoffice.services.staff import operators
from boxoffice.services.supervising import match_files
from boxoffice.verify.proof import prove
from tests.faults.acts import rows
from tests.homes import AtWork
from tests.services.return_acts import be
from tests.services.test_match_records import HEAD, PLAYED, seen
from tests.windows import two_windows

SECOND = PLAYED.replace(",1,", ",2,").replace("12:30", "14:20").replace("14:10", "15:00")
SECOND = SECOND.replace(",85,", ",40,")
COURTS = (
    "court,name_zh,name_en,seat_plan,nominal_capacity,saleable_capacity,approved_capacity,roof\n"
)
Both = tuple[AtWork, AtWork]


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Both]:
    """Both with a supervisor signed on, in the evening; all rules hold afterwards."""
    with two_windows(tmp_path) as found:
        be("2025-09-27T20:00")
        yield tuple(boss_of(work) for work in found)  # type: ignore[misc]
        homes = [work.office.home for work in found]
        for work in found:
            sync.push(work.office)
    with bootstrap.open_sides(*homes) as sides:
        assert prove(sides).broken == ()


def boss_of(work: AtWork) -> AtWork:
    person = operators.operator_by_number(office=work.office, number="3001")
    return AtWork(work.office, replace(work.desk, operator=person, shift_id=None))


def bring(work: AtWork, folder: Path, *lines: str, head: str = HEAD) -> FileReport:
    path = folder / "matches.csv"
    path.write_text(head + "".join(lines), encoding="utf-8")
    (report,) = match_files.take_in(office=work.office, desk=work.desk, paths=[path])
    return report


def all_of(work: AtWork) -> list[tuple[object, ...]]:
    sync.pull(work.office)
    return rows(work, "SELECT * FROM play_entry ORDER BY id")


def test_a_file_is_in_every_ledger_and_in_the_journal(both: Both, tmp_path: Path) -> None:
    one, two = both
    first = bring(one, tmp_path, PLAYED, SECOND)
    assert (first.added, first.unchanged, first.errors) == (2, 0, ())
    assert seen(one) == (2, 125)
    assert len(all_of(two)) == 2
    assert all_of(one) == all_of(two)
    told = rows(one, "SELECT operator_id, facts FROM journal WHERE act = 'play' ORDER BY number")
    boss = one.desk.operator.id
    made = [row[0] for row in rows(one, "SELECT id FROM play_entry ORDER BY recorded_at")]
    assert [(who, json.loads(str(facts))["entry"]) for who, facts in told] == [
        (boss, entry) for entry in made
    ]
    again = bring(two, tmp_path, PLAYED, SECOND)
    assert (again.added, again.unchanged, again.changed) == (0, 2, 0)
    later = bring(two, tmp_path, PLAYED, SECOND.replace(",40,yes", ",30,no"))
    assert (later.added, later.unchanged, later.changed) == (0, 1, 1)
    assert all_of(one) == all_of(two)
    assert seen(one) == (1, 115)


def test_one_wrong_line_keeps_the_whole_file_out(both: Both, tmp_path: Path) -> None:
    one, two = both
    report = bring(one, tmp_path, PLAYED, SECOND.replace("27T15:00", "27T21:10"))
    assert [(error.line, error.column) for error in report.errors] == [(3, "ended_at")]
    assert all_of(one) == all_of(two) == []
    assert rows(one, "SELECT 1 FROM journal WHERE act = 'play'") == []
    wrong = bring(one, tmp_path, PLAYED.replace("Oak", "Elm"))
    assert [(error.line, error.column) for error in wrong.errors] == [(2, "court")]


def test_files_of_another_kind_are_none(both: Both, tmp_path: Path) -> None:
    report = bring(both[0], tmp_path, "Oak,橡树,Oak,,1,1,1,no\n", head=COURTS)
    assert report.refused
    assert report.trouble


def test_a_clerk_takes_no_file_in(both: Both, tmp_path: Path) -> None:
    work = both[0]
    clerk = operators.operator_by_number(office=work.office, number="1001")
    with pytest.raises(NotAllowed):
        bring(AtWork(work.office, replace(work.desk, operator=clerk)), tmp_path, PLAYED)
