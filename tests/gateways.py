"""A party that takes money, in this process: what it has is what it was asked for, as told to.

It keeps its own books, so that a test can compare them with ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from boxoffice import clock
from boxoffice.payments.protocol import (
    Answer,
    Ask,
    Back,
    BackAnswer,
    Outcome,
    RefundOutcome,
    Timing,
    Why,
)
from boxoffice.services.sales.attempts import Talk
from tests.homes import NOON, AtWork

TIMING = Timing(
    answer_within_s=5,
    first_query_s=5,
    query_every_s=5,
    give_up_s=45,
    reverse_not_before_s=15,
    reverse_every_s=5,
    reverse_give_up_s=30,
    look_again_s=60,
    forget_after_s=300,
)
SILENT = Answer(Outcome.UNKNOWN, Why.SILENT)


class Killed(BaseException):
    """This process dies here."""


@dataclass
class Trade:
    amount: int
    state: str = "paid"
    """paid, waiting, declined or closed."""
    back: dict[str, int] = field(default_factory=dict)

    @property
    def held(self) -> int:
        """What the party has of the customer's money for us."""
        return self.amount - sum(self.back.values()) if self.state == "paid" else 0


@dataclass
class Party:
    """`days` says how the next calls go, one word each; nothing said is a good day."""

    tender: str = "wechat"
    timing: Timing = TIMING
    trades: dict[str, Trade] = field(default_factory=dict)
    days: list[str] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def held(self) -> int:
        return sum(trade.held for trade in self.trades.values())

    def _day(self, act: str, number: str) -> str:
        self.asked.append((act, number))
        day = self.days.pop(0) if self.days else ""
        if day == "killed_before":
            raise Killed
        return day

    def _said(self, number: str) -> Answer:
        trade = self.trades.get(number)
        if trade is None:
            return Answer(Outcome.ABSENT)
        if trade.state == "paid":
            return Answer(Outcome.PAID, reference=f"T{number}", paid_fen=trade.amount)
        if trade.state == "waiting":
            return Answer(Outcome.WAITING, Why.PASSWORD)
        return Answer(Outcome.DECLINED if trade.state == "declined" else Outcome.CLOSED)

    def charge(self, ask: Ask) -> Answer:
        assert ask.number not in self.trades, "a number is used once"
        day = self._day("charge", ask.number)
        if day == "lost":
            return SILENT
        states = {"waiting": "waiting", "declined": "declined"}
        self.trades[ask.number] = Trade(ask.amount_fen, states.get(day, "paid"))
        if day == "killed_after":
            raise Killed
        return SILENT if day == "silent" else self._said(ask.number)

    def query(self, number: str) -> Answer:
        day = self._day("query", number)
        trade = self.trades.get(number)
        if day == "pays" and trade is not None:
            trade.state = "paid"
        if day == "silent":
            return SILENT
        if day == "not_known_yet":
            return Answer(Outcome.ABSENT)
        return self._said(number)

    def reverse(self, number: str) -> Answer:
        day = self._day("reverse", number)
        if day == "killed_after" and number in self.trades:
            self.trades[number].state = "closed"
            raise Killed
        if day in ("silent", "refused"):
            return SILENT
        if day == "not_known_yet":
            return Answer(Outcome.ABSENT)
        trade = self.trades.setdefault(number, Trade(0, "closed"))
        if day == "never" and trade.state == "paid":
            return replace(self._said(number), again=False)
        trade.state = "closed"
        return Answer(Outcome.CLOSED)

    def refund(self, back: Back) -> BackAnswer:
        day = self._day("refund", back.number)
        trade = self.trades[back.charge]
        if day in ("lost", "short"):
            why = Why.MERCHANT_BALANCE if day == "short" else Why.SILENT
            kind = RefundOutcome.REFUSED if day == "short" else RefundOutcome.UNKNOWN
            return BackAnswer(kind, why)
        if day == "closed":
            return BackAnswer(RefundOutcome.CLOSED)
        if day == "dead":
            return BackAnswer(RefundOutcome.DEAD, Why.CARD)
        asked = trade.back.setdefault(back.number, back.amount_fen)
        assert asked == back.amount_fen
        assert trade.held >= 0, "more went back than was paid"
        if day == "killed_after":
            raise Killed
        if day == "silent":
            return BackAnswer(RefundOutcome.UNKNOWN, Why.SILENT)
        pending = day == "pending"
        return BackAnswer(RefundOutcome.ACCEPTED if pending else RefundOutcome.ARRIVED)

    def refund_state(self, back: Back) -> BackAnswer:
        day = self._day("refund_state", back.number)
        if day == "closed":
            self.trades[back.charge].back.pop(back.number)
            return BackAnswer(RefundOutcome.CLOSED)
        known = back.number in self.trades[back.charge].back
        return BackAnswer(RefundOutcome.ARRIVED if known else RefundOutcome.ABSENT)


@dataclass
class Hours:
    """The time of a test: it passes when somebody waits."""

    at: datetime = NOON

    def pass_(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def wait(self, _talk: Talk, seconds: float) -> None:
        self.pass_(seconds)


@contextmanager
def hours() -> Iterator[Hours]:
    """A clock that stands at noon until somebody waits."""
    found = Hours()
    clock.use(lambda: found.at)
    try:
        yield found
    finally:
        clock.use(lambda: NOON)


def with_parties(work: AtWork, *parties: Party) -> AtWork:
    """The same window, set up to ask these."""
    gateways = {party.tender: party for party in parties}
    return AtWork(replace(work.office, gateways=gateways, venue="v1"), work.desk)
