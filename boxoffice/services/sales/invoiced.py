"""The tax invoice of an order follows what was paid for it: lowered, asked for anew, or a red one
over what came back after it went out."""

from __future__ import annotations

from typing import Any

from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import InvoiceStatus, step
from boxoffice.queries.invoices import BLUE, LIVE, RED, payable
from boxoffice.records.invoices import Invoice
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Unit

_SAID = ("title_sealed", "tax_sealed", "mail_sealed", "phone_sealed")
"""What the customer said, sealed."""


def follow(unit: Unit, order_id: str) -> None:
    """In the unit of work of a return or an exchange, before its entry.

    One that is not filed yet is lowered, dropped, or asked for anew over more; of one that went out
    a red one is asked for, over what came back now. More that is paid after that is not invoiced.
    """
    store = unit.store
    found = store.first(
        f"SELECT id, status, amount_fen, currency FROM invoice WHERE order_id = ? AND {LIVE}",
        (order_id,),
    )
    if found is None:
        return
    blue, status, amount, currency = found[0], InvoiceStatus(found[1]), int(found[2]), found[3]
    left = max(payable(store, order_id), 0)
    if status is not InvoiceStatus.WANTED:
        too_much = amount - taken_back(store, blue) - left
        if too_much > 0:
            red = row(unit, None, order_id, RED, blue, too_much, currency)
            store.insert(Invoice, [red])
    elif 0 < left < amount:
        store.run("UPDATE invoice SET amount_fen = ? WHERE id = ?", (left, blue))
    elif left != amount:
        dropped = step("invoice", status, InvoiceStatus.DROPPED)
        store.run("UPDATE invoice SET status = ? WHERE id = ?", (dropped, blue))
        if left:
            _anew(unit, order_id, blue, left, currency)


def _anew(unit: Unit, order_id: str, before: str, amount: int, currency: str) -> None:
    """The same over more: an amount is only ever lowered, so that central can see to it."""
    said = unit.store.first(f"SELECT {', '.join(_SAID)} FROM invoice WHERE id = ?", (before,))
    assert said is not None
    one = row(unit, None, order_id, BLUE, None, amount, currency)
    unit.store.insert(Invoice, [one | dict(zip(_SAID, said, strict=True))])


def taken_back(store: Store, blue: str) -> int:
    """What red ones take back of an invoice (fen), whether they went out already or not."""
    found = store.first(
        "SELECT coalesce(sum(amount_fen), 0) FROM invoice "
        "WHERE original_id = ? AND status <> 'dropped'",
        (blue,),
    )
    return int(found[0]) if found else 0


def behind(store: Store) -> list[str]:
    """Orders invoiced over more than what is payable now."""
    return [
        str(order_id)
        for order_id, blue, amount in store.all(
            f"SELECT order_id, id, amount_fen FROM invoice WHERE {LIVE} ORDER BY created_at, id"
        )
        if amount - taken_back(store, blue) > max(payable(store, order_id), 0)
    ]


def drop_reds(store: Store, blue: str) -> None:
    """The platform refused an invoice: there is nothing to be taken back of it."""
    store.run(
        "UPDATE invoice SET status = ? WHERE original_id = ? AND status = ?",
        (InvoiceStatus.DROPPED, blue, InvoiceStatus.WANTED),
    )


def row(
    unit: Unit,
    operator: str | None,
    order_id: str,
    kind: str,
    original: str | None,
    amount: int,
    currency: str,
) -> dict[str, Any]:
    """One that is asked for now, without what the customer said."""
    return {
        "id": new_id(),
        "order_id": order_id,
        "kind": kind,
        "original_id": original,
        "amount_fen": amount,
        "currency": currency,
        **dict.fromkeys(_SAID, ""),
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
