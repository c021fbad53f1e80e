"""Tax invoices of orders: asked for once, lowered or taken back in part as tickets come back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from boxoffice.desk import Desk, Right
from boxoffice.domain.accounts import COMPLIMENTARY, EXCHANGE
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import InvoiceStatus, OrderStatus, step
from boxoffice.domain.tax_numbers import tax_number
from boxoffice.errors import BadContact, BadInvoice, NoInvoice
from boxoffice.notices.addresses import mail_address, mobile_number
from boxoffice.records.invoices import Invoice
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author, Unit
from boxoffice.services.office import Office
from boxoffice.services.sales.order_acts import change_order

BLUE, RED = "blue", "red"
LEAST_TITLE, MOST_TITLE = 2, 100
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_FORMULA = ("=", "+", "-", "@")
"""A title that begins so is a formula to a spreadsheet; no name does."""
_LIVE = "kind = 'blue' AND status NOT IN ('refused', 'dropped')"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a customer wants on a tax invoice; a person has no tax number."""

    title: str
    tax_number: str = ""
    mail: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """An invoice that was asked for; amount in fen."""

    id: str
    amount_fen: int


def ask(*, office: Office, desk: Desk, order_id: str, wanted: Wanted) -> Asked:
    """Ask for the tax invoice of an order: over what was paid less what went back.

    Once per order, unless the platform refused it. Raises NoInvoice with the reason, BadInvoice,
    BadContact or what `change_order` raises; then nothing was changed.
    """
    desk.require(Right.SELL)
    checked = _checked(wanted)
    answer: list[Asked] = []

    def act(unit: Unit) -> None:
        head = unit.store.first("SELECT status, currency FROM orders WHERE id = ?", (order_id,))
        if head is None or head[0] not in (OrderStatus.PAID, OrderStatus.RETURNED):
            raise NoInvoice(why="not_paid_up")
        if unit.store.first(f"SELECT 1 FROM invoice WHERE order_id = ? AND {_LIVE}", (order_id,)):
            raise NoInvoice(why="invoiced")
        amount = payable(unit.store, order_id)
        if amount <= 0:
            raise NoInvoice(why="by_channel" if _channel(unit.store, order_id) else "nothing_paid")
        seal = office.seal
        row = _row(unit, desk.operator.id, order_id, BLUE, None, amount, head[1]) | {
            "title_sealed": seal.seal(checked.title),
            "tax_sealed": seal.seal(checked.tax_number),
            "mail_sealed": seal.seal(checked.mail),
            "phone_sealed": seal.seal(checked.phone),
        }
        unit.store.insert(Invoice, [row])
        unit.record(
            "invoice",
            author=Author(desk.operator.id, desk.shift_id),
            order_id=order_id,
            facts={"status": InvoiceStatus.WANTED.value, "amount_fen": amount},
        )
        answer[:] = [Asked(row["id"], amount)]

    change_order(office, order_id, act, topics(order_id))
    return answer[0]


def _checked(wanted: Wanted) -> Wanted:
    title, number, mail, phone = (
        one.strip() for one in (wanted.title, wanted.tax_number, wanted.mail, wanted.phone)
    )
    if not LEAST_TITLE <= len(title) <= MOST_TITLE:
        raise BadInvoice(why="invoice_title")
    if _UNSEEN.search(title) or title.startswith(_FORMULA):
        raise BadInvoice(why="invoice_title")
    try:
        number = tax_number(number) if number else ""
    except ValueError:
        raise BadInvoice(why="tax_number") from None
    try:
        mail = mail_address(mail) if mail else ""
    except ValueError:
        raise BadContact(why="mail_address") from None
    try:
        phone = mobile_number(phone) if phone else ""
    except ValueError:
        raise BadContact(why="mobile_number") from None
    return Wanted(title, number, mail, phone)


