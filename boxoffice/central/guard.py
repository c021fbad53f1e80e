"""Who may write to central: the current connection of a window in its current epoch (rule 5)."""

from __future__ import annotations

from boxoffice import clock
from boxoffice.central.items import Credentials, Hello
from boxoffice.errors import CentralRecovering, CentralUnreachable, EpochRuns, Fenced
from boxoffice.records.journal import CENTRAL_CHAIN
from boxoffice.records.postgres import NEWER_CONNECTION
from boxoffice.records.store import Statement, Store
from boxoffice.records.unit_of_work import Chain, head_of

CENTRAL_EPOCH = 1
CENTRAL = Chain(CENTRAL_CHAIN, CENTRAL_EPOCH)
"""The journal of the central records themselves."""
RECOVERING = "recovering"
"""In `meta` while central, restored or failed over, waits for what its windows hold (rule 18)."""
TURNED_BACK = "turned_back"
"""In `meta`: the place in the feed from which on it was written anew, after the first restore."""


def hello(store: Store, window: int, epoch: int) -> Hello:
    """Begin a connection; later packets of an older one are refused.

    Raises Fenced where central does not know the window or has ended its epoch.
    """
    with store.transaction():
        if store.shared:
            found = store.first("SELECT hello(?)", (epoch,))
        else:
            store.run(
                "UPDATE ticket_window SET connection = connection + 1, last_seen = ? "
                "WHERE id = ? AND epoch = ? AND fenced = 0",
                (clock.to_text(clock.now()), window, epoch),
            )
            store.run(_AT_HOME_HERE, (window,))
            found = store.first(
                "SELECT connection FROM ticket_window WHERE id = ? AND epoch = ? AND fenced = 0",
                (window, epoch),
            )
        if found is None or found[0] is None:
            raise Fenced(window=window)
        now, params = store.now()
        row = store.first(
            f"SELECT incarnation, {now} FROM ticket_window WHERE id = ?", (*params, window)
        )
        assert row is not None
        return Hello(
            credentials=Credentials(window, epoch, int(found[0])),
            incarnation=incarnation(store),
            head=head_of(store, window, epoch),
            answers=answered(store, window, epoch),
            central_head=head_of(store, CENTRAL_CHAIN, CENTRAL_EPOCH),
            now=clock.from_text(row[1]),
            reported=str(row[0]),
        )


def answered(store: Store, window: int, epoch: int) -> int:
    """How many takes and gives central has booked for a window in an epoch."""
    found = store.first(
        "SELECT max(number) FROM answer WHERE window_id = ? AND epoch = ?", (window, epoch)
    )
    return int(found[0] or 0) if found else 0


def incarnation(store: Store) -> str:
    """Which life of central this is; another one after it was restored from a backup."""
    found = store.first("SELECT value FROM meta WHERE key = 'incarnation'")
    return str(found[0]) if found else ""


def statement(store: Store, who: Credentials) -> Statement:
    """Finds one row where this connection may still write, and keeps it so until the commit."""
    if who.ended:
        return _ended(store, who)
    if store.shared:
        # A function of the owner: a window may lock this row, and not change it.
        return "SELECT 1 WHERE guard(?, ?)", (who.connection, who.epoch)
    return (
        "SELECT 1 FROM ticket_window WHERE id = ? AND epoch = ? AND connection = ? AND fenced = 0",
        (who.window, who.epoch, who.connection),
    )


def _ended(store: Store, who: Credentials) -> Statement:
    """Finds one row where this epoch has ended; one at a time reports what was done in it."""
    sql = "SELECT 1 FROM window_epoch WHERE window_id = ? AND epoch = ? AND ended_at IS NOT NULL"
    if not store.shared:
        return sql, (who.window, who.epoch)
    if store.first("SELECT me() IS NULL") == (True,):  # central's owner, from a recovered disk
        return f"{sql} FOR UPDATE", (who.window, who.epoch)
    return "SELECT 1 WHERE guard_ended(?)", (who.epoch,)


_AT_HOME_HERE = (
    "UPDATE ticket_window SET incarnation = (SELECT value FROM meta WHERE key = 'incarnation') "
    "WHERE incarnation = '' AND id = ?"
)
"""A window that says hello for the first time holds nothing that it would have to report."""

GRANTING: Statement = ("SELECT 1 FROM meta WHERE key = ?", (RECOVERING,))
"""Finds no row where central may grant custody."""


def waiting_for(store: Store) -> list[str]:
    """Names of the windows that have to report before central grants anything again."""
    return [
        str(row[0])
        for row in store.all(
            "SELECT w.name FROM ticket_window w JOIN meta m ON m.key = 'incarnation' "
            "WHERE w.fenced = 0 AND w.incarnation NOT IN ('', m.value) ORDER BY w.id"
        )
    ]


def grant_again(store: Store) -> None:
    """Beside a window's own file, inside a transaction: grant where nobody is waited for."""
    if not waiting_for(store):
        store.run("DELETE FROM meta WHERE key = ?", (RECOVERING,))


def require_granting(store: Store, found: int) -> None:
    """Raise CentralRecovering where `GRANTING` found a row."""
    if found:
        raise CentralRecovering(windows=", ".join(waiting_for(store)))


def confirm(store: Store, who: Credentials, found: int) -> None:
    """Raise Fenced, EpochRuns or CentralUnreachable where `statement` found no row."""
    if found == 1:
        return
    if who.ended:
        raise EpochRuns(window=who.window)
    row = store.first("SELECT epoch, fenced FROM ticket_window WHERE id = ?", (who.window,))
    if row is None or int(row[0]) != who.epoch or row[1]:
        raise Fenced(window=who.window)
    raise CentralUnreachable(why=NEWER_CONNECTION)


def check(store: Store, who: Credentials) -> None:
    """Refuse a write of an older connection or an ended epoch; called inside the transaction."""
    confirm(store, who, 1 if store.first(*statement(store, who)) else 0)
