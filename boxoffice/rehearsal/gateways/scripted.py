"""A payment company in this process that says what it is told to: for tours, without a network.

Its rhythm is quick, so that nobody who looks on waits.
"""

from __future__ import annotations

from datetime import datetime

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
from boxoffice.rehearsal.gateways.book import Book
from boxoffice.rehearsal.gateways.book_rows import BackState, Refund, State, Trade

QUICK = Timing(
    answer_within_s=1,
    first_query_s=0.1,
    query_every_s=0.1,
    give_up_s=3600,
    reverse_not_before_s=0,
    reverse_every_s=0.1,
    reverse_give_up_s=0.3,
    look_again_s=3600,
    forget_after_s=7200,
)
"""It waits for its customer as long as the script does, and is reversed at once."""


class Scripted:
    """A `Gateway` without a line; safe for the threads of one window."""

    def __init__(self, tender: str) -> None:
        self._tender = tender
        self._answer = Answer(Outcome.PAID)
        self._charged: dict[str, tuple[int, datetime]] = {}
        self._closed: set[str] = set()
        self._back: dict[str, tuple[Back, datetime]] = {}
        self._way_back = True

    @property
    def tender(self) -> str:
        return self._tender

    @property
    def timing(self) -> Timing:
        return QUICK

    # --- what the script says

    def pay(self) -> None:
        """From now on the customer has paid."""
        self._answer = Answer(Outcome.PAID)

    def want_password(self) -> None:
        """From now on the customer is typing one."""
        self._answer = Answer(Outcome.WAITING, Why.PASSWORD)

    def fall_silent(self) -> None:
        """From now on nothing is answered."""
        self._answer = Answer(Outcome.UNKNOWN, Why.SILENT)

    def lose_way_back(self, *, lost: bool = True) -> None:
        """From now on the customer's card or account is gone, or is there again."""
        self._way_back = not lost

    def book(self) -> Book:
        """What its bill of a day is made from (`bills`): what was paid, and what went back."""
        trades = {
            number: Trade(
                number=number,
                reference=f"S{number}",
                amount_fen=fen,
                subject="",
                window="",
                code_hash="",
                state=State.PAID,
                begun_at=at,
                paid_at=at,
            )
            for number, (fen, at) in self._charged.items()
            if number not in self._closed
        }
        refunds = {
            number: Refund(number, back.charge, f"S{number}", back.amount_fen, BackState.DONE, at)
            for number, (back, at) in self._back.items()
        }
        return Book(trades=trades, refunds=refunds)

    # --- what the window asks

    def charge(self, ask: Ask) -> Answer:
        self._charged[ask.number] = ask.amount_fen, clock.now()
        return self.query(ask.number)

    def query(self, number: str) -> Answer:
        answer = self._answer
        if number not in self._charged:
            return Answer(Outcome.ABSENT)
        if number in self._closed and answer.outcome is not Outcome.UNKNOWN:
            return Answer(Outcome.CLOSED)
        if answer.outcome is Outcome.PAID:
            return Answer(Outcome.PAID, reference=f"S{number}", paid_fen=self._charged[number][0])
        return answer

    def reverse(self, number: str) -> Answer:
        if self._answer.outcome is Outcome.UNKNOWN:
            return self._answer
        self._closed.add(number)
        return Answer(Outcome.CLOSED)

    def refund(self, back: Back) -> BackAnswer:
        if not self._way_back and back.number not in self._back:
            return BackAnswer(RefundOutcome.DEAD, Why.CARD)
        self._back.setdefault(back.number, (back, clock.now()))
        return BackAnswer(RefundOutcome.ARRIVED, reference=f"S{back.number}")

    def refund_state(self, back: Back) -> BackAnswer:
        return self.refund(back)
