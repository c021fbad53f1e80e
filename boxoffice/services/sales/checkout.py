"""Taking money at the counter: the attempt stored first, then order, tickets and money.

Cash, a terminal that stands alone, and what is given away: nobody outside is asked. For tenders
that ask somebody see `asking`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from boxoffice import clock
from boxoffice.central.items import Items
from boxoffice.desk import Desk, Right
from boxoffice.domain.accounts import ASKED, CASH
from boxoffice.domain.gateway_numbers import new_number
from boxoffice.domain.ids import new_id
from boxoffice.domain.money import Money
from boxoffice.domain.statuses import AttemptStatus, step
from boxoffice.errors import (
    BoxOfficeError,
    CentralUnreachable,
    DiskTrouble,
    NotEnoughCash,
    TooMuch,
    WrongStatus,
)
from boxoffice.records.store import Row, Store
from boxoffice.records.takings import Attempt
from boxoffice.records.unit_of_work import Unit
from boxoffice.services.office import Office
from boxoffice.services.sales import dues, exchanging, limits
from boxoffice.services.sales.dues import Due
from boxoffice.services.sales.finishing import Received, Sale, Signer
from boxoffice.services.sharing import at_hand, custody, sync


@dataclass(frozen=True, slots=True)
class Share:
    """What the clerk takes by one tender: so much of what is due, all of it where None."""

    tender: str
    amount_fen: int | None = None
    tendered_fen: int | None = None
    """Cash that was put down."""
    reference: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    """For the journal: why it is given away, who approved."""


def pay_cash(
    *,
    office: Office,
    desk: Desk,
    basket: str,
    tendered_fen: int,
    line_ids: Sequence[str] = (),
    amount_fen: int | None = None,
) -> Sale:
    """Sell a basket, or a reservation this window holds, for cash and hand its tickets over.

    `line_ids` names the tickets paid for where not all are, `amount_fen` how much of what is due
    is paid in cash where not all is. Raises what `pay` raises; then nothing was sold.
    """
    share = Share(CASH, amount_fen, tendered_fen)
    return pay(office=office, desk=desk, basket=basket, share=share, line_ids=line_ids)


def pay(
    *, office: Office, desk: Desk, basket: str, share: Share, line_ids: Sequence[str] = ()
) -> Sale:
    """Take a share of what is due for an order; with the last one the tickets are handed over.

    Steps, each one transaction: the attempt with the wish for the documents here; the documents at
    central; the sale or the deposit here; then, behind, the push. Raises BasketEmpty,
    DocumentsMissing, NotEnoughCash, TooMuch, LimitReached, ProofMissing, DocumentUsed or
    WrongStatus; then nothing was taken.
    """
    desk.require(Right.SELL, shift=True)
    office.require_trusted()
    with alone(office, basket):
        sale = _take(office, desk, basket, share, line_ids)
    if sale.left_fen:
        give_documents_back(office, basket)
    office.changes.tell(sale_topics(basket))
    sync.report(office)
    return sale


def sale_topics(order_id: str) -> list[str]:
    """What is told after money came for an order."""
    return [f"order:{order_id}", "baskets", "shift", "prints", "orders", "payments"]


@contextmanager
def alone(office: Office, basket: str) -> Iterator[None]:
    """One payment of a basket at a time; what ends it early is undone.

    Where the disk does not even take that, the next payment of the basket undoes it, or the
    next start. Raises WrongStatus while another thread is at it.
    """

    def enter(_: Store) -> None:
        if basket in office.underway.payments:
            raise WrongStatus(record="order", status="paying", wanted="paying")
        office.underway.payments.add(basket)

    office.writing.call(enter)
    try:
        undo_unfinished(office, basket)
        try:
            yield
        except BoxOfficeError as error:
            try:
                undo_unfinished(office, basket)
            except DiskTrouble as worse:
                raise error from worse
            raise
    finally:
        office.underway.payments.discard(basket)


@dataclass(frozen=True, slots=True)
class Intent:
    """An attempt before it is stored: what is due, and how much of it this tender takes."""

    attempt_id: str
    request_id: str
    due: Due
    tender: str
    amount_fen: int


def begin(
    office: Office,
    store: Store,
    desk: Desk,
    basket: str,
    share: Share,
    line_ids: Sequence[str],
    request_id: str,
) -> Intent:
    """Inside a transaction: store the attempt for a share of what is due. Raises as `pay` does."""
    due = dues.look(store, basket, line_ids)
    dues.require_sellable(store, basket, due)
    amount = due.due_fen if share.amount_fen is None else share.amount_fen
    if amount > due.due_fen or (amount <= 0 < due.due_fen):
        raise TooMuch(due=due.due_fen, amount=amount)
    if share.tendered_fen is not None and share.tendered_fen < amount:
        raise NotEnoughCash(due=amount, tendered=share.tendered_fen)
    at_hand.require_at_hand(store, basket)
    if office.link.lost is not None:
        limits.refuse_off_line(store, {session for _, session, _ in due.lines})
    intent = Intent(new_id(), request_id, due, share.tender, amount)
    store.insert(Attempt, [_attempt_row(store, desk, basket, intent)])
    return intent


def _take(office: Office, desk: Desk, basket: str, share: Share, line_ids: Sequence[str]) -> Sale:
    """Store the attempt, get the documents, and sell with their grant.

    The cash lies on the counter: nobody is asked for it, so nothing stands between the documents
    and the sale.
    """
    found: list[Intent] = []
    sold: list[Sale] = []
    request_id = new_id()

    def store_intent(store: Store) -> Items:
        intent = begin(office, store, desk, basket, share, line_ids, request_id)
        found.append(intent)
        return Items(claims=intent.due.claims)

    def sell(unit: Unit) -> None:
        # Asked again where it is written: the end of this epoch may have been reported meanwhile.
        office.require_trusted()
        sold[:] = [_finish(unit, office, desk, basket, found[0], share)]

    # Off line the claim is provisional; the push tells of a clash, which becomes a case.
    with suppress(CentralUnreachable):
        custody.take(office, order_id=basket, wish=store_intent, then=sell, request_id=request_id)
    if not sold:  # off line, or without documents
        office.unit(sell)
    return sold[0]


def _attempt_row(store: Store, desk: Desk, basket: str, intent: Intent) -> dict[str, Any]:
    last = store.first("SELECT max(rowid) FROM attempt")
    return {
        "id": intent.attempt_id,
        "number": new_number(desk.window, desk.epoch, int(last[0] or 0) + 1 if last else 1),
        "order_id": basket,
        "tender": intent.tender,
        "amount_fen": Money(intent.amount_fen, intent.due.total.currency),
        "currency": intent.due.total.currency,
        "status": AttemptStatus.CREATED,
        "created_at": clock.now(),
        "ended_at": None,
        "checkout_id": intent.due.checkout_id,
        "lines": json.dumps(intent.due.line_ids) if intent.due.line_ids else None,
        "operator_id": desk.operator.id,
        "shift_id": desk.shift_id,
        "sent_at": None,
        "reversing_at": None,
        "reference": None,
        "why": None,
        "facts": None,
    }


def _finish(
    unit: Unit, office: Office, desk: Desk, basket: str, intent: Intent, share: Share
) -> Sale:
    amount = intent.amount_fen
    tendered = amount if share.tendered_fen is None else share.tendered_fen
    got = Received(intent.tender, amount, tendered, intent.attempt_id, share.reference)
    signer = Signer.at(desk)
    sale = exchanging.write_down(
        unit, office, signer, basket, intent.due, got, desk=desk, facts=dict(share.facts)
    )
    sent = step("attempt", AttemptStatus.CREATED, AttemptStatus.SENT)
    end_attempt(
        unit.store, intent.attempt_id, step("attempt", sent, AttemptStatus.SUCCEEDED), unit.stamp
    )
    custody.forget(unit.store, intent.request_id)
    return sale


def end_attempt(store: Store, attempt_id: str, status: AttemptStatus, stamp: str) -> None:
    """Inside a transaction: an attempt is over. Raises WrongStatus where it was already."""
    touched = store.run(
        "UPDATE attempt SET status = ?, ended_at = ? WHERE id = ? AND ended_at IS NULL",
        (status, stamp, attempt_id),
    )
    if touched != 1:
        raise WrongStatus(record="attempt", status="ended", wanted=status.value)
    # Central, which was told that it was sent, is to hear of its end (rule 8).
    store.run(
        "INSERT OR IGNORE INTO untold_attempt (attempt_id) SELECT id FROM attempt "
        "WHERE id = ? AND sent_at IS NOT NULL",
        (attempt_id,),
    )


def undo_unfinished(office: Office, basket: str | None = None) -> int:
    """An attempt nobody was asked about, and that did not finish, took no money: it is over.

    Its documents go back. Answers how many there were: of one basket, or after a crash of all that
    nobody is at.
    """
    asked = ", ".join(f"'{tender}'" for tender in ASKED)

    def left_open(store: Store) -> list[Row]:
        return [
            row
            for row in store.all(
                "SELECT id, order_id FROM attempt WHERE ended_at IS NULL "
                f"AND (status = 'created' OR tender NOT IN ({asked}))"
            )
            if (row[1] not in office.underway.payments if basket is None else row[1] == basket)
        ]

    rows = office.writing.call(left_open)
    for attempt_id, order_id in rows:
        cancel_attempt(office, str(attempt_id), str(order_id), AttemptStatus.CANCELLED)
    return len(rows)


def cancel_attempt(office: Office, attempt_id: str, order_id: str, status: AttemptStatus) -> None:
    """An attempt took no money: it ends as that, and the documents go back."""

    def documents(store: Store) -> Items:
        if not store.first(
            "SELECT 1 FROM attempt WHERE id = ? AND ended_at IS NULL", (attempt_id,)
        ):
            return Items()  # ended meanwhile: what is held now belongs to another attempt
        end_attempt(store, attempt_id, status, clock.to_text(clock.now()))
        return _documents(store, order_id)

    custody.give(
        office, items=documents, order_id=order_id, topics=[f"order:{order_id}", "payments"]
    )


def give_documents_back(office: Office, order_id: str) -> None:
    """The documents of an order that is not paid in full: its last payment claims them again."""
    custody.give(
        office, items=lambda store: _documents(store, order_id), order_id=order_id, topics=[]
    )


def _documents(store: Store, order_id: str) -> Items:
    held = store.all(
        "SELECT session_id, document_hash FROM held_claim WHERE order_id = ?", (order_id,)
    )
    return Items(claims=tuple((session, hashed) for session, hashed in held))
