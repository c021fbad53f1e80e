"""Bills held against the ledger: both sums kept, every exception a case, days closed by agreement.

Reading the same file again changes nothing; a corrected one takes the place of the first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from boxoffice import clock
from boxoffice.bank import bills, mapping, matching, not_whole
from boxoffice.bank.bill import Bill, Period
from boxoffice.bank.mapping import PartyMapping
from boxoffice.bank.outcome import Bucket, Found, Reconciliation
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import CaseStatus
from boxoffice.errors import BadFile
from boxoffice.exchange import opening
from boxoffice.queries import reconciling
from boxoffice.records import settling
from boxoffice.records.store import Store
from boxoffice.sentences.phrases import packed, phrase
from boxoffice.services.money import cases
from boxoffice.services.money.books import Books
from boxoffice.services.money.cases import BILL, NewCase
from boxoffice.settings import RESOURCES, Home

SAMPLES = RESOURCES / "acquirers" / "mappings.csv"
OWN_MAPPINGS = "acquirers.csv"
"""In a home: the venue's own rows, before the samples."""
MOST_REASONS = 20
"""How many reasons why a bill is not whole are kept with its case, and reported."""


MOST_LISTED = 1_000
"""How many letters of merchant numbers are kept with a bill."""


@dataclass(frozen=True, slots=True)
class BillReport:
    """What became of one bill; amounts in fen."""

    name: str
    party: str
    tender: str
    first_day: str
    last_day: str
    whole: bool
    """Every line was understood and its own totals fit."""
    ours_fen: int
    theirs_fen: int
    ours_rows: int
    theirs_rows: int
    fees_fen: int
    paid_out_fen: int
    buckets: dict[str, tuple[int, int]]
    """How many rows, and what they add to their sum less ours."""
    exceptions: int
    new_cases: int
    settled_cases: int
    open_cases: int
    known: bool
    """This very file was read before."""
    passed_over: int = 0
    """Lines that are no movement of money, by their type or state."""
    reasons: tuple[str, ...] = ()
    """Why it is not whole: phrases that name line and column, the first of them."""
    reasons_left_out: int = 0

    @property
    def closed(self) -> bool:
        """Whether its days agree, or are explained."""
        return not self.open_cases


def mappings_of(home: Home) -> tuple[PartyMapping, ...]:
    """The rows that read acquirers' and channels' files. Raises BadFile where one is wrong."""
    found: dict[str, PartyMapping] = {}
    for path in (home.path / OWN_MAPPINGS, SAMPLES):
        if path.exists():
            file = opening.open_file(path)
            for row in mapping.read_mappings(file.sheets, file.name):
                found.setdefault(row.party, row)
    return tuple(found.values())


def read(path: Path, mappings: Sequence[PartyMapping]) -> tuple[Bill, ...]:
    """The bills in a file. Raises BadFile for what is none."""
    file = opening.open_file(path)
    return bills.read(
        file.sheets, file.name, file.digest, mappings=mappings, known_as=file.known_as
    )


def keep(books: Books, bill: Bill, merchant: str = "") -> BillReport:
    """Hold a bill against the ledger, and keep what came of it.

    `merchant` is our number at the party, where it is known: raises BadFile for the bill of another
    one. Raises CentralUnreachable.
    """
    if merchant and bill.merchants and merchant not in bill.merchants:
        found_there = ", ".join(sorted(bill.merchants))
        raise BadFile(
            file=bill.name, why=phrase("bill_merchant", found=found_there, wanted=merchant)
        )
    at = clock.now()

    def look(store: Store) -> tuple[Reconciliation, dict[str, str]]:
        ours = reconciling.our_rows(store, bill.tender, bill.period, bill.rows, books.venue)
        found = matching.reconcile(ours, bill.rows, period=bill.period, covers=bill.covers)
        return found, _order_numbers(store, found, books.venue)

    found, numbers = books.read(look)
    report: BillReport = books.write(lambda store: _store(store, bill, found, numbers, at))
    if not report.known or report.new_cases or report.settled_cases:
        facts = {
            "file": bill.name, "digest": bill.digest, "party": bill.party,
            "ours_fen": report.ours_fen, "theirs_fen": report.theirs_fen,
            "cases": report.open_cases,
        }  # fmt: skip
        books.note("reconcile", facts)
    return report


