"""Tax invoices go to the invoice platform in files, and what became of them comes back in files.

Steps of a file, each safe to repeat: every request is marked with the name of its file, one unit
of work per order; then the file is written from the records, and can be written again from them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from boxoffice import clock
from boxoffice.desk import Desk, Right
from boxoffice.domain.ids import new_id
from boxoffice.domain.money import FEN_PER_YUAN
from boxoffice.domain.statuses import InvoiceStatus, step
from boxoffice.errors import (
    BadInvoiceFile,
    CentralUnreachable,
    DiskTrouble,
    HeldElsewhere,
    WrongStatus,
)
from boxoffice.exchange import invoice_file
from boxoffice.exchange.invoice_file import Request, Said
from boxoffice.queries.invoices import BLUE, FILE_ACT, RED, unwritten
from boxoffice.records.personal import Seal
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author, Unit
from boxoffice.sentences.phrases import phrase
from boxoffice.services.aftersales import invoices
from boxoffice.services.aftersales.invoice_hands import Hands
from boxoffice.services.office import Office
from boxoffice.services.sales import invoiced
from boxoffice.services.sales.order_acts import change_order

_READY = (
    "status = 'wanted' AND (kind = 'blue' OR EXISTS (SELECT 1 FROM invoice b "
    "WHERE b.id = invoice.original_id AND b.status = 'issued'))"
)
"""A red one waits for the number of its original."""


_NOT_NOW = (HeldElsewhere, CentralUnreachable, WrongStatus)
"""Why an order cannot be changed now: another window has it, or money of it is on its way."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A file for the platform; orders `left_out` cannot be changed now: they come with the next."""

    batch: str
    """"" where there was nothing to file."""
    requests: int
    left_out: int
    again: tuple[str, ...] = ()
    """Files that were made before and had not been written."""


def file_all(*, hands: Hands, folder: Path) -> Filed:
    """Put all that is wanted into one file in a folder, named by its batch.

    No file is made where nothing is wanted; one that was not written before, by a crash or a disk
    that was full, is written first. Raises DiskTrouble.
    """
    whose = f"invoices-{hands.chain.window}-{hands.chain.epoch}-"
    before: list[str] = hands.read(lambda store: unwritten(store, whose))
    for name in before:
        write_again(hands=hands, batch=name, folder=folder)
    behind = hands.read(invoiced.behind)
    left_out = {order_id for order_id in behind if not _catch_up(hands, order_id)}
    wanted = hands.read(
        lambda store: store.all(
            f"SELECT order_id, id FROM invoice WHERE {_READY} ORDER BY created_at, id"
        )
    )
    at = clock.venue(clock.now())
    # Two files of one second must not share a name: the second would hold what the first did.
    batch = f"{whose}{at:%Y%m%d-%H%M%S}-{new_id()[-6:]}"
    done = 0
    for order_id, invoice_id in wanted:
        try:
            done += _mark(hands, order_id, invoice_id, batch)
        except _NOT_NOW:
            left_out.add(order_id)
    if done:
        write_again(hands=hands, batch=batch, folder=folder)
    return Filed(batch if done else "", done, len(left_out), tuple(before))


def _catch_up(hands: Hands, order_id: str) -> bool:
    """Bring the invoice of an order in line with what is payable; whether that could be done."""

    def act(unit: Unit) -> None:
        invoiced.follow(unit, order_id)
        unit.record("invoice", author=hands.author, order_id=order_id, facts={})

    try:
        hands.change(order_id, act)
    except _NOT_NOW:
        return False
    return True


def _mark(hands: Hands, order_id: str, invoice_id: str, batch: str) -> bool:
    marked: list[str] = []

    def act(unit: Unit) -> None:
        # Asked again under custody: another window may have filed it since.
        found = unit.store.first(
            f"SELECT kind, amount_fen FROM invoice WHERE id = ? AND {_READY}", (invoice_id,)
        )
        if found is None:
            return
        status = step("invoice", InvoiceStatus.WANTED, InvoiceStatus.FILED)
        unit.store.run(
            "UPDATE invoice SET status = ?, batch = ? WHERE id = ?", (status, batch, invoice_id)
        )
        unit.record(
            "invoice",
            author=hands.author,
            order_id=order_id,
            facts={"status": status.value, "kind": found[0], "amount_fen": found[1]},
        )
        marked.append(invoice_id)

    hands.change(order_id, act)
    return bool(marked)


def write_again(*, hands: Hands, batch: str, folder: Path) -> Path:
    """Write the file of a batch as it was, 0600. Raises LookupError for one that is not known,
    DiskTrouble."""
    requests: list[Request] = hands.read(lambda store: _requests(store, hands.seal, batch))
    if not requests:
        raise LookupError(batch)
    path = folder / f"{batch}.csv"
    beside = path.with_suffix(".new")
    try:
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(invoice_file.write(requests))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise DiskTrouble(file=str(path), why=error.strerror or "") from error
    hands.note(FILE_ACT, {"batch": batch, "requests": len(requests)})
    return path


