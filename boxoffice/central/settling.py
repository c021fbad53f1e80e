"""How a payment that an ended epoch left open ends at central: without money, by a supervisor.

A window writes the end of another's payment only with an entry in its own journal that names two
who may settle it, and only where the epoch has ended and the payment is open still (rule 17).
Nothing is ever sold by that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from boxoffice import clock
from boxoffice.central import guard
from boxoffice.central.items import Credentials
from boxoffice.central.pulling import raise_version
from boxoffice.central.undecided import LEFT, LeftAttempt, has_ended, open_attempt
from boxoffice.desk import Right
from boxoffice.domain.statuses import AttemptStatus, CaseStatus
from boxoffice.errors import NotAllowed
from boxoffice.records.store import Store

ACT = "settle_left"
"""The act in the journal of the window where it is settled; its entry comes to central first."""
ENDS = (AttemptStatus.REVERSED, AttemptStatus.DECLINED, AttemptStatus.CANCELLED)
"""How a left payment may end."""


@dataclass(frozen=True, slots=True)
class End:
    """How a left payment ended, and what was said of it."""

    status: AttemptStatus
    why: str = ""
    reference: str = ""
    facts: str = "{}"


def end(store: Store, who: Credentials, entry: int, attempt: LeftAttempt, how: End) -> bool:
    """Write the end of a left payment; False where it had one, or its epoch still runs.

    `entry` is the number of this window's journal entry (`ACT`) that asks for it. Raises
    NotAllowed where central has none of two who may, and what `guard.check` raises.
    """
    if how.status not in ENDS:
        raise ValueError(f"nothing is sold by settling: {how.status}")
    at = clock.to_text(clock.now())
    learnt = (how.status.value, at, how.why, how.reference, how.facts)
    with store.transaction():
        guard.check(store, who)
        if store.shared:
            found = store.first(
                "SELECT end_left(?, ?, ?, ?, ?, ?, ?)", (entry, attempt.id, *learnt)
            )
            done = found[0] if found else None
        else:
            done = _end(store, who, entry, attempt, learnt)
        if done is None:
            raise NotAllowed(act=Right.SETTLE_CASES.value, role="")
        return bool(done)


def _end(
    store: Store, who: Credentials, entry: int, attempt: LeftAttempt, learnt: tuple[str, ...]
) -> bool | None:
    """Beside a window's own file: as the function of a server does it."""
    row = store.first(
        "SELECT facts FROM journal WHERE window_id = ? AND epoch = ? AND number = ? AND act = ?",
        (who.window, who.epoch, entry, ACT),
    )
    if row is None or json.loads(row[0])["order"] != attempt.order_id:
        return None
    if not has_ended(store, attempt.number):
        return False
    touched = store.run(
        "UPDATE attempt SET status = ?, ended_at = ?, why = ?, "
        "reference = coalesce(nullif(?, ''), reference), facts = ? "
        "WHERE id = ? AND ended_at IS NULL",
        (*learnt, attempt.id),
    )
    return touched == 1


def note(store: Store, who: Credentials, order_id: str, facts: Mapping[str, Any]) -> bool:
    """What was learnt stays with the case; answers whether it is settled: nothing of it is open."""
    with store.transaction():
        guard.check(store, who)
        left = open_attempt(store, order_id)
        over = left is None or not left.ended
        store.run(
            "UPDATE cases SET status = ?, facts = ? WHERE kind = ? AND key = ? AND status = ?",
            (
                CaseStatus.SETTLED if over else CaseStatus.OPEN,
                json.dumps(facts, ensure_ascii=False),
                LEFT,
                order_id,
                CaseStatus.OPEN,
            ),
        )
        if not store.shared:
            raise_version(store, "people_version")
        return over


def noted(store: Store, order_id: str) -> dict[str, Any]:
    """What the case of an order says; empty where there is none open."""
    row = store.first(
        "SELECT facts FROM cases WHERE kind = ? AND key = ? AND status = ?",
        (LEFT, order_id, CaseStatus.OPEN),
    )
    return dict(json.loads(row[0])) if row else {}


# --- at a server: a function of the owner (rule 27)

_SIGNED = f"""EXISTS (SELECT 1 FROM journal j
    JOIN operator o ON o.id = j.operator_id
    JOIN operator s ON s.id = j.facts::json->>'approver'
    WHERE j.window_id = me() AND j.epoch = my_epoch() AND j.number = entry AND j.act = '{ACT}'
    AND j.facts::json->>'order' = wanted AND o.active = 1 AND s.active = 1 AND s.id <> o.id
    AND o.role IN ('supervisor', 'administrator') AND s.role = 'supervisor')"""

_END_LEFT = f"""
DECLARE wanted text; known text;
BEGIN
  SELECT order_id, number INTO wanted, known FROM attempt WHERE id = target;
  IF wanted IS NULL OR became NOT IN ({", ".join(f"'{status}'" for status in ENDS)})
    OR NOT {_SIGNED} THEN RETURN NULL; END IF;
  IF NOT EXISTS (SELECT 1 FROM window_epoch e WHERE e.ended_at IS NOT NULL
    AND known LIKE e.window_id || '-' || e.epoch || '-%') THEN RETURN false; END IF;
  UPDATE attempt SET status = became, ended_at = at, why = said,
    reference = coalesce(nullif(known_as, ''), reference), facts = learnt
    WHERE id = target AND ended_at IS NULL;
  RETURN FOUND;
END"""

WINDOW: dict[str, tuple[str, str]] = {
    "end_left(entry bigint, target text, became text, at text, said text, known_as text, "
    "learnt text)": ("boolean", _END_LEFT),
}
