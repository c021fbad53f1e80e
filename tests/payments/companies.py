"""Simulated payment companies for tests, and the drivers that pay at them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

from boxoffice.payments import alipay_words, wechat_words
from boxoffice.payments.alipay import Alipay
from boxoffice.payments.protocol import Ask, Back
from boxoffice.payments.wechat import WeChat
from boxoffice.rehearsal.gateways.book_rows import Rules
from boxoffice.rehearsal.gateways.keys import Keys
from boxoffice.rehearsal.gateways.running import Simulated, start

CODES = {"wechat": "134567890123456789", "alipay": "281234567890123456"}
PRICE = 68_000
NUMBER, REFUND = "W1A20250927T000001", "W1R20250927T000001"
QUIET = Rules(refund_queries=0)
"""A company that does not mind how soon something comes."""
PATIENT_S, HURRIED_S = 20.0, 0.4
"""How long a driver waits: where an answer comes, and where none does."""


@cache
def keys() -> Keys:
    """One merchant and one company for all tests: making keys takes half a second."""
    return Keys.make()


@dataclass(frozen=True)
class Till:
    """A company and the driver that pays there."""

    company: Simulated
    driver: WeChat | Alipay
    hurried: WeChat | Alipay
    """The same, for messages that get no answer."""

    def charge(self, number: str = NUMBER, code: str = "", fen: int = PRICE):
        return self.driver.charge(self.ask(number, code, fen))

    def ask(self, number: str = NUMBER, code: str = "", fen: int = PRICE) -> Ask:
        return Ask(number, fen, "CNY", "网球票 O1 1区", 3, code or CODES[self.company.kind])

    def fresh(self) -> Till:
        """The same with an empty book and no bad day before it."""
        self.company.heal()
        self.company.book = replace(
            self.company.book, trades={}, refunds={}, breaches=[], balance_fen=None
        )
        return self


@contextmanager
def till(kind: str, rules: Rules = QUIET, **options) -> Iterator[Till]:
    """A till at a company of its own."""
    with start(kind, keys=keys(), rules=rules, **options) as company:
        yield Till(company, driver(company, PATIENT_S), driver(company, HURRIED_S))


@contextmanager
def both(rules: Rules = QUIET) -> Iterator[dict[str, Till]]:
    """A till at each company, for a whole module of tests: reading keys takes its time."""
    with till("wechat", rules) as wechat, till("alipay", rules) as alipay:
        yield {"wechat": wechat, "alipay": alipay}


def driver(company: Simulated, within_s: float) -> WeChat | Alipay:
    settings = company.settings()
    if company.kind == "wechat":
        return WeChat(settings, replace(wechat_words.TIMING, answer_within_s=within_s))
    return Alipay(settings, replace(alipay_words.TIMING, answer_within_s=within_s))


def back(fen: int = PRICE, number: str = REFUND) -> Back:
    return Back(
        number=number,
        charge=NUMBER,
        reference="",
        amount_fen=fen,
        charged_fen=PRICE,
        currency="CNY",
        reason="雨",
        charged_at=datetime(2025, 9, 27, 4, tzinfo=UTC),
        window=3,
    )
