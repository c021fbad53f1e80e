"""`main.py import`: any file we read, into central; --at makes a new home a training home."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from boxoffice import bootstrap, exchange
from boxoffice.commands import add_home, add_json, home_of, say, say_json, set_clock
from boxoffice.services import catalogue, training
from boxoffice.services.catalogue import FileReport
from boxoffice.settings import Home, HomeKind, Settings

NAME = "import"
HELP = "import seat plans, courts, sessions, prices, access, policies and orders"

MOST_LINES = 20
"""How many errors or exceptions of a file are printed; JSON has them all."""


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add_home(parser)
    add_json(parser)
    parser.add_argument("--at", metavar="TIME", help="a venue time; a new home is for training")


def run(args: argparse.Namespace) -> int:
    """0 where every file was kept, 1 where one was refused; orders left out do not count."""
    home = home_of(args)
    parsed = [exchange.read(path) for path in args.files]
    set_clock(home, args.at)
    people = [] if home.exists else _new_home(home, args.at)
    with bootstrap.open_office(home) as office:
        for person in people:
            training.enter(office=office, person=person)
        reports = catalogue.import_files(office=office, files=parsed)
    if args.json:
        say_json({"files": [asdict(report) for report in reports]})
    else:
        for report in reports:
            _tell(report)
        for person in people:
            say(f"operator {person.number} PIN {person.pin}  {person.role.value}")
    return 1 if any(report.errors for report in reports) else 0


def _new_home(home: Home, at: str | None) -> list[training.Person]:
    if at is None:
        bootstrap.make_home(home, Settings())
        return []
    bootstrap.make_home(home, Settings(kind=HomeKind.TRAINING, training_time=at))
    return list(training.PEOPLE)


def _tell(report: FileReport) -> None:
    if report.errors:
        say(f"{report.name}: refused, {len(report.errors)} errors; nothing of it was kept")
    else:
        say(f"{report.name}: {report.kind}, {report.added} new, {report.unchanged} unchanged")
    for column in report.ignored_columns:
        say(f"  column {column} is not known and was left out")
    for error in report.errors[:MOST_LINES]:
        say(f"  line {error.line} {error.column}: {error.value!r}, expected {error.expected}")
    _more(len(report.errors))
    for out in report.exceptions[:MOST_LINES]:
        say(
            f"  order {out.order_number} left out: line {out.line} {out.reason} "
            f"{out.value!r}, expected {out.expected}"
        )
    _more(len(report.exceptions))


def _more(count: int) -> None:
    if count > MOST_LINES:
        say(f"  and {count - MOST_LINES} more; --json lists them all")
