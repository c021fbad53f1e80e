"""In step with central: pushing what this window did, pulling what others did (rules 6, 12, 15)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from boxoffice.central import pulling, pushing
from boxoffice.central.items import Ack, Cursor, FeedPage, Page, PushedOrder
from boxoffice.domain.statuses import ShiftStatus
from boxoffice.errors import CentralUnreachable, Fenced, ForkedJournal
from boxoffice.records import search_index, whole_order
from boxoffice.records.fields import Table
from boxoffice.records.journal import CENTRAL_CHAIN, JournalEntry
from boxoffice.records.store import Row, Store
from boxoffice.records.takings import Attempt, Posting, Shift, ZReport
from boxoffice.records.unit_of_work import set_head
from boxoffice.records.whole_order import columns, name_of
from boxoffice.services import custody
from boxoffice.services.office import Office

ENTRIES_A_PAGE = 200
ORDERS_A_PULL = 2000

_NUMBER = columns(JournalEntry).index("number")
_ORDER = columns(JournalEntry).index("order_id")
_SHIFT = columns(JournalEntry).index("shift_id")


def push(office: Office) -> int:
    """Report all that is unsent; answers how many journal entries central has now.

    While central is out of reach nothing is lost: the next push begins where this one stopped.
    Raises Fenced or ForkedJournal: then nothing more is sold here.
    """
    try:
        _push(office)
        if office.underway.unanswered:
            custody.settle(office)
    except CentralUnreachable:
        office.changes.tell(["central"])
    except (Fenced, ForkedJournal) as refused:
        office.underway.stopped = refused
        raise
    return office.writing.call(acknowledged)


def _push(office: Office) -> None:
    if not office.link.greeted:
        # What is told to a line known to be broken would only be in doubt: it stays changeable.
        office.link.greet()
    while True:
        # On the write lane: its pages are warm, and it is there that the entries were made.
        page = office.write(lambda store: _page(office, store))
        if not page.entries:
            return
        ack = office.link.call(
            lambda store, who, page=page: pushing.push(store, who, page)  # type: ignore[misc]
        )
        office.write(lambda store, page=page, ack=ack: _acknowledge(store, page, ack))  # type: ignore[misc]
        office.underway.stopped = None
        office.changes.tell(["central"])
        if len(page.entries) < ENTRIES_A_PAGE:
            return


def acknowledged(store: Store) -> int:
    """Number of the last journal entry that central confirmed."""
    return int(_meta(store, "pushed_number", "0"))


def unsent(store: Store, window: int, epoch: int) -> int:
    """How many journal entries central has not confirmed."""
    found = store.first(
        "SELECT number FROM chain_head WHERE window_id = ? AND epoch = ?", (window, epoch)
    )
    return (int(found[0]) if found else 0) - acknowledged(store)


def _page(office: Office, store: Store) -> Page:
    chain = office.chain
    own = (chain.window, chain.epoch, acknowledged(store))
    entries = store.all(
        f"SELECT {_listed(JournalEntry)} FROM journal WHERE window_id = ? AND epoch = ? "
        f"AND number > ? ORDER BY number LIMIT {ENTRIES_A_PAGE}",
        own,
    )
    if not entries:
        return Page((), ())
    last = entries[-1][_NUMBER]
    postings = store.all(
        f"SELECT {_listed(Posting)} FROM posting WHERE window_id = ? AND epoch = ? "
        "AND number > ? AND number <= ? ORDER BY number, line",
        (*own, last),
    )
    orders = [
        order
        for order_id in dict.fromkeys(entry[_ORDER] for entry in entries if entry[_ORDER])
        if (order := _pushed_order(store, chain.window, chain.epoch, order_id, last)) is not None
    ]
    ids = [whole_order.head(order.rows, "id") for order in orders]
    # Stored as given first, then told (rule 4): with the push the orders go back to central.
    store.many(
        "INSERT OR REPLACE INTO reporting "
        "SELECT order_id, request_id FROM held_order WHERE order_id = ?",
        [(order_id,) for order_id in ids],
    )
    shifts = {entry[_SHIFT] for entry in entries if entry[_SHIFT]}
    return Page(
        entries=entries,
        postings=postings,
        orders=orders,
        shifts=[row for found in sorted(shifts) for row in _shift(store, found, last)],
        z_reports=[row for found in sorted(shifts) for row in _z_report(store, found, last)],
        attempts=[row for order_id in ids for row in _attempts(store, order_id)],
    )


def _pushed_order(
    store: Store, window: int, epoch: int, order_id: str, last: int
) -> PushedOrder | None:
    """The order as it stands, with its newest entry; a later page brings it if that lies there."""
    newest = store.first(
        "SELECT number, order_digest FROM journal WHERE order_id = ? AND window_id = ? "
        "AND epoch = ? ORDER BY number DESC",
        (order_id, window, epoch),
    )
    held = store.first("SELECT base_version FROM held_order WHERE order_id = ?", (order_id,))
    if newest is None or newest[0] > last or held is None:
        return None
    return PushedOrder(
        base_version=held[0],
        number=newest[0],
        digest=newest[1],
        rows=whole_order.load(store, order_id),
    )


def _shift(store: Store, shift_id: str, last: int) -> list[Row]:
    """The shift as it stood after the last entry of the page: closed, it would take no more."""
    closed = store.first("SELECT journal_number FROM z_report WHERE shift_id = ?", (shift_id,))
    rows = _by_id(store, Shift, "id", shift_id)
    if closed is None or closed[0] <= last:
        return rows
    now = {"status": ShiftStatus.OPEN.value, "closed_at": None}
    names = columns(Shift)
    return [
        tuple(now.get(name, value) for name, value in zip(names, row, strict=True)) for row in rows
    ]


def _z_report(store: Store, shift_id: str, last: int) -> list[Row]:
    """Its Z report, with the page that has its close."""
    number = columns(ZReport).index("journal_number")
    return [row for row in _by_id(store, ZReport, "shift_id", shift_id) if row[number] <= last]


def _by_id(store: Store, table: type[Table], column: str, wanted: str) -> list[Row]:
    return store.all(
        f'SELECT {_listed(table)} FROM "{name_of(table)}" WHERE {column} = ?', (wanted,)
    )


def _attempts(store: Store, order_id: str) -> list[Row]:
    return store.all(
        f"SELECT {_listed(Attempt)} FROM attempt WHERE order_id = ? ORDER BY id", (order_id,)
    )


def _acknowledge(store: Store, page: Page, ack: Ack) -> None:
    """Central has it: remember how far, and that custody went back with the orders."""
    last = page.entries[-1][_NUMBER]
    if last < acknowledged(store):
        return  # a later page was answered first, and had all that this one has
    _set_meta(store, "pushed_number", str(last))
    set_head(store, CENTRAL_CHAIN, 1, *ack.central_head)
    for order in page.orders:
        order_id = whole_order.head(order.rows, "id")
        # One that is reviewed stays with this window until a supervisor settles it. One that was
        # taken again meanwhile, under another request, stays too.
        if order_id not in ack.reviewed and store.run(
            "DELETE FROM held_order WHERE order_id = ? AND request_id IS "
            "(SELECT request_id FROM reporting r WHERE r.order_id = held_order.order_id)",
            (order_id,),
        ):
            # Seats a reservation was given in place of others: they belong to it now.
            store.run("DELETE FROM held_seat WHERE order_id = ?", (order_id,))
        store.run("DELETE FROM reporting WHERE order_id = ?", (order_id,))


def pull(office: Office) -> int:
    """Read what changed at central since last time; answers how many orders came.

    Raises CentralUnreachable.
    """
    for key in pulling.GROUPS:
        _pull_group(office, key)
    came = 0
    while True:
        cursor = office.read(_cursor)
        page = office.link.call(
            lambda store, _, cursor=cursor: pulling.pull(store, cursor, ORDERS_A_PULL)  # type: ignore[misc]
        )
        if page.cursor == cursor and not page.orders and not page.moves:
            break
        page = replace(page, moves=[m for m in page.moves if m.window != office.chain.window])
        office.write(lambda store, page=page: _apply(store, page))  # type: ignore[misc]
        came += len(page.orders)
        if not page.more:
            break
    hello = office.link.greet()
    office.write(lambda store: set_head(store, CENTRAL_CHAIN, 1, *hello.central_head))
    office.changes.tell(["orders", "central"] if came else ["central"])
    return came


def _apply(store: Store, page: FeedPage) -> None:
    known = {
        row[0]: row[1]
        for row in store.all(
            "SELECT id, version FROM orders WHERE id IN (SELECT value FROM json_each(?))",
            (_json_ids(page),),
        )
    }
    held = {row[0] for row in store.all("SELECT order_id FROM held_order")}
    fresh = []
    for rows in page.orders:
        order_id = whole_order.head(rows, "id")
        if order_id not in known:
            fresh.append(rows)
        elif order_id not in held and known[order_id] < whole_order.head(rows, "version"):
            whole_order.store_rows(store, rows)
    whole_order.insert_many(store, fresh)
    _follow_moves(store, page)
    _set_meta(store, "feed_cursor", f"{page.cursor[0]}:{page.cursor[1]}")


def _cursor(store: Store) -> Cursor:
    """Up to where the feed was read. A bare number is a line's, from before transactions stood."""
    xid, _, line = _meta(store, "feed_cursor", "0:0").rpartition(":")
    return int(xid or 0), int(line)


