"""Pools of places: moved by insert-only transfers, never below zero (rule 11).

A numbered session has one too: its cap. Taking a seat draws a place from it. A transaction
touches the pools that all windows share last, in sorted order: they are held for a moment only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from boxoffice import clock
from boxoffice.domain.ids import new_id
from boxoffice.errors import CapacityReached, NotEnoughPlaces
from boxoffice.records.custody import CENTRAL_PLACES, CENTRAL_POOL, RETURNING_POOL
from boxoffice.records.store import Statement, Store

Moves = Mapping[Any, int]
"""Places by (session, giver, taker); giver None makes them."""


def debit(session: int, holder: int, places: int) -> Statement:
    """Takes places from a pool; touches no row where it has fewer."""
    return (
        "UPDATE pool SET places = places - ? WHERE session_id = ? AND holder = ? AND places >= ?",
        (places, session, holder, places),
    )


def credit(session: int, holder: int, places: int) -> Statement:
    """Adds places to a pool."""
    return (
        "INSERT INTO pool (session_id, holder, places) VALUES (?, ?, ?) "
        "ON CONFLICT (session_id, holder) DO UPDATE SET places = pool.places + excluded.places",
        (session, holder, places),
    )


def transfer(session: int, giver: int | None, taker: int, places: int) -> Statement:
    """Notes that places moved."""
    return (
        "INSERT INTO pool_transfer (id, session_id, giver, taker, places, at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (new_id(), session, giver, taker, places, clock.to_text(clock.now())),
    )


def move(store: Store, moves: Moves) -> None:
    """Move places between pools.

    Raises NotEnoughPlaces or CapacityReached where a giver has fewer.
    """
    if not moves:
        return
    if store.shared:
        _ask(store, moves)
        return
    changes: dict[tuple[int, int], int] = {}
    for (session, giver, taker), places in moves.items():
        for holder, by in ((giver, -places), (taker, places)):
            if holder is not None:
                changes[session, holder] = changes.get((session, holder), 0) + by
    statements: list[Statement] = []
    drawn = []
    for (session, holder), by in sorted(changes.items()):
        if by < 0:
            drawn.append((len(statements), session, holder, -by))
            statements.append(debit(session, holder, -by))
        elif by > 0:
            statements.append(credit(session, holder, by))
    statements += [transfer(s, giver, taker, n) for (s, giver, taker), n in moves.items()]
    counts = store.batch(statements)
    for place, session, holder, places in drawn:
        if counts[place] != 1:
            if holder == CENTRAL_POOL:
                take_back_returned(store, session)
            if holder != CENTRAL_POOL or store.run(*debit(session, holder, places)) != 1:
                refuse(store, session, holder, places)


def _ways(moves: Moves) -> list[list[int | None]]:
    return [[s, giver, taker, places] for (s, giver, taker), places in moves.items()]


def _ask(store: Store, moves: Moves) -> None:
    """A server moves places by a function of the owner: no window writes a pool itself."""
    found = store.first(
        "SELECT short_session, short_holder FROM move_places(?::bigint[])", (_ways(moves),)
    )
    if found is not None and found[0] is not None:
        places = sum(n for (s, giver, _), n in moves.items() if (s, giver) == found)
        refuse(store, int(found[0]), int(found[1]), places)


def take_back_returned(store: Store, session: int) -> None:
    """Refunded places whose time has come go on sale again."""
    now = clock.to_text(clock.now())
    due = store.all(
        "SELECT id, places FROM returning_places WHERE session_id = ? AND free_from <= ?",
        (session, now),
    )
    for place, places in due:
        # Whoever deletes the row moves its places; another window may be at it.
        if store.run("DELETE FROM returning_places WHERE id = ?", (place,)):
            store.batch(
                [
                    debit(session, RETURNING_POOL, places),
                    credit(session, CENTRAL_POOL, places),
                    transfer(session, RETURNING_POOL, CENTRAL_POOL, places),
                ]
            )


def refuse(store: Store, session: int, giver: int, places: int) -> None:
    """Raise why a pool cannot give so many places."""
    if giver == CENTRAL_POOL:
        left = store.first(
            f"SELECT places FROM {CENTRAL_PLACES} o WHERE session_id = ?", (session,)
        )
    else:
        left = store.first(
            "SELECT places FROM pool WHERE session_id = ? AND holder = ?", (session, giver)
        )
    about = store.first("SELECT code, capacity, plan_id FROM session WHERE id = ?", (session,))
    if about is not None and about[2] is not None:
        raise CapacityReached(session=about[0], capacity=about[1])
    raise NotEnoughPlaces(count=places, left=int(left[0]) if left else 0)
