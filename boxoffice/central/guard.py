"""Who may write to central: the current connection of a window in its current epoch (rule 5)."""

from __future__ import annotations

from boxoffice.central.items import Credentials, Hello
from boxoffice.errors import CentralUnreachable, Fenced
from boxoffice.records.custody import Window
from boxoffice.records.journal import CENTRAL_CHAIN
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import head_of

CENTRAL_EPOCH = 1


def hello(store: Store, window: int, epoch: int) -> Hello:
    """Begin a connection; later packets of an older one are refused.

    Raises Fenced where central does not know the window or has ended its epoch.
    """
    with store.transaction():
        raised = store.change(
            Window.update(connection=Window.connection + 1).where(
                Window.id == window, Window.epoch == epoch
            )
        )
        if raised != 1:
            raise Fenced(window=window)
        found = store.one(Window.select(Window.connection).where(Window.id == window))
        assert found is not None
        answers = store.first(
            "SELECT max(number) FROM answer WHERE window_id = ? AND epoch = ?", (window, epoch)
        )
        incarnation = store.first("SELECT value FROM meta WHERE key = 'incarnation'")
        return Hello(
            credentials=Credentials(window, epoch, int(found[0])),
            incarnation=str(incarnation[0]) if incarnation else "",
            head=head_of(store, window, epoch),
            answers=int(answers[0] or 0) if answers else 0,
            central_head=head_of(store, CENTRAL_CHAIN, CENTRAL_EPOCH),
        )


def check(store: Store, who: Credentials) -> None:
    """Refuse a write of an older connection or an ended epoch; called inside the transaction."""
    found = store.first("SELECT connection, epoch FROM ticket_window WHERE id = ?", (who.window,))
    if found is None or int(found[1]) != who.epoch:
        raise Fenced(window=who.window)
    if int(found[0]) != who.connection:
        raise CentralUnreachable(why="a newer connection of this window exists")
