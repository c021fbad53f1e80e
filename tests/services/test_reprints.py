"""Reprints: a new issue, DUPLICATE on its paper, the old code dead."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest

from boxoffice.devices.printer import Printer
from boxoffice.errors import NoReprint, PrinterTrouble, ReasonMissing
from boxoffice.queries import finding, printing
from boxoffice.queries.scanned_tickets import judge
from boxoffice.services.aftersales import reprints
from boxoffice.services.aftersales.reprints import Reprint
from boxoffice.services.printing import tickets
from tests.faults.acts import broken, hand_over, rows, tickets_of
from tests.homes import AtWork
from tests.services.return_acts import by_number, refund, sell_at, view


def reprint(work: AtWork, order: str, wanted: Sequence[str], reason: str = "票面破损") -> Reprint:
    return reprints.reprint(
        office=work.office, desk=work.desk, order_id=order, ticket_ids=wanted, reason=reason
    )


def live(work: AtWork, order: str) -> list[str]:
    return [str(line.ticket_id) for line in view(work, order).lines if line.ticket_id]


def print_all(work: AtWork, jobs: Sequence[str]) -> tickets.Printed:
    return tickets.print_jobs(office=work.office, desk=work.desk, job_ids=jobs)


def text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def code(work: AtWork, order: str, place: int = 0) -> str:
    """What a scanner reads from the ticket as it would be printed now."""
    from boxoffice.services.printing import papers

    line = view(work, order).lines[place]
    return papers._code(work.office, line)


def said(work: AtWork, scanned: str) -> tuple[str, int, int]:
    found = work.office.read(lambda s: judge(s, scanned))
    assert found is not None
    return found.state, found.issue, found.current


def test_a_new_issue_with_duplicate_on_it_and_the_old_code_dead(work: AtWork) -> None:
    order = sell_at(work, "O2", (1, 5), (1, 6))
    old = code(work, order)
    assert said(work, old) == ("live", 1, 1)
    done = reprint(work, order, live(work, order)[:1])
    assert done.tickets == 1
    issues = [line.issue for line in view(work, order).lines]
    assert issues == [2, 1]
    assert said(work, old) == ("older", 1, 2)
    assert said(work, code(work, order)) == ("live", 2, 2)
    before = set(work.office.home.prints.glob("*.pdf"))
    assert print_all(work, done.print_jobs).printed == 1
    (page,) = set(work.office.home.prints.glob("*.pdf")) - before
    assert "DUPLICATE" in text(page)
    (facts,) = rows(work, "SELECT facts FROM journal WHERE act = 'reprint'")
    assert '"reason":"票面破损"' in facts[0]
    assert broken(work) == ()


def test_the_first_print_is_no_duplicate(work: AtWork) -> None:
    sell_at(work, "O2", (1, 5))
    (job,) = rows(work, "SELECT id FROM print_job WHERE kind = 'ticket'")
    print_all(work, [job[0]])
    (page,) = work.office.home.prints.glob("*ticket*.pdf")
    assert "DUPLICATE" not in text(page)


def test_a_ticket_sold_elsewhere_gets_this_windows_code(work: AtWork) -> None:
    order, every = tickets_of(work, "TT0001")
    hand_over(work, order, every)
    reprint(work, order, every)
    found = rows(
        work, "SELECT DISTINCT issue, code_window, code_epoch FROM ticket WHERE order_id = ?", order
    )
    assert found == [(2, 1, 1)]
    assert broken(work) == ()


def test_what_cannot_be_printed_again(work: AtWork) -> None:
    presold = by_number(work, "TT0001")
    with pytest.raises(NoReprint) as refused:
        reprint(work, presold, live(work, presold))
    assert refused.value.fields["why"] == "not_handed_over"
    order = sell_at(work, "O2", (1, 5))
    ticket = live(work, order)
    with pytest.raises(ReasonMissing):
        reprint(work, order, ticket, reason="")
    refund(work, order)
    with pytest.raises(NoReprint) as refused:
        reprint(work, order, ticket)
    assert refused.value.fields["why"] == "returned"
    assert broken(work) == ()


class Jammed(Printer):
    """Takes no page."""

    name = "jammed"

    def print(self, pdf: bytes, title: str) -> None:
        raise PrinterTrouble(printer=self.name, why="paper jam")


def test_a_page_in_doubt_is_not_wanted_once_there_is_a_new_issue(work: AtWork) -> None:
    from dataclasses import replace

    order = sell_at(work, "O2", (1, 5), (1, 6))
    jammed = AtWork(replace(work.office, ticket_printer=Jammed()), work.desk)
    jobs = [row[0] for row in rows(work, "SELECT id FROM print_job WHERE kind = 'ticket'")]
    print_all(jammed, jobs)
    first, second = live(work, order)
    reprint(work, order, [first])
    found = dict(
        rows(work, "SELECT subject_id || ':' || status, count(*) FROM print_job GROUP BY 1")
    )
    assert found[f"{first}:dropped"] == 1
    assert found[f"{first}:queued"] == 1
    assert found[f"{second}:doubtful"] == 1, "others are unaffected"
    left = work.office.read(printing.unsettled)
    assert all(row.status != "dropped" for row in left)
    assert broken(work) == ()


def test_a_dead_ticket_still_finds_its_order_and_says_that_it_is_dead(work: AtWork) -> None:
    order = sell_at(work, "O2", (1, 5))
    scanned = code(work, order)
    refund(work, order)
    assert said(work, scanned)[0] == "refunded"
    hits = work.office.read(lambda s: finding.find(s, work.office.seal, scanned))
    assert [hit.id for hit in hits] == [order]
    assert work.office.read(lambda s: judge(s, "TT0001")) is None
