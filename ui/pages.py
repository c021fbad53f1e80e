"""The pages of a window: which there are, in what order, and who may see them."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject

from boxoffice.desk import Right
from boxoffice.errors import Broken
from boxoffice.queries.reports import ShiftReport
from ui.context import Context
from ui.main_window import PageEntry
from ui.orders.act import OrderAct
from ui.orders.collect_act import CollectAct
from ui.orders.contact_act import ContactAct
from ui.orders.exchange_act import ExchangeAct
from ui.orders.invoice_act import InvoiceAct
from ui.orders.refund_act import RefundAct
from ui.orders.reprint_act import ReprintAct
from ui.orders.reservation_act import ExtendReservation, ReleaseReservation, SwapSeats
from ui.orders.reservation_pay import PayReservation
from ui.orders.reveal_act import RevealAct
from ui.orders.void_act import VoidAct
from ui.screens.cases import CasesPage
from ui.screens.central import CentralPage
from ui.screens.money import MoneyPage
from ui.screens.orders import OrdersPage
from ui.screens.pickup import PickupPage
from ui.screens.rain import RainPage
from ui.screens.sell import SellPage
from ui.screens.setup import SetupPage
from ui.screens.shift import ShiftPage

SELL, PICKUP, ORDERS = "sell", "pickup", "orders"
SHIFT, CASES, CENTRAL, SETUP = "shift", "cases", "central", "setup"
RAIN, MONEY = "rain", "money"
ORDER_ACTS: tuple[type[OrderAct], ...] = (
    PayReservation,
    CollectAct,
    RefundAct,
    ExchangeAct,
    VoidAct,
    ReprintAct,
    InvoiceAct,
    ContactAct,
    ExtendReservation,
    SwapSeats,
    ReleaseReservation,
    RevealAct,
)
"""What can be done with an order, in the order of likelihood."""


class Host(Protocol):
    """The window that the pages are of."""

    context: Context

    def pick_up(self, order_id: str) -> None:
        """An order that was found on a page is to be handed over."""

    def open_order(self, number: str) -> None:
        """The order of that number is to be looked at."""

    def serve(self, order_id: str, kind: type[OrderAct]) -> None:
        """The customer of a sale that has just ended wants this done with the order."""

    def served(self, text: str) -> None:
        """That was done, with these words; "" where it was left."""

    def shift_closed(self, report: ShiftReport, trouble: Broken | None) -> None:
        """A shift ended on its page."""


class Pages(QObject):
    """Makes the pages, each once its operator first goes there."""

    def __init__(self, host: Host) -> None:
        super().__init__()
        self._host = host

    def entries(self) -> list[PageEntry]:
        """What the operator who is signed on may open, in the order of the navigation."""
        may = self._host.context.desk.operator.may
        return [entry for right, entry in self._all() if right is None or any(map(may, right))]

    def _all(self) -> list[tuple[tuple[Right, ...] | None, PageEntry]]:
        """Each page with the rights of which one opens it; None for everybody."""
        context = self._host.context

        return [
            (
                (Right.SELL,),
                PageEntry(SELL, lambda: self.tr("Sell"), self._sell_page, "F3"),
            ),
            (
                (Right.PICK_UP,),
                PageEntry(PICKUP, lambda: self.tr("Pickup"), lambda: PickupPage(context), "F4"),
            ),
            (
                (Right.SELL, Right.PICK_UP),
                PageEntry(ORDERS, lambda: self.tr("Orders"), self._orders_page, "F6"),
            ),
            (
                (Right.SHIFT,),
                PageEntry(SHIFT, lambda: self.tr("Shift"), self._shift_page, "F9"),
            ),
            (None, PageEntry(CASES, lambda: self.tr("Cases"), lambda: CasesPage(context), "F7")),
            (
                (Right.SETTLE_CASES,),
                PageEntry(
                    RAIN,
                    lambda: self.tr("Play and rain"),
                    lambda: RainPage(context),
                    "Shift+F9",
                    low=True,
                ),
            ),
            (
                (Right.SETTLE_CASES,),
                PageEntry(MONEY, lambda: self.tr("Money"), self._money_page, "F11", low=True),
            ),
            (
                (Right.SETTLE_CASES,),
                PageEntry(
                    CENTRAL,
                    lambda: self.tr("Central"),
                    lambda: CentralPage(context),
                    "F5",
                    low=True,
                ),
            ),
            (
                None,
                PageEntry(
                    SETUP, lambda: self.tr("Setup"), lambda: SetupPage(context), "F10", low=True
                ),
            ),
        ]

    def _sell_page(self) -> SellPage:
        page = SellPage(self._host.context)
        page.hand_over_wanted.connect(self._host.pick_up)
        page.order_wanted.connect(self._host.open_order)
        page.contact_wanted.connect(lambda order: self._host.serve(order, ContactAct))
        page.invoice_wanted.connect(lambda order: self._host.serve(order, InvoiceAct))
        return page

    def _orders_page(self) -> OrdersPage:
        page = OrdersPage(self._host.context, ORDER_ACTS)
        page.pickup_wanted.connect(self._host.pick_up)
        page.guest_left.connect(self._host.served)
        return page

    def _money_page(self) -> MoneyPage:
        page = MoneyPage(self._host.context)
        page.order_wanted.connect(self._host.open_order)
        return page

    def _shift_page(self) -> ShiftPage:
        page = ShiftPage(self._host.context)
        page.closed.connect(self._host.shift_closed)
        return page
