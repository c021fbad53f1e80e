"""Opens a file of a bank: which ISO 20022 message it is, or a sentence saying what it seems to be.

Banks leave the namespace out, name a version of their own or wrap the document in an envelope: such
are read, with a warning. What stands in the namespace of another authority is no message of ISO
20022, whatever it looks like. External entities, document types and files too large are refused
before anything is read from them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lxml import etree

from boxoffice.bank.schemas import deviations
from boxoffice.errors import BadFile
from boxoffice.sentences.phrases import Phrase, phrase

LARGEST_BYTES = 64_000_000
"""A statement with 13,000 transactions has about 25 million."""


class Kind(StrEnum):
    """The messages that go between us and a bank."""

    ORDERS = "pain.001"
    ANSWERS = "pain.002"
    STATEMENT = "camt.053"
    NOTICE = "camt.054"


NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"
"""Of every message of ISO 20022, with its version behind."""

SHOWN = 80
"""How much of a namespace a sentence repeats."""

_ELEMENTS = {
    "CstmrCdtTrfInitn": Kind.ORDERS,
    "CstmrPmtStsRpt": Kind.ANSWERS,
    "BkToCstmrStmt": Kind.STATEMENT,
    "BkToCstmrDbtCdtNtfctn": Kind.NOTICE,
}
_SEEMS = {
    Kind.ORDERS: "bank_orders",
    Kind.ANSWERS: "bank_answers",
    Kind.STATEMENT: "bank_statement",
    Kind.NOTICE: "bank_notice",
}
_OTHERS = {
    "BkToCstmrAcctRpt": "camt.052",
    "CstmrDrctDbtInitn": "pain.008",
    "CstmrPmtRvsl": "pain.007",
    "FIToFICstmrCdtTrf": "pacs.008",
    "FIToFIPmtStsRpt": "pacs.002",
    "PmtRtr": "pacs.004",
    "FIToFIPmtCxlReq": "camt.056",
    "CstmrPmtCxlReq": "camt.055",
    "RsltnOfInvstgtn": "camt.029",
    "AcctRptgReq": "camt.060",
}
_NAME = re.compile(r"\b(?:pain|camt|pacs|acmt|remt|auth)\.\d{3}\.\d{3}\.\d{2}")


@dataclass(frozen=True, slots=True)
class Message:
    """One message, opened. `version` is as the file names it, or the bare kind; `warnings` say
    what is odd about its form."""

    file: str
    kind: Kind
    version: str
    body: Any
    """Its element below Document."""
    warnings: tuple[Phrase, ...]


def open_message(file: str, raw: bytes, wanted: Collection[Kind]) -> Message:
    """Open the bytes of a file (named `file` in errors) that should hold one of the wanted kinds.

    Raises BadFile with what it seems to be where it is none of them, is no XML, is broken, declares
    entities, or is too large.
    """
    root = _parse(file, raw)
    found = list(_messages(root))
    if not found:
        raise BadFile(file=file, why=_other(root))
    if len(found) > 1:
        raise BadFile(file=file, why=phrase("bank_several", count=len(found)))
    body = found[0]
    space = etree.QName(body).namespace or ""
    if space and not space.startswith(NAMESPACE):
        raise BadFile(file=file, why=phrase("bank_foreign", namespace=space[:SHOWN]))
    kind = _ELEMENTS[_local(body)]
    if kind not in wanted:
        raise BadFile(file=file, why=phrase(_SEEMS[kind]))
    return _checked(file, root, body, kind)


def _messages(element: Any) -> Iterator[Any]:
    """The elements that are messages, wherever envelopes put them; what is in one is left alone."""
    if _local(element) in _ELEMENTS:
        yield element
        return
    for below in element:
        yield from _messages(below)


def _checked(file: str, root: Any, body: Any, kind: Kind) -> Message:
    space = etree.QName(body).namespace or ""
    named = _NAME.search(space)
    version = named[0] if named and named[0].startswith(kind) else str(kind)
    warnings = []
    if version == kind or space != NAMESPACE + version:
        warnings.append(phrase("bank_namespace", message=version))
    document = body.getparent()
    if document is not root or _local(document) != "Document":
        warnings.append(phrase("bank_enveloped", element=_local(root)[:SHOWN]))
    warnings += deviations(body, version)
    return Message(file, kind, version, body, tuple(warnings))


def _parse(file: str, raw: bytes) -> Any:
    if len(raw) > LARGEST_BYTES:
        raise BadFile(file=file, why=phrase("too_large"))
    if not raw.strip(b"\x00 \t\r\n"):
        raise BadFile(file=file, why=phrase("empty"))
    guess = _no_xml(raw)
    if guess:
        raise BadFile(file=file, why=phrase(guess))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(raw.lstrip(b" \t\r\n"), parser)
    except etree.XMLSyntaxError as error:
        if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
            raise BadFile(file=file, why=phrase("bank_doctype")) from None
        raise BadFile(file=file, why=phrase("bank_broken", line=error.lineno or 1)) from None
    about = root.getroottree().docinfo
    if about.internalDTD is not None or about.externalDTD is not None:
        raise BadFile(file=file, why=phrase("bank_doctype"))
    return root


_BEGINNINGS = (
    (b"PK\x03\x04", "bank_archive"),
    (b"\x1f\x8b", "bank_archive"),
    (b"Rar!", "bank_archive"),
    (b"7z\xbc\xaf", "bank_archive"),
    (b"\xd0\xcf\x11\xe0", "bank_archive"),
    (b"%PDF", "bank_pdf"),
    (b"{1:", "bank_mt"),
    (b":20:", "bank_mt"),
    (b"-----BEGIN", "bank_sealed"),
    (b"{", "bank_json"),
    (b"[", "bank_json"),
)


def _no_xml(raw: bytes) -> str:
    """What a file that is no XML seems to be; empty for one that may be XML."""
    head = raw[:2000].removeprefix(b"\xef\xbb\xbf").lstrip()
    for beginning, token in _BEGINNINGS:
        if head.startswith(beginning):
            return token
    low = head[:200].lower()
    if low.startswith((b"<!doctype html", b"<html")):
        return "bank_page"
    if head.startswith((b"<", b"\xff\xfe<\x00", b"\xfe\xff\x00<", b"<\x00", b"\x00<")):
        return ""
    if b"\r\n:20:" in head or b"\n:20:" in head:
        return "bank_mt"
    return "bank_binary" if b"\x00" in head else "bank_table"


def _other(root: Any) -> Phrase:
    """What XML that is none of our messages seems to be."""
    if _local(root).lower() == "html":
        return phrase("bank_page")
    for element in root.iter():
        name = _OTHERS.get(_local(element))
        said = _NAME.search(etree.QName(element).namespace or "") if not name else None
        message = name or (said[0] if said else "")
        if message.startswith("camt.052"):
            return phrase("bank_intraday")
        if message:
            return phrase("bank_other_message", message=message)
    return phrase("bank_other_xml", element=_local(root)[:40])


def _local(element: Any) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
