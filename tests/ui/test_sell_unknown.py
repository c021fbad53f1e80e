"""A payment by code that nobody could decide: parked, listed, settled, its basket brought back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from boxoffice.services.sales import asking
from boxoffice.services.sales.attempts import Talk
from tests.gateways import Killed, Party
from tests.ui.selling import PATIENCE_MS, Clerk, clerk_at_work
from tests.ui.tendering import (
    PROMPT,
    WECHAT_CODE,
    band,
    office_asking,
    reached,
    scan_code,
    state,
)
from ui.sell.side_words import SideState


@pytest.fixture
def wechat() -> Party:
    return Party("wechat", timing=PROMPT)


@pytest.fixture
def office(demo_home, wechat: Party):
    with office_asking(demo_home, wechat=wechat) as work:
        yield work


@pytest.fixture
def complete(context, qtbot) -> Iterator[Clerk]:
    with clerk_at_work(context, qtbot) as clerk:
        clerk.session("S1D")
        clerk.take(2)
        clerk.scan(1, 2)
        yield clerk


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
