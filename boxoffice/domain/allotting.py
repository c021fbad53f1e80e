"""Allotting: unbroken groups of seats for a window, and what it could still serve with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from boxoffice.domain.adjacency import FreeSeat, runs_of

USUAL_MIX: Mapping[int, int] = {1: 25, 2: 50, 3: 13, 4: 12}
"""Parties by size in a hundred, where a window has no sales of its own to tell."""
USUAL_PARTIES_AN_HOUR = 20
"""How many parties a window serves, where it has no sales of its own to tell."""


NO_PARTIES: Mapping[int, int] = {}


@dataclass(frozen=True, slots=True)
class Groups:
    """How many unbroken groups of two, three and four seats."""

    pairs: int = 0
    threes: int = 0
    fours: int = 0

    def __bool__(self) -> bool:
        return any((self.pairs, self.threes, self.fours))

    @property
    def seats(self) -> int:
        """Seats in all of them."""
        return 2 * self.pairs + 3 * self.threes + 4 * self.fours

    def sizes(self) -> list[int]:
        """The size of each group, the largest first."""
        return [4] * self.fours + [3] * self.threes + [2] * self.pairs


@dataclass(frozen=True, slots=True)
class Fit:
    """How what a window has compares with what it is to have."""

    missing: Groups
    spare: tuple[int, ...]
    """Seats that belong to no wanted group."""


def fit(held: Iterable[FreeSeat], wanted: Groups, parties: Mapping[int, int] = NO_PARTIES) -> Fit:
    """Find the wanted groups in what is held.

    Seats that were taken as one group (`parties`: seat -> group, 0 for none) are that group as long
    as they are unbroken; the rest is cut up, each group out of the shortest run it fits in. So what
    was taken for a plan fits it, however tightly groups lie beside each other.
    """
    together: dict[int, list[FreeSeat]] = {}
    for seat in held:
        together.setdefault(parties.get(seat.id, 0), []).append(seat)
    loose = together.pop(0, [])
    missing = {size: wanted.sizes().count(size) for size in (2, 3, 4)}
    for _, seats in sorted(together.items()):
        size = len(seats)
        if missing.get(size) and sum(1 for _ in runs_of(seats)) == 1:
            missing[size] -= 1
        else:
            loose += seats
    runs = list(runs_of(loose))
    for size in (4, 3, 2):
        for _ in range(missing[size]):
            fitting = [n for n, run in enumerate(runs) if len(run) >= size]
            if not fitting:
                break
            shortest = min(fitting, key=lambda n: len(runs[n]))
            runs[shortest] = runs[shortest][size:]
            missing[size] -= 1
    spare = tuple(seat.id for run in runs for seat in run)
    return Fit(Groups(missing[2], missing[3], missing[4]), spare)


def choose(
    free: Iterable[FreeSeat], wanted: Groups, start: tuple[int, int] = (0, 0)
) -> list[tuple[int, ...]]:
    """Groups out of free seats, near each other: row after row from seat `start` (row, ordinal) on.

    A run is filled from its beginning, the larger groups first. No seat is left alone beside a
    group as long as another run has room; what fits nowhere is left out.
    """
    runs = _from(list(runs_of(free)), start)
    left = {size: wanted.sizes().count(size) for size in (4, 3, 2)}
    chosen: list[tuple[int, ...]] = []
    for singles in (False, True):
        for n, run in enumerate(runs):
            rest = run
            while size := _next_size(len(rest), left, singles=singles):
                chosen.append(tuple(seat.id for seat in rest[:size]))
                left[size] -= 1
                rest = rest[size:]
            runs[n] = rest
    missing = Groups(left[2], left[3], left[4])
    if missing and start > (0, 0):
        # Beside the seat it began at two parts of one run may be left.
        chosen += choose([seat for run in runs for seat in run], missing)
    return chosen


def _from(runs: list[list[FreeSeat]], start: tuple[int, int]) -> list[list[FreeSeat]]:
    """Runs in the order in which they are filled; one that `start` lies in is filled from there."""
    ahead: list[list[FreeSeat]] = []
    behind: list[list[FreeSeat]] = []
    for run in runs:
        before = sum((seat.row, seat.ordinal) < start for seat in run)
        if before == len(run):
            behind.append(run)
        elif before > 1:
            behind.append(run[:before])
            ahead.append(run[before:])
        else:
            ahead.append(run)
    return ahead + behind


def _next_size(room: int, left: Mapping[int, int], *, singles: bool) -> int:
    """The largest group still wanted that fits; 0 for none."""
    for size, count in left.items():
        if count and size <= room and (singles or room - size != 1):
            return size
    return 0


def largest_after(runs: Sequence[int], mix: Mapping[int, int], parties: int) -> int:
    """The largest party that could still sit together after so many parties were served.

    `runs` are lengths of unbroken runs, `mix` how often parties of a size come. Each party gets
    the shortest run it fits in; one that fits nowhere goes away.
    """
    left = list(runs)
    for size in _arrivals(mix, parties):
        fitting = [n for n, length in enumerate(left) if length >= size]
        if fitting:
            # Rather a run that it fills, or that keeps more than a seat alone.
            at = min(fitting, key=lambda n: (left[n] - size == 1, left[n]))
            left[at] -= size
        elif not any(left):
            break
    return max(left, default=0)


def _arrivals(mix: Mapping[int, int], parties: int) -> Iterable[int]:
    """Sizes of the parties that come, mixed evenly."""
    total = sum(mix.values())
    if not total:
        return
    came = dict.fromkeys(sorted(mix), 0)
    for n in range(1, parties + 1):
        due = max(came, key=lambda size: mix[size] * n - came[size] * total)
        came[due] += 1
        yield due
