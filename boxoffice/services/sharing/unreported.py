"""A ticket nobody here knows: its code says where it was sold (rule 9)."""

from __future__ import annotations

from boxoffice.central import founding, signers
from boxoffice.domain import ticket_code
from boxoffice.domain.recognise import ScanKind, recognise
from boxoffice.errors import (
    BadTicketCode,
    CentralUnreachable,
    NotReportedHere,
    NotReportedOffLine,
    NotYetReported,
)
from boxoffice.records.store import Store
from boxoffice.services.office import Office


def explain(office: Office, text: str) -> None:
    """Say why the ticket whose code was scanned is not known here; silent for anything else.

    Raises BadTicketCode where none of our windows signed it; NotYetReported, or its kind
    NotReportedOffLine, where one did and central has not heard of the sale; NotReportedHere where
    central cannot be asked.
    """
    codes = [scan.value for scan in recognise(text) if scan.kind is ScanKind.TICKET_CODE]
    if not codes:
        return
    claim, _, _ = ticket_code.parse(codes[0])

    def ask(store: Store) -> signers.Signer | None:
        return signers.signer(store, claim.window, claim.epoch)

    try:
        found = office.link.call(lambda store, _: ask(store))
    except CentralUnreachable:
        raise NotReportedHere(window=_name(office, claim.window)) from None
    root = office.read(lambda s: s.first("SELECT value FROM meta WHERE key = ?", (founding.ROOT,)))
    if found is None or (root and not found.key.certified_by(bytes.fromhex(str(root[0])))):
        raise BadTicketCode()
    ticket_code.verify(codes[0], lambda key: found.key if key == found.key.key_id else None)
    if found.silent_since is not None:
        raise NotReportedOffLine(window=found.window, since=found.silent_since)
    raise NotYetReported(window=found.window)


def _name(office: Office, window: int) -> str:
    found = office.read(lambda s: s.first("SELECT name FROM window_name WHERE id = ?", (window,)))
    return str(found[0]) if found else str(window)
