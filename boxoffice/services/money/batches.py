"""Transfers that wait, ordered from the bank with one file: each of them once, ever.

What is in a batch is stored before its file is written; the same batch makes the same bytes again,
so a file that was lost is written anew and taken by the bank once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from boxoffice import clock
from boxoffice.bank.our_account import BankSettings
from boxoffice.bank.pain001 import write_orders
from boxoffice.bank.transfers import Batch, Orders, Transfer, check_one
from boxoffice.domain import accounts
from boxoffice.domain.gateway_numbers import new_number, to_a_bank
from boxoffice.domain.statuses import PaybackStatus
from boxoffice.errors import BadTransfer, HeldElsewhere
from boxoffice.records.settling import BankBatch, BankTransfer
from boxoffice.records.store import Row, Store
from boxoffice.services.money.books import Books
from boxoffice.services.money.replacing import unsealed

MOST_IN_ONE = 5_000
"""Transfers of one file; banks take 10,000 and more."""


@dataclass(frozen=True, slots=True)
class Written:
    """One file for the bank; `fen` minor units."""

    number: str
    count: int
    fen: int
    currency: str
    content: bytes
    again: bool = False
    """It was made before, and may have been written before."""


@dataclass(frozen=True, slots=True)
class Batched:
    """What came of a round."""

    files: tuple[Written, ...]
    left: tuple[str, ...] = ()
    """Numbers of orders whose transfer has to wait: their window has them in hand, or this bank
    takes no account or name like theirs."""


def make(here: Books, bank: BankSettings) -> Batched:
    """The files to send: of batches that were not written, then of all transfers that wait.

    Steps, each safe to repeat: every waiting transfer is marked as sent, at its order; those marked
    become one batch per currency at central; its file. Whoever wrote a file says `written`.
    Raises CentralUnreachable.
    """
    here.report()
    left = _mark(here, bank)
    here.report()
    unwritten: list[str] = here.read(lambda store: _unwritten(store, here.chain.window))
    fresh: list[str] = here.write(lambda store: _collect(store, here))
    numbers = [*unwritten, *fresh]
    files = [render(here, bank, number, again=number in unwritten) for number in numbers]
    return Batched(tuple(files), tuple(left))


def _mark(here: Books, bank: BankSettings) -> list[str]:
    waiting: list[Row] = here.read(
        lambda store: store.all(
            "SELECT b.id, b.order_id, coalesce(o.number, o.id), b.number, b.amount_fen, "
            "b.currency, b.payee FROM payback b JOIN orders o ON o.id = b.order_id "
            "WHERE b.tender = ? AND b.status = ? "
            "ORDER BY b.created_at, b.id",
            (accounts.TRANSFER, PaybackStatus.CREATED),
        )
    )
    left = []
    for payback_id, order_id, order, number, fen, currency, payee in waiting:
        to = unsealed(here.seal, payee)
        try:
            # Once it is in a batch it would keep all the others from being written.
            check_one(Transfer(to_a_bank(here.venue, number), fen, currency, to), bank.latin)
            here.move(payback_id, order_id, PaybackStatus.SENT)
        except (BadTransfer, HeldElsewhere):
            left.append(order)
    return left


def _unwritten(store: Store, window: int) -> list[str]:
    return [
        str(row[0])
        for row in store.all(
            "SELECT number FROM bank_batch WHERE written_at IS NULL AND window_id = ? "
            "ORDER BY made_at, number",
            (window,),
        )
    ]


def _collect(store: Store, here: Books) -> list[str]:
    """Inside a transaction at central: what is marked and in no batch yet."""
    found = store.all(
        "SELECT b.id, b.order_id, b.number, b.amount_fen, b.currency FROM payback b "
        "WHERE b.tender = ? AND b.status = ? AND NOT EXISTS "
        "(SELECT 1 FROM bank_transfer t WHERE t.payback_id = b.id) ORDER BY b.created_at, b.id",
        (accounts.TRANSFER, PaybackStatus.SENT),
    )
    at = clock.now()
    chain = here.chain
    made = store.first("SELECT count(*) FROM bank_batch WHERE window_id = ?", (chain.window,))
    count = int(made[0]) if made else 0
    numbers = []
    for currency in sorted({row[4] for row in found}):
        listed = [row for row in found if row[4] == currency]
        for start in range(0, len(listed), MOST_IN_ONE):
            part = listed[start : start + MOST_IN_ONE]
            count += 1
            number = to_a_bank(here.venue, new_number(chain.window, chain.epoch, count, "b"))
            batch = {
                "number": number,
                "made_at": at,
                "execute_on": clock.venue(at).date().isoformat(),
                "currency": currency,
                "count": len(part),
                "amount_fen": sum(row[3] for row in part),
                "window_id": chain.window,
                "epoch": chain.epoch,
            }
            store.insert(BankBatch, [batch])
            store.insert(BankTransfer, [_transfer(here, number, row) for row in part])
            numbers.append(number)
    return numbers


def _transfer(here: Books, batch: str, row: tuple[str, str, str, int, str]) -> dict[str, object]:
    payback_id, order_id, number, fen, currency = row
    return {
        "number": to_a_bank(here.venue, number),
        "payback_id": payback_id,
        "order_id": order_id,
        "batch": batch,
        "amount_fen": fen,
        "currency": currency,
        "answer": "",
        "reasons": "",
        "booked_reference": "",
        "returned_reference": "",
    }


def render(here: Books, bank: BankSettings, number: str, *, again: bool = True) -> Written:
    """The file of a batch: the same bytes whenever. Raises LookupError, CentralUnreachable."""
    head, rows = here.read(lambda store: _read(store, number))
    if head is None:
        raise LookupError(f"no batch {number}")
    made_at, execute_on, currency, count, fen = head
    listed = tuple(
        Transfer(end_to_end, amount, currency, unsealed(here.seal, payee), text)
        for end_to_end, amount, payee, text in rows
    )
    batch = Batch(number, bank.payer, date.fromisoformat(execute_on), listed)
    orders = Orders(
        number,
        clock.from_text(made_at),
        bank.payer.name,
        (batch,),
        version=bank.version,
        latin=bank.latin,
        structured=bank.structured,
    )
    return Written(number, count, fen, currency, write_orders(orders), again)


def _read(
    store: Store, number: str
) -> tuple[tuple[str, str, str, int, int] | None, list[tuple[str, int, str, str]]]:
    head = store.first(
        "SELECT made_at, execute_on, currency, count, amount_fen FROM bank_batch WHERE number = ?",
        (number,),
    )
    rows = store.all(
        "SELECT t.number, t.amount_fen, b.payee, coalesce(o.number, '') FROM bank_transfer t "
        "JOIN payback b ON b.id = t.payback_id JOIN orders o ON o.id = t.order_id "
        "WHERE t.batch = ? ORDER BY t.number",
        (number,),
    )
    return head, rows


def written(here: Books, number: str) -> None:
    """The file of a batch lies where it is fetched from. Raises CentralUnreachable."""
    stamp = clock.to_text(clock.now())
    touched: int = here.write(
        lambda store: store.run(
            "UPDATE bank_batch SET written_at = ? WHERE number = ? AND written_at IS NULL",
            (stamp, number),
        )
    )
    if touched:
        here.note("bank_batch", {"batch": number})
