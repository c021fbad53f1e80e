"""What is asked about a charge that nobody wants any more, until no money is here for sure.

Of a payment that an ended epoch left open: it is never taken, only undone (custody rule 17).
Whoever asks stored the wish first; asking again, after a crash too, does no harm.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from boxoffice.payments.protocol import Answer, Gateway, Outcome

TRIES = 3
"""Reversals in one go; what has no end by then is asked about again later."""


class Found(StrEnum):
    """What became of it."""

    REVERSED = "reversed"
    """It is undone: what was paid goes back to the customer."""
    DECLINED = "declined"
    """Nothing was taken, and nothing will be."""
    NEVER = "never"
    """The party never heard of it, and no longer can; its reversal was tried, too."""
    EARLY = "early"
    """The party knows no such number yet: a charge may still be on its way."""
    SILENT = "silent"
    """No answer that can be trusted: ask again."""
    STUCK = "stuck"
    """It was paid, and cannot be undone any more by this way."""
    OTHER_AMOUNT = "other_amount"
    """The party names another amount: a person looks."""
    ELSEWHERE = "elsewhere"
    """Only the terminal of its own window knows of it."""
    NOBODY = "nobody"
    """Nobody outside was asked for it: cash, a slip that was typed."""


ENDED = (Found.REVERSED, Found.DECLINED, Found.NEVER)
BY_HAND = (Found.STUCK, Found.OTHER_AMOUNT, Found.ELSEWHERE, Found.NOBODY)
"""A person settles these with the company, or at the till."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of it, and the answer that says so."""

    found: Found
    answer: Answer


Wait = Callable[[float], object]
"""Waits so many seconds."""


def undo(gateway: Gateway, number: str, fen: int, since_s: float, wait: Wait) -> Undone:
    """Ask about a charge, and undo it where it was paid or waits; `since_s` seconds after it was
    sent. `number` is what the party knows it by, `fen` what was asked for."""
    timing = gateway.timing
    answer = gateway.query(number)
    tried, unknown = 0, False
    while True:
        found = _judged(answer, fen)
        if found is Found.EARLY and since_s >= timing.forget_after_s:
            # What answers questions may not know yet what was charged; what reverses it does.
            found = Found.NEVER if unknown else None
        if found is not None or tried == TRIES:
            return Undone(found or Found.SILENT, answer)
        early = min(timing.reverse_not_before_s, timing.reverse_not_before_s - since_s)
        wait(timing.reverse_every_s if tried else max(0.0, early))
        said = gateway.reverse(number)
        unknown = said.outcome is Outcome.ABSENT
        # The customer can pay between the last question and the reversal.
        answer = gateway.query(number)
        if answer.outcome is Outcome.PAID and not said.again and said.outcome is not Outcome.CLOSED:
            return Undone(Found.STUCK, replace(answer, why=said.why, said=said.said))
        if said.outcome is Outcome.CLOSED and answer.outcome is not Outcome.PAID:
            return Undone(Found.REVERSED, said)
        tried += 1


def _judged(answer: Answer, fen: int) -> Found | None:
    """What an answer to a question says; None where it is to be undone."""
    if answer.outcome is Outcome.PAID and answer.paid_fen not in (None, fen):
        return Found.OTHER_AMOUNT
    return {
        Outcome.ABSENT: Found.EARLY,
        Outcome.CLOSED: Found.REVERSED,
        Outcome.DECLINED: Found.DECLINED,
        Outcome.UNKNOWN: Found.SILENT,
    }.get(answer.outcome)
