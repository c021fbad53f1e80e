"""The dry run: what a decision would pay for a session, to whom and by which tenders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from boxoffice.desk import Desk, Right
from boxoffice.domain.accounts import ASKED, IN_PERSON
from boxoffice.domain.masking import mask_name
from boxoffice.domain.money import Money
from boxoffice.errors import NothingToPay
from boxoffice.queries import rain
from boxoffice.queries.rain import Case, Decided, Rules
from boxoffice.queries.rain_runs import InPerson
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.services.sales.shares import shares


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a run would do now; nothing was done. Amounts in fen."""

    orders: int
    tickets: int
    outcomes: dict[str, tuple[int, int]]
    """Tickets and amount by outcome; "" for tickets nobody decided for."""
    tenders: dict[str, int]
    in_person: tuple[InPerson, ...]
    busy: int
    """Orders with money under way: they are left for later."""
    part_paid: int
    """Orders of this session that wait for the rest of their money: a person settles them."""

    @property
    def amount_fen(self) -> int:
        """All that goes back."""
        return sum(self.tenders.values())

    @property
    def balance_needed(self) -> dict[str, int]:
        """What the venue's accounts with those that are asked have to hold."""
        return {tender: fen for tender, fen in self.tenders.items() if tender in ASKED}


_LIVE = """
SELECT o.id, coalesce(o.number, ''), o.buyer, o.phone_hash <> '', l.policy,
  coalesce(y.business_day, ''), l.ticket_type, l.category, l.price_fen, o.currency,
  coalesce(y.tender, ''), y.id, y.checkout_id
FROM ticket t JOIN order_line l ON l.id = t.line_id JOIN orders o ON o.id = t.order_id
LEFT JOIN payment y ON y.id = l.payment_id
WHERE t.session_id = ? AND t.live = 1 ORDER BY o.id, l.position
"""
_BUSY = """
SELECT count(DISTINCT t.order_id) FROM ticket t WHERE t.session_id = ? AND t.live = 1 AND (
  EXISTS (SELECT 1 FROM attempt a WHERE a.order_id = t.order_id AND a.ended_at IS NULL)
  OR EXISTS (SELECT 1 FROM payback b WHERE b.order_id = t.order_id AND b.ended_at IS NULL
    AND b.status IN ('created', 'sent', 'unknown') AND b.tender <> 'bank:transfer'))
"""
_PART_PAID = """
SELECT count(DISTINCT o.id) FROM orders o JOIN order_line l ON l.order_id = o.id
WHERE o.status = 'part_paid' AND l.session_id = ? AND l.status = 'reserved'
"""


def dry_run(*, office: Office, desk: Desk, session_id: int) -> DryRun:
    """What the decision that counts would pay for all live tickets, as this window knows them.

    Raises NotAllowed, or NothingToPay where nobody has decided.
    """
    desk.require(Right.SETTLE_CASES)

    def reckon(store: Store) -> DryRun:
        decision = rain.decided(store, session_id)
        if decision is None:
            raise NothingToPay(why="not_decided")
        return reckoned(store, decision)

    return office.read(reckon)


def reckoned(store: Store, decision: Decided) -> DryRun:
    """The same for any decision; an order that brings nobody anything is counted too."""
    rules = Rules(store)
    outcomes: dict[str, tuple[int, int]] = {}
    tenders: dict[str, int] = {}
    in_person: list[InPerson] = []
    orders = tickets = 0
    rows = store.all(_LIVE, (decision.session_id,))
    for order_id, lines in groupby(rows, key=lambda row: row[0]):
        orders += 1
        sums: dict[tuple[str, str | None, str | None], int] = {}
        head: Sequence[Any] = ()
        for row in lines:
            head, tickets = row, tickets + 1
            outcome, fen = _worth(decision, rules, row)
            count, amount = outcomes.get(outcome, (0, 0))
            outcomes[outcome] = count + 1, amount + fen
            way = (row[10], row[11], row[12])
            sums[way] = sums.get(way, 0) + fen
        for tender, fen in _by_tender(store, sums):
            tenders[tender] = tenders.get(tender, 0) + fen
            if tender in IN_PERSON:
                in_person.append(_in_person(order_id, head, tender, fen))
    return DryRun(
        orders,
        tickets,
        outcomes,
        dict(sorted(tenders.items())),
        tuple(in_person),
        _count(store, _BUSY, decision.session_id),
        _count(store, _PART_PAID, decision.session_id),
    )


def _worth(decision: Decided, rules: Rules, row: Sequence[Any]) -> tuple[str, int]:
    case: Case = (row[4], row[5], row[6], row[7])
    found = decision.worth(rules.of(case), Money(row[8], row[9]))
    return ("", 0) if found is None else (found[0].value, found[1].fen)


def _by_tender(
    store: Store, sums: dict[tuple[str, str | None, str | None], int]
) -> Iterator[tuple[str, int]]:
    by_checkout: dict[str, int] = {}
    for (tender, _, checkout), fen in sums.items():
        if checkout is not None:
            by_checkout[checkout] = by_checkout.get(checkout, 0) + fen
        elif fen:
            yield tender, fen
    for checkout, fen in by_checkout.items():
        yield from ((tender, part) for _, tender, part in shares(store, checkout, fen))


def _in_person(order_id: str, head: Sequence[Any], tender: str, fen: int) -> InPerson:
    return InPerson(order_id, head[1], mask_name(head[2]), bool(head[3]), tender, fen, tender)


def _count(store: Store, sql: str, session_id: int) -> int:
    found = store.first(sql, (session_id,))
    return int(found[0]) if found else 0
