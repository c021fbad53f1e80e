"""Half a million tickets in one window's file, written straight into its tables."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from boxoffice import clock
from boxoffice.domain.ids import new_id
from boxoffice.domain.short_codes import pickup_code
from boxoffice.records import search_index, whole_order
from boxoffice.records.fields import Table
from boxoffice.records.sales import Order, OrderLine, Ticket
from boxoffice.records.store import Store
from boxoffice.records.takings import Payment
from boxoffice.records.whole_order import OrderRows
from boxoffice.services.office import Office

TICKETS = 500_000
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
)
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玉华建国志文海燕红梅春雪云飞宇浩然子轩一诺思"
)
PAID_AT = clock.to_text(datetime(2025, 9, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Crowd:
    """What was written, and how long it took in seconds."""

    tickets: int
    orders: int
    rows_s: float
    index_s: float
    probes: list[tuple[str, str, str, str]]
    """(number, pickup code, phone, name) of some of the orders."""


def fill(office: Office, tickets: int = TICKETS) -> Crowd:
    """Add orders until the file has that many tickets; the same ones each time."""
    chance = random.Random(500_000)
    places = _places(office, chance)
    probes: list[tuple[str, str, str, str]] = []

    def rows(store: Store) -> int:
        have = store.first("SELECT count(*) FROM ticket")
        left, number = tickets - int(have[0] if have else 0), 0
        page: list[OrderRows] = []
        while left > 0:
            number += 1
            count = min(left, chance.choice((1, 2, 2, 2, 3, 4)))
            made, probe = _order(office, chance, number, [next(places) for _ in range(count)])
            page.append(made)
            if number % 400 == 0:
                probes.append(probe)
            left -= count
            if len(page) == 4000 or not left:
                whole_order.insert_many(store, page)
                page.clear()
        return number

    def unindexed(store: Store) -> int:
        added = rows(store)
        store.run("DELETE FROM search_due")
        return added

    started = time.perf_counter()
    orders = office.write(unindexed)
    between = time.perf_counter()
    office.write(search_index.rebuild)
    return Crowd(tickets, orders, between - started, time.perf_counter() - between, probes)


def _places(office: Office, chance: random.Random) -> Iterator[tuple[int, int | None, str]]:
    """(session, seat, category) of free seats, then of unnumbered places."""

    def free(store: Store) -> list[tuple[int, int, str]]:
        return store.all(
            "SELECT s.id, p.id, p.category FROM session s JOIN seat p ON p.plan_id = s.plan_id "
            "WHERE NOT EXISTS (SELECT 1 FROM ticket t WHERE t.session_id = s.id "
            "AND t.seat_id = p.id AND t.live = 1) ORDER BY s.id, p.row_no, p.ordinal"
        )

    seats = office.read(free)
    runs = [seats[at : at + 40] for at in range(0, len(seats), 40)]
    chance.shuffle(runs)
    for run in runs:
        yield from run
    passes = office.read(lambda store: store.all("SELECT id FROM session WHERE plan_id IS NULL"))
    while True:
        yield chance.choice(passes)[0], None, ""


def _name(chance: random.Random) -> str:
    given = "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2))))
    return chance.choice(SURNAMES) + given


def _order(
    office: Office,
    chance: random.Random,
    number: int,
    places: list[tuple[int, int | None, str]],
) -> tuple[OrderRows, tuple[str, str, str, str]]:
    order_id, payment_id = new_id(), new_id()
    phone = f"199{chance.randrange(10**8):08d}"
    buyer, seal = _name(chance), office.seal
    lines, tickets = [], []
    for position, (session, seat, category) in enumerate(places, start=1):
        line_id, document = new_id(), f"X{chance.randrange(10**9):09d}"
        both = {"order_id": order_id, "session_id": session, "seat_id": seat}
        bought = {
            **both,
            "id": line_id,
            "position": position,
            "category": category,
            "ticket_type": "adult",
            "status": "sold",
            "payment_id": payment_id,
            "price_fen": 10_000,
            "price_id": 1,
            "policy": "standard",
            "attendee": buyer if position == 1 else _name(chance),
            "document_type": "passport",
            "document_sealed": seal.seal(document),
            "document_hash": seal.hash(document),
            "proof": "",
        }
        lines.append(_row(OrderLine, bought))
        issued = {"id": new_id(), "line_id": line_id, "status": "issued", "live": 1, "issue": 1}
        tickets.append(_row(Ticket, {**both, **issued, "code_window": 0, "code_epoch": 0}))
    sold = {"business_day": PAID_AT[:10], "window_id": 0, "epoch": 1, "currency": "CNY"}
    total = 10_000 * len(places)
    head = {
        **sold,
        "id": order_id,
        "version": 1,
        "number": f"BN{number:09d}",
        "pickup_code": pickup_code(chance.randrange),
        "channel": chance.choice(("app", "web", "agency")),
        "status": "paid",
        "created_at": PAID_AT,
        "sold_at": PAID_AT,
        "total_fen": total,
        "buyer": buyer,
        "phone_sealed": seal.seal(phone),
        "phone_hash": seal.hash(phone),
        "phone_end_hash": seal.phone_end(phone),
        "label": "",
        "seats_open": 0,
    }
    payment = {
        **sold,
        "id": payment_id,
        "order_id": order_id,
        "tender": "channel:app",
        "amount_fen": total,
        "tendered_fen": total,
        "change_fen": 0,
        "paid_at": PAID_AT,
    }
    probe = (str(head["number"]), str(head["pickup_code"]), phone, buyer)
    rows: OrderRows = {
        "orders": [_row(Order, head)],
        "order_line": lines,
        "ticket": tickets,
        "payment": [_row(Payment, payment)],
        "hand_over": [],
        "refund": [],
    }
    return rows, probe


def _row(table: type[Table], values: dict[str, object]) -> list[object]:
    """In table order; what is not named is null."""
    return [values.get(name) for name in whole_order.columns(table)]
