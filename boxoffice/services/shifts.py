"""Shifts: one operator's time at a window, beginning with a counted float."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from boxoffice import clock
from boxoffice.desk import Desk, Operator, Right
from boxoffice.domain.accounts import DRAWER, SAFE
from boxoffice.domain.ids import new_id
from boxoffice.domain.money import Money
from boxoffice.domain.statuses import ShiftStatus
from boxoffice.errors import ShiftOpen
from boxoffice.records.store import Store
from boxoffice.records.takings import Shift
from boxoffice.records.unit_of_work import Author, Post, Unit
from boxoffice.services import sync
from boxoffice.services.office import Office


def desk_for(*, office: Office, operator: Operator) -> Desk:
    """The desk of someone who signed in, with their open shift at this window if they have one."""
    found = office.read(
        lambda store: store.first(
            "SELECT id FROM shift WHERE window_id = ? AND status = 'open' AND operator_id = ?",
            (office.chain.window, operator.id),
        )
    )
    return Desk(
        office.chain.window, office.chain.epoch, operator, None if found is None else str(found[0])
    )


def open_shift(*, office: Office, desk: Desk, float_fen: int) -> Desk:
    """Open a shift with the float that was counted into the drawer (fen); answers the desk with it.

    Raises ShiftOpen where somebody's shift is open at this window.
    """
    desk.require(Right.SHIFT)
    shift_id = new_id()
    counted = Money(float_fen)

    def begin(unit: Unit) -> None:
        taken = unit.store.first(
            "SELECT p.name FROM shift s JOIN operator p ON p.id = s.operator_id "
            "WHERE s.window_id = ? AND s.status = 'open'",
            (desk.window,),
        )
        if taken is not None:
            raise ShiftOpen(operator=taken[0])
        row = {
            "id": shift_id,
            "window_id": desk.window,
            "epoch": desk.epoch,
            "operator_id": desk.operator.id,
            "status": ShiftStatus.OPEN,
            "opened_at": unit.at,
            "business_day": unit.business_day,
            "float_fen": counted,
            "currency": counted.currency,
            "closed_at": None,
        }
        unit.store.insert(Shift, [row])
        unit.record(
            "open_shift",
            author=Author(desk.operator.id, shift_id),
            facts={"float_fen": counted.fen},
            postings=[Post(DRAWER, counted), Post(SAFE, -counted)] if counted.fen else [],
        )

    office.unit(begin, ["shift"])
    office.afterwards(lambda: sync.push(office))
    return replace(desk, shift_id=shift_id)


@dataclass(frozen=True, slots=True)
class ShiftFigures:
    """What a shift did so far; amounts in fen."""

    opened_at: datetime
    float_fen: int
    drawer_fen: int
    """What ought to be in the drawer: float and takings."""
    sales: int
    hand_overs: int


def figures(*, office: Office, desk: Desk) -> ShiftFigures | None:
    """Fold of the postings of the open shift; None without one."""
    if desk.shift_id is None:
        return None
    shift_id = desk.shift_id

    def fold(store: Store) -> ShiftFigures:
        shift = store.first("SELECT opened_at, float_fen FROM shift WHERE id = ?", (shift_id,))
        drawer = store.first(
            "SELECT coalesce(sum(amount_fen), 0) FROM posting WHERE shift_id = ? AND account = ?",
            (shift_id, DRAWER),
        )
        acts: dict[str, int] = dict(
            store.all(
                "SELECT act, count(*) FROM journal WHERE window_id = ? AND epoch = ? "
                "AND shift_id = ? GROUP BY act",
                (desk.window, desk.epoch, shift_id),
            )
        )
        assert shift is not None
        assert drawer is not None
        return ShiftFigures(
            opened_at=clock.from_text(shift[0]),
            float_fen=shift[1],
            drawer_fen=drawer[0],
            sales=acts.get("sale", 0),
            hand_overs=acts.get("hand_over", 0),
        )

    return office.read(fold)
