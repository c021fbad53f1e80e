"""Invented visitors: documents that are well formed and of no living person."""

from __future__ import annotations

from collections.abc import Iterator

from boxoffice.domain import identity
from boxoffice.errors import BadDocument

_FIRST = "110101189"


def documents() -> Iterator[str]:
    """Resident numbers of people born in the eighteen-nineties, each once, in a fixed order."""
    for serial in range(1, 1000):
        for year in range(10):
            body = f"{_FIRST}{year}0{1 + serial % 9}1{serial % 9 + 1}{serial:03d}"
            yield next(body + last for last in "0123456789X" if _fits(body + last))


def _fits(number: str) -> bool:
    try:
        identity.check(identity.DocumentKind.RESIDENT_ID, number)
    except BadDocument:
        return False
    return True
