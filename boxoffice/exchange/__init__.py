"""Files in and out, parsing and writing only: services store what is read here."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable
from pathlib import Path

from boxoffice.errors import BadFile
from boxoffice.exchange.columns import shown
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
    # A name that is not UTF-8 carries surrogates, which no record could keep.
    name = (path.name or str(path)).encode("utf-8", "replace").decode()
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise BadFile(file=name, why=phrase("folder"))
        if not stat.S_ISREG(about.st_mode):
            raise BadFile(file=name, why=phrase("device"))
        if about.st_size > LARGEST_BYTES:
            raise BadFile(file=name, why=phrase("too_large"))
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(file=name, why=error.strerror or phrase("not_opened")) from None
    except ValueError:  # a path with a NUL in it
        raise BadFile(file=shown(name), why=phrase("not_opened")) from None
    digest = hashlib.sha256(data).hexdigest()
    if is_workbook(data):
        return read_workbook(data, name, digest)
    text = decode(data, name)
    if not text.strip():
        raise BadFile(file=name, why=phrase("empty"))
    if text.lstrip()[0] in "{[":
        return read_plan(text, name, digest)
    return read_table(text, name, digest)


def sort_by_need(files: Iterable[ParsedFile]) -> list[ParsedFile]:
    """Files in the order in which one needs the other, whatever order they were named in."""
    order = list(FileKind)
    return sorted(files, key=lambda parsed: order.index(parsed.kind))
