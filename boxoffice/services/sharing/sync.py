"""In step with central: pushing what this window did, pulling what others did (rules 12, 15)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from boxoffice.central import pushing
from boxoffice.central.items import Ack, Page, PushedOrder
from boxoffice.domain.statuses import ShiftStatus
from boxoffice.errors import CentralUnreachable, Fenced, ForkedJournal
from boxoffice.records import head_file, whole_order
from boxoffice.records.fields import Table
from boxoffice.records.journal import CENTRAL_CHAIN, JournalEntry
from boxoffice.records.meta import read_fact, write_fact
from boxoffice.records.store import Row, Store
from boxoffice.records.takings import Attempt, Posting, Shift, ZReport
from boxoffice.records.unit_of_work import Chain, set_head
from boxoffice.records.whole_order import columns, name_of
from boxoffice.services.office import Office
from boxoffice.services.sharing import custody, following

ENTRIES_A_PAGE = 100
LINES_A_PAGE = 400
"""A page is bounded in both: central and this window are busy with it for a moment only."""

PUSHED = "pushed_number"
"""In `meta`: number of the last entry that central confirmed."""

UNDER_REVIEW = "under_review"
"""In `meta`: orders that central put on the review list, until what was settled is done here."""

_NUMBER = columns(JournalEntry).index("number")
_ORDER = columns(JournalEntry).index("order_id")
_SHIFT = columns(JournalEntry).index("shift_id")


def report(office: Office) -> None:
    """Have what is unsent reported behind the clerk's back: by the keeper, where one is at work."""
    if office.link.watched:
        office.link.wake()
    else:
        office.afterwards(lambda: push(office))


def push(office: Office) -> int:
    """Report all that is unsent; answers how many journal entries central has now.

    While central is out of reach nothing is lost: the next push begins where this one stopped.
    Raises Fenced or ForkedJournal: then nothing more is sold here.
    """
    try:
        while push_page(office):
            pass
        if office.underway.unanswered:
            custody.settle(office)
    except CentralUnreachable:
        office.changes.tell(["central"])
    return office.writing.call(acknowledged)


def push_page(office: Office, entries: int = 0) -> bool:
    """Report one page, of so many entries at most (0: as many as usual); True where more waits.

    Raises CentralUnreachable, Fenced or ForkedJournal; after those nothing more is sold here.
    """
    try:
        with office.underway.pushing:
            return _push_page(office, entries)
    except (Fenced, ForkedJournal) as refused:
        office.underway.stopped = refused
        raise


def _push_page(office: Office, entries: int) -> bool:
    office.link.require_standing()
    if not office.link.greeted:
        # What is told to a line known to be broken would only be in doubt: it stays changeable.
        office.link.greet()
    # On the write lane: its pages are warm, and it is there that the entries were made.
    own = (office.chain.window, office.chain.epoch)
    page = office.write(lambda store: _next_page(office, store, entries))
    if not page.entries:
        return False
    ack = office.link.call(lambda store, who: pushing.push(store, who, page))
    # Should a power cut take it, the page is reported again, and answered as the first time.
    office.write(lambda store: acknowledge(store, page, ack), durable=False)
    office.underway.stopped = None
    office.changes.tell(["central"])
    return office.writing.call(lambda store: unsent(store, *own)) > 0


def _next_page(office: Office, store: Store, entries: int) -> Page:
    page = page_of(office.chain, store, entries)
    office.underway.telling = bool(page.entries) or office.underway.telling
    return page


def acknowledged(store: Store) -> int:
    """Number of the last journal entry that central confirmed."""
    return int(read_fact(store, PUSHED, "0"))


def unsent(store: Store, window: int, epoch: int) -> int:
    """How many journal entries central has not confirmed."""
    found = store.first(
        "SELECT number FROM chain_head WHERE window_id = ? AND epoch = ?", (window, epoch)
    )
    return (int(found[0]) if found else 0) - acknowledged(store)


def tell_attempts_behind(office: Office) -> None:
    """Have central hear of attempts at once, before anything is sold for them (rule 8).

    Best effort: what does not get through is told again with the next one.
    """

    def tell() -> None:
        with suppress(CentralUnreachable):
            tell_attempts(office)

    office.afterwards(tell)


def untold_attempts(store: Store) -> list[Row]:
    """The attempts that central has not heard of as they stand."""
    return store.all(
        f"SELECT {_listed(Attempt)} FROM attempt "
        "WHERE id IN (SELECT attempt_id FROM untold_attempt) ORDER BY id"
    )


def tell_attempts(office: Office) -> int:
    """Tell central of the attempts it has not heard of as they stand; answers how many.

    Raises CentralUnreachable, Fenced.
    """
    with office.underway.pushing:
        office.link.require_standing()
        rows = office.writing.call(untold_attempts)
        if not rows:
            return 0
        page = Page((), (), attempts=rows)
        office.link.call(lambda store, who: pushing.push(store, who, page))

        def told(store: Store) -> None:
            listed = f"SELECT {_listed(Attempt)} FROM attempt WHERE id = ?"
            for row in rows:
                # What was learnt meanwhile is told next.
                if store.first(listed, (row[0],)) == row:
                    store.run("DELETE FROM untold_attempt WHERE attempt_id = ?", (row[0],))

        office.write(told, durable=False)
        return len(rows)


