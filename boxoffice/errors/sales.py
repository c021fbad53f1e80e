"""Seats, places, documents, orders, payment and pickup."""

from __future__ import annotations

from boxoffice.errors.base import Refused


class SeatTaken(Refused):
    """The seat is not free. Fields: zone, row, number."""


class SeatHeld(SeatTaken):
    """A window has the seat in a basket. Fields: zone, row, number, window."""


class SeatSold(SeatTaken):
    """Another window sold or reserved the seat. Fields: zone, row, number, window."""


class NotEnoughTogether(Refused):
    """No unbroken run of that many seats. Fields: count, category, longest."""


class NotEnoughPlaces(Refused):
    """Not that many places are left. Fields: count, left."""


class CapacityReached(Refused):
    """The session's saleable capacity is used up. Fields: session, capacity."""


class DocumentUsed(Refused):
    """This document already has a ticket. Fields: session_zh, session_en, order."""


class BadDocument(Refused):
    """The document number is not well formed. Fields: expected."""


class NoPrice(Refused):
    """No price for that category and ticket type. Fields: category, ticket_type."""


class SessionOver(Refused):
    """The session is no longer on sale. Fields: session_zh, session_en."""


class OnLineOnly(Refused):
    """Central is away, and the session is not sold without it. Fields: session_zh, session_en."""


class WrongStatus(Refused):
    """A status step that is not allowed. Fields: record, status, wanted."""


class TenderNotSetUp(Refused):
    """Nobody is set up to be asked for this tender. Fields: tender."""


class BadReference(Refused):
    """What was typed cannot be the number of a terminal's slip. Fields: least, most."""


class TooMuch(Refused):
    """A share of nothing, or of more than is due. Fields: due, amount."""


class BasketEmpty(Refused):
    """Nothing to sell."""


class DocumentsMissing(Refused):
    """Tickets still lack their document. Fields: count."""


class LimitReached(Refused):
    """A purchase limit or a zone's cap is used up. Fields: rule, limit, count, zone."""

    def __init__(self, **fields: object) -> None:
        super().__init__(**{"zone": "", **fields})


class ProofMissing(Refused):
    """The right to a concession was not seen yet. Fields: count."""


class NotEnoughCash(Refused):
    """Less was tendered than is due. Fields: due, tendered."""


class NothingFound(Refused):
    """No order fits what was typed or scanned. Fields: text."""


class ReservationOver(Refused):
    """The deadline of the reservation has passed. Fields: order, deadline."""


class ReservationNeedsName(Refused):
    """Nobody could find a reservation without name or phone."""


class TooLateToReserve(Refused):
    """The session begins too soon to wait (longer) for the money. Fields: latest."""


class ReasonMissing(Refused):
    """The act needs a reason."""


class NoRefund(Refused):
    """The ticket brings nothing back.

    Fields: why (over, returned, reserved, decided, whole_order, tier, policy, complimentary,
    again).
    """


class ImpossiblePlay(Refused):
    """The play ledger would tell of something that cannot be. Fields: why."""


class QuoteChanged(Refused):
    """What goes back is no longer what was quoted."""


class BadContact(Refused):
    """A customer cannot be written to like that. Fields: what (mail, phone, language)."""


class NoExchange(Refused):
    """The ticket is not exchanged for that place.

    Fields: why (returned, reserved, over, same, not_done, no_money_back).
    """


class NoVoid(Refused):
    """A sale cannot be made undone. Fields: why (presale, returned, reserved)."""


class NoReprint(Refused):
    """There is no paper to be printed again. Fields: why (returned, not_handed_over)."""


class PapersMissing(Refused):
    """Tickets that are out on paper come back first. Fields: count."""


class NeedsApproval(Refused):
    """A second person has to approve. Fields: act."""


class PaperMayExist(NeedsApproval):
    """Not all of an ended epoch was told: somebody has to accept the risk. Fields: act, window."""


class SamePerson(Refused):
    """Who approves must be somebody else."""


class HandedOver(Refused):
    """The ticket was handed over before. Fields: at, window, operator."""


class HeldElsewhere(Refused):
    """Another window holds this order. Fields: order, window."""


class HeldOffLine(HeldElsewhere):
    """A window that is off line holds this order. Fields: order, window, since."""


class BadTicketCode(Refused):
    """A scanned ticket code is damaged or its signature is not ours."""


class NotYetReported(Refused):
    """A genuine ticket whose sale its window has not reported to central yet. Fields: window."""


class NotReportedOffLine(NotYetReported):
    """The same of a window that is off line. Fields: window, since."""


class NotReportedHere(Refused):
    """A ticket that is not known here while central cannot be asked. Fields: window."""


class FreedCode(Refused):
    """A ticket code of a lost window, whose seat was put back on sale. Fields: window."""


class BadKeyChain(Refused):
    """Exported public keys are incomplete or not certified by central's key. Fields: why."""
