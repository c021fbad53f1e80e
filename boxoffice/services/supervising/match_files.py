"""Files of matches taken into the play ledger from a window, wherever the central records are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from boxoffice.central import playing
from boxoffice.central.items import Credentials
from boxoffice.desk import Desk, Right
from boxoffice.exchange import FileKind, ParsedFile
from boxoffice.records import play_ledger
from boxoffice.records.store import Row, Store
from boxoffice.records.unit_of_work import Unit
from boxoffice.sentences.phrases import phrase
from boxoffice.services.aftersales import play
from boxoffice.services.office import Office
from boxoffice.services.programme import match_records
from boxoffice.services.programme.catalogue import FileReport, read_files
from boxoffice.services.programme.importing import Counts, FileRefused
from boxoffice.services.programme.match_records import Keeper

_Stored = tuple[Counts, list[Row]]


def take_in(*, office: Office, desk: Desk, paths: Sequence[Path]) -> list[FileReport]:
    """Add what files of matches tell to the ledger; answers what became of each, as it came.

    Errors are answers, not raises: a file that has one is left out whole, as is one of another
    kind. Steps for each file: at central, in one transaction; then here, with journal entries,
    which after a break in between the next entry of this window makes up for. The same file again
    adds nothing. Raises NotAllowed, CentralUnreachable, ImpossiblePlay where the ledger is at odds
    with itself.
    """
    desk.require(Right.SETTLE_CASES)
    office.require_trusted()
    parsed, unread = read_files(paths)
    return [*(_one(office, desk, file) for file in parsed), *unread]


def _one(office: Office, desk: Desk, parsed: ParsedFile) -> FileReport:
    name, kind = parsed.name, parsed.kind.value
    if parsed.kind is not FileKind.MATCHES:
        return FileReport(name, kind, trouble=phrase("no_matches"))
    if parsed.errors:
        return FileReport(name, kind, errors=parsed.errors)
    keeper = Keeper(desk.operator.id, desk.window, desk.epoch)

    def store(central: Store, who: Credentials) -> _Stored | FileRefused:
        try:
            return playing.enter_all(
                central, who, lambda: match_records.add(central, parsed, keeper)
            )
        except FileRefused as refused:
            return refused

    found = office.link.call(store)
    if isinstance(found, FileRefused):
        return FileReport(name, kind, errors=found.errors)
    counts, rows = found

    def keep(unit: Unit) -> None:
        play_ledger.keep(unit.store, rows)
        play.journal(unit)

    office.unit(keep, ["play"])
    return FileReport(
        name,
        kind,
        added=counts.added,
        unchanged=counts.unchanged,
        changed=counts.changed,
        ignored_columns=parsed.ignored_columns,
    )
