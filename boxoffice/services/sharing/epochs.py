"""Epochs at the window: may these records be worked with, and what is reported once one has ended.

Records that were copied, or put back from a backup, start locked (rule 16): everything in them can
be read and proved, nothing is sold, journalled or asked of central. A new epoch unlocks them.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from boxoffice import clock
from boxoffice.central import fencing, guard, pushing
from boxoffice.central.items import Credentials, Page
from boxoffice.domain.statuses import AttemptStatus
from boxoffice.errors import BoxOfficeError, ClockBehind, CopiedRecords, Fenced, RecordsBehind
from boxoffice.records import head_file
from boxoffice.records.meta import read_fact, write_fact
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Chain, head_of
from boxoffice.services import homes, machine
from boxoffice.services.homes import FIRST_EPOCH
from boxoffice.services.office import Office
from boxoffice.services.sharing import lost_tail, restoring, sync
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
        why = ""
    else:
        why = machine.strange(store, home)
    if why:
        return CopiedRecords(window=wanted.window, why=why)
    _keep_outside(store, home, wanted.window, epoch)
    return None


def head_files(store: Store, home: Home) -> tuple[Path, ...]:
    """Where the head is kept outside the records: in the home, and at a computer it is bound to.

    Raises DiskTrouble.
    """
    elsewhere = machine.head_file(store, home)
    return (home.head_file,) if elsewhere is None else (home.head_file, elsewhere)


def _keep_outside(store: Store, home: Home, window: int, epoch: int) -> None:
    """What is kept outside the file may lag behind it where the program was killed."""
    number, hashed = head_of(store, window, epoch)
    told = head_file.told(store)
    for path in head_files(store, home):
        if number and head_file.read_head_file(path) != (epoch, number, hashed):
            head_file.write_head_file(path, epoch, number, hashed)
        if told != head_file.Told(0, "") and head_file.read_told(path) != (epoch, told):
            head_file.write_told(path, epoch, told)


def older_file(store: Store, home: Home, wanted: Settings, epoch: int) -> BoxOfficeError | None:
    """Why the file is an old copy, if a head kept outside it is ahead of it."""
    for path in head_files(store, home):
        why = _older_than(path, store, home, wanted, epoch)
        if why is not None:
            return why
    return None


def _older_than(
    path: Path, store: Store, home: Home, wanted: Settings, epoch: int
) -> BoxOfficeError | None:
    outside = head_file.read_head_file(path)
    if outside is not None and outside[0] >= epoch:  # else nothing was written in this epoch yet
        outside_epoch, number, hashed = outside
        found = store.first(
            "SELECT hash FROM journal WHERE window_id = ? AND epoch = ? AND number = ?",
            (wanted.window, outside_epoch, number),
        )
        # The same number with other content is an old copy too, which went its own way since.
        if found is None or found[0] != hashed:
            known, _ = head_of(store, wanted.window, outside_epoch)
            return RecordsBehind(file=home.window_file.name, number=number, known=known)
    told = head_file.read_told(path)
    if told is not None and told[0] >= epoch and not head_file.has_told(store, told[1]):
        # What was taken, given or reported since stands in no journal entry.
        return CopiedRecords(window=wanted.window, why="older")
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
    store: Store, central: Store, window: int, epoch: int, *, complete: bool = True
) -> bool:
    """Report all that is unsent of an epoch that central has ended; answers whether it has all.

    `store` is the window's file, `central` as this window or as its owner sees it. Journal and
    postings are always stored there; orders as far as the epoch still has them, the rest goes to
    review. `complete` says that the file is known to be no old copy. Safe to repeat. Raises
    EpochRuns, ForkedJournal or CentralUnreachable.
    """
    chain = Chain(window, epoch)
    who = Credentials(window, epoch, 0, ended=True)
    with central.transaction():
        guard.check(central, who)
    with store.transaction():
        left = sync.untold_attempts(store)
    pushing.push(central, who, Page((), (), attempts=left))
    while True:
        with store.transaction():
            page = sync.page_of(chain, store, ended=True)
        if not page.entries:
            break
        ack = pushing.push(central, who, page)
        with store.transaction():
            sync.acknowledge(store, page, ack)
    # Given here first, then told (rule 4): once central knows all it may be sold by others, and
    # this file may be started again where nobody tells it that its epoch is over.
    with store.transaction():
        _let_go(store)
    number, hashed = head_of(store, window, epoch)
    # What was taken and given back since an old copy stands in no journal.
    newer = guard.answered(central, window, epoch) > restoring.asked(store, epoch)
    return complete and not newer and fencing.receive_all(central, who, number, hashed)


def begin_epoch(home: Home, store: Store, central: Store, window: int, epoch: int) -> None:
    """The window's file goes on in this epoch, its own already or the one after those that ended.

    What an ended one held is held no more, and what it reported and this file lacks comes from
    central, all in one transaction. Safe to repeat. Raises DiskTrouble or CentralUnreachable.
    """
    with store.transaction():
        if epoch_of(store) != epoch:
            lost_tail.learn_ends(store, central)
            _forget_custody(store)
            write_fact(store, "epoch", str(epoch))
            write_fact(store, sync.PUSHED, "0")
        lost_tail.fetch(store, central, window)
    outside = head_file.read_head_file(home.head_file)
    if outside is not None and outside[0] < epoch:
        # It names an entry of the old epoch, which a file from a backup may lack.
        with homes.trouble(home.head_file):
            home.head_file.unlink(missing_ok=True)


HELD = (
    *("held_seat", "held_places", "held_claim", "held_order"),
    *("allotted_seat", "allotted_places", "reporting"),
)


def _forget_custody(store: Store) -> None:
    """What was held goes with the epoch it was held in, and so does what was known of central."""
    _let_go(store)
    # The new epoch may begin on another computer, and knows nothing of central yet.
    for fact in (*machine.FACTS, *restoring.FACTS, head_file.TOLD):
        store.run("DELETE FROM meta WHERE key = ?", (fact,))


def _let_go(store: Store) -> None:
    """Baskets are over and nothing is held any more.

    One that somebody was asked to pay for stays, for a supervisor to settle.
    """
    store.run(
        "UPDATE attempt SET status = ?, ended_at = ? WHERE ended_at IS NULL "
        "AND sent_at IS NULL AND order_id IN (SELECT id FROM orders WHERE version = 0)",
        (AttemptStatus.CANCELLED, clock.to_text(clock.now())),
    )
    # Nobody asks any more; no shift waits for the end of it.
    store.run(
        "UPDATE attempt SET status = ? WHERE ended_at IS NULL AND status = ?",
        (AttemptStatus.UNKNOWN, AttemptStatus.SENT),
    )
    baskets = (
        "SELECT id FROM orders WHERE version = 0 AND status IN ('open', 'parked') AND NOT EXISTS "
        "(SELECT 1 FROM attempt a WHERE a.order_id = orders.id AND a.ended_at IS NULL)"
    )
    store.run(f"DELETE FROM order_line WHERE order_id IN ({baskets})")
    store.run(
        "UPDATE orders SET status = 'abandoned', total_fen = 0, buyer = '', phone_sealed = '', "
        f"phone_hash = '', phone_end_hash = '' WHERE id IN ({baskets})"
    )
    for table in HELD:
        store.run(f"DELETE FROM {table}")


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
    office.changes.tell(["central", "baskets", "orders"])
    return complete
