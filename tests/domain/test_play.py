"""The play ledger: minutes without rain breaks, matches, corrections, and what cannot be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.domain.play import EARLY, CourtState, Entry, add, fold, in_force
from boxoffice.errors import ImpossiblePlay
from tests.domain.court_days import RAIN_DAY, day, event, match, played

STARTS = day("12:00")


def why(*entries: Entry) -> str:
    with pytest.raises(ImpossiblePlay) as refused:
        fold(entries, day("23:00"))
    return str(refused.value.fields["why"])


def test_rain_breaks_are_left_out() -> None:
    found = played(*RAIN_DAY)
    assert (found.state, found.played_seconds) == (CourtState.ENDED, 30 * 60 + 30)
    assert found.elapsed_seconds == 5 * 3600 + 1800
    assert (found.started_at, found.ended_at) == (day("12:30"), day("18:00"))


@pytest.mark.parametrize(
    ("known", "now", "state", "seconds"),
    [
        (0, "12:00", CourtState.WAITING, 0),
        (1, "12:40", CourtState.PLAYING, 600),
        (2, "13:59", CourtState.SUSPENDED, 1200),
        (3, "14:05", CourtState.PLAYING, 1500),
        (5, "23:00", CourtState.ENDED, 1830),
    ],
)
def test_as_the_day_goes_on(known: int, now: str, state: CourtState, seconds: int) -> None:
    found = played(*RAIN_DAY[:known], now=now)
    assert (found.state, found.played_seconds) == (state, seconds)


@given(st.permutations(RAIN_DAY))
def test_whatever_order_it_was_entered_in(entries: list[Entry]) -> None:
    assert played(*entries) == played(*RAIN_DAY)


def test_from_matches_alone() -> None:
    found = played(
        match(1, "12:30", "14:10", 85),
        match(2, "14:20", "15:00"),
        match(3, "15:10", "", 25, completed=False),
        match(4, completed=False),
    )
    assert found.matches_completed == 2
    assert found.played_seconds == (85 + 40 + 25) * 60
    assert (found.started_at, found.ended_at) == (day("12:30"), day("15:35"))
    assert found.state is CourtState.ENDED
    assert played(match(1, completed=False)).state is CourtState.WAITING
    assert played(match(1, "12:30", completed=False), now="13:00").state is CourtState.PLAYING


def test_events_count_minutes_and_matches_count_matches() -> None:
    found = played(*RAIN_DAY, match(1, "12:30", "14:10", 29))
    assert (found.played_seconds, found.matches_completed) == (1830, 1)


def test_courts_and_sessions_are_apart() -> None:
    found = fold([event(1, "start", "12:30"), event(2, "start", "12:40", "Oak")], day("13:00"))
    assert {key: play.played_seconds for key, play in found.items()} == {
        ("E1D", "Elm"): 1800,
        ("E1D", "Oak"): 1200,
    }


def test_a_correction_takes_the_place_of_an_entry() -> None:
    later = event(6, "suspend", "12:40", replaces="e2")
    assert played(*RAIN_DAY, later).played_seconds == 1830 - 600
    gone = event(6, "suspend", "12:50", replaces="e4", withdrawn=True)
    assert played(*RAIN_DAY, gone).played_seconds == 20 * 60 + 4 * 3600
    again = event(7, "suspend", "12:45", replaces="e6")
    assert played(*RAIN_DAY, later, again).played_seconds == 1830 - 300
    assert [entry.id for entry in in_force([*RAIN_DAY, later])] == ["e1", "e3", "e4", "e5", "e6"]


def test_a_later_record_of_a_match_takes_the_place_of_the_earlier() -> None:
    first = match(1, "12:30", "13:00", completed=False)
    second = match(2, "12:30", "14:00", completed=True, name="M1")
    found = played(first, second)
    assert (len(found.matches), found.matches_completed, found.played_seconds) == (1, 1, 5400)


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([event(1, "suspend", "12:30")], "while_waiting"),
        ([event(1, "end", "12:30")], "while_waiting"),
        ([event(1, "start", "12:30"), event(2, "start", "12:40")], "while_playing"),
        ([event(1, "start", "12:30"), event(2, "resume", "12:40")], "while_playing"),
        ([*RAIN_DAY[:2], event(3, "suspend", "13:00")], "while_suspended"),
        ([*RAIN_DAY, event(6, "resume", "19:00")], "while_ended"),
        ([*RAIN_DAY, event(6, "end", "12:40")], "while_ended"),
        ([*RAIN_DAY, match(1, "12:29", "12:50")], "match_before_start"),
        ([*RAIN_DAY, match(1, "17:00", "18:01", 10)], "match_after_end"),
        ([match(1, "13:00", "12:59")], "ends_before_start"),
        ([match(1, "12:00", "13:00", 61, name="long")], "longer_than_passed"),
        ([match(1, "12:00", "13:00"), match(2, "12:10", "13:00")], "longer_than_passed"),
        ([match(1, "12:00", "", completed=True)], "match_not_ended"),
        ([match(1, "", "", completed=True)], "match_not_started"),
        ([match(1, "", "", 20, completed=False)], "match_not_started"),
        ([event(1, "start", "12:30", replaces="e9")], "no_such_entry"),
        ([*RAIN_DAY, event(6, "suspend", "12:51", "Oak", replaces="e2")], "other_court"),
        (
            [
                *RAIN_DAY,
                event(6, "suspend", "12:51", replaces="e2"),
                event(7, "suspend", "12:52", replaces="e2"),
            ],
            "corrected_before",
        ),
        ([Entry("e1", "E1D", "Elm", match(1).kind.START)], "no_time"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(entries: list[Entry], reason: str) -> None:
    assert why(*entries) == reason


def test_minutes_rounded_up_are_taken() -> None:
    found = played(match(1, "12:00:30", "12:30:00", 30), match(2, "12:30:30", "13:00", 30))
    assert found.played_seconds == 3600


def test_an_entry_is_added_only_where_it_fits() -> None:
    assert add(RAIN_DAY[:2], RAIN_DAY[2], day("14:05"), STARTS).played_seconds == 1500
    with pytest.raises(ImpossiblePlay) as refused:
        add(RAIN_DAY[:2], RAIN_DAY[2], day("13:00"), STARTS)
    assert refused.value.fields["why"] == "in_the_future"
    taken = event(2, "start", "12:30", replaces="e1", withdrawn=True)
    assert add(RAIN_DAY[:1], taken, day("13:00"), STARTS).state is CourtState.WAITING
    with pytest.raises(ImpossiblePlay):
        add(RAIN_DAY[:1], event(2, "start", "12:30", withdrawn=True), day("13:00"), STARTS)
    elsewhere = event(9, "suspend", "12:00", "Oak")
    with pytest.raises(ImpossiblePlay):
        add(RAIN_DAY, elsewhere, day("23:00"), STARTS)
    other = add([elsewhere], event(1, "start", "12:30"), day("13:00"), STARTS)
    assert other.played_seconds == 1800
    with pytest.raises(ImpossiblePlay) as refused:
        add([], event(1, "start", "12:30"), day("13:00"), STARTS + EARLY + timedelta(hours=1))
    assert refused.value.fields["why"] == "long_before_session"


STEPS = st.lists(
    st.tuples(st.sampled_from(["start", "suspend", "resume", "end"]), st.integers(0, 59)),
    max_size=7,
)


@given(STEPS)
def test_whatever_is_entered_play_is_never_longer_than_passed(
    steps: list[tuple[str, int]],
) -> None:
    ledger: list[Entry] = []
    for number, (kind, minute) in enumerate(steps):
        entry = event(number, kind, f"13:{minute:02d}")
        try:
            found = add(ledger, entry, day("14:30"), STARTS)
        except ImpossiblePlay:
            continue
        ledger.append(entry)
        assert 0 <= found.played_seconds <= found.elapsed_seconds <= 90 * 60
        assert fold(ledger, day("14:30"))[("E1D", "Elm")] == found
