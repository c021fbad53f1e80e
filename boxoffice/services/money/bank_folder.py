"""The files that order transfers from the bank, laid where its program fetches them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from boxoffice.bank import our_account
from boxoffice.desk import Desk, Right
from boxoffice.errors import NoBank
from boxoffice.exchange import saving
from boxoffice.records.unit_of_work import Author
from boxoffice.services.money import batches, books
from boxoffice.services.money.batches import Written
from boxoffice.services.money.books import Books
from boxoffice.services.office import Office
from boxoffice.services.sharing import sync
from boxoffice.settings import Home, keep_private

FOLDER = "bank"
"""In a home: where the window writes."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Names of the files that lie there now, and what stands in them."""

    names: tuple[str, ...]
    files: tuple[Written, ...]
    left: tuple[str, ...]
    """Numbers of orders whose transfer has to wait, as in `Batched`."""


def is_set_up(home: Home) -> bool:
    """Whether a home says which account transfers are paid from. Raises BadSetting."""
    return our_account.read(home) is not None


def write(*, office: Office, desk: Desk) -> Laid:
    """All transfers that wait, into this home's folder for the bank.

    Raises NotAllowed, NoBank, BadSetting, NotWritten, DiskTrouble, CentralUnreachable.
    """
    desk.require(Right.SETTLE_CASES)
    author = Author(desk.operator.id, desk.shift_id)
    found = write_unsigned(books.of_window(office, author), office.home, office.home.path / FOLDER)
    sync.pull(office)
    return found


def write_unsigned(here: Books, home: Home, folder: Path) -> Laid:
    """The same by a command, into any folder."""
    bank = our_account.read(home)
    if bank is None:
        raise NoBank(file=str(home.path / our_account.FILE))
    found = batches.make(here, bank)
    names = []
    for file in found.files:
        names.append(_lay(folder, file))
        batches.written(here, file.number)
    return Laid(tuple(names), found.files, found.left)


def _lay(folder: Path, file: Written) -> str:
    """Whole or not at all, readable by its user alone: it names people and their accounts."""
    path = folder / f"{file.number}.xml"
    part = path.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        keep_private(part)
        with part.open("wb") as out:
            out.write(file.content)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        raise saving.trouble(path, error) from error
    return path.name