def payable(store: Store, order_id: str) -> int:
    """What is to be invoiced of an order (fen): what was paid here less all that went back, or is
    on its way back; fees that were kept are part of it.

    What a sales channel took, that channel invoices; of what was free there is nothing.
    """
    ours = f"tender NOT LIKE 'channel:%' AND tender <> '{COMPLIMENTARY}'"
    found = store.first(
        "SELECT (SELECT coalesce(sum(amount_fen), 0) FROM payment "
        f"WHERE order_id = ? AND {ours}) "
        # One payback replaces another: the first of each row of them is the sum that is owed.
        "- (SELECT coalesce(sum(b.amount_fen), 0) FROM payback b JOIN payment p "
        "ON p.id = b.payment_id WHERE b.order_id = ? AND b.replaces IS NULL "
        # What a channel took and an exchange carried over is the channel's to invoice still.
        f"AND (b.tender = '{EXCHANGE}' OR p.{ours.replace(' tender ', ' p.tender ')})) "
        "- (SELECT coalesce(sum(amount_fen), 0) FROM refund "
        f"WHERE order_id = ? AND act_id IS NULL AND {ours})",
        (order_id, order_id, order_id),
    )
    return int(found[0]) if found else 0


def _channel(store: Store, order_id: str) -> bool:
    sql = "SELECT 1 FROM payment WHERE order_id = ? AND tender LIKE 'channel:%'"
    return store.first(sql, (order_id,)) is not None


def follow_return(unit: Unit, order_id: str) -> None:
    """In the unit of work of a return, before its entry: the invoice follows what was paid.

    One that is not filed yet is lowered, or dropped; of one that went out a red one is asked for,
    over what came back now.
    """
    store = unit.store
    found = store.first(
        f"SELECT id, status, amount_fen, currency FROM invoice WHERE order_id = ? AND {_LIVE}",
        (order_id,),
    )
    if found is None:
        return
    blue, status, amount, currency = found[0], InvoiceStatus(found[1]), int(found[2]), found[3]
    left = payable(store, order_id)
    if status is InvoiceStatus.WANTED:
        if left <= 0:
            dropped = step("invoice", status, InvoiceStatus.DROPPED)
            store.run("UPDATE invoice SET status = ? WHERE id = ?", (dropped, blue))
        elif left < amount:
            store.run("UPDATE invoice SET amount_fen = ? WHERE id = ?", (left, blue))
        return
    too_much = amount - _taken_back(store, blue) - max(left, 0)
    if too_much > 0:
        red = _row(unit, None, order_id, RED, blue, too_much, currency)
        store.insert(Invoice, [red])


def _taken_back(store: Store, blue: str) -> int:
    found = store.first(
        "SELECT coalesce(sum(amount_fen), 0) FROM invoice "
        "WHERE original_id = ? AND status <> 'dropped'",
        (blue,),
    )
    return int(found[0]) if found else 0


def behind(store: Store) -> list[str]:
    """Orders invoiced over more than what is payable now: an exchange gave money back, say."""
    return [
        str(order_id)
        for order_id, blue, amount in store.all(
            f"SELECT order_id, id, amount_fen FROM invoice WHERE {_LIVE} ORDER BY created_at, id"
        )
        if amount - _taken_back(store, blue) > max(payable(store, order_id), 0)
    ]


def drop_reds(store: Store, blue: str) -> None:
    """The platform refused an invoice: there is nothing to be taken back of it."""
    store.run(
        "UPDATE invoice SET status = ? WHERE original_id = ? AND status = ?",
        (InvoiceStatus.DROPPED, blue, InvoiceStatus.WANTED),
    )


def _row(
    unit: Unit,
    operator: str | None,
    order_id: str,
    kind: str,
    original: str | None,
    amount: int,
    currency: str,
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "order_id": order_id,
        "kind": kind,
        "original_id": original,
        "amount_fen": amount,
        "currency": currency,
        "title_sealed": "",
        "tax_sealed": "",
        "mail_sealed": "",
        "phone_sealed": "",
        "created_at": unit.at,
        "window_id": unit.chain.window,
        "epoch": unit.chain.epoch,
        "operator_id": operator,
        "status": InvoiceStatus.WANTED,
        "batch": None,
        "number": "",
        "issued_on": "",
        "reason": "",
    }


def topics(order_id: str) -> list[str]:
    """What a change of an invoice touches."""
    return [f"order:{order_id}", "orders", "invoices"]