def _requests(store: Store, seal: Seal, batch: str) -> list[Request]:
    return [
        Request(
            request=row[0],
            kind=row[1],
            original_request=row[2] or "",
            original_number=row[3] or "",
            order=row[4] or "",
            title=seal.open(row[5]),
            tax_number=seal.open(row[6]),
            amount=_yuan(row[7] if row[1] == BLUE else -row[7]),
            currency=row[8],
            mail=seal.open(row[9]),
            phone=seal.open(row[10]),
            asked_at=f"{clock.venue(clock.from_text(row[11])):%Y-%m-%d %H:%M:%S}",
        )
        for row in store.all(
            "SELECT i.id, i.kind, i.original_id, b.number, o.number, "
            "coalesce(b.title_sealed, i.title_sealed), coalesce(b.tax_sealed, i.tax_sealed), "
            "i.amount_fen, i.currency, coalesce(b.mail_sealed, i.mail_sealed), "
            "coalesce(b.phone_sealed, i.phone_sealed), i.created_at "
            "FROM invoice i JOIN orders o ON o.id = i.order_id "
            "LEFT JOIN invoice b ON b.id = i.original_id WHERE i.batch = ? "
            "ORDER BY i.created_at, i.id",
            (batch,),
        )
    ]


def _yuan(fen: int) -> str:
    """Without thousands: a figure that programs read."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{sign}{yuan}.{rest:02d}"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a file of the platform changed; `known` was so already."""

    issued: int = 0
    refused: int = 0
    known: int = 0
    left_out: int = 0
    """Of orders that cannot be changed now: take the file in again later."""


def take_in(*, hands: Hands, raw: bytes, name: str) -> TakenIn:
    """Take in what became of our requests; the same file again changes nothing.

    Raises BadInvoiceFile where any line is wrong, is none of ours or contradicts what is known:
    then nothing was taken in.
    """
    said = invoice_file.read(raw, name)
    orders: dict[str, str] = hands.read(lambda store: _orders_of(store, said, name))
    counts = {"issued": 0, "refused": 0, "known": 0, "left_out": 0}
    for one in said:
        try:
            counts[_settle(hands, orders[one.request], one, name)] += 1
        except _NOT_NOW:
            counts["left_out"] += 1
    return TakenIn(**counts)


def _orders_of(store: Store, said: tuple[Said, ...], name: str) -> dict[str, str]:
    """The order of each request, with every line looked at before the first is taken in."""
    found: dict[str, str] = {}
    numbers: set[str] = set()
    for one in said:
        row = store.first("SELECT order_id FROM invoice WHERE id = ?", (one.request,))
        if row is None:
            raise BadInvoiceFile(file=name, line=one.line, why=phrase("request_unknown"))
        _refuse_contradiction(store, one, name)
        if one.number and one.number in numbers:
            why = phrase("number_twice", number=one.number)
            raise BadInvoiceFile(file=name, line=one.line, why=why)
        numbers.add(one.number)
        found[one.request] = str(row[0])
    return found


def _refuse_contradiction(store: Store, one: Said, name: str) -> InvoiceStatus:
    """The status a request has now. Raises BadInvoiceFile where a line does not go with it."""

    def refuse(why: str) -> BadInvoiceFile:
        return BadInvoiceFile(file=name, line=one.line, why=why)

    row = store.first("SELECT status, number FROM invoice WHERE id = ?", (one.request,))
    status = InvoiceStatus(row[0]) if row else InvoiceStatus.WANTED
    if status in (InvoiceStatus.WANTED, InvoiceStatus.DROPPED):
        raise refuse(phrase("not_filed"))
    if row and row[1] and one.number != row[1]:
        raise refuse(phrase("issued_before", number=row[1]))
    if status is InvoiceStatus.REFUSED and one.issued:
        raise refuse(phrase("refused_before"))
    other = store.first(
        "SELECT 1 FROM invoice WHERE number = ? AND number <> '' AND id <> ?",
        (one.number, one.request),
    )
    if other is not None:
        raise refuse(phrase("number_taken", number=one.number))
    return status


def _settle(hands: Hands, order_id: str, one: Said, name: str) -> str:
    outcome: list[str] = []

    def act(unit: Unit) -> None:
        status = _refuse_contradiction(unit.store, one, name)
        if status is not InvoiceStatus.FILED:
            outcome[:] = ["known"]
            return
        wanted = InvoiceStatus.ISSUED if one.issued else InvoiceStatus.REFUSED
        unit.store.run(
            "UPDATE invoice SET status = ?, number = ?, issued_on = ?, reason = ? WHERE id = ?",
            (
                step("invoice", status, wanted),
                one.number,
                one.issued_on,
                one.reason,
                one.request,
            ),
        )
        found = unit.store.first("SELECT kind FROM invoice WHERE id = ?", (one.request,))
        kind = found[0] if found else BLUE
        if kind == BLUE and not one.issued:
            invoiced.drop_reds(unit.store, one.request)
        unit.record(
            "invoice",
            author=hands.author,
            order_id=order_id,
            facts={"status": wanted.value, "kind": kind, "number": one.number},
        )
        outcome[:] = [wanted.value]

    hands.change(order_id, act)
    return outcome[0]


def want_again(*, office: Office, desk: Desk, order_id: str, invoice_id: str) -> None:
    """A red one that the platform refused goes into the next file. Raises WrongStatus for any
    other: an invoice that was refused is asked for anew, with what was wrong put right."""
    desk.require(Right.APPROVE)

    def act(unit: Unit) -> None:
        found = unit.store.first(
            "SELECT status FROM invoice WHERE id = ? AND order_id = ? AND kind = ?",
            (invoice_id, order_id, RED),
        )
        if found is None:
            raise LookupError(invoice_id)
        status = step("invoice", InvoiceStatus(found[0]), InvoiceStatus.WANTED)
        unit.store.run(
            "UPDATE invoice SET status = ?, batch = NULL WHERE id = ?", (status, invoice_id)
        )
        unit.record(
            "invoice",
            author=Author(desk.operator.id, desk.shift_id),
            order_id=order_id,
            facts={"status": status.value, "kind": RED},
        )

    change_order(office, order_id, act, invoices.topics(order_id))
