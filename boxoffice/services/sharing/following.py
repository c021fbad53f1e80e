"""What others did, as central has it: the feed followed page by page, and all of it at first.

A page goes first to central for what is new, then to the window's own file in one transaction.
Applying it twice changes nothing. What this window holds is never touched (rule 6).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from boxoffice.central import pulling
from boxoffice.central.items import Cursor, FeedPage, Line, News
from boxoffice.central.link import Reach
from boxoffice.records import search_index, whole_order
from boxoffice.records.journal import CENTRAL_CHAIN
from boxoffice.records.meta import read_fact, write_fact
from boxoffice.records.sales import OrderLine
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import head_of, set_head
from boxoffice.records.whole_order import OrderRows, columns, name_of
from boxoffice.services.office import Office
from boxoffice.services.sharing import elsewhere

Progress = Callable[[int, int], object]
"""Told how many orders of how many are here."""

LINES_A_PAGE = 1000
ORDERS_A_FETCH = 2000
ORDERS_A_WRITE = 250
"""A sale may wait behind as many orders as are stored in one transaction; while no shift is open
there are as many as were fetched."""
CURSOR, START, REACHED, TOTAL, REVIEWS = (
    "feed_cursor", "feed_start", "fetched_until", "fetched_of", "open_reviews",
)  # fmt: skip
"""Single facts of the window's file. While orders are fetched for the first time: where the feed
begins afterwards, the last order that is here, and how many there were."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What one page brought."""

    orders: int
    more: bool


def over(office: Office) -> Reach:
    """On the window's first line, in turn with its sales."""
    return lambda work: office.link.call(lambda store, _: work(store))


def pull(office: Office, reach: Reach | None = None, progress: Progress | None = None) -> int:
    """Read all that changed at central since last time; answers how many orders came.

    Raises CentralUnreachable.
    """
    came = 0
    while True:
        page = pull_page(office, reach, progress)
        came += page.orders
        if not page.more:
            return came


def begin(office: Office, reach: Reach | None = None) -> None:
    """What a window needs before it can sell: catalogue, people, and which seats are not free.

    The orders themselves come with `pull_page`. Raises CentralUnreachable.
    """
    ask = reach or over(office)
    if not office.read(_is_new):
        return
    # The place in the feed first: what changes from here on is read there.
    cursor, total = ask(pulling.start)
    taken = ask(pulling.taken_seats)
    _pull_groups(office, ask, ask(pulling.versions))

    def keep(store: Store) -> None:
        elsewhere.replace_seats(store, office.chain, taken)
        write_fact(store, START, f"{cursor[0]}:{cursor[1]}")
        write_fact(store, REACHED, "")
        write_fact(store, TOTAL, str(total))

    office.write(keep, ["catalogue", "orders"])


def unfinished(store: Store) -> bool:
    """Whether the orders of before are not all here yet."""
    return read_fact(store, CURSOR, "") == ""


def fetched(store: Store) -> tuple[int, int] | None:
    """How many orders of how many are here, while they are fetched for the first time."""
    total = read_fact(store, TOTAL, "")
    if not total or not unfinished(store):
        return None
    here = store.first("SELECT count(*) FROM orders WHERE version > 0")
    return int(here[0]) if here else 0, int(total)


def pull_page(
    office: Office, reach: Reach | None = None, progress: Progress | None = None
) -> Pulled:
    """Read one page. Raises CentralUnreachable."""
    ask = reach or over(office)
    with office.underway.pulling:
        if office.read(unfinished):
            begin(office, ask)
            return _fetch(office, ask, progress)
        pulled = _follow(office, ask)
        elsewhere.count_places(office, ask)
        return pulled


def _is_new(store: Store) -> bool:
    return unfinished(store) and read_fact(store, START, "") == ""


# --- all of it, the first time


def _fetch(office: Office, ask: Reach, progress: Progress | None) -> Pulled:
    after = office.read(lambda store: read_fact(store, REACHED, ""))
    orders = ask(lambda store: pulling.orders_after(store, after, ORDERS_A_FETCH))
    last = whole_order.head(orders[-1], "id") if orders else after
    orders = _with_room(office, ask, orders)
    _pull_groups(office, ask, ask(pulling.versions))
    size = ORDERS_A_WRITE if office.read(_at_work) else ORDERS_A_FETCH
    for start in range(0, len(orders), size):
        part = orders[start : start + size]
        reached = last if part[-1] is orders[-1] else ""
        office.write(partial(_keep_fetched, orders=part, reached=reached))
    if not orders:
        office.write(_end_fetching, ["central"])
    if progress is not None:
        found = office.read(fetched)
        if found is not None:
            progress(*found)
    office.changes.tell(["orders", "central"])
    return Pulled(len(orders), more=True)


