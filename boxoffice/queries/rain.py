"""What rain rules say of a session by its play ledger, and what was decided for it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from fractions import Fraction
from typing import Any

from boxoffice import clock
from boxoffice.domain import rain
from boxoffice.domain.money import Money
from boxoffice.domain.play import CourtPlay, CourtState, fold
from boxoffice.domain.rain import Courts, Decision, Outcome, RainRule, Remedy, Threshold, Value
from boxoffice.records import play_ledger
from boxoffice.records.store import Store

Case = tuple[str, str, str, str]
"""Policy of a ticket, the day it was paid for, its type and its level."""


def rules_of(store: Store, policy: str) -> list[RainRule]:
    """Every row of a rain policy, all versions."""
    return [_rule(row) for row in store.all(_RULES, (policy,))]


_RULES = """
SELECT policy, valid_from, held_if_matches_completed, held_if_minutes_over, held_minutes_inclusive,
  held_needs, remedy, half_if_matches_completed, half_if_minutes_over, half_minutes_inclusive,
  half_basis_points, courts_together, courts_counted, minutes_counted, latest_start_minutes,
  latest_start_at, refund_value, ticket_type, category, note_zh, note_en
FROM rain_policy WHERE policy = ? ORDER BY valid_from, id
"""


def _rule(row: Sequence[Any]) -> RainRule:
    return RainRule(
        policy=row[0],
        valid_from=row[1],
        held=Threshold(row[2], row[3], bool(row[4]), rain.Need(row[5])),
        remedy=Remedy(row[6]),
        half=Threshold(row[7], row[8], bool(row[9])),
        half_share=row[10],
        over=rain.Over(row[11]),
        courts=Courts(row[12]),
        clocked=rain.Clocked(row[13]),
        latest_start_minutes=row[14],
        latest_start_at=None if row[15] is None else time.fromisoformat(row[15]),
        value=Value(row[16]),
        ticket_type=row[17],
        category=row[18],
        note_zh=row[19],
        note_en=row[20],
    )


class Rules:
    """Reads each policy once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[str, list[RainRule]] = {}

    def of(self, case: Case) -> RainRule | None:
        """The row that counts for a ticket; None where no rule does."""
        policy, day, ticket_type, category = case
        if policy not in self._read:
            self._read[policy] = rules_of(self._store, policy)
        return rain.rule_for(self._read[policy], day, ticket_type, category)


