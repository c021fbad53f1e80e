"""A payment company in this process that says what it is told to: for tours, without a network.

Its rhythm is quick, so that nobody who looks on waits.
"""

from __future__ import annotations

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
        self._charged: dict[str, int] = {}
        self._closed: set[str] = set()

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

    # --- what the window asks

    def charge(self, ask: Ask) -> Answer:
        self._charged[ask.number] = ask.amount_fen
        return self.query(ask.number)

    def query(self, number: str) -> Answer:
        answer = self._answer
        if number not in self._charged:
            return Answer(Outcome.ABSENT)
        if number in self._closed and answer.outcome is not Outcome.UNKNOWN:
            return Answer(Outcome.CLOSED)
        if answer.outcome is Outcome.PAID:
            return Answer(Outcome.PAID, reference=f"S{number}", paid_fen=self._charged[number])
        return answer

    def reverse(self, number: str) -> Answer:
        if self._answer.outcome is Outcome.UNKNOWN:
            return self._answer
        self._closed.add(number)
        return Answer(Outcome.CLOSED)

    def refund(self, back: Back) -> BackAnswer:
        return BackAnswer(RefundOutcome.ARRIVED, reference=f"S{back.number}")

    def refund_state(self, back: Back) -> BackAnswer:
        return self.refund(back)
