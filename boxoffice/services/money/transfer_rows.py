"""Transfers as central knows them: what the bank said of each, and what was booked."""

from __future__ import annotations

from dataclasses import dataclass, fields

from boxoffice.domain.money import Money
from boxoffice.domain.statuses import PaybackStatus
from boxoffice.records.store import Row, Store


@dataclass(frozen=True, slots=True)
class TransferRow:
    """One transfer; `status` is that of its payback."""

    number: str
    payback_id: str
    order_id: str
    order_number: str
    batch: str
    fen: int
    currency: str
    answer: str
    booked_on: str | None
    booked_reference: str
    returned_on: str | None
    returned_reference: str
    status: PaybackStatus
    replaced: bool

    @property
    def amount(self) -> Money:
        return Money(self.fen, self.currency)


_PLAIN = tuple(field.name for field in fields(TransferRow))[:-2]
_SQL = (
    "SELECT t.number, t.payback_id, t.order_id, coalesce(o.number, ''), t.batch, t.amount_fen, "
    "t.currency, t.answer, t.booked_on, t.booked_reference, t.returned_on, t.returned_reference, "
    "b.status, EXISTS (SELECT 1 FROM payback n WHERE n.replaces = b.id) FROM bank_transfer t "
    "JOIN payback b ON b.id = t.payback_id JOIN orders o ON o.id = t.order_id "
)


def transfers(
    store: Store, *, batch: str | None = None, number: str | None = None
) -> dict[str, TransferRow]:
    """All by number, or those of a batch, or the one named."""
    column, value = ("t.batch", batch) if number is None else ("t.number", number)
    where = "" if value is None else f"WHERE {column} = ? "
    rows = store.all(_SQL + where + "ORDER BY t.number", () if value is None else (value,))
    return {str(row[0]): _transfer(row) for row in rows}


def _transfer(row: Row) -> TransferRow:
    *plain, status, replaced = row
    made = dict(zip(_PLAIN, plain, strict=True))
    return TransferRow(**made, status=PaybackStatus(status), replaced=bool(replaced))


def batch_amounts(store: Store) -> dict[str, Money]:
    """What each batch came to."""
    rows = store.all("SELECT number, amount_fen, currency FROM bank_batch")
    return {row[0]: Money(row[1], row[2]) for row in rows}


def note_answer(store: Store, number: str, answer: str, reasons: str) -> bool:
    """Inside a transaction at central; answers whether it is news."""
    return bool(
        store.run(
            "UPDATE bank_transfer SET answer = ?, reasons = ? WHERE number = ? "
            "AND (answer <> ? OR reasons <> ?)",
            (answer, reasons, number, answer, reasons),
        )
    )


def note_booked(store: Store, number: str, day: str, reference: str) -> None:
    """Inside a transaction at central: it left; the first booking counts."""
    store.run(
        "UPDATE bank_transfer SET booked_on = ?, booked_reference = ? WHERE number = ? "
        "AND booked_on IS NULL",
        (day, reference, number),
    )


def note_returned(store: Store, number: str, day: str, reference: str, reasons: str) -> None:
    """Inside a transaction at central: it came back."""
    store.run(
        "UPDATE bank_transfer SET returned_on = ?, returned_reference = ?, reasons = ? "
        "WHERE number = ? AND returned_on IS NULL",
        (day, reference, reasons, number),
    )
