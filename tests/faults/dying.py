"""A program that is killed at the Nth step of an act: each statement, head written, page printed.

Run as `python -m tests.faults.dying ACT PATTERN FOLDER EVERY`: for every EVERYth step the home
PATTERN is copied into FOLDER and a process is killed with SIGKILL as it is about to take that step
in its copy. The last one lives to the end. Prints how many steps there are.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import peewee

from boxoffice import bootstrap, clock
from boxoffice.devices.printer import FilePrinter
from boxoffice.records import head_file, unit_of_work
from boxoffice.records.file_store import FileStore
from boxoffice.services.aftersales import refunds, voids
from boxoffice.services.printing import tickets
from boxoffice.services.sales import holds
from boxoffice.services.staff import operators, shifts
from boxoffice.services.till import closing
from boxoffice.settings import Home
from tests.faults.acts import (
    DIES,
    Crash,
    faulty,
    hand_over,
    name_all,
    pay,
    rows,
    take,
    tickets_of,
)
from tests.faults.allotted_acts import ACTS as ALLOTTED
from tests.faults.reserved_acts import ACTS as RESERVED
from tests.homes import NOON, AtWork, at_work

SALE, PICKUP, SHIFT, RECOVERY, CLOSE = "sale", "pickup", "shift", "recovery", "close"
VOID, REFUND = "void", "refund"

Watched = Callable[..., Any]


class Countdown:
    """Kills this process as it is about to take a given step."""

    def __init__(self, last: int) -> None:
        self.left = last
        self.steps = 0

    def __enter__(self) -> Countdown:
        for owner, name in (
            *((FileStore, name) for name in ("execute", "all", "first", "many")),
            (peewee.SqliteDatabase, "execute_sql"),  # what peewee builds goes another way
            (unit_of_work, "write_head_file"),
            (head_file, "write_told"),
            (FilePrinter, "print"),
        ):
            setattr(owner, name, self._watched(getattr(owner, name)))
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to put back: the process ends with it."""

    def _watched(self, step: Watched) -> Watched:
        def watched(*given: Any, **named: Any) -> Any:
            if self.left == self.steps:
                os.kill(os.getpid(), signal.SIGKILL)
            self.steps += 1
            return step(*given, **named)

        return watched


def sale(work: AtWork) -> None:
    """Two seats and a grounds pass with documents, for cash, printed."""
    basket = take(work, (1, 5), (1, 6), at="O1")
    holds.take_places(
        office=work.office, desk=work.desk, session_id=work.session("G1"), count=1, basket=basket
    )
    name_all(work, basket)
    jobs = pay(work, basket).print_jobs
    tickets.print_jobs(office=work.office, desk=work.desk, job_ids=jobs)


def pickup(work: AtWork) -> None:
    """The two tickets of an order sold before, printed."""
    picked = hand_over(work, *tickets_of(work, "TT0001"))
    tickets.print_jobs(office=work.office, desk=work.desk, job_ids=picked.print_jobs)


def void(work: AtWork) -> None:
    """The sale of this shift is undone, whole, with its slip."""
    back = voids.void(
        office=work.office, desk=work.desk, order_id=sold(work), papers_back=True, reason="wrong"
    )
    tickets.print_jobs(office=work.office, desk=work.desk, job_ids=back.print_jobs)


def refund(work: AtWork) -> None:
    """One of its two tickets comes back by the policy, with its slip."""
    office, desk, order = work.office, work.desk, sold(work)
    line = str(rows(work, "SELECT id FROM order_line WHERE order_id = ? ORDER BY id", order)[0][0])
    outlook = refunds.quote(office=office, desk=desk, order_id=order, line_ids=[line])
    back = refunds.refund(
        office=office,
        desk=desk,
        order_id=order,
        line_ids=[line],
        quoted_fen=outlook.quote.amount_fen,
        papers_back=True,
    )
    tickets.print_jobs(office=office, desk=desk, job_ids=back.print_jobs)


def sold(work: AtWork) -> str:
    """The order this window sold."""
    return str(rows(work, "SELECT id FROM orders WHERE window_id = 1 AND number IS NOT NULL")[0][0])


def close(work: AtWork) -> None:
    """The shift is closed, ten yuan short."""
    closing.close_shift(office=work.office, desk=work.desk, counts={10_000: 4, 1_000: 9})


def leave_in_pieces(home: Home) -> None:
    """A payment, a pickup and a gift whose answers this program did not live to store."""
    with at_work(home) as work:
        for crash in (_die_paying, _die_picking_up, _die_giving):
            try:
                crash(work)
            except Crash:
                continue


def _die_paying(work: AtWork) -> None:
    basket = take(work, (1, 5), at="O1")
    name_all(work, basket)
    pay(faulty(work, DIES), basket)


def _die_picking_up(work: AtWork) -> None:
    hand_over(faulty(work, DIES), *tickets_of(work, "TT0001"))


def _die_giving(work: AtWork) -> None:
    basket = take(work, (1, 6))
    holds.abandon(office=faulty(work, DIES).office, desk=work.desk, basket=basket)


def run(act: str, home: Home, last: int) -> int:
    """Do the act, and die before step `last` of it (-1: never); answers how many there were."""
    clock.use(lambda: NOON)
    plain = {SALE: sale, PICKUP: pickup, CLOSE: close, VOID: void, REFUND: refund}
    acts = {**plain, **RESERVED, **ALLOTTED}
    if act in acts:
        with at_work(home) as work, Countdown(last) as countdown:
            acts[act](work)
            return countdown.steps
    with bootstrap.open_office(home) as office:
        if act == RECOVERY:
            with Countdown(last) as countdown:
                bootstrap.recover(office)
            return countdown.steps
        operator = operators.operator_by_number(office=office, number="1001")
        desk = shifts.desk_for(office=office, operator=operator)
        with Countdown(last) as countdown:
            shifts.open_shift(office=office, desk=desk, float_fen=50_000)
        return countdown.steps


def main(act: str, pattern: Path, folder: Path, every: int) -> None:
    """One process for each step that is asked for; the counting one goes first and lives."""
    steps = _in_child(act, _copy(pattern, folder / "alive"), -1)
    for last in range(0, steps, every):
        ended = _in_child(act, _copy(pattern, folder / f"{last:04d}"), last)
        assert ended == -1, f"step {last} was never taken"
    print(steps)


def _copy(pattern: Path, to: Path) -> Home:
    return Home(Path(shutil.copytree(pattern, to)))


def _in_child(act: str, home: Home, last: int) -> int:
    """Steps taken by a process of its own, or -1 where it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os.write(writing, str(run(act, home, last)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answers:
        said = answers.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return -1
    assert status == 0, f"{act} at {last} failed"
    return int(said)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
