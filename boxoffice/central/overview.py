"""Central at a glance, for a supervisor's screen: who is silent, and what was planned and is held.

Only reads, and as any window may. Nothing here asks how often: whoever shows it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from boxoffice import clock
from boxoffice.central.guard import RECOVERING
from boxoffice.central.items import MOST_WINDOWS
from boxoffice.records.postgres import SERVER_NOW
from boxoffice.records.store import Store

Chain = tuple[int, int]
"""Window and epoch; window 0 is central itself."""
Head = tuple[int, str]
"""Number and hash of an entry."""


@dataclass(frozen=True, slots=True)
class Standing:
    """By central's own clock and memory."""

    now: datetime
    awaited: frozenset[int]
    """Windows that have to report before a restored central grants anything again."""


@dataclass(frozen=True, slots=True)
class Share:
    """What a window is to have of a session and level, and what it holds of it.

    The level is empty for places without numbers, and for orders. What is held counts what lies
    in baskets, too.
    """

    window: int
    session_id: int
    session: str
    name_zh: str
    name_en: str
    business_day: str
    numbered: bool
    category: str
    pairs: int = 0
    threes: int = 0
    fours: int = 0
    places: int = 0
    orders: int = 0
    held: int = 0
    """Seats of the level, or places."""
    held_orders: int = 0

    @property
    def planned(self) -> int:
        """Seats of the level, or places, that it is to have."""
        return 2 * self.pairs + 3 * self.threes + 4 * self.fours + self.places


def standing(store: Store) -> Standing:
    """How central itself stands."""
    # When windows were last heard of is noted by the server's own clock.
    now, given = (SERVER_NOW, ()) if store.shared else store.now()
    found = store.first(f"SELECT {now}", given)
    assert found is not None
    awaited = store.all(
        "SELECT w.id FROM ticket_window w JOIN meta m ON m.key = 'incarnation' "
        "WHERE w.fenced = 0 AND w.incarnation NOT IN ('', m.value) "
        "AND EXISTS (SELECT 1 FROM meta r WHERE r.key = ?)",
        (RECOVERING,),
    )
    return Standing(clock.from_text(found[0]), frozenset(int(row[0]) for row in awaited))


def lost_entries(store: Store, known: dict[Chain, Head]) -> frozenset[Chain]:
    """Chains of which central does not have an entry that it was seen to have, as it was."""
    wanted = {(*chain, number): hashed for chain, (number, hashed) in known.items() if number}
    if not wanted:
        return frozenset()
    marks = ", ".join(["(?, ?, ?)"] * len(wanted))
    there = {
        (int(row[0]), int(row[1]), int(row[2])): str(row[3])
        for row in store.all(
            "SELECT window_id, epoch, number, hash FROM journal "
            f"WHERE (window_id, epoch, number) IN (VALUES {marks})",
            [part for key in wanted for part in key],
        )
    }
    return frozenset(key[:2] for key, hashed in wanted.items() if there.get(key) != hashed)


def shares(store: Store, since: str) -> list[Share]:
    """What is planned or held ahead, of sessions from a business day (YYYY-MM-DD) on."""
    found = {_key(share): share for share in _planned(store, since)}
    for share in (*_held_seats(store, since), *_held_places(store, since)):
        known = found.get(_key(share))
        found[_key(share)] = replace(known, held=share.held) if known is not None else share
    for window, session, count in _held_orders(store):
        known = found.get((window, session, ""))
        if known is not None:
            found[window, session, ""] = replace(known, held_orders=count)
    return sorted(found.values(), key=lambda s: (s.business_day, s.session, s.category, s.window))


def _key(share: Share) -> tuple[int, int, str]:
    return share.window, share.session_id, share.category


_SESSION = (
    "s.id, s.code, s.name_zh, s.name_en, s.business_day, "
    "CASE WHEN s.plan_id IS NULL THEN 0 ELSE 1 END"
)


def _share(window: int, session: Sequence[object], category: str, **counts: int) -> Share:
    number, code, zh, en, day, numbered = session
    return Share(
        window, int(str(number)), str(code), str(zh), str(en), str(day), bool(numbered), category,
        **counts,
    )  # fmt: skip


def _planned(store: Store, since: str) -> list[Share]:
    names = ("pairs", "threes", "fours", "places", "orders")
    return [
        _share(row[0], row[1:7], row[7], **dict(zip(names, row[8:], strict=True)))
        for row in store.all(
            f"SELECT a.window_id, {_SESSION}, a.category, {', '.join(f'a.{n}' for n in names)} "
            "FROM allotment a JOIN session s ON s.id = a.session_id WHERE s.business_day >= ?",
            (since,),
        )
    ]


def _held_seats(store: Store, since: str) -> list[Share]:
    return [
        _share(row[0], row[1:7], row[7], held=row[8])
        for row in store.all(
            f"SELECT c.holder, {_SESSION}, p.category, count(*) FROM custody_seat c "
            "JOIN session s ON s.id = c.session_id JOIN seat p ON p.id = c.seat_id "
            "WHERE c.holder IS NOT NULL AND c.order_id IS NULL AND s.business_day >= ? "
            "GROUP BY c.holder, s.id, s.code, s.name_zh, s.name_en, s.business_day, s.plan_id, "
            "p.category",
            (since,),
        )
    ]


def _held_places(store: Store, since: str) -> list[Share]:
    return [
        _share(row[0], row[1:7], "", held=row[7])
        for row in store.all(
            f"SELECT p.holder, {_SESSION}, p.places FROM pool p "
            "JOIN session s ON s.id = p.session_id WHERE p.holder BETWEEN 1 AND ? "
            "AND p.places > 0 AND s.plan_id IS NULL AND s.business_day >= ?",
            (MOST_WINDOWS, since),
        )
    ]


def _held_orders(store: Store) -> list[tuple[int, int, int]]:
    """(window, session, orders with tickets in it)."""
    return store.all(
        "SELECT c.holder, t.session_id, count(DISTINCT c.order_id) FROM custody_order c "
        "JOIN ticket t ON t.order_id = c.order_id AND t.live = 1 "
        "WHERE c.holder IS NOT NULL GROUP BY c.holder, t.session_id"
    )
