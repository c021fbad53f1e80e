"""Reservations and exchanges paid on the orders page by every tender, on parties that say what
they like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from boxoffice import bootstrap
from boxoffice.services.sales import asking
from tests.gateways import Party
from tests.ui.order_acts import begin, sell, show, view
from tests.ui.selling import PATIENCE_MS, resident_id
from tests.ui.tendering import ALIPAY_CODE, PROMPT, WECHAT_CODE
from tests.ui.test_reservation_acts import PRICE, holder, reserve
from ui import formats
from ui.orders.exchange_act import ExchangeAct
from ui.orders.reservation_pay import PayReservation

DUE = 3 * PRICE


@pytest.fixture
def parties() -> dict[str, Party]:
    return {name: Party(name, timing=PROMPT) for name in ("wechat", "alipay", "card")}


@pytest.fixture
def office(demo_home, parties):
    with bootstrap.open_office(demo_home, threaded=True) as found:
        bootstrap.recover(found)
        settings = replace(found.settings, card_apart=True, complimentary=True)
        work = replace(found, gateways=parties, venue="v1", settings=settings)
        yield work
        for attempt in tuple(work.underway.talks):  # where a test failed: nobody waits for ever
            asking.give_up(office=work, attempt_id=attempt)


class Payer:
    """The act with all documents there, worked by its keys."""

    def __init__(self, context, qtbot) -> None:
        self.context, self.qtbot = context, qtbot
        self.order = reserve(context)
        self.act = PayReservation(context)
        self.side = show(self.act, qtbot)
        begin(self.act, context, self.order, qtbot)
        self.wait()
        for person in (1, 2, 3):
            assert self.act.scanned(resident_id(person))
            self.wait()

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.act.busy, timeout=PATIENCE_MS)

    def alt(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.side, key, Qt.KeyboardModifier.AltModifier)
        self.wait()

    def press(self) -> None:
        self.act.primary.click()
        self.wait()

    @property
    def said(self) -> str:
        return self.act.body.notice.text()

    @property
    def statuses(self) -> tuple[str, list[str]]:
        found = view(self.context, self.order)
        return found.status, [line.status for line in found.lines]


@pytest.fixture
def payer(context, qtbot) -> Iterator[Payer]:
    found = Payer(context, qtbot)
    yield found
    found.wait()
    found.side.close()


ALL_SOLD = ("paid", ["sold"] * 3)


def test_a_scanned_code_pays_it(payer: Payer, parties) -> None:
    assert payer.act.scanned(WECHAT_CODE)
    payer.wait()
    assert payer.statuses == ALL_SOLD
    assert parties["wechat"].held == DUE
    assert payer.act.body.is_done
    assert payer.act.body.done.amount.isHidden(), "there is no change to give"


def in_sight(act, part) -> bool:
    """Whether all of a part of the side can be seen, without scrolling."""
    port = act.body.scroller.viewport()
    top = part.mapTo(port, part.rect().topLeft()).y()
    return top >= 0 and top + part.height() <= port.height()


def change(act):
    """What stands below what was typed."""
    return act.taking.cash.change


@pytest.mark.parametrize("height", [763, 640], ids=["1600x900", "1366x768"])
def test_the_change_is_seen_whole(payer: Payer, qtbot, height: int) -> None:
    payer.side.resize(payer.side.width(), height)
    payer.act.cash.give(200_000)
    qtbot.waitUntil(lambda: in_sight(payer.act, change(payer.act)))
    assert change(payer.act).text() == formats.money(200_000 - DUE)


def test_a_code_for_some_of_the_tickets(payer: Payer, parties) -> None:
    payer.act.tick(payer.act.lines[2].id, False)
    assert payer.act.scanned(ALIPAY_CODE)
    payer.wait()
    assert parties["alipay"].held == 2 * PRICE
    assert payer.statuses == ("reserved", ["sold", "sold", "reserved"])


def test_a_code_before_the_documents_charges_nobody(context, qtbot, parties) -> None:
    order = reserve(context)
    act = PayReservation(context)
    side = show(act, qtbot)
    begin(act, context, order, qtbot)
    qtbot.waitUntil(lambda: not act.busy)
    assert not act.taking.isVisible()
    act.scanned(WECHAT_CODE)
    qtbot.waitUntil(lambda: not act.busy)
    assert parties["wechat"].asked == []
    side.close()


def test_the_card_by_its_key(payer: Payer, parties) -> None:
    payer.alt(Qt.Key.Key_K)
    assert payer.act.primary.isEnabled()
    payer.press()
    assert payer.statuses == ALL_SOLD
    assert parties["card"].held == DUE


def test_the_terminal_that_stands_alone(payer: Payer) -> None:
    payer.alt(Qt.Key.Key_T)
    assert not payer.act.primary.isEnabled()
    payer.act.taking.share.reference.setText("x")
    payer.act.taking.share.reference.textEdited.emit("x")
    payer.press()
    assert payer.statuses[0] == "reserved", "that is no number of a slip"
    payer.act.taking.share.reference.setText("123456789012")
    payer.act.taking.share.reference.textEdited.emit("123456789012")
    payer.press()
    assert payer.statuses == ALL_SOLD


def test_given_away_with_a_second_person(payer: Payer) -> None:
    payer.alt(Qt.Key.Key_F)
    free = payer.act.taking.free
    payer.alt(Qt.Key.Key_1)
    assert free.reason.text
    payer.press()
    assert payer.statuses[0] == "reserved", "nobody has signed yet"
    free.approval_form.number.setText("3001")
    free.approval_form.pin.setText("3001")
    free.approval_form.submit()
    payer.qtbot.waitUntil(lambda: free.approval is not None, timeout=PATIENCE_MS)
    payer.press()
    assert payer.statuses == ALL_SOLD


def test_a_part_in_cash_the_rest_by_code(payer: Payer, parties) -> None:
    payer.act.cash.give(20_000)
    payer.alt(Qt.Key.Key_D)
    assert payer.statuses[0] == "part_paid"
    payer.act.tick(payer.act.lines[0].id, False)
    assert len(payer.act.chosen) == 3, "what it was paid for stays"
    assert payer.act.scanned(WECHAT_CODE)
    payer.wait()
    assert parties["wechat"].held == DUE - 20_000
    assert payer.statuses == ALL_SOLD


def test_a_part_is_given_back_by_a_key_pressed_twice(payer: Payer, parties) -> None:
    payer.act.cash.give(20_000)
    payer.alt(Qt.Key.Key_D)
    payer.alt(Qt.Key.Key_Backspace)
    assert payer.statuses[0] == "part_paid"
    payer.alt(Qt.Key.Key_Backspace)
    assert payer.statuses == ("reserved", ["reserved"] * 3)
    assert "200.00" in payer.act.body.done.texts


def test_a_part_paid_one_is_taken_up_again(payer: Payer, context, qtbot, parties) -> None:
    payer.act.cash.give(20_000)
    payer.alt(Qt.Key.Key_D)
    again = PayReservation(context)
    assert again.fits(view(context, payer.order), context.desk)
    side = show(again, qtbot)
    begin(again, context, payer.order, qtbot)
    qtbot.waitUntil(lambda: not again.busy)
    assert "200" in again.taking.tenders.findChildren(type(again.body.notice))[0].text()
    assert again.scanned(WECHAT_CODE)
    qtbot.waitUntil(lambda: not again.busy, timeout=PATIENCE_MS)
    assert parties["wechat"].held == DUE - 20_000
    side.close()


def test_a_declined_code_is_said_and_another_taken(payer: Payer, parties) -> None:
    parties["wechat"].days = ["declined"]
    payer.act.scanned(WECHAT_CODE)
    payer.wait()
    assert "WeChat" in payer.said
    assert payer.statuses[0] == "reserved"
    payer.act.scanned(ALIPAY_CODE)
    payer.wait()
    assert payer.statuses == ALL_SOLD


def test_escape_gives_a_charge_up_and_nothing_stays_charged(payer: Payer, parties) -> None:
    parties["wechat"].days = ["waiting"]
    payer.act.scanned(WECHAT_CODE)
    payer.qtbot.waitUntil(lambda: bool(parties["wechat"].trades), timeout=PATIENCE_MS)
    assert payer.act.taking.waiting.isVisible()
    assert not payer.act.primary.isEnabled()
    assert payer.act.escape()
    payer.wait()
    assert parties["wechat"].held == 0
    assert not payer.act.escape(), "Esc leaves the act now"
    payer.act.scanned(WECHAT_CODE)
    payer.wait()
    assert payer.statuses == ALL_SOLD


def test_unknown_stays_in_sight_and_is_not_paid_twice(payer: Payer, parties, context) -> None:
    wechat = parties["wechat"]
    wechat.timing = replace(PROMPT, give_up_s=0)
    wechat.days = ["silent", "silent"]
    payer.act.scanned(WECHAT_CODE)
    payer.wait()
    assert payer.act.taking.not_known.isVisible()
    assert payer.act.primary.isEnabled()
    assert not payer.act.scanned(ALIPAY_CODE)
    with payer.qtbot.waitSignal(payer.act.done):
        payer.act.primary.click()
    payer.act.body.hide()
    payer.wait()
    assert holder(context, payer.order) == 1, "it does not leave while that is open (rule 8)"


# --- the difference of an exchange


@pytest.fixture
def exchange(context, qtbot) -> Iterator[ExchangeAct]:
    """A ticket of level B to become one of level A: the places are taken."""
    act = ExchangeAct(context)
    side = show(act, qtbot)
    begin(act, context, sell(context, "S4D", 1), qtbot)
    found = context.office.read(lambda s: s.first("SELECT id FROM session WHERE code = 'S4D'"))
    act.choice.choose(found[0], "A")
    settled(act, qtbot)
    act.body.papers.setChecked(True)
    act.primary.click()
    qtbot.waitUntil(lambda: act.due is not None, timeout=PATIENCE_MS)
    settled(act, qtbot)
    yield act
    settled(act, qtbot)
    side.close()


def settled(act: ExchangeAct, qtbot) -> None:
    qtbot.waitUntil(lambda: not act.busy, timeout=PATIENCE_MS)


def test_the_difference_by_card(exchange: ExchangeAct, parties, qtbot) -> None:
    due = exchange.due.due_fen
    qtbot.keyClick(exchange.body, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    exchange.primary.click()
    settled(exchange, qtbot)
    assert exchange.sale is not None
    assert parties["card"].held == due


@pytest.mark.parametrize("height", [763, 640], ids=["1600x900", "1366x768"])
def test_the_change_of_a_difference_is_seen_whole(exchange, qtbot, height: int) -> None:
    side = exchange.body.window()
    side.resize(side.width(), height)
    exchange.cash.give(100_000)
    qtbot.waitUntil(lambda: in_sight(exchange, change(exchange)))
    assert exchange.cash.amount.hasFocus()
    exchange.cash.give(5_000)  # too little: what is missing, and the key that keeps it as a part
    qtbot.waitUntil(lambda: in_sight(exchange, exchange.taking.part_button))


def test_the_difference_in_parts(exchange: ExchangeAct, parties, qtbot) -> None:
    due = exchange.due.due_fen
    exchange.cash.give(5_000)
    qtbot.keyClick(exchange.body, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    settled(exchange, qtbot)
    assert exchange.sale is None
    assert exchange.due.due_fen == due - 5_000
    assert exchange.scanned(WECHAT_CODE)
    settled(exchange, qtbot)
    assert exchange.sale is not None
    assert parties["wechat"].held == due - 5_000


def test_a_part_comes_back_where_the_old_tickets_are_kept(
    exchange: ExchangeAct, context, qtbot
) -> None:
    exchange.cash.give(5_000)
    qtbot.keyClick(exchange.body, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    settled(exchange, qtbot)
    with qtbot.waitSignal(exchange.done, timeout=PATIENCE_MS) as said:
        qtbot.keyClick(exchange.body, Qt.Key.Key_Backspace, Qt.KeyboardModifier.AltModifier)
    assert "50.00" in said.args[0]


def test_while_it_is_not_known_the_exchange_waits(exchange: ExchangeAct, parties, qtbot) -> None:
    wechat = parties["wechat"]
    wechat.timing = replace(PROMPT, give_up_s=0)
    wechat.days = ["silent", "silent"]
    exchange.scanned(WECHAT_CODE)
    settled(exchange, qtbot)
    assert exchange.taking.not_known.isVisible()
    assert not exchange.back_button.isVisible()
    with qtbot.waitSignal(exchange.quit, timeout=PATIENCE_MS):
        exchange.primary.click()
