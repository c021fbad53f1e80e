"""Orders sold on line before: whole orders, in or out; what stays out is a case with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from boxoffice import clock
from boxoffice.central import stock
from boxoffice.domain import accounts
from boxoffice.domain.ids import new_id
from boxoffice.domain.masking import mask_document
from boxoffice.domain.money import Money
from boxoffice.domain.statuses import LineStatus, OrderStatus, TicketStatus
from boxoffice.exchange import LineError, ParsedFile, PresaleRow
from boxoffice.records import whole_order
from boxoffice.records.custody import CENTRAL_PLACES
from boxoffice.records.personal import Seal
from boxoffice.records.rules import CAP, RuleKind
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Post, Unit
from boxoffice.records.whole_order import OrderRows
from boxoffice.sentences.phrases import phrase
from boxoffice.services.programme import presale_cases
from boxoffice.services.programme.importing import Counts, FileRefused, OrderException


class _Out(Exception):
    def __init__(self, row: PresaleRow, reason: str, value: str, expected: str) -> None:
        super().__init__(reason)
        self.found = OrderException(row.order_no, row.line, reason, value, expected)


@dataclass(frozen=True, slots=True)
class _Session:
    id: int
    price_plan: str
    plan: int | None
    policy: str


class _Stock:
    """What the file's orders are checked against, kept up to date as orders go in."""

    def __init__(self, store: Store, day: str) -> None:
        self.sessions = {
            row[0]: _Session(*row[1:])
            for row in store.all("SELECT code, id, price_plan, plan_id, policy FROM session")
        }
        self.seats = {
            (row[0], row[1], row[2], row[3]): (int(row[4]), str(row[5]))
            for row in store.all('SELECT plan_id, zone, "row", number, id, category FROM seat')
        }
        self.prices: dict[tuple[str, str, str], dict[int, int]] = {}
        for plan, category, ticket_type, fen, price_id in store.all(
            "SELECT price_plan, category, ticket_type, amount_fen, id FROM price"
        ):
            self.prices.setdefault((plan, category, ticket_type), {})[fen] = price_id
        self.taken = {
            (row[0], row[1]): str(row[2] or "")
            for row in store.all(
                "SELECT c.session_id, c.seat_id, o.number FROM custody_seat c "
                "LEFT JOIN orders o ON o.id = c.order_id "
                "WHERE c.order_id IS NOT NULL OR c.holder IS NOT NULL"
            )
        }
        self.claimed = {
            (row[0], row[1]) for row in store.all("SELECT session_id, document_hash FROM claim")
        }
        self.left: dict[int, int] = dict(
            store.all(f"SELECT session_id, places FROM {CENTRAL_PLACES} o")
        )
        self.known = _fingerprints(store)
        self.caps = _caps(store, day)
        """Cap of a zone and how many of its seats are gone, by session and zone."""
        self.zones: dict[int, str] = (
            dict(store.all("SELECT id, zone FROM seat")) if self.caps else {}
        )


def _caps(store: Store, day: str) -> dict[tuple[int, str], tuple[int, int]]:
    """Counted as `taking.refuse_full_zones` does, for all zones that have a cap on a day."""
    if not store.first("SELECT 1 FROM rule_row WHERE rule = ?", (RuleKind.CAP.value,)):
        return {}
    gone: dict[tuple[int, str], int] = {
        (row[0], row[1]): int(row[2])
        for row in store.all(
            "SELECT c.session_id, p.zone, count(*) FROM custody_seat c "
            "JOIN seat p ON p.id = c.seat_id "
            "WHERE c.order_id IS NOT NULL OR c.holder IS NOT NULL GROUP BY 1, 2"
        )
    }
    return {
        (session, zone): (int(cap), gone.get((session, zone), 0))
        for session, zone, cap in store.all(
            f"SELECT s.id, p.zone, {CAP} FROM session s "
            "JOIN (SELECT DISTINCT plan_id, zone FROM seat) p ON p.plan_id = s.plan_id",
            (day,),
        )
        if cap is not None
    }


