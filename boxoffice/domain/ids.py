"""Time-ordered identities: one per row, made where the row is made (UUID version 7, RFC 9562)."""

from __future__ import annotations

import os

from boxoffice import clock

_last = 0


def new_id() -> str:
    """32 hexadecimal digits; later ones sort after earlier ones made by this process."""
    global _last
    # 48 bits of milliseconds and 12 of sub-millisecond order; never backwards in one process.
    stamp = int(clock.now().timestamp() * 4_096_000)
    _last = stamp = max(stamp, _last + 1)
    milliseconds, fraction = stamp >> 12, stamp & 0xFFF
    tail = int.from_bytes(os.urandom(8), "big") & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return f"{milliseconds:012x}7{fraction:03x}{tail:016x}"
