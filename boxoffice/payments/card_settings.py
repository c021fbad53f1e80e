"""The table [card] of payments.toml: where the terminal is, who we are to it, and its key."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from boxoffice.errors import BadSetting

FILE = "payments.toml"

CURRENCIES = {"CNY": "156", "HKD": "344", "MOP": "446", "USD": "840", "EUR": "978"}
"""ISO 4217 numbers for field 49."""

_ABOUT: dict[str, tuple[Callable[[Any], bool], str]] = {
    "host": (lambda v: isinstance(v, str) and bool(v.strip()), "a name or an address"),
    "port": (lambda v: type(v) is int and 0 < v < 65536, "1 to 65535"),
    "terminal": (lambda v: _is(r"[0-9A-Za-z]{8}", v), "eight letters or digits"),
    "merchant": (lambda v: _is(r"[0-9A-Za-z]{15}", v), "fifteen letters or digits"),
    "mac_key": (
        lambda v: _is(r"(?:[0-9A-Fa-f]{32}|[0-9A-Fa-f]{48}|[0-9A-Fa-f]{64})", v),
        "an AES key as 32, 48 or 64 hexadecimal digits",
    ),
    "tpdu": (lambda v: _is(r"60[0-9A-Fa-f]{8}", v), "ten hexadecimal digits beginning with 60"),
    "answer_within_s": (lambda v: type(v) is int and 1 <= v <= 180, "whole seconds, 1 to 180"),
    "refund_within_days": (lambda v: type(v) is int and 0 <= v <= 3650, "days, 0 for no limit"),
}
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})
_NEEDED = ("host", "port", "terminal", "merchant", "mac_key")


def _is(pattern: str, value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII) is not None


@dataclass(frozen=True, slots=True)
class CardSettings:
    """Everything an acquirer tells who connects a terminal to it."""

    host: str
    port: int
    terminal: str
    """Number of the terminal at the acquirer (field 41); each window has its own."""
    merchant: str
    mac_key: bytes = field(repr=False)
    tpdu: str = "6000030000"
    answer_within_s: float = 60
    """How long the terminal may take over a card before it counts as silence: the usual wait of a
    POS terminal for its host."""
    refund_within_days: int = 0
    """As the acquirer's contract says; 0 where it says nothing."""

    @classmethod
    def from_table(cls, table: Mapping[str, Any], *, real: bool = True) -> CardSettings:
        """Read the table. Raises BadSetting, which never repeats the key.

        A home that is not `real` (training, demonstration) may name this computer only.
        """
        for key in (*table, *_NEEDED):
            if key not in _ABOUT:
                raise BadSetting(file=FILE, key=f"card.{key}", why="unknown key")
            fits, wanted = _ABOUT[key]
            if key not in table or not fits(table[key]):
                raise BadSetting(file=FILE, key=f"card.{key}", why=wanted)
        if not real and table["host"] not in _HERE:
            why = "training and demonstration pay at a simulated host on this computer only"
            raise BadSetting(file=FILE, key="card.host", why=why)
        return cls(**{**table, "mac_key": bytes.fromhex(table["mac_key"])})
