"""Steps of policies in few words, for the tests of refunds."""

from __future__ import annotations

from datetime import datetime

from boxoffice.clock import VENUE_ZONE
from boxoffice.domain.refunding import Per, Tier


def at(text: str) -> datetime:
    """A moment at the venue."""
    return datetime.fromisoformat(text).replace(tzinfo=VENUE_ZONE)


def tier(position: int, until: str | int | None, points: int | None, **more: object) -> Tier:
    """A step until a moment, so many hours before the start or for ever; None: no refund."""
    values: dict[str, object] = {
        "policy": "p",
        "valid_from": "2023-01-01",
        "position": position,
        "until_hours_before_start": until if isinstance(until, int) else None,
        "until_at": at(until) if isinstance(until, str) else None,
        "inclusive": True,
        "refundable": points is not None,
        "fee_basis_points": points or 0,
        "fee_fen": 0,
        "per": Per.TICKET,
        "whole_order_only": False,
        "note_zh": "",
        "note_en": "",
    }
    return Tier(**{**values, **more})  # type: ignore[arg-type]