def _store(
    store: Store, bill: Bill, found: Reconciliation, numbers: dict[str, str], at: datetime
) -> BillReport:
    """Inside a transaction at central."""
    before = _before(store, bill)
    known = before is not None and before[1] == bill.digest
    opened = [_case(bill, one, numbers) for one in found.exceptions]
    if not bill.whole or bill.period is None:
        opened.append(_not_whole(bill))
    keys = [case.key for case in opened]
    fresh = cases.open_all(store, BILL, opened, at)
    waiting = cases.waiting(store, BILL, f"{bill.party}:")
    over = _now_in_order(bill, found, waiting) if waiting else set()
    over |= set(json.loads(before[2])) if before is not None else set()
    ended = cases.end_all(store, BILL, (over & waiting) - set(keys), bill.name, at)
    other = [_key(bill, o, Bucket.MISSING_THERE) for o in found.found if o.bucket is _OTHER_DAY]
    ended += cases.end_all(store, BILL, set(other) - set(keys), bill.name, at, before=True)
    row = _row(bill, found, keys, at)
    if before is None:
        store.insert(settling.Reconciliation, [{"id": new_id(), **row}])
    elif not known or _said(row) != before[3]:
        sets = {name: value for name, value in row.items() if name not in _FIXED}
        sets["imported_at"] = clock.to_text(at)
        listed = ", ".join(f"{name} = ?" for name in sets)
        store.run(f"UPDATE reconciliation SET {listed} WHERE id = ?", (*sets.values(), before[0]))
    standing = cases.statuses(store, BILL, keys)
    still = sum(status == CaseStatus.OPEN for status in standing.values())
    return _report(bill, found, row, fresh, ended, still, known)


_OTHER_DAY = Bucket.OTHER_DAY
_FIXED = ("party", "tender", "merchants", "covers", "first_day", "last_day")


def _now_in_order(bill: Bill, found: Reconciliation, waiting: set[str]) -> set[str]:
    """Keys of what waits about pairs nobody has to look at."""
    about: dict[str, list[str]] = {}
    for key in waiting:
        about.setdefault(_about(key), []).append(key)
    over: set[str] = set()
    for one in found.found:
        if one.ours and one.theirs and not one.is_exception:
            # Whatever the bucket, it is about the same money; but lines that stand twice have names
            # of their own.
            for bucket in (Bucket.MISSING_HERE, Bucket.TWICE_HERE):
                over.update(about.get(_about(_key(bill, one, bucket)), ()))
    return over


def _about(key: str) -> str:
    """A key without its bucket."""
    return key.rpartition(":")[0]


def _key(bill: Bill, one: Found, bucket: Bucket) -> str:
    """The same for the same money, whichever bill shows it and from whichever side."""
    row = one.ours or one.theirs
    assert row is not None
    named = row.number or row.reference
    if not named or bucket in (Bucket.TWICE_HERE, Bucket.TWICE_THERE):
        line = one.theirs.line if one.theirs else 0
        named = f"{named}/{bill.name}/{line}"
    return f"{bill.party}:{row.kind.value}:{named}:{bucket.value}"


def _case(bill: Bill, one: Found, numbers: dict[str, str]) -> NewCase:
    ours, theirs = one.ours, one.theirs
    row = ours or theirs
    assert row is not None
    day = theirs.day if theirs else clock.venue(ours.at).date() if ours else None
    facts: dict[str, Any] = {
        "party": bill.party,
        "tender": bill.tender,
        "file": bill.name,
        "line": theirs.line if theirs else 0,
        "bucket": one.bucket.value,
        "step": one.step.value,
        "kind": row.kind.value,
        "number": row.number,
        "reference": theirs.reference if theirs else row.reference,
        "day": day.isoformat() if day else "",
        "ours_fen": ours.fen if ours else None,
        "theirs_fen": theirs.fen if theirs else None,
        "notes": [note.value for note in one.notes],
        "perhaps": one.perhaps,
    }
    found = numbers.get(ours.key, "") if ours else numbers.get(row.number, "")
    return NewCase(_key(bill, one, one.bucket), facts, found)


