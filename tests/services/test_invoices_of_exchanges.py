"""Tax invoices follow exchanges: less is taken back by a red one, more is asked for anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from boxoffice.services.aftersales import invoice_filing, invoices
from boxoffice.services.aftersales.invoice_hands import of_window
from boxoffice.services.aftersales.invoices import Wanted
from tests.faults.acts import rows
from tests.homes import AtWork, at_work, small_home
from tests.services.exchange_acts import begin, cash, clean, exchange, give_up, to_seats
from tests.services.return_acts import sell_at

A, B = 68_000, 28_000


@pytest.fixture
def work(tmp_path: Path) -> Iterator[AtWork]:
    with at_work(small_home(tmp_path), number="3001") as found:
        yield found


def ask(work: AtWork, order: str) -> str:
    wanted = Wanted("某某体育有限公司", "91110000600037341L")
    return invoices.ask(office=work.office, desk=work.desk, order_id=order, wanted=wanted).id


def file_all(work: AtWork, folder: Path) -> int:
    return invoice_filing.file_all(hands=of_window(work.office, work.desk), folder=folder).requests


def asked(work: AtWork) -> list[tuple[object, ...]]:
    return rows(work, "SELECT kind, status, amount_fen FROM invoice ORDER BY created_at, id")


def test_an_upgrade_before_it_is_filed_is_invoiced_too(work: AtWork, tmp_path: Path) -> None:
    order = sell_at(work, "O2", (3, 5))
    ask(work, order)
    exchange(work, order, to_seats(work, order, (1, 5)))
    assert asked(work) == [("blue", "dropped", B), ("blue", "wanted", A)]
    titles = rows(work, "SELECT DISTINCT title_sealed FROM invoice")
    assert len(titles) == 1
    clean(work)
    assert file_all(work, tmp_path) == 1
    clean(work)


def test_what_goes_back_asks_for_a_red_one(work: AtWork, tmp_path: Path) -> None:
    order = sell_at(work, "O2", (1, 5), (1, 6))
    ask(work, order)
    assert file_all(work, tmp_path) == 1
    exchange(work, order, to_seats(work, order, (3, 5)))
    assert asked(work) == [("blue", "filed", 2 * A), ("red", "wanted", A - B)]
    clean(work)
    exchange(work, order, to_seats(work, order, (3, 7)))
    assert asked(work)[1:] == [("red", "wanted", A - B)] * 2
    clean(work)


def test_less_before_it_is_filed_lowers_it(work: AtWork) -> None:
    order = sell_at(work, "O2", (1, 5))
    ask(work, order)
    exchange(work, order, to_seats(work, order, (3, 5)))
    assert asked(work) == [("blue", "wanted", B)]
    clean(work)


def test_one_given_up_changes_nothing(work: AtWork) -> None:
    order = sell_at(work, "O2", (3, 5))
    ask(work, order)
    begin(work, order, to_seats(work, order, (1, 5)))
    cash(work, order, 10_000)
    give_up(work, order)
    assert asked(work) == [("blue", "wanted", B)]
    clean(work)
