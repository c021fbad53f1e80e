"""What a copy of a window did on its own, kept as an epoch of its own (rules 12, 16, 17).

Two that went on from the same entry have other content under the same numbers; whoever reported
first has them. What the other did happened all the same: money, tickets, hand-overs. A supervisor
takes it in: its entries and postings under numbers of their own, its orders where the ended epoch
still has custody, and all else on the review list.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from boxoffice import clock
from boxoffice.central import guard, pools, pushing
from boxoffice.central.items import Credentials, Page
from boxoffice.central.pulling import raise_version
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import CaseStatus
from boxoffice.records import whole_order
from boxoffice.records.fields import Table
from boxoffice.records.journal import FIRST, JournalEntry, canonical, entry_hash
from boxoffice.records.people import Case
from boxoffice.records.store import Store
from boxoffice.records.takings import Attempt, Posting
from boxoffice.records.unit_of_work import set_head
from boxoffice.records.whole_order import columns, name_of

KIND = "forked_journal"
"""Kind of the case that names what a copy did."""
FORKS = 1 << 20
"""Epochs above it are those of copies; no window is ever enrolled in so many."""

_ENTRY = {name: place for place, name in enumerate(columns(JournalEntry))}
_POSTING = {name: place for place, name in enumerate(columns(Posting))}


def kept_as(store: Store, window: int, epoch: int, first: str) -> int | None:
    """The epoch under which central keeps what a copy did from its entry with this hash on."""
    found = store.first(
        "SELECT facts FROM cases WHERE kind = ? AND key = ?", (KIND, _key(window, epoch, first))
    )
    return int(json.loads(found[0])["kept_as"]) if found else None


def take_in(store: Store, window: int, epoch: int, page: Page) -> int:
    """Keep all that a copy did after the last entry it shares with central, in one transaction.

    `page` is that, whole; answers the epoch it is kept as. Safe to repeat. Raises EpochRuns.
    """
    who = Credentials(window, epoch, 0, ended=True)
    first = str(page.entries[0][_ENTRY["hash"]])
    with store.transaction():
        guard.check(store, who)
        known = kept_as(store, window, epoch, first)
        if known is not None:
            return known
        own = _next(store, window)
        numbers = {entry[_ENTRY["number"]]: n for n, entry in enumerate(page.entries, start=1)}
        orders = [replace(order, number=numbers[order.number]) for order in page.orders]
        moved, clashes, refused = pushing.apply_orders(store, who, orders, told_in=own)
        _retell(store, window, own, page, {whole_order.head(o.rows, "id") for o in refused})
        pools.move(store, moved)
        for clash in clashes:
            pushing.open_case(store, "document_clash", clash.key, clash.rows)
        _keep_attempts(store, who, page)
        facts = {
            "window": window,
            "epoch": epoch,
            "first": page.entries[0][_ENTRY["number"]],
            "entries": len(page.entries),
            "kept_as": own,
            "reviewed": [whole_order.head(order.rows, "number") for order in refused],
        }
        _open_case(store, _key(window, epoch, first), facts)
    return own


def _key(window: int, epoch: int, first: str) -> str:
    return f"{window}:{epoch}:{first}"


def _next(store: Store, window: int) -> int:
    found = store.first(
        "SELECT max(epoch) FROM journal WHERE window_id = ? AND epoch > ?", (window, FORKS)
    )
    return int(found[0] if found and found[0] else FORKS) + 1


def _retell(store: Store, window: int, own: int, page: Page, refused: set[str]) -> None:
    """Entries and postings under numbers of their own, from 1 on.

    Without their shifts: what central has of those is what the other one did in them. Without the
    orders that went to review: what stands at central under their names is not of these entries. A
    last entry keeps the copy's shifts and Z reports as they stood.
    """
    entries: list[tuple[Any, ...]] = []
    hashed = FIRST
    for number, entry in enumerate((*page.entries, _shifts_of(page)), start=1):
        told = {"epoch": own, "number": number, "shift_id": None, "previous": hashed}
        if entry[_ENTRY["order_id"]] in refused:
            told |= {"order_id": None, "order_version": None, "order_digest": None}
        was = {name: entry[_ENTRY[name]] for name in ("hash", *told)}
        told["facts"] = canonical({**json.loads(entry[_ENTRY["facts"]]), "copied_from": was})
        content = _changed(entry, _ENTRY, told)[:-1]
        hashed = entry_hash(content)
        entries.append((*content, hashed))
    store.many(_insert(JournalEntry), entries)
    first = page.entries[0][_ENTRY["number"]]
    postings = []
    for row in page.postings:
        told = {"epoch": own, "number": row[_POSTING["number"]] - first + 1, "shift_id": None}
        if row[_POSTING["order_id"]] in refused:
            told["order_id"] = None
        postings.append(_changed(row, _POSTING, told))
    store.many(_insert(Posting), postings)
    if not store.shared:  # a server's trigger keeps it
        set_head(store, window, own, len(entries), hashed)


def _shifts_of(page: Page) -> Sequence[Any]:
    """An entry as if of the copy, after its last, with the shifts and Z reports it had."""
    last = page.entries[-1]
    kept = {
        "act": "copy_shifts",
        "number": last[_ENTRY["number"]] + 1,
        "at": clock.to_text(clock.now()),
        "operator_id": None,
        "shift_id": None,
        "order_id": None,
        "order_version": None,
        "order_digest": None,
        "facts": canonical({"shifts": list(page.shifts), "z_reports": list(page.z_reports)}),
        "postings": "[]",
    }
    return _changed(last, _ENTRY, kept)


def _changed(
    row: Sequence[Any], places: dict[str, int], changes: dict[str, Any]
) -> tuple[Any, ...]:
    values = list(row)
    for name, value in changes.items():
        values[places[name]] = value
    return tuple(values)


def _keep_attempts(store: Store, who: Credentials, page: Page) -> None:
    """The other one may have used the same gateway numbers; its attempts stand then."""
    store.many(_insert(Attempt) + " ON CONFLICT DO NOTHING", page.attempts)
    pushing.leave_unfinished(store, who, page)


def _insert(table: type[Table]) -> str:
    return f'INSERT INTO "{name_of(table)}" VALUES ({", ".join("?" * len(columns(table)))})'


def _open_case(store: Store, key: str, facts: dict[str, Any]) -> None:
    row = {
        "id": new_id(),
        "kind": KIND,
        "key": key,
        "status": CaseStatus.OPEN,
        "opened_at": clock.now(),
        "order_number": "",
        "facts": canonical(facts),
    }
    store.insert(Case, [row])
    if not store.shared:  # a server's trigger tells the windows
        raise_version(store, "people_version")