def _not_whole(bill: Bill) -> NewCase:
    facts = {
        "party": bill.party,
        "tender": bill.tender,
        "file": bill.name,
        "bucket": "not_whole",
        "step": "load_again",
        "line": bill.troubles[0].line if bill.troubles else 0,
        "lines": len(bill.troubles),
        "reasons": [packed(one) for one in islice(not_whole.reasons(bill), MOST_REASONS)],
    }
    return NewCase(f"{bill.party}:{bill.digest}:{bill.name}:not_whole", facts)


def _order_numbers(store: Store, found: Reconciliation, venue: str) -> dict[str, str]:
    """Of exceptions: order number by id of ours, or by the number in theirs."""
    keys = {one.ours.key for one in found.exceptions if one.ours}
    numbers = reconciling.order_numbers(store, keys)
    for one in found.exceptions:
        if one.ours is None and one.theirs is not None and one.theirs.number:
            known = one.theirs.number
            numbers[known] = reconciling.order_of(store, known, venue)
    return numbers


def _days(bill: Bill, at: datetime) -> Period:
    """A bill without any day is kept under the one it was read on."""
    today = clock.venue(at).date()
    return bill.period or Period(today, today)


def _row(bill: Bill, found: Reconciliation, keys: Sequence[str], at: datetime) -> dict[str, Any]:
    days = _days(bill, at)
    return {
        "party": bill.party,
        "tender": bill.tender,
        "merchants": _merchants(bill),
        "covers": _covers(bill),
        "first_day": days.first.isoformat(),
        "last_day": days.last.isoformat(),
        "name": bill.name,
        "digest": bill.digest,
        "whole": int(bill.whole),
        "ours_fen": found.ours.net_fen,
        "theirs_fen": found.theirs.net_fen,
        "ours_rows": found.ours.charges + found.ours.refunds,
        "theirs_rows": found.theirs.charges + found.theirs.refunds,
        "fees_fen": found.fees_fen,
        "paid_out_fen": found.paid_out_fen,
        "buckets": json.dumps({e.bucket.value: [e.count, e.fen] for e in found.explained}),
        "cases": json.dumps(sorted(keys)),
        "imported_at": at,
    }


def _merchants(bill: Bill) -> str:
    """Part of what tells bills apart; of very many, an index would not take the list."""
    listed = " ".join(sorted(bill.merchants))
    if len(listed) <= MOST_LISTED:
        return listed
    return f"{len(bill.merchants)}:{hashlib.sha256(listed.encode()).hexdigest()}"


def _covers(bill: Bill) -> str:
    return " ".join(sorted(kind.value for kind in bill.covers))


_COMPARED = ("name", "whole", "ours_fen", "theirs_fen", "ours_rows", "theirs_rows", "buckets")


def _said(row: dict[str, Any]) -> tuple[Any, ...]:
    return (*(row[name] for name in _COMPARED), row["cases"])


def _before(store: Store, bill: Bill) -> tuple[str, str, str, tuple[Any, ...]] | None:
    """(id, digest, keys of cases, what it said) of the bill of the same party and days."""
    days = _days(bill, clock.now())
    row = store.first(
        f"SELECT id, digest, cases, {', '.join(_COMPARED)} FROM reconciliation WHERE party = ? "
        "AND merchants = ? AND covers = ? AND first_day = ? AND last_day = ?",
        (
            bill.party,
            _merchants(bill),
            _covers(bill),
            days.first.isoformat(),
            days.last.isoformat(),
        ),
    )
    return None if row is None else (row[0], row[1], row[2], (*row[3:], row[2]))


def _report(
    bill: Bill,
    found: Reconciliation,
    row: dict[str, Any],
    fresh: int,
    ended: int,
    still: int,
    known: bool,
) -> BillReport:
    taken = (
        "first_day", "last_day", "ours_fen", "theirs_fen", "ours_rows", "theirs_rows", "fees_fen",
        "paid_out_fen",
    )  # fmt: skip
    reasons = list(not_whole.reasons(bill))
    return BillReport(
        name=bill.name,
        party=bill.party,
        tender=bill.tender,
        whole=bill.whole,
        buckets={each.bucket.value: (each.count, each.fen) for each in found.explained},
        exceptions=len(found.exceptions),
        new_cases=fresh,
        settled_cases=ended,
        open_cases=still,
        known=known,
        passed_over=bill.passed_over,
        reasons=tuple(reasons[:MOST_REASONS]),
        reasons_left_out=max(0, len(reasons) - MOST_REASONS),
        **{name: row[name] for name in taken},
    )
