"""Says what a customer was told by a notice, where it went, and what became of it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from boxoffice import clock
from boxoffice.queries.notices import Told
from ui import formats
from ui.widgets.row_model import Row


class ToldWords(QObject):
    """A notice as a row of an order's history."""

    def row(self, number: int, one: Told) -> Row:
        """What it says, then where it went and how far it is."""
        state, tone = self._state(one)
        return Row(
            key=f"told {number}",
            fact=self.tr("Told: {what}").format(what=self._what(one.kind)),
            detail=formats.DOT.join(part for part in (one.masked, state) if part),
            tone=tone,
            value=formats.time(one.at),
            note=formats.short_day(clock.venue(one.at).date()),
        )

    def _what(self, kind: str) -> str:
        said = {
            "refund_accepted": self.tr("refund accepted"),
            "refund_sent": self.tr("refund sent"),
            "refund_arrived": self.tr("refund arrived"),
            "refund_refused": self.tr("refund could not go back"),
            "session_cancelled": self.tr("session cancelled"),
            "session_moved": self.tr("session moved"),
            "seat_changed": self.tr("seat changed"),
            "ticket_exchanged": self.tr("ticket exchanged"),
            "invoice_issued": self.tr("tax invoice issued"),
        }
        return said.get(kind, kind)

    def _state(self, one: Told) -> tuple[str, str]:
        """How far it is; what went wrong stands behind it."""
        said = {
            "queued": (self.tr("waits to be sent"), "attention"),
            "sending": (self.tr("being sent"), "attention"),
            "sent": (self.tr("was sent"), "good"),
            "failed": (self.tr("could not be sent"), "danger"),
            "dropped": (self.tr("too old, not sent"), "danger"),
        }.get(one.status, (one.status, ""))
        why = self._why(one.trouble)
        return (f"{said[0]} ({why})" if why else said[0]), said[1]

    def _why(self, trouble: str) -> str:
        said = {
            "unreachable": self.tr("no connection"),
            "silent": self.tr("no answer"),
            "not_trusted": self.tr("the server is not trusted"),
            "sign_in": self.tr("the service refused our sign-in"),
            "balance": self.tr("our account there is empty"),
            "busy": self.tr("the service is busy"),
            "address": self.tr("nobody is at that address"),
            "content": self.tr("the service refused the text"),
            "not_readable": self.tr("the answer makes no sense"),
        }
        return said.get(trouble, trouble)
