"""Who may write to central: the current connection of a window in its current epoch (rule 5)."""

from __future__ import annotations

from boxoffice import clock
from boxoffice.central.items import Credentials, Hello
from boxoffice.errors import CentralUnreachable, Fenced
from boxoffice.records.journal import CENTRAL_CHAIN
from boxoffice.records.store import Statement, Store
from boxoffice.records.unit_of_work import head_of

CENTRAL_EPOCH = 1


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
            found = store.first(
                "SELECT connection FROM ticket_window WHERE id = ? AND epoch = ? AND fenced = 0",
                (window, epoch),
            )
        if found is None or found[0] is None:
            raise Fenced(window=window)
        answers = store.first(
            "SELECT max(number) FROM answer WHERE window_id = ? AND epoch = ?", (window, epoch)
        )
        return Hello(
            credentials=Credentials(window, epoch, int(found[0])),
            incarnation=incarnation(store),
            head=head_of(store, window, epoch),
            answers=int(answers[0] or 0) if answers else 0,
            central_head=head_of(store, CENTRAL_CHAIN, CENTRAL_EPOCH),
        )


def incarnation(store: Store) -> str:
    """Which life of central this is; another one after it was restored from a backup."""
    found = store.first("SELECT value FROM meta WHERE key = 'incarnation'")
    return str(found[0]) if found else ""


def statement(store: Store, who: Credentials) -> Statement:
    """Finds one row where this connection may still write, and keeps it so until the commit."""
    if store.shared:
        # A function of the owner: a window may lock this row, and not change it.
        return "SELECT 1 WHERE guard(?, ?)", (who.connection, who.epoch)
    return (
        "SELECT 1 FROM ticket_window WHERE id = ? AND epoch = ? AND connection = ? AND fenced = 0",
        (who.window, who.epoch, who.connection),
    )


def confirm(store: Store, who: Credentials, found: int) -> None:
    """Raise Fenced or CentralUnreachable where `statement` found no row."""
    if found == 1:
        return
    row = store.first("SELECT epoch, fenced FROM ticket_window WHERE id = ?", (who.window,))
    if row is None or int(row[0]) != who.epoch or row[1]:
        raise Fenced(window=who.window)
    raise CentralUnreachable(why="a newer connection of this window exists")


def check(store: Store, who: Credentials) -> None:
    """Refuse a write of an older connection or an ended epoch; called inside the transaction."""
    confirm(store, who, 1 if store.first(*statement(store, who)) else 0)
