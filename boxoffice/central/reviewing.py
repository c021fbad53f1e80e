"""The review list: what central could not apply stays there whole until a supervisor settles it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from boxoffice import clock
from boxoffice.central import guard
from boxoffice.central.items import Credentials, Items
from boxoffice.domain.statuses import LineStatus
from boxoffice.errors import OfEndedEpoch, WrongStatus
from boxoffice.records import whole_order
from boxoffice.records.sales import OrderLine
from boxoffice.records.store import Store
from boxoffice.records.whole_order import OrderRows, column


class Outcome(StrEnum):
    """How a review ends."""

    AGAIN = "again"
    """What was in the way is gone: the window reports the order once more."""
    CENTRAL = "central"
    """What central has stands. Visitors were told, and money was seen to, by hand."""


@dataclass(frozen=True, slots=True)
class Review:
    """One order that waits, as its window reported it."""

    id: str
    window: int
    order_id: str
    number: str
    at: datetime
    reason: str
    total_fen: int
    tickets: int


def waiting(store: Store, window: int | None = None) -> list[Review]:
    """What nobody has settled yet, oldest first; of one window or of all."""
    return [
        _seen(row)
        for row in store.all(
            "SELECT id, window_id, order_id, at, reason, rows FROM review "
            "WHERE settled_at IS NULL AND (window_id = ? OR ? = 0) ORDER BY at, id",
            (window or 0, window or 0),
        )
    ]


def _seen(row: tuple[str, int, str, str, str, str]) -> Review:
    rows: OrderRows = json.loads(row[5])
    status = column(OrderLine, "status")
    return Review(
        id=row[0],
        window=int(row[1]),
        order_id=row[2],
        number=whole_order.head(rows, "number") or "",
        at=clock.from_text(row[3]),
        reason=row[4],
        total_fen=whole_order.head(rows, "total_fen"),
        tickets=sum(line[status] == LineStatus.SOLD for line in rows["order_line"]),
    )


def require_reportable(store: Store, who: Credentials, review_id: str) -> None:
    """Raise OfEndedEpoch where the order was reported by an epoch that has ended.

    Nothing is reported in that epoch any more, and the one that runs holds nothing of it.
    """
    if not store.first("SELECT 1 FROM review WHERE id = ? AND epoch = ?", (review_id, who.epoch)):
        raise OfEndedEpoch(window=who.window)


def settle(store: Store, review_id: str, outcome: Outcome, settled_by: str, reason: str) -> None:
    """Note how a review ended; inside a transaction. `settled_by` names both persons.

    Raises WrongStatus where it was settled before.
    """
    said = json.dumps({"outcome": outcome, "reason": reason}, ensure_ascii=False)
    touched = store.run(
        "UPDATE review SET settled_at = ?, settled_by = ?, outcome = ? "
        "WHERE id = ? AND settled_at IS NULL",
        (clock.to_text(clock.now()), settled_by, said, review_id),
    )
    if touched != 1:
        raise WrongStatus(record="review", status="settled", wanted="settled")


@dataclass(frozen=True, slots=True)
class Settled:
    """What its window has to do about an order whose reviews are all settled."""

    outcome: Outcome
    rows: OrderRows
    """As central has it; no rows where it has none."""
    held: Items
    """What central has the window hold for it."""


def settled(
    store: Store, who: Credentials, order_id: str, mine: OrderRows, besides: Mapping[int, int]
) -> Settled | None:
    """How the last review of an order ended; None while one waits, or where there is none.

    `mine` are its rows at the window, `besides` the unnumbered places by session that the window
    holds for anything else.
    """
    with store.transaction():
        guard.check(store, who)
        found = store.all(
            "SELECT settled_at, outcome FROM review WHERE window_id = ? AND order_id = ? "
            "ORDER BY settled_at IS NULL DESC, settled_at DESC",
            (who.window, order_id),
        )
        if not found or found[0][0] is None:
            return None
        outcome = Outcome(json.loads(found[0][1])["outcome"])
        there = whole_order.load(store, order_id)
        held = _held(store, who, order_id, mine, there)
        return Settled(outcome, there, replace(held, places=_left(store, who, held, besides)))


def _left(
    store: Store, who: Credentials, held: Items, besides: Mapping[int, int]
) -> tuple[tuple[int, int], ...]:
    """Of the order's places those the window's pools have; of an ended epoch's it has none."""
    pools: dict[int, int] = dict(
        store.all("SELECT session_id, places FROM pool WHERE holder = ?", (who.pool,))
    )
    left = [
        (session, min(count, pools.get(session, 0) - besides.get(session, 0)))
        for session, count in held.places
    ]
    return tuple((session, count) for session, count in left if count > 0)


def _held(
    store: Store, who: Credentials, order_id: str, mine: OrderRows, there: OrderRows
) -> Items:
    """What central has this window hold for the order, in place of what the order says.

    Of unnumbered places as many as the order has.
    """
    known = {line[0] for line in there["order_line"]}
    session, seat, document, status = (
        column(OrderLine, name) for name in ("session_id", "seat_id", "document_hash", "status")
    )
    own = (who.window, who.epoch)
    seats, claims, places = [], [], dict[int, int]()
    for line in mine["order_line"]:
        if line[0] in known or line[status] == LineStatus.OPEN:
            continue
        if line[seat] is None:
            places[line[session]] = places.get(line[session], 0) + 1
        elif store.first(
            "SELECT 1 FROM custody_seat WHERE session_id = ? AND seat_id = ? "
            "AND holder = ? AND epoch = ?",
            (line[session], line[seat], *own),
        ):
            seats.append((line[session], line[seat]))
        if line[document] and store.first(
            "SELECT 1 FROM claim WHERE session_id = ? AND document_hash = ? "
            "AND holder = ? AND epoch = ?",
            (line[session], line[document], *own),
        ):
            claims.append((line[session], line[document]))
    orders = store.all(
        "SELECT order_id FROM custody_order WHERE order_id = ? AND holder = ? AND epoch = ?",
        (order_id, *own),
    )
    return Items(
        seats=tuple(dict.fromkeys(seats)),
        places=tuple(sorted(places.items())),
        claims=tuple(dict.fromkeys(claims)),
        orders=tuple(row[0] for row in orders),
    )
