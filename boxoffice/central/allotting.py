"""Allotments as central plans them (rule 10): rows that windows answer by taking and giving.

Nothing here moves custody: a plan that grows or shrinks is a wish, which its window follows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from boxoffice.central import guard
from boxoffice.central.items import Credentials
from boxoffice.central.pulling import raise_version
from boxoffice.desk import Right
from boxoffice.domain.allotting import Groups
from boxoffice.errors import BadAllotment, NotAllowed, WindowUnknown
from boxoffice.records.custody import Allotment
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import NOBODY, Author, Unit

NOTHING = Groups()
COUNTS = ("pairs", "threes", "fours", "places", "orders")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a window is to have ahead of time: of a level of a session, or places and orders."""

    window: str
    """Name or number."""
    session: str
    category: str = ""
    groups: Groups = NOTHING
    places: int = 0
    orders: int = 0


ACT = "allot"
"""The word in the journal."""

Facts = dict[str, int | str]
"""A row of the plan, by the names of its columns."""


def set_plan(unit: Unit, plan: Plan, author: Author = NOBODY) -> None:
    """Write one row of the plan into central's journal and tell windows; zeros take it away.

    Raises WindowUnknown, or BadAllotment for an unknown session or level, or groups of seats where
    none are numbered.
    """
    store = unit.store
    row = facts_of(store, plan)
    _put(store, row)
    unit.record(ACT, author=author, facts=row)
    if store.shared:
        store.first("SELECT raise_people()")  # a supervisor writes no other fact
    else:
        raise_version(store, "people_version")


def facts_of(store: Store, plan: Plan) -> Facts:
    """A row of the plan as a journal entry has it. Raises WindowUnknown or BadAllotment."""
    return {
        "window_id": _window(store, plan.window),
        "session_id": _session(store, plan),
        "category": plan.category,
        "pairs": plan.groups.pairs,
        "threes": plan.groups.threes,
        "fours": plan.groups.fours,
        "places": plan.places,
        "orders": plan.orders,
    }


def follow(store: Store, who: Credentials, number: int) -> None:
    """Write the row of the plan that an entry in a window's own journal asks for.

    A supervisor asked at that window, and it signed for it: without the entry at central nothing
    changes. Raises NotAllowed where there is none of a supervisor, and what `guard.check` raises.
    """
    with store.transaction():
        guard.check(store, who)
        if store.shared:
            done = store.first("SELECT allot(?, ?)", (who.epoch, number)) == (True,)
        else:
            entry = store.first(
                "SELECT facts FROM journal WHERE window_id = ? AND epoch = ? AND number = ? "
                "AND act = ?",
                (who.window, who.epoch, number, ACT),
            )
            done = entry is not None
            if entry is not None:
                _put(store, json.loads(entry[0]))
                raise_version(store, "people_version")
        if not done:
            raise NotAllowed(act=Right.SETTLE_CASES.value, role="")


def _put(store: Store, row: Facts) -> None:
    if any(row[name] for name in COUNTS):
        store.insert(
            Allotment,
            [row],
            conflict="ON CONFLICT (window_id, session_id, category) DO UPDATE SET "
            + ", ".join(f"{name} = excluded.{name}" for name in COUNTS),
        )
    else:
        store.run(
            "DELETE FROM allotment WHERE window_id = ? AND session_id = ? AND category = ?",
            (row["window_id"], row["session_id"], row["category"]),
        )


def plans(store: Store, since: str) -> list[Plan]:
    """The whole plan for sessions from a business day (YYYY-MM-DD) on."""
    return [
        Plan(str(row[0]), str(row[1]), str(row[2]), Groups(*row[3:6]), row[6], row[7])
        for row in store.all(
            "SELECT w.name, s.code, a.category, a.pairs, a.threes, a.fours, a.places, a.orders "
            "FROM allotment a JOIN ticket_window w ON w.id = a.window_id "
            "JOIN session s ON s.id = a.session_id WHERE s.business_day >= ? ORDER BY w.id, 2, 3",
            (since,),
        )
    ]


def standing(store: Store, plan: Plan) -> Plan:
    """A row of the plan as it stands; all zero where there is none."""
    found = store.first(
        "SELECT pairs, threes, fours, places, orders FROM allotment "
        "WHERE window_id = ? AND session_id = ? AND category = ?",
        (_window(store, plan.window), _session(store, plan), plan.category),
    )
    *groups, places, orders = found or (0, 0, 0, 0, 0)
    return replace(plan, groups=Groups(*groups), places=places, orders=orders)


def _window(store: Store, name: str) -> int:
    found = store.first(
        "SELECT id FROM ticket_window WHERE name = ? OR CAST(id AS TEXT) = ? "
        "ORDER BY name = ? DESC",
        (name, name, name),
    )
    if found is None:
        raise WindowUnknown(window=name)
    return int(found[0])


def _session(store: Store, plan: Plan) -> int:
    found = store.first("SELECT id, plan_id FROM session WHERE code = ?", (plan.session,))
    if found is None:
        raise BadAllotment(why="no_session", value=plan.session)
    session, seats = found
    if plan.groups and not plan.category:
        raise BadAllotment(why="no_level", value=plan.session)
    if plan.places and (plan.category or seats is not None):
        raise BadAllotment(why="numbered", value=plan.session)
    if plan.orders and plan.category:
        raise BadAllotment(why="orders_of_level", value=plan.category)
    if plan.category and not store.first(
        "SELECT 1 FROM seat WHERE plan_id = ? AND category = ?", (seats, plan.category)
    ):
        raise BadAllotment(why="unknown_level", value=plan.category)
    return int(session)
