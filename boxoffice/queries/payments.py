"""Money that is not settled: asked for and unknown, paid late, paid in part, on its way back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from boxoffice import clock
from boxoffice.domain.accounts import ASKED
from boxoffice.records.store import Row, Store

EXCHANGE_TAKES_S = 300
"""How long an exchange goes on with its customer there; the usual one takes 90 s (DOMAIN.md)."""
_ASKED = ", ".join(f"'{tender}'" for tender in ASKED)
_ATTEMPT = (
    "SELECT a.id, a.order_id, coalesce(o.number, ''), a.tender, a.amount_fen, a.status, "
    "coalesce(a.why, ''), a.reversing_at, a.sent_at, a.created_at, (SELECT count(*) "
    "FROM order_line l WHERE l.order_id = a.order_id AND l.status IN ('open', 'reserved')) "
    "FROM attempt a JOIN orders o ON o.id = a.order_id WHERE a.ended_at IS NULL "
)


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """Somebody outside was asked for money and it is not decided; amount in fen, times UTC."""

    id: str
    order_id: str
    number: str
    """Of the order; "" for a basket that never had one."""
    tender: str
    amount_fen: int
    status: str
    why: str
    reversing: bool
    sent_at: datetime
    tickets: int


@dataclass(frozen=True, slots=True)
class PaidLate:
    """An order whose money came when nobody waited any more: its tickets were not handed over."""

    order_id: str
    number: str
    tender: str
    amount_fen: int
    paid_at: datetime
    tickets: int


@dataclass(frozen=True, slots=True)
class PaidInPart:
    """An order held here of which some money is there and some is not; amounts in fen."""

    order_id: str
    number: str
    paid_fen: int
    total_fen: int
    since: datetime
    tickets: int


@dataclass(frozen=True, slots=True)
class ExchangeLeft:
    """An exchange that was begun here and that nobody ended: its new places are held (fen)."""

    order_id: str
    number: str
    paid_fen: int
    """What is here of the difference."""
    since: datetime
    tickets: int


@dataclass(frozen=True, slots=True)
class GoingBack:
    """Money on its way back that has not arrived; amount in fen."""

    id: str
    order_id: str
    number: str
    tender: str
    amount_fen: int
    status: str
    why: str
    since: datetime


@dataclass(frozen=True, slots=True)
class OpenMoney:
    """All that is not settled at this window, oldest first."""

    unknown: tuple[OpenAttempt, ...] = field(default=())
    late: tuple[PaidLate, ...] = field(default=())
    part: tuple[PaidInPart, ...] = field(default=())
    exchanges: tuple[ExchangeLeft, ...] = field(default=())
    back: tuple[GoingBack, ...] = field(default=())

    def __len__(self) -> int:
        listed = (self.unknown, self.late, self.part, self.exchanges, self.back)
        return sum(len(one) for one in listed)


def under_way(store: Store, order_id: str) -> OpenAttempt | None:
    """The attempt of an order that is not decided, once it was sent."""
    row = store.first(_ATTEMPT + "AND a.order_id = ? AND a.sent_at IS NOT NULL", (order_id,))
    return None if row is None else _attempt(row)


def open_money(store: Store, window: int, epoch: int, talked_of: Collection[str]) -> OpenMoney:
    """What is not settled. An attempt just `talked_of` with its customer there is not unknown."""
    rows = store.all(_ATTEMPT + "AND a.sent_at IS NOT NULL ORDER BY a.created_at, a.id")
    return OpenMoney(
        unknown=tuple(
            _attempt(row) for row in rows if row[5] == "unknown" or row[0] not in talked_of
        ),
        late=_late(store),
        part=_part(store),
        exchanges=_exchanges(store),
        back=_back(store, window, epoch),
    )


def _attempt(row: Row) -> OpenAttempt:
    return OpenAttempt(
        str(row[0]),
        str(row[1]),
        row[2],
        row[3],
        int(row[4]),
        row[5],
        row[6],
        row[7] is not None,
        clock.from_text(row[8] or row[9]),
        int(row[10]),
    )


def _late(store: Store) -> tuple[PaidLate, ...]:
    """Whoever pays at the counter has the tickets at once: who has none was not there any more."""
    rows = store.all(
        "SELECT o.id, o.number, p.tender, sum(p.amount_fen), max(p.paid_at), "
        "(SELECT count(*) FROM ticket t WHERE t.order_id = o.id AND t.live = 1 "
        "AND NOT EXISTS (SELECT 1 FROM hand_over h WHERE h.ticket_id = t.id)) AS waiting "
        "FROM payment p JOIN attempt a ON a.id = p.attempt_id JOIN orders o ON o.id = p.order_id "
        f"WHERE a.tender IN ({_ASKED}) "
        "GROUP BY o.id, o.number, p.tender ORDER BY max(p.paid_at), o.id"
    )
    return tuple(
        PaidLate(str(row[0]), row[1], row[2], int(row[3]), clock.from_text(row[4]), int(row[5]))
        for row in rows
        if row[5]
    )


def _part(store: Store) -> tuple[PaidInPart, ...]:
    rows = store.all(
        "SELECT o.id, o.number, o.total_fen, min(p.paid_at), sum(p.amount_fen - (SELECT coalesce("
        "sum(b.amount_fen), 0) FROM payback b WHERE b.payment_id = p.id "
        "AND b.status NOT IN ('closed', 'dead'))), (SELECT count(*) FROM order_line l "
        "WHERE l.order_id = o.id AND l.status = 'reserved') FROM orders o "
        "JOIN held_order h ON h.order_id = o.id JOIN payment p ON p.order_id = o.id "
        "WHERE o.status = 'part_paid' GROUP BY o.id, o.number, o.total_fen "
        "ORDER BY min(p.paid_at), o.id"
    )
    return tuple(
        PaidInPart(
            str(row[0]), row[1], int(row[4]), int(row[2]), clock.from_text(row[3]), int(row[5])
        )
        for row in rows
    )


def _exchanges(store: Store) -> tuple[ExchangeLeft, ...]:
    """Those with their customer there are none."""
    since = clock.to_text(clock.now() - timedelta(seconds=EXCHANGE_TAKES_S))
    rows = store.all(
        "SELECT o.id, o.number, coalesce((SELECT sum(p.amount_fen - (SELECT coalesce("
        "sum(b.amount_fen), 0) FROM payback b WHERE b.payment_id = p.id "
        "AND b.status NOT IN ('closed', 'dead'))) FROM payment p WHERE p.order_id = o.id "
        "AND p.checkout_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM order_line l "
        "JOIN payment q ON q.id = l.payment_id WHERE l.order_id = o.id "
        "AND q.checkout_id = p.checkout_id)), 0), max(j.at), (SELECT count(*) FROM order_line l "
        "WHERE l.order_id = o.id AND l.status = 'reserved') FROM orders o "
        "JOIN held_order h ON h.order_id = o.id JOIN journal j ON j.order_id = o.id "
        "AND j.act IN ('exchange_begin', 'deposit') WHERE o.status = 'exchanging' "
        "GROUP BY o.id, o.number HAVING max(j.at) < ? ORDER BY max(j.at), o.id",
        (since,),
    )
    return tuple(
        ExchangeLeft(str(row[0]), row[1], int(row[2]), clock.from_text(row[3]), int(row[4]))
        for row in rows
    )


def _back(store: Store, window: int, epoch: int) -> tuple[GoingBack, ...]:
    rows = store.all(
        "SELECT b.id, b.order_id, coalesce(o.number, ''), b.tender, b.amount_fen, b.status, b.why, "
        "b.created_at FROM payback b JOIN orders o ON o.id = b.order_id "
        "WHERE b.ended_at IS NULL AND b.window_id = ? AND b.epoch = ? "
        "ORDER BY b.created_at, b.id",
        (window, epoch),
    )
    return tuple(
        GoingBack(
            str(row[0]),
            str(row[1]),
            row[2],
            row[3],
            int(row[4]),
            row[5],
            row[6],
            clock.from_text(row[7]),
        )
        for row in rows
    )
