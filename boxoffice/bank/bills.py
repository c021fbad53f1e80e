"""Bills as downloaded, whoever wrote them: told apart by their headings, refused where wrong."""

from __future__ import annotations

from collections.abc import Sequence

from boxoffice.bank import alipay_bill, mapped_file, wechat_bill, wrong_kinds
from boxoffice.bank.bill import Bill, Lines
from boxoffice.bank.cells import shown
from boxoffice.bank.headed import Names
from boxoffice.bank.mapping import PartyMapping
from boxoffice.domain.masking import hide_numbers
from boxoffice.errors import BadFile
from boxoffice.sentences.phrases import Phrase, phrase


def read(
    sheets: Sequence[Lines],
    name: str,
    digest: str,
    *,
    mappings: Sequence[PartyMapping] = (),
    known_as: str = "",
) -> tuple[Bill, ...]:
    """The bills of an opened file; an archive may hold several, and summaries beside them.

    `known_as` is what the file is to those who import files of the venue, if anything. Raises
    BadFile, saying what the file seems to be, where no part of it is a bill we settle by.
    """
    found = []
    for lines in sheets:
        part = f"{name} ({shown(lines.title)})" if lines.title not in ("", name) else name
        bill = _read(lines, part, digest, mappings)
        if bill is not None:
            found.append(bill)
    if found:
        return tuple(found)
    raise BadFile(file=name, why=_why(sheets, known_as, mappings))


def _read(lines: Lines, name: str, digest: str, mappings: Sequence[PartyMapping]) -> Bill | None:
    header = wechat_bill.recognise(lines, name)
    if header is not None:
        return wechat_bill.read(lines, header, name, digest)
    header = alipay_bill.recognise(lines, name)
    if header is not None:
        return alipay_bill.read(lines, header, name, digest)
    # A mapping that names more columns stands before one whose columns it contains.
    for mapping in sorted(mappings, key=lambda each: -len(each.headings)):
        header = mapped_file.recognise(lines, mapping, name)
        if header is not None:
            return mapped_file.read(lines, header, mapping, name, digest)
    return None


def _why(sheets: Sequence[Lines], known_as: str, mappings: Sequence[PartyMapping]) -> Phrase:
    if not any(any(cells) for lines in sheets for _, cells in lines.rows):
        return phrase("empty")
    seems = wrong_kinds.seems(sheets)
    if seems is not None:
        return phrase("bill_seems", seems=seems)
    if known_as:
        return phrase("bill_known_as", seems=known_as)
    first = wrong_kinds.first_line(sheets)
    near = _nearest(sheets, mappings)
    if near is not None:
        return near
    return phrase("unknown_bill", first=hide_numbers(first))


def _nearest(sheets: Sequence[Lines], mappings: Sequence[PartyMapping]) -> Phrase | None:
    """The kind whose columns are mostly there, and what it lacks."""
    kinds = [
        (phrase("wechat_bill"), _named(wechat_bill.COLUMNS, wechat_bill.NEEDED)),
        (phrase("alipay_bill"), _named(alipay_bill.COLUMNS, alipay_bill.NEEDED)),
        *(
            (mapping.name_en, tuple((name,) for name in mapping.headings.values()))
            for mapping in mappings
        ),
    ]
    for party, groups in kinds:
        lacking = min((wrong_kinds.lacking(lines, groups) for lines in sheets), key=len)
        if len(groups) > 2 and 2 * len(lacking) < len(groups):
            return phrase("bill_lacks", party=party, columns=", ".join(lacking))
    return None


def _named(columns: Names, needed: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """For each thing a bill must have: the headings under which it may stand."""
    return tuple(tuple(name for column in group for name in columns[column]) for group in needed)
