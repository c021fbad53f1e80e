"""The slip of a drop, put together from its entry in the journal, and on to the printer."""

from __future__ import annotations

import json

from boxoffice import clock
from boxoffice.documents.drop_slip import DropSlip, drop_slip_pdf
from boxoffice.documents.paper import Both
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.services.till.cash_moves import DROP
from boxoffice.settings import HomeKind


def print_drop(*, office: Office, entry: int) -> None:
    """Print the slip of a drop, once more where it was printed. Raises PrinterTrouble or NoPrinter.

    `entry` is its number in this window's journal; LookupError where that is no drop.
    """
    pdf, title = drop_paper(office, entry)
    office.receipt_printer.print(pdf, title)


def drop_paper(office: Office, entry: int) -> tuple[bytes, str]:
    """The slip as PDF, and the title of the print run."""
    chain, settings = office.chain, office.settings

    def gather(store: Store) -> DropSlip:
        found = store.first(
            "SELECT j.at, j.facts, o.number, o.name, s.opened_at FROM journal j "
            "JOIN operator o ON o.id = j.operator_id JOIN shift s ON s.id = j.shift_id "
            "WHERE j.window_id = ? AND j.epoch = ? AND j.number = ? AND j.act = ?",
            (chain.window, chain.epoch, entry, DROP),
        )
        if found is None:
            raise LookupError(f"entry {entry} is no drop")
        facts = json.loads(found[1])
        second = store.first(
            "SELECT number, name FROM operator WHERE number = ?", (facts["approver"],)
        )
        return DropSlip(
            event=Both(settings.event_zh, settings.event_en),
            window=str(settings.window),
            entry=f"{chain.epoch}-{entry}",
            at=clock.from_text(found[0]),
            operator=f"{found[2]} {found[3]}",
            second=" ".join(second) if second else str(facts["approver"]),
            shift_opened=clock.from_text(found[4]),
            amount=int(facts["amount_fen"]),
            training=settings.kind is not HomeKind.REAL,
        )

    return drop_slip_pdf(office.read(gather)), f"cash drop {entry} window {chain.window}"
