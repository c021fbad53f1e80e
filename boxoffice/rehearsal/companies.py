"""The payment companies and card hosts of a rehearsal, in a process of their own.

They live as long as the rehearsal does, so that a killed window finds them as it left them.
"""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

from boxoffice import clock
from boxoffice.domain.accounts import ALIPAY, CARD, WECHAT
from boxoffice.payments import alipay_words, iso8583_host, wechat_words
from boxoffice.payments.alipay import Alipay
from boxoffice.payments.card_settings import CardSettings
from boxoffice.payments.iso8583_private import Sort, State
from boxoffice.payments.protocol import Gateway
from boxoffice.payments.wechat import WeChat
from boxoffice.rehearsal import bad_days
from boxoffice.rehearsal.gateways.alipay import SimulatedAlipay
from boxoffice.rehearsal.gateways.book import Book
from boxoffice.rehearsal.gateways.book_rows import BackState
from boxoffice.rehearsal.gateways.book_rows import State as TradeState
from boxoffice.rehearsal.gateways.card_host import CardHost
from boxoffice.rehearsal.gateways.card_host_books import Books as CardBooks
from boxoffice.rehearsal.gateways.keys import Keys
from boxoffice.rehearsal.gateways.running import ALIPAY_RULES, WECHAT_RULES, Simulated, start
from boxoffice.rehearsal.gateways.wechat import SimulatedWeChat
from boxoffice.rehearsal.venue_clock import Board

ANSWER_WITHIN_S = 1.5
"""Venue time runs faster than ours: what is silence after five seconds is silence sooner here."""
CARD_WITHIN_S = 2
"""A whole number, as a terminal is set up with; the least that leaves time to sign on."""
RULES = {
    # A window whose clock jumps or that was killed cannot count fifteen seconds of venue time.
    WECHAT: replace(WECHAT_RULES, reverse_not_before_s=0),
    ALIPAY: ALIPAY_RULES,
}
MOST_BYTES = 16_000_000


@dataclass(frozen=True, slots=True)
class BookOf:
    """What one party has at the end, by our numbers, in fen."""

    taken: Mapping[str, int]
    back: Mapping[str, int]
    """What went back, or is on its way with them."""
    charge_of: Mapping[str, str]
    """Of what each refund gives back."""
    breaches: tuple[str, ...] = ()

    @property
    def held_fen(self) -> int:
        """What the party has of the customers' money for us."""
        return sum(self.taken.values()) - sum(self.back.values())


class Companies:
    """Started before any window; `close` ends its process. Raises OSError where it died."""

    def __init__(self, board: Board, windows: int) -> None:
        keys = _keys()
        self._line, theirs = socket.socketpair()
        self._process = os.fork()
        if not self._process:
            self._line.close()
            _live(theirs, board, windows, keys)
        theirs.close()
        self._answers = self._line.makefile("r", encoding="utf-8")
        told = json.loads(self._answers.readline())
        self._codes = _drivers(keys, told["addresses"])
        self._cards = [
            iso8583_host.connect(CardSettings.from_table(table, real=False))
            for table in told["cards"]
        ]

    def gateways(self, window: int) -> dict[str, Gateway]:
        """Who a window asks for money, by tender. They keep no state, and survive a fork."""
        return {**self._codes, CARD: self._cards[window - 1]}

    def spoil(self, window: int, seed: int) -> None:
        """Bad days, drawn from this seed, for the parties that this window asks."""
        self._ask(do="spoil", window=window, seed=seed)

    def heal(self) -> None:
        """No more bad days; who was busy at a terminal is done."""
        self._ask(do="heal")

    def books(self) -> dict[str, BookOf]:
        """What each party has, by tender."""
        return {tender: BookOf(**found) for tender, found in self._ask(do="books").items()}

    def close(self) -> None:
        """End, and wait for the process."""
        self._answers.close()
        self._line.close()
        os.kill(self._process, signal.SIGTERM)  # windows that live on keep the line open
        os.waitpid(self._process, 0)

    def _ask(self, **wish: object) -> dict[str, Any]:
        self._line.sendall(json.dumps(wish).encode("ascii") + b"\n")
        found: dict[str, Any] = json.loads(self._answers.readline())
        return found


