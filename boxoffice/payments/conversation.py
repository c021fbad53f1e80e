"""What to do next about a charge that is not decided: ask again, undo it, or leave it for later.

Pure rules over a party's `Timing`; who applies them stores each step first (DESIGN.md section 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from boxoffice.payments.protocol import Timing


class Move(StrEnum):
    """The next thing to do."""

    QUERY = "query"
    REVERSE = "reverse"
    PARK = "park"
    """Nothing more can be learnt now: unknown, in sight, asked about behind."""
    FORGET = "forget"
    """The party never heard of it, and no longer can; its reversal was tried, too."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a charge stands; seconds counted by the caller's clock."""

    since_sent_s: float
    reversing_s: float | None = None
    """Since giving it up began; None while it is still wanted."""
    queried: bool = False
    """Asked about at least once."""
    reversed: bool = False
    """A reversal was tried since the last answer to a query."""
    absent_s: float | None = None
    """Since the party first said that it knows no such number, and did not say otherwise since; by
    a clock that nobody sets, for a charge that is on its way still may arrive."""
    given_up: bool = False
    """The clerk or the customer wants it no more."""


def next_move(timing: Timing, stands: Standing) -> tuple[Move, float]:
    """The next move and how many seconds to wait before it."""
    if stands.absent_s is not None and stands.absent_s >= timing.forget_after_s:
        # What answers questions may not know yet what was charged; what reverses it does.
        return (Move.FORGET if stands.reversed else Move.REVERSE), 0.0
    if stands.reversing_s is None:
        if stands.given_up or stands.since_sent_s >= timing.give_up_s:
            return Move.REVERSE, max(0.0, timing.reverse_not_before_s - stands.since_sent_s)
        pause = timing.query_every_s if stands.queried else timing.first_query_s
        return Move.QUERY, max(0.0, min(pause, timing.give_up_s - stands.since_sent_s))
    if stands.reversing_s >= timing.reverse_give_up_s:
        return Move.PARK, 0.0
    if stands.reversed:
        return Move.REVERSE, timing.reverse_every_s
    return Move.REVERSE, max(0.0, timing.reverse_not_before_s - stands.since_sent_s)
