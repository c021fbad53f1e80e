"""Cases about money that others see otherwise: opened once, settled by a bill or by a person."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from boxoffice import clock
from boxoffice.central.pulling import raise_version
from boxoffice.desk import Desk, Right
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import CaseStatus, step
from boxoffice.errors import ReasonMissing, WrongStatus
from boxoffice.records.people import Case
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author
from boxoffice.services.money import books
from boxoffice.services.office import Office
from boxoffice.services.sharing import sync

BILL, BANK = "bill", "bank"
"""Kinds: a row of a bill, or a bill that is not whole; what a bank says of a transfer."""
KINDS = (BILL, BANK)
REFUSED, RETURNED = "refused", "returned"
"""What a bank says of a transfer: over once another takes its place."""
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class NewCase:
    """One exception; `key` is the same whenever the same exception is found."""

    key: str
    facts: Mapping[str, Any]
    order_number: str = ""


def open_all(store: Store, kind: str, found: Iterable[NewCase], at: datetime) -> int:
    """Inside a transaction at central: list what is new; answers how many were."""
    cases = {case.key: case for case in found}
    known = statuses(store, kind, cases)
    fresh = [_row(kind, cases[key], CaseStatus.OPEN, at) for key in cases if key not in known]
    store.insert(Case, fresh, conflict="ON CONFLICT (kind, key) DO NOTHING")
    tell(store, bool(fresh))
    return len(fresh)


def end_all(
    store: Store, kind: str, keys: Collection[str], by: str, at: datetime, *, before: bool = False
) -> int:
    """Inside a transaction at central: what is found to be in order; answers how many were open.

    With `before` those not listed yet are kept as settled: a bill of another day may yet miss
    them, and nobody has to look then.
    """
    known = statuses(store, kind, keys)
    fresh: list[dict[str, Any]] = []
    waiting = [key for key in keys if known.get(key) == CaseStatus.OPEN]
    for key in waiting:
        row = store.first("SELECT id, facts FROM cases WHERE kind = ? AND key = ?", (kind, key))
        assert row is not None
        end(store, row[0], CaseStatus.OPEN, json.loads(row[1]), {"by": by}, at)
    if before:
        done = {"settled": {"by": by, "at": clock.to_text(at)}}
        fresh = [
            _row(kind, NewCase(key, done), CaseStatus.SETTLED, at)
            for key in dict.fromkeys(keys)
            if key not in known
        ]
        store.insert(Case, fresh, conflict="ON CONFLICT (kind, key) DO NOTHING")
    tell(store, bool(waiting or fresh))
    return len(waiting)


def end(
    store: Store,
    case_id: str,
    status: CaseStatus,
    facts: Mapping[str, Any],
    settled: Mapping[str, Any],
    at: datetime,
) -> None:
    """Inside a transaction: a case is over, and its facts say through whom. Raises WrongStatus."""
    kept = {**facts, "settled": {**settled, "at": clock.to_text(at)}}
    store.run(
        "UPDATE cases SET status = ?, facts = ? WHERE id = ?",
        (
            step("case", status, CaseStatus.SETTLED),
            json.dumps(kept, ensure_ascii=False),
            case_id,
        ),
    )


def waiting(store: Store, kind: str, start: str) -> set[str]:
    """Keys of open cases that begin with `start`."""
    return {
        str(row[0])
        for row in store.all("SELECT key FROM cases WHERE kind = ? AND status = 'open'", (kind,))
        if str(row[0]).startswith(start)
    }


def statuses(store: Store, kind: str, keys: Iterable[str]) -> dict[str, str]:
    """Status by key of those that are listed."""
    listed = sorted(set(keys))
    found: dict[str, str] = {}
    for start in range(0, len(listed), AT_ONCE):
        part = listed[start : start + AT_ONCE]
        marks = ", ".join("?" * len(part))
        sql = f"SELECT key, status FROM cases WHERE kind = ? AND key IN ({marks})"
        found.update(store.all(sql, (kind, *part)))
    return found


def tell(store: Store, changed: bool) -> None:
    """Windows are to hear of it; on a server a trigger sees to that."""
    if changed and not store.shared:
        raise_version(store, "people_version")


def settle(*, office: Office, desk: Desk, case_id: str, reason: str) -> None:
    """A person explains a case about bills or the bank; the reason stays with it.

    Steps: the case at central; the journal entry here. Raises NotAllowed, ReasonMissing,
    WrongStatus where it is none of these or was settled before, CentralUnreachable.
    """
    desk.require(Right.SETTLE_CASES)
    why = " ".join(reason.split())
    if not why:
        raise ReasonMissing()
    at = clock.now()
    author = Author(desk.operator.id, desk.shift_id)
    here = books.of_window(office, author)

    def work(store: Store) -> tuple[str, str]:
        row = store.first("SELECT kind, key, status, facts FROM cases WHERE id = ?", (case_id,))
        kind, key, status, facts = row or ("", "", CaseStatus.SETTLED, "{}")
        if kind not in KINDS or status != CaseStatus.OPEN:
            raise WrongStatus(record="case", status=status, wanted=CaseStatus.OPEN.value)
        by = {"by": desk.operator.number, "reason": why}
        end(store, case_id, CaseStatus(status), json.loads(facts), by, at)
        tell(store, True)
        return kind, key

    kind, key = here.write(work)
    here.note("settle_case", {"case": case_id, "kind": kind, "key": key, "reason": why})
    sync.pull(office)


def _row(kind: str, case: NewCase, status: CaseStatus, at: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "kind": kind,
        "key": case.key,
        "status": status,
        "opened_at": at,
        "order_number": case.order_number,
        "facts": json.dumps(case.facts, ensure_ascii=False),
    }
