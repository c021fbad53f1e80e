"""Payment codes that are scanned anywhere on the page: charged at once where a basket is complete.

That saves the choice of a tender, which is most of what paying takes.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from boxoffice.domain import recognise
from boxoffice.domain.accounts import ALIPAY, CARD, CODES, WECHAT
from boxoffice.domain.recognise import ScanKind
from ui.sell.basket import Basket
from ui.sell.charging import Charging
from ui.sell.side import SellSide
from ui.sell.side_words import AFTER, PAYING, SideState
from ui.sell.tender_words import TenderWords
from ui.widgets.page import Page

_WECHAT_FIRST = tuple(f"1{digit}" for digit in range(6))
_ALIPAY_FIRST = (*(f"2{digit}" for digit in range(5, 10)), "30")


def tender_of(code: str) -> str:
    """The tender a payment code belongs to, by its first two digits; UnionPay is a card's."""
    if code.startswith(_WECHAT_FIRST):
        return WECHAT
    return ALIPAY if code.startswith(_ALIPAY_FIRST) else CARD


def payment_code(text: str, *, expected: bool) -> str:
    """The payment code that was scanned; "" where it is none.

    Some resident numbers look like one. Only where a code is `expected` is such a number one: no
    document may be sent to a payment company because the clerk read it twice.
    """
    for scan in recognise.recognise(text):
        if scan.kind is ScanKind.PAYMENT_CODE:
            return scan.value
        if scan.kind is ScanKind.DOCUMENT and not expected:
            return ""
    return ""


class PayingCodes(QObject):
    """Takes what is scanned on the page, where it is a payment code."""

    def __init__(self, basket: Basket, side: SellSide, charging: Charging, page: Page) -> None:
        super().__init__(page)
        self._basket, self._side, self._charging, self._page = basket, side, charging, page
        self._words = TenderWords(self)

    def scanned(self, text: str) -> bool:
        """Charge it; False where the text is no payment code."""
        side = self._side
        expected = side.state is SideState.SHARE and side.share.tender in CODES
        code = payment_code(text, expected=expected)
        if not code:
            return False
        tender = tender_of(code)
        trouble = self._trouble(tender)
        if trouble:
            self._page.error_band.say("attention", trouble)
            return True
        share = side.share.share_fen if expected else None
        due = self._basket.due_fen
        fen = due if share is None else share
        self._charging.charge(tender, fen, whole=fen == due, code=code)
        return True

    def _trouble(self, tender: str) -> str:
        """Why this code is not charged now; "" where it is."""
        side = self._side
        if side.state is SideState.WAITING:
            return self.tr("This customer is being charged already: wait for the answer.")
        if side.state in AFTER:
            return self.tr("A payment code, and nothing to pay here. Nothing was charged.")
        if side.state is not SideState.BASKET and side.state not in PAYING:
            return self.tr("A payment code: go back to the basket first. Nothing was charged.")
        view = self._basket.view
        if view is None or not view.lines:
            return self.tr("A payment code, and nothing to pay here. Nothing was charged.")
        missing = side.missing_words()
        if missing:
            said = self.tr("First: {missing}. Then scan the payment code again.")
            return said.format(missing=missing)
        if self._basket.busy:
            return self.tr("The basket is being changed: scan the payment code again.")
        if tender == CARD:
            return self.tr("A UnionPay code: let the card terminal read it.")
        if tender not in side.tenders.buttons:
            said = self.tr("This window is not set up for {tender}. Nothing was charged.")
            return said.format(tender=self._words.name(tender))
        if side.state is SideState.SHARE and side.share.share_fen is None:
            return self.tr("Type how much is paid by this code first.")
        return ""
