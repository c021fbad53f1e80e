"""What the tests of shifts share: counting, closing, signing on."""

from __future__ import annotations

from boxoffice.domain.cash import DENOMINATIONS
from boxoffice.queries.reports import ShiftReport
from boxoffice.services.printing import tickets
from boxoffice.services.staff import operators, shifts
from boxoffice.services.till import closing
from tests.faults.acts import rows
from tests.homes import AtWork


def settle_pages(work: AtWork) -> None:
    """What was sold is printed."""
    jobs = [str(row[0]) for row in rows(work, "SELECT id FROM print_job WHERE status = 'queued'")]
    tickets.print_jobs(office=work.office, desk=work.desk, job_ids=jobs)


def notes(fen: int) -> dict[int, int]:
    """An amount in as few notes as there are."""
    found = {}
    for note in DENOMINATIONS:
        found[note], fen = divmod(fen, note)
    assert fen == 0
    return found


def close(work: AtWork, fen: int) -> ShiftReport:
    settle_pages(work)
    return closing.close_shift(office=work.office, desk=work.desk, counts=notes(fen))


def sign_on(work: AtWork, number: str, *, float_fen: int | None = None) -> AtWork:
    operator = operators.operator_by_number(office=work.office, number=number)
    desk = shifts.desk_for(office=work.office, operator=operator)
    if float_fen is not None:
        desk = shifts.open_shift(office=work.office, desk=desk, float_fen=float_fen)
    return AtWork(work.office, desk)


def drawer(work: AtWork, shift_id: str | None) -> int:
    return work.office.read(lambda store: shifts.drawer_fen(store, str(shift_id)))


def z_rows(work: AtWork) -> list[tuple[object, ...]]:
    return rows(work, "SELECT number, shift_id, content FROM z_report ORDER BY number")
