"""The play ledger at the window: entered at central, journalled, corrected, the same everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from boxoffice.central import playing
from boxoffice.domain.play import CourtState, PlayKind
from boxoffice.errors import CentralUnreachable, ImpossiblePlay, NotAllowed, ReasonMissing
from boxoffice.services.aftersales import play
from boxoffice.services.sharing import sync
from boxoffice.services.staff import operators
from boxoffice.settings import Home
from tests.faults.acts import Crash, broken, faulty, rows, there
from tests.homes import AtWork, at_work
from tests.services.rain_acts import court_of, in_charge, played
from tests.services.return_acts import at, be

DAY = (
    ("start", "2025-09-27T12:35"),
    ("suspend", "2025-09-27T12:50"),
    ("resume", "2025-09-27T14:00"),
    ("end", "2025-09-27T14:05"),
)


@pytest.fixture
def boss(home: Home) -> Iterator[AtWork]:
    with at_work(home) as found:
        be("2025-09-27T20:00")
        yield in_charge(found)


def journalled(work: AtWork) -> int:
    return len(rows(work, "SELECT 1 FROM journal WHERE act = 'play'"))


def test_entered_here_and_at_central_with_its_journal(boss: AtWork) -> None:
    ledger = played(boss, "O1", *DAY)
    (_, court, seen), *_ = ledger.courts
    assert (court, seen.state, seen.played_seconds) == ("Oak", CourtState.ENDED, 20 * 60)
    assert rows(boss, "SELECT * FROM play_entry") == there(boss, "SELECT * FROM play_entry")
    assert journalled(boss) == len(DAY)
    sync.push(boss.office)
    sync.pull(boss.office)
    assert broken(boss) == ()


def test_what_cannot_follow_is_refused_and_not_kept(boss: AtWork) -> None:
    played(boss, "O1", DAY[0])
    with pytest.raises(ImpossiblePlay) as refused:
        played(boss, "O1", ("start", "2025-09-27T13:00"))
    assert refused.value.fields["why"] == "while_playing"
    assert len(there(boss, "SELECT 1 FROM play_entry")) == 1


def test_a_correction_says_why_and_counts_once(boss: AtWork) -> None:
    ledger = played(boss, "O1", *DAY)
    session, court = court_of(boss, "O1")
    wrong = ledger.entries[-1].id

    def correct(reason: str) -> play.Ledger:
        return play.enter(
            office=boss.office, desk=boss.desk, session_id=session, court_id=court,
            kind=PlayKind.END, at=at("2025-09-27T14:10"), replaces=wrong, reason=reason,
        )  # fmt: skip

    with pytest.raises(ReasonMissing):
        correct(" ")
    assert correct("看错时间").courts[0][2].played_seconds == 25 * 60
    with pytest.raises(ImpossiblePlay) as refused:
        correct("看错时间")
    assert refused.value.fields["why"] == "corrected_before"


def test_a_clerk_keeps_no_ledger(boss: AtWork) -> None:
    person = operators.operator_by_number(office=boss.office, number="1001")
    with pytest.raises(NotAllowed):
        played(AtWork(boss.office, replace(boss.desk, operator=person)), "O1", DAY[0])


def test_without_central_nothing_is_entered(boss: AtWork) -> None:
    with pytest.raises(CentralUnreachable):
        played(faulty(boss, "deaf"), "O1", DAY[0])
    assert rows(boss, "SELECT 1 FROM play_entry") == []
    played(boss, "O1", DAY[0])


def test_an_entry_that_a_kill_left_without_its_journal_gets_it(boss: AtWork) -> None:
    with pytest.raises(Crash):
        played(faulty(boss, "dies"), "O1", DAY[0])
    assert (len(there(boss, "SELECT 1 FROM play_entry")), journalled(boss)) == (1, 0)
    sync.pull(boss.office)
    played(boss, "O1", DAY[1])
    assert journalled(boss) == 2


def test_the_same_entry_again_changes_nothing(boss: AtWork) -> None:
    played(boss, "O1", DAY[0])
    names = [str(row[1]) for row in there(boss, "PRAGMA table_info(play_entry)")]
    (values,) = there(boss, "SELECT * FROM play_entry")
    row = dict(zip(names, values, strict=True))
    again = boss.office.link.call(lambda s, who: playing.enter(s, who, row, "O1", "Oak"))
    assert again == [values]
    assert len(there(boss, "SELECT 1 FROM play_entry")) == 1


def test_a_mistyped_year_is_refused(boss: AtWork) -> None:
    """Else a session that was washed out would count as held for the minutes since."""
    with pytest.raises(ImpossiblePlay) as refused:
        played(boss, "O2", ("start", "2020-09-28T12:00"))
    assert refused.value.fields == {"why": "long_before_session"}
    assert there(boss, "SELECT 1 FROM play_entry") == []
