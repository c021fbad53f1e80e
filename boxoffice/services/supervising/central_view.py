"""Central as a supervisor sees it from one window: how it stands, or stood when last heard of.

What is read here delays no sale: at a server it goes over a line of its own. A change of the plan
is a wish: it changes the plan's row only, and the window it is about answers it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from boxoffice import clock
from boxoffice.central import allotting, overview, reviewing, wishing
from boxoffice.central.guard import CENTRAL_EPOCH
from boxoffice.central.overview import Chain, Head, Standing
from boxoffice.desk import Desk, Right
from boxoffice.errors import CentralUnreachable
from boxoffice.queries import central_status, reach
from boxoffice.queries.central_status import WindowStatus
from boxoffice.queries.reach import Reach
from boxoffice.records.journal import CENTRAL_CHAIN
from boxoffice.records.meta import read_fact, write_fact
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author, head_of
from boxoffice.services.office import Office
from boxoffice.services.sharing import sync
from boxoffice.services.supervising import planning

T = TypeVar("T")

Plan = allotting.Plan
Review = reviewing.Review
Outcome = reviewing.Outcome
Share = overview.Share

KEPT = "central_view"
"""In `meta`: central as it was when last heard of, and how far its chains were seen."""
REMEMBER_EVERY = timedelta(seconds=30)


class State(StrEnum):
    """How a window is, as central knows it."""

    HERE = "here"
    SILENT = "silent"
    NEVER = "never"
    """It has not come once in this epoch."""
    AWAITED = "awaited"
    """Central was restored and waits for what it holds."""
    FENCED = "fenced"


@dataclass(frozen=True, slots=True)
class WindowLine:
    """One window."""

    number: int
    name: str
    epoch: int
    state: State
    last_seen: datetime | None
    unsent: int
    seats: int
    places: int
    orders: int
    reviews: int
    head: int
    head_hash: str
    agrees: bool | None
    """Whether its chain has what was seen of it from here before; None where nothing was."""
    own: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """Central at one moment."""

    at: datetime
    version: int
    head: int
    head_hash: str
    agrees: bool | None
    windows: tuple[WindowLine, ...]
    shares: tuple[Share, ...]
    reviews: tuple[Review, ...]

    @property
    def awaited(self) -> tuple[WindowLine, ...]:
        """Windows that keep a restored central from granting anything."""
        return tuple(line for line in self.windows if line.state is State.AWAITED)


@dataclass(frozen=True, slots=True)
class View:
    """What is known of central; `lost_since` where that is not of now."""

    overview: Overview | None
    lost_since: datetime | None


def look(office: Office) -> View:
    """Central as it is; while it is out of reach, as it was when last heard of."""
    kept = office.read(_kept)
    known = {**kept.heads, **office.read(lambda store: _own_heads(store, office))}
    today = clock.business_day(clock.now()).isoformat()

    def read(store: Store) -> tuple[Overview, frozenset[Chain]]:
        lost = overview.lost_entries(store, known)
        status = central_status.status(store)
        at = overview.standing(store)
        heads, shares = _Heads(known, lost), tuple(overview.shares(store, today))
        found = Overview(
            at=clock.now(),
            version=status.version,
            head=status.head,
            head_hash=status.head_hash,
            agrees=heads.agrees((CENTRAL_CHAIN, CENTRAL_EPOCH)),
            windows=tuple(
                _line(window, at, office.chain.window, heads, shares) for window in status.windows
            ),
            shares=shares,
            reviews=tuple(reviewing.waiting(store)),
        )
        return found, lost

    try:
        found, lost = _ask(office, read)
    except CentralUnreachable:
        broken = office.link.lost
        return View(kept.overview, broken.since if broken is not None else clock.now())
    if kept.overview is None or abs(found.at - kept.overview.at) >= REMEMBER_EVERY:
        heads = {(w.number, w.epoch): (w.head, w.head_hash) for w in found.windows}
        # What central once had is not forgotten because it no longer has it.
        heads |= {chain: kept.heads[chain] for chain in lost & kept.heads.keys()}
        text = _text(_Kept(found, heads))
        office.write(lambda store: write_fact(store, KEPT, text))
    return View(found, None)


def how_far(office: Office, hours: float) -> list[Reach]:
    """The largest party each window could still serve after so many hours cut off.

    Raises CentralUnreachable.
    """
    return _ask(office, lambda store: reach.report(store, hours))


def ask_for(*, office: Office, desk: Desk, plan: Plan) -> None:
    """Change a row of the plan: its window takes what it lacks, or gives back, when it can.

    Steps, each safe to repeat: an entry in this window's journal names who asks; it is reported;
    central writes the row that the entry asks for. Raises NotAllowed, WindowUnknown, BadAllotment
    (AllotmentTooLarge), CentralUnreachable.
    """
    desk.require(Right.SETTLE_CASES)

    def row(store: Store) -> allotting.Facts:
        facts = allotting.facts_of(store, plan)
        planning.require_sensible(store, plan)
        return facts

    facts = office.link.call(lambda store, _: row(store))
    author = Author(desk.operator.id, desk.shift_id)
    number = office.unit(
        lambda unit: unit.record(allotting.ACT, author=author, facts=facts), ["central"]
    )
    while office.read(sync.acknowledged) < number:
        sync.push_page(office)
    office.link.call(lambda store, who: allotting.follow(store, who, number))
    sync.pull(office)


def _ask(office: Office, work: Callable[[Store], T]) -> T:
    """At a server over a line of its own: what a supervisor looks at delays no sale."""
    if not office.settings.central:
        return office.link.call(lambda store, _: work(store))
    office.link.require_standing()
    with closing(office.link.lane.another()) as store:
        return work(store)


# --- windows and their chains


@dataclass(frozen=True, slots=True)
class _Heads:
    """What chains were known to have, and which of them central does not have so."""

    known: dict[Chain, Head]
    lost: frozenset[Chain]

    def agrees(self, chain: Chain) -> bool | None:
        return chain not in self.lost if self.known.get(chain, (0, ""))[0] else None


def _line(
    window: WindowStatus, at: Standing, own: int, heads: _Heads, shares: Sequence[Share]
) -> WindowLine:
    seen = clock.from_text(window.last_seen) if window.last_seen else None
    return WindowLine(
        number=window.number,
        name=window.name,
        epoch=window.epoch,
        state=_state(window, seen, at, own),
        last_seen=wishing.as_here(seen, at.now) if seen else None,
        unsent=window.unsent,
        seats=window.seats,
        # Central counts the seats of a session as places, too: a cap is a pool of them.
        places=sum(s.held for s in shares if s.window == window.number and not s.numbered),
        orders=window.orders,
        reviews=window.reviews,
        head=window.head,
        head_hash=window.head_hash,
        agrees=heads.agrees((window.number, window.epoch)),
        own=window.number == own,
    )


def _state(window: WindowStatus, seen: datetime | None, at: Standing, own: int) -> State:
    if window.fenced:
        return State.FENCED
    if window.number in at.awaited:
        return State.AWAITED
    if window.number == own:
        return State.HERE
    if seen is None:
        return State.NEVER
    return State.SILENT if at.now - seen > wishing.SILENT else State.HERE


def _own_heads(store: Store, office: Office) -> dict[Chain, Head]:
    """What this window knows for sure: its own entries, and the last it heard of central's."""
    own = (office.chain.window, office.chain.epoch)
    number = sync.acknowledged(store)
    entry = store.first(
        "SELECT hash FROM journal WHERE window_id = ? AND epoch = ? AND number = ?", (*own, number)
    )
    central = (CENTRAL_CHAIN, CENTRAL_EPOCH)
    heads = {central: head_of(store, *central)}
    if entry is not None:
        heads[own] = (number, str(entry[0]))
    return heads


