"""Paying by every tender on the sell page, on real services and parties that say what they like."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.gateways import Party
from tests.ui.selling import PATIENCE_MS, Clerk
from tests.ui.tendering import (
    ALIPAY_CODE,
    PROMPT,
    UNIONPAY_CODE,
    WECHAT_CODE,
    band,
    due,
    office_asking,
    paid,
    reached,
    scan_code,
    state,
    waits_for,
)
from ui.sell.side_words import SideState


@pytest.fixture
def wechat() -> Party:
    return Party("wechat", timing=PROMPT)


@pytest.fixture
def alipay() -> Party:
    return Party("alipay", timing=PROMPT)


@pytest.fixture
def card() -> Party:
    return Party("card", timing=PROMPT)


@pytest.fixture
def office(demo_home, wechat: Party, alipay: Party, card: Party):
    with office_asking(demo_home, wechat=wechat, alipay=alipay, card=card) as work:
        yield work


@pytest.fixture
def complete(clerk) -> Clerk:
    clerk.session("S1D")
    clerk.take(2)
    clerk.scan(1, 2)
    return clerk


# --- codes


def test_a_scanned_code_pays_a_complete_basket_at_once(complete, wechat):
    amount = due(complete)

    scan_code(complete, WECHAT_CODE)
    reached(complete, SideState.DONE)
    complete.wait()

    done = complete.page.counter.done
    assert (done.sale.tender, done.sale.total_fen, done.sale.change_fen) == ("wechat", amount, 0)
    assert wechat.held == amount
    assert done.printed.printed == 3
    assert complete.page.basket.id is None


def test_alipay_from_the_cash_panel(complete, alipay):
    amount = due(complete)
    complete.press(Qt.Key.Key_F8)
    assert state(complete) is SideState.CASH

    scan_code(complete, ALIPAY_CODE)
    reached(complete, SideState.DONE)

    assert alipay.held == amount


def test_a_code_before_the_documents_charges_nobody(clerk, wechat):
    clerk.session("S1D")
    clerk.take(2)
    clerk.scan(1)

    scan_code(clerk, WECHAT_CODE)
    clerk.wait()

    assert wechat.asked == []
    assert clerk.page.counter.missing_words() in band(clerk)
    assert state(clerk) is SideState.BASKET


def test_a_code_without_a_basket_charges_nobody(clerk, wechat):
    scan_code(clerk, WECHAT_CODE)

    assert wechat.asked == []
    assert band(clerk)


def test_a_unionpay_code_belongs_to_the_terminal(complete, card):
    scan_code(complete, UNIONPAY_CODE)

    assert card.asked == []
    assert "UnionPay" in band(complete)


def test_a_second_code_does_not_charge_twice(complete, wechat, alipay):
    wechat.days = ["waiting"]
    scan_code(complete, WECHAT_CODE)
    waits_for(complete, wechat)

    scan_code(complete, ALIPAY_CODE)
    assert state(complete) is SideState.WAITING
    assert alipay.asked == []

    paid(wechat)
    reached(complete, SideState.DONE)


def test_a_declined_code_says_why_and_asks_for_another(complete, wechat):
    wechat.days = ["declined"]
    amount = due(complete)

    scan_code(complete, WECHAT_CODE)
    reached(complete, SideState.SHARE)
    complete.wait()
    assert "WeChat" in band(complete)
    assert wechat.held == 0

    scan_code(complete, WECHAT_CODE)
    reached(complete, SideState.DONE)
    assert wechat.held == amount
    numbers = [number for act, number in wechat.asked if act == "charge"]
    assert len(set(numbers)) == 2


# --- waiting


def test_the_customer_types_a_password_and_has_paid(complete, wechat):
    wechat.days = ["waiting"]
    scan_code(complete, WECHAT_CODE)
    waits_for(complete, wechat)
    panel = complete.page.counter.waiting
    complete.qtbot.waitUntil(
        lambda: panel.attempt is not None and panel.attempt.why == "password", timeout=PATIENCE_MS
    )
    assert not complete.page.counter.primary.isEnabled()

    paid(wechat)
    reached(complete, SideState.DONE)


def test_escape_gives_it_up_and_nothing_stays_charged(complete, wechat):
    wechat.days = ["waiting"]
    scan_code(complete, WECHAT_CODE)
    waits_for(complete, wechat)

    complete.qtbot.keyClick(complete.window.focusWidget(), Qt.Key.Key_Escape)
    reached(complete, SideState.SHARE)
    complete.wait()

    assert wechat.held == 0
    assert [trade.state for trade in wechat.trades.values()] == ["closed"]
    assert len(complete.page.basket.lines) == 2
    complete.press(Qt.Key.Key_Escape)
    complete.press(Qt.Key.Key_F8)
    complete.alt(Qt.Key.Key_1)
    complete.press(Qt.Key.Key_Return)
    assert state(complete) is SideState.DONE


# --- in parts


def test_a_part_in_cash_the_rest_by_code(complete, wechat):
    amount = due(complete)
    complete.press(Qt.Key.Key_F8)
    complete.page.give_cash(10_000)
    complete.alt(Qt.Key.Key_D)

    assert state(complete) is SideState.CASH
    assert due(complete) == amount - 10_000
    assert not complete.page.offer.isEnabled()
    scan_code(complete, WECHAT_CODE)
    reached(complete, SideState.DONE)
    complete.wait()

    assert wechat.held == amount - 10_000
    assert complete.page.counter.done.printed.printed == 3


def test_a_smaller_amount_by_code_the_rest_by_card(complete, wechat, card):
    amount = due(complete)
    complete.press(Qt.Key.Key_F8)
    complete.alt(Qt.Key.Key_W)
    complete.page.counter.share.amount.set_fen(20_000)
    scan_code(complete, WECHAT_CODE)
    complete.qtbot.waitUntil(lambda: due(complete) == amount - 20_000, timeout=PATIENCE_MS)
    complete.wait()

    complete.alt(Qt.Key.Key_K)
    complete.press(Qt.Key.Key_F8)
    reached(complete, SideState.DONE)

    assert (wechat.held, card.held) == (20_000, amount - 20_000)


def test_what_is_here_goes_back_by_one_key_pressed_twice(complete, context):
    complete.press(Qt.Key.Key_F8)
    complete.page.give_cash(10_000)
    complete.alt(Qt.Key.Key_D)

    complete.alt(Qt.Key.Key_Backspace)
    assert state(complete) is SideState.CASH
    complete.alt(Qt.Key.Key_Backspace)

    assert state(complete) is SideState.UNDONE
    assert complete.page.counter.undone.undone.cash_fen == 10_000
    assert complete.page.basket.id is None


def test_a_part_paid_order_is_taken_up_again(complete):
    amount = due(complete)
    complete.press(Qt.Key.Key_F8)
    complete.page.give_cash(10_000)
    complete.alt(Qt.Key.Key_D)
    complete.page.basket.adopt(None)
    complete.page.open_payments()
    complete.wait()
    assert [one.paid_fen for one in complete.page.counter.money.money.part] == [10_000]

    complete.press(Qt.Key.Key_F8)

    assert state(complete) is SideState.CASH
    assert due(complete) == amount - 10_000
