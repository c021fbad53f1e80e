"""A clerk refused by a purchase limit asks a supervisor, at the sell page and for a reservation."""

from __future__ import annotations

import json

import pytest

from boxoffice import exchange
from boxoffice.services.programme import catalogue
from boxoffice.services.sales import limits
from boxoffice.services.sharing import sync
from tests.ui.selling import PATIENCE_MS, Clerk, clerk_at_work, resident_id
from tests.ui.test_reservation_acts import begun, reserve
from ui.orders.reservation_pay import PayReservation
from ui.sell.side_words import SideState

HEAD = "rule,valid_from,session,value\n"


def give_rule(context, folder, rule: str) -> None:
    path = folder / "rules.csv"
    path.write_text(f"{HEAD}{rule}\n", encoding="utf-8")
    (report,) = catalogue.import_files(office=context.office, files=[exchange.read(path)])
    assert not report.refused
    sync.pull(context.office)


@pytest.fixture
def clerk(context, qtbot, tmp_path):
    give_rule(context, tmp_path, "purchase_limit_per_turn,2026-04-30,,2")
    with clerk_at_work(context, qtbot) as found:
        found.session("S1D")
        yield found


def sign(panel, qtbot, number: str = "3001") -> None:
    form = panel.approval_form
    form.number.setText(number)
    form.pin.setText(number)
    form.submit()
    qtbot.waitUntil(form.enter.isEnabled, timeout=PATIENCE_MS)


def passed(context) -> list[dict[str, object]]:
    rows = context.office.read(
        lambda store: store.all("SELECT facts FROM journal WHERE act = ?", (limits.PASS,))
    )
    return [json.loads(row[0]) for row in rows]


def test_a_supervisor_lets_a_basket_pass_and_the_seats_come(clerk: Clerk, context, qtbot):
    page, side = clerk.page, clerk.page.counter
    clerk.take(4)
    band = page.error_band
    assert "at most 2" in band.text
    assert band.action.text() == "Ask a supervisor"

    page.overriding.open()
    assert side.state is SideState.LIMIT
    assert not side.primary.isEnabled()
    side.limit.reason.usual[0].click()
    assert side.primary.text() == "To the approval"
    page.primary()
    assert side.limit.approval_form.number.hasFocus()
    sign(side.limit, qtbot)
    page.primary()
    clerk.wait()

    assert len(page.basket.lines) == 4
    assert side.state is SideState.BASKET
    (facts,) = passed(context)
    assert (facts["up_to"], facts["approver"], facts["order"]) == (4, "3001", page.basket.id)
    assert facts["reason"] == side.limit.reason.usual[0].text()


def test_without_a_second_person_it_stays_refused(clerk: Clerk, context, qtbot):
    page, side = clerk.page, clerk.page.counter
    clerk.take(3)
    page.overriding.open()
    side.limit.reason.edit.setText("a family")
    sign(side.limit, qtbot, "1001")
    assert "somebody else" in side.limit.approval_form.trouble.text()
    page.primary()
    clerk.wait()
    page.back()
    assert side.state is SideState.BASKET
    assert page.basket.lines == ()
    assert passed(context) == []
    page.overriding.open()
    assert side.state is SideState.BASKET, "what was refused is forgotten"


def test_a_full_zone_has_no_button(clerk: Clerk, context, qtbot, tmp_path):
    give_rule(context, tmp_path, "capacity_cap,2026-04-30,S1D,204;1")
    page = clerk.page
    seats = context.office.read(
        lambda store: store.all(
            "SELECT p.id FROM seat p JOIN session s ON s.plan_id = p.plan_id "
            "WHERE s.code = 'S1D' AND p.zone = '204' LIMIT 2"
        )
    )
    page.take_seats([row[0] for row in seats])
    clerk.wait()
    assert "204" in page.error_band.text
    assert not page.error_band.action.isVisible()


def test_a_reservation_is_paid_over_the_limit(context, qtbot, tmp_path):
    order = reserve(context)
    give_rule(context, tmp_path, "purchase_limit_per_turn,2026-04-30,,2")
    act = PayReservation(context)
    with begun(act, context, order, qtbot) as wait:
        for person in (1, 2, 3):
            act.scanned(resident_id(person))
            wait()
        act.cash.give(200_000)
        act.primary.click()
        wait()
        assert act.sale is None
        assert act.limit.isVisible()
        assert not act.cash.isVisible()
        act.limit.closed.emit()
        assert act.cash.isVisible(), "Esc: nobody approves"

        act.primary.click()
        wait()
        act.limit.reason.edit.setText("a family")
        sign(act.limit, qtbot)
        act.primary.click()
        wait()
        qtbot.waitUntil(lambda: act.sale is not None, timeout=PATIENCE_MS)
        wait()
    (facts,) = passed(context)
    assert (facts["up_to"], facts["order"]) == (3, order)
