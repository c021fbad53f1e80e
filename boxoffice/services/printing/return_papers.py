"""What stands on the slips of tickets that came back, and of a code to ask by."""

from __future__ import annotations

from boxoffice import clock
from boxoffice.desk import Desk
from boxoffice.documents.ask_slip import AskSlip, ask_slip_pdf
from boxoffice.documents.paper import Both, ReceiptLine
from boxoffice.documents.refund_slip import RefundSlip, RefundSlipLine, refund_slip_pdf
from boxoffice.documents.tender_words import tender_name
from boxoffice.domain import accounts
from boxoffice.domain.refunding import ReturnKind
from boxoffice.queries import orders
from boxoffice.queries.returned import Returned, exchanged_for, returned, ways_back
from boxoffice.queries.sold_lines import SoldLine
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.services.telling.contacts import ask_code
from boxoffice.settings import HomeKind


def slip(office: Office, order_id: str, refund_id: str) -> tuple[bytes, str]:
    """The slip of one return, named by any of its refunds, and the title of the print run."""

    def gather(store: Store) -> RefundSlip:
        number = orders.order(store, office.seal, order_id).number
        every = returned(store, order_id)
        one = next(row for row in every if row.id == refund_id)
        # What came back in one act bears one moment.
        together = [row for row in every if row.at == one.at]
        ways = ways_back(store, order_id, together)
        ways.pop(accounts.EXCHANGE, None)
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
            cash=ways.pop(accounts.CASH, 0),
            requests=[(_name(tender), fen) for tender, fen in sorted(ways.items())],
            reason=one.reason,
            training=settings.kind is not HomeKind.REAL,
            instead=[_instead(line) for line in exchanged_for(store, order_id, together)],
            ask_code=ask_code(office.seal, order_id),
        )

    paper = office.read(gather)
    word = "exchange" if paper.instead else "void" if paper.void else "refund"
    return refund_slip_pdf(paper), f"{word} {paper.order_number}"


def ask_slip(office: Office, desk: Desk, order_id: str) -> tuple[bytes, str]:
    """The slip with the code to ask by of an order, and the title of the print run."""
    number = office.read(lambda store: orders.number_of(store, order_id))
    settings = office.settings
    paper = AskSlip(
        event=Both(settings.event_zh, settings.event_en),
        window=str(settings.window),
        operator=desk.operator.number,
        at=clock.now(),
        order_number=number,
        code=ask_code(office.seal, order_id),
        training=settings.kind is not HomeKind.REAL,
    )
    return ask_slip_pdf(paper), f"ask {number}"


def _text(line: SoldLine) -> Both:
    seat = f" {line.zone}-{line.row}-{line.number}" if line.seat_id is not None else ""
    return Both(f"{line.session_zh}{seat}", f"{line.session_en}{seat}")


def _instead(line: SoldLine) -> ReceiptLine:
    return ReceiptLine(_text(line), 1, line.price_fen)


def _line(row: Returned) -> RefundSlipLine:
    clause = Both(row.clause_zh, row.clause_en)
    return RefundSlipLine(_text(row.line), row.price_fen, row.fee_fen, row.amount_fen, clause)


def _name(tender: str) -> Both:
    if accounts.is_channel(tender):
        channel = accounts.channel_of(tender)
        return Both(channel, channel)
    return tender_name(tender)
