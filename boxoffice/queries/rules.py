"""Rules in force on a day, and how full the zones with a cap are."""

from __future__ import annotations

from dataclasses import dataclass

from boxoffice.records.rules import CAP, NO_LIMIT, RuleKind
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule in force: `session` as its row names it, `subject` a zone or a ticket type."""

    rule: str
    session: str
    subject: str
    value: str
    valid_from: str


@dataclass(frozen=True, slots=True)
class ZoneLeft:
    """A zone of a session with a cap, and how many of its seats may still be sold."""

    zone: str
    cap: int
    left: int


def in_force(store: Store, day: str, kind: RuleKind | None = None) -> list[Rule]:
    """The newest version of each rule that has begun on a business day (YYYY-MM-DD)."""
    found: dict[tuple[str, str, str], Rule] = {}
    for row in store.all(
        "SELECT rule, session, subject, value, valid_from FROM rule_row "
        "WHERE valid_from <= ? ORDER BY valid_from, id",
        (day,),
    ):
        rule = Rule(*row)
        if kind is None or rule.rule == kind:
            found[rule.rule, rule.session, rule.subject] = rule
    return [rule for rule in found.values() if rule.value != NO_LIMIT]


def zones_left(store: Store, session_id: int, day: str) -> list[ZoneLeft]:
    """The zones of a session that have a cap, as this window knows them."""
    if not store.first("SELECT 1 FROM rule_row WHERE rule = ?", (RuleKind.CAP.value,)):
        return []
    return [
        ZoneLeft(str(zone), int(cap), int(cap) - int(gone))
        for zone, cap, gone in store.all(
            f"SELECT p.zone, {CAP}, "
            "(SELECT count(*) FROM ticket t JOIN seat q ON q.id = t.seat_id "
            "WHERE t.session_id = s.id AND t.live = 1 AND q.zone = p.zone) + "
            "(SELECT count(*) FROM order_line l JOIN seat q ON q.id = l.seat_id "
            "WHERE l.session_id = s.id AND l.status = 'reserved' AND q.zone = p.zone) + "
            "(SELECT count(*) FROM held_seat h JOIN seat q ON q.id = h.seat_id "
            "WHERE h.session_id = s.id AND q.zone = p.zone) "
            "FROM session s JOIN seat p ON p.plan_id = s.plan_id WHERE s.id = ? GROUP BY p.zone",
            (day, session_id),
        )
        if cap is not None
    ]
