"""The catalogues that ship with the program, their dates moved to begin on a given day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from boxoffice.errors import DiskTrouble
from boxoffice.settings import RESOURCES

SOURCE = RESOURCES / "demo"
REHEARSAL = RESOURCES / "rehearsal"
LOOKED_THROUGH_BYTES = 64_000
"""Of a file, to find out whether it leaves days open."""

# {D+0} is the first day of the tournament, {D-12} a day twelve before it.
_PLACEHOLDER = re.compile(r"\{D([+-]\d{1,3})\}")


def demo_files(first_day: date, into: Path, source: Path = SOURCE) -> list[Path]:
    """Write the demo's files into a folder, ready to import, and answer their paths.

    The tournament lasts six days from `first_day`, a venue day; that of rehearsals, two. Raises
    DiskTrouble.
    """

    written = []
    try:
        into.mkdir(parents=True, exist_ok=True)
        for file in sorted(source.iterdir()):
            written.append(_moved(file, first_day, into))
    except OSError as error:
        raise DiskTrouble(file=str(into), why=error.strerror or "") from error
    return written


def leaves_days_open(path: Path) -> bool:
    """Whether a file names days by their distance from the first; False for what cannot be read,
    which whoever imports it says."""
    try:
        with path.open("rb") as file:
            head = file.read(LOOKED_THROUGH_BYTES)
    except (OSError, ValueError):
        return False
    return has_open_days(head.decode("utf-8", "replace"))


def has_open_days(text: str) -> bool:
    """The same of its text."""
    return "{D" in text and _PLACEHOLDER.search(text) is not None


def with_days(paths: Iterable[Path], first_day: date, into: Path) -> list[Path]:
    """The same files, those that leave days open as copies in a folder that begin on `first_day`.

    Raises DiskTrouble.
    """
    found = []
    try:
        for place, path in enumerate(paths):
            if leaves_days_open(path):
                own = into / str(place)  # two folders may each have a file of this name
                own.mkdir()
                path = _moved(path, first_day, own)
            found.append(path)
    except OSError as error:
        raise DiskTrouble(file=str(into), why=error.strerror or "") from error
    return found


def _moved(file: Path, first_day: date, into: Path) -> Path:
    def day(found: re.Match[str]) -> str:
        return (first_day + timedelta(days=int(found[1]))).isoformat()

    target = into / file.name
    text = _PLACEHOLDER.sub(day, file.read_text(encoding="utf-8"))
    target.write_text(text, encoding="utf-8", newline="\n")
    return target
