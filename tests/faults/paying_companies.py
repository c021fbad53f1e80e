"""The companies that a dying window pays at: over HTTP and TCP, with books that outlive it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from boxoffice.payments import iso8583_host
from boxoffice.payments.alipay import Alipay
from boxoffice.payments.card_settings import CardSettings
from boxoffice.payments.gateway_settings import WeChatSettings
from boxoffice.payments.iso8583_private import Sort
from boxoffice.payments.iso8583_private import State as CardState
from boxoffice.payments.protocol import Gateway
from boxoffice.payments.wechat import WeChat
from boxoffice.rehearsal.gateways.alipay import SimulatedAlipay
from boxoffice.rehearsal.gateways.book import Book
from boxoffice.rehearsal.gateways.book_rows import BackState, State
from boxoffice.rehearsal.gateways.card_host import CardHost
from boxoffice.rehearsal.gateways.card_host_days import How, Step
from boxoffice.rehearsal.gateways.days import Day
from boxoffice.rehearsal.gateways.keys import Keys
from boxoffice.rehearsal.gateways.running import ALIPAY_RULES, PORT, WECHAT_RULES, Simulated, start
from boxoffice.rehearsal.gateways.wechat import SimulatedWeChat
from boxoffice.settings import Home

COMPANY = "company"
"""In a home: the folder of the company."""
RULES = {"wechat": replace(WECHAT_RULES, password_above_fen=0), "alipay": ALIPAY_RULES}
CARD_KEY = bytes(range(16))
CARD_WITHIN_S = 5


class CardCompany(CardHost):
    """The host of the card terminal, as the other companies are spoken to here."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        super().__init__(state=folder / "books.json", key=CARD_KEY)

    @property
    def address(self) -> str:
        return str(self.port)

    def spoil(self, day: CardDay) -> None:
        self.plan.on(*day)


CardDay = tuple[Step, How, int]
"""To which message, what happens, and how often."""
AnyDay = Day | CardDay
Company = Simulated | CardCompany


def open_company(home: Home, tender: str, keys: Keys) -> Company:
    """The company that keeps its book in this home, at the port it had last if that is free."""
    folder = home.path / COMPANY
    if tender == "card":
        return CardCompany(folder)
    try:
        return start(tender, folder=folder, keys=keys, rules=RULES[tender])
    except OSError:
        (folder / PORT).unlink()
        return start(tender, folder=folder, keys=keys, rules=RULES[tender])


def spoil(company: Company, day: AnyDay) -> None:
    """One more bad day."""
    company.spoil(day)  # type: ignore[arg-type]


_drivers: dict[tuple[str, str], Gateway] = {}


def driver(tender: str, keys: Keys, address: str) -> Gateway:
    """Who pays there; made once, for reading its keys takes longer than all it does."""
    if (tender, address) not in _drivers:
        made = _card(address) if tender == "card" else _code(tender, keys, address)
        _drivers[tender, address] = made
    return _drivers[tender, address]


def _card(address: str) -> Gateway:
    table = {
        "host": "127.0.0.1",
        "port": int(address),
        "terminal": "T0000001",
        "merchant": "898100000000001",
        "mac_key": CARD_KEY.hex(),
        "answer_within_s": CARD_WITHIN_S,
    }
    return iso8583_host.connect(CardSettings.from_table(table, real=False))


def _code(tender: str, keys: Keys, address: str) -> Gateway:
    stands = {"wechat": SimulatedWeChat, "alipay": SimulatedAlipay}[tender](Book(), keys)
    stands.address = address
    settings = stands.settings()
    return WeChat(settings) if isinstance(settings, WeChatSettings) else Alipay(settings)


def taken(company: Company) -> dict[str, int]:
    """What it has taken from customers, in fen by our numbers."""
    if isinstance(company, CardCompany):
        counted = (CardState.APPROVED, CardState.VOIDED)
        entries = company.books.entries.values()
        return {e.number: e.fen for e in entries if e.sort == Sort.SALE and e.state in counted}
    trades = company.book.trades
    return {n: t.amount_fen for n, t in trades.items() if t.state is State.PAID}


def back(company: Company) -> dict[str, int]:
    """What went back, in fen by our numbers."""
    if isinstance(company, CardCompany):
        entries = company.books.entries.values()
        return {
            e.number: e.fen
            for e in entries
            if e.sort != Sort.SALE and e.state == CardState.APPROVED
        }
    refunds = company.book.refunds
    return {n: r.amount_fen for n, r in refunds.items() if r.state is BackState.DONE}


def refunded_fen(company: Company, number: str) -> int:
    """What went back of one charge."""
    if isinstance(company, CardCompany):
        return company.books.gone_back(company.books.entries[number])
    return company.book.refunded_fen(number)


def breaches(company: Company) -> list[str]:
    """Which of its rules were broken; a card host refuses what breaks them."""
    return [] if isinstance(company, CardCompany) else list(company.book.breaches)
