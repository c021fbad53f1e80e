"""Tax invoices damaged in a file, past every guard it has: `verify` names what does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from boxoffice.services.aftersales import invoice_filing, invoices
from boxoffice.services.aftersales.invoice_hands import of_window
from boxoffice.services.aftersales.invoices import Wanted
from boxoffice.services.sharing import sync
from boxoffice.settings import Home
from tests.faults.acts import rows, sell
from tests.homes import AtWork, at_work, small_home
from tests.services.return_acts import refund
from tests.services.test_invoices import answer, issued
from tests.verify.test_damage import damage, proof


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """One invoice issued with a red one that went out, one that waits; two files written."""
    found = small_home(tmp_path)
    with at_work(found, number="3001") as work:
        first, second = (sell(work, (2, at), (2, at + 1)).order_id for at in (1, 5))
        asked = ask(work, first)
        file_all(work, tmp_path)
        invoice_filing.take_in(
            hands=of_window(work.office, work.desk), raw=answer(issued(asked)), name="back.csv"
        )
        ((line,), *_) = rows(work, "SELECT id FROM order_line WHERE order_id = ?", first)
        refund(work, first, [str(line)])
        file_all(work, tmp_path)
        ask(work, second)
        sync.push(work.office)
    return found


def ask(work: AtWork, order: str) -> str:
    wanted = Wanted("某某体育有限公司", "91110000600037341L")
    return invoices.ask(office=work.office, desk=work.desk, order_id=order, wanted=wanted).id


def file_all(work: AtWork, folder: Path) -> None:
    invoice_filing.file_all(hands=of_window(work.office, work.desk), folder=folder)


def test_honest_ones_hold_every_rule(home: Home) -> None:
    found = proof(home)
    assert found.broken == ()
    assert found.checked["invoices"] == 3


@pytest.mark.parametrize("side", ["window", "central"])
@pytest.mark.parametrize(
    ("statement", "named", "said"),
    [
        ("UPDATE invoice SET amount_fen = amount_fen + 1 WHERE status = 'wanted'",
         "order ", "fen were paid and kept"),
        ("UPDATE invoice SET amount_fen = amount_fen - 1 WHERE kind = 'red'",
         "order ", "fen were paid and kept"),
        ("DELETE FROM invoice WHERE kind = 'red'", "order ", "fen were paid and kept"),
        ("UPDATE invoice SET amount_fen = 10000000 WHERE kind = 'red'",
         "invoice ", "are taken back"),
        ("UPDATE invoice SET status = 'refused', number = '' WHERE kind = 'blue' "
         "AND status = 'issued'", "red invoice ", "not issued"),
        ("UPDATE invoice SET original_id = 'x' WHERE kind = 'red'",
         "red invoice ", "no invoice of its order"),
        ("UPDATE invoice SET order_id = (SELECT order_id FROM invoice WHERE status = 'wanted') "
         "WHERE kind = 'red'", "red invoice ", "no invoice of its order"),
        ("UPDATE invoice SET batch = NULL WHERE kind = 'red'", "invoice ", "in no file"),
        ("UPDATE invoice SET batch = 'x' WHERE status = 'wanted'", "invoice ", "in file x"),
    ],
)  # fmt: skip
def test_what_was_changed_is_named(
    home: Home, side: str, statement: str, named: str, said: str
) -> None:
    damage(home, side, statement)
    found = [f for f in proof(home).broken if f.rule == "invoices"]
    assert any(side in f.record and named in f.record and said in f.detail for f in found), found


def test_two_of_one_order(home: Home) -> None:
    damage(
        home,
        "central",
        "DROP INDEX invoice_once",
        "INSERT INTO invoice SELECT 'x', order_id, kind, original_id, 1, currency, title_sealed, "
        "tax_sealed, mail_sealed, phone_sealed, created_at, window_id, epoch, operator_id, status, "
        "batch, number, issued_on, reason FROM invoice WHERE status = 'wanted'",
    )
    found = [f for f in proof(home).broken if f.rule == "invoices"]
    assert any("2 tax invoices" in f.detail for f in found), found


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        # A row of the older file says it went out with another one, made before it.
        ("UPDATE invoice SET batch = 'invoices-1-1-20200101-000000-aaaaaa' WHERE kind = 'blue' "
         "AND batch IS NOT NULL", "was never written"),
        ("UPDATE invoice SET batch = 'elsewhere' WHERE kind = 'red'", "was never written"),
        ("UPDATE invoice SET batch = (SELECT batch FROM invoice WHERE kind = 'red') "
         "WHERE kind = 'blue' AND batch IS NOT NULL", "2 requests name it, 1 were in it"),
    ],
)  # fmt: skip
def test_every_file_that_rows_name_was_written(home: Home, statement: str, said: str) -> None:
    damage(home, "central", statement)
    found = [f for f in proof(home).broken if f.rule == "invoices"]
    assert any("file" in f.record and said in f.detail for f in found), found
