"""`main.py import`: any file we read, into central; --at makes a new home a training home."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from boxoffice import bootstrap, clock, settings
from boxoffice.commands import (
    add_home,
    add_json,
    complain,
    home_of,
    read_time,
    say,
    say_json,
    set_clock,
    without_collector,
)
from boxoffice.errors import BadFile
from boxoffice.exchange import ParsedFile, demo
from boxoffice.sentences.phrases import Phrase, phrase
from boxoffice.services.programme import catalogue
from boxoffice.services.programme.catalogue import FileReport, Progress
from boxoffice.services.setup import training
from boxoffice.services.setup.central_home import open_central
from boxoffice.services.setup.training import Person
from boxoffice.services.sharing import sync
from boxoffice.settings import Home, HomeKind, Settings

NAME = "import"
HELP = "import seat plans, courts, sessions, prices, access, policies and orders"

ENDINGS = (".csv", ".tsv", ".txt", ".json", ".xlsx")
"""Of the files that are read where a folder is named."""
MOST_LINES = 20
"""How many errors or exceptions of a file are printed; JSON has them all."""


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="a file, or a folder of them"
    )
    add_home(parser)
    add_json(parser)
    parser.add_argument("--at", metavar="TIME", help="a venue time; a new home is for training")


def run(args: argparse.Namespace) -> int:
    """0 where all was kept, 1 where a file or a correction was refused.

    Orders left out do not count: they are cases.
    """
    with without_collector():
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    home = home_of(args)
    set_clock(home, args.at)
    paths, bare = _inside(args.files)
    with tempfile.TemporaryDirectory() as folder:
        if any(map(demo.leaves_days_open, paths)) and _training(home, args.at):
            first_day = clock.business_day(clock.now())
            paths = demo.with_days(paths, first_day, Path(folder))
            if not args.json:
                say(f"days left open begin on {first_day}")
        parsed, unread = _read(paths, bare, _progress("reading"))
    fresh = not home.exists
    if fresh:
        _make(home, args.at)
    reports, people = _store(home, parsed)
    reports += unread
    if fresh and all(report.refused for report in reports):
        # The next try may be meant for another kind of home.
        bootstrap.discard_home(home)
        people = ()
    if args.json:
        say_json({"files": [asdict(r) for r in reports], "operators": [asdict(p) for p in people]})
    else:
        for report in reports:
            _tell(report)
        for person in people:
            say(f"operator {person.number} PIN {person.pin}  {person.role.value}")
    refused = [report.name for report in reports if report.refused]
    kept_out = sum(len(report.not_changed) for report in reports)
    if refused:
        listed = ", ".join(refused)
        complain(f"{len(refused)} of {len(reports)} files refused, nothing of them kept: {listed}.")
    elif kept_out:
        complain(f"{kept_out} lines ask for what may not change any more; they stay as they are.")
    return 1 if refused or kept_out else 0


def _inside(paths: Sequence[Path]) -> tuple[list[Path], list[FileReport]]:
    """The files that were named, in place of a folder those in it; and folders without any."""
    found, bare = [], []
    for path in paths:
        try:
            if not path.is_dir():
                found.append(path)
                continue
            inside = sorted(one for one in path.iterdir() if _is_wanted(one))
        except OSError as error:
            bare.append(FileReport(path.name, "", trouble=error.strerror or phrase("not_opened")))
            continue
        found += inside
        if not inside:
            name = path.name or str(path)
            bare.append(FileReport(name, "", trouble=phrase("no_files_inside")))
    return found, bare


def _is_wanted(path: Path) -> bool:
    """Of a folder; what lies beside its files, such as notes, is nobody's import."""
    return path.suffix.casefold() in ENDINGS and not path.name.startswith(".") and path.is_file()


def _training(home: Home, at: str | None) -> bool:
    """Whether a home, here or to be made, takes files of the demo."""
    if not home.exists:
        return at is not None
    known = settings.load(home)
    if known.kind is HomeKind.CENTRAL:
        return bool(known.training_time)
    return known.kind is not HomeKind.REAL


