"""The head of a window's records, kept outside them (custody rule 16): what an old copy lacks.

A small file of two lines of fixed length, each overwritten in place after the commit it tells of:
the last journal entry, and the last that was told to central about custody, of which no journal
speaks. It may lag behind the records, and is never ahead of them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from boxoffice.errors import DiskTrouble
from boxoffice.records.meta import read_fact, write_fact
from boxoffice.records.store import Store

TOLD = "told_number"
"""In `meta`: the highest journal number that was in a page to central, or is about to be."""

_NOTHING = "-"
_FIRST_LINE = 84


@dataclass(frozen=True, slots=True)
class Told:
    """How far central was told, or was about to be."""

    number: int
    """Last journal entry in a page: with its page an order goes back to central."""
    request: str
    """Id of the last take or give; empty before the first."""


def write_head_file(path: Path, epoch: int, number: int, hashed: str) -> None:
    """Overwrite the journal's line. Raises DiskTrouble."""
    _overwrite(path, 0, f"{epoch:5d} {number:12d} {hashed}\n")


def read_head_file(path: Path) -> tuple[int, int, str] | None:
    """(epoch, number, hash) of the last journal entry; None where there is none to read."""
    return _read(path, slice(0, _FIRST_LINE))


def write_told(path: Path, epoch: int, told: Told) -> None:
    """Overwrite the line of custody. Raises DiskTrouble."""
    line = f"{epoch:5d} {told.number:12d} {told.request or _NOTHING:>32}\n"
    _overwrite(path, _FIRST_LINE, line)


def read_told(path: Path) -> tuple[int, Told] | None:
    """Epoch, and how far central was told in it; None where there is nothing to read."""
    found = _read(path, slice(_FIRST_LINE, None))
    if found is None:
        return None
    epoch, number, request = found
    return epoch, Told(number, "" if request == _NOTHING else request)


def note_page(store: Store, last: int) -> None:
    """Inside a transaction: a page up to this journal entry is about to be sent."""
    if last > int(read_fact(store, TOLD, "0")):
        write_fact(store, TOLD, str(last))


def told(store: Store) -> Told:
    """How far central was told, as the records have it."""
    # In the order they were stored: none is ever deleted, and a clock that jumped makes odd ids.
    last = store.first("SELECT id FROM request ORDER BY rowid DESC LIMIT 1")
    return Told(int(read_fact(store, TOLD, "0")), str(last[0]) if last else "")


def has_told(store: Store, outside: Told) -> bool:
    """Whether the records know of all that the line outside them says."""
    if outside.number > int(read_fact(store, TOLD, "0")):
        return False
    return not outside.request or bool(
        store.first("SELECT 1 FROM request WHERE id = ?", (outside.request,))
    )


def _overwrite(path: Path, place: int, line: str) -> None:
    """Always the same length, in one write."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.lseek(descriptor, place, os.SEEK_SET)
            os.write(descriptor, line.encode("ascii"))
        finally:
            os.close(descriptor)
    except OSError as error:
        raise DiskTrouble(file=str(path), why=error.strerror or "") from error


def _read(path: Path, part: slice) -> tuple[int, int, str] | None:
    try:
        epoch, number, rest = path.read_bytes()[part].decode("ascii").split()
        return int(epoch), int(number), rest
    except (OSError, ValueError):
        return None
