"""What a window reports: journal and postings first, then each order by itself (rule 12)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import peewee

from boxoffice import clock
from boxoffice.central import applying, guard, money_cases, pools, undecided
from boxoffice.central.applying import Clash, Conflict, Moves
from boxoffice.central.items import Ack, Credentials, Page, PushedOrder
from boxoffice.central.pulling import raise_version
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import CaseStatus, ShiftStatus
from boxoffice.errors import ForkedJournal, Refused
from boxoffice.records import whole_order
from boxoffice.records.custody import Review
from boxoffice.records.fields import Table
from boxoffice.records.journal import CENTRAL_CHAIN, JournalEntry
from boxoffice.records.people import Case
from boxoffice.records.store import Store
from boxoffice.records.takings import Attempt, Posting, Shift, ZReport
from boxoffice.records.unit_of_work import head_of
from boxoffice.records.whole_order import columns, name_of

_NUMBER = columns(JournalEntry).index("number")
_PREVIOUS = columns(JournalEntry).index("previous")
_HASH = columns(JournalEntry).index("hash")
_POSTING_NUMBER = columns(Posting).index("number")
_SHIFT_STATUS = columns(Shift).index("status")
_ATTEMPT_ORDER = columns(Attempt).index("order_id")


def push(store: Store, who: Credentials, page: Page) -> Ack:
    """Apply one page in one transaction; what was applied before is left alone.

    Raises ForkedJournal where central has other content under the same number, or a gap shows.
    """
    with store.transaction():
        guard.check(store, who)
        head = head_of(store, who.window, who.epoch)
        known, last = head[0], _store_journal(store, who, page, *head)
        _store_shifts(store, page)
        # What came with a number that central has was applied with the page that brought it.
        fresh = [order for order in page.orders if order.number > known]
        # First: whoever settles one of them meanwhile waits, or is heard before its sale is.
        _store_attempts(store, page)
        moved, clashes, refused = apply_orders(store, who, fresh)
        # What all windows share is touched last, and for the whole page at once.
        pools.move(store, moved)
        for clash in clashes:
            open_case(store, "document_clash", clash.key, clash.rows)
        for order in _sold_under_older_prices(store, fresh):
            open_case(store, "older_price", whole_order.head(order.rows, "id"), order.rows)
        for order in fresh:
            money_cases.follow(store, order.rows, open_case)
        if who.ended:
            leave_unfinished(store, who, page)
        central_head = head_of(store, CENTRAL_CHAIN, guard.CENTRAL_EPOCH)
        reviewed = [str(whole_order.head(order.rows, "id")) for order in refused]
        # A page that comes again is answered as the first time.
        repeated = [order for order in page.orders if order.number <= known]
        reviewed += _reviewed_before(store, who, repeated)
        return Ack(
            number=last,
            reviewed=tuple(reviewed),
            central_head=central_head,
            still_held=_still_held(store, who, repeated),
        )


def leave_unfinished(store: Store, who: Credentials, page: Page) -> None:
    """List each order with money that an ended epoch left undecided: a supervisor settles it.

    An old copy of a file may not know the end of a payment that central does.
    """
    asked_for = [row[_ATTEMPT_ORDER] for row in page.attempts]
    undecided.list_orders(store, who, undecided.LEFT, asked_for)
    told = [whole_order.head(order.rows, "id") for order in page.orders]
    undecided.list_orders(store, who, undecided.PAYBACK_LEFT, told)


def _reviewed_before(
    store: Store, who: Credentials, orders: Sequence[PushedOrder]
) -> Iterator[str]:
    for order in orders:
        order_id = whole_order.head(order.rows, "id")
        if store.first(
            "SELECT 1 FROM review WHERE window_id = ? AND epoch = ? AND number = ? "
            "AND order_id = ?",
            (who.window, who.epoch, order.number, order_id),
        ):
            yield order_id


def _still_held(store: Store, who: Credentials, repeated: Sequence[PushedOrder]) -> tuple[str, ...]:
    """Of orders that come again those the window holds.

    It may have kept one when it told it first and not any more, its payment having come to nothing
    since; or it took one again before it heard the answer.
    """
    if not repeated:
        return ()
    marks = whole_order.marks([whole_order.head(order.rows, "id") for order in repeated])
    held = store.all(
        "SELECT order_id FROM custody_order "
        f"WHERE holder = ? AND epoch = ? AND order_id IN ({marks.sql})",
        (who.window, who.epoch, *marks.params),
    )
    return tuple(str(row[0]) for row in held)


_REVIEWED = (Conflict, Refused, peewee.IntegrityError)


def apply_orders(
    store: Store, who: Credentials, orders: Sequence[PushedOrder], told_in: int | None = None
) -> tuple[Moves, list[Clash], list[PushedOrder]]:
    """All orders at once; where that fails, each by itself, and what fails then goes to review.

    Answers which places move, which documents clash, and what went to review. Their entries stand
    in the epoch `told_in`, where that is not the one that has their custody.
    """
    moved: Moves = Counter()
    clashes: list[Clash] = []
    refused: list[PushedOrder] = []
    if len(orders) > 1:
        try:
            with store.savepoint("all_orders"):
                return (*applying.apply(store, who, orders, moved), refused)
        except _REVIEWED:
            pass  # which of them it is, each by itself tells
    for order in orders:
        try:
            with store.savepoint("one_order"):
                moves, met = applying.apply(store, who, [order], moved)
        except _REVIEWED as why:
            _review(store, replace(who, epoch=told_in or who.epoch), order, str(why))
            refused.append(order)
        else:
            moved += moves
            clashes += met
    return moved, clashes, refused


def _plain_insert(table: type[Table], conflict: str = "") -> str:
    marks = ", ".join("?" * len(columns(table)))
    return f'INSERT INTO "{name_of(table)}" VALUES ({marks}) {conflict}'


def _store_shifts(store: Store, page: Page) -> None:
    """After the postings: a shift that is closed here already takes none."""
    # Closed ones first: a clock that jumped may have given the later shift the earlier id.
    closed_first = sorted(page.shifts, key=lambda row: row[_SHIFT_STATUS] == ShiftStatus.OPEN)
    store.many(
        _plain_insert(
            Shift,
            "ON CONFLICT (id) DO UPDATE "
            "SET status = excluded.status, closed_at = excluded.closed_at "
            "WHERE shift.status = 'open'",  # an older page that comes late opens none again
        ),
        closed_first,
    )
    store.many(_plain_insert(ZReport, "ON CONFLICT (id) DO NOTHING"), page.z_reports)


LEARNT = ("status", "ended_at", "sent_at", "reversing_at", "reference", "why", "facts")
"""What becomes known of an attempt after it was stored."""


def _store_attempts(store: Store, page: Page) -> None:
    changes = ", ".join(f"{name} = excluded.{name}" for name in LEARNT)
    store.many(
        _plain_insert(
            Attempt,
            f"ON CONFLICT (id) DO UPDATE SET {changes} "
            "WHERE attempt.ended_at IS NULL",  # an older page that comes late begins none again
        ),
        page.attempts,
    )


def _store_journal(store: Store, who: Credentials, page: Page, known: int, hashed: str) -> int:
    """Store what follows the entry `known`; answers the number of the last one."""
    number = known
    fresh = []
    for entry in page.entries:
        if entry[_NUMBER] <= known:
            _same(store, who, entry[_NUMBER], entry[_HASH])
            continue
        if entry[_NUMBER] != number + 1 or entry[_PREVIOUS] != hashed:
            raise ForkedJournal(window=who.window, number=entry[_NUMBER])
        number, hashed = entry[_NUMBER], entry[_HASH]
        fresh.append(entry)
    if fresh:
        store.many(_plain_insert(JournalEntry), fresh)
        store.many(
            _plain_insert(Posting), [row for row in page.postings if row[_POSTING_NUMBER] > known]
        )
    return number


def _same(store: Store, who: Credentials, number: int, hashed: str) -> None:
    found = store.first(
        "SELECT hash FROM journal WHERE window_id = ? AND epoch = ? AND number = ?",
        (who.window, who.epoch, number),
    )
    if found is None or found[0] != hashed:
        raise ForkedJournal(window=who.window, number=number)


def _sold_under_older_prices(store: Store, orders: Sequence[PushedOrder]) -> Iterator[PushedOrder]:
    """New orders whose price had a newer version when they were begun: accepted, and told (21)."""
    days: dict[str, dict[str, PushedOrder]] = {}
    for order in orders:
        if not order.base_version:
            begun = clock.from_text(whole_order.head(order.rows, "created_at"))
            day = clock.business_day(begun).isoformat()
            days.setdefault(day, {})[whole_order.head(order.rows, "id")] = order
    for day, begun_then in days.items():
        listed = whole_order.marks(list(begun_then))
        for (order_id,) in store.all(
            "SELECT DISTINCT l.order_id FROM order_line l JOIN price p ON p.id = l.price_id "
            "JOIN price n ON n.price_plan = p.price_plan AND n.category = p.category "
            "AND n.ticket_type = p.ticket_type AND n.valid_from > p.valid_from "
            f"AND n.valid_from <= ? WHERE l.order_id IN ({listed.sql})",
            (day, *listed.params),
        ):
            yield begun_then[order_id]


def open_case(store: Store, kind: str, key: str, rows: whole_order.OrderRows | None) -> None:
    """List an order for a person to look at; the same trouble is listed once, and again where it
    was over and came back. A basket that never came here has no rows."""
    store.insert(
        Case,
        [
            {
                "id": new_id(),
                "kind": kind,
                "key": key,
                "status": CaseStatus.OPEN,
                "opened_at": clock.now(),
                "order_number": (rows and whole_order.head(rows, "number")) or "",
                "facts": "{}",
            }
        ],
        conflict=money_cases.AGAIN.get(kind, "ON CONFLICT (kind, key) DO NOTHING"),
    )
    if not store.shared:  # a server's trigger does it: no window writes that row itself
        raise_version(store, "people_version")


def _review(store: Store, who: Credentials, order: PushedOrder, reason: str) -> None:
    store.insert(
        Review,
        [
            {
                "id": new_id(),
                "window_id": who.window,
                "epoch": who.epoch,
                "number": order.number,
                "order_id": whole_order.head(order.rows, "id"),
                "at": clock.now(),
                "reason": reason,
                "rows": json.dumps(order.rows, ensure_ascii=False),
                "settled_at": None,
                "settled_by": "",
                "outcome": "",
            }
        ],
    )
