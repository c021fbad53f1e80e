"""Wishes: a window would like an order that another one holds (rule 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from boxoffice import clock
from boxoffice.central import guard
from boxoffice.central.items import Credentials
from boxoffice.domain.ids import new_id
from boxoffice.records.custody import Wish
from boxoffice.records.postgres import SERVER_NOW
from boxoffice.records.store import Store

LIFETIME = timedelta(minutes=10)
"""How long a customer waits at most: nobody is asked for what was wanted before that."""


SILENT = timedelta(seconds=20)
"""After so long without a word from it a window counts as off line."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The window that has an order, and since when central has not heard of it."""

    window: str
    silent_since: datetime | None


def tell(store: Store, who: Credentials, unsent: int) -> str:
    """This window is here, and has so many journal entries that are not reported.

    One that does nothing else hears from this that its epoch has ended (raises Fenced), or that
    central was restored: answers which life of central this is.
    """
    with store.transaction():
        if store.shared:
            store.first("SELECT seen(?)", (unsent,))
        else:
            store.run(
                "UPDATE ticket_window SET last_seen = ?, unsent = ? WHERE id = ? AND fenced = 0",
                (clock.to_text(clock.now()), unsent, who.window),
            )
        # Last: who shares that row first and changes it then may meet a greeting halfway.
        guard.check(store, who)
        return guard.incarnation(store)


def want(store: Store, who: Credentials, orders: Sequence[str]) -> None:
    """Note that this window would like these orders; the last time it said so counts."""
    now = clock.now()
    with store.transaction():
        guard.check(store, who)
        _forget(store, who, orders)
        store.insert(
            Wish,
            [
                {"id": new_id(), "order_id": order, "window_id": who.window, "at": now}
                for order in orders
            ],
            conflict="ON CONFLICT (order_id, window_id) DO NOTHING",
        )


def withdraw(store: Store, who: Credentials, orders: Sequence[str]) -> None:
    """This window got them, or wants them no longer."""
    with store.transaction():
        guard.check(store, who)
        _forget(store, who, orders)


def _forget(store: Store, who: Credentials, orders: Sequence[str]) -> None:
    store.many(
        "DELETE FROM wish WHERE order_id = ? AND window_id = ?",
        [(order, who.window) for order in orders],
    )


def wanted(store: Store, who: Credentials) -> list[str]:
    """Orders this window holds and others would like."""
    return [
        str(row[0])
        for row in store.all(
            "SELECT DISTINCT w.order_id FROM wish w JOIN custody_order c "
            "ON c.order_id = w.order_id WHERE c.holder = ? AND c.epoch = ? AND w.window_id <> ? "
            "AND w.at > ? ORDER BY 1",
            (who.window, who.epoch, who.window, clock.to_text(clock.now() - LIFETIME)),
        )
    ]


def holder(store: Store, orders: Sequence[str]) -> Holder | None:
    """The window that has one of these orders; None where all are free."""
    # Where windows say that they are here it is noted by the server's own clock.
    now, given = (SERVER_NOW, ()) if store.shared else store.now()
    for order in orders:
        found = store.first(
            f"SELECT w.name, w.last_seen, {now} FROM custody_order c "
            "JOIN ticket_window w ON w.id = c.holder WHERE c.order_id = ?",
            (*given, order),
        )
        if found is None:
            continue
        window, seen, at = found
        return Holder(str(window), silent_since(seen, at))
    return None


def silent_since(seen: str | None, at: str) -> datetime | None:
    """Since when a window is off line that was `seen` last then, `at` central's moment now."""
    last, there = clock.from_text(seen) if seen else None, clock.from_text(at)
    return as_here(last, there) if last is not None and there - last > SILENT else None


def as_here(moment: datetime, now_there: datetime) -> datetime:
    """A moment by central's own clock as it is told here, where a venue clock may be set."""
    return clock.now() - (now_there - moment) if clock.set_on_purpose() else moment
