"""The catalogues that ship with the program, their dates moved to begin on a given day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

from boxoffice.errors import DiskTrouble
from boxoffice.settings import RESOURCES

SOURCE = RESOURCES / "demo"
REHEARSAL = RESOURCES / "rehearsal"

# {D+0} is the first day of the tournament, {D-12} a day twelve before it.
_PLACEHOLDER = re.compile(r"\{D([+-]\d{1,3})\}")


def demo_files(first_day: date, into: Path, source: Path = SOURCE) -> list[Path]:
    """Write the demo's files into a folder, ready to import, and answer their paths.

    The tournament lasts six days from `first_day`, a venue day; that of rehearsals, two. Raises
    DiskTrouble.
    """

    def moved(found: re.Match[str]) -> str:
        return (first_day + timedelta(days=int(found[1]))).isoformat()

    written = []
    try:
        into.mkdir(parents=True, exist_ok=True)
        for file in sorted(source.iterdir()):
            target = into / file.name
            text = _PLACEHOLDER.sub(moved, file.read_text(encoding="utf-8"))
            target.write_text(text, encoding="utf-8", newline="\n")
            written.append(target)
    except OSError as error:
        raise DiskTrouble(file=str(into), why=error.strerror or "") from error
    return written
