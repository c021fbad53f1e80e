"""Import into central: files sorted by need, all or nothing per file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import peewee

from boxoffice import exchange
from boxoffice.central import pulling
from boxoffice.central.guard import CENTRAL
from boxoffice.desk import Desk, Right
from boxoffice.errors import BadFile, NotEnoughPlaces, StockMoved
from boxoffice.exchange import FileKind, LineError, ParsedFile, sort_by_need
from boxoffice.records.personal import Seal
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Unit, unit_of_work
from boxoffice.services.office import Office
from boxoffice.services.programme import match_records, presale, schedule, stocking
from boxoffice.services.programme.importing import Counts, FileRefused, OrderException
from boxoffice.services.sharing import sync


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file; with `trouble` or errors by line nothing of it was kept."""

    name: str
    kind: str
    """Empty where the file is of no kind we know."""
    trouble: str = ""
    """Why the file as a whole could not be read."""
    added: int = 0
    unchanged: int = 0
    errors: tuple[LineError, ...] = ()
    exceptions: tuple[OrderException, ...] = ()
    ignored_columns: tuple[str, ...] = field(default=())
    changed: int = 0
    not_changed: tuple[LineError, ...] = ()
    """Lines that ask for what may not change, with why; the rest of the file was kept."""

    @property
    def refused(self) -> bool:
        """Whether nothing of the file was kept."""
        return bool(self.trouble or self.errors)


_STORE: dict[FileKind, Callable[[Unit, ParsedFile], Counts]] = {
    FileKind.PLAN: stocking.plan,
    FileKind.COURTS: schedule.courts,
    FileKind.ACCESS: schedule.access,
    FileKind.PRICES: stocking.prices,
    FileKind.REFUND_POLICY: stocking.refund_policy,
    FileKind.RAIN_POLICY: stocking.rain_policy,
    FileKind.SESSIONS: schedule.sessions,
    FileKind.RULES: stocking.rules,
    FileKind.MATCHES: match_records.matches,
}


Progress = Callable[[str, int, int], object]
"""Told the name of the file whose turn it is, how many are done, and of how many."""


def read_files(
    paths: Sequence[Path], progress: Progress | None = None
) -> tuple[list[ParsedFile], list[FileReport]]:
    """Files that can be read, and reports of those that cannot."""
    parsed, unread = [], []
    for done, path in enumerate(paths):
        if progress is not None:
            progress(path.name, done, len(paths))
        try:
            parsed.append(exchange.read(path))
        except BadFile as bad:
            why = bad.fields["why"]
            trouble = why if isinstance(why, str) else str(why)
            unread.append(FileReport(str(bad.fields["file"]), "", trouble=trouble))
    if progress is not None:
        progress("", len(paths), len(paths))
    return parsed, unread


def import_paths(
    *, office: Office, desk: Desk, paths: Sequence[Path], progress: Progress | None = None
) -> list[FileReport]:
    """Read files and store them; `progress` counts each file twice, read and stored."""
    desk.require(Right.IMPORT)
    total = 2 * len(paths)

    def steps(before: int) -> Progress | None:
        if progress is None:
            return None
        return lambda name, done, _: progress(name, before + done, total)

    parsed, unread = read_files(paths, steps(0))
    before = total - len(parsed)
    return [*import_files(office=office, files=parsed, progress=steps(before)), *unread]


def import_files(
    *, office: Office, files: Sequence[ParsedFile], progress: Progress | None = None
) -> list[FileReport]:
    """Store parsed files at central, then bring this window up to date.

    Errors are answers, not raises: each file that has one is left out whole. `progress` is told
    of each file before its turn, and at the end, on the thread that calls. Raises OnlyAtCentral
    where central is on a server: a window has no right to a catalogue that all share.
    """
    office.require_own_central()
    reports = keep_files(office.link.lane.call, office.seal, files, progress)
    sync.pull(office)
    return reports


AtCentral = Callable[[Callable[[Store], Counts]], Counts]
"""Does work with the central records, as their owner."""


def keep_files(
    central: AtCentral, seal: Seal, files: Sequence[ParsedFile], progress: Progress | None = None
) -> list[FileReport]:
    """Store parsed files at central; windows hear of it when they pull next."""
    reports = []
    for done, parsed in enumerate(sort_by_need(files)):
        if progress is not None:
            progress(parsed.name, done, len(files))
        reports.append(_keep_one(central, seal, parsed))
    if progress is not None:
        progress("", len(files), len(files))
    return reports


def _keep_one(central: AtCentral, seal: Seal, parsed: ParsedFile) -> FileReport:
    if parsed.errors:
        return FileReport(parsed.name, parsed.kind.value, errors=parsed.errors)

    def keep(store: Store) -> Counts:
        with unit_of_work(store, CENTRAL) as unit:
            if parsed.kind is FileKind.PRESALE:
                return presale.store_orders(unit, seal, parsed)
            counts = _STORE[parsed.kind](unit, parsed)
            if counts.added or counts.changed:
                pulling.raise_version(store, "catalogue_version")
                facts = {
                    "file": parsed.name,
                    "digest": parsed.digest,
                    "added": counts.added,
                    "changed": counts.changed,
                }
                unit.record("import", facts=facts)
            return counts

    try:
        counts = _again_where_windows_were_faster(lambda: central(keep))
    except FileRefused as refused:
        return FileReport(parsed.name, parsed.kind.value, errors=refused.errors)
    return FileReport(
        parsed.name,
        parsed.kind.value,
        added=counts.added,
        unchanged=counts.unchanged,
        exceptions=counts.exceptions,
        ignored_columns=parsed.ignored_columns,
        changed=counts.changed,
        not_changed=counts.not_changed,
    )


TRIES = 5


def _again_where_windows_were_faster(keep: Callable[[], Counts]) -> Counts:
    """On a server windows sell while orders come in: the file is looked at anew, as a whole."""
    for _ in range(TRIES - 1):
        try:
            return keep()
        except (StockMoved, NotEnoughPlaces, peewee.IntegrityError):
            continue
    return keep()
