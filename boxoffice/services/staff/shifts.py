"""Shifts: one operator's time at a window, beginning with a counted float."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from boxoffice import clock
from boxoffice.desk import Desk, Operator, Right
from boxoffice.domain.accounts import DRAWER, SAFE
from boxoffice.domain.ids import new_id
from boxoffice.domain.money import Money
from boxoffice.domain.statuses import ShiftStatus
from boxoffice.errors import NoShift, ShiftOpen
from boxoffice.records.store import Row, Store
from boxoffice.records.takings import Shift
from boxoffice.records.unit_of_work import Author, Post, Unit
from boxoffice.services.office import Office
from boxoffice.services.sharing import sync


@dataclass(frozen=True, slots=True)
class OpenShift:
    """The shift that is open at this window, and whose it is."""

    id: str
    operator_id: str
    number: str
    name: str
    opened_at: datetime


def open_here(*, office: Office) -> OpenShift | None:
    """Whose shift is open at this window, whoever is signed on."""
    found = office.read(lambda store: _open_at(store, office.chain.window))
    if found is None:
        return None
    return OpenShift(found[0], found[1], found[2], found[3], clock.from_text(found[4]))


def desk_for(*, office: Office, operator: Operator) -> Desk:
    """The desk of someone who signed in, with their open shift at this window if they have one."""
    found = open_here(office=office)
    own = found.id if found is not None and found.operator_id == operator.id else None
    return Desk(office.chain.window, office.chain.epoch, operator, own)


def open_shift(*, office: Office, desk: Desk, float_fen: int) -> Desk:
    """Open a shift with the float that was counted into the drawer (fen); answers the desk with it.

    Raises ShiftOpen where somebody's shift is open at this window.
    """
    desk.require(Right.SHIFT)
    shift_id = new_id()
    office.unit(lambda unit: begin(unit, desk, shift_id, Money(float_fen), {}), ["shift"])
    sync.report(office)
    return replace(desk, shift_id=shift_id)


def begin(
    unit: Unit, desk: Desk, shift_id: str, counted: Money, facts: Mapping[str, object]
) -> None:
    """Inside a unit of work: the shift, and its float from the safe into the drawer."""
    taken = _open_at(unit.store, desk.window)
    if taken is not None:
        raise ShiftOpen(operator=taken[3])
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
        facts={"float_fen": counted.fen, **facts},
        postings=[Post(DRAWER, counted), Post(SAFE, -counted)] if counted.fen else [],
    )


def require_open(store: Store, desk: Desk) -> None:
    """Inside the transaction of an act: that the desk's shift was not closed meanwhile.

    Raises NoShift.
    """
    found = store.first("SELECT status FROM shift WHERE id = ?", (desk.shift_id,))
    if found is None or found[0] != ShiftStatus.OPEN:
        raise NoShift()


def _open_at(store: Store, window: int) -> Row | None:
    return store.first(
        "SELECT s.id, s.operator_id, coalesce(p.number, ''), coalesce(p.name, ''), s.opened_at "
        "FROM shift s LEFT JOIN operator p ON p.id = s.operator_id "
        "WHERE s.window_id = ? AND s.status = 'open'",
        (window,),
    )


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
        acts: dict[str, int] = dict(
            store.all(
                "SELECT act, count(*) FROM journal WHERE shift_id = ? GROUP BY act", (shift_id,)
            )
        )
        assert shift is not None
        return ShiftFigures(
            opened_at=clock.from_text(shift[0]),
            float_fen=shift[1],
            drawer_fen=drawer_fen(store, shift_id),
            sales=acts.get("sale", 0),
            hand_overs=acts.get("hand_over", 0),
        )

    return office.read(fold)


def drawer_fen(store: Store, shift_id: str) -> int:
    """What the postings of a shift leave in its drawer (fen)."""
    found = store.first(
        "SELECT coalesce(sum(amount_fen), 0) FROM posting WHERE shift_id = ? AND account = ?",
        (shift_id, DRAWER),
    )
    return int(found[0]) if found else 0