def _follow_moves(store: Store, page: FeedPage) -> None:
    """Which seats other windows hold, for the map; that an order has a seat says it by itself."""
    for rows in page.orders:
        for session, seat in whole_order.live_places(rows) + whole_order.reserved_places(rows):
            if seat is not None:
                store.run(
                    "DELETE FROM elsewhere_seat WHERE session_id = ? AND seat_id = ?",
                    (session, seat),
                )
    for move in page.moves:
        if move.taken:
            store.many(
                "INSERT OR REPLACE INTO elsewhere_seat (session_id, seat_id, window_id) "
                "VALUES (?, ?, ?)",
                [(*place, move.window) for place in move.seats],
            )
        else:
            store.many(
                "DELETE FROM elsewhere_seat WHERE session_id = ? AND seat_id = ? AND window_id = ?",
                [(*place, move.window) for place in move.seats],
            )


def _json_ids(page: FeedPage) -> str:
    ids = ",".join(f'"{whole_order.head(rows, "id")}"' for rows in page.orders)
    return f"[{ids}]"


def _pull_group(office: Office, key: str) -> None:
    here = office.read(lambda store: int(_meta(store, key, "0")))
    there = office.link.call(lambda store, _: pulling.group_version(store, key))
    if there == here:
        return
    rows = office.link.call(lambda store, _: pulling.group(store, key))
    office.write(lambda store: _replace(store, key, there, rows))
    office.changes.tell(["catalogue" if key == "catalogue_version" else "cases"])


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
    _set_meta(store, key, str(version))


_SESSION_DAYS = "SELECT id, business_day, starts_at FROM session ORDER BY id"


def _listed(table: Any) -> str:
    return ", ".join(f'"{name}"' for name in columns(table))


def _meta(store: Store, key: str, otherwise: str) -> str:
    found = store.first("SELECT value FROM meta WHERE key = ?", (key,))
    return otherwise if found is None else str(found[0])


def _set_meta(store: Store, key: str, value: str) -> None:
    store.run(
        "INSERT INTO meta (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )
