"""Payments by code and card and their refunds, for a program that is killed in the middle of them.

The payment company is the simulated one, over HTTP or TCP, with a book that outlives every process.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from boxoffice import bootstrap, clock
from boxoffice.payments.protocol import Gateway
from boxoffice.rehearsal.gateways.card_host_days import How
from boxoffice.rehearsal.gateways.card_host_days import Step as CardStep
from boxoffice.rehearsal.gateways.days import ALWAYS, Day, Step, Trouble
from boxoffice.rehearsal.gateways.keys import Keys
from boxoffice.services.aftersales import voids
from boxoffice.services.follower import Rounds
from boxoffice.services.sales import asking, checkout, paybacks, undoing
from boxoffice.services.sales.attempts import Paying
from boxoffice.settings import Home
from tests.faults import paying_companies as companies
from tests.faults.acts import rows, take
from tests.faults.paying_companies import AnyDay
from tests.homes import NOON, AtWork

CODES = {"wechat": "134567890123456789", "alipay": "281234567890123456", "card": ""}
SEATS = (1, 5), (1, 6)
PRICE = 68_000
CASH_PART, CODE_PART = 10_000, 20_000
BREACHES, PASSED = "breaches", "passed"
"""In a home: what broke the rules of its company; how late it had become."""
ROUND_S = 61
MOST_ROUNDS = 60
"""An hour: by then the last number nobody knows is given up."""


class SharedHours:
    """The time of a test in all its processes: it passes when somebody waits."""

    def __init__(self) -> None:
        self._passed = memoryview(mmap.mmap(-1, 8)).cast("q")

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds)

    @property
    def seconds(self) -> int:
        return int(self._passed[0])

    def pass_(self, seconds: float) -> None:
        self._passed[0] += ceil(seconds)

    def begin_at(self, seconds: int) -> None:
        self._passed[0] = seconds

    def wait(self, _talk: object, seconds: float) -> None:
        self.pass_(seconds)


HOURS = SharedHours()
"""Made before any process is forked."""


@contextmanager
def company_beside(home: Home, act: Act, keys: Keys) -> Iterator[Gateway]:
    """The company in a process of its own, and the driver that pays there.

    When it ends it notes what broke its rules, and how late it has become.
    """
    is_there, ready = os.pipe()
    wanted, still = os.pipe()
    child = os.fork()
    if not child:
        os.close(is_there)
        os.close(still)
        clock.use(HOURS.now)
        with companies.open_company(home, act.tender, keys) as company:
            for day in act.days:
                companies.spoil(company, day)
            os.write(ready, company.address.encode("ascii"))
            os.read(wanted, 1)
        (home.path / BREACHES).write_text("\n".join(companies.breaches(company)), encoding="utf-8")
        (home.path / PASSED).write_text(str(HOURS.seconds), encoding="ascii")
        os._exit(0)
    os.close(ready)
    os.close(wanted)
    address = os.read(is_there, 100).decode("ascii")
    assert address, "the company did not start"
    try:
        yield companies.driver(act.tender, keys, address)
    finally:
        os.close(is_there)
        os.close(still)
        _, status = os.waitpid(child, 0)
        assert status == 0, "the company broke down"


def paying_at(work: AtWork, gateway: Gateway) -> AtWork:
    """The same window, set up to pay there."""
    return AtWork(replace(work.office, gateways={gateway.tender: gateway}), work.desk)


def by_code(work: AtWork, tender: str, basket: str, amount: int | None = None) -> Paying:
    return asking.ask(
        office=work.office,
        desk=work.desk,
        basket=basket,
        tender=tender,
        code=CODES[tender],
        amount_fen=amount,
        pause=HOURS.wait,
    )


def pay(work: AtWork, tender: str) -> None:
    """Two seats, by code."""
    by_code(work, tender, take(work, *SEATS))


def give_back(work: AtWork, tender: str) -> None:
    """What was paid by code goes back, one ticket first, the other a little later."""
    del tender
    ((order,),) = rows(work, "SELECT order_id FROM payment WHERE window_id = 1")
    lines = rows(work, "SELECT id FROM order_line WHERE order_id = ? AND status = 'sold'", order)
    for (line,) in lines:
        voids.void(
            office=work.office,
            desk=work.desk,
            order_id=str(order),
            line_ids=[str(line)],
            papers_back=True,
            reason="wrong",
        )
        settle(work)


def part(work: AtWork, tender: str) -> None:
    """A part in cash, a part by code; then all of it back."""
    basket = take(work, *SEATS)
    checkout.pay_cash(
        office=work.office,
        desk=work.desk,
        basket=basket,
        tendered_fen=CASH_PART,
        amount_fen=CASH_PART,
    )
    by_code(work, tender, basket, CODE_PART)
    undoing.undo(office=work.office, desk=work.desk, order_id=basket, reason="thought better")
    settle(work)


def again(work: AtWork, tender: str) -> None:
    """What a kill left open is asked about."""
    del tender
    bootstrap.recover(work.office)
    settle(work)


def settle(work: AtWork) -> int:
    """Rounds until nothing is open any more; answers how many there were."""
    rounds = Rounds(work.office)
    for count in range(MOST_ROUNDS):
        if not still_open(work):
            return count
        rounds.go(float(HOURS.seconds))
        HOURS.pass_(ROUND_S)
    return MOST_ROUNDS


def still_open(work: AtWork) -> list[str]:
    """Attempts and paybacks nobody has decided yet."""
    chain = work.office.chain
    return work.office.writing.call(
        lambda store: [
            *asking.unfinished(store, chain),
            *paybacks.waiting(store, chain.window, chain.epoch),
        ]
    )


@dataclass(frozen=True)
class Act:
    """What is done, with whom, and how their day goes."""

    do: Callable[[AtWork, str], None]
    tender: str = "wechat"
    days: tuple[AnyDay, ...] = ()
    sold: bool = False
    """Two tickets are sold before, by code."""
    crashed: tuple[AnyDay, ...] = ()
    """Days of an act before it, that ends in a kill."""


class Killed(BaseException):
    """This process dies here, as far as its records go."""


def leave_open(work: AtWork, tender: str) -> None:
    """A payment whose answer never came, and a part paid back that nobody asked for yet."""
    basket = take(work, (1, 1))
    by_code(work, tender, basket, CODE_PART)
    undoing.undo(office=work.office, desk=work.desk, order_id=basket, reason="thought better")
    gateway = work.office.gateways[tender]
    other = take(work, *SEATS)
    charge = type(gateway).charge

    def dies(self: object, asked: object) -> object:
        charge(self, asked)  # type: ignore[arg-type]
        raise Killed

    type(gateway).charge = dies  # type: ignore[method-assign, assignment]
    try:
        with suppress(Killed):
            by_code(work, tender, other)
    finally:
        type(gateway).charge = charge  # type: ignore[method-assign]


W = Trouble.PASSWORD, Step.CHARGE
ACTS = {
    "good": Act(pay),
    "password": Act(pay, "alipay", (Day(*W, queries=2),)),
    "lost": Act(pay, days=(Day(Trouble.CUT, Step.CHARGE), Day(Trouble.CUT, Step.QUERY))),
    "never_came": Act(pay, "alipay", (Day(Trouble.CUT, Step.CHARGE, acts=False),)),
    "reversal": Act(
        pay,
        days=(
            Day(*W, queries=ALWAYS),
            Day(Trouble.RECALL, Step.REVERSE),
            Day(Trouble.PAID_LATE, Step.REVERSE),
        ),
    ),
    "too_late": Act(
        pay,
        days=(
            Day(Trouble.CUT, Step.CHARGE),
            Day(Trouble.CUT, Step.QUERY, times=9),
            Day(Trouble.TOO_LATE, Step.REVERSE),
        ),
    ),
    "part": Act(part, "alipay"),
    "back": Act(give_back, "alipay", sold=True),
    "back_pending": Act(give_back, days=(Day(Trouble.PENDING, Step.REFUND),), sold=True),
    "back_lost": Act(give_back, "alipay", (Day(Trouble.CUT, Step.REFUND, times=2),), sold=True),
    "back_given_up": Act(
        give_back, "alipay", (Day(Trouble.REFUND_CLOSED, Step.REFUND),), sold=True
    ),
    "back_closed": Act(give_back, days=(Day(Trouble.REFUND_CLOSED, Step.REFUND),), sold=True),
    "again": Act(again, crashed=(Day(Trouble.SLOW, Step.CHARGE, delay_s=0.01),)),
    "card_good": Act(pay, "card"),
    "card_lost": Act(pay, "card", ((CardStep.CHARGE, How.HALF, 1), (CardStep.QUERY, How.HALF, 1))),
    "card_never_came": Act(pay, "card", ((CardStep.CHARGE, How.WEB_PAGE, 1),)),
    "card_reversal": Act(
        pay, "card", ((CardStep.CHARGE, How.WAITING, 1), (CardStep.REVERSE, How.HALF, 1))
    ),
    "card_part": Act(part, "card"),
    "card_back": Act(give_back, "card", sold=True),
    "card_back_lost": Act(give_back, "card", ((CardStep.REFUND, How.HALF, 2),), sold=True),
    "card_again": Act(again, "card", crashed=((CardStep.CHARGE, How.SPLIT, 1),)),
}
