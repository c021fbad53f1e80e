"""Refund policies in the version something was sold under."""

from __future__ import annotations

from boxoffice import clock
from boxoffice.domain.fees import Base
from boxoffice.domain.refunding import Again, Per, Tier
from boxoffice.records.store import Store

_TIER = (
    "policy, valid_from, position, until_hours_before_start, until_at, inclusive, refundable, "
    "fee_basis_points, fee_fen, per, whole_order_only, note_zh, note_en, resale_after_minutes, "
    "until_minutes_before_start, until_minutes_after_purchase, fee_base, handling_basis_points, "
    "handling_base, least_fee_fen, most_fee_fen, again, complimentary_excluded"
)


class Policies:
    """Reads each version once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[tuple[str, str], list[Tier]] = {}

    def in_force(self, policy: str, day: str) -> list[Tier]:
        """The steps of the newest version not after that business day; none before the first."""
        if (policy, day) not in self._read:
            self._read[policy, day] = [
                _tier(row)
                for row in self._store.all(
                    f"SELECT {_TIER} FROM refund_tier WHERE policy = ? AND valid_from = (SELECT "
                    "max(valid_from) FROM refund_tier WHERE policy = ? AND valid_from <= ?) "
                    "ORDER BY position",
                    (policy, policy, day),
                )
            ]
        return self._read[policy, day]


def _tier(row: tuple[object, ...]) -> Tier:
    values = list(row)
    values[4] = None if values[4] is None else clock.from_text(str(values[4]))
    for flag in (5, 6, 10, 22):
        values[flag] = bool(values[flag])
    values[9] = Per(str(values[9]))
    values[16], values[18] = Base(str(values[16])), Base(str(values[18]))
    values[21] = Again(str(values[21]))
    return Tier(*values)  # type: ignore[arg-type]
