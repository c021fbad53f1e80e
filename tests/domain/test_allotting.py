"""Allotting: unbroken groups near each other, what fits, and how far it reaches."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from boxoffice.domain.adjacency import FreeSeat, runs_of
from boxoffice.domain.allotting import USUAL_MIX, Fit, Groups, choose, fit, largest_after

SEATS = st.sets(st.tuples(st.integers(1, 6), st.integers(1, 14)), max_size=70)
GROUPS = st.builds(Groups, st.integers(0, 6), st.integers(0, 4), st.integers(0, 4))
STARTS = st.tuples(st.integers(0, 7), st.integers(0, 15))


def seats(places: set[tuple[int, int]]) -> list[FreeSeat]:
    return [FreeSeat(row * 100 + n, row, n, 0) for row, n in sorted(places)]


def row(number: int, length: int) -> list[FreeSeat]:
    return seats({(number, n) for n in range(1, length + 1)})


@given(SEATS, GROUPS, STARTS)
def test_groups_are_free_unbroken_and_apart(
    places: set[tuple[int, int]], wanted: Groups, start: tuple[int, int]
) -> None:
    free = seats(places)
    chosen = choose(free, wanted, start)
    assert all(group == tuple(range(group[0], group[0] + len(group))) for group in chosen)
    taken = [seat for group in chosen for seat in group]
    assert len(set(taken)) == len(taken)
    assert set(taken) <= {seat.id for seat in free}
    left = wanted.sizes()
    for group in chosen:
        left.remove(len(group))
    rest = [seat for seat in free if seat.id not in taken]
    assert not left or max((len(run) for run in runs_of(rest)), default=0) < min(left)


@given(SEATS, GROUPS)
def test_what_was_chosen_fits_the_plan(places: set[tuple[int, int]], wanted: Groups) -> None:
    chosen = choose(seats(places), wanted)
    sizes = [len(group) for group in chosen]
    held = [seat for seat in seats(places) if any(seat.id in group for group in chosen)]
    came = Groups(sizes.count(2), sizes.count(3), sizes.count(4))
    parties = {seat: group[0] for group in chosen for seat in group}
    found = fit(held, came, parties)
    assert (found.missing, found.spare) == (Groups(), ())


@given(SEATS, GROUPS)
def test_what_fits_and_what_is_spare_is_all_there_is(
    places: set[tuple[int, int]], wanted: Groups
) -> None:
    held = seats(places)
    found = fit(held, wanted)
    assert wanted.seats - found.missing.seats + len(found.spare) == len(held)


def test_one_row_is_filled_before_the_next_and_from_where_the_window_begins() -> None:
    free = row(1, 6) + row(2, 6) + row(3, 6)
    assert choose(free, Groups(pairs=2), (2, 1)) == [(201, 202), (203, 204)]
    assert choose(free, Groups(pairs=3, fours=1), (3, 1)) == [
        (301, 302, 303, 304),
        (305, 306),
        (101, 102),
        (103, 104),
    ]
    assert choose(free, Groups(pairs=1), (2, 3)) == [(203, 204)]
    assert choose(free, Groups(pairs=1), (2, 2)) == [(201, 202)], "no seat is left alone behind"


def test_no_seat_is_left_alone_while_another_row_has_room() -> None:
    free = row(1, 3) + row(2, 4)
    assert choose(free, Groups(pairs=2)) == [(201, 202), (203, 204)]
    assert choose(free, Groups(pairs=3)) == [(201, 202), (203, 204), (101, 102)]


def test_a_group_is_cut_out_of_the_shortest_run_it_fits_in() -> None:
    held = row(1, 4) + row(2, 2) + row(3, 1)
    found = fit(held, Groups(pairs=1, fours=1, threes=1))
    assert found.missing == Groups(threes=1)
    assert found.spare == (301,)


def test_what_is_left_of_a_group_is_a_smaller_one_or_loose() -> None:
    four = dict.fromkeys(range(101, 105), 101)
    held = row(1, 4)
    assert fit(held[:2], Groups(pairs=1), four) == Fit(Groups(), ())
    assert fit([held[0], held[2], held[3]], Groups(threes=1, pairs=1), four) == Fit(
        Groups(threes=1), (101,)
    )
    assert fit(held, Groups(pairs=2), four) == Fit(Groups(), ()), "another plan cuts it up"
    assert fit(held, Groups(fours=1, pairs=1), four) == Fit(Groups(pairs=1), ())


def test_what_is_left_after_hours_without_a_line() -> None:
    assert largest_after([4, 2, 2], {2: 1}, 2) == 4
    assert largest_after([4, 2, 2], {2: 1}, 3) == 2
    assert largest_after([4, 2, 2], {2: 1}, 4) == 0
    assert largest_after([4, 2, 2], {4: 1}, 9) == 2, "parties that fit nowhere go away"
    assert largest_after([], USUAL_MIX, 5) == 0
    assert largest_after([100], USUAL_MIX, 40) == 100 - (10 + 40 + 15 + 20)
    assert largest_after([7], {}, 3) == 7


@given(
    st.lists(st.integers(1, 9), max_size=8),
    st.dictionaries(st.integers(1, 4), st.integers(1, 9), min_size=1),
    st.integers(0, 20),
)
def test_it_never_grows_with_time(runs: list[int], mix: dict[int, int], parties: int) -> None:
    now, later = largest_after(runs, mix, parties), largest_after(runs, mix, parties + 1)
    assert 0 <= later <= now <= max(runs, default=0)