@cache
def _keys() -> Keys:
    """Making keys takes half a second: one merchant for all rehearsals of a run."""
    return Keys.make()


def _drivers(keys: Keys, addresses: Mapping[str, str]) -> dict[str, Gateway]:
    wechat, alipay = SimulatedWeChat(Book(), keys), SimulatedAlipay(Book(), keys)
    wechat.address, alipay.address = addresses[WECHAT], addresses[ALIPAY]
    timings = [
        replace(words.TIMING, answer_within_s=ANSWER_WITHIN_S)
        for words in (wechat_words, alipay_words)
    ]
    return {
        WECHAT: WeChat(wechat.settings(), timings[0]),
        ALIPAY: Alipay(alipay.settings(), timings[1]),
    }


def _live(line: socket.socket, board: Board, windows: int, keys: Keys) -> None:
    """The process of the companies; it ends with this."""
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        clock.use(board.now)
        with ExitStack() as ending:
            codes = dict[str, Simulated]()
            for tender, rules in RULES.items():
                codes[tender] = start(tender, keys=keys, rules=rules)
                ending.callback(codes[tender].close)
            cards = [ending.enter_context(CardHost()) for _ in range(windows)]
            _serve(line, codes, cards)
        code = 0
    finally:
        os._exit(code)


def _serve(line: socket.socket, codes: dict[str, Simulated], cards: list[CardHost]) -> None:
    addresses = {tender: company.address for tender, company in codes.items()}
    tables = [host.table(CARD_WITHIN_S) for host in cards]
    answer: object = {"addresses": addresses, "cards": tables}
    with line, line.makefile("r", encoding="utf-8") as wishes:
        line.sendall(json.dumps(answer).encode("ascii") + b"\n")
        for text in wishes:
            wish = json.loads(text)
            answer = {}
            if wish["do"] == "spoil":
                _spoil(codes, cards[wish["window"] - 1], Random(wish["seed"]))
            elif wish["do"] == "heal":
                _heal(codes, cards)
            else:
                answer = _books(codes, cards)
            line.sendall(json.dumps(answer).encode("ascii") + b"\n")


def _spoil(codes: dict[str, Simulated], card: CardHost, random: Random) -> None:
    tender, days = bad_days.draw_codes(random)
    for day in days:
        codes[tender].spoil(day)
    for step, how in bad_days.draw_cards(random)[1]:
        card.plan.on(step, how)


def _heal(codes: dict[str, Simulated], cards: list[CardHost]) -> None:
    for company in codes.values():
        company.heal()
    for card in cards:
        card.plan.clear()
        for number in [n for n, entry in card.books.entries.items() if entry.state == "W"]:
            card.customer_pays(number)


def _books(codes: dict[str, Simulated], cards: list[CardHost]) -> dict[str, dict[str, Any]]:
    found = {tender: _of_code(tender, company.book) for tender, company in codes.items()}
    kept = [_of_card(card.books) for card in cards]
    found[CARD] = {
        what: {number: value for one in kept for number, value in one[what].items()}
        for what in ("taken", "back", "charge_of")
    }
    return found


def _of_code(tender: str, book: Book) -> dict[str, Any]:
    # What no card took, Alipay has put into the customer's balance there.
    there = (BackState.ABNORMAL,) if tender == ALIPAY else ()
    refunds = [one for one in book.refunds.values() if one.counts or one.state in there]
    return {
        "taken": {n: t.amount_fen for n, t in book.trades.items() if t.state is TradeState.PAID},
        "back": {refund.number: refund.amount_fen for refund in refunds},
        "charge_of": {refund.number: refund.charge for refund in refunds},
        "breaches": book.breaches,
    }


def _of_card(books: CardBooks) -> dict[str, Any]:
    entries = books.entries.values()
    sales = [e for e in entries if e.sort == Sort.SALE]
    backs = [e for e in entries if e.sort != Sort.SALE]
    return {
        "taken": {e.number: e.fen for e in sales if e.state in (State.APPROVED, State.VOIDED)},
        "back": {e.number: e.fen for e in backs if e.state in (State.APPROVED, State.WORKING)},
        "charge_of": {e.number: e.original for e in backs},
    }
