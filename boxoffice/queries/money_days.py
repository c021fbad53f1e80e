"""Days of money outside: for each tender what the ledger says, what a bill says, what is open.

Read at central, which has the money of all windows and every bill that was held against it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from boxoffice import clock
from boxoffice.bank.bill import Period
from boxoffice.domain import accounts
from boxoffice.domain.statuses import CaseStatus
from boxoffice.queries import reconciling
from boxoffice.queries.cases import CaseRow
from boxoffice.records.store import Row, Store

LISTED_DAYS = 14
"""How far back days are listed; bills of older ones can be taken in all the same."""
_MATCHED = ("matched", "other_day")


class HeldState(StrEnum):
    """How a tender of a day stands, what needs doing first."""

    OPEN = "open"
    """A bill is here, and exceptions of it wait for somebody."""
    NO_FILE = "no_file"
    EXPLAINED = "explained"
    """There were exceptions, and each was explained."""
    AGREES = "agrees"

    @property
    def closed(self) -> bool:
        """Whether nothing is left to do."""
        return self in (HeldState.AGREES, HeldState.EXPLAINED)


@dataclass(frozen=True, slots=True)
class Held:
    """One tender's money of one day, or of the days of one bill; amounts in fen.

    Without a bill `id` and `party` are empty, and theirs are None. `ours_fen` is what came less
    what went back: with a bill, as the ledger stood when it was held against it.
    """

    day: date
    first_day: date
    last_day: date
    tender: str
    state: HeldState
    ours_fen: int
    theirs_fen: int | None = None
    id: str = ""
    party: str = ""
    name: str = ""
    """Of the file."""
    fees_fen: int = 0
    paid_out_fen: int = 0
    whole: bool = True
    matched: int = 0
    """Rows of both sides that are the same money."""
    exceptions: int = 0
    open: int = 0
    read_at: datetime | None = None

    @property
    def key(self) -> str:
        """Names it among all that are listed."""
        return f"{self.day.isoformat()}/{self.id or self.tender}"

    @property
    def difference_fen(self) -> int:
        """Their sum less ours; nothing without a bill."""
        return 0 if self.theirs_fen is None else self.theirs_fen - self.ours_fen


@dataclass(frozen=True, slots=True)
class MoneyDay:
    """A day of the venue's calendar with every tender that somebody outside took money by."""

    day: date
    parts: tuple[Held, ...]
    over: bool
    """Whether the day has ended: bills come after it."""
    kept: bool = False
    """Whether the statement of that business day is kept."""

    @property
    def closed(self) -> bool:
        """Whether all agree or are explained."""
        return self.over and all(part.state.closed for part in self.parts)

    @property
    def open(self) -> int:
        """How many exceptions wait."""
        return sum(part.open for part in self.parts)


def days(store: Store, today: date) -> list[MoneyDay]:
    """The last days, today first; days without any money outside are left out."""
    first = today - timedelta(days=LISTED_DAYS - 1)
    kept = {
        str(row[0])
        for row in store.all(
            "SELECT DISTINCT business_day FROM day_statement WHERE business_day >= ?",
            (first.isoformat(),),
        )
    }
    bills = _bills(store, first, today)
    sums = _sums(store, first, today)
    found = []
    for back in range(LISTED_DAYS):
        day = today - timedelta(days=back)
        here = [bill for bill in bills if bill.first_day <= day <= bill.last_day]
        parts = [_on(bill, day) for bill in here]
        for (of, tender), fen in sums.items():
            if of == day and not any(_covers(bill.tender, tender) for bill in here):
                parts.append(Held(day, day, day, tender, HeldState.NO_FILE, fen))
        if parts:
            parts.sort(key=lambda part: (part.tender, part.party, part.id))
            found.append(MoneyDay(day, tuple(parts), day < today, day.isoformat() in kept))
    return found


