"""Killed with SIGKILL at every step of an act, the next start has it whole or not at all.

Every fifth step here; all of them with BOXOFFICE_EVERY_STEP=1.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from boxoffice.errors import HandedOver, SeatTaken
from boxoffice.services.printing import tickets
from boxoffice.services.sales import holds
from boxoffice.settings import Home
from tests.faults.acts import hand_over, name_all, pay, proof, rows, take, tickets_of
from tests.faults.dying import CLOSE, PICKUP, RECOVERY, SALE, SHIFT, close, leave_in_pieces
from tests.homes import AtWork, at_work, small_home

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

EVERY = 1 if os.environ.get("BOXOFFICE_EVERY_STEP") else 5
PROJECT = Path(__file__).parents[2]


def killed(act: str, pattern: Path, folder: Path, every: int = EVERY) -> Iterator[Home]:
    """Homes in which the act was killed at one step each; the last one's lived."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.dying", act, pattern, folder, str(every)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10
    print(f"{act}: {done.stdout.strip()} steps")
    for path in sorted(folder.iterdir()):
        yield Home(path)


def all_of(
    act: str,
    pattern: Path,
    folder: Path,
    check: Callable[[AtWork], None],
    every: int = EVERY,
) -> dict[str, list[str]]:
    """Start every home again, look and go on working; answers what broke, by step."""
    broken: dict[str, list[str]] = {}
    for home in killed(act, pattern, folder, every):
        found = []
        try:
            with at_work(home) as work:
                found += [str(finding) for finding in proof(home).broken]
                nothing_open(work)
                check(work)
            found += [str(finding) for finding in proof(home).broken]
        except AssertionError as error:
            found.append(str(error))
        if found:
            broken[home.path.name] = found
    return broken


def nothing_open(work: AtWork) -> None:
    """Every question of the last run has its answer."""
    assert rows(work, "SELECT id FROM attempt WHERE ended_at IS NULL") == []
    assert rows(work, "SELECT id FROM request WHERE status IN ('asked', 'giving')") == []
    assert rows(work, "SELECT id FROM print_job WHERE status = 'printing'") == []
    assert rows(work, "SELECT order_id FROM held_order") == []


def pages_fit(work: AtWork) -> None:
    """What is queued never came out, what is printed came out once; the rest is in doubt."""
    out = {
        kind: sum(path.name.startswith(kind) for path in work.office.home.prints.glob("*.pdf"))
        for kind in ("ticket", "receipt")
    }
    for kind, status, runs in rows(
        work, "SELECT kind, status, count(DISTINCT order_id) FROM print_job GROUP BY kind, status"
    ):
        assert status in ("queued", "printed", "doubtful")
        least, most = {"queued": (0, 0), "printed": (1, 1), "doubtful": (0, 1)}[status]
        assert least <= out[kind] <= most * runs, f"{kind} is {status}, {out[kind]} came out"


def print_the_rest(work: AtWork) -> None:
    """Queued pages are printed; after that each kind came out once."""
    queued = [r[0] for r in rows(work, "SELECT id FROM print_job WHERE status = 'queued'")]
    tickets.print_jobs(office=work.office, desk=work.desk, job_ids=queued)
    pages_fit(work)
    assert rows(work, "SELECT id FROM print_job WHERE status = 'queued'") == []


def sale_is_whole(work: AtWork) -> None:
    """The basket is open (or was never filled) and can be sold, or the sale is complete."""
    pages_fit(work)
    sold = rows(work, "SELECT id FROM orders WHERE status = 'paid' AND window_id = 1")
    if sold:
        with pytest.raises(SeatTaken):
            take(work, (1, 5), at="O1")
        assert rows(work, "SELECT count(*) FROM ticket WHERE order_id = ?", sold[0][0]) == [(3,)]
        print_the_rest(work)
        return
    assert rows(work, "SELECT id FROM payment WHERE window_id = 1") == []
    filled = rows(work, "SELECT order_id, count(*) FROM order_line GROUP BY order_id "
                        "HAVING order_id IN (SELECT id FROM orders WHERE version = 0)")  # fmt: skip
    if filled:
        ((basket, lines),) = filled
        assert lines in (2, 3)
    else:
        basket = take(work, (1, 5), (1, 6), at="O1")
        lines = 2
    if lines == 2:
        holds.take_places(
            office=work.office,
            desk=work.desk,
            session_id=work.session("G1"),
            count=1,
            basket=basket,
        )
    name_all(work, basket)
    assert pay(work, basket).total_fen == 2 * 68_000 + 5_000


def pickup_is_whole(work: AtWork) -> None:
    """Both tickets are handed over, or neither."""
    pages_fit(work)
    order, both = tickets_of(work, "TT0001")
    ((given,),) = rows(work, "SELECT count(*) FROM hand_over WHERE order_id = ?", order)
    assert given in (0, 2)
    if given:
        with pytest.raises(HandedOver):
            hand_over(work, order, both)
        print_the_rest(work)
    else:
        hand_over(work, order, both)


def shift_is_whole(work: AtWork) -> None:
    """One shift, with the postings of its float."""
    assert rows(work, "SELECT count(*), sum(float_fen) FROM shift") == [(1, 50_000)]
    assert rows(work, "SELECT count(*) FROM posting WHERE account = 'cash:drawer'") == [(1,)]


def close_is_whole(work: AtWork) -> None:
    """The shift is open and can be closed, or it is closed with its Z, and another was opened."""
    closed = rows(work, "SELECT id FROM shift WHERE status = 'closed'")
    assert rows(work, "SELECT shift_id FROM z_report") == closed
    assert rows(work, "SELECT count(*) FROM shift") == [(1 + len(closed),)]
    close(work)
    numbers = rows(work, "SELECT number FROM z_report ORDER BY number")
    assert numbers == [(n + 1,) for n in range(1 + len(closed))]


def recovery_is_whole(work: AtWork) -> None:
    """All three broken acts can be done now."""
    assert rows(work, "SELECT status FROM attempt") == [("cancelled",)]
    basket = str(rows(work, "SELECT order_id FROM order_line WHERE document_hash <> '' "
                            "AND status = 'open'")[0][0])  # fmt: skip
    pay(work, basket)
    hand_over(work, *tickets_of(work, "TT0001"))
    take(work, (1, 6))


def test_a_sale_killed_at_every_step(tmp_path: Path) -> None:
    pattern = small_home(tmp_path)
    with at_work(pattern):
        pass
    assert all_of(SALE, pattern.path, tmp_path / "killed", sale_is_whole) == {}


def test_a_pickup_killed_at_every_step(tmp_path: Path) -> None:
    pattern = small_home(tmp_path)
    with at_work(pattern):
        pass
    assert all_of(PICKUP, pattern.path, tmp_path / "killed", pickup_is_whole) == {}


def test_a_shift_killed_while_it_opens(tmp_path: Path) -> None:
    pattern = small_home(tmp_path)
    assert all_of(SHIFT, pattern.path, tmp_path / "killed", shift_is_whole) == {}


def test_a_close_killed_at_every_step(tmp_path: Path) -> None:
    pattern = small_home(tmp_path)
    with at_work(pattern):
        pass
    assert all_of(CLOSE, pattern.path, tmp_path / "killed", close_is_whole) == {}


def test_a_recovery_killed_at_every_step(tmp_path: Path) -> None:
    pattern = small_home(tmp_path)
    leave_in_pieces(pattern)
    assert all_of(RECOVERY, pattern.path, tmp_path / "killed", recovery_is_whole) == {}
