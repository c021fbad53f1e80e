"""Purchase limits and proofs: checked as tickets are taken and named, and again when paid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from boxoffice import clock
from boxoffice.errors import LimitReached, OnLineOnly, ProofMissing
from boxoffice.queries import rules
from boxoffice.queries.rules import Rule
from boxoffice.records.rules import EACH, EVERYWHERE, LIMITS, OFF_LINE, PROOF, RuleKind
from boxoffice.records.store import Store

PASS = "pass_limit"
"""The act of letting one order pass a limit, which a second person approves."""

# What counts towards a limit: what was given back or let go does not, nor what is exchanged.
_COUNTED = (
    "l.status IN ('open', 'reserved', 'sold') AND NOT EXISTS (SELECT 1 FROM order_line n "
    "WHERE n.replaces = l.id AND n.status <> 'released')"
)


def refuse_turn(store: Store, order_id: str, sessions: Sequence[int]) -> None:
    """That a basket may get one more ticket for each of `sessions`. Raises LimitReached."""
    if _ruled(store, RuleKind.PER_TURN):
        counted = _sessions(store, "l.order_id = ?", order_id)
        _refuse(store, order_id, RuleKind.PER_TURN, [*counted, *sessions], set(sessions))


def refuse_document(store: Store, line_id: str, document_hash: str) -> None:
    """That a line may be bound to a document. Raises LimitReached."""
    if not document_hash or not _ruled(store, RuleKind.PER_DOCUMENT):
        return
    line = store.first("SELECT order_id, session_id FROM order_line WHERE id = ?", (line_id,))
    if line is None:
        return
    # The indexes know only rows with a document or a phone: <> '' lets them be used.
    same = "l.document_hash = ? AND l.document_hash <> '' AND l.id <> ?"
    counted = _sessions(store, same, document_hash, line_id)
    _refuse(store, line[0], RuleKind.PER_DOCUMENT, [*counted, line[1]], {line[1]})


def refuse_document_in(
    store: Store, order_id: str, document_hash: str, sessions: Sequence[int]
) -> None:
    """That a document may get one more ticket of each of `sessions` in an order, all together.

    Raises LimitReached.
    """
    same = "l.document_hash = ? AND l.document_hash <> ''"
    counted = _sessions(store, same, document_hash)
    _refuse(store, order_id, RuleKind.PER_DOCUMENT, [*counted, *sessions], set(sessions))


def refuse_phone(store: Store, order_id: str, phone_hash: str) -> None:
    """That an order may be bought under a phone. Raises LimitReached."""
    if not phone_hash or not _ruled(store, RuleKind.PER_PHONE):
        return
    mine = _sessions(store, "l.order_id = ?", order_id)
    same = "o.phone_hash = ? AND o.phone_hash <> '' AND o.id <> ?"
    others = _sessions(store, same, phone_hash, order_id)
    _refuse(store, order_id, RuleKind.PER_PHONE, [*others, *mine], set(mine))


def check(store: Store, order_id: str, line_ids: Collection[str]) -> None:
    """Everything once more before an order, or some of its lines, is paid for.

    Raises LimitReached or ProofMissing.
    """
    if not _ruled(store, *LIMITS, RuleKind.PROOF):
        return
    mine = _sessions(store, "l.order_id = ?", order_id)
    _refuse(store, order_id, RuleKind.PER_TURN, mine, set(mine))
    phone = store.first("SELECT phone_hash FROM orders WHERE id = ?", (order_id,))
    refuse_phone(store, order_id, phone[0] if phone else "")
    missing = 0
    for line_id, document, proof, wanted in store.all(
        f"SELECT l.id, l.document_hash, l.proof, {PROOF} FROM order_line l "
        "JOIN session s ON s.id = l.session_id WHERE l.order_id = ? ORDER BY l.position",
        (day_of(store, order_id), order_id),
    ):
        if line_id in line_ids:
            refuse_document(store, line_id, document)
            missing += bool(wanted and not proof)
    if missing:
        raise ProofMissing(count=missing)


def _ruled(store: Store, *kinds: RuleKind) -> bool:
    """Whether there is a rule of these kinds at all; mostly there is none, and nothing to count."""
    marks = ", ".join("?" * len(kinds))
    return store.first(f"SELECT 1 FROM rule_row WHERE rule IN ({marks})", kinds) is not None


def refuse_off_line(store: Store, sessions: Collection[int]) -> None:
    """While central is away: that these sessions may be sold without it. Raises OnLineOnly."""
    if not _ruled(store, RuleKind.OFF_LINE):
        return
    today = clock.business_day(clock.now()).isoformat()
    for session in sorted(sessions):
        found = store.first(
            f"SELECT s.name_zh, s.name_en FROM session s WHERE s.id = ? AND NOT {OFF_LINE}",
            (session, today),
        )
        if found is not None:
            raise OnLineOnly(session_zh=found[0], session_en=found[1])


def day_of(store: Store, order_id: str) -> str:
    """The business day whose rules an order is sold under: a reservation keeps those it began with.

    Baskets, and what does not exist yet, follow today's.
    """
    found = store.first(
        "SELECT created_at FROM orders WHERE id = ? AND version > 0 "
        "AND status IN ('reserved', 'part_paid')",
        (order_id,),
    )
    at = clock.from_text(found[0]) if found else clock.now()
    return clock.business_day(at).isoformat()


def _sessions(store: Store, where: str, *params: str) -> list[int]:
    """The session of every counted line, one for each."""
    return [
        int(row[0])
        for row in store.all(
            "SELECT l.session_id FROM order_line l JOIN orders o ON o.id = l.order_id "
            f"WHERE {where} AND {_COUNTED}",
            params,
        )
    ]


def _refuse(
    store: Store, order_id: str, kind: RuleKind, sessions: Sequence[int], touched: set[int]
) -> None:
    """Refuse where a limit over any of the touched sessions is passed."""
    for rule in rules.in_force(store, day_of(store, order_id), kind):
        for count in _counts(store, rule, Counter(sessions), touched):
            if count > int(rule.value) and count > _passed(store, order_id, kind):
                raise LimitReached(rule=kind.value, limit=int(rule.value), count=count)


def _passed(store: Store, order_id: str, kind: RuleKind) -> int:
    """Up to how many tickets a second person let this order pass a limit; 0 where nobody did."""
    found = store.first(
        "SELECT max(json_extract(facts, '$.up_to')) FROM journal WHERE order_id IS NULL "
        "AND json_extract(facts, '$.order') = ? AND act = ? AND json_extract(facts, '$.rule') = ?",
        (order_id, PASS, kind.value),
    )
    return int(found[0] or 0) if found else 0


def _counts(store: Store, rule: Rule, tickets: Counter[int], touched: set[int]) -> list[int]:
    """How many tickets stand against a rule: one number, or one for each session by itself."""
    if rule.session == EACH:
        return [tickets[session] for session in sorted(touched)]
    if rule.session == EVERYWHERE:
        return [tickets.total()] if touched else []
    covered = {
        int(row[0])
        for row in store.all(
            "SELECT id FROM session WHERE code = ? UNION SELECT k.session_id "
            "FROM session_court k JOIN court c ON c.id = k.court_id WHERE c.code = ?",
            (rule.session, rule.session),
        )
    }
    return [sum(tickets[session] for session in covered)] if covered & touched else []
