"""Words of refunds, voids and reprints: places, ways of the money, reasons and refusals."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from boxoffice.domain import accounts
from boxoffice.queries.orders import LineView
from boxoffice.queries.refunds import Offer, Quote, QuoteLine
from boxoffice.queries.sold_lines import SoldLine
from ui import formats
from ui.pickup.words import PickupWords


class ReturnWords(QObject):
    """Says what comes back, and why something does not, in the words of the trade."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = PickupWords(self)

    # --- tickets

    def place(self, line: SoldLine | LineView) -> str:
        """Where one sits, or what one got where places are unnumbered."""
        if line.seat_id is None:
            return self._session(line)
        return formats.seat(line.zone, line.row, line.number)

    def about(self, line: SoldLine | LineView) -> str:
        """Day and time, ticket type."""
        kind = self._words.ticket_type(line.ticket_type)
        return formats.short_stamp(line.starts_at) + formats.DOT + kind

    def _session(self, line: SoldLine | LineView) -> str:
        return line.session_zh if formats.language() == "zh_CN" else line.session_en

    # --- money

    def channel(self, tender: str) -> str:
        """The channel that took the money."""
        return self._words.channel(accounts.channel_of(tender))

    def asked(self, requests: Sequence[tuple[str, int]]) -> str:
        """The channels that are asked."""
        return formats.DOT.join(self.channel(tender) for tender, _ in requests)

    def fee(self, fen: int) -> str:
        """What is kept of one ticket."""
        return self.tr("fee {amount}").format(amount=formats.money(fen))

    def clauses(self, quote: Quote) -> str:
        """The clauses that count, each once, with the moment each step ends."""
        said: dict[tuple[str, str], str] = {}
        for part in quote.lines:
            note = part.tier.note_zh if formats.language() == "zh_CN" else part.tier.note_en
            until = "" if part.ends is None else formats.short_stamp(part.ends)
            said.setdefault((note, until), self._clause(note, until, part))
        return "\n".join(said.values())

    def _clause(self, note: str, until: str, part: QuoteLine) -> str:
        words = note or self.tr("policy {name}").format(name=part.tier.policy)
        if not until:
            return words
        return self.tr("{clause} (until {time})").format(clause=words, time=until)

    # --- why not, and why by two

    def why(self, offer: Offer) -> str:
        """Why a ticket brings nothing."""
        return self.refusal(offer.why)

    def refusal(self, code: str) -> str:
        """Why a ticket cannot be refunded, voided or printed again."""
        said = {
            "over": self.tr("the time for refunds is over"),
            "tier": self.tr("no refund at this time"),
            "complimentary": self.tr("complimentary"),
            "again": self.tr("its buyer had a refund before"),
            "returned": self.tr("returned before"),
            "reserved": self.tr("not paid"),
            "whole_order": self.tr("only the whole order"),
            "decided": self.tr("paid by the run, without a fee"),
            "policy": self.tr("no policy for its day of sale"),
            "presale": self.tr("sold by a channel: refund it instead"),
            "not_handed_over": self.tr("not handed over yet"),
        }
        return said.get(code, code)

    def approval(self, reasons: Sequence[str], limit_fen: int, minutes: int) -> str:
        """Why a second person has to approve."""
        said = {
            "limit": self.tr("More than {amount} goes back for this order.").format(
                amount=formats.money(limit_fen)
            ),
            "gates": self.tr("The gates are open: was the ticket used?"),
            "clock": self.tr("This computer's clock is in doubt, and the sum depends on the time."),
            "shift": self.tr("It was sold in another shift."),
            "late": self.tr("It was sold more than %n minute(s) ago.", "", minutes),
        }
        return " ".join(said[reason] for reason in reasons)

    def tickets(self, count: int) -> str:
        """A number of tickets."""
        return self._words.tickets(count)
