"""Plays a row of the table in docs/money.md at a small home, over real HTTP and TCP.

Run as `python -m tests.payments.money_play` it plays all and prints the table.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from boxoffice import clock
from boxoffice.domain.accounts import ALIPAY, CARD, REFUNDS_DUE
from boxoffice.payments import alipay_words, wechat_words
from boxoffice.payments.alipay import Alipay
from boxoffice.payments.card_settings import CardSettings
from boxoffice.payments.iso8583_host import connect
from boxoffice.payments.protocol import Gateway
from boxoffice.payments.wechat import WeChat
from boxoffice.rehearsal.gateways.book_rows import BackState, State
from boxoffice.rehearsal.gateways.card_host import CardHost
from boxoffice.rehearsal.gateways.running import Simulated, start
from boxoffice.services.aftersales import voids
from boxoffice.services.follower import Rounds
from boxoffice.services.sales import asking, holds, paybacks
from boxoffice.settings import Home
from tests.faults.acts import rows, take
from tests.faults.paying_companies import RULES
from tests.gateways import Hours, hours
from tests.homes import AtWork, at_work, small_home
from tests.payments.companies import keys
from tests.payments.money_days import HEAD, ROWS, TENDERS, Row

WITHIN_S = 1.0
ROUND_S, MOST_ROUNDS = 61, 30
PLACE = (1, 5)
STARTS = {"wechat": "13", "alipay": "28"}


@dataclass
class Desk:
    """One window at one party, for all its rows."""

    home: Home
    work: AtWork
    time: Hours
    party: Simulated | CardHost
    codes: int = 0

    def play(self, row: Row) -> str:
        """The row as the table has it, with what really happened."""
        if row.of_refund:
            return self._refund(row)
        self._spoil(row)
        begun, fen = self.time.at, self._ledger(row.tender)
        basket = take(self.work, PLACE)
        paying = self._ask(row.tender, basket)
        waited = (self.time.at - begun).total_seconds()
        seen = _words(paying.status, paying.why if not paying.sale else "")
        then = self._booked(row.tender, fen)
        rounds = self._settle(row)
        ((end,),) = rows(self.work, "SELECT status FROM attempt WHERE id = ?", paying.attempt_id)
        at_end = self._booked(row.tender, fen)
        self._give_away(basket)
        when = f"{waited:.0f} s" if not rounds else f"behind, {rounds} rounds"
        return _line(row, seen, then, _words(end), at_end, when)

    def _refund(self, row: Row) -> str:
        basket = take(self.work, PLACE)
        paying = self._ask(row.tender, basket)
        assert paying.sale is not None, (row, paying)
        assert paying.sale.finished
        fen = self._ledger(row.tender)
        self._spoil(row)
        voids.void(
            office=self.work.office, desk=self.work.desk, order_id=basket, papers_back=True,
            reason="wrong",
        )  # fmt: skip
        ((back,),) = rows(self.work, "SELECT id FROM payback WHERE order_id = ?", basket)
        answer = paybacks.follow(office=self.work.office, payback_id=back)
        seen, then = _words(answer.status, answer.why), self._booked(row.tender, fen)
        rounds = self._settle(row)
        ended = rows(
            self.work, "SELECT status FROM payback WHERE order_id = ? ORDER BY created_at, number",
            basket,
        )  # fmt: skip
        end = ", ".join(_words(status) for (status,) in ended)
        at_end = self._booked(row.tender, fen)
        when = "at once" if not rounds else f"behind, {rounds} rounds"
        if ended[-1][0] == "dead":
            when = "by two people, another way"
        return _line(row, seen, then, end, at_end, when)

    def _ask(self, tender: str, basket: str) -> asking.Paying:
        self.codes += 1
        code = f"{STARTS[tender]}{self.codes:016d}" if tender in STARTS else ""
        return asking.ask(
            office=self.work.office, desk=self.work.desk, basket=basket, tender=tender, code=code,
            pause=self.time.wait,
        )  # fmt: skip

    def _spoil(self, row: Row) -> None:
        for day in row.days:
            if isinstance(self.party, CardHost):
                self.party.plan.on(*day)
            else:
                self.party.spoil(day)

    def _settle(self, row: Row) -> int:
        """Once the line is well again: how many rounds until all is decided."""
        if row.step != "refund query":
            self._heal()  # that one meets the first round
        rounds, chain = Rounds(self.work.office), self.work.office.chain
        for count in range(MOST_ROUNDS):
            if count:
                self._heal()
            if not self.work.office.writing.call(
                lambda s: [
                    *asking.unfinished(s, chain),
                    *paybacks.waiting(s, chain.window, chain.epoch),
                ]
            ):
                return count
            self.time.pass_(ROUND_S)
            rounds.go(self.time.at.timestamp())
        raise AssertionError(f"{row.name} is never decided")

    def _heal(self) -> None:
        if isinstance(self.party, CardHost):
            self.party.plan.clear()
        else:
            self.party.heal()

    def _give_away(self, basket: str) -> None:
        """The seat is free for the next row."""
        ((status,),) = rows(self.work, "SELECT status FROM orders WHERE id = ?", basket)
        if status == "open":
            holds.abandon(office=self.work.office, desk=self.work.desk, basket=basket)
        elif status == "paid":
            voids.void(
                office=self.work.office, desk=self.work.desk, order_id=basket, papers_back=True,
                reason="wrong",
            )  # fmt: skip
            self._settle(ROWS[0])

    def _ledger(self, tender: str) -> tuple[int, int]:
        sql = "SELECT coalesce(sum(amount_fen), 0) FROM posting WHERE account = ?"
        ((fen,),), ((owed,),) = rows(self.work, sql, tender), rows(self.work, sql, REFUNDS_DUE)
        return int(fen), int(owed)

    def _booked(self, tender: str, before: tuple[int, int]) -> str:
        """What was posted since, in yuan."""
        now = self._ledger(tender)
        parts = [
            f"{name} {(fen - was) / 100:+.2f}".replace(".00", "")
            for name, fen, was in ((tender, now[0], before[0]), ("owed", -now[1], -before[1]))
            if fen != was
        ]
        return ", ".join(parts) or "nothing"

    def ledger_fen(self, tender: str) -> int:
        """What our books say the party has."""
        return self._ledger(tender)[0]

    def held_by_party(self) -> int:
        """What the party has in its own book."""
        if isinstance(self.party, CardHost):
            return sum(self.party.books.taken_fen(number) for number in self.party.books.entries)
        book = self.party.book
        taken = sum(t.amount_fen for t in book.trades.values() if t.state is State.PAID)
        # What no card took, Alipay has put into the customer's balance there.
        there = (BackState.ABNORMAL,) if self.party.kind == ALIPAY else ()
        back = [one for one in book.refunds.values() if one.counts or one.state in there]
        return taken - sum(one.amount_fen for one in back)


@contextmanager
def desk(tender: str, folder: Path) -> Iterator[Desk]:
    """A window of a small home that takes money at this party."""
    home = small_home(folder)
    with hours() as time, at_work(home) as bare, _party(tender) as party:
        clock.use(lambda: time.at)
        gateway = _driver(tender, party)
        office = replace(bare.office, gateways={tender: gateway})
        yield Desk(home, AtWork(office, bare.desk), time, party)


def _party(tender: str) -> Simulated | CardHost:
    return CardHost() if tender == CARD else start(tender, keys=keys(), rules=RULES[tender])


def _driver(tender: str, party: Simulated | CardHost) -> Gateway:
    if isinstance(party, CardHost):
        table = CardSettings.from_table(party.table())
        return connect(replace(table, answer_within_s=WITHIN_S))
    settings = party.settings()
    if tender == "wechat":
        return WeChat(settings, replace(wechat_words.TIMING, answer_within_s=WITHIN_S))  # type: ignore[arg-type]
    return Alipay(settings, replace(alipay_words.TIMING, answer_within_s=WITHIN_S))  # type: ignore[arg-type]


def _words(status: str, why: str = "") -> str:
    return f"{status}, {why.replace('_', ' ')}" if why else str(status)


def _line(row: Row, *cells: str) -> str:
    return f"| {row.tender} | {row.step} | {row.name} | {' | '.join(cells)} |"


def _print() -> None:
    print(HEAD)
    print("|" + "---|" * 8)
    for tender in TENDERS:
        with desk(tender, Path(tempfile.mkdtemp())) as found:
            for row in ROWS:
                if row.tender == tender:
                    print(found.play(row), flush=True)


if __name__ == "__main__":
    _print()
