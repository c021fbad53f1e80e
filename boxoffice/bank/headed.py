"""Finding the header of a bill among the lines around it, and reading lines by its names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from boxoffice.bank.bill import Lines, Trouble
from boxoffice.bank.cells import Unreadable, bare, heading, shown
from boxoffice.errors import BadFile
from boxoffice.sentences.phrases import Phrase, phrase

LOOKED_THROUGH = 60
"""How many lines are looked at for the header; bills have a few of comment above it."""

Names = Mapping[str, tuple[str, ...]]
"""For each column as we call it: how files head it."""

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands, how wide it is, and at which place each of our columns is."""

    index: int
    width: int
    places: Mapping[str, int]
    headings: tuple[str, ...]


@dataclass(slots=True)
class Record:
    """One line under its header. What cannot be read is told once and makes the line unusable."""

    line: int
    cells: Sequence[str]
    header: Header
    troubles: list[Trouble] = field(default_factory=list)

    def text(self, column: str) -> str:
        """The bare cell of a column; empty where the file has no such column."""
        place = self.header.places.get(column)
        return bare(self.cells[place]) if place is not None and place < len(self.cells) else ""

    def read(self, column: str, reader: Callable[[str], Read], otherwise: Read) -> Read:
        """A cell through its reader; an empty one, and one that cannot be read, is `otherwise`."""
        value = self.text(column)
        return self._through(column, value, reader, otherwise) if value else otherwise

    def need(self, column: str, reader: Callable[[str], Read], otherwise: Read) -> Read:
        """As `read`, where the cell may not be empty."""
        value = self.text(column)
        if not value:
            self.complain(column, "", phrase("some_value"))
            return otherwise
        return self._through(column, value, reader, otherwise)

    def _through(
        self, column: str, value: str, reader: Callable[[str], Read], otherwise: Read
    ) -> Read:
        try:
            return reader(value)
        except Unreadable as unreadable:
            self.complain(column, value, unreadable.expected)
            return otherwise

    def complain(self, column: str, value: str, expected: Phrase) -> None:
        """Note what is wrong with this line."""
        place = self.header.places.get(column)
        name = self.header.headings[place] if place is not None else column
        self.troubles.append(Trouble(self.line, name, shown(value), expected))

    def fits(self) -> bool:
        """Whether the line is as wide as its header; some programs leave out empty ends."""
        needed = max(self.header.places.values())
        if len(self.cells) > needed and not any(self.cells[self.header.width :]):
            return True
        stands = phrase("columns", count=len(self.cells))
        wanted = phrase("columns", count=self.header.width)
        place = min(len(self.cells), self.header.width - 1)
        breaks = self.header.headings[place] or str(place + 1)
        self.troubles.append(Trouble(self.line, breaks, stands, wanted))
        return False


def find_header(
    lines: Lines, names: Names, needed: Sequence[Sequence[str]], file: str
) -> Header | None:
    """The header that has, of each group of `needed`, at least one of its columns.

    None where there is none. Raises BadFile where a column of ours stands in it twice.
    """
    for index, (_, cells) in enumerate(lines.rows[:LOOKED_THROUGH]):
        if len(cells) < 2:
            continue
        standing: dict[str, list[int]] = {}
        for place, cell in enumerate(cells):
            standing.setdefault(heading(cell), []).append(place)
        found = {
            column: [place for name in spelled for place in standing.get(heading(name), ())]
            for column, spelled in names.items()
        }
        if not all(any(found.get(column) for column in group) for group in needed):
            continue
        for column, places in found.items():
            if len(places) > 1 and len({heading(cells[place]) for place in places}) == 1:
                twice = shown(bare(cells[places[1]]) or column)
                raise BadFile(file=file, why=phrase("column_twice", column=twice))
        return Header(
            index,
            max((place + 1 for place, cell in enumerate(cells) if cell), default=0),
            {column: places[0] for column, places in found.items() if places},
            tuple(shown(bare(cell)) for cell in cells),
        )
    return None


def told(lines: Lines, above: int) -> dict[int, list[Trouble]]:
    """What whoever opened the file found wrong, by line, below line `above`."""
    found: dict[int, list[Trouble]] = {}
    for error in lines.errors:
        if error.line > above:
            trouble = Trouble(error.line, error.column, error.value, error.expected)
            found.setdefault(error.line, []).append(trouble)
    return found
