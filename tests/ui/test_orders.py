"""The Orders page on real services: found as one types, seen whole, acts, data in clear."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from boxoffice.queries.orders import OrderView
from boxoffice.services.staff import operators, shifts
from tests.ui.order_acts import sell
from tests.ui.presale import of_session, sold
from ui.context import Context
from ui.orders.act import OrderAct
from ui.orders.reveal_act import RevealAct
from ui.screens.orders import OrdersPage
from ui.widgets.action_button import ActionButton


class Wave(OrderAct):
    """An act that does nothing but take the side."""

    key = "Alt+W"
    went = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.body = QLabel("wave")
        self.primary = ActionButton("Wave", key="F8", kind="primary", act=self.go)
        self.quiet = (ActionButton("Twice", key="Alt+2"),)
        self.order: OrderView | None = None
        self.heard: list[str] = []

    @classmethod
    def title(cls) -> str:
        return "Wave goodbye"

    @classmethod
    def fits(cls, order: OrderView, desk) -> bool:
        return order.channel == "window"

    def begin(self, order: OrderView) -> None:
        self.order = order

    def scanned(self, text: str) -> bool:
        self.heard.append(text)
        return True

    def go(self) -> None:
        self.done.emit("Waved")


@contextmanager
def hosted(context: Context, qtbot) -> Iterator[OrdersPage]:
    made = OrdersPage(context, [Wave, RevealAct])
    host = QWidget()
    row = QHBoxLayout(host)
    row.addWidget(made.centre, 1)
    made.panel.setFixedWidth(364)
    row.addWidget(made.panel)
    made.setParent(host)
    host.resize(1400, 800)
    made.retranslate()
    # Not qtbot.addWidget: that closes it before the last answer came.
    with qtbot.waitExposed(host):
        host.show()
    host.activateWindow()
    made.shown()
    qtbot.waitUntil(lambda: not made.busy)
    try:
        yield made
        qtbot.waitUntil(lambda: not made.busy)
    finally:
        host.close()
        host.deleteLater()


@pytest.fixture
def page(context, qtbot) -> Iterator[OrdersPage]:
    with hosted(context, qtbot) as made:
        yield made


@pytest.fixture
def supervised(context, qtbot) -> Iterator[OrdersPage]:
    """A supervisor works here."""
    person = operators.operator_by_number(office=context.office, number="3001")
    context.use_desk(shifts.desk_for(office=context.office, operator=person))
    with hosted(context, qtbot) as made:
        yield made


def typed(page: OrdersPage, qtbot, text: str) -> None:
    page.type_text(text)
    qtbot.waitUntil(lambda: not page.busy)


def opened(page: OrdersPage, qtbot, text: str) -> None:
    page.scanned(text)
    qtbot.waitUntil(lambda: not page.busy and page.file is not None)


def keys(page: OrdersPage) -> list[str]:
    return [row.key for row in page.view.rows.rows]


def test_every_letter_brings_the_list_nearer(page, qtbot):
    order = sold()[0]

    typed(page, qtbot, order.number[:6])
    many = len(page.view.rows.rows)
    typed(page, qtbot, order.number)

    assert many > 1
    assert [row.number for row in page.found.rows] == [order.number]
    assert order.number in page.view.primary.text()
    assert page.view.primary.isEnabled()


def test_letters_typed_into_the_field_search(page, qtbot):
    page.view.field.setFocus()
    qtbot.keyClicks(page.view.field, "zhang")
    qtbot.waitUntil(lambda: not page.busy)

    assert page.found.rows
    assert all(row.name.startswith("张") or row.attendee for row in page.found.rows)


def test_arrows_mark_and_enter_opens_while_the_cursor_stays_in_the_field(page, qtbot):
    page.view.field.setFocus()
    qtbot.keyClicks(page.view.field, "zhang")
    qtbot.waitUntil(lambda: not page.busy)
    first = page.view.rows.current

    qtbot.keyClick(page.view.field, Qt.Key.Key_Down)
    second = page.view.rows.current
    qtbot.keyClick(page.view.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.file is not None)

    assert first != second
    assert page.file.view.id == second


def test_a_scan_opens_the_one_order_and_does_not_stay_readable(page, qtbot):
    order = next(of_session("S1D"))
    typed(page, qtbot, "zhang")
    page.view.filters.choose(page.view.filters.state, "returned")
    qtbot.waitUntil(lambda: not page.busy)

    opened(page, qtbot, order.documents[0])

    assert page.file.view.number == order.number
    assert page.view.field.text() == ""
    assert not page.view.filters.filters


def test_a_typed_phone_goes_from_the_field_once_the_order_is_open(page, qtbot):
    order = next(of_session("S1D"))
    typed(page, qtbot, order.phone)
    assert order.phone not in page.view.list_title.text()

    page.view.primary.click()
    qtbot.waitUntil(lambda: page.file is not None)

    assert page.view.field.text() == ""


def test_filters_alone_list_orders(page, qtbot):
    page.view.filters.choose(page.view.filters.channel, "web")
    qtbot.waitUntil(lambda: not page.busy)

    assert page.found.rows
    assert {row.channel for row in page.found.rows} == {"web"}
    page.back()
    qtbot.waitUntil(lambda: not page.busy)
    assert not page.found.rows


def test_sessions_offered_are_those_of_the_day(page, qtbot):
    filters = page.view.filters
    qtbot.waitUntil(lambda: filters.day.count() > 1)
    every = filters.session.count()

    filters.choose(filters.day, filters.day.itemData(1))

    assert 1 < filters.session.count() < every


def test_nothing_found_says_what_to_try(page, qtbot):
    typed(page, qtbot, "qqqqqq")

    assert page.view.empty.isVisible()
    assert not page.view.primary.isEnabled()


def test_an_order_shows_its_tickets_money_and_past(page, qtbot):
    order = next(of_session("S1D", tickets=4))

    opened(page, qtbot, order.code)

    card = page.view.card
    assert len(card.tickets.rows) == len(order.sessions)
    assert len(card.money.rows) == 1
    assert len(card.history.rows) == 1
    assert str(len(order.sessions)) in page.view.primary.text()


def test_tickets_that_wait_lead_to_the_pickup_page(page, qtbot):
    opened(page, qtbot, next(of_session("S1D")).code)

    with qtbot.waitSignal(page.pickup_wanted) as wanted:
        page.view.primary.click()

    assert wanted.args == [page.file.view.id]


def test_the_likeliest_act_is_the_primary_and_takes_the_side(page, context, qtbot):
    order = sell(context, "S1D", 2)
    page.open(order)
    qtbot.waitUntil(lambda: page.file is not None and not page.busy)
    assert page.view.primary.text() == "Wave goodbye"

    page.view.primary.click()

    wave = page.begun
    assert isinstance(wave, Wave)
    assert wave.order.id == order
    assert wave.body.isVisible()
    assert wave.primary.isVisible()
    assert wave.quiet[0].isVisible()
    assert not page.view.primary.isVisible()
    page.scanned("hello")
    assert wave.heard == ["hello"]


def test_an_act_is_made_when_it_is_begun_and_once(page, context, qtbot):
    """Its widgets are many: to make those of all acts took the page a third of a second."""
    page.open(sell(context, "S1D", 2))
    qtbot.waitUntil(lambda: page.file is not None and not page.busy)
    assert page.fitting
    assert page.made == ()
    assert not page.findChildren(OrderAct)

    page.begin(Wave)
    first = page.begun
    page.back()
    qtbot.waitUntil(lambda: not page.busy)
    page.begin(Wave)

    assert page.begun is first
    assert page.made == (first,)


def test_escape_leads_back_step_by_step(page, context, qtbot):
    typed(page, qtbot, "zhang")
    order = sell(context, "S1D", 2)
    page.open(order)
    qtbot.waitUntil(lambda: page.file is not None and not page.busy)
    page.begin(Wave)

    qtbot.keyClick(page.view.card, Qt.Key.Key_Escape)
    assert page.begun is None
    qtbot.waitUntil(lambda: not page.busy)
    assert page.file is not None
    qtbot.keyClick(page.view.card, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.busy)
    assert page.file is None
    assert page.view.field.text() == "zhang"
    assert page.found.rows
    qtbot.keyClick(page.view.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.busy)
    assert page.view.field.text() == ""


def test_an_act_that_is_done_says_so_and_shows_the_order_again(page, context, qtbot):
    page.open(sell(context, "S1D", 2))
    qtbot.waitUntil(lambda: page.file is not None and not page.busy)
    page.begin(Wave)
    wave = page.begun

    wave.primary.click()
    qtbot.waitUntil(lambda: not page.busy)

    assert page.begun is None
    assert "Waved" in page.view.notice.text
    assert page.view.primary.isVisible()
    assert not wave.body.isVisible()


def test_a_change_elsewhere_is_shown(page, context, qtbot):
    assert not page.view.rows.rows

    order = sell(context, "S1D", 2)
    qtbot.waitUntil(lambda: keys(page) == [order])


def test_an_act_has_its_key_where_it_is_not_the_primary(page, context, qtbot):
    found = next(of_session("S1D"))
    opened(page, qtbot, found.code)
    assert RevealAct.key not in [button.key for button in page.view.standing]


def test_a_clerk_is_not_offered_data_in_clear(page, qtbot):
    opened(page, qtbot, next(of_session("S1D")).code)

    assert RevealAct not in page.fitting


def test_a_supervisor_sees_data_in_clear_with_a_reason_for_a_while(supervised, context, qtbot):
    page, order = supervised, next(of_session("S1D"))
    opened(page, qtbot, order.code)
    page.begin(RevealAct)
    act = page.begun
    assert not act.primary.isEnabled()
    assert not act.showing

    act.reason.usual[0].click()
    act.primary.click()
    qtbot.waitUntil(lambda: act.showing)

    assert order.phone in act.shown.text()
    assert order.documents[0] in act.shown.text()
    for _ in range(30):
        act.tick()
    assert not act.showing
    assert act.shown.text() == ""
    assert page.begun is None
    qtbot.waitUntil(lambda: not page.busy)
    last = page.view.card.history.rows[-1]
    assert act.reason.usual[0].text() in last.detail


def test_data_in_clear_goes_when_the_page_is_left(supervised, qtbot):
    page = supervised
    opened(page, qtbot, next(of_session("S1D")).code)
    page.begin(RevealAct)
    act = page.begun
    act.reason.edit.setText("because")
    act.go()
    qtbot.waitUntil(lambda: act.showing)

    page.left()

    assert act.shown.text() == ""
    assert page.begun is None


def test_another_language_says_everything_again(page, qtbot):
    opened(page, qtbot, next(of_session("S1D")).code)

    page.retranslate()

    assert len(page.view.card.history.rows) == 1
