"""Epochs at the window: may these records be worked with, and what is reported once one has ended.

Records that were copied, or put back from a backup, start locked (rule 16): everything in them can
be read and proved, nothing is sold, journalled or asked of central. A new epoch unlocks them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from boxoffice import clock
from boxoffice.central import fencing, pushing
from boxoffice.central.items import Credentials
from boxoffice.errors import BoxOfficeError, ClockBehind, CopiedRecords, Fenced, RecordsBehind
from boxoffice.records.fields import Table
from boxoffice.records.journal import JournalEntry
from boxoffice.records.meta import read_fact
from boxoffice.records.store import Store
from boxoffice.records.takings import Posting, Shift, ZReport
from boxoffice.records.unit_of_work import Chain, head_of, read_head_file, set_head
from boxoffice.records.whole_order import columns, name_of
from boxoffice.services import machine
from boxoffice.services.homes import FIRST_EPOCH
from boxoffice.services.office import Office
from boxoffice.services.sharing import sync
from boxoffice.settings import Home, HomeKind, Settings

CLOCK_TOLERANCE = timedelta(minutes=2)
"""How far a computer's clock may be set back without anybody being told."""


def begin_work(store: Store, home: Home, wanted: Settings, epoch: int) -> BoxOfficeError | None:
    """At a start, on the window's file: why it is locked, if it is.

    A real home at a server takes its time from there. Raises ClockBehind or DiskTrouble.
    """
    refuse_wrong_clock(store, wanted)
    if wanted.kind is HomeKind.REAL and wanted.central:
        clock.follow_central()
    behind = older_file(store, home, wanted, epoch)
    if behind is not None:
        return behind
    if wanted.kind is HomeKind.REAL and not machine.marked(store):
        machine.mark(store, home)
        return None
    why = machine.strange(store, home)
    return CopiedRecords(window=wanted.window, why=why) if why else None


def older_file(store: Store, home: Home, wanted: Settings, epoch: int) -> RecordsBehind | None:
    """Whether the head kept outside the file is ahead of it: the file came from a backup."""
    outside = read_head_file(home.head_file)
    if outside is None or outside[0] < epoch:
        return None  # nothing was written in this epoch yet
    outside_epoch, number, hashed = outside
    known, _ = head_of(store, wanted.window, outside_epoch)
    found = store.first(
        "SELECT hash FROM journal WHERE window_id = ? AND epoch = ? AND number = ?",
        (wanted.window, outside_epoch, number),
    )
    # The same number with other content is an old copy too, which went its own way since.
    if found is None or found[0] != hashed:
        return RecordsBehind(file=home.window_file.name, number=number, known=known)
    return None


def refuse_wrong_clock(store: Store, wanted: Settings) -> None:
    """A clock behind the last entry would sell over sessions and refund by ended steps.

    The clock of a training or demo home is set on purpose. Raises ClockBehind.
    """
    if wanted.kind is not HomeKind.REAL:
        return
    found = store.first(
        "SELECT j.at FROM journal j JOIN chain_head h ON h.window_id = j.window_id "
        "AND h.epoch = j.epoch AND h.number = j.number WHERE h.window_id = ? "
        "ORDER BY j.epoch DESC",
        (wanted.window,),
    )
    if found is None:
        return
    last, now = clock.from_text(found[0]), clock.now()
    if now < last - CLOCK_TOLERANCE:
        raise ClockBehind(now=clock.venue(now), last=clock.venue(last))


def epoch_of(store: Store) -> int:
    """The epoch this window writes in, as it was enrolled last."""
    return int(read_fact(store, "epoch", str(FIRST_EPOCH)))


def push_ended(
    store: Store,
    central: Store,
    window: int,
    epoch: int,
    *,
    complete: bool = True,
    fetch: bool = True,
) -> bool:
    """Report all that is unsent of an epoch that central has ended; answers whether it has all.

    `store` is the window's file, `central` as this window or as its owner sees it. Journal and
    postings are always stored there; orders as far as the epoch still has them, the rest goes to
    review. `complete` says that the file is known to be no old copy; with `fetch` it gets what
    central has of the epoch and an old copy lacks. Safe to repeat. Raises EpochRuns, ForkedJournal
    or CentralUnreachable.
    """
    chain = Chain(window, epoch)
    who = Credentials(window, epoch, 0, ended=True)
    while True:
        with store.transaction():
            page = sync.page_of(chain, store, ended=True)
        if not page.entries:
            break
        ack = pushing.push(central, who, page)
        with store.transaction():
            sync.acknowledge(store, page, ack)
    if fetch:
        _fetch_lost(store, central, chain)
    number, hashed = head_of(store, window, epoch)
    return complete and fencing.receive_all(central, who, number, hashed)


def _fetch_lost(store: Store, central: Store, chain: Chain) -> None:
    """Entries, postings, shifts and Z reports of an ended epoch that an old copy does not have.

    The drawer is counted on: its shift goes on, or was closed, as central knows. Orders come with
    the next pull.
    """
    number, hashed = head_of(store, chain.window, chain.epoch)
    there = head_of(central, chain.window, chain.epoch)
    own = (chain.window, chain.epoch)
    if number:
        same = central.first(
            "SELECT hash FROM journal WHERE window_id = ? AND epoch = ? AND number = ?",
            (*own, number),
        )
        if same is None or same[0] != hashed:
            return  # it went its own way
    after = "WHERE window_id = ? AND epoch = ? AND number > ? ORDER BY number"
    shifts = "WHERE window_id = ? AND epoch = ? ORDER BY status, id"
    with store.transaction():
        if there[0] > number:
            for table in (JournalEntry, Posting):
                _copy(store, central, table, after, (*own, number), "")
            set_head(store, *own, *there)
        # Closed ones first: one at a time is open.
        changed = (
            "ON CONFLICT (id) DO UPDATE SET status = excluded.status, "
            "closed_at = excluded.closed_at"
        )
        _copy(store, central, Shift, shifts, own, changed)
        reports = "WHERE window_id = ? AND epoch = ? ORDER BY number"
        _copy(store, central, ZReport, reports, own, "ON CONFLICT (id) DO NOTHING")


def _copy(
    store: Store,
    central: Store,
    table: type[Table],
    where: str,
    params: Sequence[object],
    conflict: str,
) -> None:
    listed = ", ".join(f'"{name}"' for name in columns(table))
    marks = ", ".join("?" * len(columns(table)))
    rows = central.all(f'SELECT {listed} FROM "{name_of(table)}" {where}', params)
    if rows:
        insert = f'INSERT INTO "{name_of(table)}" ({listed}) VALUES ({marks}) {conflict}'
        store.many(insert, rows)


def hear_end(office: Office, fenced: Fenced) -> bool:
    """Central says that this epoch has ended: nothing more is sold, all that is unsent is told.

    Answers whether central has all of it now; see `push_ended`.
    """
    office.underway.stopped = fenced
    chain = office.chain

    def report(central: Store) -> bool:
        return office.writing.call(
            lambda store: push_ended(store, central, chain.window, chain.epoch)
        )

    complete = office.link.lane.call(report)
    office.changes.tell(["central"])
    return complete
