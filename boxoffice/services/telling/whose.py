"""Which window tells the customer of an order what no window did itself: each address once.

The phone of an order is written to by the window that sold it; of what a channel sold, by that of
the lowest number. Addresses that were noted are written to by the window that noted them.
"""

from __future__ import annotations

NOTED = "EXISTS (SELECT 1 FROM contact c WHERE c.order_id = o.id)"
"""SQL: whether an address for order `o` was noted here."""
OURS = (
    "(o.window_id = ? OR (o.window_id = 0 "
    "AND NOT EXISTS (SELECT 1 FROM window_name w WHERE w.id < ?)))"
)
"""SQL: whether the phone of order `o` is this window's to write to; wants its number twice."""