def _at_work(store: Store) -> bool:
    """Whether somebody may be selling, and would wait behind what is stored."""
    return store.first("SELECT 1 FROM shift WHERE status = 'open'") is not None


def _keep_fetched(store: Store, orders: Sequence[OrderRows], reached: str) -> None:
    """Part of a page; with its last part the place is `reached` from which to go on."""
    _keep_orders(store, orders)
    store.many(
        "DELETE FROM elsewhere_seat WHERE session_id = ? AND seat_id = ? AND window_id = 0",
        [
            (session, seat)
            for rows in orders
            for session, seat in whole_order.live_places(rows) + whole_order.reserved_places(rows)
            if seat is not None
        ],
    )
    if reached:
        write_fact(store, REACHED, reached)


def _end_fetching(store: Store) -> None:
    write_fact(store, CURSOR, read_fact(store, START, "0:0"))
    store.run("DELETE FROM meta WHERE key IN (?, ?, ?)", (START, REACHED, TOTAL))
    store.run("DELETE FROM elsewhere_seat WHERE window_id = 0")


# --- what is new


def _follow(office: Office, ask: Reach) -> Pulled:
    pages = office.underway.pages
    stored, ahead = office.underway.ahead
    if stored != pages:
        ahead = frozenset()  # of a feed from before central was restored
    cursor = office.read(_cursor)
    window = office.chain.window
    news: News = ask(lambda store: pulling.news(store, window, cursor, LINES_A_PAGE, ahead))
    _pull_groups(office, ask, news.versions)
    wanted = office.read(lambda store: _unknown(store, news.lines))
    page = FeedPage()
    if wanted or any(line.request_id for line in news.lines) or _may_move(office, news):
        page = ask(lambda store: pulling.read(store, window, news.lines, wanted))
        page = replace(page, orders=_with_room(office, ask, page.orders))
    told = page.orders or page.seats or page.places
    if told or news.cursor != cursor or office.read(_facts) != _told(news):
        sessions = office.write(lambda store: _apply(office, store, news, page, pages))
        if sessions is None:
            return Pulled(0, more=True)
        office.changes.tell(_topics(page, sessions))
        pages += 1
    office.underway.ahead = pages, news.ahead
    return Pulled(len(page.orders), news.more)


def _may_move(office: Office, news: News) -> bool:
    """Whether known orders may have taken up what is shown as held elsewhere."""
    return bool(news.lines) and office.read(elsewhere.is_any)


def _topics(page: FeedPage, sessions: Collection[int]) -> list[str]:
    told = {f"session:{session}" for session in sessions}
    return ["central", *(["orders"] if page.orders else []), *sorted(told)]


_SESSION = whole_order.column(OrderLine, "session_id")


def _facts(store: Store) -> tuple[tuple[int, str], int]:
    return head_of(store, CENTRAL_CHAIN, 1), int(read_fact(store, REVIEWS, "0"))


def _told(news: News) -> tuple[tuple[int, str], int]:
    return news.central_head, news.reviews


def _unknown(store: Store, lines: Sequence[Line]) -> list[str]:
    """Orders that are newer there than here, without those this window holds."""
    there = {line.order_id: line.version for line in lines if line.order_id is not None}
    here: dict[str, int] = dict(
        store.all(
            "SELECT id, version FROM orders WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(there)),),
        )
    )
    return [order for order, version in there.items() if here.get(order, -1) < version]


def _apply(office: Office, store: Store, news: News, page: FeedPage, pages: int) -> set[int] | None:
    """Answers the sessions of which other places can be had than before.

    None where central turned out to be restored since so many `pages`: this one counts no more.
    """
    if office.underway.pages != pages:
        return None
    _keep_orders(store, page.orders)
    changed = {line[_SESSION] for rows in page.orders for line in rows["order_line"]}
    changed |= elsewhere.keep_seats(store, office.chain, page.seats)
    changed |= elsewhere.keep_places(store, page.places)
    write_fact(store, CURSOR, f"{news.cursor[0]}:{news.cursor[1]}")
    write_fact(store, REVIEWS, str(news.reviews))
    set_head(store, CENTRAL_CHAIN, 1, *news.central_head)
    office.underway.pages += 1
    return changed


def _with_room(office: Office, ask: Reach, orders: Sequence[OrderRows]) -> list[OrderRows]:
    """Orders of one moment, behind those that have to make room for them as they stood then.

    An order is read as it is now. It may have a seat by now that another order gave up, whose own
    line comes later: that one is read with it, and what is in its way in turn.
    """
    wanted = {str(whole_order.head(rows, "id")) for rows in orders}
    found, room = list(orders), set[str]()
    while more := office.read(partial(_in_the_way, orders=found)) - wanted - room:
        room |= more
        found = ask(partial(pulling.orders_now, ids=sorted(wanted | room)))
    return sorted(found, key=lambda rows: whole_order.head(rows, "id") not in room)


