"""Paper follows records: printed, or in doubt until somebody looked; nothing twice by itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from boxoffice.errors import BoxOfficeError, NoPrinter, PrinterTrouble, WrongStatus
from boxoffice.queries import printing
from boxoffice.services.printing import tickets
from tests.faults.acts import (
    Crash,
    broken,
    hand_over,
    proof,
    rows,
    sell,
    tickets_of,
)
from tests.homes import AtWork, at_work, small_home


@dataclass
class TestPrinter:
    """A printer that fails as told, and knows what came out."""

    __test__ = False
    name: str = "stub"
    fails: list[BaseException] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    pages_before_failing: bool = False

    def print(self, pdf: bytes, title: str) -> None:
        """Take the page, or not."""
        assert pdf.startswith(b"%PDF")
        if self.fails:
            if self.pages_before_failing:
                self.out.append(title)
            raise self.fails.pop(0)
        self.out.append(title)


def with_printer(work: AtWork, *fails: BaseException) -> tuple[AtWork, TestPrinter]:
    printer = TestPrinter(fails=list(fails))
    office = replace(work.office, ticket_printer=printer, receipt_printer=printer)
    return AtWork(office, work.desk), printer


def print_all(work: AtWork, jobs: tuple[str, ...]) -> tickets.Printed:
    return tickets.print_jobs(office=work.office, desk=work.desk, job_ids=jobs)


def statuses(work: AtWork) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, status in rows(work, "SELECT kind, status FROM print_job ORDER BY kind, id"):
        found.setdefault(str(kind), []).append(str(status))
    return found


TROUBLE = PrinterTrouble(printer="stub", why="paper jam")


def test_tickets_in_one_run_then_the_receipt(work: AtWork) -> None:
    work, printer = with_printer(work)
    sale = sell(work, (1, 5), (1, 6))
    assert statuses(work) == {"ticket": ["queued", "queued"], "receipt": ["queued"]}
    assert print_all(work, sale.print_jobs) == tickets.Printed(3, 0)
    assert printer.out == [f"tickets {sale.number}", f"receipt {sale.number}"]
    assert statuses(work) == {"ticket": ["printed", "printed"], "receipt": ["printed"]}
    assert work.office.read(printing.unsettled) == []
    assert broken(work) == ()


def test_a_retry_prints_nothing_twice(work: AtWork) -> None:
    work, printer = with_printer(work)
    sale = sell(work, (1, 5))
    for _ in range(3):
        print_all(work, (*sale.print_jobs, *sale.print_jobs))
    assert len(printer.out) == 2


@pytest.mark.parametrize("trouble", [TROUBLE, NoPrinter(printer="stub")])
def test_trouble_leaves_pages_in_doubt_and_the_rest_goes_on(
    work: AtWork, trouble: BoxOfficeError
) -> None:
    work, printer = with_printer(work, trouble)
    sale = sell(work, (1, 5), (1, 6))
    ended = print_all(work, sale.print_jobs)
    assert (ended.printed, ended.doubtful, ended.trouble) == (1, 2, trouble)
    assert statuses(work) == {"ticket": ["doubtful", "doubtful"], "receipt": ["printed"]}
    print_all(work, sale.print_jobs)
    assert printer.out == [f"receipt {sale.number}"], "what is in doubt waits for a person"
    doubtful = work.office.read(printing.unsettled)
    assert [row.order_number for row in doubtful] == [sale.number] * 2
    assert all(row.trouble for row in doubtful)


def test_the_clerk_looked_and_it_came_out(work: AtWork) -> None:
    work, printer = with_printer(work, TROUBLE)
    sale = sell(work, (1, 5))
    print_all(work, sale.print_jobs)
    ended = tickets.settle_doubtful(
        office=work.office, desk=work.desk, job_id=sale.print_jobs[0], came_out=True
    )
    assert (ended.printed, len(printer.out)) == (1, 1)
    assert statuses(work)["ticket"] == ["printed"]
    assert rows(work, "SELECT count(*) FROM journal WHERE act = 'settle_print'") == [(1,)]
    with pytest.raises(WrongStatus):
        tickets.settle_doubtful(
            office=work.office, desk=work.desk, job_id=sale.print_jobs[0], came_out=False
        )
    assert broken(work) == ()


def test_the_clerk_looked_and_it_did_not(work: AtWork) -> None:
    work, printer = with_printer(work, TROUBLE, PrinterTrouble(printer="stub", why="still"))
    sale = sell(work, (1, 5))
    print_all(work, sale.print_jobs[:1])
    for expected in ("doubtful", "printed"):
        tickets.settle_doubtful(
            office=work.office, desk=work.desk, job_id=sale.print_jobs[0], came_out=False
        )
        assert statuses(work)["ticket"] == [expected]
    assert printer.out == [f"tickets {sale.number}"]
    assert rows(work, "SELECT count(*) FROM hand_over") == [(1,)], "paper again, no second ticket"


def test_pages_of_several_orders_each_come_out(work: AtWork) -> None:
    work, printer = with_printer(work)
    sales = [sell(work, (1, n)) for n in (5, 6, 7)]
    jobs = tuple(job for sale in sales for job in sale.print_jobs)
    assert print_all(work, jobs).printed == 6
    assert sorted(printer.out) == sorted(
        f"{kind} {sale.number}" for sale in sales for kind in ("tickets", "receipt")
    )


def test_a_crash_while_printing_leaves_doubt(tmp_path: Path) -> None:
    """The page may have come out: the next start says so, and prints nothing by itself."""
    home = small_home(tmp_path)
    with at_work(home) as work:
        sale = sell(work, (1, 5))
        work.office.write(
            lambda store: store.run(
                "UPDATE print_job SET status = 'printing' WHERE kind = 'ticket'"
            )
        )
    with at_work(home) as work:
        assert statuses(work) == {"ticket": ["doubtful"], "receipt": ["queued"]}
        found = work.office.read(printing.unsettled)
        assert {(row.status, row.trouble) for row in found} == {
            ("doubtful", "interrupted"),
            ("queued", ""),
        }
        work, printer = with_printer(work)
        print_all(work, sale.print_jobs)
        assert printer.out == [f"receipt {sale.number}"], "queued: it never was at the printer"
    assert proof(home).broken == ()


@pytest.mark.parametrize("bug", [ZeroDivisionError(), Crash()])
def test_what_nobody_thought_of_leaves_doubt_too(work: AtWork, bug: BaseException) -> None:
    work, printer = with_printer(work, bug)
    sale = sell(work, (1, 5))
    with pytest.raises(type(bug)):
        print_all(work, sale.print_jobs)
    assert statuses(work)["ticket"] == ["doubtful"]
    tickets.settle_doubtful(
        office=work.office, desk=work.desk, job_id=sale.print_jobs[0], came_out=False
    )
    assert printer.out == [f"tickets {sale.number}"]


def test_queued_pages_of_a_pickup_survive_a_crash(tmp_path: Path) -> None:
    home = small_home(tmp_path)
    with at_work(home) as work:
        picked = hand_over(work, *tickets_of(work, "TT0001"))
    with at_work(home) as work:
        assert statuses(work) == {"ticket": ["queued", "queued"]}
        assert print_all(work, picked.print_jobs).printed == 2
        assert len(list(home.prints.glob("*.pdf"))) == 1


def test_settling_what_is_unknown_or_not_in_doubt(work: AtWork) -> None:
    sale = sell(work, (1, 5))
    with pytest.raises(WrongStatus):
        tickets.settle_doubtful(
            office=work.office, desk=work.desk, job_id=sale.print_jobs[0], came_out=True
        )
    with pytest.raises(LookupError):
        tickets.settle_doubtful(office=work.office, desk=work.desk, job_id="x", came_out=True)
