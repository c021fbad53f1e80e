"""The table of docs/money.md, row by row, over real HTTP and TCP: what it says is what happens."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from boxoffice.services.sharing import sync
from tests.faults.acts import proof
from tests.payments.money_days import ROWS, TENDERS
from tests.payments.money_play import desk

MONEY = Path(__file__).parents[2] / "docs" / "money.md"


@cache
def table() -> dict[tuple[str, ...], str]:
    """The rows of the document by gateway, step and bad day."""
    found = {}
    for line in MONEY.read_text(encoding="utf-8").splitlines():
        cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
        if len(cells) == 8 and cells[0] in TENDERS:
            found[cells[:3]] = line
    return found


def test_the_document_has_every_row() -> None:
    assert set(table()) == {(row.tender, row.step, row.name) for row in ROWS}


@pytest.mark.parametrize("tender", TENDERS)
def test_every_row_happens_as_it_is_written(tender: str, tmp_path: Path) -> None:
    """One window plays them all; at the end the party's book is the ledger."""
    differ: list[str] = []
    with desk(tender, tmp_path) as window:
        for row in ROWS:
            if row.tender == tender:
                said = window.play(row)
                if said != table()[row.tender, row.step, row.name]:
                    differ.append(said)
        assert differ == []
        assert window.held_by_party() == window.ledger_fen(tender)
        sync.push(window.work.office)
        assert proof(window.home).broken == ()


def test_each_row_is_named_once() -> None:
    names = [(row.tender, row.step, row.name) for row in ROWS]
    assert len(names) == len(set(names))
