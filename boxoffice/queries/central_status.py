"""How central stands: windows, what they hold and have not sent, and what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass

from boxoffice.records.migrations import server
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class WindowStatus:
    """One window as central knows it."""

    number: int
    name: str
    epoch: int
    fenced: bool
    last_seen: str
    """UTC; empty for one that never came."""
    unsent: int
    """Journal entries it had not sent when it was last seen."""
    head: int
    """Number of its last journal entry here."""
    head_hash: str
    seats: int
    """Held for baskets and allotments."""
    places: int
    orders: int
    reviews: int
    """Orders of it that central could not apply and nobody settled yet."""


@dataclass(frozen=True, slots=True)
class CentralStatus:
    """All windows, and central's own chain."""

    version: int
    incarnation: str
    head: int
    head_hash: str
    reviews: int
    cases: int
    orders: int
    sessions: int
    windows: tuple[WindowStatus, ...]


def status(store: Store) -> CentralStatus:
    """As its owner or any window sees it."""
    windows = tuple(
        WindowStatus(
            number=int(row[0]),
            name=str(row[1]),
            epoch=int(row[2]),
            fenced=bool(row[3]),
            last_seen=str(row[4] or ""),
            unsent=int(row[5]),
            head=int(row[6] or 0),
            head_hash=str(row[7] or ""),
            seats=int(row[8]),
            places=int(row[9]),
            orders=int(row[10]),
            reviews=int(row[11]),
        )
        for row in store.all(
            "SELECT w.id, w.name, w.epoch, w.fenced, w.last_seen, w.unsent, h.number, h.hash, "
            "(SELECT count(*) FROM custody_seat c WHERE c.holder = w.id), "
            "(SELECT coalesce(sum(p.places), 0) FROM pool p WHERE p.holder = w.id), "
            "(SELECT count(*) FROM custody_order c WHERE c.holder = w.id), "
            "(SELECT count(*) FROM review r WHERE r.window_id = w.id AND r.settled_at IS NULL) "
            "FROM ticket_window w LEFT JOIN chain_head h ON h.window_id = w.id "
            "AND h.epoch = w.epoch ORDER BY w.id"
        )
    )
    own = store.first("SELECT number, hash FROM chain_head WHERE window_id = 0 ORDER BY epoch DESC")
    incarnation = store.first("SELECT value FROM meta WHERE key = 'incarnation'")
    return CentralStatus(
        version=server.version(store) if store.shared else _file_version(store),
        incarnation=str(incarnation[0]) if incarnation else "",
        head=int(own[0]) if own else 0,
        head_hash=str(own[1]) if own else "",
        reviews=_count(store, "SELECT count(*) FROM review WHERE settled_at IS NULL"),
        cases=_count(store, "SELECT count(*) FROM cases WHERE status = 'open'"),
        orders=_count(store, "SELECT count(*) FROM orders"),
        sessions=_count(store, "SELECT count(*) FROM session"),
        windows=windows,
    )


def _file_version(store: Store) -> int:
    return _count(store, "PRAGMA user_version")


def _count(store: Store, sql: str) -> int:
    found = store.first(sql)
    return int(found[0]) if found else 0
