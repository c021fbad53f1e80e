"""X and Z: a shift's report as the fold of its journal entries and postings, and of nothing else.

An X report is the fold of a shift that is open, a Z report that of one that was closed; the same
fold made again later, here or at central, gives the same report.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from boxoffice import clock
from boxoffice.domain import accounts
from boxoffice.records.journal import canonical
from boxoffice.records.store import Store

OPENING, COUNTING, RETURNING, CLOSING = "open_shift", "count", "return_float", "close_shift"
"""Acts of a shift's beginning and end, in that order."""
_INSIDE = frozenset({OPENING, COUNTING, RETURNING, CLOSING, "paid_in", "paid_out", "drop"})
"""Acts that move cash without a customer."""
_TENDERS = (accounts.DRAWER, accounts.channel(""))
"""Beginnings of the accounts that customers' money goes to."""


@dataclass(frozen=True, slots=True)
class Moves:
    """How often something was done, and what it came to (fen)."""

    count: int = 0
    fen: int = 0


@dataclass(frozen=True, slots=True)
class Returned:
    """Tickets that came back: acts, tickets, their prices, what was kept and what was given."""

    count: int = 0
    tickets: int = 0
    price_fen: int = 0
    fee_fen: int = 0
    fen: int = 0


@dataclass(frozen=True, slots=True)
class Tender:
    """What customers gave by one account, and what they got back (fen)."""

    taken_fen: int
    given_fen: int


@dataclass(frozen=True, slots=True)
class Close:
    """How the shift ended. The drawer held `counted_fen`: the float first, the rest is takings.

    `counts` is the number of notes and coins by fen; `closed_by` differs from the shift's operator
    where a supervisor closed it, with a reason.
    """

    number: int
    at: str
    counts: dict[str, int]
    counted_fen: int
    float_returned_fen: int
    takings_fen: int
    closed_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """One shift. Amounts are in fen, moments UTC text; `expected_fen` is what the drawer should
    hold before it was counted; over and short are two figures, of which one is zero.
    """

    shift_id: str
    window: int
    epoch: int
    business_day: str
    currency: str
    operator: str
    name: str
    opened_at: str
    float_fen: int
    orders: int
    tickets: int
    sales_fen: int
    change_fen: int
    voids: Returned
    refunds: Returned
    hand_overs: int
    reprints: int
    drops: Moves
    paid_in: Moves
    paid_out: Moves
    tenders: dict[str, Tender]
    expected_fen: int
    over_fen: int
    short_fen: int
    close: Close | None

    @property
    def opened(self) -> datetime:
        """When the shift began."""
        return clock.from_text(self.opened_at)

    def content(self) -> str:
        """As a Z report keeps it: the same text for the same fold."""
        return canonical(asdict(self))


class _Fold:
    """Entries and postings of one shift, summed by act."""

    def __init__(self, store: Store, shift_id: str) -> None:
        self.acts: dict[str, tuple[int, int, int]] = {}
        sql = "SELECT act, facts FROM journal WHERE shift_id = ?"
        for act, text in store.all(sql, (shift_id,)):
            facts = json.loads(text)
            if not isinstance(facts, dict):
                raise TypeError(f"the facts of a {act} are no facts")
            count, tickets, change = self.acts.get(act, (0, 0, 0))
            tickets, change = tickets + facts.get("tickets", 0), change + facts.get("change_fen", 0)
            self.acts[act] = (count + 1, tickets, change)
        self.posted: dict[tuple[str, str], tuple[int, int]] = {
            (row[0], row[1]): (int(row[2]), int(row[3]))
            for row in store.all(
                "SELECT j.act, p.account, "
                "sum(CASE WHEN p.amount_fen > 0 THEN p.amount_fen ELSE 0 END), "
                "sum(CASE WHEN p.amount_fen < 0 THEN -p.amount_fen ELSE 0 END) "
                "FROM posting p JOIN journal j ON j.window_id = p.window_id "
                "AND j.epoch = p.epoch AND j.number = p.number WHERE p.shift_id = ? GROUP BY 1, 2",
                (shift_id,),
            )
        }

    def count(self, act: str) -> int:
        """How many entries."""
        return self.acts.get(act, (0, 0, 0))[0]

    def tickets(self, act: str) -> int:
        """How many tickets they were about."""
        return self.acts.get(act, (0, 0, 0))[1]

    def change(self, act: str) -> int:
        """What was given out of what customers put down (fen)."""
        return self.acts.get(act, (0, 0, 0))[2]

    def debit(self, account: str, act: str) -> int:
        return self.posted.get((act, account), (0, 0))[0]

    def credit(self, account: str, act: str) -> int:
        return self.posted.get((act, account), (0, 0))[1]

    def moves(self, account: str, act: str) -> Moves:
        """What an act of cash moved, either way."""
        return Moves(self.count(act), self.debit(account, act) + self.credit(account, act))

    def returned(self, act: str) -> Returned:
        price, fee = self.debit(accounts.SALES, act), self.credit(accounts.FEES, act)
        return Returned(self.count(act), self.tickets(act), price, fee, price - fee)

    def sold(self) -> int:
        return sum(c for (_, account), (_, c) in self.posted.items() if account == accounts.SALES)

    def tenders(self) -> dict[str, Tender]:
        """By account: what customers gave and got, over all acts that have a customer."""
        found: dict[str, Tender] = {}
        for (act, account), (debit, credit) in sorted(self.posted.items()):
            if act in _INSIDE or not account.startswith(_TENDERS):
                continue
            before = found.get(account, Tender(0, 0))
            found[account] = Tender(before.taken_fen + debit, before.given_fen + credit)
        return found

    def expected(self) -> int:
        """What the drawer held by the postings before it was counted."""
        return sum(
            debit - credit
            for (act, account), (debit, credit) in self.posted.items()
            if account == accounts.DRAWER and act not in (COUNTING, RETURNING, CLOSING)
        )


