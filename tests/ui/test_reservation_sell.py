"""Reserving on the sell page: for whom, how long, and what the customer is given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from boxoffice import clock
from boxoffice.queries import orders
from boxoffice.queries.orders import OrderView
from tests.ui.conftest import MORNING
from tests.ui.selling import Clerk, clerk_at_work
from ui.sell.side_words import SideState


@pytest.fixture
def clerk(context, qtbot) -> Iterator[Clerk]:
    with clerk_at_work(context, qtbot) as found:
        found.session("S1D")
        found.take(2)
        yield found


def reserved(context, clerk: Clerk) -> OrderView:
    made = clerk.page.counter.reserved.made
    assert made is not None
    office = context.office
    return office.read(lambda store: orders.order(store, office.seal, made.order_id))


def test_a_name_is_all_it_takes(clerk, context, qtbot):
    counter = clerk.page.counter
    clerk.alt(Qt.Key.Key_R)
    assert counter.state is SideState.RESERVE
    assert not counter.primary.isEnabled()
    assert counter.reserve.missing()

    qtbot.keyClicks(counter.reserve.name, "Wei Zhang")
    assert counter.primary.isEnabled()
    assert "11:40" in counter.primary.text()
    clerk.press(Qt.Key.Key_F8)

    assert counter.state is SideState.RESERVED
    assert counter.reserved.printed.doubtful == 0
    view = reserved(context, clerk)
    assert (view.status, len(view.lines), view.buyer) == ("reserved", 2, "Wei Z.")
    assert view.deadline == MORNING + timedelta(minutes=120)
    assert clerk.page.basket.id is None
    assert list(context.office.home.prints.glob("*reservation*.pdf"))


def test_enter_goes_on_to_the_next_customer(clerk, qtbot):
    clerk.page.open_reserve()
    qtbot.keyClicks(clerk.page.counter.reserve.phone, "19900000009")
    qtbot.keyClick(clerk.page.counter.reserve.phone, Qt.Key.Key_Return)
    clerk.wait()
    assert clerk.page.counter.state is SideState.RESERVED

    clerk.press(Qt.Key.Key_Return)
    assert clerk.page.counter.state is SideState.BASKET
    clerk.take(1)
    assert len(clerk.page.basket.lines) == 1


def test_how_long_by_key_and_seats_by_level(clerk, context):
    panel = clerk.page.counter.reserve
    clerk.page.open_reserve()
    panel.name.setText("张伟")
    clerk.alt(Qt.Key.Key_1)
    clerk.alt(Qt.Key.Key_M)
    assert (panel.minutes, panel.seats_open) == (30, True)
    clerk.page.primary()
    clerk.wait()

    view = reserved(context, clerk)
    assert view.seats_open
    assert view.deadline == MORNING + timedelta(minutes=30)
    assert {line.number for line in view.lines} == {""}


def test_the_buyer_typed_before_is_known(clerk):
    clerk.page.acts.set_buyer("李雷", "19900000009")
    clerk.wait()
    clerk.page.open_reserve()
    panel = clerk.page.counter.reserve
    assert (panel.name.text(), panel.phone.text()) == ("李雷", "19900000009")
    assert not panel.missing()


def test_no_later_than_the_session_allows(clerk):
    panel = clerk.page.counter.reserve
    clerk.page.open_reserve()
    clerk.alt(Qt.Key.Key_4)
    starts = clerk.page.basket.lines[0].starts_at
    assert panel.deadline == starts - timedelta(minutes=30)

    clock.use(lambda: starts)
    panel.choose(30)
    panel.name.setText("张伟")
    assert panel.deadline is None
    assert panel.missing()
    clock.use(lambda: MORNING)


def test_esc_goes_back_to_the_basket(clerk):
    clerk.alt(Qt.Key.Key_R)
    assert not clerk.page.offer.isEnabled()
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.page.counter.state is SideState.BASKET
    assert clerk.page.offer.isEnabled()
    assert len(clerk.page.basket.lines) == 2
