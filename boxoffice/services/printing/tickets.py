"""Tickets and receipts on paper: a row before a page, and an end that is printed or doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boxoffice import clock
from boxoffice.desk import Desk, Right
from boxoffice.devices.printer import Printer
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import PrintStatus, step
from boxoffice.errors import Broken
from boxoffice.records.sales import HandOver, PrintJob
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author, Unit
from boxoffice.services.office import Office
from boxoffice.services.printing import papers, return_papers
from boxoffice.services.sharing import sync

TICKET = "ticket"
RECEIPT = "receipt"
SLIP = "slip"
"""A reservation's; what it is about is the order."""
REFUND_SLIP = "refund_slip"
"""Of tickets that came back; what it is about is the first of their refunds."""
ASK_SLIP = "ask_slip"
"""The code to ask by, for who left no address; what it is about is the order."""

ON_RECEIPT_PAPER = (RECEIPT, SLIP, REFUND_SLIP, ASK_SLIP)


def hand_over_and_queue(
    unit: Unit,
    desk: Desk,
    order_id: str,
    ticket_ids: Sequence[str],
    *,
    checked: str,
    receipt_for: str | None = None,
) -> list[str]:
    """Inside a unit of work: note the hand-over of tickets and queue their pages; answers job ids.

    `receipt_for` is the payment a receipt is printed for.
    The hand-over is on record before there is paper, so no crash can lead to a second one.
    """
    unit.store.insert(
        HandOver,
        [
            {
                "id": new_id(),
                "ticket_id": ticket_id,
                "order_id": order_id,
                "at": unit.at,
                "window_id": desk.window,
                "epoch": desk.epoch,
                "operator_id": desk.operator.id,
                "checked": checked,
            }
            for ticket_id in ticket_ids
        ],
    )
    wanted = [(ticket_id, TICKET) for ticket_id in ticket_ids]
    if receipt_for is not None:
        wanted.append((receipt_for, RECEIPT))
    return queue(unit, order_id, wanted)


def queue(unit: Unit, order_id: str, wanted: Sequence[tuple[str, str]]) -> list[str]:
    """Inside a unit of work: queue pages, each (what it is about, kind); answers job ids."""
    rows = [
        {
            "id": new_id(),
            "order_id": order_id,
            "subject_id": subject,
            "kind": kind,
            "status": PrintStatus.QUEUED,
            "printer": "",
            "created_at": unit.at,
            "ended_at": None,
            "trouble": "",
        }
        for subject, kind in wanted
    ]
    unit.store.insert(PrintJob, rows)
    return [str(row["id"]) for row in rows]


def drop(store: Store, ticket_id: str) -> None:
    """Inside a unit of work: pages of a ticket that wait or are in doubt are not wanted now."""
    for job_id, status in store.all(
        "SELECT id, status FROM print_job WHERE subject_id = ? AND kind = ? "
        "AND status IN ('queued', 'doubtful')",
        (ticket_id, TICKET),
    ):
        dropped = step("print job", PrintStatus(status), PrintStatus.DROPPED)
        store.run("UPDATE print_job SET status = ? WHERE id = ?", (dropped, job_id))


@dataclass(frozen=True, slots=True)
class Printed:
    """How a print run ended."""

    printed: int
    doubtful: int
    trouble: Broken | None = None


def print_jobs(*, office: Office, desk: Desk, job_ids: Sequence[str]) -> Printed:
    """Print queued pages: the tickets of an order in one run, then receipts one by one.

    Trouble of the printer is an answer, not a raise.
    """
    printed = doubtful = 0
    trouble: Broken | None = None
    small = [(kind, office.receipt_printer) for kind in ON_RECEIPT_PAPER]
    for kind, printer in ((TICKET, office.ticket_printer), *small):
        for run in office.read(lambda store, kind=kind: _runs(store, job_ids, kind)):  # type: ignore[misc]
            jobs = office.write(
                lambda store, run=run, kind=kind, printer=printer: _begin(  # type: ignore[misc]
                    store, run, kind, printer
                )
            )
            if not jobs:
                continue
            failed = _print(office, desk, printer, kind, jobs)
            if failed is None:
                printed += len(jobs)
            else:
                doubtful += len(jobs)
                trouble = failed
    office.changes.tell(["prints"])
    sync.report(office)
    return Printed(printed, doubtful, trouble)


def print_ask_slip(*, office: Office, desk: Desk, order_id: str) -> Printed:
    """Print the slip with the code to ask by of an order. Raises NotAllowed."""
    desk.require(Right.SELL)
    jobs = office.unit(lambda unit: queue(unit, order_id, [(order_id, ASK_SLIP)]))
    return print_jobs(office=office, desk=desk, job_ids=jobs)


