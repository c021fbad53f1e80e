"""Which row of ours is which row of theirs: by our number, by theirs, by the charge of a refund."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from boxoffice.bank.bill import TheirRow
from boxoffice.bank.outcome import Note, OurRow

Row = TypeVar("Row")
_NO_TIME = datetime.min.replace(tzinfo=UTC)


class Pair(NamedTuple):
    """One row of each side that are the same money, and how that was found."""

    ours: OurRow
    theirs: TheirRow
    note: Note | None


def our_order(row: OurRow) -> tuple[Hashable, ...]:
    """An order of our rows that does not depend on the order they came in."""
    named = (row.kind, row.number, row.reference, row.charge, row.charge_reference, row.tender)
    return (row.at, row.fen, *named, row.key, row.pending)


def their_order(row: TheirRow) -> tuple[Hashable, ...]:
    """An order of their rows that does not depend on the order they came in."""
    at = row.at or _NO_TIME
    named = (row.kind, row.number, row.reference, row.charge, row.charge_reference)
    rest = (row.terminal, row.said, row.fee_fen, row.borne_fen, row.line, row.lines)
    return (row.day, at, row.fen, *named, *rest)


def pair_up(
    ours: Iterable[OurRow], theirs: Iterable[TheirRow]
) -> tuple[list[Pair], list[OurRow], list[TheirRow]]:
    """Pairs, and the rows of each side that are left. Both sides come in a settled order."""
    pairs: list[Pair] = []
    left_here, left_there = list(ours), list(theirs)
    for here, there, note in (
        (_by_number, _their_number, None),
        (_by_reference, _their_reference, Note.BY_REFERENCE),
        (_by_charge, _their_charge, Note.BY_CHARGE),
        (_by_their_charge, _their_charge_reference, Note.BY_CHARGE),
    ):
        made, left_here, left_there = _round(left_here, left_there, here, there)
        pairs += [Pair(one, other, _noted(one, other, note)) for one, other in made]
    return pairs, left_here, left_there


def _round(
    ours: Sequence[OurRow],
    theirs: Sequence[TheirRow],
    here: Callable[[OurRow], Hashable | None],
    there: Callable[[TheirRow], Hashable | None],
) -> tuple[list[tuple[OurRow, TheirRow]], list[OurRow], list[TheirRow]]:
    """Pair rows of one key; of several, those that fit best."""
    groups: dict[Hashable, list[int]] = {}
    for place, row in enumerate(theirs):
        key = there(row)
        if key is not None:
            groups.setdefault(key, []).append(place)
    wanted: dict[Hashable, list[int]] = {}
    for place, one in enumerate(ours):
        key = here(one)
        if key is not None and key in groups:
            wanted.setdefault(key, []).append(place)
    made = []
    used_here: set[int] = set()
    used_there: set[int] = set()
    for key, places in wanted.items():
        for mine, other in _fitting(ours, theirs, places, groups[key]):
            used_here.add(mine)
            used_there.add(other)
            made.append((ours[mine], theirs[other]))
    return made, _without(ours, used_here), _without(theirs, used_there)


def _fitting(
    ours: Sequence[OurRow],
    theirs: Sequence[TheirRow],
    places: Sequence[int],
    others: Sequence[int],
) -> Iterable[tuple[int, int]]:
    """Of rows of one key, first those of the same amount, then the rest in their order."""
    same: dict[int, deque[int]] = {}
    for other in others:
        same.setdefault(theirs[other].fen, deque()).append(other)
    unlike = []
    taken: set[int] = set()
    for one in places:
        waiting = same.get(ours[one].fen)
        if waiting:
            other = waiting.popleft()
            taken.add(other)
            yield one, other
        else:
            unlike.append(one)
    yield from zip(unlike, (other for other in others if other not in taken), strict=False)


def _without(rows: Sequence[Row], used: set[int]) -> list[Row]:
    return [row for place, row in enumerate(rows) if place not in used]


def _noted(one: OurRow, other: TheirRow, note: Note | None) -> Note | None:
    if note is Note.BY_REFERENCE and other.number and other.number != one.number:
        return Note.OTHER_NUMBER
    return note


def _by_number(row: OurRow) -> Hashable | None:
    return (row.kind, row.number) if row.number else None


def _their_number(row: TheirRow) -> Hashable | None:
    return (row.kind, row.number) if row.number else None


def _by_reference(row: OurRow) -> Hashable | None:
    return (row.kind, row.reference) if row.reference else None


def _their_reference(row: TheirRow) -> Hashable | None:
    return (row.kind, row.reference) if row.reference else None


def _by_charge(row: OurRow) -> Hashable | None:
    return (row.kind, row.charge, row.fen) if row.charge else None


def _their_charge(row: TheirRow) -> Hashable | None:
    """Only where the refund has no number of its own: two refunds of a charge are two."""
    unnamed = row.number in ("", row.charge)
    return (row.kind, row.charge, row.fen) if row.charge and unnamed else None


def _by_their_charge(row: OurRow) -> Hashable | None:
    known = row.charge_reference and not row.reference
    return (row.kind, row.charge_reference, row.fen) if known else None


def _their_charge_reference(row: TheirRow) -> Hashable | None:
    unnamed = row.charge_reference and not row.number
    return (row.kind, row.charge_reference, row.fen) if unnamed else None
