"""What a simulated payment company knows of its trades and refunds, and the rules it keeps.

Kept in memory and, where a file is named, line by line on disk, so that a rehearsal whose company
was killed goes on where it stood. Payment codes are kept as their hash only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from boxoffice import clock
from boxoffice.rehearsal.gateways.book_rows import (
    BackState,
    Refund,
    Rules,
    State,
    Trade,
    Verdict,
    from_row,
    to_row,
)
from boxoffice.rehearsal.gateways.days import ALWAYS, Day, Trouble


@dataclass
class Book:
    """The trades and refunds by our numbers. Its caller sees to it that one thread acts at once."""

    rules: Rules = field(default_factory=Rules)
    file: Path | None = None
    prefix: str = "42"
    balance_fen: int | None = None
    """What the merchant account holds; None for always enough."""
    trades: dict[str, Trade] = field(default_factory=dict)
    refunds: dict[str, Refund] = field(default_factory=dict)
    breaches: list[str] = field(default_factory=list)
    """Where a window broke a rule of the company; a rehearsal wants none."""

    def __post_init__(self) -> None:
        if self.file is not None and self.file.exists():
            for line in self.file.read_text(encoding="utf-8").splitlines():
                if line.endswith("}"):  # the last one may be cut short by a kill
                    self._take(json.loads(line))

    def begin(
        self, number: str, amount_fen: int, code: str, subject: str, window: str, day: Day | None
    ) -> Verdict:
        """A charge."""
        hashed = hashlib.sha256(code.encode("utf-8")).hexdigest()
        known = self.trades.get(number)
        if known is not None:
            self.breaches.append(f"charge {number} was sent twice")
            same = (known.amount_fen, known.code_hash) == (amount_fen, hashed)
            return Verdict.SAME if same else Verdict.NUMBER_USED
        if any(trade.code_hash == hashed for trade in self.trades.values()):
            self.breaches.append(f"the code of {number} was sent before")
            return Verdict.CODE_USED
        trouble = day.trouble if day else None
        if trouble in _DECLINES:
            return _DECLINES[trouble]
        asked = self.rules.password_above_fen
        waits = trouble is Trouble.PASSWORD or (asked > 0 and amount_fen > asked)
        trade = Trade(
            number=number,
            reference=self._reference(number),
            amount_fen=amount_fen,
            subject=subject,
            window=window,
            code_hash=hashed,
            state=State.WAITING if waits else State.PAID,
            begun_at=clock.now(),
            paid_at=None if waits else clock.now(),
            queries=_questions(self.rules, day) if waits else 0,
            pays=day.pays if day else True,
        )
        self.trades[number] = trade
        if not waits:
            self._move(amount_fen)
        self._keep(trade)
        return Verdict.WAITING if waits else Verdict.DONE

    def look(self, number: str) -> Trade | None:
        """A question about a charge; the customer may have done something meanwhile."""
        trade = self.trades.get(number)
        if trade is not None and trade.state is State.WAITING and trade.queries != ALWAYS:
            trade.queries -= 1
            if trade.queries <= 0:
                if trade.pays:
                    self.pay(trade)
                else:
                    trade.state, trade.ended_at = State.FAILED, clock.now()
            self._keep(trade)
        return trade

    def pay(self, trade: Trade) -> None:
        """The customer pays what waited."""
        trade.state, trade.paid_at = State.PAID, clock.now()
        self._move(trade.amount_fen)
        self._keep(trade)

    def reverse(self, number: str, day: Day | None) -> Verdict:
        """Close it, or give it back whole."""
        trade, trouble = self.trades.get(number), day.trouble if day else None
        if trouble is Trouble.RECALL:
            return Verdict.RECALL
        if trade is None:
            return Verdict.ABSENT
        if trade.state in (State.CLOSED, State.GIVEN_BACK):
            return Verdict.SAME
        age = (clock.now() - trade.begun_at).total_seconds()
        if age < self.rules.reverse_not_before_s:
            self.breaches.append(f"{number} was reversed after {age:.0f} s")
        days = self.rules.reverse_within_days
        if trouble is Trouble.TOO_LATE or (days and age > days * 86_400):
            return Verdict.TOO_LATE
        if trouble is Trouble.PAID_LATE and trade.state is State.WAITING:
            self.pay(trade)
        if trade.state is State.PAID:
            if trouble is Trouble.MERCHANT_BALANCE or not self._move(-trade.amount_fen):
                return Verdict.MERCHANT_BALANCE
            trade.state = State.GIVEN_BACK
        else:
            trade.state = State.CLOSED
        trade.ended_at = clock.now()
        self._keep(trade)
        return Verdict.DONE

    def refund(self, number: str, charge: str, amount_fen: int, day: Day | None) -> Verdict:
        """Send money back."""
        known, trade = self.refunds.get(number), self.trades.get(charge)
        if known is not None:
            same = (known.charge, known.amount_fen) == (charge, amount_fen)
            return Verdict.SAME if same else Verdict.NUMBER_USED
        if trade is None or trade.state not in (State.PAID, State.GIVEN_BACK):
            return Verdict.ABSENT if trade is None else Verdict.NOT_PAID
        refused = self._why_not(trade, amount_fen, day.trouble if day else None)
        if refused is not None:
            return refused
        refund = Refund(
            number=number,
            charge=charge,
            reference=self._reference(number),
            amount_fen=amount_fen,
            state=BackState.PENDING,
            begun_at=clock.now(),
            queries=self.rules.refund_queries,
        )
        if day is not None and day.trouble in _LATER:
            refund.then = _LATER[day.trouble]
            refund.queries = day.queries
        if refund.queries == 0:
            self._end(refund, refund.then)
        self.refunds[number] = refund
        self._keep(refund)
        return Verdict.DONE

    def look_back(self, number: str) -> Refund | None:
        """A question about a refund; it may have come further meanwhile."""
        refund = self.refunds.get(number)
        if refund is not None and refund.state is BackState.PENDING and refund.queries != ALWAYS:
            refund.queries -= 1
            if refund.queries <= 0:
                self._end(refund, refund.then)
            self._keep(refund)
        return refund

    def settle(self, number: str, state: BackState) -> None:
        """Bring a refund to an end by hand. Raises KeyError for one that is not known."""
        refund = self.refunds[number]
        self._end(refund, state)
        self._keep(refund)

    def refunded_fen(self, charge: str) -> int:
        """What went back of a charge, or is on its way."""
        return sum(refund.amount_fen for refund in self.of(charge) if refund.counts)

    def of(self, charge: str) -> Iterator[Refund]:
        """The refunds of a charge."""
        return (refund for refund in self.refunds.values() if refund.charge == charge)

    def to_json(self) -> dict[str, Any]:
        """Everything, for another process."""
        return {
            "trades": [to_row(trade) for trade in self.trades.values()],
            "refunds": [to_row(refund) for refund in self.refunds.values()],
            "breaches": list(self.breaches),
            "balance_fen": self.balance_fen,
        }

    def _why_not(self, trade: Trade, amount_fen: int, trouble: Trouble | None) -> Verdict | None:
        """Which rule forbids a refund."""
        earlier, now, rules = list(self.of(trade.number)), clock.now(), self.rules
        left = trade.amount_fen - self.refunded_fen(trade.number)
        if trade.state is State.GIVEN_BACK or amount_fen > left or amount_fen <= 0:
            return Verdict.TOO_MUCH
        if rules.most_refunds and len(earlier) >= rules.most_refunds:
            return Verdict.TOO_MUCH
        days = rules.refund_within_days
        paid_at = trade.paid_at or now
        if trouble is Trouble.TOO_LATE or (days and (now - paid_at).days >= days):
            return Verdict.TOO_LATE
        if any((now - one.begun_at).total_seconds() < rules.refund_apart_s for one in earlier):
            self.breaches.append(f"a second refund of {trade.number} came too early")
            return Verdict.TOO_EARLY
        if trouble is Trouble.DEAD:
            return Verdict.DEAD
        if trouble is Trouble.MERCHANT_BALANCE or not self._move(-amount_fen):
            return Verdict.MERCHANT_BALANCE
        return None

    def _end(self, refund: Refund, state: BackState) -> None:
        if refund.counts and state in (BackState.CLOSED, BackState.ABNORMAL):
            self._move(refund.amount_fen)
        refund.state, refund.done_at = state, clock.now()

    def _move(self, fen: int) -> bool:
        """Change what the merchant account holds; false where it is short."""
        if self.balance_fen is None:
            return True
        if self.balance_fen + fen < 0:
            return False
        self.balance_fen += fen
        return True

    def _reference(self, number: str) -> str:
        digits = int(hashlib.sha256(number.encode("utf-8")).hexdigest()[:16], 16)
        return f"{self.prefix}{digits:026d}"[:28]

    def _keep(self, row: Trade | Refund) -> None:
        if self.file is not None:
            with self.file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(to_row(row) | {"balance_fen": self.balance_fen}) + "\n")

    def _take(self, values: dict[str, Any]) -> None:
        """One line of the file."""
        self.balance_fen = values.pop("balance_fen")
        row = from_row(values)
        if isinstance(row, Refund):
            self.refunds[row.number] = row
        else:
            self.trades[row.number] = row


_DECLINES: dict[Trouble | None, Verdict] = {
    Trouble.CODE_EXPIRED: Verdict.CODE_EXPIRED,
    Trouble.CODE_USED: Verdict.CODE_USED,
    Trouble.BALANCE: Verdict.BALANCE,
}
_LATER: dict[Trouble, BackState] = {
    Trouble.PENDING: BackState.DONE,
    Trouble.REFUND_CLOSED: BackState.CLOSED,
    Trouble.CARD_GONE: BackState.ABNORMAL,
}


def _questions(rules: Rules, day: Day | None) -> int:
    """How many questions a password takes."""
    return day.queries if day and day.trouble is Trouble.PASSWORD else rules.password_queries
