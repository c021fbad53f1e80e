"""What a window reported in epochs that have ended, and its file lacks: central tells it again.

A file from a backup, or a new computer, does not know of the shift that was opened or closed
since, nor of the money that was posted under it; the next close would reckon without it.
"""

from __future__ import annotations

from boxoffice.central.pushing import LEARNT
from boxoffice.records.fields import Table
from boxoffice.records.journal import JournalEntry
from boxoffice.records.store import Row, Store
from boxoffice.records.takings import Posting, Shift, ZReport
from boxoffice.records.unit_of_work import head_of, set_head
from boxoffice.records.whole_order import columns, name_of

_NUMBER = columns(JournalEntry).index("number")
_HASH = columns(JournalEntry).index("hash")
_STATUS = columns(Shift).index("status")


def learn_ends(store: Store, central: Store) -> None:
    """How payments ended that are undecided here, and not at central: an old copy asks no more.

    Called inside a transaction of the window's file.
    """
    open_here = [row[0] for row in store.all("SELECT id FROM attempt WHERE ended_at IS NULL")]
    listed = ", ".join(LEARNT)
    for attempt_id in open_here:
        found = central.first(
            f"SELECT {listed} FROM attempt WHERE id = ? AND ended_at IS NOT NULL", (attempt_id,)
        )
        if found is not None:
            changes = ", ".join(f"{name} = ?" for name in LEARNT)
            store.run(f"UPDATE attempt SET {changes} WHERE id = ?", (*found, attempt_id))


def fetch(store: Store, central: Store, window: int) -> int:
    """Journal, postings, shifts and Z reports of ended epochs; answers how many entries came.

    And for the map the seats they held, which stay off sale. Called inside a transaction of the
    window's file; safe to repeat. The records of an epoch whose chain went another way here than
    there are left as they are.
    """
    epochs = central.all(
        "SELECT epoch FROM window_epoch WHERE window_id = ? AND ended_at IS NOT NULL ORDER BY 1",
        (window,),
    )
    held = central.all(
        "SELECT c.session_id, c.seat_id, c.holder FROM custody_seat c JOIN window_epoch e "
        "ON e.window_id = c.holder AND e.epoch = c.epoch "
        "WHERE c.holder = ? AND e.ended_at IS NOT NULL",
        (window,),
    )
    store.many(
        "INSERT OR REPLACE INTO elsewhere_seat (session_id, seat_id, window_id) VALUES (?, ?, ?)",
        held,
    )
    return sum(_fetch(store, central, window, int(epoch)) for (epoch,) in epochs)


def _fetch(store: Store, central: Store, window: int, epoch: int) -> int:
    number, hashed = head_of(store, window, epoch)
    own = (window, epoch)
    with central.one_moment():
        same = central.first(
            "SELECT hash FROM journal WHERE window_id = ? AND epoch = ? AND number = ?",
            (*own, number),
        )
        if number and (same is None or same[0] != hashed):
            return 0
        after = " AND number > ? ORDER BY number"
        entries = _rows(central, JournalEntry, after, (*own, number))
        postings = _rows(central, Posting, after, (*own, number))
        shifts = _rows(central, Shift, " ORDER BY opened_at", own)
        reports = _rows(central, ZReport, " ORDER BY number", own)
    _insert(store, JournalEntry, entries)
    # A shift that is closed by now takes no posting: shifts come after them.
    _insert(store, Posting, postings)
    # Closed ones first: no two are open at a time.
    _insert(
        store,
        Shift,
        sorted(shifts, key=lambda row: str(row[_STATUS])),
        "ON CONFLICT (id) DO UPDATE SET status = excluded.status, "
        "closed_at = excluded.closed_at WHERE shift.status = 'open'",
    )
    _insert(store, ZReport, reports, "ON CONFLICT (id) DO NOTHING")
    if entries:
        set_head(store, *own, entries[-1][_NUMBER], entries[-1][_HASH])
    return len(entries)


def _rows(central: Store, table: type[Table], rest: str, own: tuple[int, ...]) -> list[Row]:
    listed = ", ".join(f'"{name}"' for name in columns(table))
    return central.all(
        f'SELECT {listed} FROM "{name_of(table)}" WHERE window_id = ? AND epoch = ?{rest}', own
    )


def _insert(store: Store, table: type[Table], rows: list[Row], conflict: str = "") -> None:
    names = columns(table)
    listed = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    sql = f'INSERT INTO "{name_of(table)}" ({listed}) VALUES ({marks}) {conflict}'
    store.many(sql, rows)
