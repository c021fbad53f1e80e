"""Statements as files of a home: what a supervisor takes away, as PDF and XLSX."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from boxoffice import clock
from boxoffice.errors import DiskTrouble
from boxoffice.queries import statements
from boxoffice.queries.statements import Statement
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.services.supervising import statement_papers
from boxoffice.services.supervising.statement_papers import Report

LISTED_DAYS = 7
FOLDER = "statements"
"""In the home."""


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A business day and what is kept of it, supplements last."""

    day: date
    kept: tuple[Statement, ...]


def days(office: Office) -> list[StatedDay]:
    """The last business days, today first. Raises CentralUnreachable."""
    today = clock.business_day(clock.now())
    listed = [today - timedelta(days=back) for back in range(LISTED_DAYS)]
    return office.link.call(
        lambda store, _: [
            StatedDay(day, tuple(statements.of_day(store, day.isoformat()))) for day in listed
        ]
    )


def save(*, office: Office, day: date) -> list[Path]:
    """Write what is kept of a day, all parts together; answers the files.

    A day of which nothing is kept is written as a reading. Raises DiskTrouble, CentralUnreachable.
    """
    report = office.link.call(lambda store, _: _report(store, day))
    number = report.number.replace(" – ", "-") or "reading"
    folder = office.home.path / FOLDER
    contents = {
        "pdf": statement_papers.pdf(report, office.settings),
        "xlsx": statement_papers.xlsx(report),
    }
    written = []
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        for kind, content in contents.items():
            path = folder / f"{day.isoformat()} {number}.{kind}"
            path.write_bytes(content)
            written.append(path)
    except OSError as why:
        raise DiskTrouble(file=FOLDER, why=why.strerror or "") from why
    return written


def _report(store: Store, day: date) -> Report:
    kept = statements.of_day(store, day.isoformat())
    if kept:
        whole = statements.together(one.day for one in kept)
    else:
        whole = statements.fold_day(store, day.isoformat(), statements.heads(store))
    return statement_papers.of_day(store, whole, kept)
