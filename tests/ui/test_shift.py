"""The shift page and the setup page: figures and facts as the records have them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from boxoffice.queries import finding, orders
from boxoffice.services import operators, pickups, shifts
from tests.ui.presale import of_session
from ui.screens.setup import SetupPage
from ui.screens.shift import ShiftPage


@pytest.fixture
def shown(qtbot):
    """Shows a page in a window of its own."""

    def show(page) -> None:
        page.retranslate()
        host = page.centre
        assert isinstance(host, QWidget)
        page.setParent(host)
        host.resize(1200, 720)
        qtbot.addWidget(host)
        with qtbot.waitExposed(host):
            host.show()
        page.shown()

    return show


def test_the_float_is_what_is_in_the_drawer_at_first(context, qtbot, shown):
    page = ShiftPage(context)
    shown(page)

    qtbot.waitUntil(lambda: page.figures is not None)

    assert page.drawer.fen == 50_000
    assert [value.text() for value in page.values] == ["¥500.00", "¥0.00", "0", "0"]


def test_a_pickup_is_counted_and_listed_while_the_page_is_open(context, qtbot, shown):
    page = ShiftPage(context)
    shown(page)
    office, order = context.office, next(of_session("S1D"))
    hit = office.read(lambda store: finding.find(store, office.seal, order.code))[0]
    view = office.read(lambda store: orders.order(store, office.seal, hit.id))

    pickups.hand_over(
        office=office,
        desk=context.desk,
        order_id=hit.id,
        ticket_ids=[line.ticket_id for line in view.to_hand_over],
        checked="code",
    )

    qtbot.waitUntil(lambda: page.values[3].text() == "1")
    qtbot.waitUntil(lambda: len(page.latest.rows) == 1)
    assert page.latest.rows[0].detail == order.number


def test_who_has_no_drawer_sees_no_figures(context, qtbot, shown):
    office = context.office
    person = operators.operator_by_number(office=office, number="9001")
    context.use_desk(shifts.desk_for(office=office, operator=person))
    page = ShiftPage(context)
    shown(page)

    qtbot.waitUntil(lambda: not page.drawer.isVisible())

    assert page.figures is None


def test_the_setup_page_says_what_this_window_is(context, qtbot, shown):
    page = SetupPage(context)
    shown(page)

    qtbot.waitUntil(lambda: page.texts["Version of the records"] == "1")

    assert page.texts["Window number"] == "1"
    assert str(context.office.home.path) in page.texts["Import files"]
    qtbot.waitUntil(lambda: page.texts["Reported to central"].startswith("everything"))
