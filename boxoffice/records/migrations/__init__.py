"""Hand-written steps from one version of the records to the next; a step never changes again.

Each step is a module with SHARED, WINDOW and CENTRAL statements: what both files get, and what
only one of them gets. The number of the last step is the version of the file (user_version).
"""

from __future__ import annotations

from types import ModuleType

from boxoffice.records.migrations import m0001_first, m0002_windows, m0003_money

STEPS: tuple[ModuleType, ...] = (m0001_first, m0002_windows, m0003_money)
VERSION = len(STEPS)

ON_OPEN = {
    "WINDOW": """
CREATE TEMP TABLE reporting (order_id TEXT PRIMARY KEY, request_id TEXT) STRICT, WITHOUT ROWID;
INSERT INTO reporting SELECT order_id, request_id FROM held_order h
  -- With money on its way it was told, if at all, as one that stays here.
  WHERE NOT EXISTS (SELECT 1 FROM attempt a WHERE a.order_id = h.order_id AND a.ended_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM payback b WHERE b.order_id = h.order_id AND b.ended_at IS NULL
  AND b.status IN ('created', 'sent', 'unknown') AND b.tender <> 'bank:transfer')
  AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = h.order_id
    AND o.status IN ('part_paid', 'exchanging'))
  AND EXISTS
  (SELECT 1 FROM journal j WHERE j.order_id = h.order_id AND j.window_id <> 0
  AND j.epoch = coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'epoch'), 1)
  AND j.number >
  coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'pushed_number'), 0));
CREATE TEMP TABLE search_due (order_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TEMP TRIGGER search_new AFTER INSERT ON main.orders WHEN NEW.version > 0
BEGIN INSERT OR IGNORE INTO search_due VALUES (NEW.id); END;
CREATE TEMP TRIGGER search_changed AFTER UPDATE OF version ON main.orders WHEN NEW.version > 0
BEGIN INSERT OR IGNORE INTO search_due VALUES (NEW.id); END;
""",
    "CENTRAL": "",
}
"""What every connection that writes makes for itself, in memory.

`reporting`: orders told to central whose answer is not here yet. Central may have taken them back,
so they are not changed until it answers. What ran before may have told it of all that is unsent.

`search_due`: orders changed or brought by the transaction under way; the search index follows them
before its commit (`search_index`).
"""