def settle_doubtful(*, office: Office, desk: Desk, job_id: str, came_out: bool) -> Printed:
    """The clerk looked at the printer: the page came out, or it is printed again."""
    desk.require(Right.PICK_UP)

    def settle(unit: Unit) -> None:
        wanted = PrintStatus.PRINTED if came_out else PrintStatus.QUEUED
        found = unit.store.first("SELECT status, order_id FROM print_job WHERE id = ?", (job_id,))
        if found is None:
            raise LookupError(f"no print job {job_id}")
        unit.store.run(
            "UPDATE print_job SET status = ? WHERE id = ?",
            (step("print job", PrintStatus(found[0]), wanted), job_id),
        )
        unit.record(
            "settle_print",
            author=Author(desk.operator.id, desk.shift_id),
            facts={"order": found[1], "came_out": came_out},
        )

    office.unit(settle, ["prints"])
    if came_out:
        return Printed(1, 0)
    return print_jobs(office=office, desk=desk, job_ids=[job_id])


def doubt_unfinished(office: Office) -> int:
    """After a crash: pages that were under way may or may not have come out. Answers how many."""
    return office.write(
        lambda store: store.run(
            "UPDATE print_job SET status = 'doubtful', trouble = 'interrupted' "
            "WHERE status = 'printing'"
        ),
        ["prints"],
    )


@dataclass(frozen=True, slots=True)
class _Job:
    id: str
    order_id: str
    subject_id: str


def _runs(store: Store, job_ids: Sequence[str], kind: str) -> list[list[str]]:
    """What goes to the printer together: tickets by order, each receipt by itself."""
    runs: dict[str, list[str]] = {}
    for job_id in job_ids:
        found = store.first(
            "SELECT order_id FROM print_job WHERE id = ? AND kind = ?", (job_id, kind)
        )
        if found is not None:
            runs.setdefault(found[0] if kind == TICKET else job_id, []).append(job_id)
    return list(runs.values())


def _begin(store: Store, job_ids: Sequence[str], kind: str, printer: Printer) -> list[_Job]:
    jobs = []
    for job_id in job_ids:
        found = store.first(
            "SELECT id, order_id, subject_id FROM print_job "
            "WHERE id = ? AND kind = ? AND status = 'queued'",
            (job_id, kind),
        )
        if found is not None:
            jobs.append(_Job(*found))
            store.run(
                "UPDATE print_job SET status = 'printing', printer = ?, trouble = '' WHERE id = ?",
                (printer.name, job_id),
            )
    return jobs


def _print(
    office: Office, desk: Desk, printer: Printer, kind: str, jobs: Sequence[_Job]
) -> Broken | None:
    """Print a run and store how it ended; whatever cuts it short leaves its pages in doubt."""
    failed: Broken | None = None
    status = PrintStatus.DOUBTFUL
    try:
        failed = _send(office, desk, printer, kind, jobs)
        if failed is None:
            status = PrintStatus.PRINTED
    finally:
        _end(office, desk, jobs, status, failed)
    return failed


def _send(
    office: Office, desk: Desk, printer: Printer, kind: str, jobs: Sequence[_Job]
) -> Broken | None:
    order_id = jobs[0].order_id
    try:
        if kind == TICKET:
            pdf, title = papers.tickets(office, order_id, [job.subject_id for job in jobs])
        elif kind == SLIP:
            pdf, title = papers.slip(office, desk, order_id)
        elif kind == REFUND_SLIP:
            pdf, title = return_papers.slip(office, order_id, jobs[0].subject_id)
        elif kind == ASK_SLIP:
            pdf, title = return_papers.ask_slip(office, desk, order_id)
        else:
            pdf, title = papers.receipt(office, desk, order_id, jobs[0].subject_id)
        printer.print(pdf, title)
    except Broken as error:
        return error
    return None


def _end(
    office: Office, desk: Desk, jobs: Sequence[_Job], status: PrintStatus, failed: Broken | None
) -> None:
    said = "" if failed is None else str(failed.fields.get("why") or failed.code)

    def end(unit: Unit) -> None:
        now = clock.to_text(clock.now())
        for job in jobs:
            unit.store.run(
                "UPDATE print_job SET status = ?, ended_at = ?, trouble = ? WHERE id = ?",
                (step("print job", PrintStatus.PRINTING, status), now, said, job.id),
            )
        unit.record(
            "print",
            author=Author(desk.operator.id, desk.shift_id),
            facts={"order": jobs[0].order_id, "pages": len(jobs), "ended": status.value},
        )

    office.unit(end, [f"order:{jobs[0].order_id}"])
