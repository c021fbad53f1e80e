"""Orders come in while windows sell: no seat is given to both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from boxoffice import exchange
from boxoffice.central import stock
from boxoffice.errors import StockMoved
from boxoffice.services.programme import catalogue
from boxoffice.services.programme.catalogue import FileReport
from tests import venues
from tests.faults.acts import pay, take
from tests.homes import PRESALE_HEAD, AtWork
from tests.venues import Venue

ORDER = (
    "TT0009,,web,2025-09-02T10:00:00+08:00,试九,19900000009,O2,1,1,5,adult,680.00,试九,"
    "passport,X0000009,paid\n"
)


@pytest.fixture
def at(tmp_path: Path) -> Iterator[tuple[Venue, AtWork]]:
    with (
        venues.venue(tmp_path) as venue,
        venue.at_work(venue.window("East")) as work,
    ):
        yield venue, work


def bring(venue: Venue) -> FileReport:
    """The order of seat 1-5, brought to central."""
    file = venue.folder / "more.csv"
    file.write_text(PRESALE_HEAD + ORDER, encoding="utf-8")
    with venue.opened() as central:
        (report,) = catalogue.keep_files(
            lambda work: work(central.store), central.seal, [exchange.read(file)]
        )
    return report


def test_a_seat_that_a_window_takes_meanwhile_stays_with_it(
    at: tuple[Venue, AtWork], monkeypatch: pytest.MonkeyPatch
) -> None:
    venue, work = at
    whole, baskets = stock.admit_orders, []

    def too_late(*args):
        if not baskets:
            baskets.append(take(work, (1, 5)))
        whole(*args)

    monkeypatch.setattr(stock, "admit_orders", too_late)
    report = bring(venue)
    assert [out.reason for out in report.exceptions] == ["seat_sold"]
    pay(work, baskets[0])
    with venue.opened() as central:
        assert central.store.first("SELECT count(*) FROM orders WHERE number = 'TT0009'") == (0,)


def test_a_window_that_is_faster_every_time_is_told_of(
    at: tuple[Venue, AtWork], monkeypatch: pytest.MonkeyPatch
) -> None:
    venue, _ = at
    tried = []

    def never(*_: object) -> None:
        tried.append(1)
        raise StockMoved()

    monkeypatch.setattr(stock, "admit_orders", never)
    with pytest.raises(StockMoved):
        bring(venue)
    assert len(tried) == catalogue.TRIES
