"""A void and a refund killed at every step: the next start has them whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from boxoffice.settings import Home
from tests.faults.acts import pay, rows, take
from tests.faults.dying import REFUND, VOID, refund, sold, void
from tests.faults.test_kills import all_of
from tests.homes import AtWork, at_work, small_home

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

PRICE_FEN = 68_000
AFTER_THE_FEE_FEN = 54_400
"""A fifth of the price is kept more than a day before play."""


@pytest.fixture
def pattern(tmp_path: Path) -> Home:
    """Two tickets for tomorrow, sold in this shift."""
    home = small_home(tmp_path)
    with at_work(home) as work:
        pay(work, take(work, (1, 5), (1, 6), at="O2"))
    return home


def paid_back(work: AtWork) -> list[int]:
    return [int(row[0]) for row in rows(work, "SELECT amount_fen FROM refund ORDER BY id")]


def drawer(work: AtWork) -> int:
    return int(
        rows(work, "SELECT sum(amount_fen) FROM posting WHERE account = 'cash:drawer'")[0][0]
    )


def void_is_whole(work: AtWork) -> None:
    if not paid_back(work):
        assert drawer(work) == 50_000 + 2 * PRICE_FEN
        void(work)
    assert paid_back(work) == [PRICE_FEN, PRICE_FEN]
    assert drawer(work) == 50_000
    take(work, (1, 5), (1, 6), at="O2")


def refund_is_whole(work: AtWork) -> None:
    if not paid_back(work):
        assert drawer(work) == 50_000 + 2 * PRICE_FEN
        refund(work)
    assert paid_back(work) == [AFTER_THE_FEE_FEN]
    assert drawer(work) == 50_000 + 2 * PRICE_FEN - AFTER_THE_FEE_FEN
    live = rows(work, "SELECT count(*) FROM ticket WHERE order_id = ? AND live = 1", sold(work))
    assert live == [(1,)]


def test_a_void_killed_at_every_step(pattern: Home, tmp_path: Path) -> None:
    assert all_of(VOID, pattern.path, tmp_path / "killed", void_is_whole) == {}


def test_a_refund_killed_at_every_step(pattern: Home, tmp_path: Path) -> None:
    assert all_of(REFUND, pattern.path, tmp_path / "killed", refund_is_whole) == {}
