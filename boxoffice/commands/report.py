"""`main.py report`: what a day, a window or a shift came to, on the screen, as PDF or XLSX."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from boxoffice import bootstrap, clock
from boxoffice.commands import add_home, add_json, home_of, say, say_json, set_clock
from boxoffice.domain.money import format_yuan
from boxoffice.errors import BadDay, NoStatement
from boxoffice.exchange import saving
from boxoffice.queries import reports, statements
from boxoffice.queries.statements import Statement
from boxoffice.records.store import Store
from boxoffice.services.setup.central_home import open_central
from boxoffice.services.supervising import statement_json, statement_papers
from boxoffice.services.supervising import statements as making
from boxoffice.services.supervising.statement_papers import Report
from boxoffice.settings import Home, Settings

HELP = (
    "what a day, a window or a shift came to, by the postings that central has; a day that is "
    "over is kept as a numbered statement, and what is reported later as its supplements; one that "
    "runs is only read"
)


def add(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", required=True)
    day = kinds.add_parser("day", help="all windows together")
    day.add_argument("day", metavar="DATE", help="business day, as in 2025-09-27")
    day.add_argument(
        "--part",
        type=int,
        metavar="N",
        help="only the statement as it was kept (0), or its first supplement (1) and so on",
    )
    day.add_argument(
        "--keep",
        action="store_true",
        help="keep the statement of today too, once all shifts are closed",
    )
    window = kinds.add_parser("window", help="one window")
    window.add_argument("window", type=int, metavar="N", help="number of the window; 0: central")
    window.add_argument("day", metavar="DATE", help="business day, as in 2025-09-27")
    shift = kinds.add_parser("shift", help="one shift that was closed")
    shift.add_argument("z", metavar="WINDOW/EPOCH/NUMBER", help="its Z report, as in 3/1/12")
    for one in (day, window, shift):
        add_home(one)
        one.add_argument("--pdf", type=Path, metavar="FILE", help="write it as PDF")
        one.add_argument("--xlsx", type=Path, metavar="FILE", help="write it as XLSX")
        add_json(one)


def run(args: argparse.Namespace) -> int:
    """Print it, and write the files that were asked for."""
    home = home_of(args)
    set_clock(home, None)
    kept: list[Statement] = []
    with _central(home) as central:
        if args.kind == "shift":
            report = central.read(lambda store: _shift(store, args.z))
        elif args.kind == "window":
            report = _window(central, args.window, _date(args.day))
        else:
            report, kept = _day(central, _date(args.day), args.part, keep=args.keep)
        settings = central.settings
    for path, write in ((args.pdf, statement_papers.pdf), (args.xlsx, _xlsx)):
        if path is not None:
            saving.save(path, write(report, settings))
    if args.json:
        say_json({**statement_json.of_report(report, kept), "preliminary": _runs(report)})
    else:
        _print(report)
    return 0


@dataclass(frozen=True, slots=True)
class _Central:
    """Central as this home reaches it: its owner's, or a window's."""

    settings: Settings
    read: Callable[[Callable[[Store], Report]], Report]
    make: Callable[[date], list[Statement]]
    kept: Callable[[date], list[Statement]]


@contextmanager
def _central(home: Home) -> Iterator[_Central]:
    if bootstrap.is_central(home):
        with open_central(home) as owner:
            store = owner.store
            yield _Central(
                owner.settings,
                lambda work: work(store),
                lambda day: making.make_at_central(store, day),
                lambda day: statements.of_day(store, day.isoformat()),
            )
        return
    with bootstrap.open_office(home) as office:
        yield _Central(
            office.settings,
            lambda work: office.link.call(lambda store, _: work(store)),
            lambda day: making.make_unsigned(office=office, day=day),
            lambda day: making.kept(office, day),
        )


def _day(
    central: _Central, day: date, part: int | None, *, keep: bool
) -> tuple[Report, list[Statement]]:
    """What is kept of a day, and how it reads. Looking at a day that runs keeps nothing of it:
    somebody has to say that it ended early. Raises DayNotOver where that is not so."""
    over = day < clock.business_day(clock.now())
    kept = central.make(day) if over or keep else central.kept(day)
    if part is not None:
        kept = [one for one in kept if one.part == part]
        if not kept:
            raise NoStatement(what=f"part {part} of {day}")
    elif not (over or keep):
        kept = []
    if not kept:
        return central.read(lambda store: _reading(store, day)), []
    whole = statements.together(one.day for one in kept)
    return central.read(lambda store: statement_papers.of_day(store, whole, kept)), kept


def _runs(report: Report) -> bool:
    """Whether it is of a day that is not over, and no statement: only of what there is so far."""
    today = clock.business_day(clock.now()).isoformat()
    return report.day is not None and not report.number and report.day.business_day >= today


def _reading(store: Store, day: date) -> Report:
    found = statements.fold_day(store, day.isoformat(), statements.heads(store))
    return statement_papers.of_day(store, found, ())


def _window(central: _Central, window: int, day: date) -> Report:
    def read(store: Store) -> Report:
        known = store.first("SELECT 1 FROM ticket_window WHERE id = ?", (window,))
        if known is None and window != 0:
            raise NoStatement(what=f"window {window}")
        found = statements.fold_day(store, day.isoformat(), statements.heads(store))
        return statement_papers.of_window(store, found, window)

    return central.read(read)


def _shift(store: Store, name: str) -> Report:
    parts = name.split("/")
    found = None
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts):
        found = reports.shift_of_z(store, *(int(part) for part in parts))
    if found is None:
        raise NoStatement(what=f"Z {name}")
    return statement_papers.of_shift(store, found)


def _date(text: str) -> date:
    try:
        # Only as we say it: other forms of the standard are easily another day mistyped.
        if len(text) != len("2025-09-27"):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise BadDay(text=text) from None


def _xlsx(report: Report, _settings: Settings) -> bytes:
    return statement_papers.xlsx(report)


def _print(report: Report) -> None:
    number = f" {report.number}" if report.number else " (a reading, not kept)"
    say(f"{report.title.en}{number}")
    if _runs(report):
        say("  preliminary: the day is not over; what comes later today is not in it")
    for label, value in report.about:
        say(f"  {label.en}: {value}")
    for title, figures in statement_papers.sections(report):
        say(title.en)
        for figure in figures:
            _line(figure.text.en, figure.count, figure.fen)
    debits = sum(debit for debit, _ in report.accounts.values())
    credits = sum(credit for _, credit in report.accounts.values())
    say("Accounts")
    _line("Debits", None, debits)
    _line("Credits", None, credits)
    if report.day is not None:
        say("Journals included")
        for head in report.day.heads:
            say(f"  window {head.window} epoch {head.epoch}: {head.number} {head.hash[:16]}")


def _line(words: str, count: int | None, fen: int | None) -> None:
    values: Sequence[str] = (
        "" if count is None else f"{count:,}",
        "" if fen is None else format_yuan(fen),
    )
    say(f"  {words:<44}{values[0]:>8}{values[1]:>16}")
