"""Tax invoices of a venue of several windows: one per order, filed once, wherever it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from boxoffice.errors import NoInvoice
from boxoffice.services.aftersales import invoice_filing, invoices
from boxoffice.services.aftersales.invoice_hands import of_window
from boxoffice.services.sharing import following, sync
from boxoffice.services.staff import operators
from tests.faults.acts import rows, sell
from tests.homes import AtWork
from tests.services.return_acts import refund
from tests.services.test_invoices import COMPANY, answer, issued
from tests.windows import two_windows


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[AtWork, AtWork]]:
    with two_windows(tmp_path_factory.mktemp("venue")) as found:
        yield found


def supervised(work: AtWork) -> AtWork:
    boss = operators.operator_by_number(office=work.office, number="3001")
    return AtWork(work.office, replace(work.desk, operator=boss))


def in_step(*works: AtWork) -> None:
    for work in works:
        sync.push(work.office)
    for work in works:
        while following.pull_page(work.office).more:
            pass


def file_all(work: AtWork, folder: Path) -> invoice_filing.Filed:
    boss = supervised(work)
    return invoice_filing.file_all(hands=of_window(boss.office, boss.desk), folder=folder)


def test_one_order_one_invoice_one_file(both: tuple[AtWork, AtWork], tmp_path: Path) -> None:
    one, two = both
    order = sell(one, (1, 5), (1, 6)).order_id
    in_step(one, two)
    asked = invoices.ask(office=two.office, desk=two.desk, order_id=order, wanted=COMPANY)
    # The first window has not heard of it yet, and still cannot ask again: it takes custody first.
    sync.push(two.office)
    with pytest.raises(NoInvoice):
        invoices.ask(office=one.office, desk=one.desk, order_id=order, wanted=COMPANY)
    in_step(one, two)
    assert file_all(one, tmp_path).requests == 1
    sync.push(one.office)
    # Two still sees it wanted, until it has it in custody with its current rows.
    assert rows(two, "SELECT status FROM invoice") == [("wanted",)]
    assert file_all(two, tmp_path).requests == 0
    in_step(two, one)
    boss = supervised(two)
    done = invoice_filing.take_in(
        hands=of_window(boss.office, boss.desk), raw=answer(issued(asked.id)), name="back.csv"
    )
    assert done.issued == 1
    in_step(two, one)
    (line, *_) = rows(one, "SELECT id FROM order_line WHERE order_id = ?", order)
    back = refund(one, order, [str(line[0])])
    in_step(one, two)
    found = [
        rows(work, "SELECT kind, amount_fen, status FROM invoice ORDER BY created_at, id")
        for work in both
    ]
    assert found[0] == found[1]
    assert found[0][1] == ("red", back.amount_fen, "wanted")
