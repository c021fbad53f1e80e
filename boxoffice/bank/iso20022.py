"""The one door for files that come from a bank, whichever of the three messages they are."""

from __future__ import annotations

from boxoffice.bank.answers import AnswerFile
from boxoffice.bank.camt import statements_in
from boxoffice.bank.message import Kind, open_message
from boxoffice.bank.pain002 import answers_in
from boxoffice.bank.statements import StatementFile

HEAD_BYTES = 2_000
"""How much of a file is looked at to see what it is, for there may be empty lines above."""
_OURS = frozenset({Kind.ANSWERS, Kind.STATEMENT, Kind.NOTICE})


def may_be_xml(raw: bytes) -> bool:
    """Whether a file of unknown kind is for this door rather than for that of the bills: it begins
    as XML does, in whatever encoding. A web page does too, and is told here what it is."""
    head = raw[:HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith((b"<", b"\xff\xfe<\x00", b"\xfe\xff\x00<", b"<\x00", b"\x00<"))


def read_bank_file(file: str, raw: bytes) -> AnswerFile | StatementFile:
    """Read an answer, a statement or a notice, named `file` in errors.

    Raises BadFile with what it seems to be where it is none of them, or cannot be read truly.
    """
    message = open_message(file, raw, _OURS)
    return answers_in(message) if message.kind is Kind.ANSWERS else statements_in(message)
