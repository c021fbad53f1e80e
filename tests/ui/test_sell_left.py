"""What was left half done, listed on the page that sells, and undone or gone on with by a key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from boxoffice import clock
from boxoffice.queries.exchanges import Place
from boxoffice.queries.payments import EXCHANGE_TAKES_S
from boxoffice.services.aftersales import exchanges
from boxoffice.services.sales import holds
from tests.ui.conftest import MORNING
from tests.ui.order_acts import sell, view
from tests.ui.selling import Clerk, clerk_at_work
from ui.sell.side_words import SideState

LATER = timedelta(seconds=EXCHANGE_TAKES_S + 1)


def begin_exchange(context) -> str:
    """A ticket of level B to become one of level A; nobody goes on with it."""
    office, desk = context.office, context.desk
    order = sell(context, "S4D", 1)
    line = view(context, order).lines[0]
    (seat,) = office.read(
        lambda store: holds.best_seats(store, line.session_id, "A", 1, ahead=False)
    )
    places = {line.id: Place(line.session_id, seat)}
    asked = {"office": office, "desk": desk, "order_id": order, "places": places}
    agreed = exchanges.quote(**asked).terms.difference_fen
    exchanges.begin(**asked, agreed_fen=agreed, papers_back=True)
    return order


@pytest.fixture
def left(context) -> Iterator[str]:
    order = begin_exchange(context)
    clock.use(lambda: MORNING + LATER)
    yield order
    clock.use(lambda: MORNING)


@pytest.fixture
def clerk(context, qtbot, left: str) -> Iterator[Clerk]:
    with clerk_at_work(context, qtbot) as found:
        found.page.open_payments()
        found.wait()
        yield found


def test_the_old_tickets_are_kept_by_a_key_pressed_twice(clerk: Clerk, context, left: str) -> None:
    panel = clerk.page.counter.money
    assert [one.order_id for one in panel.money.exchanges] == [left]
    clerk.alt(Qt.Key.Key_R)
    assert view(context, left).status == "exchanging"
    clerk.alt(Qt.Key.Key_R)
    assert view(context, left).status == "paid"
    assert len(panel.money) == 0
    assert clerk.page.counter.state is SideState.MONEY
    assert "old tickets" in clerk.page.error_band.text


def test_it_is_gone_on_with_where_orders_are(clerk: Clerk, context, qtbot, left: str) -> None:
    with qtbot.waitSignal(clerk.page.order_wanted) as wanted:
        clerk.press(Qt.Key.Key_F8)
    assert wanted.args == [view(context, left).number]
