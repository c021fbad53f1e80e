"""What can be allotted, for the form of the central page: sessions and their levels."""

from __future__ import annotations

from dataclasses import dataclass

from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class Allottable:
    """A session of which windows may have something ahead of time."""

    code: str
    name_zh: str
    name_en: str
    business_day: str
    levels: tuple[str, ...]
    """Of its seats; none where they are not numbered."""


def allottable(store: Store, since: str) -> list[Allottable]:
    """Sessions from a business day (YYYY-MM-DD) on, by day and code."""
    levels: dict[int, list[str]] = {}
    for plan, category in store.all(
        "SELECT DISTINCT plan_id, category FROM seat ORDER BY plan_id, category"
    ):
        levels.setdefault(int(plan), []).append(str(category))
    return [
        Allottable(code, zh, en, day, tuple(levels.get(plan, ())))
        for code, zh, en, day, plan in store.all(
            "SELECT code, name_zh, name_en, business_day, plan_id FROM session "
            "WHERE business_day >= ? ORDER BY business_day, code",
            (since,),
        )
    ]
