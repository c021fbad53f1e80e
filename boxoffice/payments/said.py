"""What a payment company said, cut to what may be kept: no payment code, no account, no name."""

from __future__ import annotations

import re

LONGEST = 100
_NUMBERS = re.compile(r"\d{6,}")
"""Payment codes, phones, accounts and cards are longer than any code of an error."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def kept(*parts: object) -> str:
    """The parts in one line, long numbers struck out, at most 100 characters."""
    text = " ".join(str(part) for part in parts if part not in (None, ""))
    return _NUMBERS.sub("…", _CONTROL.sub(" ", text))[:LONGEST]
