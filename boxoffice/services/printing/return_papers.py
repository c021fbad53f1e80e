"""What stands on the slip of tickets that came back, put together from the records."""

from __future__ import annotations

from boxoffice.documents.paper import Both
from boxoffice.documents.refund_slip import RefundSlip, RefundSlipLine, refund_slip_pdf
from boxoffice.domain import accounts
from boxoffice.domain.refunding import ReturnKind
from boxoffice.queries import orders
from boxoffice.queries.returned import Returned, returned
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.settings import HomeKind


def slip(office: Office, order_id: str, refund_id: str) -> tuple[bytes, str]:
    """The slip of one return, named by any of its refunds, and the title of the print run."""

    def gather(store: Store) -> RefundSlip:
        number = orders.order(store, office.seal, order_id).number
        every = returned(store, order_id)
        one = next(row for row in every if row.id == refund_id)
        # What came back in one act bears one moment.
        together = [row for row in every if row.at == one.at]
        settings = office.settings
        return RefundSlip(
            void=one.kind == ReturnKind.VOID,
            event=Both(settings.event_zh, settings.event_en),
            window=str(one.window),
            operator=one.operator,
            approver=one.approver,
            at=one.at,
            order_number=number,
            lines=[_line(row) for row in together],
            cash=sum(row.amount_fen for row in together if row.tender == accounts.CASH),
            requests=_requests(together),
            reason=one.reason,
            training=settings.kind is not HomeKind.REAL,
        )

    paper = office.read(gather)
    word = "void" if paper.void else "refund"
    return refund_slip_pdf(paper), f"{word} {paper.order_number}"


def _line(row: Returned) -> RefundSlipLine:
    line = row.line
    seat = f" {line.zone}-{line.row}-{line.number}" if line.seat_id is not None else ""
    text = Both(f"{line.session_zh}{seat}", f"{line.session_en}{seat}")
    clause = Both(row.clause_zh, row.clause_en)
    return RefundSlipLine(text, row.price_fen, row.fee_fen, row.amount_fen, clause)


def _requests(rows: list[Returned]) -> list[tuple[str, int]]:
    asked: dict[str, int] = {}
    for row in rows:
        if row.tender != accounts.CASH:
            channel = accounts.channel_of(row.tender)
            asked[channel] = asked.get(channel, 0) + row.amount_fen
    return sorted(asked.items())
