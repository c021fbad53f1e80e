"""Acquirers and channels whose files we read: one row each says which column is what.

The rows are data (resources/acquirers/mappings.csv, and a file of the same shape in the venue's own
home); docs/acquirers.md says what stands in them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from boxoffice.bank.bill import Lines, Trouble
from boxoffice.bank.cells import When, bare, fen, moment, moments, yuan
from boxoffice.bank.headed import Record, find_header, told
from boxoffice.errors import BadFile
from boxoffice.sentences.phrases import phrase

COLUMNS = (
    *("number", "original", "reference", "kind", "amount", "amount_back"),
    *("fee", "net", "date", "time", "terminal", "state"),
)
"""What a file can hold; the mapping names the heading of each, or nothing."""
SETTINGS = (
    *("party", "side", "tender", "name_zh", "name_en", "charge_words", "refund_words"),
    *("skip_words", "done_words", "unit", "sign", "moment_format", "lines_of_one"),
    "total_words",
)
SIDES = ("acquirer", "channel")
UNITS: Mapping[str, Callable[[str], int]] = {"yuan": yuan, "fen": fen}
SIGNS = ("type", "sign", "columns")
"""What tells a refund: the words of its type, a minus, or a column of its own for the amount."""
NEEDED = ("party", "side", "tender", "amount", "date")


@dataclass(frozen=True, slots=True)
class PartyMapping:
    """How the files of one acquirer or channel are read."""

    party: str
    side: str
    tender: str
    name_zh: str
    name_en: str
    headings: Mapping[str, str]
    """For each of COLUMNS that the file has: how the file heads it."""
    charge_words: frozenset[str]
    refund_words: frozenset[str]
    skip_words: frozenset[str]
    """Types of line that are no movement of money."""
    done_words: frozenset[str]
    """States in which money moved; lines in another state are passed over. Empty for all."""
    total_words: frozenset[str]
    """How a line of totals begins."""
    amount: Callable[[str], int]
    sign: str
    when: Callable[[str], When]
    one_per_line: bool
    """Whether each line is a payment; otherwise lines of one number are one."""


def word(text: str) -> str:
    """A word of a file as it is compared."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def words(text: str) -> frozenset[str]:
    """Words between bars."""
    return frozenset(word(part) for part in text.split("|") if part.strip())


def read_mappings(sheets: Sequence[Lines], name: str) -> tuple[PartyMapping, ...]:
    """The mappings of a file of them.

    Raises BadFile for what is no such file and for a row that says nothing sensible, with its line
    and the reason: a venue writes these rows itself.
    """
    found: dict[str, PartyMapping] = {}
    names = {column: (column,) for column in (*COLUMNS, *SETTINGS)}
    for lines in sheets:
        header = find_header(lines, names, [(column,) for column in NEEDED], name)
        if header is None:
            continue
        wrong = told(lines, lines.rows[header.index][0])
        for line, cells in lines.rows[header.index + 1 :]:
            if not any(cells) or bare(cells[0]).startswith("#"):
                continue
            record = Record(line, cells, header, wrong.get(line, []))
            made = _mapping(record) if record.fits() else None
            if made is not None and made.party in found:
                record.complain("party", made.party, phrase("other_party"))
            _refuse(record.troubles, name)
            if made is not None:
                found[made.party] = made
    if not found:
        raise BadFile(file=name, why=phrase("no_mappings", columns=", ".join(NEEDED)))
    return tuple(found.values())


def _refuse(troubles: Sequence[Trouble], name: str) -> None:
    for trouble in troubles[:1]:
        why = phrase(
            "mapping_line",
            line=trouble.line,
            column=trouble.column,
            value=trouble.value,
            expected=trouble.expected,
        )
        raise BadFile(file=name, why=why)


def _mapping(record: Record) -> PartyMapping | None:
    for column in NEEDED:
        record.need(column, str, "")
    said = {column: record.text(column) for column in (*COLUMNS, *SETTINGS)}
    sign, unit = said["sign"] or "type", said["unit"] or "yuan"
    for column, value, allowed in (
        ("side", said["side"], SIDES),
        ("unit", unit, tuple(UNITS)),
        ("sign", sign, SIGNS),
        ("lines_of_one", said["lines_of_one"] or "no", ("yes", "no")),
    ):
        if value not in allowed:
            record.complain(column, value, phrase("one_of", names=", ".join(allowed)))
    if not said["number"] and not said["reference"]:
        record.complain("reference", "", phrase("number_or_reference"))
    if sign == "type" and not (said["kind"] and said["charge_words"] and said["refund_words"]):
        record.complain("kind", said["kind"], phrase("kind_and_words"))
    if bool(said["state"]) != bool(said["done_words"]):
        record.complain("done_words", said["done_words"], phrase("state_and_words"))
    if sign == "columns" and not said["amount_back"]:
        record.complain("amount_back", "", phrase("some_value"))
    when: Callable[[str], When] = moment
    if said["moment_format"]:
        try:
            when = moments(said["moment_format"])
        except ValueError:
            record.complain("moment_format", said["moment_format"], phrase("moment_pattern"))
    if record.troubles:
        return None
    return PartyMapping(
        said["party"],
        said["side"],
        said["tender"],
        said["name_zh"] or said["party"],
        said["name_en"] or said["party"],
        {column: said[column] for column in COLUMNS if said[column]},
        words(said["charge_words"]),
        words(said["refund_words"]),
        words(said["skip_words"]),
        words(said["done_words"]),
        words(said["total_words"]),
        UNITS[unit],
        sign,
        when,
        said["lines_of_one"] != "yes",
    )