def exceptions(store: Store, bill: str) -> list[CaseRow]:
    """The cases of a bill that was held against the ledger: open ones first, oldest first."""
    row = store.first("SELECT cases FROM reconciliation WHERE id = ?", (bill,))
    keys = sorted(json.loads(row[0])) if row is not None else []
    found: list[CaseRow] = []
    for part in _parts(keys):
        marks = ", ".join("?" * len(part))
        found += [
            CaseRow(
                case[0], case[1], case[2], clock.from_text(case[3]), case[4], json.loads(case[5])
            )
            for case in store.all(
                "SELECT id, kind, status, opened_at, order_number, facts FROM cases "
                f"WHERE kind = 'bill' AND key IN ({marks})",
                part,
            )
        ]
    found.sort(key=lambda case: (case.status != CaseStatus.OPEN, case.opened_at, case.id))
    return found


def _parts(keys: list[str]) -> Iterable[list[str]]:
    return (keys[start : start + 500] for start in range(0, len(keys), 500))


def _on(bill: Held, day: date) -> Held:
    """A bill of several days stands at each of them, with the sums of all."""
    listed = {name: getattr(bill, name) for name in bill.__slots__}
    return Held(**{**listed, "day": day})


def _covers(of_bill: str, tender: str) -> bool:
    """Whether a bill of one tender is of another, too."""
    if of_bill == accounts.CARD:
        return tender in (accounts.CARD, accounts.CARD_APART)
    if of_bill == reconciling.ANY_CHANNEL:
        return accounts.is_channel(tender)
    return of_bill == tender


_COLUMNS = (
    "id, party, tender, first_day, last_day, name, whole, ours_fen, theirs_fen, fees_fen, "
    "paid_out_fen, buckets, cases, imported_at"
)


def _bills(store: Store, first: date, last: date) -> list[Held]:
    rows = store.all(
        f"SELECT {_COLUMNS} FROM reconciliation WHERE last_day >= ? AND first_day <= ? "
        "ORDER BY last_day, party, id",
        (first.isoformat(), last.isoformat()),
    )
    keys = sorted({key for row in rows for key in json.loads(row[12])})
    waiting: set[str] = set()
    for part in _parts(keys):
        marks = ", ".join("?" * len(part))
        waiting |= {
            str(row[0])
            for row in store.all(
                f"SELECT key FROM cases WHERE kind = 'bill' AND status = ? AND key IN ({marks})",
                (CaseStatus.OPEN, *part),
            )
        }
    return [_bill(row, waiting) for row in rows]


def _bill(row: Row, waiting: set[str]) -> Held:
    (
        bill, party, tender, first_day, last_day, name, whole, ours_fen, theirs_fen, fees_fen,
        paid_out_fen, buckets, cases, imported_at,
    ) = row  # fmt: skip
    keys = json.loads(cases)
    still = sum(key in waiting for key in keys)
    state = HeldState.OPEN if still else HeldState.EXPLAINED if keys else HeldState.AGREES
    begins, ends = date.fromisoformat(first_day), date.fromisoformat(last_day)
    counts = json.loads(buckets)
    return Held(
        ends,
        begins,
        ends,
        tender,
        state,
        ours_fen,
        theirs_fen,
        bill,
        party,
        name,
        fees_fen,
        paid_out_fen,
        bool(whole),
        sum(counts.get(bucket, (0, 0))[0] for bucket in _MATCHED),
        len(keys),
        still,
        clock.from_text(imported_at),
    )


def _sums(store: Store, first: date, last: date) -> dict[tuple[date, str], int]:
    """What came less what went back, by day and tender, of all but cash."""
    sums: dict[tuple[date, str], int] = defaultdict(int)
    begin = clock.to_text(datetime.combine(first, time.min, clock.VENUE_ZONE))
    end = clock.to_text(datetime.combine(last + timedelta(days=1), time.min, clock.VENUE_ZONE))
    inside = (accounts.CASH, accounts.COMPLIMENTARY, accounts.EXCHANGE)
    # By the minute: no zone is apart by less, and a day has few of them.
    for minute, tender, fen in store.all(
        "SELECT substr(paid_at, 1, 16), tender, sum(amount_fen) FROM payment "
        "WHERE paid_at >= ? AND paid_at < ? AND tender NOT IN (?, ?, ?) GROUP BY 1, 2",
        (begin, end, *inside),
    ):
        at = clock.from_text(f"{minute}:00.000000Z")
        sums[clock.venue(at).date(), tender] += int(fen)
    for day, tender, fen in reconciling.gone_back(store, Period(first, last)):
        if first <= day <= last:
            sums[day, tender] -= fen
    return sums