def _in_the_way(store: Store, orders: Sequence[OrderRows]) -> set[str]:
    """Other orders that have a seat of theirs here, sold or reserved; none this window holds."""
    places = [place for rows in orders for place in _seats_of(rows)]
    if not places:
        return set()
    ids = json.dumps([whole_order.head(rows, "id") for rows in orders])
    return {
        str(row[0])
        for row in store.all(
            "SELECT t.order_id FROM json_each(?1) p JOIN ticket t "
            "ON t.session_id = json_extract(p.value, '$[0]') "
            "AND t.seat_id = json_extract(p.value, '$[1]') AND t.live = 1 "
            "WHERE t.seat_id IS NOT NULL AND t.order_id NOT IN (SELECT value FROM json_each(?2)) "
            "AND t.order_id NOT IN (SELECT order_id FROM held_order) "
            "UNION SELECT l.order_id FROM json_each(?1) p JOIN order_line l "
            "ON l.session_id = json_extract(p.value, '$[0]') "
            "AND l.seat_id = json_extract(p.value, '$[1]') AND l.status = 'reserved' "
            "WHERE l.seat_id IS NOT NULL AND l.order_id NOT IN (SELECT value FROM json_each(?2)) "
            "AND l.order_id NOT IN (SELECT order_id FROM held_order)",
            (json.dumps(places), ids),
        )
    }


def _seats_of(rows: OrderRows) -> list[whole_order.Place]:
    places = whole_order.live_places(rows) + whole_order.reserved_places(rows)
    return [place for place in places if place[1] is not None]


def _keep_orders(store: Store, orders: Sequence[OrderRows]) -> None:
    """Orders as they are at central, but for those that are newer here or held."""
    ids = json.dumps([whole_order.head(rows, "id") for rows in orders])
    listed = "IN (SELECT value FROM json_each(?))"
    known: dict[str, int] = dict(
        store.all(f"SELECT id, version FROM orders WHERE id {listed}", (ids,))
    )
    held = {
        r[0] for r in store.all(f"SELECT order_id FROM held_order WHERE order_id {listed}", (ids,))
    }
    fresh, newer = [], []
    for rows in orders:
        order_id = whole_order.head(rows, "id")
        if order_id not in known:
            fresh.append(rows)
        elif order_id not in held and known[order_id] < whole_order.head(rows, "version"):
            newer.append(rows)
    # All together: tickets that died in one make room for those of another, and first of all
    # what they had reserved, for two may have changed their seats.
    store.many(
        "UPDATE order_line SET status = 'released' WHERE order_id = ? AND status = 'reserved'",
        [(whole_order.head(rows, "id"),) for rows in newer],
    )
    before = {i: whole_order.load(store, i) for i in (whole_order.head(r, "id") for r in newer)}
    whole_order.store_many(store, newer, before)
    whole_order.insert_many(store, fresh)


def _cursor(store: Store) -> Cursor:
    """Up to where the feed was read. A bare number is a line's, from before transactions stood."""
    xid, _, line = read_fact(store, CURSOR, "0:0").rpartition(":")
    return int(xid or 0), int(line)


# --- groups of tables that travel whole


def _pull_groups(office: Office, ask: Reach, there: Mapping[str, int]) -> None:
    here = office.read(lambda store: {key: int(read_fact(store, key, "0")) for key in there})
    for key in [key for key in pulling.GROUPS if here[key] != there[key]]:
        # The number was read first: what changes while the rows are read is read again.
        rows = ask(partial(pulling.group, key=key))
        topic = "catalogue" if key == "catalogue_version" else "cases"
        office.write(partial(_replace, key=key, version=there[key], rows=rows), [topic])


def _replace(store: Store, key: str, version: int, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    days = store.all(_SESSION_DAYS)
    for table in pulling.GROUPS[key]:
        names = columns(table)
        listed = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        if table in pulling.TAKEN_BACK:
            store.run(f'DELETE FROM "{name_of(table)}"')
        store.many(
            f'INSERT OR REPLACE INTO "{name_of(table)}" ({listed}) VALUES ({marks})',
            rows[name_of(table)],
        )
    if days != store.all(_SESSION_DAYS)[: len(days)]:
        search_index.rebuild(store)  # it sorts by them
    write_fact(store, key, str(version))


_SESSION_DAYS = "SELECT id, business_day, starts_at FROM session ORDER BY id"
