"""Folds of journal and postings: how often each act was done, and what it moved on each account.

Folds add up: that of a day is the sum of its windows', and theirs of their shifts'. Every figure of
every report is read off a fold, so that no two of them can disagree.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from boxoffice.domain import accounts
from boxoffice.records.store import Store

OPENING, COUNTING, RETURNING, CLOSING = "open_shift", "count", "return_float", "close_shift"
"""Acts of a shift's beginning and end, in that order."""
INSIDE = frozenset({OPENING, COUNTING, RETURNING, CLOSING, "paid_in", "paid_out", "drop"})
"""Acts that move cash without a customer."""
SALE, DEPOSIT, UNDONE, LATE, PRESALE = "sale", "deposit", "undo_deposit", "late_payment", "presale"
VOID, REFUND = "void", "refund"
_PAYBACK = "payback"
"""How acts begin that follow money on its way back: what they bring in had gone out before."""


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
class Exchanged:
    """An act that is neither a sale nor a void or refund, and moves takings or fees (fen)."""

    count: int
    tickets: int
    sold_fen: int
    price_fen: int
    fee_fen: int


@dataclass(frozen=True, slots=True)
class Tender:
    """What customers gave by one account, and what they got back; what of it could not be paid
    back, and came home (fen)."""

    taken_fen: int
    given_fen: int
    came_home_fen: int = 0


@dataclass(frozen=True, slots=True)
class Owed:
    """What the venue came to owe customers, and what it owes no more (fen)."""

    added_fen: int
    settled_fen: int


Act = tuple[int, int, int]
"""Entries, tickets they were about, change given (fen)."""
Sums = tuple[int, int]
"""Debits and credits (fen)."""


