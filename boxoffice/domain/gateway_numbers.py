"""By which numbers outside parties know what we ask of them."""

from __future__ import annotations


def known_as(venue: str, number: str) -> str:
    """What a gateway knows an attempt or a payback by, of `number` window-epoch-count.

    Unique among all venues and years of one merchant. Letters, digits and underscores only, at
    most 32, which every gateway takes.
    """
    window, epoch, count = number.split("-")
    kind = count.rstrip("0123456789")
    # Terminals know a charge by six digits, which the count fills.
    return f"{venue}_{window}_{epoch}_{kind}{count.removeprefix(kind):0>6}"


def number_of(venue: str, known: str) -> str:
    """The number window-epoch-count of what a gateway knows; empty for a stranger's."""
    parts = known.removeprefix(f"{venue}_").split("_")
    if not known.startswith(f"{venue}_") or len(parts) != 3 or not parts[2]:
        return ""
    kind = parts[2].rstrip("0123456789")
    return f"{parts[0]}-{parts[1]}-{kind}{parts[2].removeprefix(kind).lstrip('0')}"


def to_a_bank(venue: str, number: str) -> str:
    """What a bank knows a transfer or a batch by: it takes no underscores (ISO 20022)."""
    return known_as(venue, number).replace("_", "-")
