"""Rules as data: the dated row that is in force for a session, asked for inside other queries.

A row names a session, a court (all its sessions), "*" (each session by itself) or nothing (all of
them together); the most specific one that has begun counts, of its versions the newest.
"""

from __future__ import annotations

from enum import StrEnum

EVERYWHERE = ""
EACH = "*"
NO_LIMIT = "none"


class RuleKind(StrEnum):
    """What a rule is about."""

    PER_DOCUMENT = "purchase_limit_per_document"
    PER_PHONE = "purchase_limit_per_phone"
    PER_TURN = "purchase_limit_per_turn"
    REAL_NAME = "real_name"
    PROOF = "concession_proof"
    CAP = "capacity_cap"
    OFF_LINE = "off_line_sale"
    EXCHANGE = "exchange"


LIMITS = (RuleKind.PER_DOCUMENT, RuleKind.PER_PHONE, RuleKind.PER_TURN)


def in_force(kind: RuleKind, subject: str = "''") -> str:
    """SQL for the value of a rule about `subject` (SQL) in session `s` of the query around it.

    Null where there is none. Takes one parameter: the business day.
    """
    return (
        "(SELECT u.value FROM rule_row u "
        f"WHERE u.rule = '{kind.value}' AND u.subject = {subject} AND u.valid_from <= ? "
        "AND (u.session IN ('', '*', s.code) OR EXISTS (SELECT 1 FROM session_court uk "
        "JOIN court uc ON uc.id = uk.court_id WHERE uk.session_id = s.id AND uc.code = u.session)) "
        "ORDER BY u.session = s.code DESC, u.session IN ('', '*'), u.valid_from DESC LIMIT 1)"
    )


REAL_NAME = f"coalesce({in_force(RuleKind.REAL_NAME)} = 'yes', s.real_name)"
"""SQL: whether session `s` asks for documents. Takes one parameter: the business day."""

OFF_LINE = f"coalesce({in_force(RuleKind.OFF_LINE)}, 'yes') = 'yes'"
"""SQL: whether session `s` may be sold while central is away. Takes the business day."""

PROOF = f"nullif({in_force(RuleKind.PROOF, 'l.ticket_type')}, '{NO_LIMIT}')"
"""SQL: words of the proof that line `l` of session `s` needs, or null. Takes the business day."""

EXCHANGES = f"coalesce({in_force(RuleKind.EXCHANGE, '?')}, '{NO_LIMIT}')"
"""SQL: the fee of an exchange out of session `s`, see domain/exchanging.py. Takes the kind of
exchange and the business day."""

CAP = f"nullif({in_force(RuleKind.CAP, 'p.zone')}, '{NO_LIMIT}')"
"""SQL: the cap of the zone of seat `p` in session `s`, or null. Takes the business day."""
