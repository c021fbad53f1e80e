"""A tour's morning after: bills held against the ledger, an exception explained, a transfer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, cast

from boxoffice import clock
from boxoffice.desk import Right
from boxoffice.domain.accounts import ALIPAY, WECHAT
from boxoffice.queries.transfers import Stage as Standing
from boxoffice.rehearsal.gateways.bills import alipay_bill, wechat_bill
from boxoffice.rehearsal.gateways.book import Book
from boxoffice.rehearsal.gateways.channel import channel_statement
from boxoffice.rehearsal.gateways.keys import write_secret
from boxoffice.rehearsal.gateways.scripted import Scripted
from boxoffice.services.money import looking
from boxoffice.services.setup import training
from ui.orders.void_act import VoidAct
from ui.pages import MONEY, ORDERS
from ui.screens.money import MoneyPage
from ui.screens.orders import OrdersPage
from ui.sell.side_words import SideState
from ui.tour.tenders import WECHAT_CODE

if TYPE_CHECKING:
    from ui.tour.day import Day

MORNING = time(9, 30)
"""Venue time of the next day, at which bills are there."""
APART_FEN = 500
"""By how much the bill of Alipay differs."""
PAYEE, ACCOUNT, BANK_NUMBER = "示例旅行社有限公司", "6222000000000000001", "103100000018"
"""An invented customer's."""
OWN_ACCOUNT = (
    '[bank]\nname = "示例体育中心有限公司"\naccount = "110900000012345678"\n'
    'bank_number = "102100099996"\n'
)


def no_way_back(day: Day) -> None:
    """Tickets paid by code are undone, and the customer's account is gone by then."""
    page = day.complete_basket()
    company = _company(day, WECHAT)
    company.pay()
    page.scanned(WECHAT_CODE)
    day.stage.until(lambda: page.counter.state is SideState.DONE and not page.busy, "the sale")
    sale = page.counter.done.sale
    assert sale is not None
    company.lose_way_back()
    orders = cast(OrdersPage, day.window.frame.page(ORDERS))
    day.window.open_order(sale.number)
    day.stage.until(lambda: orders.file is not None and not orders.busy, "the order")
    _void(day, orders)
    office = day.context.office
    day.stage.until(
        lambda: any(one.stage is Standing.NO_WAY for one in looking.look(office).transfers),
        "the way back dead",
    )
    company.lose_way_back(lost=False)
    day.stage.until(lambda: not orders.busy, "the order as it is now")
    day.stage.snap("money-without-a-way-back")


def _void(day: Day, orders: OrdersPage) -> None:
    orders.begin(VoidAct)
    act = cast(VoidAct, orders.begun)
    act.reason.usual[0].click()
    act.body.papers.setChecked(True)
    day.stage.until(act.primary.isEnabled, "what a void asks for")
    act.primary.click()
    day.stage.until(lambda: act.back is not None and not act.busy, "the void")
    act.primary.click()
    day.stage.until(lambda: orders.begun is None and not orders.busy, "the order again")


def money(day: Day) -> None:
    """What the companies say of the day, and what the bank is to do."""
    sold = clock.venue(clock.now()).date()
    clock.run_from(datetime.combine(sold + timedelta(days=1), MORNING, clock.VENUE_ZONE))
    _sign_in(day)
    page = cast(MoneyPage, day.window.frame.page(MONEY))
    day.window.frame.show_page(MONEY)
    _settle(day, page)
    day.stage.snap("money-no-bill-yet")
    _bill(day, page, WECHAT, sold, wechat_bill, "wechat.csv")
    day.stage.snap("money-day-agrees")
    _channels(day, page, sold)
    _bill(day, page, ALIPAY, sold, alipay_bill, "alipay.zip")
    day.stage.snap("money-day-with-exceptions")
    _explain(day, page)
    _transfer(day, page)


def _company(day: Day, tender: str) -> Scripted:
    return cast(Scripted, day.context.office.gateways[tender])


def _settle(day: Day, page: MoneyPage) -> None:
    day.stage.until(lambda: page.view is not None and not page.busy, "the page of money")


def _press(day: Day, page: MoneyPage) -> None:
    page.press()
    _settle(day, page)


def _bill(
    day: Day,
    page: MoneyPage,
    tender: str,
    sold: date,
    write: Callable[[Book, date], bytes | None],
    name: str,
) -> None:
    """The company's own file of that day is taken in; that of Alipay has one amount wrong."""
    book = _company(day, tender).book()
    if tender == ALIPAY:
        number, trade = next(iter(book.trades.items()))
        book.trades[number] = replace(trade, amount_fen=trade.amount_fen - APART_FEN)
    content = write(book, sold)
    assert content is not None
    _take(day, page, name, content)


def _channels(day: Day, page: MoneyPage, sold: date) -> None:
    """What channels sold, and have to pay back after the rain."""
    link = day.context.office.link
    content = link.call(lambda store, _: channel_statement(store, sold))
    if content is not None:
        _take(day, page, "channels.csv", content)


def _take(day: Day, page: MoneyPage, name: str, content: bytes) -> None:
    path = day.context.office.home.path / name
    path.write_bytes(content)
    page.files.take([str(path)])
    _settle(day, page)


def _explain(day: Day, page: MoneyPage) -> None:
    _press(day, page)
    day.stage.snap("money-exception")
    page.exceptions.ask()
    _settle(day, page)
    page.exceptions.reason.usual[0].click()
    day.stage.snap("money-exception-asked")
    _press(day, page)
    _press(day, page)
    day.stage.snap("money-day-explained")
    _press(day, page)
    day.stage.snap("money-day-closed")


def _transfer(day: Day, page: MoneyPage) -> None:
    part, second = page.transfers, page.transfers.form.second
    settings = day.context.office.home.path / "payments.toml"
    if not settings.exists():
        write_secret(settings, OWN_ACCOUNT)
    page.show_part(part)
    _settle(day, page)
    for field, text in zip(part.form.fields, (PAYEE, ACCOUNT, BANK_NUMBER), strict=True):
        day.stage.type(field, text)
    day.stage.snap("transfer-wanted")
    supervisor = next(person for person in training.PEOPLE if person.number.startswith("3"))
    day.stage.type(second.number, supervisor.number)
    day.stage.type(second.pin, supervisor.pin)
    second.submit()
    day.stage.until(lambda: second.approval is not None, "the second person")
    day.stage.snap("transfer-signed")
    _press(day, page)
    day.stage.snap("transfer-ordered")
    ordered = part.waiting[0].payback_id
    part.rows.select(ordered)
    _press(day, page)
    day.stage.until(lambda: not part.waiting, "the bank's file")
    part.rows.select(ordered)
    day.stage.snap("transfer-at-the-bank")


def _sign_in(day: Day) -> None:
    """Whoever runs the venue; they may be there already."""
    if day.context.signed_on and day.context.desk.operator.may(Right.ADMINISTER):
        return
    day.window.lock()
    gate = day.window.gate
    assert gate is not None
    person = training.PEOPLE[-1]
    gate.sign_in.number.clear()
    day.stage.type(gate.sign_in.number, person.number)
    day.stage.type(gate.sign_in.pin, person.pin)
    gate.sign_in.submit()
    day.stage.until(lambda: day.window.gate is None, "signing in as administrator")
