"""Files in and out, parsing and writing only: services store what is read here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from boxoffice.errors import BadFile
from boxoffice.exchange.demo import has_open_days
from boxoffice.exchange.opening import load
from boxoffice.exchange.plan_file import read_plan
from boxoffice.exchange.rows import (
    FileKind,
    LineError,
    ParsedFile,
    PlanFile,
    PresaleRow,
)
from boxoffice.exchange.spreadsheet import is_workbook
from boxoffice.exchange.tables import decode, read_table, read_workbook
from boxoffice.sentences.phrases import phrase

__all__ = ["FileKind", "LineError", "ParsedFile", "PlanFile", "PresaleRow", "read", "sort_by_need"]

LARGEST_BYTES = 256_000_000


def read(path: Path) -> ParsedFile:
    """Read a file of any kind, told by its content.

    Raises BadFile for what cannot be read or is no kind of file we know; errors of single lines
    stand in the answer.
    """
    name, data = load(path, LARGEST_BYTES)
    digest = hashlib.sha256(data).hexdigest()
    if is_workbook(data):
        return read_workbook(data, name, digest)
    text = decode(data, name)
    if not text.strip():
        raise BadFile(file=name, why=phrase("empty"))
    if has_open_days(text):
        raise BadFile(file=name, why=phrase("open_days"))
    if text.lstrip()[0] in "{[":
        return read_plan(text, name, digest)
    return read_table(text, name, digest)


def sort_by_need(files: Iterable[ParsedFile]) -> list[ParsedFile]:
    """Files in the order in which one needs the other, whatever order they were named in."""
    order = list(FileKind)
    return sorted(files, key=lambda parsed: order.index(parsed.kind))
