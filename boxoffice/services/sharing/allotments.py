"""Allotments: what this window holds ahead of time, kept in line with its plan (rules 4 and 10).

The plan is a wish of those who run central; the window answers it: it takes what it lacks and
gives back what it has too much of, and after its shift all of it. Nobody takes anything from it.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from boxoffice import clock
from boxoffice.central import taking
from boxoffice.central.items import Items
from boxoffice.domain import allotting
from boxoffice.domain.allotting import Groups
from boxoffice.errors import (
    CapacityReached,
    HeldElsewhere,
    LimitReached,
    NotEnoughPlaces,
    SeatTaken,
    SessionCalledOff,
)
from boxoffice.queries import allotments, free_seats
from boxoffice.queries.allotments import Ahead, Planned
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.services.sharing import custody, held, sync

TRIES = 6
"""How often somebody else may be quicker before the rest waits for the next time."""
ORDERS_A_TAKE = 50


@dataclass(frozen=True, slots=True)
class _Gap:
    """What is missing of a plan, and as what the records stood when it was found to be."""

    plan: Planned
    groups: Groups
    places: int
    orders: int
    stood: str

    def __bool__(self) -> bool:
        return bool(self.groups or self.places or self.orders)


def keep(office: Office) -> bool:
    """Take what the plan of this window asks for and give back what it does not.

    Answers whether anything moved. Repeating it changes nothing; of two at a time one does it.
    Orders being looked at or worked on stay. Raises CentralUnreachable: then all stays as it is.
    """
    if office.underway.stopped is not None or not office.underway.keeping.acquire(blocking=False):
        return False
    try:
        return _keep(office)
    finally:
        office.underway.keeping.release()


def _keep(office: Office) -> bool:
    spare, gaps = office.read(lambda store: _compare(office, store))
    moved = False
    spare = replace(spare, orders=_idle(office, spare.orders))
    if spare:
        # While central is away all stays here: what is given back could be sold by nobody.
        office.link.call(lambda store, who: taking.granted(store, who, []))
        custody.give(office, items=spare, order_id=None, topics=_topics(spare))
        moved = True
    for gap in gaps:
        if _fill(office, gap):
            moved = True
    return moved


def _compare(office: Office, store: Store) -> tuple[Items, list[_Gap]]:
    """What this window has too much of, and what it lacks and did not look for in vain."""
    have, plans = allotments.ahead(store), _plans(office, store)
    by_level = {(plan.session_id, plan.category): plan for plan in plans}
    stood = _stood(store)
    seats: list[tuple[int, int]] = []
    gaps = []
    for session, category in sorted(by_level.keys() | have.seats.keys()):
        plan = by_level.get((session, category))
        level = (session, category)
        fit = allotting.fit(
            have.seats.get(level, []),
            plan.groups if plan else Groups(),
            have.parties.get(level, {}),
        )
        seats += [(session, seat) for seat in fit.spare]
        if plan is not None:
            waiting = sum(session in of for of in have.orders.values())
            places = max(0, plan.places - have.places.get(session, 0))
            orders = max(0, plan.orders - waiting)
            gaps.append(_Gap(plan, fit.missing, places, orders, stood))
    spare = Items(
        seats=tuple(seats),
        places=_spare_places(have, plans),
        orders=_spare_orders(office, have, plans),
    )
    return spare, [gap for gap in gaps if gap and office.underway.in_vain.get(_key(gap)) != stood]


def _spare_places(have: Ahead, plans: Sequence[Planned]) -> tuple[tuple[int, int], ...]:
    wanted = {plan.session_id: plan.places for plan in plans if not plan.category}
    over = {session: count - wanted.get(session, 0) for session, count in have.places.items()}
    return tuple(sorted((session, count) for session, count in over.items() if count > 0))


def _plans(office: Office, store: Store) -> list[Planned]:
    """The plan of this window while a shift is open; else it is to have nothing."""
    window = office.chain.window
    if not store.first("SELECT 1 FROM shift WHERE window_id = ? AND status = 'open'", (window,)):
        return []
    return allotments.planned(store, window, clock.business_day(clock.now()).isoformat())


def _spare_orders(office: Office, have: Ahead, plans: Sequence[Planned]) -> tuple[str, ...]:
    """Orders held ahead of time that no plan wants, or that have nothing left to hand over."""
    left = {plan.session_id: plan.orders for plan in plans if not plan.category}
    spare = []
    for order, sessions in have.orders.items():
        if any(left.get(session, 0) > 0 for session in sessions):
            for session in sessions & left.keys():
                left[session] -= 1
        elif order not in office.underway.on_screen:
            spare.append(order)
    return tuple(spare)


def _idle(office: Office, orders: Sequence[str]) -> tuple[str, ...]:
    """Those of the orders that are as they came; asked where it is known what is being reported."""
    if not orders:
        return ()
    return office.writing.call(
        lambda store: tuple(order for order in orders if held.untouched(store, order))
    )


def _stood(store: Store) -> str:
    """What decides whether looking again is worth it: news from central, own baskets, the time."""
    found = store.first(
        "SELECT (SELECT value FROM meta WHERE key = 'feed_cursor'), "
        "(SELECT value FROM meta WHERE key = 'pushed_number'), (SELECT count(*) FROM held_seat), "
        "(SELECT sum(places) FROM held_places)"
    )
    return f"{found} {clock.now():%H:%M}"


def _key(gap: _Gap) -> tuple[int, str]:
    return gap.plan.session_id, gap.plan.category


def _fill(office: Office, gap: _Gap) -> bool:
    """Get what is missing, as far as it is to be had; answers whether anything came."""
    wanted = gap
    with suppress(SessionCalledOff):  # which this window has not heard of yet
        if gap.groups:
            gap = replace(gap, groups=_take_seats(office, gap))
        if gap.places:
            gap = replace(gap, places=_take_places(office, gap))
    if gap.orders:
        gap = replace(gap, orders=_take_orders(office, gap))
    if gap:
        office.underway.in_vain[_key(gap)] = gap.stood
    return gap != wanted


def _take_seats(office: Office, gap: _Gap) -> Groups:
    """Answers the groups that are still missing."""
    session = gap.plan.session_id
    lost: set[int] = set()
    full: set[str] = set()
    most = len(gap.groups.sizes())
    for _ in range(TRIES):
        wanted = _choice(office, gap, lost, full)[:most]
        if not wanted:
            break
        try:
            seats = tuple((session, seat) for group in wanted for seat in group)
            _take(office, Items(seats=seats), partial(held.group, session=session, groups=wanted))
        except CapacityReached:
            most = len(wanted) // 2
        except LimitReached as capped:
            full.add(str(capped.fields["zone"]))
        except SeatTaken as gone:
            # Whoever was quicker may have more than this one: the feed tells.
            lost |= _named(office, session, gone)
            sync.pull(office)
        else:
            came = [len(group) for group in wanted]
            return Groups(
                gap.groups.pairs - came.count(2),
                gap.groups.threes - came.count(3),
                gap.groups.fours - came.count(4),
            )
    return gap.groups


def _choice(office: Office, gap: _Gap, lost: Set[int], full: Set[str]) -> list[tuple[int, ...]]:
    """Groups that seem free, without seats that were lost and zones that are full."""

    def choose(store: Store) -> list[tuple[int, ...]]:
        level = _key(gap)
        ours = {seat.id for seat in free_seats.ahead(store, *level)}
        free = [s for s in free_seats.free(store, *level, full) if s.id not in ours | lost]
        return allotting.choose(free, gap.groups, allotments.spot(store, *level, gap.plan.share))

    return office.read(choose)


def _named(office: Office, session: int, gone: SeatTaken) -> set[int]:
    """The seat somebody else got first."""
    names = (gone.fields["zone"], gone.fields["row"], gone.fields["number"])
    return {
        int(row[0])
        for row in office.read(
            lambda store: store.all(
                "SELECT p.id FROM seat p JOIN session s ON s.plan_id = p.plan_id WHERE s.id = ? "
                "AND p.zone = ? AND p.row = ? AND p.number = ?",
                (session, *names),
            )
        )
    }


def _take_places(office: Office, gap: _Gap) -> int:
    """Answers how many places are still missing."""
    session, count = gap.plan.session_id, gap.places
    for _ in range(TRIES):
        try:
            _take(office, Items(places=((session, count),)))
        except NotEnoughPlaces as short:
            count = min(count - 1, int(str(short.fields["left"])))
            if count < 1:
                break
        else:
            return gap.places - count
    return gap.places


def _take_orders(office: Office, gap: _Gap) -> int:
    """Answers how many orders are still missing."""
    missing = gap.orders
    elsewhere = set(office.underway.wished_away)
    for _ in range(TRIES + missing // ORDERS_A_TAKE):
        found = _expected(office, gap.plan, elsewhere, min(missing, ORDERS_A_TAKE))
        if not found:
            break
        try:
            _take(office, Items(orders=tuple(found)))
            missing -= len(found)
        except HeldElsewhere as gone:
            elsewhere |= {o for o, number in found.items() if number == gone.fields["order"]}
    return missing


def _expected(office: Office, plan: Planned, elsewhere: Set[str], count: int) -> dict[str, str]:
    """So many orders with their numbers, of those that are this window's turn first."""
    found = office.read(
        lambda store: allotments.expected(
            store, plan.session_id, plan.orders_before, count + len(elsewhere)
        )
    )
    return dict([pair for pair in found if pair[0] not in elsewhere][:count])


def _take(office: Office, items: Items, also: custody.Also | None = None) -> None:
    custody.take(office, order_id=None, wish=lambda _: items, granted=also, topics=_topics(items))


def _topics(items: Items) -> list[str]:
    sessions = sorted({session for session, _ in items.drawn()})
    return [
        "allotment",
        *(f"session:{session}" for session in sessions),
        *(f"order:{order}" for order in items.orders),
    ]