def shift_report(store: Store, shift_id: str) -> ShiftReport:
    """The fold of a shift as it stands now. Raises LookupError for a shift nobody knows."""
    shift = store.first(
        "SELECT s.window_id, s.epoch, s.business_day, s.currency, coalesce(o.number, ''), "
        "coalesce(o.name, ''), s.opened_at, s.float_fen "
        "FROM shift s LEFT JOIN operator o ON o.id = s.operator_id WHERE s.id = ?",
        (shift_id,),
    )
    if shift is None:
        raise LookupError(f"no shift {shift_id}")
    window, epoch, day, currency, operator, name, opened_at, float_fen = shift
    fold = _Fold(store, shift_id)
    ended = _facts(store, shift_id, CLOSING)
    # Names may change later: a report keeps those of its day.
    operator, name = (ended["operator"], ended["name"]) if ended else (operator, name)
    return ShiftReport(
        shift_id=shift_id,
        window=window,
        epoch=epoch,
        business_day=day,
        currency=currency,
        operator=operator,
        name=name,
        opened_at=opened_at,
        float_fen=float_fen,
        orders=fold.count("sale"),
        tickets=fold.tickets("sale"),
        sales_fen=fold.sold(),
        change_fen=fold.change("sale"),
        voids=fold.returned("void"),
        refunds=fold.returned("refund"),
        hand_overs=fold.count("hand_over"),
        reprints=fold.count("reprint"),
        drops=fold.moves(accounts.SAFE, "drop"),
        paid_in=fold.moves(accounts.PAID_IN, "paid_in"),
        paid_out=fold.moves(accounts.PAID_OUT, "paid_out"),
        tenders=fold.tenders(),
        expected_fen=fold.expected(),
        over_fen=fold.credit(accounts.OVER, COUNTING),
        short_fen=fold.debit(accounts.SHORT, COUNTING),
        close=_close(store, fold, shift_id, ended) if ended else None,
    )


def _close(store: Store, fold: _Fold, shift_id: str, ended: Mapping[str, Any]) -> Close:
    counted = _facts(store, shift_id, COUNTING) or {}
    return Close(
        number=ended["z"],
        at=ended["at"],
        counts=counted.get("counts", {}),
        counted_fen=counted.get("counted_fen", 0),
        float_returned_fen=fold.debit(accounts.SAFE, RETURNING),
        takings_fen=fold.debit(accounts.SAFE, CLOSING),
        closed_by=ended["closed_by"],
        reason=ended["reason"],
    )


def _facts(store: Store, shift_id: str, act: str) -> dict[str, Any] | None:
    """What the last entry of an act says, with when it was."""
    found = store.first(
        "SELECT facts, at FROM journal WHERE shift_id = ? AND act = ? ORDER BY number DESC",
        (shift_id, act),
    )
    return None if found is None else {**json.loads(found[0]), "at": found[1]}


def read_content(content: str) -> ShiftReport:
    """What `ShiftReport.content` wrote."""
    facts = json.loads(content)
    for name, kind in (("voids", Returned), ("refunds", Returned)):
        facts[name] = kind(**facts[name])
    for name in ("drops", "paid_in", "paid_out"):
        facts[name] = Moves(**facts[name])
    facts["tenders"] = {name: Tender(**fen) for name, fen in facts["tenders"].items()}
    facts["close"] = None if facts["close"] is None else Close(**facts["close"])
    return ShiftReport(**facts)


@dataclass(frozen=True, slots=True)
class ZRow:
    """A Z report in a list."""

    id: str
    number: int
    at: datetime
    report: ShiftReport


def z_reports(store: Store, window: int, limit: int = 20) -> list[ZRow]:
    """The last Z reports of a window, newest first."""
    return [
        ZRow(row[0], row[1], clock.from_text(row[2]), read_content(row[3]))
        for row in store.all(
            "SELECT id, number, at, content FROM z_report WHERE window_id = ? "
            "ORDER BY epoch DESC, number DESC LIMIT ?",
            (window, limit),
        )
    ]
