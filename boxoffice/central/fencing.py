"""The end of a window's epoch, and what becomes of what it held (rule 17); done by a supervisor.

Nothing is freed by itself: seats, places, orders and documents of an ended epoch stay off sale
until the recovered file has told all, or two persons accept that paper may exist.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.central import guard, pools, undecided
from boxoffice.central.enrolling import begin_epoch
from boxoffice.central.guard import CENTRAL
from boxoffice.central.items import Credentials, ended_pool
from boxoffice.domain.signing import CertifiedKey
from boxoffice.errors import EpochRuns, ForkedJournal, WindowUnknown
from boxoffice.records.journal import CENTRAL_CHAIN
from boxoffice.records.store import Row, Store
from boxoffice.records.unit_of_work import Author, head_of, unit_of_work


@dataclass(frozen=True, slots=True)
class Left:
    """What an epoch of a window holds at central."""

    seats: tuple[tuple[int, int], ...]
    """(session, seat)"""
    places: tuple[tuple[int, int], ...]
    """(session, how many), unnumbered"""
    orders: tuple[str, ...]
    claims: int

    def __bool__(self) -> bool:
        return bool(self.seats or self.places or self.orders or self.claims)


@dataclass(frozen=True, slots=True)
class Ended:
    """How an epoch ended."""

    at: datetime
    by: str
    """Number of who did it; empty where nobody was named."""
    reason: str


def fence(store: Store, window: int, *, operator: str, reason: str) -> int:
    """End the epoch of a window for good; answers which.

    A push in flight is waited for, or refused. Everything it holds stays off sale. A window whose
    epoch has ended already is left as it is. Raises WindowUnknown.
    """
    return end(store, window, operator=operator, reason=reason)[0]


def end(store: Store, window: int, *, operator: str, reason: str) -> tuple[int, bool]:
    """As `fence`; answers besides whether it was this that ended the epoch."""
    with unit_of_work(store, CENTRAL) as unit:
        found = store.first("SELECT epoch FROM ticket_window WHERE id = ?", (window,))
        if found is None:
            raise WindowUnknown(window=window)
        if store.shared:
            ended = store.first("SELECT fence(?, ?)", (window, reason))
        else:
            ended = (_fence(store, window, reason),)
        if ended is None or ended[0] is None:
            return int(found[0]), False
        epoch = int(ended[0])
        facts = {"window": window, "epoch": epoch, "reason": reason, "by": operator}
        unit.record("fence", author=author(store, operator), facts=facts)
        # Nobody asks after its money any more, so a person has to.
        undecided.list_left(store, window, epoch)
    return epoch, True


def how_ended(store: Store, window: int, epoch: int) -> Ended | None:
    """When an epoch ended, by whom and why; None while it runs. Raises WindowUnknown."""
    ended, _ = epoch_row(store, window, epoch)
    if ended is None:
        return None
    by, reason = "", ""
    for (text,) in store.all(
        "SELECT facts FROM journal WHERE window_id = ? AND act = 'fence' ORDER BY number",
        (CENTRAL_CHAIN,),
    ):
        facts = json.loads(text)
        if (facts["window"], facts["epoch"]) == (window, epoch):
            by, reason = str(facts["by"]), str(facts["reason"])
    return Ended(clock.from_text(str(ended)), by, reason)


def _fence(store: Store, window: int, reason: str) -> int | None:
    """Beside a window's own file: note the end, and set apart the places it held."""
    if not store.run("UPDATE ticket_window SET fenced = 1 WHERE id = ? AND fenced = 0", (window,)):
        return None
    found = store.first("SELECT epoch FROM ticket_window WHERE id = ?", (window,))
    assert found is not None
    epoch = int(found[0])
    store.run(
        "UPDATE window_epoch SET ended_at = ?, reason = ? WHERE window_id = ? AND epoch = ?",
        (clock.to_text(clock.now()), reason, window, epoch),
    )
    had = store.all(
        "SELECT session_id, places FROM pool WHERE holder = ? AND places > 0", (window,)
    )
    pools.move(store, {(s, window, ended_pool(window, epoch)): n for s, n in had})
    guard.grant_again(store)
    return epoch


