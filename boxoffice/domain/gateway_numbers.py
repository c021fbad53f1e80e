"""By which numbers outside parties know what we ask of them."""

from __future__ import annotations

import secrets
from string import ascii_lowercase, digits
from typing import Final

SALT: Final = 5
"""Signs of chance in a number. Two computers that run from one copied home count alike and may
be of one epoch until central hears of them both: they keep apart what is asked."""


def new_number(window: int, epoch: int, count: int, kind: str = "") -> str:
    """A number for an attempt, and with a `kind` of one letter for what goes back.

    Window, epoch, and what nobody else has: signs of chance and a count, from which terminals
    take the six digits by which they know a charge.
    """
    salt = "".join(secrets.choice(ascii_lowercase + digits) for _ in range(SALT))
    return f"{window}-{epoch}-{kind}{salt}{count:06d}"


def known_as(venue: str, number: str) -> str:
    """What a gateway knows an attempt or a payback of that number by.

    Unique among all venues and years of one merchant. Letters, digits and underscores only, at
    most 32, which every gateway takes.
    """
    return f"{venue}_{number.replace('-', '_')}"


def number_of(venue: str, known: str) -> str:
    """The number of what a gateway knows; empty for a stranger's."""
    ours = f"{venue}_"
    number = known.removeprefix(ours).replace("_", "-")
    return number if known.startswith(ours) and number.count("-") == 2 else ""


def to_a_bank(venue: str, number: str) -> str:
    """What a bank knows a transfer or a batch by: it takes no underscores (ISO 20022)."""
    return known_as(venue, number).replace("_", "-")
