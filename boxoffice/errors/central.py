"""Central records and the windows that share them."""

from __future__ import annotations

from boxoffice.errors.base import Broken, Refused


class StockMoved(Refused):
    """Windows took what an import was about to store, time and again."""


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


class BadEnrolment(Refused):
    """An enrolment file does not let a window in.

    Fields: file, why (enrolment_file, enrolment_version, enrolment_used, enrolment_ended,
    enrolment_foreign, enrolment_window, enrolment_unsent, enrolment_own).
    """


class EpochRuns(Refused):
    """The epoch of a window was not ended at central. Fields: window."""


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

    Fields: why (no_session, no_level, numbered, orders_of_level, unknown_level), value.
    """


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
    """The server does not take the password of this window or central home. Fields: user."""


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
