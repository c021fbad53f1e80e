"""How far what each window holds would reach: the report over all windows, asked of central."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from boxoffice import clock
from boxoffice.domain import allotting
from boxoffice.domain.adjacency import FreeSeat, runs_of
from boxoffice.records.store import Store

RECENT = timedelta(days=3)
LARGEST_COUNTED = 4
"""Larger parties count as one of this size in the mix."""

Holding = tuple[int, str, str]
"""Window, session (its code) and level; the level is empty for places without numbers."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a window holds of a session and level, and what it could serve once it is cut off."""

    window: str
    session: str
    category: str
    holds: int
    """Seats or places in hand now."""
    largest_now: int
    parties: int
    """How many parties would come to it for these in the time it is cut off."""
    largest_after: int
    """The largest party that could still sit together then."""
    assumed: bool
    """Whether it sold nothing of that level lately, so that usual figures were taken."""


@dataclass(slots=True)
class _Sales:
    mix: Counter[int] = field(default_factory=Counter)
    hours: set[str] = field(default_factory=set)


def report(store: Store, hours: float) -> list[Reach]:
    """For all windows: the largest party each could still serve after so many hours cut off.

    Reckoned with what it holds now, as central has it, and with parties as they came to it in the
    last days (`RECENT`); where none came, with `allotting.USUAL_MIX` and `USUAL_PARTIES_AN_HOUR`.
    """
    now = clock.now()
    runs = _runs(store, clock.business_day(now).isoformat())
    sales = _sales(store, clock.to_text(now - RECENT))
    names = {int(row[0]): str(row[1]) for row in store.all("SELECT id, name FROM ticket_window")}
    found = []
    for (window, session, category), lengths in sorted(runs.items()):
        # Who buys a level shares out over the sessions it is held for.
        sessions = sum((key[0], key[2]) == (window, category) for key in runs)
        sold = sales.get((window, category))
        if sold is not None:
            an_hour, mix = sold.mix.total() / len(sold.hours), dict(sold.mix)
        else:
            levels = len({key[2] for key in runs if key[0] == window})
            an_hour, mix = allotting.USUAL_PARTIES_AN_HOUR / levels, dict(allotting.USUAL_MIX)
        parties = round(hours * an_hour / sessions)
        found.append(
            Reach(
                window=names[window],
                session=session,
                category=category,
                holds=sum(lengths),
                largest_now=max(lengths, default=0),
                parties=parties,
                largest_after=allotting.largest_after(lengths, mix, parties),
                assumed=sold is None,
            )
        )
    return found


def _runs(store: Store, since: str) -> dict[Holding, list[int]]:
    """Lengths of the unbroken runs windows hold; places count as one run."""
    seats: dict[Holding, list[FreeSeat]] = {}
    for window, code, category, *seat in store.all(
        "SELECT c.holder, s.code, p.category, p.id, p.row_no, p.ordinal, 0 FROM custody_seat c "
        "JOIN session s ON s.id = c.session_id JOIN seat p ON p.id = c.seat_id "
        "WHERE c.holder IS NOT NULL AND c.order_id IS NULL AND s.business_day >= ?",
        (since,),
    ):
        seats.setdefault((window, code, category), []).append(FreeSeat(*seat))
    runs = {key: [len(run) for run in runs_of(found)] for key, found in seats.items()}
    for window, code, places in store.all(
        "SELECT p.holder, s.code, p.places FROM pool p JOIN session s ON s.id = p.session_id "
        "WHERE p.holder > 0 AND p.places > 0 AND s.plan_id IS NULL AND s.business_day >= ?",
        (since,),
    ):
        runs[window, code, ""] = [places]
    return runs


def _sales(store: Store, since: str) -> dict[tuple[int, str], _Sales]:
    """Parties by window and level, and the hours in which they came."""
    found: dict[tuple[int, str], _Sales] = {}
    for window, category, sold_at, size in store.all(
        "SELECT o.window_id, l.category, o.sold_at, count(*) FROM orders o "
        "JOIN order_line l ON l.order_id = o.id WHERE o.channel = 'window' AND o.sold_at >= ? "
        "GROUP BY o.id, o.window_id, l.category, l.session_id, o.sold_at",
        (since,),
    ):
        sales = found.setdefault((int(window), str(category)), _Sales())
        sales.mix[min(int(size), LARGEST_COUNTED)] += 1
        sales.hours.add(str(sold_at)[:13])
    return found
