"""Whether a session counts as held although it rained, and what its tickets bring if it does not.

The rules are data: dated rows per policy, if need be for one ticket type or price level. Evaluated
over the play ledger they answer held, half, full or exchange, with every number that was used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction

from boxoffice.clock import VENUE_ZONE
from boxoffice.domain.fees import WHOLE, share
from boxoffice.domain.money import Money
from boxoffice.domain.play import MINUTE, CourtPlay, CourtState

HALF = WHOLE // 2
"""What half a refund is, where the rule names no other share."""


class Outcome(StrEnum):
    """What a rule answers for a session."""

    HELD = "held"
    HALF = "half"
    FULL = "full"
    EXCHANGE = "exchange"


class Remedy(StrEnum):
    """What the holder of a ticket gets for a session that does not count as held."""

    REFUND = "refund"
    EXCHANGE = "exchange"
    REFUND_OR_EXCHANGE = "refund_or_exchange"


class Need(StrEnum):
    """Whether one of matches and minutes is enough, or both are needed."""

    ANY = "any"
    ALL = "all"


class Over(StrEnum):
    """How the courts that count are taken together."""

    AVERAGE = "average"
    """A court without play counts as nothing played."""
    BEST = "best"
    EVERY = "every"
    """The court with the least."""
    TOTAL = "total"


class Clocked(StrEnum):
    """Which minutes count."""

    PLAYED = "played"
    """Without breaks."""
    ELAPSED = "elapsed"
    """From the first start, breaks included."""


class Courts(StrEnum):
    """Which courts count."""

    SESSION = "session"
    """Those the session is played on."""
    OPENED = "opened"
    """All that the ticket opens that day."""


class Value(StrEnum):
    """What a ticket is worth."""

    FACE = "face"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Threshold:
    """How much play is enough: so many matches, or more than so many minutes."""

    matches: int | None = None
    minutes: int | None = None
    inclusive: bool = False
    """Exactly so many minutes are enough too."""
    need: Need = Need.ANY

    @property
    def asked(self) -> bool:
        """Whether it asks for anything."""
        return self.matches is not None or self.minutes is not None

    def reached(self, matches: Fraction, seconds: Fraction) -> tuple[str, ...]:
        """By what it is reached: matches, minutes; nothing where it is not."""
        met: dict[str, bool] = {}
        if self.matches is not None:
            met["matches"] = matches >= self.matches
        if self.minutes is not None:
            wanted = self.minutes * MINUTE
            met["minutes"] = seconds > wanted or (self.inclusive and seconds == wanted)
        enough = all(met.values()) if self.need is Need.ALL else any(met.values())
        return tuple(name for name, is_met in met.items() if is_met) if enough else ()


NOTHING_ASKED = Threshold()


@dataclass(frozen=True, slots=True)
class RainRule:
    """One row of a rain policy; empty `ticket_type` and `category` stand for all."""

    policy: str
    valid_from: str
    held: Threshold
    remedy: Remedy
    half: Threshold = NOTHING_ASKED
    half_share: int = HALF
    """What goes back for half, in hundredths of a per cent."""
    over: Over = Over.AVERAGE
    courts: Courts = Courts.SESSION
    clocked: Clocked = Clocked.PLAYED
    latest_start_minutes: int | None = None
    """So long after the time on the ticket; begun later, it does not count as held."""
    latest_start_at: time | None = None
    """The same as venue time of day; before the time on the ticket it is that of the next day."""
    value: Value = Value.FACE
    ticket_type: str = ""
    category: str = ""
    note_zh: str = ""
    note_en: str = ""

    def start_limit(self, starts_at: datetime) -> datetime | None:
        """Until when play must have begun for a session that starts then; None: no matter."""
        limits = []
        if self.latest_start_minutes is not None:
            limits.append(starts_at + timedelta(minutes=self.latest_start_minutes))
        if self.latest_start_at is not None:
            local = starts_at.astimezone(VENUE_ZONE)
            limit = datetime.combine(local.date(), self.latest_start_at, VENUE_ZONE)
            limits.append(limit if limit >= local else limit + timedelta(days=1))
        return min(limits, default=None)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule answers, and every number it was reckoned from."""

    outcome: Outcome
    why: tuple[str, ...]
    """matches, minutes: what was reached; start: it began in time; late: it did not; short: it
    came to nothing that counts."""
    rule: RainRule
    courts: tuple[CourtPlay, ...]
    matches: Fraction
    seconds: Fraction
    first_start: datetime | None
    start_limit: datetime | None

    @property
    def open_courts(self) -> tuple[str, ...]:
        """Courts on which play may still go on; while there are any, the answer may change."""
        open_ = (CourtState.PLAYING, CourtState.SUSPENDED)
        return tuple(play.court for play in self.courts if play.state in open_)

    @property
    def unrecorded(self) -> bool:
        """Whether nobody entered anything: cancelled, or the ledger is not kept yet."""
        return all(play.state is CourtState.WAITING for play in self.courts)

    @property
    def exchange_allowed(self) -> bool:
        """Whether the ticket may be taken to another session instead of money."""
        gives = self.outcome in (Outcome.FULL, Outcome.EXCHANGE)
        return gives and self.rule.remedy is not Remedy.REFUND

    def facts(self) -> dict[str, object]:
        """The answer and its numbers as JSON keeps them."""
        return {
            "outcome": self.outcome.value,
            "why": list(self.why),
            "policy": self.rule.policy,
            "valid_from": self.rule.valid_from,
            "ticket_type": self.rule.ticket_type,
            "category": self.rule.category,
            "over": self.rule.over.value,
            "clocked": self.rule.clocked.value,
            "matches": str(self.matches),
            "seconds": str(self.seconds),
            "first_start": _text(self.first_start),
            "start_limit": _text(self.start_limit),
            "held": _asked(self.rule.held),
            "half": _asked(self.rule.half),
            "courts": [
                {
                    "court": play.court,
                    "state": play.state.value,
                    "matches": play.matches_completed,
                    "played_seconds": play.played_seconds,
                    "elapsed_seconds": play.elapsed_seconds,
                    "started_at": _text(play.started_at),
                }
                for play in self.courts
            ],
        }


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _asked(threshold: Threshold) -> dict[str, object]:
    return {
        "matches": threshold.matches,
        "minutes": threshold.minutes,
        "inclusive": threshold.inclusive,
        "need": threshold.need.value,
    }


