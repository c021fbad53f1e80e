"""Lines of presale files for the small home: one ticket each, with what a test wants changed."""

from __future__ import annotations

from tests.homes import resident_id

FREE = ("O1", "1", "2", "7", "adult", "680.00")
"""A place nobody has yet: session, section, row, seat, type, price."""


def row(
    number: str = "TT9",
    place: tuple[str, ...] = FREE,
    document: str = "",
    *,
    code: str = "",
    paid_at: str = "2025-09-03T10:00+08:00",
    buyer: str = "试九",
    phone: str = "19900000009",
    kind: str = "resident_id",
    status: str = "paid",
    **place_changes: str,
) -> str:
    """One line of a presale file."""
    values = (
        dict(zip(("session", "section", "row", "seat", "type", "price"), place, strict=True))
        | place_changes
    )
    document = document or resident_id(hash_of(number, tuple(values.values())))
    cells = [number, code, "app", paid_at, buyer, phone, *values.values()]
    return ",".join([*cells, "试", kind, document, status]) + "\n"


def hash_of(*parts: object) -> int:
    """A serial number that is another for other parts, the same in every run."""
    return sum(ord(letter) * (n + 7) for n, letter in enumerate(repr(parts))) % 27_000
