"""The plan of what windows hold ahead of time: what may be planned, and how far it is met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from boxoffice import clock
from boxoffice.central import allotting, overview, wishing
from boxoffice.central.allotting import Plan
from boxoffice.central.overview import Share, Standing
from boxoffice.errors import AllotmentTooLarge, BadAllotment
from boxoffice.records.custody import CENTRAL_PLACES
from boxoffice.records.store import Row, Store


class Why(StrEnum):
    """Why a window holds less than it is to have."""

    FENCED = "fenced"
    AWAITED = "awaited"
    """Central was restored and grants nothing before all have reported."""
    NEVER = "never"
    """The window has not come once in this epoch."""
    SILENT = "silent"
    NO_SHIFT = "no_shift"
    """It takes ahead of time while a shift is open."""
    GONE = "gone"
    """Too little is free."""
    COMING = "coming"
    """Nothing stands against it: the window takes it by and by."""


@dataclass(frozen=True, slots=True)
class Met:
    """A row of the plan, and what its window holds of it now (what lies in baskets, too)."""

    plan: Plan
    wanted: int
    """Seats of the level, or places."""
    held: int
    held_orders: int
    why: Why | None
    """Why it is less; None where it is not."""


def require_sensible(store: Store, plan: Plan) -> None:
    """That some window could keep a row of the plan which names what there is.

    Raises BadAllotment for a session that is over, AllotmentTooLarge for more than it has. A row
    of zeros, which takes one away, is never refused.
    """
    found = store.first(
        "SELECT business_day, capacity, plan_id FROM session WHERE code = ?", (plan.session,)
    )
    if found is None or not (plan.groups or plan.places or plan.orders):
        return
    day, capacity, seats = found
    if str(day) < _today():
        raise BadAllotment(why="over", value=plan.session)
    level = store.first(
        "SELECT count(*) FROM seat WHERE plan_id = ? AND category = ?", (seats, plan.category)
    )
    for what, wanted, there in (
        (f"{plan.session} {plan.category}", plan.groups.seats, int(level[0]) if level else 0),
        (plan.session, max(plan.groups.seats, plan.places, plan.orders), int(capacity)),
    ):
        if wanted > there:
            raise AllotmentTooLarge(value=what, wanted=wanted, there=there)


def met(store: Store) -> list[Met]:
    """The plan for today and later, row by row, with what is held of it."""
    shares = {(s.window, s.session, s.category): s for s in overview.shares(store, _today())}
    windows = {
        str(row[1]): row
        for row in store.all("SELECT id, name, fenced, last_seen FROM ticket_window")
    }
    standing = overview.standing(store)
    found = []
    for plan in allotting.plans(store, _today()):
        window = windows[plan.window]
        share = shares[int(window[0]), plan.session, plan.category]
        short = share.held < share.planned or share.held_orders < share.orders
        why = _why(store, window, share, standing) if short else None
        found.append(Met(plan, share.planned, share.held, share.held_orders, why))
    return found


def _why(store: Store, window: Row, share: Share, at: Standing) -> Why:
    number, _, fenced, seen = window
    if fenced:
        return Why.FENCED
    if at.awaited:
        return Why.AWAITED
    if seen is None:
        return Why.NEVER
    if _silent(clock.from_text(str(seen)), at.now):
        return Why.SILENT
    if not store.first("SELECT 1 FROM shift WHERE window_id = ? AND status = 'open'", (number,)):
        return Why.NO_SHIFT
    if share.planned - share.held > _free(store, share):
        return Why.GONE
    return Why.COMING


def _silent(seen: datetime, now: datetime) -> bool:
    return now - seen > wishing.SILENT


def _free(store: Store, share: Share) -> int:
    """How many seats of the level, or places, central could give out."""
    asked: Sequence[object] = (share.session_id,)
    if share.numbered and share.category:
        sql = (
            "SELECT count(*) FROM custody_seat c JOIN seat p ON p.id = c.seat_id "
            "WHERE c.session_id = ? AND c.holder IS NULL AND c.order_id IS NULL AND p.category = ?"
        )
        asked = (share.session_id, share.category)
    else:
        sql = f"SELECT places FROM {CENTRAL_PLACES} o WHERE session_id = ?"
    found = store.first(sql, asked)
    return int(found[0]) if found else 0


def _today() -> str:
    return clock.business_day(clock.now()).isoformat()
