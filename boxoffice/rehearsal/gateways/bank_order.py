"""How the rehearsed bank reads orders (pain.001): by itself, not with what wrote them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from boxoffice.bank.message import Kind, open_message


@dataclass(frozen=True, slots=True)
class Order:
    """One transfer as the bank understood it; `fen` in hundredths of the currency."""

    number: str
    batch: str
    fen: int
    currency: str
    payer: str
    payee: str
    payee_account: str
    text: str


@dataclass(frozen=True, slots=True)
class OrderFile:
    """A file of orders; `trouble` is the ISO reason for which the bank takes none of it."""

    message: str
    version: str
    orders: tuple[Order, ...]
    trouble: str


def read_orders(file: str, raw: bytes) -> OrderFile:
    """Read a file of orders. Raises BadFile where it is none."""
    message = open_message(file, raw, {Kind.ORDERS})
    body = message.body
    orders = tuple(
        _order(info, entry) for info in _all(body, "PmtInf") for entry in _all(info, "CdtTrfTxInf")
    )
    head = _all(body, "GrpHdr")[0]
    trouble = "FF01" if message.warnings else ""
    if not trouble and not _sums_fit(head, orders):
        trouble = "AM10"
    return OrderFile(_text(head, "MsgId"), message.version, orders, trouble)


def _sums_fit(head: Any, orders: tuple[Order, ...]) -> bool:
    total = sum(order.fen for order in orders)
    return int(_text(head, "NbOfTxs")) == len(orders) and _fen(_text(head, "CtrlSum")) == total


def _order(info: Any, entry: Any) -> Order:
    amount = _all(_all(entry, "Amt")[0], "InstdAmt")[0]
    return Order(
        number=_text(entry, "PmtId", "EndToEndId"),
        batch=_text(info, "PmtInfId"),
        fen=_fen(amount.text),
        currency=amount.get("Ccy"),
        payer=_account(info, "DbtrAcct"),
        payee=_text(entry, "Cdtr", "Nm"),
        payee_account=_account(entry, "CdtrAcct"),
        text=" ".join(
            said
            for said in (
                _text(entry, "RmtInf", "Ustrd"),
                _text(entry, "RmtInf", "Strd", "RfrdDocInf", "Nb"),
                _text(entry, "RmtInf", "Strd", "AddtlRmtInf"),
            )
            if said
        ),
    )


def _account(parent: Any, name: str) -> str:
    return _text(parent, name, "Id", "IBAN") or _text(parent, name, "Id", "Othr", "Id")


def _fen(text: str) -> int:
    return int(Decimal(text) * 100)


def _all(element: Any, name: str) -> list[Any]:
    return list(element.findall(f"{{*}}{name}"))


def _text(element: Any, *path: str) -> str:
    return str(element.findtext("/".join(f"{{*}}{name}" for name in path)) or "")
