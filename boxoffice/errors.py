"""Every error the box office raises, drawn as one tree.

    BoxOfficeError
    ├── Refused          a rule said no; nothing was changed; shown beside the widget
    └── Broken           device, disk, file, network: says what to do and whether retrying helps

Anything else that is raised is a bug: logged with a reference number; the application goes on.

Errors carry fields, not sentences. `boxoffice.sentences` holds one English sentence per error
class, which the command line prints and the window translates.
"""

from __future__ import annotations

from typing import ClassVar


class BoxOfficeError(Exception):
    """Base of all errors we raise on purpose; `fields` fill the placeholders of its sentence."""

    def __init__(self, **fields: object) -> None:
        super().__init__(type(self).__name__, fields)
        self.fields = fields

    @property
    def code(self) -> str:
        """Name under which the sentence of this error is kept."""
        return type(self).__name__


class Refused(BoxOfficeError):
    """A rule said no; nothing was changed."""


class Broken(BoxOfficeError):
    """Something outside our rules failed; `retry` tells whether trying again can help."""

    retry: ClassVar[bool] = False


# --- signing in, rights and shifts -------------------------------------------------------------


class WrongPin(Refused):
    """Operator number or PIN is wrong; which of the two is not told."""


class TooManyPins(Refused):
    """Too many wrong PINs for a number: the next try has to wait. Fields: seconds."""


class NotAllowed(Refused):
    """The role of this operator may not do this. Fields: act, role."""


class NoShift(Refused):
    """The act needs an open shift."""


class ShiftOpen(Refused):
    """A shift is already open at this window. Fields: operator."""


class ShiftBusy(Refused):
    """Something is unfinished, so the shift cannot be closed.

    Fields: baskets, parked, payments, pages.
    """


class NoAmount(Refused):
    """Cash moves by an amount above zero."""


class NoOperators(Refused):
    """A real home has no operator yet."""


class BadOperator(Refused):
    """An operator cannot be entered like that. Fields: why (number, name, pin, taken), value."""


# --- seats, places and documents ----------------------------------------------------------------


class SeatTaken(Refused):
    """The seat is not free. Fields: zone, row, number."""


class SeatHeld(SeatTaken):
    """A window has the seat in a basket. Fields: zone, row, number, window."""


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


# --- orders, payment, pickup ---------------------------------------------------------------------


class WrongStatus(Refused):
    """A status step that is not allowed. Fields: record, status, wanted."""


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

    Fields: why (over, returned, reserved, whole_order, tier, policy).
    """


class QuoteChanged(Refused):
    """What goes back is no longer what was quoted."""


class NoVoid(Refused):
    """A sale cannot be made undone. Fields: why (presale, returned, reserved)."""


class NoReprint(Refused):
    """There is no paper to be printed again. Fields: why (returned, not_handed_over)."""


class PapersMissing(Refused):
    """Tickets that are out on paper come back first. Fields: count."""


class NeedsApproval(Refused):
    """A second person has to approve. Fields: act."""


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


class FreedCode(Refused):
    """A ticket code of a lost window, whose seat was put back on sale. Fields: window."""


class BadKeyChain(Refused):
    """Exported public keys are incomplete or not certified by central's key. Fields: why."""


# --- files and commands --------------------------------------------------------------------------


class BadFile(Refused):
    """An imported file is unreadable or of no known kind. Fields: file, why."""


class TrainingOnly(Refused):
    """`--at` is for demo and training homes. Fields: home."""


class DemoOnly(Refused):
    """`--demo` is for demo homes. Fields: home."""


class BadTime(Refused):
    """A time that cannot be read. Fields: text."""


class TourStuck(Broken):
    """A tour waited in vain. Fields: step."""


class NoCatalogue(Refused):
    """Nothing was imported yet. Fields: home."""


class StockMoved(Refused):
    """Windows took what an import was about to store, time and again."""


class NoHome(Refused):
    """There are no records in that folder. Fields: home."""


class BadSetting(Refused):
    """The settings file holds something unusable. Fields: file, key, why."""


class Fenced(Refused):
    """Central has ended this window's epoch. Fields: window."""


class NotAWindow(Refused):
    """A window was to be opened in a central home. Fields: home."""


class NotACentralHome(Refused):
    """Central was to be looked after in a window's home. Fields: home."""


class OnlyAtCentral(Refused):
    """Central is on a server: what belongs to all windows is entered at its home."""


class ForeignCentral(Refused):
    """The records at that address belong to another central home. Fields: schema."""


class WindowKnown(Refused):
    """Central has a window of that name or number. Fields: window."""


class LoginKnown(Refused):
    """The server has a login of that name which these records do not know. Fields: login."""


class WindowUnknown(Refused):
    """Central has no such window. Fields: window."""


class FileStands(Refused):
    """A file would have to be replaced. Fields: file."""


class BadEnrolment(Refused):
    """An enrolment file does not let a window in.

    Fields: file, why (enrolment_file, enrolment_version, enrolment_used, enrolment_ended,
    enrolment_foreign, enrolment_window, enrolment_unsent, enrolment_own).
    """


class EpochRuns(Refused):
    """The epoch of a window was not ended at central. Fields: window."""


class CopiedRecords(Refused):
    """A copy of a window's records. Fields: window, why (machine, place, older, behind, twice)."""


class BadAllotment(Refused):
    """A plan cannot be kept by any window.

    Fields: why (no_session, no_level, numbered, orders_of_level, unknown_level), value.
    """


class ForkedJournal(Refused):
    """Central holds another entry under the same journal number. Fields: window, number."""


# --- broken --------------------------------------------------------------------------------------


class HomeInUse(Broken):
    """Another program has this home open. Fields: home."""

    retry = True


class NewerRecords(Broken):
    """The file was written by a newer version. Fields: file, version, known."""


class NoServer(Broken):
    """PostgreSQL could not be started here. Fields: why."""


class RecordsUnreadable(Broken):
    """The file is damaged or its key is wrong. Fields: file."""


class KeyMissing(Broken):
    """The key of this home is not to be found. Fields: home."""


class DiskTrouble(Broken):
    """The disk is full, read-only or gone. Fields: file, why."""

    retry = True


class CentralUnreachable(Broken):
    """The central records do not answer. Fields: why."""

    retry = True


class CentralRecovering(CentralUnreachable):
    """Central was restored: first all windows say what they hold. Fields: windows."""


class CentralOlder(CentralUnreachable):
    """Central's records are of an older version than this program. Fields: version, known."""


class CentralNewer(CentralUnreachable):
    """Central's records are of a newer version than this program. Fields: version, known."""


class CentralNotTrusted(CentralUnreachable):
    """The server cannot prove that it is central's, or speaks in clear. Fields: why."""


class CentralPassword(CentralUnreachable):
    """The server does not take the password of this window or central home. Fields: user."""


class SeatAway(CentralUnreachable):
    """Off line, and the seat is not this window's. Fields: zone, row, number, why."""


class SeatAwayAt(SeatAway):
    """Off line, and another window has the seat. Fields: zone, row, number, window, why."""


class PlacesAway(CentralUnreachable):
    """Off line, and this window holds fewer places. Fields: count, left, why."""


class PrinterTrouble(Broken):
    """The printer did not take the page. Fields: printer, why."""

    retry = True


class NoPrinter(Broken):
    """No printer of that name. Fields: printer."""


class ClockBehind(Broken):
    """The computer's clock stands before the last journal entry. Fields: now, last."""

    retry = True


class RecordsBehind(Broken):
    """The file is older than what was last written outside it. Fields: file, number, known."""