def key_of(rule: RainRule) -> str:
    """The name of a rule in the facts of a decision."""
    return "|".join((rule.policy, rule.valid_from, rule.ticket_type, rule.category))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules in force for the sold tickets of a session answer now."""

    session_id: int
    decisions: tuple[Decision, ...]
    """One for each rule that counts for some ticket."""
    without_rule: tuple[Case, ...]

    @property
    def why_not_final(self) -> str:
        """Code of NotDecidable: why this may change, or does not cover all; "" where it stands."""
        if self.without_rule or not self.decisions:
            return "no_rain_rule"
        if any(decision.unrecorded for decision in self.decisions):
            return "play_unrecorded"
        if any(decision.open_courts for decision in self.decisions):
            return "play_open"
        return ""

    def facts(self) -> dict[str, Any]:
        """Every answer by rule, with its numbers, as a decision keeps them."""
        return {
            "by_rule": {key_of(found.rule): found.facts() for found in self.decisions},
            "without_rule": [list(case) for case in self.without_rule],
        }


_CASES = """
SELECT DISTINCT l.policy, coalesce(y.business_day, ''), l.ticket_type, l.category
FROM ticket t JOIN order_line l ON l.id = t.line_id LEFT JOIN payment y ON y.id = l.payment_id
WHERE t.session_id = ? AND t.live = 1 ORDER BY 1, 2, 3, 4
"""


def judge(store: Store, session_id: int, now: datetime) -> Judgement:
    """What the rules answer for the live tickets of a session as of `now`.

    Raises LookupError for an unknown session, ImpossiblePlay where the ledger is at odds with
    itself.
    """
    rules = Rules(store)
    found: dict[str, RainRule] = {}
    without: list[Case] = []
    for row in store.all(_CASES, (session_id,)):
        case = (str(row[0]), str(row[1]), str(row[2]), str(row[3]))
        rule = rules.of(case)
        if rule is None:
            without.append(case)
        else:
            found[key_of(rule)] = rule
    head = store.first("SELECT starts_at FROM session WHERE id = ?", (session_id,))
    if head is None:
        raise LookupError(f"no session {session_id}")
    starts_at = clock.from_text(head[0])
    grounds = _Grounds(store, session_id, now)
    decisions = tuple(
        rain.decide(rule, starts_at, grounds.courts(rule.courts)) for rule in found.values()
    )
    return Judgement(session_id, decisions, tuple(without))


class _Grounds:
    """What was played on the courts that count for a session."""

    def __init__(self, store: Store, session_id: int, now: datetime) -> None:
        self._code = str(_column(store, "SELECT code FROM session WHERE id = ?", session_id)[0])
        self._own = _column(
            store,
            "SELECT c.code FROM session_court k JOIN court c ON c.id = k.court_id "
            "WHERE k.session_id = ? ORDER BY c.id",
            session_id,
        )
        self._opened = _column(
            store,
            "SELECT a.court FROM access a JOIN session s ON s.price_plan = a.price_plan "
            "JOIN court c ON c.code = a.court WHERE s.id = ? ORDER BY c.id",
            session_id,
        )
        same_day = _column(
            store,
            "SELECT id FROM session WHERE business_day = "
            "(SELECT business_day FROM session WHERE id = ?)",
            session_id,
        )
        self._played = fold(play_ledger.entries(store, same_day), now)

    def courts(self, which: Courts) -> list[CourtPlay]:
        """Each court once, one without play too."""
        codes = self._own if which is Courts.SESSION or not self._opened else self._opened
        return [self._court(str(code)) for code in codes]

    def _court(self, code: str) -> CourtPlay:
        if code in self._own:
            return self._played.get((self._code, code), CourtPlay(code))
        # A court the ticket opens besides: whatever was played there that day.
        plays = [play for (_, court), play in self._played.items() if court == code]
        return plays[0] if len(plays) == 1 else _together(code, plays)


def _together(code: str, plays: Sequence[CourtPlay]) -> CourtPlay:
    states = {play.state for play in plays}
    for state in (CourtState.PLAYING, CourtState.SUSPENDED, CourtState.ENDED):
        if state in states:
            break
    else:
        return CourtPlay(code)
    return CourtPlay(
        court=code,
        state=state,
        started_at=min((p.started_at for p in plays if p.started_at is not None), default=None),
        ended_at=max((p.ended_at for p in plays if p.ended_at is not None), default=None),
        played_seconds=sum(play.played_seconds for play in plays),
        elapsed_seconds=sum(play.elapsed_seconds for play in plays),
        matches=tuple(match for play in plays for match in play.matches),
    )


def _column(store: Store, sql: str, session_id: int) -> list[Any]:
    return [row[0] for row in store.all(sql, (session_id,))]


# --- what was decided


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided for a session."""

    id: str
    session_id: int
    kind: str
    """rain, cancelled or moved."""
    outcome: str
    """"" for what each rule says."""
    by_rule: Mapping[str, str]
    reason: str

    def worth(self, rule: RainRule | None, price: Money) -> tuple[Outcome, Money] | None:
        """What a ticket brings in money; None where nobody decided for it.

        What is printed on a ticket is what was paid for it here, so that face and paid agree.
        """
        told = self.outcome or (self.by_rule.get(key_of(rule), "") if rule else "")
        if not told:
            return None
        outcome = Outcome(told)
        given = _as_told(outcome, rule or _UNRULED)
        return outcome, rain.money_back(given, price, price)

    def exchange_free(self, rule: RainRule | None) -> bool:
        """Whether a ticket may be taken to another session for nothing, as its right.

        Where all money goes back that is so as far as its rule gives the choice.
        """
        told = self.outcome or (self.by_rule.get(key_of(rule), "") if rule else "")
        if told == Outcome.FULL:
            return rule is not None and rule.remedy is not Remedy.REFUND
        return told == Outcome.EXCHANGE

    @property
    def outcomes(self) -> frozenset[str]:
        """Every answer that some ticket gets."""
        return frozenset((self.outcome,) if self.outcome else self.by_rule.values())


_UNRULED = RainRule("", "", rain.NOTHING_ASKED, Remedy.REFUND, value=Value.PAID)
"""For tickets without a rule, where two people decided: what was paid."""


def _as_told(outcome: Outcome, rule: RainRule) -> Decision:
    return Decision(outcome, (), rule, (), Fraction(0), Fraction(0), None, None)


def decided(store: Store, session_id: int) -> Decided | None:
    """The decision that counts for a session; None before the first."""
    row = store.first(
        "SELECT d.id, d.session_id, d.kind, d.outcome, d.facts, d.reason FROM rain_decision d "
        "WHERE d.session_id = ? AND NOT EXISTS "
        "(SELECT 1 FROM rain_decision n WHERE n.replaces = d.id)",
        (session_id,),
    )
    if row is None:
        return None
    facts: dict[str, Any] = json.loads(row[4])
    by_rule = {key: str(said["outcome"]) for key, said in facts.get("by_rule", {}).items()}
    return Decided(str(row[0]), int(row[1]), str(row[2]), str(row[3]), by_rule, str(row[5]))
