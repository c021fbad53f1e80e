"""The table [bank] of payments.toml: the account transfers are paid from, and the bank's ways."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from boxoffice.bank.pain001 import VERSIONS
from boxoffice.bank.transfers import Account, plain
from boxoffice.errors import BadSetting, DiskTrouble
from boxoffice.settings import Home

FILE = "payments.toml"
MOST_DAYS = 30

_TEXTS = ("name", "account", "bic", "bank_number", "version")
_WORDS = ("latin", "structured")


@dataclass(frozen=True, slots=True)
class BankSettings:
    """Who pays, and how the bank wants its files."""

    payer: Account
    version: str = VERSIONS[-1]
    latin: bool = False
    structured: bool = True
    booked_within_days: int = 5
    """After so many days a transfer that is in no statement becomes a case."""


def read(home: Home) -> BankSettings | None:
    """What a home says of its bank; None where it says nothing. Raises BadSetting, DiskTrouble."""
    path = home.path / FILE
    try:
        if not path.exists():
            return None
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("bank")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise BadSetting(file=FILE, key="its text", why="it is no TOML in UTF-8") from None
    except OSError as error:
        raise DiskTrouble(file=str(path), why=error.strerror or "") from error
    if table is None:
        return None
    if not isinstance(table, dict):
        raise BadSetting(file=FILE, key="bank", why="wants a table")
    return _from_table(table)


def _from_table(table: Mapping[str, Any]) -> BankSettings:
    for key, value in table.items():
        fits = (
            isinstance(value, str)
            if key in _TEXTS
            else type(value) is bool
            if key in _WORDS
            else type(value) is int and 1 <= value <= MOST_DAYS
        )
        if key not in (*_TEXTS, *_WORDS, "booked_within_days"):
            raise BadSetting(file=FILE, key=f"bank.{key}", why="unknown key")
        if not fits:
            wanted = "text in quotes" if key in _TEXTS else "true or false"
            wanted = wanted if key in (*_TEXTS, *_WORDS) else f"days, 1 to {MOST_DAYS}"
            raise BadSetting(file=FILE, key=f"bank.{key}", why=f"wants {wanted}")
    for key in ("name", "account"):
        if not table.get(key, "").strip():
            raise BadSetting(file=FILE, key=f"bank.{key}", why="is missing")
    if table.get("version", VERSIONS[-1]) not in VERSIONS:
        raise BadSetting(file=FILE, key="bank.version", why=f"wants {' or '.join(VERSIONS)}")
    payer = Account(
        table["name"].strip(),
        plain(table["account"]),
        bic=table.get("bic", ""),
        bank_number=table.get("bank_number", ""),
    )
    rest = {key: table[key] for key in ("version", *_WORDS, "booked_within_days") if key in table}
    return BankSettings(payer, **rest)
