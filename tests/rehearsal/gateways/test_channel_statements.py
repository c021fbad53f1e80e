"""The statement of a simulated channel: whole, and in agreement with the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from boxoffice.rehearsal.gateways.channel import channel_statement
from boxoffice.services.money import bills, books
from boxoffice.services.money.bills import BillReport
from boxoffice.services.sharing import sync
from tests.homes import AtWork, at_work, small_home
from tests.services.return_acts import be, by_number, refund

BOTH_ORDERS_FEN, BACK_FEN = 2 * 68_000 + 28_000, 108_800


@pytest.fixture
def work(tmp_path: Path) -> Iterator[AtWork]:
    with at_work(small_home(tmp_path)) as found:
        be("2025-09-20T10:00:00")
        yield found


def held(work: AtWork, folder: Path, day: date) -> BillReport:
    """The statement of a day held against the ledger."""
    sync.push(work.office)
    content = work.office.link.call(lambda store, _: channel_statement(store, day))
    assert content is not None
    path = folder / f"{day}.csv"
    path.write_bytes(content)
    (bill,) = bills.read(path, bills.mappings_of(work.office.home))
    return bills.keep(books.of_window(work.office), bill)


def test_what_was_sold(work: AtWork, tmp_path: Path) -> None:
    found = [held(work, tmp_path, date(2025, 9, day)) for day in (1, 2)]
    assert [(report.whole, report.closed) for report in found] == [(True, True)] * 2
    assert sum(report.theirs_fen for report in found) == BOTH_ORDERS_FEN


def test_what_is_to_go_back(work: AtWork, tmp_path: Path) -> None:
    day = date(2025, 9, 20)
    assert work.office.link.call(lambda store, _: channel_statement(store, day)) is None
    refund(work, by_number(work, "TT0001"))
    report = held(work, tmp_path, day)
    assert (report.whole, report.closed, report.theirs_fen) == (True, True, -BACK_FEN)
