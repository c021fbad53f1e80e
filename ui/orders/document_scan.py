"""A document that was scanned, read by its shape: kind, number and name."""

from __future__ import annotations

from dataclasses import dataclass

from boxoffice.domain import identity, recognise
from boxoffice.domain.identity import DocumentKind
from boxoffice.domain.recognise import ScanKind


@dataclass(frozen=True, slots=True)
class ScannedDocument:
    """`sure` is false where the shape fits other things too: then the clerk looks at it first."""

    kind: str
    number: str
    name: str = ""
    sure: bool = True


def read_document(text: str) -> ScannedDocument | None:
    """The document in a scan; None where it is none. Raises BadDocument for damaged lines."""
    scans = recognise.recognise(text)
    if not scans or scans[0].kind not in (ScanKind.DOCUMENT, ScanKind.MACHINE_LINES):
        return None
    value = scans[0].value
    if scans[0].kind is ScanKind.MACHINE_LINES:
        lines = identity.read_mrz(value)
        return ScannedDocument(DocumentKind.PASSPORT.value, lines.number, lines.name)
    kind = identity.recognise(value)
    if kind is None:
        return ScannedDocument(DocumentKind.PASSPORT.value, value, sure=False)
    return ScannedDocument(kind.value, value)
