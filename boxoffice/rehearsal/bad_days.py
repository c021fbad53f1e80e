"""The bad days of a rehearsal's payment companies and card hosts, drawn from its seed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from boxoffice.domain.accounts import CARD, CODES
from boxoffice.rehearsal.gateways.card_host_days import Day as CardDay
from boxoffice.rehearsal.gateways.card_host_days import How, declined
from boxoffice.rehearsal.gateways.card_host_days import Step as CardStep
from boxoffice.rehearsal.gateways.days import ALWAYS, Day, Step, Trouble

_T, _S = Trouble, Step
NOT_DONE = {"acts": False}
CHARGES: tuple[tuple[Trouble, dict[str, Any]], ...] = (
    (_T.CUT, {}),
    (_T.CUT, NOT_DONE),
    (_T.SILENT, {}),
    (_T.HTML, {}),
    (_T.WRONG_SIGNATURE, NOT_DONE),
    (_T.BUSY, {}),
    (_T.PASSWORD, {"queries": 1}),
    (_T.PASSWORD, {"queries": 3}),
    (_T.PASSWORD, {"queries": ALWAYS}),
    (_T.PASSWORD, {"pays": False}),
    (_T.CODE_EXPIRED, {}),
    (_T.BALANCE, {}),
    (_T.OTHER_AMOUNT, {}),
)
QUERIES: tuple[tuple[Trouble, dict[str, Any]], ...] = (
    (_T.CUT, {"times": 3}),
    (_T.NOT_KNOWN_YET, {"times": 2}),
    (_T.HTML, {}),
    (_T.UNSIGNED, {}),
)
REVERSALS: tuple[tuple[Trouble, dict[str, Any]], ...] = (
    (_T.RECALL, {"times": 2}),
    (_T.PAID_LATE, {}),
    (_T.CUT, {}),
    (_T.CUT, NOT_DONE),
    (_T.TOO_LATE, {}),
    (_T.MERCHANT_BALANCE, {}),
)
REFUNDS: tuple[tuple[Trouble, dict[str, Any]], ...] = (
    (_T.CUT, {}),
    (_T.CUT, NOT_DONE),
    (_T.PENDING, {"queries": 2}),
    (_T.REFUND_CLOSED, {}),
    (_T.CARD_GONE, {}),
    (_T.DEAD, {}),
    (_T.MERCHANT_BALANCE, {}),
    (_T.GARBLED, {}),
)
REFUND_QUERIES: tuple[tuple[Trouble, dict[str, Any]], ...] = (
    (_T.CUT, {}),
    (_T.NOT_KNOWN_YET, {}),
    (_T.HTML, {}),
)
OF_CODES = {
    _S.CHARGE: CHARGES,
    _S.QUERY: QUERIES,
    _S.REVERSE: REVERSALS,
    _S.REFUND: REFUNDS,
    _S.REFUND_QUERY: REFUND_QUERIES,
}
OF_CARDS: dict[CardStep, tuple[How | CardDay, ...]] = {
    CardStep.CHARGE: (
        *(How.LOST, How.SILENT, How.HUNG_UP, How.HALF, How.WRONG_MAC, How.GARBAGE),
        *(How.WAITING, declined("51"), declined("96")),
    ),
    CardStep.QUERY: (How.HUNG_UP, How.HALF, How.WEB_PAGE),
    CardStep.REVERSE: (How.HALF, How.HUNG_UP, declined("96")),
    CardStep.REFUND: (How.HALF, How.HUNG_UP, How.WRONG_MAC, declined("96")),
}
MOST = 3
"""Messages of one stretch of bad luck that go wrong, at most: one of each step."""


def draw_codes(random: Random) -> tuple[str, list[Day]]:
    """(tender, bad days) of a company whose customer shows a code; the first is of the charge."""
    tender = random.choice(CODES)
    days = []
    for step in _steps(random, (_S.QUERY, _S.REVERSE, _S.REFUND, _S.REFUND_QUERY)):
        trouble, options = random.choice(OF_CODES[step])
        days.append(Day(trouble, step, **options))
    return tender, days


def draw_cards(random: Random) -> tuple[str, list[tuple[CardStep, How | CardDay]]]:
    """(tender, bad days) of the card host of a window."""
    steps = _steps(random, (CardStep.QUERY, CardStep.REVERSE, CardStep.REFUND))
    return CARD, [(step, random.choice(OF_CARDS[step])) for step in steps]


def _steps(random: Random, others: Sequence[Any]) -> list[Any]:
    first = Step.CHARGE if isinstance(others[0], Step) else CardStep.CHARGE
    return [first, *random.sample(others, random.randrange(MOST))]
