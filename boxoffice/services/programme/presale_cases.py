"""Cases of orders that an import left out: opened with the reason, settled once the order fits."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from boxoffice.central import pulling
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import CaseStatus, step
from boxoffice.records.people import Case
from boxoffice.records.unit_of_work import Unit
from boxoffice.sentences.phrases import packed
from boxoffice.services.programme.importing import OrderException

CASE = "presale_exception"


def open_for(unit: Unit, file: str, exceptions: Sequence[OrderException]) -> None:
    """One open case per order and reason; importing the file again opens no second one."""
    known = {
        str(row[0]): str(row[1])
        for row in unit.store.all("SELECT key, status FROM cases WHERE kind = ?", (CASE,))
    }
    fresh = []
    for found in exceptions:
        key = _free(known, f"{found.order_number}:{found.reason}:{found.value}")
        if key in known:
            continue
        known[key] = CaseStatus.OPEN
        facts = {
            "file": file,
            "line": found.line,
            "reason": found.reason,
            "value": found.value,
            "expected": packed(found.expected),
        }
        fresh.append(
            {
                "id": new_id(),
                "kind": CASE,
                "key": key,
                "status": CaseStatus.OPEN,
                "opened_at": unit.at,
                "order_number": found.order_number,
                "facts": json.dumps(facts, ensure_ascii=False),
            }
        )
    if fresh:
        unit.store.insert(Case, fresh)
        pulling.raise_version(unit.store, "people_version")
        unit.record("open_cases", facts={"file": file, "cases": len(fresh)})


def _free(known: dict[str, str], key: str) -> str:
    """The key of the open case of that trouble, or one that none had: settled ones stay settled."""
    found, again = key, 1
    while known.get(found) == CaseStatus.SETTLED:
        again += 1
        found = f"{key}:{again}"
    return found


def settle(unit: Unit, file: str, numbers: Collection[str]) -> None:
    """Orders that came in, or stand as the file has them: nothing about them waits any more."""
    fitting = set(numbers)
    waiting = [
        (step("case", CaseStatus(row[2]), CaseStatus.SETTLED), row[0])
        for row in unit.store.all(
            "SELECT id, order_number, status FROM cases WHERE kind = ? AND status = ?",
            (CASE, CaseStatus.OPEN),
        )
        if row[1] in fitting
    ]
    if waiting:
        unit.store.many("UPDATE cases SET status = ? WHERE id = ?", waiting)
        pulling.raise_version(unit.store, "people_version")
        unit.record("settle_cases", facts={"file": file, "cases": len(waiting)})
