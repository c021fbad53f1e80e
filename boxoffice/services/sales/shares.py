"""What each payment of a checkout still holds, and by which tender it came in the first place."""

from __future__ import annotations

from boxoffice.domain.accounts import EXCHANGE
from boxoffice.domain.money import Money, split
from boxoffice.queries.purchases import source
from boxoffice.records.store import Store


def shares(store: Store, checkout: str, whole: int) -> list[tuple[str, str, int]]:
    """(payment, tender, fen) of a sum, in proportion to what each payment of it still holds.

    `checkout` is that of several payments, or the id of one that stands by itself. No part is above
    what its payment holds, for the sum is not above them all. Of money that was paid for a ticket
    that was exchanged since, the tender is the one it was paid by then.
    """
    left = [
        (str(row[0]), str(row[1]), int(row[2]))
        for row in store.all(
            "SELECT p.id, p.tender, p.amount_fen - (SELECT coalesce(sum(b.amount_fen), 0) "
            "FROM payback b WHERE b.payment_id = p.id AND (b.status NOT IN ('closed', 'dead') OR "
            # Owed as before: it waits for another way.
            "(b.status = 'dead' AND NOT EXISTS "
            "(SELECT 1 FROM payback n WHERE n.replaces = b.id)))) "
            "FROM payment p WHERE p.checkout_id = ? OR (p.id = ? AND p.checkout_id IS NULL) "
            "ORDER BY p.paid_at, p.id",
            (checkout, checkout),
        )
    ]
    if not whole:
        return []
    parts = split(Money(whole), [fen for *_, fen in left])
    return [
        (payment, source(store, payment)[1] if tender == EXCHANGE else tender, part.fen)
        for (payment, tender, _), part in zip(left, parts, strict=True)
        if part.fen
    ]
