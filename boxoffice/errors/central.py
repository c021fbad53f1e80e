"""Central records and the windows that share them."""

from __future__ import annotations

from boxoffice.errors.base import Broken, Refused


class StockMoved(Refused):
    """Windows took what an import was about to store, time and again."""


class Fenced(Refused):
    """Central has ended this window's epoch. Fields: window."""


class AttemptLeft(Refused):
    """A payment was left by an epoch that ended: a supervisor settles it. Fields: order."""


class TerminalElsewhere(Refused):
    """Money on a card goes back by the terminal of its own window. Fields: window."""


class NotAWindow(Refused):
    """A window was to be opened in a central home. Fields: home."""


class NotACentralHome(Refused):
    """Central was to be looked after in a window's home. Fields: home."""


class OnlyAtCentral(Refused):
    """Central is on a server: what belongs to all windows is entered at its home."""


class ForeignCentral(Refused):
    """The records at that address belong to another central home. Fields: schema."""


class BadAddress(Refused):
    """What was named is no address of central records.

    Fields: why (url_kind, url_letters, url_host, url_port, url_escape, url_query,
    url_several).
    """


class BadSchema(Refused):
    """No schema can have that name without quotes. Fields: schema."""


class BadCertificate(Refused):
    """What was named as certificate is none. Fields: file, why."""


class ForeignHome(Refused):
    """A window's records that central never certified. Fields: home, window."""


class WindowKnown(Refused):
    """Central has a window of that name. Fields: window."""


class NumberKnown(Refused):
    """Central has a window of that number. Fields: number, window."""


class LoginKnown(Refused):
    """The server has a login of that name which these records do not know. Fields: login."""


class NoSeat(Refused):
    """No seat is called like that. Fields: seat."""


class NoEpoch(Refused):
    """A window never had an epoch of that number. Fields: window, epoch."""


class WindowUnknown(Refused):
    """Central has no such window. Fields: window."""


class BadEnrolment(Refused):
    """An enrolment file does not let a window in.

    Fields: file, why (enrolment_file, enrolment_version, enrolment_used, enrolment_ended,
    enrolment_foreign, enrolment_window, enrolment_unsent, enrolment_own).
    """


class EpochRuns(Refused):
    """The epoch of a window was not ended at central. Fields: window."""


class StillAtWork(EpochRuns):
    """The records of a window that has not ended were to be received. Fields: home, window."""


class NotHeld(Refused):
    """A window gave back what central does not have it hold. Fields: window.

    Its own program tells the rest once more; by itself it reaches a person nowhere.
    """


class OfEndedEpoch(Refused):
    """An order was to be reported again in an epoch that did not report it. Fields: window."""


class CopiedRecords(Refused):
    """A copy of a window's records. Fields: window, why (machine, place, older, behind, twice)."""


class BadAllotment(Refused):
    """A plan cannot be kept by any window.

    Fields: why (no_session, no_level, numbered, orders_of_level, unknown_level, over), value.
    """


class AllotmentTooLarge(BadAllotment):
    """More was planned for a window than there is. Fields: value, wanted, there."""


class ForkedJournal(Refused):
    """Central holds another entry under the same journal number. Fields: window, number."""


class NoServer(Broken):
    """PostgreSQL could not be started here. Fields: why."""


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
    """The server does not take the password of this window. Fields: user."""

    retry = False


class OwnerPassword(CentralPassword):
    """The server does not take the password of the records' owner.

    Fields: user, where (address, PGPASSWORD, pgpass, keys).
    """


class PasswordMissing(CentralPassword):
    """The server wants a password of the records' owner, and none is known. Fields: user."""


class CentralShut(CentralUnreachable):
    """The server answers and will not serve this login, however often it is asked.

    Fields: user, why.
    """

    retry = False


class NoCentral(CentralUnreachable):
    """There are no central records where they were looked for. Fields: schema."""

    retry = False


class SeatAway(CentralUnreachable):
    """Off line, and the seat is not this window's. Fields: zone, row, number, why."""


class SeatAwayAt(SeatAway):
    """Off line, and another window has the seat. Fields: zone, row, number, window, why."""


class PlacesAway(CentralUnreachable):
    """Off line, and this window holds fewer places. Fields: count, left, why."""


class TogetherAway(CentralUnreachable):
    """Off line, and this window holds no such run of seats. Fields: count, category, longest."""


class OrderAway(CentralUnreachable):
    """Off line, and the order is not this window's. Fields: order, why."""
