"""What stands on tickets and receipts, put together from the records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from boxoffice import clock
from boxoffice.desk import Desk
from boxoffice.documents.paper import Both, ReceiptLine, ReceiptPaper, ReceiptTender, TicketPaper
from boxoffice.documents.receipt import receipt_pdf
from boxoffice.documents.slip import SlipLine, SlipPaper, slip_pdf
from boxoffice.documents.tender_words import tender_name
from boxoffice.documents.ticket import ticket_pdf
from boxoffice.domain import accounts, ticket_code
from boxoffice.domain.ticket_code import TicketClaim
from boxoffice.queries import catalogue, orders
from boxoffice.queries import together as payments
from boxoffice.queries.orders import LineView, OrderView
from boxoffice.queries.together import Paid, WentBack
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.settings import HomeKind

TICKET_TYPES = {
    "adult": Both("成人票", "Adult"),
    "concession": Both("优惠票", "Concession"),
    "companion": Both("陪同票", "Companion"),
}
LEVELS = {
    "Wheelchair": Both("无障碍座席", "Wheelchair"),
    "Companion": Both("陪同席", "Companion"),
}
TERMS = Both(
    "一人一证一票,凭本票及证件原件入场。票面损毁、涂改无效。",
    "One person, one document, one ticket. Show this ticket and the document at the gate.",
)


def tickets(office: Office, order_id: str, ticket_ids: Sequence[str]) -> tuple[bytes, str]:
    """Tickets of one order as one PDF, a page each, and the title of the print run."""

    def gather(store: Store) -> tuple[OrderView, list[TicketPaper]]:
        order = orders.order(store, office.seal, order_id)
        lines = [line for line in order.lines if line.ticket_id in set(ticket_ids)]
        return order, [_ticket(office, store, order, line) for line in lines]

    order, listed = office.read(gather)
    return ticket_pdf(listed), f"tickets {order.number}"


def receipt(office: Office, desk: Desk, order_id: str, payment_id: str) -> tuple[bytes, str]:
    """The receipt of what one payment finished, with all tenders, and the title of the print run.

    What was paid before it, and what went back since, stands on it too.
    """

    def gather(store: Store) -> ReceiptPaper:
        order = orders.order(store, office.seal, order_id)
        paid = payments.together(store, payment_id)
        last = next(one for one in paid if one.id == payment_id)
        lines = _receipt_lines(order, payment_id)
        change = sum(one.change_fen for one in paid)
        settings = office.settings
        return ReceiptPaper(
            event=Both(settings.event_zh, settings.event_en),
            window=str(settings.window),
            operator=desk.operator.number,
            at=last.at,
            order_number=order.number,
            lines=lines,
            total=sum(line.amount for line in lines),
            paid=tuple(_tender(one) for one in paid),
            change=change if any(one.tender == accounts.CASH for one in paid) else None,
            back=tuple(_back(one) for one in payments.back(store, paid)),
            training=settings.kind is not HomeKind.REAL,
        )

    paper = office.read(gather)
    return receipt_pdf(paper), f"receipt {paper.order_number}"


def _tender(one: Paid) -> ReceiptTender:
    # What an old ticket was paid by stands on its own receipt.
    reference = "" if one.tender in (accounts.CASH, accounts.EXCHANGE) else one.reference
    return ReceiptTender(tender_name(one.tender), one.tendered_fen, reference)


def _back(one: WentBack) -> ReceiptTender:
    if one.tender == accounts.EXCHANGE:
        return ReceiptTender(Both("用于新票", "Towards the new ticket"), one.amount_fen)
    name = tender_name(one.tender)
    if one.arrived:
        return ReceiptTender(Both(f"{name.zh}退回", f"{name.en} given back"), one.amount_fen)
    return ReceiptTender(Both(f"{name.zh}退款中", f"{name.en} on its way back"), one.amount_fen)


def slip(office: Office, desk: Desk, order_id: str) -> tuple[bytes, str]:
    """The slip of a reservation, and the title of the print run."""

    def gather(store: Store) -> SlipPaper:
        order = orders.order(store, office.seal, order_id)
        assert order.deadline is not None
        settings = office.settings
        return SlipPaper(
            event=Both(settings.event_zh, settings.event_en),
            window=str(settings.window),
            operator=desk.operator.number,
            at=clock.now(),
            order_number=order.number,
            code=order.pickup_code,
            name=order.buyer,
            deadline=order.deadline,
            lines=_slip_lines(order),
            total=sum(line.price_fen for line in order.to_pay),
            seats_open=order.seats_open,
            training=settings.kind is not HomeKind.REAL,
        )

    paper = office.read(gather)
    return slip_pdf(paper), f"reservation {paper.order_number}"


def _slip_lines(order: OrderView) -> tuple[SlipLine, ...]:
    """What waits to be paid; seats are not named where they may still be swapped."""
    counted: dict[SlipLine, int] = {}
    for line in order.to_pay:
        zh, en = TICKET_TYPES.get(line.ticket_type, Both(line.ticket_type, line.ticket_type))
        if line.zone:
            zh, en = f"{line.zone}-{line.row}-{line.number} {zh}", en
        elif line.category:
            level = LEVELS.get(line.category, Both(f"{line.category}档", f"Level {line.category}"))
            zh, en = f"{level.zh} {zh}", f"{level.en}, {en}"
        session = Both(line.session_zh, line.session_en)
        one = SlipLine(session, line.starts_at, Both(zh, en), 1, line.price_fen)
        counted[one] = counted.get(one, 0) + 1
    return tuple(replace(one, count=count) for one, count in counted.items())


def _ticket(office: Office, store: Store, order: OrderView, line: LineView) -> TicketPaper:
    settings = office.settings
    courts = catalogue.session_courts(store, line.session_id)
    assert line.ticket_id is not None
    numbered = line.seat_id is not None
    return TicketPaper(
        event=Both(settings.event_zh, settings.event_en),
        court=_all(courts),
        session=Both(line.session_zh, line.session_en),
        starts_at=line.starts_at,
        gates_at=line.gates_open,
        block=line.zone if numbered else None,
        row=line.row if numbered else None,
        seat=line.number if numbered else None,
        level=line.category,
        ticket_type=TICKET_TYPES.get(line.ticket_type, Both(line.ticket_type, line.ticket_type)),
        price=line.price_fen,
        attendee=line.attendee,
        document=line.document,
        order_number=order.number,
        ticket_number=f"{order.number}/{line.position}",
        opens=tuple(Both(*names) for names in catalogue.opened_courts(store, line.price_plan)),
        code=_code(office, line),
        terms=TERMS,
        duplicate=line.issue > 1,
        training=settings.kind is not HomeKind.REAL,
    )


def _code(office: Office, line: LineView) -> str:
    assert line.ticket_id is not None
    claim = TicketClaim(
        key_id=office.key.key_id,
        ticket=UUID(hex=line.ticket_id),
        session=line.session_id,
        seat=line.seat_id or 0,
        issue=line.issue,
        window=office.chain.window,
        epoch=office.chain.epoch,
    )
    return ticket_code.encode(claim, office.key.sign)


def _all(names: Sequence[tuple[str, str]]) -> Both:
    return Both("、".join(zh for zh, _ in names), ", ".join(en for _, en in names))


def _receipt_lines(order: OrderView, payment_id: str) -> tuple[ReceiptLine, ...]:
    counted: dict[tuple[str, str, int], int] = {}
    for line in order.lines:
        if line.payment_id != payment_id:
            continue
        seat = f" {line.zone}-{line.row}-{line.number}" if line.seat_id is not None else ""
        key = (f"{line.session_zh}{seat}", f"{line.session_en}{seat}", line.price_fen)
        counted[key] = counted.get(key, 0) + 1
    return tuple(ReceiptLine(Both(zh, en), n, each) for (zh, en, each), n in counted.items())