def store_orders(unit: Unit, seal: Seal, parsed: ParsedFile) -> Counts:
    """Take in every order of a presale file that fits; the rest are exceptions with a case each.

    Raises FileRefused where no session is on sale at all: that is no trouble of single orders.
    """
    stocked = _Stock(unit.store, unit.business_day)
    if not stocked.sessions:
        first = parsed.rows[0]
        expected = phrase("sessions_first")
        raise FileRefused([LineError(first.line, "session", first.session, expected)])
    fresh: list[OrderRows] = []
    exceptions: list[OrderException] = []
    settled: list[str] = []
    unchanged = 0
    for rows in _orders(parsed.rows):
        number = rows[0].order_no
        try:
            built = _build(unit, seal, stocked, rows)
            if number in stocked.known:
                if stocked.known[number] != _fingerprint(built):
                    raise _Out(rows[0], "order_differs", number, phrase("as_before"))
                unchanged += 1
                settled.append(number)
                continue
            _reserve(stocked, rows, built)
        except _Out as out:
            exceptions.append(out.found)
            continue
        stocked.known[number] = _fingerprint(built)
        fresh.append(built)
        settled.append(number)
    stock.admit_orders(unit.store, fresh)
    for built in fresh:
        _journal(unit, built)
    presale_cases.settle(unit, parsed.name, settled)
    presale_cases.open_for(unit, parsed.name, exceptions)
    return Counts(len(fresh), unchanged, tuple(exceptions))


def _orders(rows: Iterable[Any]) -> list[list[PresaleRow]]:
    """Rows by order, wherever they stand in the file."""
    ordered = sorted(rows, key=lambda row: row.order_no)
    grouped = [list(found) for _, found in groupby(ordered, key=lambda row: row.order_no)]
    return sorted(grouped, key=lambda found: found[0].line)


_ORDER = whole_order.columns(whole_order.PARTS[0][0])


def _build(unit: Unit, seal: Seal, stocked: _Stock, rows: list[PresaleRow]) -> OrderRows:
    first = rows[0]
    order_id, payment_id = new_id(), new_id()
    total, lines, tickets = 0, [], []
    for position, row in enumerate(rows, start=1):
        _whole(row, first)
        session, seat, category, price_id = _place(stocked, row)
        line_id = new_id()
        total += row.price_fen
        bought = [line_id, order_id, position, session.id, seat, category, row.ticket_type]
        bought += [
            LineStatus.SOLD.value,
            payment_id,
            row.price_fen,
            price_id,
            session.policy,
            row.attendee,
            row.document_type,
        ]
        bought += [seal.seal(row.document_no), seal.hash(row.document_no), "", None, None]
        lines.append(bought)
        tickets.append(
            [new_id(), order_id, line_id, session.id, seat, TicketStatus.ISSUED.value, 1, 1, 0, 0]
        )
    paid_at = clock.to_text(first.paid_at)
    day = clock.business_day(first.paid_at).isoformat()
    head = [order_id, 1, first.order_no, first.pickup_code or None, first.channel]
    head += [OrderStatus.PAID.value, paid_at, paid_at, day, 0, unit.chain.epoch, None, None]
    head += [total, "CNY", first.buyer, seal.seal(first.phone), seal.hash(first.phone)]
    head += [seal.phone_end(first.phone), "", None, 0]
    payment = [payment_id, order_id, None, accounts.channel(first.channel), total, total, 0, "CNY"]
    payment += [paid_at, day, 0, unit.chain.epoch, None, None, None, None]
    return {
        "orders": [head],
        "order_line": sorted(lines),
        "ticket": sorted(tickets),
        "payment": [payment],
        "hand_over": [],
        "refund": [],
        "payback": [],
        "invoice": [],
    }


def _whole(row: PresaleRow, first: PresaleRow) -> None:
    """What makes a row, and with it its order, unusable before anything is looked up."""
    for problem in row.problems:
        value = problem.value
        if problem.column == "document_no":
            value = mask_document(value)
        raise _Out(row, problem.column, value, problem.expected)
    if row.status != "paid":
        raise _Out(row, "status", row.status, "paid")
    for name in ("pickup_code", "channel", "paid_at", "buyer", "phone"):
        if getattr(row, name) != getattr(first, name):
            raise _Out(row, name, "", phrase("as_in_line", line=first.line))


def _place(stocked: _Stock, row: PresaleRow) -> tuple[_Session, int | None, str, int]:
    session = stocked.sessions.get(row.session)
    if session is None:
        raise _Out(row, "session_unknown", row.session, phrase("session"))
    seat, category = None, ""
    place = "-".join((row.section, row.row, row.seat))
    if session.plan is not None:
        found = stocked.seats.get((session.plan, row.section, row.row, row.seat))
        if found is None:
            bare = (_bare(row.section), _bare(row.row), _bare(row.seat))
            found = stocked.seats.get((session.plan, *bare))
        if found is None:
            raise _Out(row, "seat_unknown", place, phrase("plan_seat"))
        seat, category = found
    elif row.section or row.row or row.seat:
        raise _Out(row, "seat_unknown", place, phrase("no_seat"))
    listed = stocked.prices.get((session.price_plan, category, row.ticket_type), {})
    if row.price_fen not in listed:
        wanted = " / ".join(f"{fen} fen" for fen in listed) or phrase("price")
        raise _Out(row, "price_unknown", f"{row.ticket_type} {row.price_fen} fen", wanted)
    return session, seat, category, listed[row.price_fen]


