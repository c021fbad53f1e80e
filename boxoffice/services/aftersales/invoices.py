"""Tax invoices of orders: asked for once, lowered or taken back in part as tickets come back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from boxoffice.desk import Desk, Right
from boxoffice.domain.statuses import InvoiceStatus
from boxoffice.domain.tax_numbers import tax_number
from boxoffice.errors import BadContact, BadInvoice, NoInvoice
from boxoffice.notices.addresses import mail_address, mobile_number
from boxoffice.queries.invoices import BLUE, payable, why_none
from boxoffice.records.invoices import Invoice
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author, Unit
from boxoffice.services.office import Office
from boxoffice.services.sales import invoiced
from boxoffice.services.sales.order_acts import change_order
from boxoffice.services.telling.contacts import reach

LEAST_TITLE, MOST_TITLE = 2, 100
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_FORMULA = ("=", "+", "-", "@")
"""A title that begins so is a formula to a spreadsheet; no name does."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a customer wants on a tax invoice; a person has no tax number."""

    title: str = field(repr=False)
    tax_number: str = field(default="", repr=False)
    mail: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    as_noted: bool = False
    """Deliver it where the customer of the order is written to anyway."""


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
        store, seal = unit.store, office.seal
        why = why_none(store, order_id)
        if why:
            raise NoInvoice(why=why)
        amount = payable(store, order_id)
        head = store.first("SELECT currency FROM orders WHERE id = ?", (order_id,))
        assert head is not None  # else it would not be paid up
        there = _addressed(store, office, order_id, checked)
        row = invoiced.row(unit, desk.operator.id, order_id, BLUE, None, amount, head[0]) | {
            "title_sealed": seal.seal(there.title),
            "tax_sealed": seal.seal(there.tax_number),
            "mail_sealed": seal.seal(there.mail),
            "phone_sealed": seal.seal(there.phone),
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
    return Wanted(title, number, mail, phone, wanted.as_noted)


def _addressed(store: Store, office: Office, order_id: str, wanted: Wanted) -> Wanted:
    """With the addresses of the order's customer where it goes there."""
    if not wanted.as_noted:
        return wanted
    found = reach(store, office.seal, order_id, office.settings.language)
    return replace(wanted, mail=found.mail, phone=found.phone)


def topics(order_id: str) -> list[str]:
    """What a change of an invoice touches."""
    return [f"order:{order_id}", "orders", "invoices"]
