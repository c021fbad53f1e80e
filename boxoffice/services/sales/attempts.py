"""Attempts to take money as they stand, who is asked about them, and by which number."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from boxoffice import clock
from boxoffice.domain import gateway_numbers
from boxoffice.domain.statuses import AttemptStatus
from boxoffice.errors import TenderNotSetUp
from boxoffice.payments.protocol import Gateway, Why
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Chain
from boxoffice.services.office import Office
from boxoffice.services.sales.finishing import Sale

CODE = "number"
"""In the facts of a payment: what its gateway knows it by."""


@dataclass(frozen=True, slots=True)
class Paying:
    """Where an attempt stands, for the screen; amounts in fen."""

    attempt_id: str
    number: str
    """Window, epoch and count: what gateways know it by, but for the venue."""
    order_id: str
    tender: str
    amount_fen: int
    status: AttemptStatus
    why: str = ""
    """A `Why`: what the last answer said."""
    waiting: bool = False
    """The customer has to do something on the phone or the terminal."""
    reversing: bool = False
    sent_at: datetime | None = None
    sale: Sale | None = None
    """What came of it, where it succeeded."""

    @property
    def over(self) -> bool:
        """Whether it is decided."""
        return self.status not in _OPEN


_OPEN = (AttemptStatus.CREATED, AttemptStatus.SENT, AttemptStatus.UNKNOWN)


@dataclass(slots=True)
class Talk:
    """One conversation under way: the clerk may give it up from another thread."""

    wake: threading.Event = field(default_factory=threading.Event)
    given_up: bool = False
    left: bool = False
    """The window closes: it is parked where it stands, and asked about at the next start."""
    behind: bool = False
    """No customer stands there."""

    def pause(self, seconds: float) -> None:
        """Wait so long, or until it is given up."""
        self.wake.wait(seconds)
        self.wake.clear()


Pause = Callable[[Talk, float], None]


def gateway_of(office: Office, tender: str) -> Gateway:
    """Who is asked for a tender. Raises TenderNotSetUp."""
    found = office.gateways.get(tender)
    if found is None:
        raise TenderNotSetUp(tender=tender)
    return found


def gateway_number(office: Office, number: str) -> str:
    """What a gateway knows an attempt or a payback of this venue by."""
    return gateway_numbers.known_as(office.venue, number)


def is_of(number: str, chain: Chain) -> bool:
    """Whether an attempt of that number was made in that epoch of that window."""
    return number.startswith(f"{chain.window}-{chain.epoch}-")


def note_untold(store: Store, attempt_id: str) -> None:
    """Inside a transaction: central is to hear of this attempt (rule 8)."""
    store.run("INSERT OR IGNORE INTO untold_attempt (attempt_id) VALUES (?)", (attempt_id,))


def attempt(store: Store, attempt_id: str) -> Paying:
    row = store.first(
        "SELECT number, order_id, tender, amount_fen, status, why, reversing_at, sent_at "
        "FROM attempt WHERE id = ?",
        (attempt_id,),
    )
    if row is None:
        raise LookupError(f"no attempt {attempt_id}")
    number, order_id, tender, fen, status, why, reversing, sent = row
    return Paying(
        attempt_id,
        number,
        order_id,
        tender,
        fen,
        AttemptStatus(status),
        why or "",
        waiting=why == Why.PASSWORD,
        reversing=reversing is not None,
        sent_at=None if sent is None else clock.from_text(sent),
    )