def _read(
    paths: Sequence[Path], bare: Sequence[FileReport], progress: Progress | None
) -> tuple[list[ParsedFile], list[FileReport]]:
    """Files that can be read, and reports of the others.

    Raises BadFile where none can, and where one is of the demo: with it half of a tournament that
    is not the venue's would be kept.
    """
    parsed, unread = catalogue.read_files(paths, progress)
    unread += bare
    for one in unread:
        if isinstance(one.trouble, Phrase) and one.trouble.token == "open_days":
            raise BadFile(file=one.name, why=one.trouble)
    if not parsed:
        raise BadFile(file=unread[0].name, why=unread[0].trouble)
    return parsed, unread


def _progress(what: str) -> Progress | None:
    """One line that is written over again and again, where somebody looks at a terminal."""
    if not sys.stderr.isatty():
        return None

    def step(name: str, done: int, total: int) -> None:
        text = f"{what} {min(done + 1, total)}/{total} {name}" if name else ""
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()

    return step


def _make(home: Home, at: str | None) -> None:
    if at is None:
        bootstrap.make_home(home, Settings())
        return
    # As we write it: what was typed may hold anything that separates day and hour.
    start = clock.venue(read_time(at)).isoformat()
    bootstrap.make_home(home, Settings(kind=HomeKind.TRAINING, training_time=start))


def _store(home: Home, parsed: list[ParsedFile]) -> tuple[list[FileReport], tuple[Person, ...]]:
    if settings.load(home).kind is HomeKind.CENTRAL:
        return _store_at_central(home, parsed)
    with bootstrap.open_office(home) as office:
        people: tuple[Person, ...] = ()
        if office.settings.kind is HomeKind.TRAINING:
            people = training.missing(office=office)
        with training.entries(people, office.pepper) as entries:
            step = _progress("storing")
            reports = catalogue.import_files(office=office, files=parsed, progress=step)
            for entry in entries:
                office.link.lane.call(entry.result())
        sync.pull(office)
        return reports, people


def _store_at_central(
    home: Home, parsed: list[ParsedFile]
) -> tuple[list[FileReport], tuple[Person, ...]]:
    with open_central(home) as central:
        store = central.store
        people: tuple[Person, ...] = ()
        if central.settings.training_time:
            people = training.missing_at(store)
        with training.entries(people, central.keys.raw("pepper")) as entries:
            step = _progress("storing")
            reports = catalogue.keep_files(lambda work: work(store), central.seal, parsed, step)
            for entry in entries:
                entry.result()(store)
        return reports, people


def _tell(report: FileReport) -> None:
    if report.trouble:
        say(f"{report.name}: refused, {report.trouble}")
    elif report.errors:
        say(f"{report.name}: refused, {len(report.errors)} errors; nothing of it was kept")
    else:
        parts = [f"{report.added} new", f"{report.unchanged} unchanged"]
        if report.changed:
            parts.insert(1, f"{report.changed} changed")
        if report.not_changed:
            parts.append(f"{len(report.not_changed)} refused")
        say(f"{report.name}: {report.kind}, {', '.join(parts)}")
    for column in report.ignored_columns:
        say(f"  column {column} is not known and was left out")
    for error in report.errors[:MOST_LINES]:
        say(f"  line {error.line} {error.column}: {error.value!r}, expected {error.expected}")
    _more(len(report.errors))
    for kept in report.not_changed[:MOST_LINES]:
        say(f"  line {kept.line} {kept.column}: stays as it is, {kept.value!r}; {kept.expected}")
    _more(len(report.not_changed))
    for out in report.exceptions[:MOST_LINES]:
        say(
            f"  order {out.order_number} left out: line {out.line} {out.reason} "
            f"{out.value!r}, expected {out.expected}"
        )
    _more(len(report.exceptions))


def _more(count: int) -> None:
    if count > MOST_LINES:
        say(f"  and {count - MOST_LINES} more; --json lists them all")
