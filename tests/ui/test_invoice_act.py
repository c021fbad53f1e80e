"""The act "Tax invoice" on real services: asked for once, lowered, refused, its red one due."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from boxoffice.desk import Desk
from boxoffice.exchange import invoice_file
from boxoffice.queries import order_file
from boxoffice.services.aftersales import invoice_filing, invoices, refunds
from boxoffice.services.aftersales.invoice_hands import of_window
from boxoffice.services.sales import holds
from boxoffice.services.staff import operators, shifts
from boxoffice.services.telling import contacts
from tests.ui.order_acts import begin, by_number, sell, show, view
from tests.ui.presale import of_session
from ui.orders.history_words import HistoryWords
from ui.orders.invoice_act import InvoiceAct
from ui.orders.invoice_form import Delivery

COMPANY, NUMBER = "某某体育有限公司", "91110000600037341L"


@pytest.fixture
def act(context, qtbot) -> Iterator[InvoiceAct]:
    made = InvoiceAct(context)
    side = show(made, qtbot)  # kept: the act lies in it
    yield made
    qtbot.waitUntil(lambda: not made.busy)
    side.close()


def supervisor(context) -> Desk:
    """Who files invoices."""
    found = operators.operator_by_number(office=context.office, number="3001")
    return shifts.desk_for(office=context.office, operator=found)


def answer(context, request: str, status: str, number: str = "", reason: str = "") -> None:
    """What the platform says of a request."""
    row = ",".join((request, status, number, "2026-05-02" if number else "", reason))
    raw = f"{','.join(invoice_file.ANSWERS)}\n{row}\n".encode()
    desk = supervisor(context)
    invoice_filing.take_in(hands=of_window(context.office, desk), raw=raw, name="back.csv")


def typed(act: InvoiceAct, title: str) -> None:
    act.form.title.setText(title)
    act.form.title.textEdited.emit(title)


def says(act: InvoiceAct) -> str:
    return act.body.notice.text()


def test_a_person_by_mail(act, context, qtbot) -> None:
    order = sell(context, "S4D", 2)
    begin(act, context, order, qtbot)
    assert act.standing.payable_fen == view(context, order).total_fen
    assert not act.primary.isEnabled()
    assert "name" in says(act)
    typed(act, "张三")
    assert not act.primary.isEnabled()
    assert "e-mail" in says(act)
    act.form.address.setText("buyer@example.org")
    act.form.address.textEdited.emit("")
    assert act.primary.isEnabled()
    act.primary.click()
    qtbot.waitUntil(lambda: act.body.is_done)
    with qtbot.waitSignal(act.done):
        act.primary.click()
    office = context.office
    found = office.read(lambda store: order_file.order_file(store, office.seal, order))
    (event,) = (one for one in found.events if one.act == "invoice")
    assert "asked for" in HistoryWords().what(event)
    # Asked for a second time: what stands there is said, and nothing can be typed.
    begin(act, context, order, qtbot)
    assert "one was asked for already" in says(act)
    assert not act.form.isVisible()
    (row,) = act.body.rows.rows
    assert "张*" in row.detail
    assert "张三" not in row.detail
    assert "buyer@example.org" not in row.detail
    with qtbot.waitSignal(act.quit):
        act.primary.click()


def test_the_address_comes_into_sight_on_a_low_screen(act, context, qtbot) -> None:
    order = sell(context, "S4D", 1)
    begin(act, context, order, qtbot)
    act.form.choose_delivery(Delivery.NONE)
    act.form.choose_company(True)
    act.body.scroller.setFixedHeight(200)
    act.form.choose_delivery(Delivery.PHONE)
    qtbot.waitUntil(lambda: not act.form.address.visibleRegion().isEmpty())


def test_a_company_with_its_number_where_the_customer_is_reached(act, context, qtbot) -> None:
    order = sell(context, "S4D", 2)
    contacts.note(
        office=context.office,
        desk=context.desk,
        order_id=order,
        language="en",
        mail="books@example.org",
    )
    begin(act, context, order, qtbot)
    assert act.form.wanted.as_noted
    act.form.choose_company(True)
    act.form.title.setText(COMPANY)
    act.form.number.setText(NUMBER[:-1] + "X")
    act.form.number.textEdited.emit("")
    assert "compare it" in says(act)
    assert not act.primary.isEnabled()
    act.form.number.setText(NUMBER)
    act.form.number.textEdited.emit("")
    act.primary.click()
    qtbot.waitUntil(lambda: act.body.is_done)
    begin(act, context, order, qtbot)
    (one,) = act.standing.invoices
    assert (one.title, one.company) == (COMPANY, True)
    assert len(one.delivery) == 1


def test_what_the_platform_said_and_the_red_one(act, context, qtbot, tmp_path: Path) -> None:
    order = sell(context, "S4D", 2)
    begin(act, context, order, qtbot)
    act.form.choose_delivery(Delivery.NONE)
    typed(act, "张三")
    act.primary.click()
    qtbot.waitUntil(lambda: act.body.is_done)
    whose = supervisor(context)
    invoice_filing.file_all(hands=of_window(context.office, whose), folder=tmp_path)
    begin(act, context, order, qtbot)
    answer(context, act.standing.invoices[0].id, "issued", number="25117000000012345678")
    line = view(context, order).lines[0]
    refunds.refund(
        office=context.office,
        desk=context.desk,
        order_id=order,
        line_ids=[line.id],
        quoted_fen=30_400,
        papers_back=True,
    )
    begin(act, context, order, qtbot)
    assert "304" in act.due.text()
    assert [row.value for row in act.body.rows.rows] == ["was issued", "to be issued"]
    assert not act.again.isVisible()
    # The platform refuses the red one: a supervisor, and nobody else, may send it once more.
    invoice_filing.file_all(hands=of_window(context.office, whose), folder=tmp_path)
    answer(context, act.standing.invoices[1].id, "refused", reason="locked")
    begin(act, context, order, qtbot)
    assert not act.again.isVisible()
    context.use_desk(whose)
    begin(act, context, order, qtbot)
    assert act.again.isVisible()
    act.again.click()
    qtbot.waitUntil(lambda: act.body.is_done)
    begin(act, context, order, qtbot)
    assert [row.value for row in act.body.rows.rows] == ["was issued", "to be issued"]


def test_one_that_was_refused_says_why_and_is_asked_for_again(act, context, qtbot, tmp_path):
    order = sell(context, "S4D", 2)
    begin(act, context, order, qtbot)
    act.form.choose_delivery(Delivery.NONE)
    typed(act, "张三")
    act.primary.click()
    qtbot.waitUntil(lambda: act.body.is_done)
    invoice_filing.file_all(hands=of_window(context.office, supervisor(context)), folder=tmp_path)
    begin(act, context, order, qtbot)
    answer(context, act.standing.invoices[0].id, "refused", reason="no such person")
    begin(act, context, order, qtbot)
    assert "no such person" in says(act)
    act.form.choose_delivery(Delivery.NONE)
    typed(act, "李四")
    assert says(act) == ""
    act.primary.click()
    qtbot.waitUntil(lambda: act.body.is_done)


def test_a_second_ask_meanwhile_is_refused_with_a_sentence(act, context, qtbot) -> None:
    order = sell(context, "S4D", 1)
    begin(act, context, order, qtbot)
    act.form.choose_delivery(Delivery.NONE)
    typed(act, "张三")
    wanted = act.form.wanted
    invoices.ask(office=context.office, desk=context.desk, order_id=order, wanted=wanted)
    act.primary.click()
    qtbot.waitUntil(lambda: "one was asked for already" in says(act))
    assert not act.body.is_done


def test_whom_it_fits(act, context, qtbot) -> None:
    presold = by_number(context, next(of_session("S2N")).number)
    assert act.fits(view(context, presold), context.desk)
    begin(act, context, presold, qtbot)
    assert "the channel that sold it issues it" in says(act)
    basket = holds.take_best(
        office=context.office,
        desk=context.desk,
        session_id=view(context, presold).lines[0].session_id,
        category="B",
        count=1,
        basket=None,
    )
    assert not act.fits(view(context, basket), context.desk)
