"""Pools of places: moved by insert-only transfers, never below zero (rule 11).

A numbered session has one too: its cap. Taking a seat draws a place from it.
"""

from __future__ import annotations

from boxoffice.domain.ids import new_id
from boxoffice.errors import CapacityReached, NotEnoughPlaces
from boxoffice.records.custody import PoolTransfer
from boxoffice.records.store import Store


def move(store: Store, session: int, giver: int | None, taker: int, places: int, at: str) -> None:
    """Move places from one pool to another; `giver` None makes them (a new session).

    Raises NotEnoughPlaces or CapacityReached where the giver has fewer.
    """
    if giver is not None:
        drawn = store.run(
            "UPDATE pool SET places = places - ? "
            "WHERE session_id = ? AND holder = ? AND places >= ?",
            (places, session, giver, places),
        )
        if drawn != 1:
            _refuse(store, session, giver, places)
    store.run(
        "INSERT INTO pool (session_id, holder, places) VALUES (?, ?, ?) "
        "ON CONFLICT (session_id, holder) DO UPDATE SET places = places + excluded.places",
        (session, taker, places),
    )
    store.insert(
        PoolTransfer,
        [
            {
                "id": new_id(),
                "session_id": session,
                "giver": giver,
                "taker": taker,
                "places": places,
                "at": at,
            }
        ],
    )


def _refuse(store: Store, session: int, giver: int, places: int) -> None:
    left = store.first(
        "SELECT places FROM pool WHERE session_id = ? AND holder = ?", (session, giver)
    )
    about = store.first("SELECT code, capacity, plan_id FROM session WHERE id = ?", (session,))
    if about is not None and about[2] is not None:
        raise CapacityReached(session=about[0], capacity=about[1])
    raise NotEnoughPlaces(count=places, left=int(left[0]) if left else 0)
