"""Money that goes back before anything was sold for it: part payments undone, late successes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from boxoffice.desk import Desk, Right
from boxoffice.domain import accounts
from boxoffice.domain.gateway_numbers import new_number
from boxoffice.domain.ids import new_id
from boxoffice.domain.money import Money
from boxoffice.domain.statuses import LineStatus, OrderStatus, PaybackStatus, step
from boxoffice.errors import WrongStatus
from boxoffice.queries.deposits import Deposit, deposits
from boxoffice.records.sales import Payback
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Post, Unit
from boxoffice.services.office import Office
from boxoffice.services.sales import finishing
from boxoffice.services.sales.dues import Due
from boxoffice.services.sales.finishing import Received, Sale, Signer
from boxoffice.services.sales.order_acts import change_order
from boxoffice.services.staff import shifts

UNDO, LATE = "undo", "late"
"""Kinds of paybacks: of a part-paid order undone; of a charge that came after it was given up."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What went back; amounts in fen."""

    order_id: str
    cash_fen: int
    """Out of the drawer, now."""
    asked: tuple[tuple[str, int], ...]
    """(tender, fen) that goes back the way it came."""


def undo(*, office: Office, desk: Desk, order_id: str, reason: str = "") -> Undone:
    """Give back what was paid of an order that is not paid in full, and let its seats go.

    A reservation waits for its money again. Raises WrongStatus where nothing is part paid, or while
    money is still on its way, or what `change_order` raises; then nothing was changed.
    """
    desk.require(Right.SELL, shift=True)
    done: list[Undone] = []

    def act(unit: Unit) -> None:
        shifts.require_open(unit.store, desk)
        done[:] = [_undo(unit, Signer.at(desk), order_id, " ".join(reason.split()))]

    change_order(
        office, order_id, act, [f"order:{order_id}", "orders", "shift", "payments", "baskets"]
    )
    return done[0]


def _undo(unit: Unit, signer: Signer, order_id: str, reason: str) -> Undone:
    store = unit.store
    row = store.first("SELECT status, currency, deadline FROM orders WHERE id = ?", (order_id,))
    status = OrderStatus(row[0] if row else "")
    if status is not OrderStatus.PART_PAID:
        raise WrongStatus(record="order", status=status, wanted=OrderStatus.PART_PAID.value)
    assert row is not None
    here = deposits(store, order_id)
    parts = () if here is None else here.parts
    rows = pay_back(unit, signer, order_id, UNDO, row[1], parts)
    reserved = row[2] is not None
    _let_go(store, order_id, status, reserved=reserved)
    cash = sum(r["amount_fen"] for r in rows if r["tender"] == accounts.CASH)
    asked: dict[str, int] = {}
    for r in rows:
        if r["tender"] != accounts.CASH:
            asked[r["tender"]] = asked.get(r["tender"], 0) + r["amount_fen"]
    unit.record(
        "undo_deposit",
        author=signer.author,
        order_id=order_id,
        facts={"cash_fen": cash, "requested": asked, "reason": reason, "reserved": reserved},
        postings=postings(rows, row[1]),
    )
    return Undone(order_id, cash, tuple(sorted(asked.items())))


def _let_go(store: Store, order_id: str, status: OrderStatus, *, reserved: bool) -> None:
    wanted = OrderStatus.RESERVED if reserved else OrderStatus.RELEASED
    store.run(
        "UPDATE orders SET status = ? WHERE id = ?", (step("order", status, wanted), order_id)
    )
    if not reserved:
        released = step("order line", LineStatus.RESERVED, LineStatus.RELEASED)
        store.run(
            "UPDATE order_line SET status = ? WHERE order_id = ? AND status = ?",
            (released, order_id, LineStatus.RESERVED),
        )
        store.run(
            "UPDATE orders SET total_fen = (SELECT coalesce(sum(price_fen), 0) FROM order_line "
            "WHERE order_id = orders.id AND status <> 'released') WHERE id = ?",
            (order_id,),
        )


def send_back_late(unit: Unit, signer: Signer, order_id: str, due: Due, got: Received) -> Sale:
    """Inside a unit of work: money came for what was given up; it is on record, and goes back."""
    sale = finishing.write_down(unit, signer, order_id, due, got, desk=None, deposit=True)
    here = deposits(unit.store, order_id)
    late = unit.store.first("SELECT id FROM payment WHERE attempt_id = ?", (got.attempt_id,))
    parts = [part for part in here.parts if late and part.payment_id == late[0]] if here else []
    rows = pay_back(unit, signer, order_id, LATE, due.total.currency, parts)
    unit.record(
        "late_payment",
        author=signer.author,
        order_id=order_id,
        facts={"tender": got.tender, "amount_fen": got.amount_fen},
        postings=postings(rows, due.total.currency),
    )
    return sale


def pay_back(
    unit: Unit, signer: Signer, order_id: str, kind: str, currency: str, parts: Sequence[Deposit]
) -> list[dict[str, Any]]:
    """Inside a unit of work: the paybacks of what is here, each by the tender it came with."""
    act_id = new_id()
    rows = [
        payback_row(
            unit, signer, order_id, part.payment_id, part.tender, part.left_fen, currency, kind,
            act_id, place,
        )
        for place, part in enumerate(parts)
    ]  # fmt: skip
    unit.store.insert(Payback, rows)
    return rows


def payback_row(
    unit: Unit,
    signer: Signer,
    order_id: str,
    payment_id: str,
    tender: str,
    fen: int,
    currency: str,
    kind: str,
    act_id: str,
    place: int,
    approver_id: str | None = None,
    replaces: str | None = None,
) -> dict[str, Any]:
    """Money on its way back: out of the drawer at once, otherwise to be asked of who took it."""
    at_once = tender not in accounts.ASKED and tender != accounts.TRANSFER
    status = PaybackStatus.ARRIVED if at_once else PaybackStatus.CREATED
    made = unit.store.first(
        "SELECT count(*) FROM payback WHERE window_id = ? AND epoch = ?",
        (signer.window, signer.epoch),
    )
    count = int(made[0] if made else 0) + 1 + place
    return {
        "id": new_id(),
        "order_id": order_id,
        "payment_id": payment_id,
        "act_id": act_id,
        "kind": kind,
        "tender": tender,
        "number": new_number(signer.window, signer.epoch, count, "r"),
        "amount_fen": fen,
        "currency": currency,
        "status": status,
        "created_at": unit.at,
        "ended_at": unit.at if at_once else None,
        "window_id": signer.window,
        "epoch": signer.epoch,
        "shift_id": signer.shift_id,
        "operator_id": signer.operator_id,
        "approver_id": approver_id,
        "reference": "",
        "why": "",
        "replaces": replaces,
        "payee": None,
    }


def postings(rows: Sequence[dict[str, Any]], currency: str) -> list[Post]:
    """Deposits that leave: out of the drawer now, or owed until who took them has sent them."""
    posts = [Post(accounts.DEPOSITS, Money(row["amount_fen"], currency)) for row in rows]
    for row in rows:
        account = (
            accounts.REFUNDS_DUE if row["ended_at"] is None else accounts.account_of(row["tender"])
        )
        posts.append(Post(account, Money(-row["amount_fen"], currency)))
    return posts
