"""Notices laid into the outbox, in the unit of work of what they tell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import NoticeStatus, PaybackStatus
from boxoffice.notices.kinds import Kind, stored
from boxoffice.notices.protocol import Channel
from boxoffice.records.notices import Notice
from boxoffice.records.unit_of_work import Unit
from boxoffice.services.office import Office
from boxoffice.services.telling import contacts


def queue(
    unit: Unit,
    office: Office,
    order_id: str,
    kind: Kind,
    facts: Mapping[str, str | int],
    once: str,
    *,
    noted_only: bool = False,
) -> int:
    """Tell the customer of an order something, by every channel that reaches them; answers how
    many notices wait now.

    `once` names what is told: the same is told once, however often it is queued. Event, order and
    code to ask by come by themselves. `noted_only`: another window writes to the phone of the
    order. Raises ValueError where facts are missing or too many.
    """
    if not office.senders:
        return 0
    settings = office.settings
    head = unit.store.first("SELECT number FROM orders WHERE id = ?", (order_id,))
    whole = {
        "event_zh": settings.event_zh,
        "event_en": settings.event_en,
        "order": (head[0] if head else "") or "",
        "code": contacts.ask_code(office.seal, order_id),
        **facts,
    }
    if set(whole) != stored(kind):
        raise ValueError(f"{kind}: {sorted(set(whole) ^ stored(kind))}")
    reach = contacts.reach(
        unit.store, office.seal, order_id, settings.language, noted_only=noted_only
    )
    rows = [
        _row(unit, office, order_id, kind, reach.language, channel, reach.address(channel), whole)
        | {"once": once}
        for channel in Channel
        if channel in office.senders and reach.address(channel)
    ]
    unit.store.insert(Notice, rows, conflict="ON CONFLICT (once, channel) DO NOTHING")
    return len(rows)


def _row(
    unit: Unit,
    office: Office,
    order_id: str,
    kind: Kind,
    language: str,
    channel: Channel,
    address: str,
    facts: Mapping[str, Any],
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "order_id": order_id,
        "kind": kind,
        "language": language,
        "channel": channel,
        "address_sealed": office.seal.seal(address),
        "facts": json.dumps(facts, ensure_ascii=False, sort_keys=True),
        "status": NoticeStatus.QUEUED,
        "tries": 0,
        "next_at": unit.at,
        "sending_at": None,
        "trouble": "",
        "created_at": unit.at,
        "ended_at": None,
    }


_OF_PAYBACK = {
    PaybackStatus.ACCEPTED: Kind.REFUND_SENT,
    PaybackStatus.ARRIVED: Kind.REFUND_ARRIVED,
    PaybackStatus.DEAD: Kind.REFUND_REFUSED,
}
"""What a customer hears of a payback. One that is closed goes out again by itself: no news."""


def payback_moved(
    unit: Unit, office: Office, row: Mapping[str, Any], was: PaybackStatus, now: PaybackStatus
) -> None:
    """Tell what became of money on its way back."""
    kind = _OF_PAYBACK.get(now)
    if kind is not None and now is not was:
        facts = {"amount": row["amount_fen"], "way": row["tender"]}
        queue(unit, office, row["order_id"], kind, facts, f"payback {row['id']} {now.value}")
