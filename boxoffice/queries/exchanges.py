"""What other places for tickets cost now against what was paid, and exchanges that wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.domain import exchanging
from boxoffice.domain.exchanging import ExchangeKind
from boxoffice.domain.statuses import LineStatus, OrderStatus
from boxoffice.errors import (
    NoExchange,
    NoPrice,
    NoRefund,
    NothingFound,
    SessionCalledOff,
    SessionOver,
)
from boxoffice.queries import catalogue, rain, refunds
from boxoffice.queries.catalogue import PriceTag, SessionTerms
from boxoffice.queries.sold_lines import SoldLine, sold_lines
from boxoffice.records.rain import CALLED_OFF
from boxoffice.records.rules import EXCHANGES
from boxoffice.records.store import Store

USUAL_TYPES = ("adult", "companion")
"""Ticket types a place is sold as where the old one has no price there, first fitting one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody wants to go; no seat where places are not numbered."""

    session_id: int
    seat_id: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One ticket and the one wanted for it; amounts in fen, the price as it is today."""

    line: SoldLine
    place: Place
    kind: ExchangeKind
    tag: PriceTag
    policy: str
    fee_fen: int
    free: bool = False
    """It was decided for the old session that its tickets may be taken to another one."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What exchanging some tickets comes to at a moment; amounts in fen."""

    order_id: str
    number: str
    at: datetime
    parts: tuple[Part, ...]

    @property
    def price_fen(self) -> int:
        """What the new places cost."""
        return sum(part.tag.fen for part in self.parts)

    @property
    def paid_fen(self) -> int:
        """What was paid for the old ones."""
        return sum(part.line.price_fen for part in self.parts)

    @property
    def fee_fen(self) -> int:
        """What is kept for it."""
        return sum(part.fee_fen for part in self.parts)

    @property
    def difference_fen(self) -> int:
        """To be paid; what goes back where it is below zero."""
        return self.price_fen - self.paid_fen + self.fee_fen

    @property
    def papers(self) -> int:
        """How many of the old tickets are out on paper."""
        return sum(part.line.handed_over for part in self.parts)


def terms(store: Store, order_id: str, places: Mapping[str, Place], at: datetime) -> Terms:
    """What it comes to to have these places instead of lines (ids) of an order.

    Raises NoExchange with the reason, NoPrice, SessionCalledOff or SessionOver; LookupError for
    lines of another order.
    """
    head = store.first("SELECT coalesce(number, '') FROM orders WHERE id = ?", (order_id,))
    lines = {line.id: line for line in sold_lines(store, order_id)}
    if head is None or not places or not places.keys() <= lines.keys():
        raise LookupError(f"no such lines in order {order_id}")
    parts = tuple(_part(store, lines[line_id], place, at) for line_id, place in places.items())
    found = Terms(order_id, head[0], at, parts)
    if found.difference_fen < 0:
        _require_money_back(store, order_id, tuple(places), at)
    return found


def _part(store: Store, line: SoldLine, place: Place, at: datetime) -> Part:
    if not line.live:
        returned = line.status == LineStatus.RETURNED
        raise NoExchange(why="returned" if returned else "reserved")
    today = clock.business_day(at).isoformat()
    free = place.session_id != line.session_id and _decided_free(store, line)
    if not free and catalogue.session_terms(store, line.session_id).business_day < today:
        raise NoExchange(why="over")
    if (line.session_id, line.seat_id) == (place.session_id, place.seat_id):
        raise NoExchange(why="same")
    to = catalogue.session_terms(store, place.session_id)
    if to.business_day < today:
        raise SessionOver(session_zh=to.name_zh, session_en=to.name_en)
    if to.called_off:
        raise SessionCalledOff(session_zh=to.name_zh, session_en=to.name_en)
    tag = _tag(store, to, place, line, today)
    kind = exchanging.kind_of((line.session_id, line.category), (place.session_id, tag.category))
    value = exchanging.FREE if free else _rule(store, line, kind)
    if value == exchanging.REFUSED:
        raise NoExchange(why="not_done")
    fee = exchanging.fee_fen(value, line.price_fen)
    return Part(line, place, kind, tag, to.policy, fee, free)


def _decided_free(store: Store, line: SoldLine) -> bool:
    """Whether the session of a ticket was moved, or rained off with the right to another one."""
    found = rain.decided(store, line.session_id)
    if found is None:
        return False
    case = (line.policy, line.paid_day, line.ticket_type, line.category)
    return found.exchange_free(rain.Rules(store).of(case))


