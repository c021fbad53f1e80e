"""Transfers we order from a bank, and the rules each must keep before it goes into a file.

Limits are those of ISO 20022 (Max35Text, Max140Text) narrowed to what banks take: names of 70
characters (SEPA implementation guidelines; Chinese banks allow more), 18 digits of amount with two
decimals of which SEPA takes 11.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime

from stdnum import iban

from boxoffice.errors import BadTransfer
from boxoffice.sentences.phrases import phrase

NAME_LENGTH = 70
TEXT_LENGTH = 140
MOST_FEN = 99_999_999_999
CURRENCIES = ("CNY", "EUR")

_NUMBER = re.compile(r"[A-Za-z0-9+?.,:()'-][A-Za-z0-9+?/.,:()' -]{0,34}", re.ASCII)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)
_ACCOUNT = re.compile(r"[A-Za-z0-9]{5,34}", re.ASCII)
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", re.ASCII)
_BANK_NUMBER = re.compile(r"\d{12}", re.ASCII)
_SEPA = re.compile(r"[^A-Za-z0-9/?:().,'+ -]", re.ASCII)
_LATIN = str.maketrans(
    {"ß": "ss", "Æ": "AE", "æ": "ae", "Ø": "O", "ø": "o", "Œ": "OE", "œ": "oe", "Ł": "L"}
    | {"ł": "l", "Đ": "D", "đ": "d", "Þ": "Th", "þ": "th", "ı": "i", "&": "+", "_": "-"}
    | {"’": "'", "‘": "'", "–": "-", "—": "-", "·": " "}
)


@dataclass(frozen=True, slots=True)
class Account:
    """An account at a bank, with the name it is held under. Personal data: not for logs."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    """An IBAN, or the plain number of an account."""
    bic: str = ""
    bank_number: str = ""
    """The 12 digits of a bank in China (CNAPS)."""

    @property
    def is_iban(self) -> bool:
        return bool(_IBAN.fullmatch(plain(self.number)))


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money that goes back by transfer. `number` is ours, of this try alone, and goes to the bank
    as EndToEndId; `fen` are hundredths of the currency."""

    number: str
    fen: int
    currency: str
    to: Account
    text: str = ""
    """What the payee reads, as the number of the order."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Transfers from one account of ours, booked together or one by one."""

    number: str
    """Ours, of at most 35 characters (PmtInfId)."""
    payer: Account
    execute_on: date
    transfers: tuple[Transfer, ...]
    booked_as_one: bool = False
    """One booking for all of them: then nobody sees which one was booked."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What goes into one file."""

    number: str
    """Ours, of at most 35 characters (MsgId); a bank takes the same one once."""
    made_at: datetime
    initiator: str
    batches: tuple[Batch, ...]
    version: str = "pain.001.001.09"
    latin: bool = False
    """The bank takes the letters of SEPA only: accents are dropped, other scripts refused."""
    structured: bool = True
    """The order's number goes as a document reference, not in free text. Some banks take only
    free text, as does SEPA for anything but an ISO 11649 reference."""


def plain(account: str) -> str:
    """An account number without the spaces it is written with."""
    return "".join(account.split()).upper()


def cleaned(text: str, latin: bool, length: int) -> str:
    """A text as a bank takes it: one line, no control or hidden characters, at most `length`."""
    if latin:
        apart = unicodedata.normalize("NFKD", text.translate(_LATIN))
        text = _SEPA.sub(" ", "".join(c for c in apart if not unicodedata.combining(c)))
        # SEPA: no slash at either end, and no two in a row.
        text = re.sub(r"/{2,}", "/", text).strip("/ ")
    seen = "".join(" " if c.isspace() else c for c in unicodedata.normalize("NFC", text))
    kept = (c for c in seen if unicodedata.category(c)[0] != "C")
    return " ".join("".join(kept).split())[:length].rstrip()


def check(orders: Orders) -> None:
    """Raises BadTransfer for the first transfer, batch or file that no bank would take."""
    if not orders.batches or not all(batch.transfers for batch in orders.batches):
        raise BadTransfer(number=orders.number, why=phrase("transfer_none"))
    _check_number(orders.number)
    seen: set[str] = set()
    for batch in orders.batches:
        _once(batch.number, seen)
        _check_account(batch.number, batch.payer, orders.latin)
    seen = set()
    for transfer in (t for batch in orders.batches for t in batch.transfers):
        _once(transfer.number, seen)
        check_one(transfer, orders.latin)


def check_one(transfer: Transfer, latin: bool = False) -> None:
    """Raises BadTransfer for one that no bank would take."""
    _check_number(transfer.number)
    _check_amount(transfer)
    _check_account(transfer.number, transfer.to, latin)


def _once(number: str, seen: set[str]) -> None:
    _check_number(number)
    if number in seen:
        raise BadTransfer(number=number, why=phrase("transfer_twice"))
    seen.add(number)


def _check_number(number: str) -> None:
    if not _NUMBER.fullmatch(number) or "//" in number or number != number.strip():
        raise BadTransfer(number=number[:40], why=phrase("transfer_number"))
    if number.endswith("/"):
        raise BadTransfer(number=number, why=phrase("transfer_number"))


def _check_amount(transfer: Transfer) -> None:
    if type(transfer.fen) is not int:  # a bool is an int too
        raise TypeError("a transfer wants an int of minor units")
    if transfer.fen <= 0:
        raise BadTransfer(number=transfer.number, why=phrase("transfer_amount"))
    if transfer.fen > MOST_FEN:
        raise BadTransfer(number=transfer.number, why=phrase("transfer_too_much"))
    if transfer.currency not in CURRENCIES:
        raise BadTransfer(number=transfer.number, why=phrase("transfer_currency"))


def _check_account(number: str, account: Account, latin: bool) -> None:
    token = ""
    if not any(c.isalnum() for c in cleaned(account.name, latin, NAME_LENGTH)):
        token = "transfer_name"
    elif account.is_iban and not iban.is_valid(plain(account.number), check_country=False):
        token = "transfer_iban"
    elif not _ACCOUNT.fullmatch(plain(account.number)):
        token = "transfer_account"
    elif account.bic and not _BIC.fullmatch(account.bic):
        token = "transfer_bic"
    elif account.bank_number and not _BANK_NUMBER.fullmatch(account.bank_number):
        token = "transfer_bank_number"
    if token:
        raise BadTransfer(number=number, why=phrase(token))
