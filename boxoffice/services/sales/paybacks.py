"""Money on its way back: asked of who took it, followed until it arrived, replaced where it cannot.

A payback is stored before anybody is asked, and asked for with the same number until an answer is
sure. Owed money leaves the books only when who pays it back has taken it on.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from boxoffice import clock
from boxoffice.domain import accounts
from boxoffice.domain.money import Money
from boxoffice.domain.statuses import PaybackStatus, step
from boxoffice.payments.protocol import Back, BackAnswer, Gateway, RefundOutcome, Why
from boxoffice.queries.deposits import LINES
from boxoffice.queries.purchases import source
from boxoffice.records.sales import Payback
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Post, Unit
from boxoffice.services.office import Office
from boxoffice.services.sales.attempts import CODE, gateway_number, gateway_of
from boxoffice.services.sales.finishing import Signer
from boxoffice.services.sales.order_acts import change_held_order
from boxoffice.services.sales.undoing import payback_row
from boxoffice.services.sharing import sync
from boxoffice.services.telling import queueing

_NEXT = {
    RefundOutcome.ARRIVED: PaybackStatus.ARRIVED,
    RefundOutcome.ACCEPTED: PaybackStatus.ACCEPTED,
    RefundOutcome.CLOSED: PaybackStatus.CLOSED,
    RefundOutcome.DEAD: PaybackStatus.DEAD,
}
_NEVER = (Why.TOO_LATE, Why.TOO_MUCH, Why.CARD)
"""Refusals that no later try changes: another way is needed."""
_LEFT = (PaybackStatus.ACCEPTED, PaybackStatus.ARRIVED)
"""In these the money has left our side."""
_ENDED = (PaybackStatus.ARRIVED, PaybackStatus.CLOSED, PaybackStatus.DEAD)


@dataclass(frozen=True, slots=True)
class Returning:
    """One payback as it stands."""

    id: str
    order_id: str
    tender: str
    amount_fen: int
    status: PaybackStatus
    why: str


TAKE_ON = "take_on_paybacks"
"""The entry by which a window follows the paybacks of an order that another one began."""


def waiting(store: Store, window: int, epoch: int) -> list[str]:
    """Paybacks that this window asks somebody about, oldest first.

    Those of its ended epochs too, for nobody else does; and those of others that it took on, by
    number: what its own window begins later for the same order, that window follows.
    """
    asked = ", ".join(f"'{tender}'" for tender in accounts.ASKED)
    return [
        str(row[0])
        for row in store.all(
            "SELECT id FROM payback b WHERE ended_at IS NULL AND (window_id = ? AND epoch <= ? "
            "OR EXISTS (SELECT 1 FROM journal j WHERE j.order_id = b.order_id AND j.act = ? "
            "AND j.window_id = ? AND j.epoch = ? AND EXISTS (SELECT 1 FROM "
            "json_each(j.facts, '$.numbers') n WHERE n.value = b.number))) "
            f"AND tender IN ({asked}) ORDER BY created_at, id",
            (window, epoch, TAKE_ON, window, epoch),
        )
    ]


def follow(*, office: Office, payback_id: str) -> Returning:
    """Ask for a payback, or what became of it, once; what the answer says is written down.

    Steps, each stored: that it is sent; the answer with its postings. Safe to repeat whatever
    happened in between: the number stays the same. Of one that another epoch began, custody of the
    order comes first, and with it what central knows of it. Raises TenderNotSetUp, or what
    `change_held_order` raises.
    """
    row = office.writing.call(lambda store: row_of(store, payback_id))
    if row["ended_at"] is not None:
        return _returning(row)
    gateway = gateway_of(office, row["tender"])
    ours = _is_ours(office, row)
    if not ours:
        change_held_order(office, row["order_id"], lambda _: None, _topics(row["order_id"]))
        row = office.writing.call(lambda store: row_of(store, payback_id))
        if row["ended_at"] is not None:
            return _returning(row)
    back = office.writing.call(lambda store: _back(office, store, row))
    status = PaybackStatus(row["status"])
    if status is PaybackStatus.ACCEPTED:
        answer = gateway.refund_state(back)
        if answer.outcome is RefundOutcome.ABSENT:
            # Taken on, and then not known: asked for again by the number that moves nothing twice.
            answer = gateway.refund(back)
    else:
        if status is PaybackStatus.CREATED:
            _store_sent(office, row)
        answer = gateway.refund(back) if ours else _state_first(gateway, back)
    if answer.outcome is RefundOutcome.REFUSED and answer.why in _NEVER:
        # An earlier one of this number, whose answer was lost, may have moved it.
        known = gateway.refund_state(back)
        nothing = known.outcome in (RefundOutcome.ABSENT, RefundOutcome.REFUSED)
        answer = replace(answer, outcome=RefundOutcome.DEAD) if nothing else known
    return _settle(office, payback_id, answer)


def _state_first(gateway: Gateway, back: Back) -> BackAnswer:
    """Of one that somebody else began: what became of it, and only where nothing did it is sent."""
    known = gateway.refund_state(back)
    nothing = known.outcome in (RefundOutcome.ABSENT, RefundOutcome.REFUSED)
    return gateway.refund(back) if nothing else known


def _is_ours(office: Office, row: dict[str, Any]) -> bool:
    """Whether this window began it in the epoch that runs."""
    return (row["window_id"], row["epoch"]) == (office.chain.window, office.chain.epoch)


def _store_sent(office: Office, row: dict[str, Any]) -> None:
    def send(unit: Unit) -> None:
        if row_of(unit.store, row["id"])["status"] != PaybackStatus.CREATED:
            return  # somebody else follows it just now, and was first
        sent = step("payback", PaybackStatus.CREATED, PaybackStatus.SENT)
        unit.store.run("UPDATE payback SET status = ? WHERE id = ?", (sent, row["id"]))
        unit.record(
            "payback",
            author=_signer(office, unit.store, row).author,
            order_id=row["order_id"],
            facts={"tender": row["tender"], "number": row["number"], "status": sent.value},
        )

    change_held_order(office, row["order_id"], send, _topics(row["order_id"]))


def _settle(office: Office, payback_id: str, answer: BackAnswer) -> Returning:
    """What an answer says, in one unit of work with what it moves."""
    found: list[Returning] = []

    def settle(unit: Unit) -> None:
        row = row_of(unit.store, payback_id)
        if row["ended_at"] is not None:
            # Somebody else, who asked at the same time, heard of its end: that stands.
            found[:] = [_returning(row)]
            return
        was = PaybackStatus(row["status"])
        wanted = _NEXT.get(answer.outcome)
        if wanted is PaybackStatus.CLOSED and not _is_ours(office, row):
            # It may have been sent under a new number, in a file that is lost: people look.
            wanted = PaybackStatus.DEAD
        if wanted is None:
            wanted = (
                PaybackStatus.UNKNOWN
                if answer.outcome is RefundOutcome.UNKNOWN and was is PaybackStatus.SENT
                else was
            )
        if wanted is was and answer.why.value == row["why"]:
            found[:] = [_returning(row)]
            return
        _change(unit, office, row, was, wanted, answer)
        found[:] = [_returning(row_of(unit.store, payback_id))]

    row = office.writing.call(lambda store: row_of(store, payback_id))
    change_held_order(office, row["order_id"], settle, _topics(row["order_id"]))
    sync.report(office)
    return found[0]


def _change(
    unit: Unit,
    office: Office,
    row: dict[str, Any],
    was: PaybackStatus,
    wanted: PaybackStatus,
    answer: BackAnswer,
) -> None:
    store = unit.store
    status = wanted if wanted is was else step("payback", was, wanted)
    store.run(
        "UPDATE payback SET status = ?, why = ?, reference = coalesce(nullif(?, ''), reference), "
        "ended_at = ? WHERE id = ?",
        (
            status,
            answer.why.value,
            answer.reference,
            unit.stamp if status in _ENDED else None,
            row["id"],
        ),
    )
    signer = _signer(office, store, row)
    queueing.payback_moved(unit, office, row, was, status)
    if status is PaybackStatus.CLOSED:
        # Nothing moved: the same way again, under a new number.
        store.insert(
            Payback,
            [
                payback_row(
                    unit,
                    signer,
                    row["order_id"],
                    row["payment_id"],
                    row["tender"],
                    row["amount_fen"],
                    row["currency"],
                    row["kind"],
                    row["act_id"],
                    0,
                    row["approver_id"],
                    row["id"],
                )
            ],
        )
    unit.record(
        "payback",
        author=signer.author,
        order_id=row["order_id"],
        facts={
            "tender": row["tender"],
            "number": row["number"],
            "status": status.value,
            "why": answer.why.value,
            "amount_fen": row["amount_fen"],
        },
        postings=moved(row["tender"], row["amount_fen"], row["currency"], was, status),
    )


def moved(
    tender: str, fen: int, currency: str, was: PaybackStatus, now: PaybackStatus
) -> list[Post]:
    """What a step posts: owed money leaves when it is taken on, and is owed again if it is not."""
    if (was in _LEFT) == (now in _LEFT):
        return []
    sign = 1 if now in _LEFT else -1
    return [
        Post(accounts.REFUNDS_DUE, Money(sign * fen, currency)),
        Post(accounts.account_of(tender), Money(-sign * fen, currency)),
    ]


def asked_as(office: Office, store: Store, payback_id: str) -> Back:
    """What who took the money is asked about a payback, wherever its rows are read."""
    return _back(office, store, row_of(store, payback_id))


def row_of(store: Store, payback_id: str) -> dict[str, Any]:
    """A payback as it is stored, by column. Raises LookupError."""
    names = [field.column_name for field in Payback._meta.sorted_fields]
    listed = ", ".join(f'"{name}"' for name in names)
    found = store.first(f"SELECT {listed} FROM payback WHERE id = ?", (payback_id,))
    if found is None:
        raise LookupError(f"no payback {payback_id}")
    return dict(zip(names, found, strict=True))


def _returning(row: dict[str, Any]) -> Returning:
    return Returning(
        row["id"],
        row["order_id"],
        row["tender"],
        row["amount_fen"],
        PaybackStatus(row["status"]),
        row["why"],
    )


def _back(office: Office, store: Store, row: dict[str, Any]) -> Back:
    """What is asked of who took the money, before tickets were exchanged for others."""
    first, _ = source(store, row["payment_id"])
    paid = store.first(
        "SELECT amount_fen, reference, facts, paid_at FROM payment WHERE id = ?", (first,)
    )
    assert paid is not None
    facts: dict[str, str] = json.loads(paid[2] or "{}")
    return Back(
        number=gateway_number(office, row["number"]),
        charge=facts.get(CODE, ""),
        reference=paid[1] or "",
        amount_fen=row["amount_fen"],
        charged_fen=paid[0],
        currency=row["currency"],
        reason=row["kind"],
        charged_at=clock.from_text(paid[3]),
        window=row["window_id"],
        facts={name: value for name, value in facts.items() if name != LINES},
    )


def _signer(office: Office, store: Store, row: dict[str, Any]) -> Signer:
    """Who began it, in the shift that is open now (rule 23)."""
    chain = office.chain
    shift = store.first(
        "SELECT id FROM shift WHERE window_id = ? AND status = 'open'", (chain.window,)
    )
    return Signer(chain.window, chain.epoch, row["operator_id"], shift[0] if shift else None)


def _topics(order_id: str) -> list[str]:
    return [f"order:{order_id}", "orders", "payments", "shift"]
