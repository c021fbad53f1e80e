"""The public keys gates need: of every epoch of every window, certified by central."""

from __future__ import annotations

from boxoffice.central import founding
from boxoffice.domain.signing import CertifiedKey, RootKey, export_keys
from boxoffice.records.keys import Keys
from boxoffice.records.store import Store


def export(store: Store, root: bytes) -> dict[str, object]:
    """Ready for JSON. `store` is central, `root` the public key of its home."""
    keys = [
        CertifiedKey(row[0], row[1], bytes.fromhex(row[2]), bytes.fromhex(row[3]))
        for row in store.all(
            "SELECT window_id, epoch, public_key, certificate FROM window_epoch ORDER BY 1, 2"
        )
    ]
    return {**export_keys(root, keys), "freed": _freed(store)}


def _freed(store: Store) -> list[dict[str, object]]:
    """Codes that are dead: of a lost epoch, for a seat that went back on sale.

    Seat 0: any code of that epoch for the session whose ticket central does not know.
    """
    names = ("window", "epoch", "session", "seat", "at")
    return [
        dict(zip(names, row, strict=True))
        for row in store.all(
            "SELECT window_id, epoch, session_id, seat_id, at FROM freed_seat ORDER BY at, id"
        )
    ]


def root_of(keys: Keys, window: Store) -> bytes:
    """Central's public key as this home knows it: of its own, or from its enrolment file."""
    if keys.root:
        return RootKey(keys.raw("root")).public_key
    found = window.first("SELECT value FROM meta WHERE key = ?", (founding.ROOT,))
    return bytes.fromhex(str(found[0])) if found else b""
