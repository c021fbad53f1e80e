"""Tenders and what their companies answer, in the words of the window."""

from __future__ import annotations

from PySide6.QtCore import QObject

from boxoffice.domain.accounts import (
    ALIPAY,
    CARD,
    CARD_APART,
    CASH,
    COMPLIMENTARY,
    EXCHANGE,
    TRANSFER,
    WECHAT,
    channel_of,
    is_channel,
)
from ui.pickup.words import PickupWords


class TenderWords(QObject):
    """Says them in the language of the moment."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._channels = PickupWords(self)

    def name(self, tender: str) -> str:
        """What people call a tender."""
        said = {
            CASH: self.tr("Cash"),
            WECHAT: self.tr("WeChat"),
            ALIPAY: self.tr("Alipay"),
            CARD: self.tr("Card"),
            CARD_APART: self.tr("Other terminal"),
            COMPLIMENTARY: self.tr("Complimentary"),
            TRANSFER: self.tr("Bank transfer"),
            EXCHANGE: self.tr("exchange"),
        }
        if is_channel(tender):
            name = self._channels.channel(channel_of(tender))
            return self.tr("Channel {name}").format(name=name)
        return said.get(tender, tender)

    def short(self, tender: str) -> str:
        """The same where room is short."""
        said = {CARD_APART: self.tr("Terminal"), COMPLIMENTARY: self.tr("Comp")}
        return said.get(tender) or self.name(tender)

    def why_not(self, why: str) -> str:
        """Why a charge came to nothing, and what to do; "" where nothing is known."""
        said = {
            "code_expired": self.tr("The code is too old. Ask for a new one and scan it."),
            "code_used": self.tr("This code was used before. Ask for a new one and scan it."),
            "balance": self.tr("There is too little money. Another card or tender is needed."),
            "customer": self.tr("The customer ended it, or may not pay so."),
            "card": self.tr("The card was refused. Try another card or tender."),
            "terminal_busy": self.tr("The terminal is busy. End what it shows, then try again."),
            "unreachable": self.tr("The line to the company is down. Take another tender."),
            "silent": self.tr("The company did not answer."),
            "bad_signature": self.tr("The answer was not signed by the company."),
            "not_readable": self.tr("The answer could not be read."),
            "bad_clock": self.tr("This computer's clock is wrong. Call a supervisor."),
            "not_set_up": self.tr(
                "The merchant's account is not set up rightly. Call a supervisor."
            ),
            "busy": self.tr("The company is overloaded. Try again in a moment."),
            "number_used": self.tr("The number of this payment was used before. Try again."),
            "other_amount": self.tr("The company names another amount. Call a supervisor."),
            "merchant_balance": self.tr("The merchant's account is short of money."),
            "too_early": self.tr("It is too early for that; it is tried again."),
            "too_late": self.tr("It is too late to reverse it."),
            "too_much": self.tr("More than is left of the payment."),
        }
        return said.get(why, "")