def new_epoch(store: Store, key: CertifiedKey) -> None:
    """Let a window begin again, under a new key; what its ended epochs held stays where it is.

    `key` is of the epoch after the last. An epoch in which nobody ever spoke to central is ended
    on the way: its enrolment was lost before it was used. Raises EpochRuns or WindowUnknown.
    """
    window = key.window
    with unit_of_work(store, CENTRAL) as unit:
        found = store.first(
            "SELECT epoch, fenced, last_seen FROM ticket_window WHERE id = ?", (window,)
        )
        if found is None:
            raise WindowUnknown(window=window)
        epoch, fenced, seen = found
        if not fenced:
            if seen is not None or held(store, window, epoch):
                raise EpochRuns(window=window)
            _end_unused(store, window, epoch)
        if key.epoch != epoch + 1:
            raise ValueError(f"epoch {key.epoch} does not follow {epoch}")
        touched = store.run(
            "UPDATE ticket_window SET epoch = ?, fenced = 0, connection = connection + 1, "
            "last_seen = NULL, incarnation = '', released = '', unsent = 0 WHERE id = ? "
            "AND epoch = ?",
            (key.epoch, window, epoch),
        )
        if touched != 1:
            raise EpochRuns(window=window)
        begin_epoch(store, key)
        unit.record("new_epoch", facts={"window": window, "epoch": key.epoch})


def _end_unused(store: Store, window: int, epoch: int) -> None:
    now = clock.to_text(clock.now())
    store.run(
        "UPDATE window_epoch SET ended_at = ?, received_at = ?, reason = 'never used' "
        "WHERE window_id = ? AND epoch = ?",
        (now, now, window, epoch),
    )


def held(store: Store, window: int, epoch: int) -> Left:
    """What an epoch that has ended holds still; of one that runs, all but its unnumbered places."""
    who = (window, epoch)
    seats = store.all(
        "SELECT session_id, seat_id FROM custody_seat WHERE holder = ? AND epoch = ? ORDER BY 1, 2",
        who,
    )
    places = store.all(
        "SELECT p.session_id, p.places - (SELECT count(*) FROM custody_seat c WHERE "
        "c.session_id = p.session_id AND c.holder = ? AND c.epoch = ?) FROM pool p "
        "WHERE p.holder = ? ORDER BY 1",
        (*who, ended_pool(window, epoch)),
    )
    orders = store.all(
        "SELECT order_id FROM custody_order WHERE holder = ? AND epoch = ? ORDER BY 1", who
    )
    claims = store.first("SELECT count(*) FROM claim WHERE holder = ? AND epoch = ?", who)
    return Left(
        seats=tuple((int(s), int(seat)) for s, seat in seats),
        places=tuple((int(s), int(n)) for s, n in places if n > 0),
        orders=tuple(str(row[0]) for row in orders),
        claims=int(claims[0]) if claims else 0,
    )


def epoch_row(store: Store, window: int, epoch: int) -> Row:
    """(ended_at, received_at) of an epoch. Raises WindowUnknown."""
    found = store.first(
        "SELECT ended_at, received_at FROM window_epoch WHERE window_id = ? AND epoch = ?",
        (window, epoch),
    )
    if found is None:
        raise WindowUnknown(window=window)
    return found


def receive_all(store: Store, who: Credentials, number: int, hashed: str) -> bool:
    """All of an ended epoch was pushed, up to this entry; answers whether central has no other.

    Raises ForkedJournal where its last entry has other content: the records were copied.
    """
    with store.transaction():
        guard.check(store, who)
        there, known = head_of(store, who.window, who.epoch)
        if there == number and known != hashed:
            raise ForkedJournal(window=who.window, number=number)
        if there != number:
            return False  # an old copy: what came after it, it cannot tell
        if store.shared and store.first("SELECT me() IS NULL") == (False,):
            store.first("SELECT received(?, ?)", (who.epoch, number))
        else:
            store.run(
                "UPDATE window_epoch SET received_at = ? WHERE window_id = ? AND epoch = ? "
                "AND received_at IS NULL",
                (clock.to_text(clock.now()), who.window, who.epoch),
            )
        return True


def author(store: Store, operator: str) -> Author:
    """Who is named in the journal: an operator by number, where central knows one."""
    found = store.first("SELECT id FROM operator WHERE number = ?", (operator,))
    return Author(operator_id=str(found[0]) if found else None)
