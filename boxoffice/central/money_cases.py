"""Money that wants a person: found in what windows report, listed once, over when it is over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from boxoffice.central import undecided
from boxoffice.central.pulling import raise_version
from boxoffice.domain.accounts import ASKED
from boxoffice.domain.statuses import CaseStatus, OrderStatus, PaybackStatus
from boxoffice.records import whole_order
from boxoffice.records.sales import OrderLine, Payback
from boxoffice.records.store import Store
from boxoffice.records.whole_order import OrderRows, columns

LATE, DEAD, PART_PAID = "late_payment", "payback_dead", "part_paid"
EXCHANGE_LEFT = "exchange_left"
"""Kinds of cases: a charge that came after it was given up; money with no way back; an order paid
in part and left so; an exchange whose places are held, and nobody ended it."""
AGAIN = dict.fromkeys(
    (DEAD, PART_PAID, EXCHANGE_LEFT),
    "ON CONFLICT (kind, key) DO UPDATE SET status = 'open' WHERE cases.status <> 'open'",
)
"""By kind: those that end by themselves, with the order; it may come to the same once more."""

_AT = {name: place for place, name in enumerate(columns(Payback))}
_REPLACES = columns(OrderLine).index("replaces")

Open = Callable[[Store, str, str, OrderRows], None]


def follow(store: Store, rows: OrderRows, open_case: Open) -> None:
    """Open what an order that was just stored gives rise to, and end what it has ended."""
    order_id = whole_order.head(rows, "id")
    paybacks = rows.get("payback", [])
    if any(row[_AT["kind"]] == "late" for row in paybacks):
        open_case(store, LATE, order_id, rows)
    if _no_way(paybacks):
        open_case(store, DEAD, order_id, rows)
    elif any(row[_AT["status"]] == PaybackStatus.DEAD for row in paybacks):
        _settle(store, DEAD, order_id)
    if not any(_asked_for(row) for row in paybacks):
        _settle(store, undecided.PAYBACK_LEFT, order_id)
    over = whole_order.head(rows, "status") != OrderStatus.PART_PAID
    if over and (paybacks or len(rows["payment"]) > 1):
        _settle(store, PART_PAID, order_id)
    exchanged = any(line[_REPLACES] is not None for line in rows["order_line"])
    if exchanged and whole_order.head(rows, "status") != OrderStatus.EXCHANGING:
        _settle(store, EXCHANGE_LEFT, order_id)


def _asked_for(payback: list[Any]) -> bool:
    """Whether somebody is still to be asked about it."""
    return payback[_AT["ended_at"]] is None and payback[_AT["tender"]] in ASKED


def _no_way(paybacks: list[list[Any]]) -> bool:
    """Whether some money has no way back: its way is dead, and no other was found."""
    replaced = {row[_AT["replaces"]] for row in paybacks}
    return any(
        row[_AT["status"]] == PaybackStatus.DEAD and row[_AT["id"]] not in replaced
        for row in paybacks
    )


def _settle(store: Store, kind: str, order_id: str) -> None:
    touched = store.run(
        "UPDATE cases SET status = ? WHERE kind = ? AND key = ? AND status = ?",
        (CaseStatus.SETTLED, kind, order_id, CaseStatus.OPEN),
    )
    if touched and not store.shared:  # a server's trigger tells the windows
        raise_version(store, "people_version")
