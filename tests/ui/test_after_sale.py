"""What a customer wants once the sale has ended: notices, a tax invoice; then the next customer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from boxoffice.services.staff import operators, shifts
from boxoffice.services.telling import contacts
from tests.ui.selling import PATIENCE_MS, resident_id
from ui import app as application
from ui.orders.contact_act import ContactAct
from ui.orders.invoice_act import InvoiceAct
from ui.pages import CASES, ORDERS, SELL
from ui.sell.side_words import SideState
from ui.window import Window

ALT = Qt.KeyboardModifier.AltModifier


class Sold:
    """A window whose clerk has just sold two tickets for cash."""

    def __init__(self, window: Window, qtbot) -> None:
        self.window, self.qtbot = window, qtbot
        self.sell, self.orders = window.frame.page(SELL), window.frame.page(ORDERS)
        self._selling()

    def _selling(self) -> None:
        self.quiet()
        self.sell.choose_session("S1D")
        self.quiet()
        self.sell.take_best("B", 2)
        self.quiet()
        for person in (1, 2):
            self.sell.scanned(resident_id(person))
        self.quiet()
        self.key(Qt.Key.Key_F8)
        self.sell.give_cash(200_000)
        self.key(Qt.Key.Key_F8)
        self.until(lambda: self.sell.counter.state is SideState.DONE)

    def quiet(self) -> None:
        self.until(lambda: not self.sell.busy and not self.orders.busy)

    def until(self, reached) -> None:
        self.qtbot.waitUntil(lambda: bool(reached()), timeout=PATIENCE_MS)

    def key(self, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        frame = self.window.frame
        self.qtbot.keyClick(frame.focusWidget() or frame, key, modifier)
        self.quiet()

    def begun(self, kind):
        """The act that has the side of the Orders page."""
        self.until(lambda: isinstance(self.orders.begun, kind) and not self.orders.begun.busy)
        assert self.window.frame.front == ORDERS
        return self.orders.begun

    @property
    def order(self) -> str:
        return str(self.sell.counter.done.sale.order_id)

    @property
    def stands(self) -> bool:
        """Whether the clerk sees the sale that has just ended."""
        return self.window.frame.front == SELL and self.sell.counter.state is SideState.DONE


@pytest.fixture
def sold(qapp: QApplication, office, qtbot) -> Iterator[Sold]:
    app = application.application(office.settings)
    clerk = operators.operator_by_number(office=office, number="1001")
    desk = shifts.desk_for(office=office, operator=clerk)
    with ExitStack() as ending:
        window = application.open_window(app, office, ending, language="en")
        window.sign_on(shifts.open_shift(office=office, desk=desk, float_fen=50_000))
        window.frame.resize(1600, 900)
        window.frame.show()
        window.frame.activateWindow()
        found = Sold(window, qtbot)
        yield found
        found.quiet()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def typed(edit, text: str) -> None:
    edit.setText(text)
    edit.textEdited.emit(text)


def test_one_key_asks_for_an_address_and_comes_back(sold: Sold) -> None:
    order, office = sold.order, sold.window.context.office
    sold.key(Qt.Key.Key_N, ALT)
    act = sold.begun(ContactAct)
    assert sold.orders.file.view.id == order
    sold.until(act.mail.hasFocus)
    typed(act.mail, "visitor@example.org")
    sold.key(Qt.Key.Key_Return)
    sold.until(lambda: act.finished)
    sold.key(Qt.Key.Key_F8)

    assert sold.stands
    assert sold.order == order
    found = office.read(lambda s: contacts.reach(s, office.seal, order, "zh_CN"))
    assert found.mail == "visitor@example.org"


def test_one_key_asks_for_a_tax_invoice(sold: Sold) -> None:
    sold.key(Qt.Key.Key_I, ALT)
    act = sold.begun(InvoiceAct)
    assert act.standing.payable_fen == sold.sell.counter.done.sale.total_fen


def test_esc_comes_back_to_the_sale(sold: Sold) -> None:
    sold.key(Qt.Key.Key_N, ALT)
    sold.begun(ContactAct)
    sold.key(Qt.Key.Key_Escape)
    assert sold.stands
    assert sold.orders.begun is None


def test_the_first_key_for_the_next_customer_is_enter_as_before(sold: Sold) -> None:
    sold.key(Qt.Key.Key_N, ALT)
    sold.begun(ContactAct)
    sold.key(Qt.Key.Key_Escape)
    sold.key(Qt.Key.Key_Return)
    assert sold.sell.counter.state is SideState.BASKET


def test_a_scan_begins_with_the_next_customer(sold: Sold) -> None:
    sold.sell.scanned(resident_id(3))
    sold.quiet()
    assert sold.sell.counter.state is SideState.BASKET
    assert sold.window.frame.front == SELL


def test_another_page_is_not_left_for_the_sale(sold: Sold) -> None:
    sold.key(Qt.Key.Key_N, ALT)
    sold.begun(ContactAct)
    sold.window.frame.show_page(CASES)
    assert sold.window.frame.front == CASES


def test_an_order_looked_at_later_is_not_left_for_the_sale(sold: Sold) -> None:
    sold.key(Qt.Key.Key_N, ALT)
    sold.begun(ContactAct)
    sold.window.frame.show_page(CASES)
    sold.window.frame.show_page(ORDERS)
    sold.orders.open(sold.order)
    sold.quiet()
    sold.orders.begin(ContactAct)
    sold.begun(ContactAct)
    sold.key(Qt.Key.Key_Escape)
    assert sold.window.frame.front == ORDERS
