"""That a return was taken on: told to the customer, unless the money is in their hand already."""

from __future__ import annotations

from boxoffice.notices.kinds import Kind
from boxoffice.records.unit_of_work import Unit
from boxoffice.services.aftersales.returns import Back
from boxoffice.services.office import Office
from boxoffice.services.telling.queueing import queue


def accepted(unit: Unit, office: Office, back: Back) -> None:
    """In the unit of work of a return: what of it is on its way, by each way."""
    for tender, fen in back.requests:
        if fen:
            once = f"return {back.order_id} {unit.chain.epoch}-{unit.number} {tender}"
            facts: dict[str, str | int] = {"amount": fen, "way": tender}
            queue(unit, office, back.order_id, Kind.REFUND_ACCEPTED, facts, once)
