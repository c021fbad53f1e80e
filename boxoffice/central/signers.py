"""Who signed a ticket code: the certified key of a window's epoch, and whether it is on line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from boxoffice.central.wishing import silent_since
from boxoffice.domain.signing import CertifiedKey
from boxoffice.records.postgres import SERVER_NOW
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class Signer:
    """A window in one of its epochs."""

    window: str
    key: CertifiedKey
    silent_since: datetime | None
    """Since when central has not heard of the window, where it is off line."""


def signer(store: Store, window: int, epoch: int) -> Signer | None:
    """The epoch of a window as central knows it; None where there is no such one."""
    now, given = (SERVER_NOW, ()) if store.shared else store.now()
    found = store.first(
        f"SELECT w.name, e.public_key, e.certificate, w.last_seen, {now} FROM window_epoch e "
        "JOIN ticket_window w ON w.id = e.window_id WHERE e.window_id = ? AND e.epoch = ?",
        (*given, window, epoch),
    )
    if found is None:
        return None
    name, public, certificate, seen, at = found
    key = CertifiedKey(window, epoch, bytes.fromhex(public), bytes.fromhex(certificate))
    return Signer(str(name), key, silent_since(seen, at))
