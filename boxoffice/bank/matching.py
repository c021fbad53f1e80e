"""A bill held against the ledger: each row in one bucket, the difference explained to the fen.

Pure and settled: the same rows give the same answer in whatever order they come.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from operator import itemgetter

from boxoffice import clock
from boxoffice.bank.bill import BOTH, Kind, Period, TheirRow, days_of, sums
from boxoffice.bank.outcome import (
    Bucket,
    Explained,
    Found,
    Note,
    OurRow,
    Reconciliation,
    Step,
)
from boxoffice.bank.pairing import Pair, our_order, pair_up, their_order

NEAR_MIDNIGHT = timedelta(minutes=30)
"""How far from midnight the two sides may well see another day: clocks, and a slow password."""
LIKELY_WITHIN = timedelta(minutes=15)
"""How far apart two rows of one amount may lie to be taken for halves of one."""


def reconcile(
    ours: Iterable[OurRow],
    theirs: Iterable[TheirRow],
    *,
    period: Period | None = None,
    covers: Collection[Kind] = BOTH,
) -> Reconciliation:
    """Hold `theirs`, the rows of a bill, against `ours`, the rows of the ledger.

    `period` are the days the bill is of; without it, those of its rows. `ours` may reach beyond
    it: rows from around are looked at for what the bill has of another day, and are no exception
    where it has not. So are rows of a kind that is not in `covers`.
    """
    here, there = sorted(ours, key=our_order), sorted(theirs, key=their_order)
    of = period or days_of(there)
    pairs, left_here, left_there = pair_up(here, there)

    in_bill = {id(pair.ours) for pair in pairs}
    due_rows = [
        row
        for row in here
        if (row.kind in covers or id(row) in in_bill) and (of is None or _day(row.at) in of)
    ]
    due = set(map(id, due_rows))
    found = [_paired(pair, id(pair.ours) in due) for pair in pairs]
    found += _ours_left(left_here, due, of, pairs)
    found += _theirs_left(left_there, pairs)
    found = sorted(_with_likely_halves(found), key=_moment)
    return Reconciliation(
        of,
        tuple(found),
        sums(due_rows),
        sums(there),
        sum(row.fee_fen for row in there),
        sum(row.borne_fen if row.kind is Kind.CHARGE else -row.borne_fen for row in there),
        _explained(found),
    )


def _day(at: datetime) -> date:
    return clock.venue(at).date()


def _paired(pair: Pair, due: bool) -> Found:
    ours, theirs, how = pair
    notes = [how] if how else []
    difference = theirs.signed_fen - (ours.signed_fen if due else 0)
    day = _day(ours.at)
    if day != theirs.day:
        notes.append(Note.LATER_THERE if theirs.day > day else Note.EARLIER_THERE)
        if _near_midnight(ours.at):
            notes.append(Note.NEAR_MIDNIGHT)
    elif not due:
        notes.append(Note.NOT_ITS_DAY)
    if ours.fen != theirs.fen:
        if theirs.fen == 0:
            notes.append(Note.NOT_DONE_THERE)
            step = Step.PAY_ANOTHER_WAY
        else:
            step = Step.CORRECT_AMOUNT
        return Found(Bucket.OTHER_AMOUNT, ours, theirs, step, tuple(notes), difference)
    bucket = Bucket.MATCHED if due and day == theirs.day else Bucket.OTHER_DAY
    return Found(bucket, ours, theirs, Step.NONE, tuple(notes), difference)


def _ours_left(
    left: Iterable[OurRow], due: Collection[int], of: Period | None, pairs: Sequence[Pair]
) -> Iterable[Found]:
    known = {(pair.ours.kind, pair.ours.number) for pair in pairs if pair.ours.number}
    for row in left:
        difference = -row.signed_fen
        if id(row) not in due:
            yield Found(Bucket.NOT_OF_DAY, row)
        elif (row.kind, row.number) in known:
            step = Step.LOOK_AT_LEDGER
            yield Found(Bucket.TWICE_HERE, row, step=step, difference_fen=difference)
        else:
            step = _ask(row, of)
            yield Found(Bucket.MISSING_THERE, row, step=step, difference_fen=difference)


def _ask(row: OurRow, of: Period | None) -> Step:
    if row.pending:
        return Step.WAIT
    if of is not None and _day(row.at) in (of.first, of.last) and _near_midnight(row.at):
        return Step.NEXT_BILL
    return Step.ASK_PARTY if row.kind is Kind.CHARGE else Step.SEND_AGAIN


def _theirs_left(left: Sequence[TheirRow], pairs: Sequence[Pair]) -> Iterable[Found]:
    numbers = {(pair.theirs.kind, pair.theirs.number) for pair in pairs if pair.theirs.number}
    references = {
        (pair.theirs.kind, pair.theirs.reference) for pair in pairs if pair.theirs.reference
    }
    # Rows as they stand in the file, of those that anything could stand beside twice.
    keys = {(row.kind, row.number) for row in left}
    lines = {_line(pair.theirs) for pair in pairs if (pair.theirs.kind, pair.theirs.number) in keys}
    for row in left:
        difference = row.signed_fen
        again = _line(row) in lines
        lines.add(_line(row))
        known = (row.kind, row.number) in numbers or (row.kind, row.reference) in references
        if row.fen == 0:
            yield Found(Bucket.NOTHING_MOVED, theirs=row)
        elif again or known:
            step = Step.LOAD_ONCE if again else _undo(row)
            yield Found(Bucket.TWICE_THERE, theirs=row, step=step, difference_fen=difference)
        else:
            yield Found(Bucket.MISSING_HERE, theirs=row, step=_undo(row), difference_fen=difference)


def _line(row: TheirRow) -> TheirRow:
    """A row as it stands, wherever in the file."""
    return replace(row, line=0)


def _undo(row: TheirRow) -> Step:
    return Step.GIVE_BACK if row.kind is Kind.CHARGE else Step.BOOK_REFUND


def _near_midnight(at: datetime) -> bool:
    return _day(at - NEAR_MIDNIGHT) != _day(at) or _day(at + NEAR_MIDNIGHT) != _day(at)


def _with_likely_halves(found: Sequence[Found]) -> Iterable[Found]:
    """Rows missing here and there that have one likely half each, named to each other."""
    here: dict[tuple[Kind, int], list[tuple[datetime, int]]] = {}
    there: dict[tuple[Kind, int], list[tuple[datetime, int]]] = {}
    for place, each in enumerate(found):
        if each.bucket is Bucket.MISSING_THERE and each.ours:
            row = each.ours
            here.setdefault((row.kind, row.fen), []).append((row.at, place))
        elif each.bucket is Bucket.MISSING_HERE and each.theirs and each.theirs.at:
            other = each.theirs
            there.setdefault((other.kind, other.fen), []).append((each.theirs.at, place))
    answer = list(found)
    for key in here.keys() & there.keys():
        ours, theirs = sorted(here[key]), sorted(there[key])
        for at, place in ours:
            half = _only_near(theirs, at)
            if half is not None and _only_near(ours, half[0]) == (at, place):
                one, two = found[place], found[half[1]]
                answer[place] = _hinted(one, two)
                answer[half[1]] = _hinted(two, one)
    return answer


def _only_near(rows: Sequence[tuple[datetime, int]], at: datetime) -> tuple[datetime, int] | None:
    """The one row near that moment; None where there is none or more than one."""
    begins = bisect_left(rows, at - LIKELY_WITHIN, key=itemgetter(0))
    ends = bisect_right(rows, at + LIKELY_WITHIN, key=itemgetter(0))
    return rows[begins] if ends - begins == 1 else None


def _hinted(each: Found, half: Found) -> Found:
    row = half.ours or half.theirs
    perhaps = (row.number or row.reference) if row else ""
    return replace(each, perhaps=perhaps, step=Step.LOOK_AT_SLIP)


def _moment(each: Found) -> datetime:
    """When it was, to sort by: rows of one moment keep the settled order they came in."""
    if each.ours:
        return each.ours.at
    if each.theirs and each.theirs.at:
        return each.theirs.at
    day = each.theirs.day if each.theirs else date.min
    return datetime.combine(day, time(), tzinfo=clock.VENUE_ZONE)


def _explained(found: Sequence[Found]) -> tuple[Explained, ...]:
    by: dict[Bucket, list[int]] = {}
    for each in found:
        by.setdefault(each.bucket, []).append(each.difference_fen)
    return tuple(Explained(each, len(by[each]), sum(by[each])) for each in Bucket if each in by)
