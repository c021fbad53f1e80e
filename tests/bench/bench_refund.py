"""A quote and its refund of a ticket from a full house, durable, against as many bare commits."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from boxoffice.services.aftersales import refunds
from boxoffice.services.office import Office
from tests.bench.commits import (
    ASKED_AGAIN,
    CENTRAL,
    ROUNDS,
    WARM_UP,
    WINDOW,
    bare,
    figure,
    in_turn,
)
from tests.bench.homes import at_work, large_home
from tests.homes import AtWork

REFUND_COMMITS = (
    (WINDOW, "request for the order"),
    (CENTRAL, "grant with its rows"),
    (WINDOW, "grant stored; ticket, line, refund, slip, postings, journal"),
    (CENTRAL, "push"),
    (ASKED_AGAIN, "acknowledged"),
)


def figures() -> Iterator[dict[str, object]]:
    """Medians of quote and refund together and of the bare commits, taken in turn."""
    with tempfile.TemporaryDirectory() as folder, at_work(large_home(Path(folder))) as work:
        ours, theirs = in_turn(_refunds(work), bare(Path(folder), REFUND_COMMITS))
        yield figure("quote_and_refund", ours, theirs, REFUND_COMMITS)


def _refunds(work: AtWork) -> Iterator[Callable[[], object]]:
    """First tickets of orders sold on line, each asked of its channel."""
    found = work.office.read(
        lambda store: store.all(
            "SELECT l.order_id, l.id FROM order_line l JOIN session s ON s.id = l.session_id "
            "JOIN orders o ON o.id = l.order_id WHERE o.channel <> 'window' AND l.position = 1 "
            "AND l.policy <> 'finals' ORDER BY s.starts_at DESC, o.number LIMIT ?",
            (ROUNDS + WARM_UP,),
        )
    )
    for order_id, line_id in found:
        yield lambda order_id=order_id, line_id=line_id: _refund(
            work.office, work, order_id, line_id
        )


def _refund(office: Office, work: AtWork, order_id: str, line_id: str) -> None:
    seen = refunds.quote(office=office, desk=work.desk, order_id=order_id, line_ids=[line_id])
    refunds.refund(
        office=office,
        desk=work.desk,
        order_id=order_id,
        line_ids=[line_id],
        quoted_fen=seen.quote.amount_fen,
        papers_back=True,
    )
