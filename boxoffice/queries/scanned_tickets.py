"""Whether a scanned ticket code is still the one that counts: codes die with refund and reprint."""

from __future__ import annotations

from dataclasses import dataclass

from boxoffice.domain import ticket_code
from boxoffice.domain.recognise import ScanKind, recognise
from boxoffice.domain.statuses import TicketStatus
from boxoffice.domain.ticket_code import TicketClaim
from boxoffice.errors import FreedCode
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class ScannedTicket:
    """What the records say of a ticket code; its signature is the gate's to check."""

    order_id: str
    line_id: str
    position: int
    state: str
    """live, older (a later issue took its place), refunded or void."""
    issue: int
    current: int
    """Issue of the ticket now."""

    @property
    def dead(self) -> bool:
        """Whether nobody is admitted with it any more."""
        return self.state != "live"


def judge(store: Store, text: str) -> ScannedTicket | None:
    """What became of the ticket whose code was scanned; None for anything else, or unknown here.

    Raises BadTicketCode for a damaged code, FreedCode where its window was lost and its seat went
    back on sale.
    """
    codes = [scan.value for scan in recognise(text) if scan.kind is ScanKind.TICKET_CODE]
    if not codes:
        return None
    claim, _, _ = ticket_code.parse(codes[0])
    found = store.first(
        "SELECT t.order_id, t.line_id, l.position, t.status, t.issue, t.code_window, t.code_epoch "
        "FROM ticket t JOIN order_line l ON l.id = t.line_id WHERE t.id = ?",
        (claim.ticket.hex,),
    )
    _refuse_freed(store, claim, known=found is not None)
    if found is None:
        return None
    order_id, line_id, position, status, issue, window, epoch = found
    state = "live"
    if status != TicketStatus.ISSUED:
        state = status
    elif (claim.issue, claim.window, claim.epoch) != (issue, window, epoch):
        state = "older"
    return ScannedTicket(order_id, line_id, position, state, claim.issue, issue)


def _refuse_freed(store: Store, claim: TicketClaim, *, known: bool) -> None:
    """Freeing a seat kills the codes its lost epoch may have signed for it (custody rule 17).

    Of unnumbered places nobody can tell which: those of tickets that were reported count.
    """
    if (claim.seat == 0 and known) or not store.first(
        "SELECT 1 FROM freed_seat WHERE session_id = ? AND seat_id = ? AND window_id = ? "
        "AND epoch = ?",
        (claim.session, claim.seat, claim.window, claim.epoch),
    ):
        return
    raise FreedCode(window=claim.window)
