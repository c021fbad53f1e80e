"""What the tests of the card terminal stand on: a host, a terminal on it, asks and backs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from boxoffice.payments.card_settings import CardSettings
from boxoffice.payments.iso8583_host import AcquirerTerminal
from boxoffice.payments.protocol import Answer, Ask, Back, Outcome
from boxoffice.rehearsal.gateways.card_host import CardHost

FEN = 98_000
IMPATIENT_S = 1.0
"""For steps that are to end in silence; a loaded machine still signs on within it."""


def settings(host: CardHost) -> CardSettings:
    return CardSettings.from_table(host.table())


def hasty(host: CardHost) -> CardSettings:
    return replace(settings(host), answer_within_s=IMPATIENT_S)


def terminal(host: CardHost) -> AcquirerTerminal:
    """One that waits long enough for any answer that comes at all."""
    return AcquirerTerminal(settings(host))


def impatient(host: CardHost) -> AcquirerTerminal:
    """One that soon calls it silence, and has signed on."""
    made = AcquirerTerminal(hasty(host))
    while not made.batch():
        pass
    return made


def ask(number: str = "W7-000001", fen: int = FEN) -> Ask:
    return Ask(number, fen, "CNY", "Session 12", 7)


def back(paid: Answer, number: str = "R7-000901", fen: int = FEN, charge: str = "W7-000001"):
    return Back(
        number,
        charge,
        paid.reference,
        fen,
        paid.paid_fen or 0,
        "CNY",
        "rain",
        datetime(2026, 11, 3, 10, tzinfo=UTC),
        7,
        paid.facts,
    )


def paid(card, number: str = "W7-000001", fen: int = FEN) -> Answer:
    """A sale that went well."""
    answer = card.charge(ask(number, fen))
    assert answer.outcome is Outcome.PAID, answer
    return answer
