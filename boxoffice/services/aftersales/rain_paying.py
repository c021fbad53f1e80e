"""What a run does with an order in a unit of work: tickets dead, money sent or owed, noted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from boxoffice import clock
from boxoffice.desk import Desk
from boxoffice.domain.accounts import IN_PERSON
from boxoffice.domain.money import Money
from boxoffice.domain.rain import Outcome
from boxoffice.domain.refunding import ReturnKind
from boxoffice.errors import WrongStatus
from boxoffice.notices.kinds import Kind
from boxoffice.queries.rain import Decided, Rules
from boxoffice.queries.rain_runs import BUSY, DONE, UNDECIDED
from boxoffice.queries.sold_lines import SoldLine, sold_lines
from boxoffice.records.rain import RainRunOrder
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Unit
from boxoffice.services.aftersales import returns
from boxoffice.services.aftersales.returns import Back
from boxoffice.services.office import Office
from boxoffice.services.sharing import at_hand
from boxoffice.services.staff.approvals import Approval
from boxoffice.services.telling.queueing import queue

KEPT_OFF_SALE = timedelta(days=1)
"""After the start: until then the seats of a session that is not held are not sold again."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run under way: what it pays, and in whose name."""

    office: Office
    id: str
    decision: Decided
    desk: Desk
    approval: Approval
    rules: Rules


def pay_all(unit: Unit, run: Run, ids: Sequence[str]) -> list[str]:
    """Inside a unit of work: pay these orders; answers those that nothing was done with."""
    return [order_id for order_id in ids if not _pay(unit, run, order_id)]


def _pay(unit: Unit, run: Run, order_id: str) -> bool:
    """Whether anything of the order changed."""
    store = unit.store
    try:
        at_hand.require_at_hand(store, order_id)
    except WrongStatus as why:
        note(store, run, order_id, BUSY, why=str(why.fields["wanted"]))
        return False
    lines = [
        line
        for line in sold_lines(store, order_id)
        if line.session_id == run.decision.session_id and line.live
    ]
    told = [(line, _worth(run, line)) for line in lines]
    rows = list(_rows(unit, run, order_id, told))
    state = UNDECIDED if any(worth is None for _, worth in told) else DONE
    amount = sum(row["amount_fen"] for row in rows)
    if rows:
        back = returns.take_back(unit, run.desk, rows, run.decision.reason, run.approval, away=True)
        _tell(unit, run, back, lines[0])
    note(store, run, order_id, state, tickets=len(rows), amount_fen=amount)
    return bool(rows)


def _tell(unit: Unit, run: Run, back: Back, line: SoldLine) -> None:
    """What the customer hears: the money is on its way, or waits for them."""
    once = f"{run.id} {back.order_id}"
    for tender, fen in back.requests:
        # "It could not go back, please come": so it is with cash.
        kind = Kind.REFUND_REFUSED if tender in IN_PERSON else Kind.REFUND_ACCEPTED
        if fen:
            facts: dict[str, str | int] = {"amount": fen, "way": tender}
            queue(unit, run.office, back.order_id, kind, facts, f"{once} {tender}")
    if run.decision.kind == ReturnKind.CANCELLED:
        about = {
            "session_zh": line.session_zh,
            "session_en": line.session_en,
            "starts_at": clock.to_text(line.starts_at),
        }
        queue(unit, run.office, back.order_id, Kind.SESSION_CANCELLED, about, once)


def _worth(run: Run, line: SoldLine) -> tuple[Outcome, Money] | None:
    case = (line.policy, line.paid_day, line.ticket_type, line.category)
    return run.decision.worth(run.rules.of(case), Money(line.price_fen))


def _rows(
    unit: Unit,
    run: Run,
    order_id: str,
    told: Sequence[tuple[SoldLine, tuple[Outcome, Money] | None]],
) -> Iterator[dict[str, Any]]:
    """Refund rows of the tickets that bring money; the others stay as they are."""
    kind = ReturnKind(run.decision.kind)
    for line, worth in told:
        if worth is None or worth[0] not in (Outcome.HALF, Outcome.FULL):
            continue
        fen = worth[1].fen
        yield {
            **returns.row(unit, run.desk, order_id, line, kind),
            "fee_fen": line.price_fen - fen,
            "amount_fen": fen,
            "free_from": _free_from(line, unit.at),
        }


def _free_from(line: SoldLine, now: datetime) -> datetime | None:
    later = line.starts_at + KEPT_OFF_SALE
    return later if later > now else None


def note(
    store: Store,
    run: Run,
    order_id: str,
    state: str,
    *,
    tickets: int = 0,
    amount_fen: int = 0,
    why: str = "",
) -> None:
    """What the run did with an order; what it did before is added to."""
    row = {
        "run_id": run.id,
        "order_id": order_id,
        "state": state,
        "tickets": tickets,
        "amount_fen": amount_fen,
        "why": why,
    }
    store.insert(
        RainRunOrder,
        [row],
        conflict="ON CONFLICT (run_id, order_id) DO UPDATE SET state = excluded.state, "
        "tickets = tickets + excluded.tickets, amount_fen = amount_fen + excluded.amount_fen, "
        "why = excluded.why",
    )
