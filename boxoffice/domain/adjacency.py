"""Seats together: the best unbroken run of a row, leaving no single seat behind where it can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    best: tuple[bool, int] | None = None
    chosen: list[FreeSeat] = []
    longest = 0
    for run in runs_of(free):
        length = len(run)
        longest = max(longest, length)
        scores = [seat.score for seat in run]
        total = sum(scores[:count])
        last = length - count
        for start in range(last + 1):
            if start:
                total += scores[start + count - 1] - scores[start - 1]
            # Runs come in the order of rows and ordinals: among equals the first one stays.
            if best is None or best > (start == 1 or last - start == 1, total):
                best = (start == 1 or last - start == 1, total)
                chosen = run[start : start + count]
    return Together(tuple(seat.id for seat in chosen) if chosen else None, longest)


def runs_of(free: Iterable[FreeSeat]) -> Iterator[list[FreeSeat]]:
    """Unbroken runs by row and ordinal."""
    rows: dict[int, list[FreeSeat]] = {}
    for seat in free:
        rows.setdefault(seat.row, []).append(seat)
    for row in sorted(rows):
        seats = sorted(rows[row], key=attrgetter("ordinal"))
        start = 0
        for n in range(1, len(seats)):
            if seats[n].ordinal != seats[n - 1].ordinal + 1:
                yield seats[start:n]
                start = n
        yield seats[start:]
