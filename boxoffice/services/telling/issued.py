"""Tax invoices that the platform issued: told to their customers once the records say so.

What became of them is taken in at any window, or where the central records are looked after; each
customer hears of it from the window that has their address.
"""

from __future__ import annotations

from datetime import timedelta

from boxoffice import clock
from boxoffice.notices.kinds import Kind
from boxoffice.records.store import Row
from boxoffice.records.unit_of_work import Unit
from boxoffice.services.office import Office
from boxoffice.services.telling import contacts
from boxoffice.services.telling.queueing import queue
from boxoffice.services.telling.whose import NOTED, OURS

NEWS_DAYS = 14
"""What was issued longer ago is told nobody: a window may be new, and others told it then."""
AT_ONCE = 100
"""A sale may wait behind so many."""
_ISSUED = f"""
SELECT i.id, i.order_id, i.amount_fen, i.number, CASE WHEN {OURS} THEN 1 ELSE 0 END
FROM invoice i JOIN orders o ON o.id = i.order_id
WHERE i.status = 'issued' AND i.kind = 'blue' AND i.issued_on >= ?
  AND ({NOTED} OR ({OURS} AND coalesce(o.phone_sealed, '') <> ''))
  AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.once = 'invoice ' || i.id)
ORDER BY i.issued_on, i.id
"""


def follow(office: Office, unreached: set[Row]) -> None:
    """Lay into the outbox what was issued and not told yet.

    Whom no channel reaches is added to `unreached`, and left out while it stands there.
    """
    if not office.senders:
        return
    window = office.chain.window
    since = clock.business_day(clock.now()) - timedelta(days=NEWS_DAYS)
    params = (window, window, since.isoformat(), window, window)
    found: list[Row] = office.read(lambda store: store.all(_ISSUED, params))
    fresh = [row for row in found if row not in unreached][:AT_ONCE]
    reached = [row for row in fresh if _reached(office, row)]
    unreached.update(row for row in fresh if row not in reached)
    if reached:
        office.unit(lambda unit: _tell(unit, office, reached), ["notices"])


def _reached(office: Office, row: Row) -> bool:
    """Whether this window has an address that a channel of it writes to."""
    _, order_id, _, _, ours = row
    usual = office.settings.language
    reach: contacts.Reach = office.read(
        lambda store: contacts.reach(store, office.seal, order_id, usual, noted_only=not ours)
    )
    return any(reach.address(channel) for channel in office.senders)


def _tell(unit: Unit, office: Office, rows: list[Row]) -> None:
    for invoice, order_id, amount, number, ours in rows:
        facts: dict[str, str | int] = {"amount": int(amount), "number": number}
        once = f"invoice {invoice}"
        queue(unit, office, order_id, Kind.INVOICE_ISSUED, facts, once, noted_only=not ours)
