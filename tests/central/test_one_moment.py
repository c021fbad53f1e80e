"""An order is read whole as it stood at one moment, whatever is pushed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from boxoffice.central import pulling
from boxoffice.central.items import Line
from boxoffice.records import whole_order
from boxoffice.services.aftersales import refunds
from tests import servers
from tests.faults.acts import pay, rows, take
from tests.homes import AtWork, at_work
from tests.windows import window_home


@pytest.fixture
def work(tmp_path: Path) -> Iterator[tuple[AtWork, str]]:
    database = servers.fresh_database()
    with at_work(window_home(tmp_path, database, 1)) as found:
        yield found, database


@pytest.mark.parametrize("statements", range(1, 13))
def test_a_push_between_two_tables(work: tuple[AtWork, str], statements: int) -> None:
    """After so many statements of the reader the order changes in several tables."""
    window, database = work
    order = take(window, (1, 5), (1, 6))
    pay(window, order)
    (line,) = rows(window, "SELECT id FROM order_line WHERE order_id = ? LIMIT 1", order)[0]
    quoted = refunds.quote(
        office=window.office, desk=window.desk, order_id=order, line_ids=[line]
    ).quote.amount_fen

    def change() -> None:
        refunds.refund(
            office=window.office,
            desk=window.desk,
            order_id=order,
            line_ids=[line],
            quoted_fen=quoted,
            papers_back=True,
        )

    with closing(servers.as_window(database, 2)) as reader:
        # At the line itself: several of them travel together.
        line_to_it = reader._line
        left, ask = statements, line_to_it.execute

        def slowly(*given: Any, **more: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                change()
            return ask(*given, **more)

        line_to_it.execute = slowly  # type: ignore[method-assign]
        lines = [Line((0, 1), order, None, 1)]
        found = pulling.read(reader, 2, lines, {order}).orders
        line_to_it.execute = ask  # type: ignore[method-assign]
        # One that changed before it was read comes with the line that tells of it. The moment is
        # that of the first question, which follows BEGIN.
        assert len(found) == (statements > 2)
        for seen in found:
            ((digest,),) = reader.all(
                "SELECT order_digest FROM journal WHERE order_id = ? AND order_version = ?",
                (order, whole_order.head(seen, "version")),
            )
            assert whole_order.digest(seen) == digest
