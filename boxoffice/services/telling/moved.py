"""Sessions that moved to another time: told to all who hold tickets, a few orders at a time.

The catalogue brings the new time; `session_told` holds the one that customers know. It is set to
the new one when all are told, so a crash goes on where it was. What each customer heard last
stands in the outbox: whoever knows the new time already is not told again, and a session that moves
back is told to those who heard that it had moved.
"""

from __future__ import annotations

import json

from boxoffice import clock
from boxoffice.notices.kinds import Kind
from boxoffice.records.store import Row, Store
from boxoffice.records.unit_of_work import Unit
from boxoffice.services.office import Office
from boxoffice.services.telling.queueing import queue
from boxoffice.services.telling.whose import NOTED, OURS

ORDERS_AT_ONCE = 100
"""A sale may wait behind so many."""

_CHANGED = """
SELECT s.id, s.name_zh, s.name_en, s.starts_at, t.starts_at, t.moves_to, t.told_until
FROM session s LEFT JOIN session_told t ON t.session_id = s.id
WHERE t.starts_at IS NULL OR t.starts_at <> s.starts_at
  OR t.moves_to NOT IN ('', s.starts_at) ORDER BY s.id
"""
_HOLDERS = f"""
SELECT DISTINCT o.id, CASE WHEN {OURS} THEN 1 ELSE 0 END
FROM ticket t JOIN orders o ON o.id = t.order_id
WHERE t.session_id = ? AND t.live = 1 AND o.id > ? AND ({NOTED} OR {OURS}) ORDER BY o.id LIMIT ?
"""
_HEARD = """
SELECT facts, (SELECT count(DISTINCT once) FROM notice WHERE once > ? AND once < ?)
FROM notice WHERE once > ? AND once < ? ORDER BY created_at DESC, id DESC LIMIT 1
"""


def follow(office: Office) -> None:
    """Note sessions that are new here; of one that moved lay the next notices into the outbox."""
    changed: list[Row] = office.read(lambda store: store.all(_CHANGED))
    if not changed:
        return
    now = clock.to_text(clock.now())
    known = {int(row[0]): str(row[3]) for row in changed if _nobody_to_tell(office, row, now)}
    if known:
        office.write(lambda store: _know(store, known))
    for row in changed:
        if int(row[0]) not in known:
            office.unit(lambda unit, row=row: _tell(unit, office, row), ["notices"])  # type: ignore[misc]
            return


def _nobody_to_tell(office: Office, row: Row, now: str) -> bool:
    """A session that is new here, or whose new time is past already; or no channel is set up."""
    return row[4] is None or str(row[3]) <= now or not office.senders


def _know(store: Store, known: dict[int, str]) -> None:
    store.many(
        "INSERT INTO session_told (session_id, starts_at, moves_to, told_until) "
        "VALUES (?, ?, '', '') ON CONFLICT (session_id) DO UPDATE SET "
        "starts_at = excluded.starts_at, moves_to = '', told_until = ''",
        list(known.items()),
    )


def _tell(unit: Unit, office: Office, row: Row) -> None:
    session, name_zh, name_en, starts_at, before, moves_to, told_until = row
    # Moved once more meanwhile: all hear of the newest time.
    after = told_until if moves_to == starts_at else ""
    window = unit.chain.window
    params = (window, window, session, after, window, window, ORDERS_AT_ONCE)
    orders = unit.store.all(_HOLDERS, params)
    facts: dict[str, str | int] = {"session_zh": name_zh, "session_en": name_en}
    for order_id, ours in orders:
        about = f"moved {order_id} {session} "
        heard, times = _heard(unit.store, about)
        was = heard or before
        if was != starts_at:
            told = facts | {"starts_at": was, "new_starts_at": starts_at}
            once = f"{about}{times + 1}"
            queue(unit, office, order_id, Kind.SESSION_MOVED, told, once, noted_only=not ours)
    if len(orders) < ORDERS_AT_ONCE:
        _know(unit.store, {session: starts_at})
        return
    unit.store.run(
        "UPDATE session_told SET moves_to = ?, told_until = ? WHERE session_id = ?",
        (starts_at, orders[-1][0], session),
    )


def _heard(store: Store, about: str) -> tuple[str, int]:
    """The time a customer was told last, "" for none, and how often that was: the same move may
    come again after it was taken back."""
    # All that begins so: the blank at its end is followed by "!".
    between = (about, f"{about[:-1]}!")
    found = store.first(_HEARD, (*between, *between))
    return ("", 0) if found is None else (str(json.loads(found[0])["new_starts_at"]), int(found[1]))
