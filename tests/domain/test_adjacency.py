"""Seats together: always side by side and free, the longest run told, nobody left alone."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.domain.adjacency import FreeSeat, Together, best_together


def seats(*rows: str, score: int = 0) -> list[FreeSeat]:
    """Rows drawn as text: o is free, anything else taken; ids are row * 100 + ordinal."""
    return [
        FreeSeat(row * 100 + ordinal, row, ordinal, score)
        for row, drawn in enumerate(rows, start=1)
        for ordinal, seat in enumerate(drawn, start=1)
        if seat == "o"
    ]


@pytest.mark.parametrize(
    ("rows", "count", "chosen"),
    [
        (["oooo"], 4, (101, 102, 103, 104)),
        (["ooo"], 2, (101, 102)),  # somebody stays alone whatever we do
        (["oo.oo"], 2, (101, 102)),
        (["ooo", "oo"], 2, (201, 202)),
        (["ooo.oooo"], 2, (105, 106)),
        (["ooooo"], 2, (101, 102)),
        (["ooooo"], 1, (101,)),
        (["oo", "o"], 1, (201,)),
        (["o.o.o"], 1, (101,)),
        (["o.o.o"], 2, None),
        ([], 1, None),
    ],
)
def test_what_is_chosen(rows, count, chosen):
    assert best_together(seats(*rows), count).seats == chosen


def test_rows_do_not_run_on_into_each_other():
    free = [FreeSeat(1, 1, 1, 0), FreeSeat(2, 2, 2, 0)]
    assert best_together(free, 2) == Together(None, 1)


def test_the_better_seats_win_unless_they_leave_somebody_alone():
    free = [FreeSeat(n, 1, n, abs(n - 6)) for n in range(1, 12)]
    assert best_together(free, 3).seats == (5, 6, 7)
    free = [FreeSeat(n, 1, n, n) for n in range(1, 4)] + seats("", "oo", score=50)
    assert best_together(free, 2).seats == (201, 202)


@pytest.mark.parametrize("count", [0, -1])
def test_a_count_below_one_is_a_mistake(count):
    with pytest.raises(ValueError, match="seats together"):
        best_together(seats("ooo"), count)


GRIDS = st.lists(st.text("o.", max_size=12), max_size=5)


@given(GRIDS, st.integers(1, 8), st.randoms(use_true_random=False))
def test_against_trying_everything(rows, count, rng):
    free = [FreeSeat(s.id, s.row, s.ordinal, rng.randint(0, 9)) for s in seats(*rows)]
    rng.shuffle(free)
    found = best_together(free, count)
    runs = [part for row in rows for part in row.split(".") if part]
    assert found.longest == max(map(len, runs), default=0)
    assert (found.seats is None) == (found.longest < count)
    if found.seats is None:
        return
    there = {seat.id: seat for seat in free}
    chosen = [there[seat] for seat in found.seats]
    assert len(chosen) == count
    first = chosen[0]
    assert [(s.row, s.ordinal) for s in chosen] == [
        (first.row, first.ordinal + n) for n in range(count)
    ]
    choices = []
    for seat in free:
        side = [there.get(seat.id + n) for n in range(count)]
        if all(side):
            total = sum(s.score for s in side)
            choices.append((_orphan(there, side), total, seat.row, seat.ordinal, seat.id))
    assert min(choices)[4] == found.seats[0]


def _orphan(there, side) -> bool:
    """Whether exactly one free seat would be left beside these at either end."""
    before, after = side[0].id - 1, side[-1].id + 1
    alone_before = before in there and before - 1 not in there
    return alone_before or (after in there and after + 1 not in there)


def test_a_whole_show_court_takes_no_time_to_notice():
    rng = random.Random(1)
    free = [FreeSeat(n, n // 20, n % 20, rng.randint(0, 50_000)) for n in range(13_520)]
    best = min(_seconds(free) for _ in range(7))
    # A few milliseconds on an idle machine; the bound is for a busy one.
    assert best < 0.1


def _seconds(free: list[FreeSeat]) -> float:
    started = time.perf_counter()
    assert best_together(free, 4).seats
    return time.perf_counter() - started