def page_of(
    chain: Chain, store: Store, most: int = 0, *, ended: bool = False, whole: bool = False
) -> Page:
    """The next entries with all that belongs to them: so many, or fewer where orders are large.

    Called inside a transaction: their orders count as told from now on, and go back to central;
    those with money on its way stay (rule 8), unless the epoch has `ended`. `whole`: all there is.
    """
    own = (chain.window, chain.epoch, acknowledged(store))
    entries = store.all(
        # The limit is written out: bound, SQLite would plan the query anew each time.
        f"SELECT {_listed(JournalEntry)} FROM journal WHERE window_id = ? AND epoch = ? "
        f"AND number > ? ORDER BY number LIMIT {-1 if whole else most or ENTRIES_A_PAGE}",
        own,
    )
    entries = entries if whole else entries[: _fitting(store, entries)]
    if not entries:
        return Page((), ())
    last = entries[-1][_NUMBER]
    postings = store.all(
        f"SELECT {_listed(Posting)} FROM posting WHERE window_id = ? AND epoch = ? "
        "AND number > ? AND number <= ? ORDER BY number, line",
        (*own, last),
    )
    paying = set() if ended else unfinished_money(store)
    orders = [
        replace(order, kept=order_id in paying)
        for order_id in dict.fromkeys(entry[_ORDER] for entry in entries if entry[_ORDER])
        if (order := _pushed_order(store, chain.window, chain.epoch, order_id, last)) is not None
    ]
    ids = [whole_order.head(order.rows, "id") for order in orders]
    # Stored as given first, then told (rule 4): with the push the orders go back to central.
    head_file.note_page(store, last)
    store.many(
        "INSERT OR REPLACE INTO reporting "
        "SELECT order_id, request_id FROM held_order WHERE order_id = ?",
        [(order_id,) for order_id in ids if order_id not in paying],
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


def unfinished_money(store: Store) -> set[str]:
    """Orders that money is on its way for, either way: they stay where they are (rule 8)."""
    return {
        row[0]
        for row in store.all(
            "SELECT order_id FROM attempt WHERE ended_at IS NULL UNION "
            "SELECT order_id FROM payback WHERE status IN ('created', 'sent', 'unknown') "
            "AND ended_at IS NULL AND tender <> 'bank:transfer' UNION "
            "SELECT id FROM orders WHERE status IN ('part_paid', 'exchanging') AND id IN "
            "(SELECT order_id FROM held_order)"
        )
    }


def _fitting(store: Store, entries: Sequence[Row]) -> int:
    """How many of the entries make a page: at least one, and no more lines than a page holds."""
    ids = [entry[_ORDER] for entry in entries if entry[_ORDER]]
    lines: dict[str, int] = dict(
        store.all(
            "SELECT order_id, count(*) FROM order_line WHERE order_id IN "
            "(SELECT value FROM json_each(?)) GROUP BY order_id",
            (json.dumps(ids),),
        )
    )
    room = LINES_A_PAGE
    for place, entry in enumerate(entries):
        # An order that several entries name travels once.
        room -= lines.pop(entry[_ORDER], 0)
        if room < 0 and place:
            return place
    return len(entries)


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


def acknowledge(store: Store, page: Page, ack: Ack) -> None:
    """Central has it: remember how far, and that custody went back with the orders."""
    last = page.entries[-1][_NUMBER]
    if last < acknowledged(store):
        return  # a later page was answered first, and had all that this one has
    write_fact(store, PUSHED, str(last))
    set_head(store, CENTRAL_CHAIN, 1, *ack.central_head)
    if ack.reviewed:
        known = json.loads(read_fact(store, UNDER_REVIEW, "[]"))
        write_fact(store, UNDER_REVIEW, json.dumps(list(dict.fromkeys([*known, *ack.reviewed]))))
    for order in page.orders:
        order_id = whole_order.head(order.rows, "id")
        if order.kept or order_id in ack.still_held:
            if order_id not in ack.reviewed:
                _keep(store, order_id, whole_order.head(order.rows, "version"))
            store.run("DELETE FROM reporting WHERE order_id = ?", (order_id,))
            continue
        # One that is reviewed stays with this window until a supervisor settles it. One that was
        # taken again meanwhile, under another request, stays too.
        if order_id not in ack.reviewed and store.run(
            "DELETE FROM held_order WHERE order_id = ? AND request_id IS "
            "(SELECT request_id FROM reporting r WHERE r.order_id = held_order.order_id)",
            (order_id,),
        ):
            # What an order was given in place of other seats or places: it belongs to it now.
            for table in _GIVEN:
                store.run(f"DELETE FROM {table} WHERE order_id = ?", (order_id,))
        store.run("DELETE FROM reporting WHERE order_id = ?", (order_id,))


def _keep(store: Store, order_id: str, version: int) -> None:
    """Central has it as it was told, and it stays here as if it had been taken so."""
    store.run(
        "UPDATE held_order SET base_version = ?, request_id = coalesce(request_id, '') "
        "WHERE order_id = ?",
        (version, order_id),
    )
    # What changed meanwhile is told with its own page.
    for table in _GIVEN:
        store.run(
            f"DELETE FROM {table} WHERE order_id = ? "
            f"AND EXISTS (SELECT 1 FROM orders WHERE id = {table}.order_id AND version = ?)",
            (order_id, version),
        )


_GIVEN = ("held_seat", "held_places")


def catch_up(office: Office) -> None:
    """At a start: what others did since last time.

    A new window that still fetches all orders goes on with that behind its clerk (the keeper).
    Raises CentralUnreachable.
    """
    if office.acts is not None and office.read(following.unfinished):
        following.begin(office)
    else:
        following.pull(office)


def pull(office: Office, progress: following.Progress | None = None) -> int:
    """Read what changed at central since last time; answers how many orders came.

    Raises CentralUnreachable.
    """
    return following.pull(office, progress=progress)


def _listed(table: Any) -> str:
    return ", ".join(f'"{name}"' for name in columns(table))