def _tag(store: Store, to: SessionTerms, place: Place, line: SoldLine, today: str) -> PriceTag:
    """The price of the new place: for the same type of ticket where there is one."""
    if to.numbered != (place.seat_id is not None):
        raise NoPrice(category="", ticket_type=line.ticket_type)
    category = ""
    if place.seat_id is not None:
        found = store.first(
            "SELECT category FROM seat WHERE id = ? AND plan_id = ?", (place.seat_id, to.plan_id)
        )
        if found is None:
            raise LookupError(f"no seat {place.seat_id} in session {to.id}")
        category = str(found[0])
    tags = catalogue.prices(store, to.price_plan, today)
    for ticket_type in (line.ticket_type, *USUAL_TYPES):
        if (category, ticket_type) in tags:
            return tags[category, ticket_type]
    raise NoPrice(category=category, ticket_type=line.ticket_type)


def _rule(store: Store, line: SoldLine, kind: ExchangeKind) -> str:
    """As the rules were when it was sold."""
    row = store.first(
        f"SELECT {EXCHANGES} FROM session s WHERE s.id = ?",
        (kind.value, line.paid_day, line.session_id),
    )
    assert row is not None
    return str(row[0])


def _require_money_back(
    store: Store, order_id: str, line_ids: tuple[str, ...], at: datetime
) -> None:
    """Money goes back only while the refund policy gives any: an exchange is no way round it."""
    try:
        refunds.quote(store, order_id, line_ids, at)
    except NoRefund as none:
        raise NoExchange(why="no_money_back") from none


@dataclass(frozen=True, slots=True)
class Pending:
    """An exchange that was begun and waits for its end."""

    order_id: str
    number: str
    places: int


def pending(store: Store, held_only: bool = True) -> list[Pending]:
    """Exchanges that wait, oldest first; of orders in this window's hands, or of all."""
    held = "JOIN held_order h ON h.order_id = o.id" if held_only else ""
    return [
        Pending(str(row[0]), str(row[1]), int(row[2]))
        for row in store.all(
            f"SELECT o.id, o.number, count(l.id) FROM orders o {held} "
            "JOIN order_line l ON l.order_id = o.id AND l.status = 'reserved' "
            "WHERE o.status = ? GROUP BY o.id, o.number ORDER BY o.id",
            (OrderStatus.EXCHANGING,),
        )
    ]


@dataclass(frozen=True, slots=True)
class Target:
    """A session that tickets may be exchanged for, with its levels and their prices today (fen)."""

    session_id: int
    name_zh: str
    name_en: str
    starts_at: datetime
    numbered: bool
    levels: tuple[tuple[str, int], ...]
    """Dearest first; without a name where places are not numbered."""


def targets(store: Store) -> list[Target]:
    """Sessions that are still on sale, by start."""
    today = clock.business_day(clock.now()).isoformat()
    found = []
    for session_id, zh, en, starts, plan_id, price_plan in store.all(
        "SELECT s.id, s.name_zh, s.name_en, s.starts_at, s.plan_id, s.price_plan FROM session s "
        f"WHERE s.business_day >= ? AND NOT {CALLED_OFF} ORDER BY s.starts_at, s.id",
        (today,),
    ):
        usual: dict[str, int] = {}
        for (category, ticket_type), tag in catalogue.prices(store, price_plan, today).items():
            if ticket_type in USUAL_TYPES:
                usual.setdefault(category, tag.fen)
        levels = sorted(
            ((name, fen) for name, fen in usual.items() if bool(name) == (plan_id is not None)),
            key=lambda level: (-level[1], level[0]),
        )
        if levels:
            starts_at = clock.from_text(starts)
            found.append(Target(session_id, zh, en, starts_at, plan_id is not None, tuple(levels)))
    return found


def seats_named(store: Store, session_id: int, text: str) -> list[Place]:
    """Places by the names of their seats: zone-row-number, several with blanks between them.

    Raises NothingFound with the first that is no seat of the session.
    """
    places = []
    for name in text.replace(",", " ").replace("，", " ").split():
        zone, _, rest = name.partition("-")
        row, _, number = rest.partition("-")
        found = store.first(
            "SELECT p.id FROM seat p JOIN session s ON s.plan_id = p.plan_id "
            "WHERE s.id = ? AND p.zone = ? AND p.row = ? AND p.number = ?",
            (session_id, zone, row, number),
        )
        if found is None:
            raise NothingFound(text=name)
        places.append(Place(session_id, int(found[0])))
    return places
