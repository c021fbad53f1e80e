"""What the customer of an order was told from this window, and what became of each notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.domain.masking import mask_phone
from boxoffice.errors import RecordsUnreadable
from boxoffice.notices.addresses import mask_mail
from boxoffice.notices.protocol import Channel
from boxoffice.records.personal import Seal
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class Told:
    """A notice of an order as a screen may show it; `at` is when it ended, or was queued."""

    kind: str
    channel: str
    masked: str
    status: str
    trouble: str
    at: datetime


def told(store: Store, seal: Seal, order_id: str) -> tuple[Told, ...]:
    """The notices of an order in this window's outbox, the oldest first."""
    return tuple(
        Told(
            kind,
            channel,
            _masked(seal, channel, sealed),
            status,
            trouble,
            clock.from_text(ended or created),
        )
        for kind, channel, sealed, status, trouble, created, ended in store.all(
            "SELECT kind, channel, address_sealed, status, trouble, created_at, ended_at "
            "FROM notice WHERE order_id = ? ORDER BY coalesce(ended_at, created_at), id",
            (order_id,),
        )
    )


def _masked(seal: Seal, channel: str, sealed: str) -> str:
    """As it may be shown; nothing of one that is damaged in the file."""
    try:
        address = seal.open(sealed)
    except RecordsUnreadable:
        return ""
    return mask_mail(address) if channel == Channel.MAIL else mask_phone(address)
