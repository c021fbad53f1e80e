"""Match files into the play ledger: kept once, corrected by a later file, refused line by line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from boxoffice import clock, exchange
from boxoffice.queries.play import ledger
from boxoffice.services.programme import catalogue
from boxoffice.services.programme.catalogue import FileReport
from boxoffice.settings import Home
from tests.faults.acts import proof, rows, there
from tests.homes import AtWork, at_work
from tests.services.return_acts import be

HEAD = "session,court,match,started_at,ended_at,minutes,completed\n"
PLAYED = "O1,Oak,1,2025-09-27T12:30+08:00,2025-09-27T14:10+08:00,85,yes\n"


@pytest.fixture
def work(home: Home) -> Iterator[AtWork]:
    with at_work(home) as found:
        be("2025-09-27T20:00")
        yield found


def bring(work: AtWork, folder: Path, *lines: str) -> FileReport:
    path = folder / f"matches-{len(lines)}.csv"
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    (report,) = catalogue.import_files(office=work.office, files=[exchange.read(path)])
    return report


def seen(work: AtWork, code: str = "O1") -> tuple[int, int]:
    """Matches completed and minutes played on the first court."""
    found = work.office.read(lambda s: ledger(s, work.session(code), clock.now()))
    play = found.courts[0][2]
    return play.matches_completed, play.played_seconds // 60


def test_a_file_of_matches_is_kept_once(home: Home, work: AtWork, tmp_path: Path) -> None:
    first = bring(work, tmp_path, PLAYED)
    assert (first.added, first.unchanged, first.changed) == (1, 0, 0)
    assert seen(work) == (1, 85)
    assert rows(work, "SELECT * FROM play_entry") == there(work, "SELECT * FROM play_entry")
    again = bring(work, tmp_path, PLAYED)
    assert (again.added, again.unchanged) == (0, 1)
    assert len(rows(work, "SELECT id FROM play_entry")) == 1
    assert proof(home).broken == ()


def test_a_later_record_of_a_match_counts(work: AtWork, tmp_path: Path) -> None:
    bring(work, tmp_path, PLAYED)
    later = bring(work, tmp_path, PLAYED.replace(",85,yes", ",20,no"))
    assert (later.added, later.changed) == (0, 1)
    assert seen(work) == (0, 20)
    assert len(rows(work, "SELECT id FROM play_entry")) == 2


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (PLAYED.replace("O1", "O9"), "session"),
        (PLAYED.replace("Oak", "Elm"), "court"),
        (PLAYED.replace("Oak", "Outer"), "court"),
        (PLAYED.replace("27T14:10", "27T21:10"), "ended_at"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(
    work: AtWork, tmp_path: Path, line: str, column: str
) -> None:
    report = bring(work, tmp_path, PLAYED, line.replace(",1,", ",2,"))
    assert [(error.line, error.column) for error in report.errors] == [(3, column)]
    assert rows(work, "SELECT id FROM play_entry") == []
