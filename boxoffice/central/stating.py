"""Keeps the statement of a business day, and what supplements it: numbered, and never changed."""

from __future__ import annotations

from boxoffice import clock
from boxoffice.domain.ids import new_id
from boxoffice.records.store import Store
from boxoffice.records.takings import DayStatement


def keep(
    store: Store, business_day: str, part: int, content: str, *, operator: str, window: int
) -> tuple[int, int]:
    """Inside a transaction: store one; answers its number and part.

    Whoever else kept the same part meanwhile wins: peewee.IntegrityError then.
    """
    number = _number(store, business_day) if part else _next(store)
    row = {
        "id": new_id(),
        "number": number,
        "part": part,
        "business_day": business_day,
        "at": clock.now(),
        "operator": operator,
        "window_id": window,
        "content": content,
    }
    store.insert(DayStatement, [row])
    return number, part


def _number(store: Store, business_day: str) -> int:
    found = store.first(
        "SELECT number FROM day_statement WHERE business_day = ? AND part = 0", (business_day,)
    )
    if found is None:
        raise LookupError(f"no statement of {business_day}")
    return int(found[0])


def _next(store: Store) -> int:
    found = store.first("SELECT max(number) FROM day_statement")
    return int(found[0] or 0) + 1 if found else 1
