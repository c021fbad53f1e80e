"""Where the tax invoice of an order stands: what can be invoiced, and what was asked for before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from boxoffice import clock
from boxoffice.domain.accounts import COMPLIMENTARY, EXCHANGE
from boxoffice.domain.masking import mask_name, mask_phone
from boxoffice.domain.statuses import InvoiceStatus, OrderStatus
from boxoffice.notices.addresses import mask_mail
from boxoffice.records.personal import Seal
from boxoffice.records.store import Store

BLUE, RED = "blue", "red"
LIVE = "kind = 'blue' AND status NOT IN ('refused', 'dropped')"
"""Of an order there is at most one such."""
FILE_ACT = "invoice_file"
"""In the journal: that a file for the platform was written, with its `batch` and its `requests`."""
_BATCH = re.compile(r"(invoices-[0-9]+-[0-9]+-)[0-9]{8}-[0-9]{6}-[0-9a-f]{6}")
_OURS = f"tender NOT LIKE 'channel:%' AND tender <> '{COMPLIMENTARY}'"


@dataclass(frozen=True, slots=True)
class InvoiceView:
    """A tax invoice, or a red one, as a screen may show it; amount in fen.

    A company's title is shown, a person's name is masked, and so is where it is delivered.
    """

    id: str
    kind: str
    status: InvoiceStatus
    amount_fen: int
    title: str = field(repr=False)
    company: bool
    delivery: tuple[str, ...] = field(repr=False)
    number: str
    issued_on: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What may be asked for now, and what was: the oldest first. Amounts in fen."""

    payable_fen: int
    why: str
    """Why none can be asked for, a word of NoInvoice; "" where one can."""
    invoices: tuple[InvoiceView, ...]


def file_of(batch: str) -> str:
    """With what the names of all files of a window and epoch begin; "" for what is no such name.

    Behind that they are in the order in which they were made.
    """
    found = _BATCH.fullmatch(batch)
    return found[1] if found else ""


def payable(store: Store, order_id: str) -> int:
    """What is to be invoiced of an order (fen): what was paid here less all that went back, or is
    on its way back; fees that were kept are part of it.

    What a sales channel took, that channel invoices; of what was free there is nothing.
    """
    found = store.first(
        "SELECT (SELECT coalesce(sum(amount_fen), 0) FROM payment "
        f"WHERE order_id = ? AND {_OURS}) "
        # One payback replaces another: the first of each row of them is the sum that is owed.
        "- (SELECT coalesce(sum(b.amount_fen), 0) FROM payback b JOIN payment p "
        "ON p.id = b.payment_id WHERE b.order_id = ? AND b.replaces IS NULL "
        # What a channel took and an exchange carried over is the channel's to invoice still.
        f"AND (b.tender = '{EXCHANGE}' OR p.{_OURS.replace(' tender ', ' p.tender ')})) "
        "- (SELECT coalesce(sum(amount_fen), 0) FROM refund "
        f"WHERE order_id = ? AND act_id IS NULL AND {_OURS})",
        (order_id, order_id, order_id),
    )
    return int(found[0]) if found else 0


def why_none(store: Store, order_id: str) -> str:
    """Why no tax invoice of an order can be asked for (a word of NoInvoice); "" where one can."""
    head = store.first("SELECT status FROM orders WHERE id = ?", (order_id,))
    if head is None or head[0] not in (OrderStatus.PAID, OrderStatus.RETURNED):
        return "not_paid_up"
    if store.first(f"SELECT 1 FROM invoice WHERE order_id = ? AND {LIVE}", (order_id,)):
        return "invoiced"
    if payable(store, order_id) > 0:
        return ""
    channel = store.first(
        "SELECT 1 FROM payment WHERE order_id = ? AND tender LIKE 'channel:%'", (order_id,)
    )
    return "by_channel" if channel else "nothing_paid"


def standing(store: Store, seal: Seal, order_id: str) -> Standing:
    """Where the tax invoice of an order stands."""
    why = why_none(store, order_id)
    left = max(payable(store, order_id), 0)
    return Standing(left, why, tuple(_views(store, seal, "i.order_id = ?", order_id)))


def _views(store: Store, seal: Seal, where: str, *params: str) -> list[InvoiceView]:
    """A red one has title and addresses of its original."""
    made = []
    for row in store.all(
        "SELECT i.id, i.kind, i.status, i.amount_fen, coalesce(b.title_sealed, i.title_sealed), "
        "coalesce(b.tax_sealed, i.tax_sealed), coalesce(b.mail_sealed, i.mail_sealed), "
        "coalesce(b.phone_sealed, i.phone_sealed), i.number, i.issued_on, i.reason, i.created_at "
        "FROM invoice i LEFT JOIN invoice b ON b.id = i.original_id "
        f"WHERE {where} ORDER BY i.created_at, i.id",
        params,
    ):
        title, tax, mail, phone = (seal.open(one) for one in row[4:8])
        delivery = (mask_mail(mail) if mail else "", mask_phone(phone) if phone else "")
        made.append(
            InvoiceView(
                id=row[0],
                kind=row[1],
                status=InvoiceStatus(row[2]),
                amount_fen=row[3],
                title=title if tax else mask_name(title),
                company=bool(tax),
                delivery=tuple(one for one in delivery if one),
                number=row[8],
                issued_on=row[9],
                reason=row[10],
                at=clock.from_text(row[11]),
            )
        )
    return made


def unwritten(store: Store, whose: str) -> list[str]:
    """Files of a window (as `file_of` says) that were never written, the oldest first."""
    return [
        str(row[0])
        for row in store.all(
            "SELECT DISTINCT batch FROM invoice WHERE batch LIKE ? AND NOT EXISTS "
            "(SELECT 1 FROM journal j WHERE j.act = ? AND j.facts LIKE '%\"' || batch || '\"%') "
            "ORDER BY batch",
            (f"{whose}%", FILE_ACT),
        )
    ]


@dataclass(frozen=True, slots=True)
class Listed:
    """An invoice, its order and the file it went out in; "" while it is in none."""

    order: str
    batch: str
    invoice: InvoiceView


def listed(store: Store, seal: Seal, status: InvoiceStatus | None = None) -> list[Listed]:
    """All invoices, or those that stand there, the oldest first."""
    where, params = ("1 = 1", ()) if status is None else ("i.status = ?", (status.value,))
    about = {
        row[0]: (row[1], row[2])
        for row in store.all(
            "SELECT i.id, coalesce(o.number, o.id), coalesce(i.batch, '') FROM invoice i "
            f"JOIN orders o ON o.id = i.order_id WHERE {where}",
            params,
        )
    }
    return [Listed(*about[one.id], one) for one in _views(store, seal, where, *params)]
