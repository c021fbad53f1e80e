"""The rows of the table in docs/money.md: gateway, step, bad day.

Run as a module this plays them all and prints the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from boxoffice.domain.accounts import ALIPAY, CARD, CODES, WECHAT
from boxoffice.rehearsal.gateways import card_host_days
from boxoffice.rehearsal.gateways.card_host_days import How, declined
from boxoffice.rehearsal.gateways.days import ALWAYS, Day, Step, Trouble

T, S, C = Trouble, Step, card_host_days.Step
HEAD = (
    "| gateway | step | bad day | the clerk sees | ledger then | ends as | ledger then | settled |"
)


@dataclass(frozen=True)
class Row:
    """One bad day at one gateway; `name` is what the table calls it."""

    tender: str
    step: str
    name: str
    days: tuple[Any, ...] = ()
    """`Day` of a company, or (step, day) of a card host."""

    @property
    def of_refund(self) -> bool:
        return self.step.startswith("refund")


def _on(step: Step, *troubles: Trouble, **options: Any) -> list[tuple[str, tuple[Day, ...]]]:
    more = ", ".join(
        "nothing done" if key == "acts" else f"{key} {options[key]}" for key in options
    )
    return [
        (
            f"{trouble}{f' ({more})' if more else ''}".replace("_", " "),
            (Day(trouble, step, **options),),
        )
        for trouble in troubles
    ]


LINE = (T.SILENT, T.CUT, T.WRONG_SIGNATURE, T.UNSIGNED, T.HTML, T.GARBLED, T.ELSEWHERE, T.BUSY)
NEVER_PAYS = Day(T.PASSWORD, S.CHARGE, queries=ALWAYS)
DEAF = tuple(Day(T.CUT, step, times=ALWAYS) for step in (S.CHARGE, S.QUERY))
CHARGES = [
    ("none", ()),
    *_on(S.CHARGE, *LINE),
    *_on(S.CHARGE, *LINE[1:], acts=False),
    *_on(S.CHARGE, T.CLOCK_OFF, T.LIMITED, T.SLOW),
    *_on(S.CHARGE, T.PASSWORD),
    ("password, never typed", (NEVER_PAYS,)),
    *_on(S.CHARGE, T.PASSWORD, pays=False),
    *_on(S.CHARGE, T.CODE_EXPIRED, T.CODE_USED, T.BALANCE, T.OTHER_AMOUNT),
]
QUERIES = [
    (f"{trouble}, answer of the charge lost".replace("_", " "), (Day(T.CUT, S.CHARGE), day))
    for trouble in (*LINE[1:], T.NOT_KNOWN_YET)
    for day in [Day(trouble, S.QUERY, times=3)]
]
REVERSALS = [
    *[
        (
            f"{trouble}, password never typed".replace("_", " "),
            (NEVER_PAYS, Day(trouble, S.REVERSE)),
        )
        for trouble in (T.RECALL, T.PAID_LATE, *LINE[1:])
    ],
    *[
        (
            f"{trouble}, no answer before".replace("_", " "),
            (*DEAF, Day(trouble, S.REVERSE, times=ALWAYS)),
        )
        for trouble in (T.CUT, T.TOO_LATE, T.MERCHANT_BALANCE)
    ],
]
REFUNDS = [
    ("none", ()),
    *_on(S.REFUND, *LINE[1:]),
    *_on(S.REFUND, *LINE[1:], acts=False),
    *_on(S.REFUND, T.CLOCK_OFF, T.LIMITED, T.PENDING, T.MERCHANT_BALANCE, T.REFUND_CLOSED),
    *_on(S.REFUND, T.CARD_GONE, T.DEAD, T.TOO_LATE),
]
REFUND_QUERIES = [
    (
        f"{trouble}, pending".replace("_", " "),
        (Day(T.PENDING, S.REFUND), Day(trouble, S.REFUND_QUERY)),
    )
    for trouble in (*LINE[1:], T.NOT_KNOWN_YET)
]
OF_CODES: tuple[tuple[str, Sequence[tuple[str, tuple[Day, ...]]]], ...] = (
    ("charge", CHARGES),
    ("query", QUERIES),
    ("reversal", REVERSALS),
    ("refund", REFUNDS),
    ("refund query", REFUND_QUERIES),
)
CARD_LINE = (How.LOST, How.HUNG_UP, How.HALF, How.WRONG_MAC, How.GARBAGE, How.WEB_PAGE, How.MERGED)
CODES_OF_CARDS = {"51": "balance short", "96": "fault of the host", "54": "card expired"}
OF_CARDS = [
    Row(CARD, "charge", "none"),
    *[Row(CARD, "charge", str(how).replace("_", " "), ((C.CHARGE, how),)) for how in CARD_LINE],
    Row(CARD, "charge", "card never put in", ((C.CHARGE, How.WAITING),)),
    *[
        Row(CARD, "charge", name, ((C.CHARGE, declined(code)),))
        for code, name in CODES_OF_CARDS.items()
    ],
    *[
        Row(CARD, "reversal", f"{how}, card never put in".replace("_", " "),
            ((C.CHARGE, How.WAITING), (C.REVERSE, how)))
        for how in (How.HUNG_UP, How.HALF)
    ],
    Row(CARD, "refund", "none"),
    *[Row(CARD, "refund", str(how).replace("_", " "), ((C.REFUND, how),)) for how in CARD_LINE],
    Row(CARD, "refund", "card gone", ((C.REFUND, declined("14")),)),
    Row(CARD, "refund", "merchant short", ((C.REFUND, declined("51")),)),
    Row(CARD, "refund", "more than is left", ((C.REFUND, declined("64")),)),
]  # fmt: skip
ROWS = [
    *[
        Row(tender, step, name, days)
        for tender in CODES
        for step, found in OF_CODES
        for name, days in found
    ],
    *OF_CARDS,
]
TENDERS = (WECHAT, ALIPAY, CARD)
