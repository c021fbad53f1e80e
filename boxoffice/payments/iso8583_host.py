"""The connected card terminal, by ISO 8583 over TCP to the acquirer's host or terminal bridge.

Why ISO 8583 and not ZVT: the acquirers of this country speak it (China UnionPay's POS messages
are ISO 8583:1987), it has void, refund, reversal and a batch with totals on both sides as messages
of their own, and a transaction can be asked about and undone by number after a crash of ours. ZVT
is the cash register's protocol of German terminals: it knows receipts and a last transaction only,
refers to terminals that are not sold here, and would leave the reconciliation to paper.

The bridge stands between us and the terminal: our sale comes without a card, the terminal adds it,
encrypts and shows its prompts. We know the amount and our number, and nothing of the card.

- 0800 sign on (brings the open batch), echo, stop · 0200 sale, and void with processing code
  200000 · 0220 refund · 0400 reversal · 0500 close with totals, 0320 lines and their end · 0600
  inquiry by our number, or for the last one.
- A sale is sent once. After silence only the inquiry tells, and the reversal undoes; an answer of
  another trace or number is never taken for ours (see `iso8583_line`).
- A trace (field 11) belongs to our number for ever, so nothing has to be kept: after a crash the
  same number asks about the same sale. Where two numbers of one batch share a trace, the host
  refuses the second (94) before it does anything; the inquiry by our whole number then tells
  whether it was ours after all, and if not the charge is declined and the next has a new number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from boxoffice.payments import card_terminal as card
from boxoffice.payments import iso8583_back as back_messages
from boxoffice.payments import iso8583_batch as batches
from boxoffice.payments import iso8583_codes as codes
from boxoffice.payments import iso8583_private as private
from boxoffice.payments import iso8583_sale as sales
from boxoffice.payments.card_settings import CardSettings
from boxoffice.payments.card_terminal import BatchAnswer, BatchLine, Last, Terminal
from boxoffice.payments.iso8583_line import NoAnswer
from boxoffice.payments.iso8583_private import Net, Sort
from boxoffice.payments.iso8583_talk import Talk
from boxoffice.payments.protocol import Answer, Ask, Back, BackAnswer, Timing, Why

TIMING = Timing(
    answer_within_s=60,  # the usual wait of a POS terminal for its host; set in payments.toml
    first_query_s=5,
    query_every_s=5,
    give_up_s=120,  # the time of a card, a PIN and a second try
    reverse_not_before_s=0,
    reverse_every_s=10,
    reverse_give_up_s=120,
    look_again_s=60,
    forget_after_s=600,  # ten times what the bridge may take over a card
    most_refunds=0,
)
"""DOMAIN: silence decides nothing, the status is asked for; the figures are those of terminals in
general, for ISO 8583 names none."""


def connect(settings: CardSettings) -> Terminal:
    """The terminal of these settings; nothing is sent yet."""
    return AcquirerTerminal(settings)


class AcquirerTerminal:
    """A `card_terminal.Terminal`. Safe from several threads; keeps nothing but the open batch."""

    def __init__(self, settings: CardSettings) -> None:
        self._settings = settings
        self._talk = Talk(settings)

    @property
    def tender(self) -> str:
        return card.TENDER

    @property
    def timing(self) -> Timing:
        return replace(
            TIMING,
            answer_within_s=float(self._settings.answer_within_s),
            refund_within_days=self._settings.refund_within_days,
        )

    def reach(self) -> Why:
        """An echo, after signing on."""
        sort = private.sort_field(Sort.ADMIN, private.NO_BATCH, Net.ECHO)
        try:
            self._talk.batch()
            code = self._talk.ask(self._talk.message("0800", sort, {})).get(39)
        except NoAnswer as none:
            return none.why
        return Why.NONE if code in codes.APPROVED else codes.trouble(code)

    def batch(self) -> str:
        """The open batch as the host told it, empty where it does not answer."""
        try:
            return self._talk.batch()
        except NoAnswer:
            return ""

    def charge(self, ask: Ask) -> Answer:
        """0200; DECLINED where it was certainly not sent, UNKNOWN where it may have been."""
        return self._with_names(sales.charge(self._talk, ask))

    def query(self, number: str) -> Answer:
        """0600 by our number."""
        return self._with_names(sales.query(self._talk, number))

    def reverse(self, number: str) -> Answer:
        """0400. ABSENT where the host knows no such number, which may still be on its way."""
        return self._with_names(sales.reverse(self._talk, number))

    def abort(self, number: str) -> Answer:
        """0800 stop."""
        return self._with_names(sales.abort(self._talk, number))

    def last(self) -> Last:
        """0600 without a number."""
        return sales.last(self._talk)

    def void(self, back: Back) -> BackAnswer:
        """0200 with processing code 200000."""
        return back_messages.void(self._talk, back)

    def refund(self, back: Back) -> BackAnswer:
        """0220; ARRIVED once the acquirer approved it, for it says nothing further.

        REFUSED where it was certainly not sent: the same number may be sent again.
        """
        return back_messages.refund(self._talk, back)

    def refund_state(self, back: Back) -> BackAnswer:
        """0600 by the refund's own number."""
        return back_messages.refund_state(self._talk, back)

    def close_batch(self, batch: str, lines: Sequence[BatchLine]) -> BatchAnswer:
        """0500, and 0320 where the totals differ."""
        return batches.close_batch(self._talk, batch, lines)

    def _with_names(self, answer: Answer) -> Answer:
        """A receipt shows terminal and merchant."""
        if not answer.facts:
            return answer
        ours = {card.TERMINAL: self._settings.terminal, card.MERCHANT: self._settings.merchant}
        return replace(answer, facts=answer.facts | ours)
