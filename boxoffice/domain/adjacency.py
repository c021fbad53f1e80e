"""Seats together: the best unbroken run of a row, leaving no single seat behind where it can."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter


@dataclass(frozen=True, slots=True)
class FreeSeat:
    """A free seat; `ordinal` counts seats of a row as they stand, a lower `score` is better."""

    id: int
    row: int
    ordinal: int
    score: int


@dataclass(frozen=True, slots=True)
class Together:
    """The seats found, None where no run is long enough; `longest` is the longest run there is."""

    seats: tuple[int, ...] | None
    longest: int


def best_together(free: Iterable[FreeSeat], count: int) -> Together:
    """The best `count` seats side by side.

    A choice that leaves one seat alone at an end of its run counts as worse than any that does
    not; among equals the lowest mean score wins, then the lowest row and ordinal. Raises ValueError
    for a count below one.
    """
    if count < 1:
        raise ValueError(f"{count} seats together")
    best: tuple[bool, int, int, int] | None = None
    chosen: list[FreeSeat] = []
    longest = 0
    for run in _runs(free):
        longest = max(longest, len(run))
        total = sum(seat.score for seat in run[:count])
        for start in range(len(run) - count + 1):
            if start:
                total += run[start + count - 1].score - run[start - 1].score
            orphan = start == 1 or len(run) - start - count == 1
            rank = (orphan, total, run[start].row, run[start].ordinal)
            if best is None or rank < best:
                best, chosen = rank, run[start : start + count]
    return Together(tuple(seat.id for seat in chosen) if chosen else None, longest)


def _runs(free: Iterable[FreeSeat]) -> Iterable[list[FreeSeat]]:
    run: list[FreeSeat] = []
    for seat in sorted(free, key=attrgetter("row", "ordinal")):
        if run and (seat.row != run[-1].row or seat.ordinal != run[-1].ordinal + 1):
            yield run
            run = []
        run.append(seat)
    if run:
        yield run