_UNITS = re.compile("^第|(看台|区|排|行|座位|座|号)+$")


def _bare(text: str) -> str:
    """What a plan calls a place that a seller writes with its unit: 117 for 117区, 7 for 第7排."""
    return _UNITS.sub("", text)


_LINE = {name: n for n, name in enumerate(whole_order.columns(whole_order.PARTS[1][0]))}


def _reserve(stocked: _Stock, rows: list[PresaleRow], built: OrderRows) -> None:
    """Check seats, documents, caps and capacity of the whole order, then count them as gone."""
    lines = {line[_LINE["position"]]: line for line in built["order_line"]}
    seats: set[tuple[int, int]] = set()
    claims: set[tuple[int, str]] = set()
    drawn: dict[int, int] = {}
    filled: dict[tuple[int, str], int] = {}
    for position, row in enumerate(rows, start=1):
        session, seat = lines[position][_LINE["session_id"]], lines[position][_LINE["seat_id"]]
        hashed = lines[position][_LINE["document_hash"]]
        if seat is not None:
            key = (session, seat)
            if key in stocked.taken or key in seats:
                place = f"{row.session} {row.section}-{row.row}-{row.seat}"
                holder = stocked.taken.get(key, row.order_no)
                free = phrase("free_sold", order=holder) if holder else phrase("free_basket")
                raise _Out(row, "seat_sold", place, free)
            seats.add(key)
            _fill(stocked, row, (session, stocked.zones.get(seat, "")), filled)
        if hashed:
            if (session, hashed) in stocked.claimed or (session, hashed) in claims:
                masked = mask_document(row.document_no)
                raise _Out(row, "document_twice", masked, phrase("one_ticket"))
            claims.add((session, hashed))
        drawn[session] = drawn.get(session, 0) + 1
        if drawn[session] > stocked.left.get(session, 0):
            raise _Out(row, "capacity", row.session, phrase("places_left"))
    for key in seats:
        stocked.taken[key] = rows[0].order_no
    stocked.claimed |= claims
    for session, count in drawn.items():
        stocked.left[session] -= count
    for zone, count in filled.items():
        cap, gone = stocked.caps[zone]
        stocked.caps[zone] = cap, gone + count


def _fill(
    stocked: _Stock, row: PresaleRow, zone: tuple[int, str], filled: dict[tuple[int, str], int]
) -> None:
    """One more seat of the order in its zone, where that has a cap."""
    if zone not in stocked.caps:
        return
    cap, gone = stocked.caps[zone]
    filled[zone] = filled.get(zone, 0) + 1
    if gone + filled[zone] > cap:
        raise _Out(row, "cap", f"{row.session} {zone[1]}", phrase("cap_left", cap=cap))


def _journal(unit: Unit, built: OrderRows) -> None:
    total = Money(whole_order.head(built, "total_fen"))
    channel = whole_order.head(built, "channel")
    taken = accounts.channel(channel)
    posts = [Post(taken, total), Post(accounts.SALES, -total)] if total.fen else []
    unit.record(
        "presale",
        order_id=whole_order.head(built, "id"),
        order=built,
        facts={"number": whole_order.head(built, "number"), "channel": channel},
        postings=posts,
    )


_KEEP = ("number", "pickup_code", "channel", "sold_at", "buyer", "phone_hash", "total_fen")
_KEEP_LINE = ("session_id", "seat_id", "ticket_type", "price_fen", "attendee")


def _fingerprint(rows: OrderRows) -> tuple[Any, ...]:
    """What a file says of an order, whatever its rows' order and whatever happened to it since."""
    head = rows["orders"][0]
    wanted = [_LINE[name] for name in (*_KEEP_LINE, "document_type", "document_hash")]
    lines = sorted(tuple(line[place] for place in wanted) for line in rows["order_line"])
    return (*(head[_ORDER.index(name)] for name in _KEEP), tuple(lines))


def _fingerprints(store: Store) -> dict[str, tuple[Any, ...]]:
    return {
        str(whole_order.head(rows, "number")): _fingerprint(rows)
        for rows in whole_order.load_all(store, "WHERE number IS NOT NULL")
    }
