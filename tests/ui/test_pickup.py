"""The pickup page on real services: find, check, hand over, and never twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from boxoffice.queries import orders
from boxoffice.services.sales import pickups
from tests.ui.presale import of_session, sold
from ui.screens.pickup import PickupPage


@pytest.fixture
def page(context, qtbot) -> Iterator[PickupPage]:
    made = PickupPage(context)
    host = QWidget()
    row = QHBoxLayout(host)
    row.addWidget(made.centre)
    row.addWidget(made.panel)
    made.setParent(host)
    host.resize(1400, 800)
    made.retranslate()
    # Not qtbot.addWidget: that closes it before the last answer came.
    with qtbot.waitExposed(host):
        host.show()
    made.shown()
    try:
        yield made
        qtbot.waitUntil(lambda: not made.busy)
    finally:
        host.close()
        host.deleteLater()


def find(page: PickupPage, qtbot, text: str) -> None:
    page.scanned(text)
    qtbot.waitUntil(lambda: not page.busy)


def stored(context, order_id: str) -> orders.OrderView:
    office = context.office
    return office.read(lambda store: orders.order(store, office.seal, order_id))


def four_for_today():
    return next(of_session("S1D", tickets=4))


def test_a_pickup_code_opens_the_order_with_todays_tickets_chosen(page, qtbot):
    order = four_for_today()

    find(page, qtbot, f"{order.code[:4]} {order.code[4:].lower()}")

    assert page.order.view.number == order.number
    assert len(page.order.chosen) == len(order.sessions)
    assert page.view.primary.isEnabled()
    assert str(len(order.sessions)) in page.view.primary.text()
    assert page.view.field.text() == ""


def test_one_key_prints_and_hands_over(page, context, qtbot):
    order = four_for_today()
    find(page, qtbot, order.code)
    order_id = page.order.view.id

    page.view.primary.click()
    qtbot.waitUntil(lambda: page.order is None and not page.busy)

    assert not stored(context, order_id).to_hand_over
    assert len(list(context.office.home.prints.glob("*.pdf"))) == 1
    assert page.view.stack.currentWidget() is page.view.done
    assert "4" in page.view.done.count_text
    assert page.view.field.hasFocus()
    qtbot.waitUntil(lambda: len(page.view.recent.texts) == 1)


def test_some_are_handed_over_and_the_rest_stay(page, context, qtbot):
    order = four_for_today()
    find(page, qtbot, order.code)
    left = page.order.waiting[1]
    page.tick(left.id, False)

    page.hand_over()
    qtbot.waitUntil(lambda: page.order is None and not page.busy)
    find(page, qtbot, order.number)

    assert [line.id for line in page.order.waiting] == [left.id]
    assert [line.id for line in page.order.chosen] == [left.id]


def test_a_second_hand_over_is_not_offered(page, qtbot):
    order = next(of_session("S1D"))
    find(page, qtbot, order.code)
    page.hand_over()
    qtbot.waitUntil(lambda: page.order is None and not page.busy)

    find(page, qtbot, order.code)
    page.hand_over()

    assert not page.busy
    assert not page.view.primary.isEnabled()
    assert page.view.notice.tone == "danger"
    assert "09:40" in page.view.notice.text


def test_whoever_loses_the_race_is_told_when_and_where(page, context, qtbot):
    order = next(of_session("S1D"))
    find(page, qtbot, order.code)
    found = page.order
    pickups.hand_over(
        office=context.office,
        desk=context.desk,
        order_id=found.view.id,
        ticket_ids=[line.ticket_id for line in found.waiting],
        checked="none",
    )

    page.hand_over()
    qtbot.waitUntil(lambda: not page.busy)

    assert "09:40" in page.error_band.text
    qtbot.waitUntil(lambda: not page.order.waiting)


def test_a_shown_document_checks_its_line_and_is_noted(page, context, qtbot):
    order = four_for_today()
    find(page, qtbot, order.code)
    assert page.view.notice.tone == "attention"

    find(page, qtbot, order.documents[2])

    checked = [line.position for line in page.order.view.lines if line.id in page.order.verified]
    assert checked == [3]
    assert page.view.notice.text == ""
    order_id = page.order.view.id
    page.hand_over()
    qtbot.waitUntil(lambda: page.order is None and not page.busy)
    history = context.office.read(lambda store: orders.history(store, order_id))
    assert '"checked":"document"' in history[-1].facts


def test_an_order_found_by_a_document_has_it_checked(page, qtbot):
    order = four_for_today()

    find(page, qtbot, order.documents[1].lower())

    assert page.order.view.number == order.number
    assert len(page.order.verified) == 1


def test_a_document_of_another_order_is_said_and_leads_there(page, qtbot):
    first, other = list(of_session("S1D"))[:2]
    find(page, qtbot, first.code)

    find(page, qtbot, other.documents[0])

    assert page.order.view.number == first.number
    assert not page.order.verified
    assert other.number in page.error_band.text
    assert other.documents[0] not in page.error_band.text
    page.error_band.action.click()
    qtbot.waitUntil(lambda: not page.busy)
    assert page.order.view.number == other.number
    assert page.order.verified


def test_a_phone_finds_the_order_and_stays_masked(page, qtbot):
    order = next(of_session("S1D"))

    find(page, qtbot, order.phone)

    assert page.order.view.phone == f"199****{order.phone[-4:]}"
    assert page.order.checked == "none"


def test_of_several_orders_one_is_chosen_by_keys(page, qtbot):
    named = [order for order in sold() if "Tomas Brightwater" in (order.buyer, *order.names)]

    find(page, qtbot, "Tomas Brightwater")

    rows = page.view.hits.rows
    assert page.order is None
    assert len(rows.rows) == len(named)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    wanted = rows.current
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.order is not None)
    assert page.order.view.id == wanted


def test_nothing_found_says_what_to_try_and_shows_no_number(page, qtbot):
    find(page, qtbot, "19912345678")

    assert page.order is None
    assert "199****5678" in page.view.calm.title
    assert not page.view.primary.isEnabled()


def test_a_damaged_ticket_code_is_refused_in_words(page, qtbot):
    find(page, qtbot, "A" * 157)

    assert "damaged" in page.error_band.text


def test_tickets_of_other_days_wait_to_be_chosen(page, context, qtbot):
    mixed = next(order for order in sold() if {"S1N", "G2"} == set(order.sessions))
    find(page, qtbot, mixed.code)

    today = sum(code == "S1N" for code in mixed.sessions)
    assert len(page.order.chosen) == today
    page.view.all_button.click()
    assert len(page.order.chosen) == len(mixed.sessions)
    page.view.all_button.click()
    assert not page.order.chosen
    assert not page.view.primary.isEnabled()


def test_an_order_for_tomorrow_may_be_fetched_today(page, qtbot):
    find(page, qtbot, next(of_session("S2D", "S2N")).number)

    assert page.order.chosen == page.order.waiting


def test_another_language_says_the_order_again(page, qtbot):
    find(page, qtbot, four_for_today().code)

    page.retranslate()

    assert len(page.view.card.rows.rows) == 4


def test_the_keys_work_from_the_field(page, qtbot):
    order = four_for_today()
    field = page.view.field
    field.setFocus()
    field.setText(order.code)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.order is not None)

    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert page.view.card.rows.hasFocus()
    qtbot.keyClick(page.view.card.rows, Qt.Key.Key_Space)
    assert len(page.order.chosen) == 3
    qtbot.keyClick(page.view.card.rows, Qt.Key.Key_Escape)
    assert page.order is None
