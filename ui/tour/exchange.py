"""A tour's visitor who wants other seats: one ticket for a dearer one, the other for a cheaper."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from boxoffice.domain.accounts import ALIPAY, WECHAT
from boxoffice.rehearsal.gateways.scripted import Scripted
from ui.orders.exchange_act import ExchangeAct
from ui.pages import ORDERS
from ui.screens.orders import OrdersPage
from ui.sell.side_words import SideState
from ui.tour.tenders import ALIPAY_CODE, WECHAT_CODE

if TYPE_CHECKING:
    from ui.tour.day import Day

DEARER, CHEAPER = 0, 2
"""Places among the levels of the court, of which the tickets are the one between."""


def exchange(day: Day) -> None:
    """Bought by WeChat; the difference comes by Alipay, and goes back by WeChat."""
    page = day.complete_basket()
    for tender in (WECHAT, ALIPAY):
        cast(Scripted, day.context.office.gateways[tender]).pay()
    page.scanned(WECHAT_CODE)
    day.stage.until(lambda: page.counter.state is SideState.DONE and not page.busy, "the sale")
    sale = page.counter.done.sale
    assert sale is not None
    act = _begin(day, sale.number)
    act.tick(act.tickets[0], True)
    _choose(day, act, DEARER)
    day.stage.snap("exchange-dearer")
    _take_places(day, act)
    day.stage.snap("exchange-difference")
    act.scanned(ALIPAY_CODE)
    _end(day, act, "exchange-paid")
    act = _begin(day, sale.number)
    act.tick(act.tickets[0], True)
    _choose(day, act, CHEAPER)
    _take_places(day, act)
    day.stage.snap("exchange-goes-back")
    act.primary.click()
    _end(day, act, "exchange-done")


def _orders(day: Day) -> OrdersPage:
    return cast(OrdersPage, day.window.frame.page(ORDERS))


def _begin(day: Day, number: str) -> ExchangeAct:
    day.window.open_order(number)
    page = _orders(day)
    day.stage.until(lambda: page.file is not None and not page.busy, "the order")
    page.begin(ExchangeAct)
    act = cast(ExchangeAct, page.begun)
    day.stage.until(lambda: not act.busy and act.choice.session is not None, "where it may go")
    return act


def _choose(day: Day, act: ExchangeAct, level: int) -> None:
    session = act.choice.session
    assert session is not None
    act.choice.choose(session, act.choice.levels[level])
    day.stage.until(lambda: not act.busy, "what it comes to")
    act.body.papers.setChecked(True)


def _take_places(day: Day, act: ExchangeAct) -> None:
    act.primary.click()
    day.stage.until(lambda: act.due is not None and not act.busy, "the places")


def _end(day: Day, act: ExchangeAct, picture: str) -> None:
    page = _orders(day)
    day.stage.until(lambda: act.sale is not None and not act.busy, "the exchange")
    day.stage.snap(picture)
    act.primary.click()
    day.stage.until(lambda: page.begun is None and not page.busy, "the order again")
