"""The stand-alone terminal: no line to it, so the operator types its reference number.

A payment counts once the terminal has said approved and its number was typed from the slip; a
refund likewise, from the refund's own slip. The terminal keeps its own batch, and the acquirer's
file shows whether every number was real.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from boxoffice.errors import BadSetting

TENDER = "card_apart"
LEAST, MOST = 6, 12
"""Digits of a reference number: six for a terminal's voucher number, twelve for the acquirer's
reference (field 37 of ISO 8583)."""

FILE = "payments.toml"

# As they come from a Chinese input method, which types full-width digits.
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class Apart:
    """What a slip's number looks like at this acquirer: the table [card_apart]."""

    least: int = LEAST
    most: int = MOST

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Apart:
        """Read the table. Raises BadSetting."""
        for key, value in table.items():
            if key not in ("least", "most"):
                raise BadSetting(file=FILE, key=f"card_apart.{key}", why="unknown key")
            if type(value) is not int or not 1 <= value <= MOST:
                raise BadSetting(file=FILE, key=f"card_apart.{key}", why=f"1 to {MOST} digits")
        made = cls(**table)
        if made.least > made.most:
            raise BadSetting(file=FILE, key="card_apart.least", why="not above card_apart.most")
        return made

    def reference(self, typed: str) -> str | None:
        """The number as it is kept, or None where what was typed cannot be one.

        Blanks and hyphens between the digits do not matter. A number of nothing but one digit is
        what a hand in a hurry types, and no slip has it.
        """
        digits = re.sub(r"[\s-]", "", typed.translate(_DIGITS))
        if not re.fullmatch(rf"[0-9]{{{self.least},{self.most}}}", digits, re.ASCII):
            return None
        return digits if len(set(digits)) > 1 else None