@dataclass(slots=True)
class Fold:
    """Entries and postings summed by act; `posted` is by act and account."""

    acts: dict[str, Act] = field(default_factory=dict)
    posted: dict[tuple[str, str], Sums] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.acts or self.posted)

    def enter(self, act: str, facts: str) -> None:
        """One entry of the journal. Raises TypeError or ValueError for facts that are none."""
        said = json.loads(facts)
        if not isinstance(said, dict):
            raise TypeError(f"the facts of a {act} are no facts")
        self._act(act, (1, said.get("tickets", 0), said.get("change_fen", 0)))

    def post(self, act: str, account: str, sums: Sums) -> None:
        """Sums of postings."""
        debit, credit = self.posted.get((act, account), (0, 0))
        self.posted[act, account] = debit + sums[0], credit + sums[1]

    def _act(self, act: str, more: Act) -> None:
        count, tickets, change = self.acts.get(act, (0, 0, 0))
        self.acts[act] = count + more[0], tickets + more[1], change + more[2]

    def content(self) -> dict[str, Any]:
        """As values that JSON has."""
        posted: dict[str, dict[str, Sums]] = {}
        for (act, account), sums in self.posted.items():
            posted.setdefault(act, {})[account] = sums
        return {"acts": self.acts, "posted": posted}

    @staticmethod
    def read(content: Mapping[str, Any]) -> Fold:
        """What `content` gave."""
        fold = Fold({act: tuple(counts) for act, counts in content["acts"].items()})
        for act, listed in content["posted"].items():
            for account, (debit, credit) in listed.items():
                fold.posted[act, account] = debit, credit
        return fold

    # --- figures

    def count(self, act: str) -> int:
        """How many entries."""
        return self.acts.get(act, (0, 0, 0))[0]

    def tickets(self, act: str) -> int:
        """How many tickets they were about."""
        return self.acts.get(act, (0, 0, 0))[1]

    def change(self) -> int:
        """What was given out of what customers put down (fen)."""
        return sum(self.acts.get(act, (0, 0, 0))[2] for act in (SALE, DEPOSIT, accounts.EXCHANGE))

    def debit(self, account: str, act: str) -> int:
        """What an act put on an account (fen)."""
        return self.posted.get((act, account), (0, 0))[0]

    def credit(self, account: str, act: str) -> int:
        """What an act took off an account (fen)."""
        return self.posted.get((act, account), (0, 0))[1]

    def moves(self, account: str, act: str) -> Moves:
        """What an act moved on an account, either way."""
        return Moves(self.count(act), self.debit(account, act) + self.credit(account, act))

    def returned(self, act: str) -> Returned:
        """Tickets that came back by an act."""
        price, fee = self.debit(accounts.SALES, act), self.credit(accounts.FEES, act)
        return Returned(self.count(act), self.tickets(act), price, fee, price - fee)

    def exchanged(self) -> dict[str, Exchanged]:
        """By act: what else changed the takings, or brought fees."""
        acts = {act for act, account in self.posted if account in (accounts.SALES, accounts.FEES)}
        return {
            act: Exchanged(
                self.count(act),
                self.tickets(act),
                self.credit(accounts.SALES, act),
                self.debit(accounts.SALES, act),
                self.credit(accounts.FEES, act) - self.debit(accounts.FEES, act),
            )
            for act in sorted(acts - {SALE, PRESALE, VOID, REFUND})
        }

    def tenders(self) -> dict[str, Tender]:
        """By account: what customers gave and got, over all acts that have a customer."""
        found: dict[str, Tender] = {}
        for (act, account), (debit, credit) in sorted(self.posted.items()):
            if act in INSIDE or not accounts.is_tender(account):
                continue
            before = found.get(account, Tender(0, 0))
            home = debit if act.startswith(_PAYBACK) or account == accounts.TRANSFER else 0
            found[account] = Tender(
                before.taken_fen + debit - home,
                before.given_fen + credit,
                before.came_home_fen + home,
            )
        return found

    def owed(self) -> dict[str, Owed]:
        """By account: deposits of orders not paid in full, and money that is to go back."""
        return {
            account: Owed(credit, debit)
            for account, (debit, credit) in sorted(self.accounts().items())
            if account in accounts.OWED
        }

    def accounts(self) -> dict[str, Sums]:
        """Debits and credits of every account there is; over all of them they are equal."""
        found: dict[str, Sums] = {}
        for (_, account), (debit, credit) in sorted(self.posted.items()):
            before = found.get(account, (0, 0))
            found[account] = before[0] + debit, before[1] + credit
        return found

    def expected(self) -> int:
        """What the drawer held by the postings before it was counted."""
        return sum(
            debit - credit
            for (act, account), (debit, credit) in self.posted.items()
            if account == accounts.DRAWER and act not in (COUNTING, RETURNING, CLOSING)
        )


def total(folds: Iterable[Fold]) -> Fold:
    """The fold of all that these are folds of."""
    found = Fold()
    for fold in folds:
        for act, counts in fold.acts.items():
            found._act(act, counts)
        for (act, account), sums in fold.posted.items():
            found.post(act, account, sums)
    return found


def of_shift(store: Store, shift_id: str) -> Fold:
    """The fold of one shift. Raises TypeError or ValueError where an entry cannot be read."""
    fold = Fold()
    sql = "SELECT act, facts FROM journal WHERE shift_id = ?"
    for act, facts in store.all(sql, (shift_id,)):
        fold.enter(act, facts)
    for act, account, debit, credit in store.all(
        "SELECT j.act, p.account, "
        "sum(CASE WHEN p.amount_fen > 0 THEN p.amount_fen ELSE 0 END), "
        "sum(CASE WHEN p.amount_fen < 0 THEN -p.amount_fen ELSE 0 END) "
        "FROM posting p JOIN journal j ON j.window_id = p.window_id "
        "AND j.epoch = p.epoch AND j.number = p.number WHERE p.shift_id = ? GROUP BY 1, 2",
        (shift_id,),
    ):
        fold.post(act, account, (int(debit), int(credit)))
    return fold
