"""Paying by every tender on the sell page, on real services and parties that say what they like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from boxoffice import bootstrap
from boxoffice.services.sales import asking
from boxoffice.services.sales.attempts import Talk
from tests.gateways import TIMING, Killed, Party
from tests.ui.selling import PATIENCE_MS, Clerk, clerk_at_work
from ui.sell.side_words import SideState

WECHAT_CODE, ALIPAY_CODE = "134567890123456789", "281234567890123456"
UNIONPAY_CODE = "6212345678901234567"
PROMPT = replace(
    TIMING, first_query_s=0.02, query_every_s=0.02, reverse_not_before_s=0, reverse_give_up_s=0
)


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
    gateways = {party.tender: party for party in (wechat, alipay, card)}
    with bootstrap.open_office(demo_home, threaded=True) as found:
        bootstrap.recover(found)
        work = replace(found, gateways=gateways, venue="v1")
        yield work
        for attempt in tuple(work.underway.talks):  # where a test failed: nobody waits for ever
            asking.give_up(office=work, attempt_id=attempt)


@pytest.fixture
def clerk(context, qtbot) -> Iterator[Clerk]:
    with clerk_at_work(context, qtbot) as found:
        yield found


@pytest.fixture
def complete(clerk) -> Clerk:
    clerk.session("S1D")
    clerk.take(2)
    clerk.scan(1, 2)
    return clerk


def due(clerk: Clerk) -> int:
    return clerk.page.basket.due_fen


def state(clerk: Clerk) -> SideState:
    return clerk.page.counter.state


def reached(clerk: Clerk, wanted: SideState) -> None:
    clerk.qtbot.waitUntil(lambda: state(clerk) is wanted, timeout=PATIENCE_MS)


def scan_code(clerk: Clerk, code: str) -> None:
    assert clerk.page.scanned(code)


def waits_for(clerk: Clerk, party: Party) -> None:
    """The party was asked, and its customer has something to do."""
    reached(clerk, SideState.WAITING)
    clerk.qtbot.waitUntil(lambda: bool(party.trades), timeout=PATIENCE_MS)


def band(clerk: Clerk) -> str:
    return clerk.page.error_band.text


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


def paid(party: Party) -> None:
    for trade in party.trades.values():
        trade.state = "paid"


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


# --- unknown


@pytest.fixture
def unknown(complete, wechat) -> Clerk:
    """WeChat took the money and never said so; giving it up was not answered either."""
    wechat.timing = replace(PROMPT, give_up_s=0)
    wechat.days = ["silent", "silent"]
    scan_code(complete, WECHAT_CODE)
    reached(complete, SideState.UNKNOWN)
    complete.wait()
    wechat.timing = replace(PROMPT, reverse_give_up_s=30)
    return complete


@pytest.fixture
def left_open(complete, wechat, context) -> Clerk:
    """The same, and the program ended before anything was given up."""
    wechat.days = ["silent"]

    def end(_talk: Talk, _seconds: float) -> None:
        raise Killed

    with pytest.raises(Killed):
        asking.ask(
            office=context.office,
            desk=context.desk,
            basket=complete.page.basket.id,
            tender="wechat",
            code=WECHAT_CODE,
            pause=end,
        )
    complete.page.basket.adopt(None)
    complete.page.open_payments()
    complete.wait()
    return complete


def test_unknown_lets_the_next_customer_come(unknown, wechat):
    assert unknown.page.basket.id is None
    assert unknown.page.counter.unknown.paying.order_id

    unknown.press(Qt.Key.Key_F8)
    assert state(unknown) is SideState.BASKET
    unknown.page.shown()
    unknown.wait()
    assert unknown.page.basket.id is None, "what may be paid is not taken up again"


def test_unknown_is_listed_asked_again_and_what_was_taken_goes_back(unknown, wechat):
    assert wechat.held > 0
    unknown.page.open_payments()
    unknown.wait()
    assert state(unknown) is SideState.MONEY
    assert [one.reversing for one in unknown.page.counter.money.money.unknown] == [True]

    unknown.press(Qt.Key.Key_F8)

    assert len(unknown.page.counter.money.money) == 0
    assert wechat.held == 0


def test_paid_after_all_is_to_be_handed_over(left_open, wechat):
    page, panel = left_open.page, left_open.page.counter.money
    assert len(panel.money.unknown) == 1

    left_open.press(Qt.Key.Key_F8)
    assert panel.money.unknown == ()
    (late,) = panel.money.late
    assert wechat.held == late.amount_fen

    wanted: list[str] = []
    page.hand_over_wanted.connect(wanted.append)
    left_open.press(Qt.Key.Key_F8)
    assert wanted == [late.order_id]


def test_unknown_is_reversed_by_a_key_pressed_twice(left_open, wechat):
    (trade,) = wechat.trades.values()
    trade.state = "waiting"
    wechat.timing = replace(PROMPT, reverse_give_up_s=30)

    left_open.alt(Qt.Key.Key_R)
    assert trade.state == "waiting"
    left_open.alt(Qt.Key.Key_R)

    assert trade.state == "closed"
    assert len(left_open.page.counter.money.money) == 0


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


# --- nothing came of it: the basket is there again


def test_the_basket_of_a_reversed_payment_is_back_on_the_screen(left_open, wechat):
    (trade,) = wechat.trades.values()
    trade.state = "closed"

    left_open.press(Qt.Key.Key_F8)

    assert state(left_open) is SideState.BASKET
    assert len(left_open.page.basket.lines) == 2
    assert left_open.page.basket.seconds_left() == left_open.page.basket.hold_s
    assert "WeChat" in band(left_open)
    assert left_open.page.offer.isEnabled()
    left_open.alt(Qt.Key.Key_Backspace)
    left_open.alt(Qt.Key.Key_Backspace)
    assert left_open.page.basket.id is None


def test_with_another_customer_there_it_waits_among_the_parked(left_open, wechat):
    page = left_open.page
    (trade,) = wechat.trades.values()
    left_open.press(Qt.Key.Key_Escape)
    left_open.take(1)
    here = page.basket.id
    page.open_payments()
    left_open.wait()
    trade.state = "closed"
    left_open.press(Qt.Key.Key_F8)

    assert page.basket.id == here
    assert page.counter.parked.count == 1
    left_open.press(Qt.Key.Key_Escape)
    left_open.alt(Qt.Key.Key_O)
    left_open.press(Qt.Key.Key_F8)

    assert len(page.basket.lines) == 2
    assert page.counter.parked.count == 1, "the one that was open is parked instead"


def test_reversed_behind_the_clerk_it_is_said_and_among_the_parked(unknown, wechat, context):
    page = unknown.page
    unknown.press(Qt.Key.Key_F8)
    assert page.counter.parked.count == 0
    (attempt,) = context.office.read(
        lambda store: store.all("SELECT id FROM attempt WHERE ended_at IS NULL")
    )

    asking.look_again(office=context.office, attempt_id=attempt[0])
    complete = page.counter.parked
    unknown.qtbot.waitUntil(lambda: complete.count == 1, timeout=PATIENCE_MS)
    unknown.wait()

    assert page.basket.id is None, "the next customer's basket is not mixed with it"
    assert "Alt O" in band(unknown)