def rule_for(
    rules: Iterable[RainRule], day: str, ticket_type: str, category: str
) -> RainRule | None:
    """The row that counts for a ticket sold on that day (ISO), of the rows of one policy.

    The newest version that had begun; of its rows the one that says most about the ticket, the
    type before the level. None where there was no version yet, or none of its rows fits.
    """
    begun = [rule for rule in rules if rule.valid_from <= day]
    newest = max((rule.valid_from for rule in begun), default="")
    fitting = [
        rule
        for rule in begun
        if rule.valid_from == newest
        and rule.ticket_type in ("", ticket_type)
        and rule.category in ("", category)
    ]
    return max(fitting, key=lambda rule: (rule.ticket_type, rule.category), default=None)


def decide(rule: RainRule, starts_at: datetime, courts: Sequence[CourtPlay]) -> Decision:
    """What a rule answers for a session that was to start then.

    `courts` are those the rule counts, each once, a court without play too. Raises ValueError
    where there are none.
    """
    if not courts:
        raise ValueError("a session is played on at least one court")
    elapsed = rule.clocked is Clocked.ELAPSED
    seconds = _together(
        rule.over, [play.elapsed_seconds if elapsed else play.played_seconds for play in courts]
    )
    matches = _together(rule.over, [play.matches_completed for play in courts])
    first = min((play.started_at for play in courts if play.started_at is not None), default=None)
    limit = rule.start_limit(starts_at)
    outcome, why = _outcome(rule, matches, seconds, first, limit)
    if outcome is Outcome.FULL and rule.remedy is Remedy.EXCHANGE:
        outcome = Outcome.EXCHANGE
    return Decision(outcome, why, rule, tuple(courts), matches, seconds, first, limit)


def _outcome(
    rule: RainRule,
    matches: Fraction,
    seconds: Fraction,
    first: datetime | None,
    limit: datetime | None,
) -> tuple[Outcome, tuple[str, ...]]:
    if limit is not None and (first is None or first > limit):
        return Outcome.FULL, ("late",)
    if limit is not None and not rule.held.asked and not rule.half.asked:
        return Outcome.HELD, ("start",)
    by = rule.held.reached(matches, seconds)
    if by:
        return Outcome.HELD, by
    by = rule.half.reached(matches, seconds)
    return (Outcome.HALF, by) if by else (Outcome.FULL, ("short",))


def _together(over: Over, numbers: Sequence[int]) -> Fraction:
    if over is Over.BEST:
        return Fraction(max(numbers))
    if over is Over.EVERY:
        return Fraction(min(numbers))
    return Fraction(sum(numbers), len(numbers) if over is Over.AVERAGE else 1)


def money_back(decision: Decision, paid: Money, face: Money) -> Money:
    """What goes back in money for a ticket; never more than was paid, whatever it says on it."""
    worth = min(face, paid) if decision.rule.value is Value.FACE else paid
    if decision.outcome is Outcome.FULL:
        return worth
    if decision.outcome is Outcome.HALF:
        return Money(share(worth.fen, decision.rule.half_share), worth.currency)
    return Money(0, paid.currency)


def exchange_value(decision: Decision, paid: Money, face: Money) -> Money:
    """What a ticket counts for when it is taken to another session; nothing where it may not be."""
    if not decision.exchange_allowed:
        return Money(0, paid.currency)
    return face if decision.rule.value is Value.FACE else paid