# --- what is kept for when central is away


@dataclass(frozen=True, slots=True)
class _Kept:
    overview: Overview | None
    heads: dict[Chain, Head]


def _text(kept: _Kept) -> str:
    heads = [[*chain, *head] for chain, head in kept.heads.items()]
    overview = asdict(kept.overview) if kept.overview is not None else None
    return json.dumps({"overview": overview, "heads": heads}, default=clock.to_text)


def _kept(store: Store) -> _Kept:
    text = read_fact(store, KEPT, "")
    if not text:
        return _Kept(None, {})
    found: dict[str, Any] = json.loads(text)
    heads = {(w, epoch): (number, hashed) for w, epoch, number, hashed in found["heads"]}
    seen = found["overview"]
    return _Kept(
        Overview(
            **{
                **seen,
                "at": clock.from_text(seen["at"]),
                "windows": tuple(_line_again(line) for line in seen["windows"]),
                "shares": tuple(Share(**share) for share in seen["shares"]),
                "reviews": tuple(
                    Review(**{**review, "at": clock.from_text(review["at"])})
                    for review in seen["reviews"]
                ),
            }
        ),
        heads,
    )


def _line_again(line: dict[str, Any]) -> WindowLine:
    seen = line["last_seen"]
    moment = clock.from_text(seen) if seen else None
    return WindowLine(**{**line, "state": State(line["state"]), "last_seen": moment})
