"""Windows as central knows them: a new one, and a new epoch of one it knows."""

from __future__ import annotations

from boxoffice import clock
from boxoffice.central.pulling import raise_version
from boxoffice.domain.signing import CertifiedKey
from boxoffice.records.custody import Window, WindowEpoch, WindowName
from boxoffice.records.store import Store


def enrol(store: Store, window: int, name: str, key: CertifiedKey) -> None:
    """Enter a new window in its first epoch; called inside a transaction."""
    row = {
        "id": window,
        "name": name,
        "epoch": key.epoch,
        "connection": 0,
        "last_seen": None,
        "fenced": 0,
        "incarnation": "",
        "unsent": 0,
        "released": "",
    }
    store.insert(Window, [row])
    store.insert(WindowName, [{"id": window, "name": name}])
    begin_epoch(store, key)
    raise_version(store, "people_version")


def begin_epoch(store: Store, key: CertifiedKey) -> None:
    """What the window writes from now on stands under this key."""
    row = {
        "window_id": key.window,
        "epoch": key.epoch,
        "public_key": key.public_key.hex(),
        "certificate": key.certificate.hex(),
        "began_at": clock.to_text(clock.now()),
        "ended_at": None,
        "reason": "",
        "received_at": None,
    }
    store.insert(WindowEpoch, [row])
