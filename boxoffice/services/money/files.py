"""Files about money taken in: bills, statements of channels and files of the bank, of any kind.

What a file is, is found out by looking into it; what it is not is said in a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from boxoffice.bank import iso20022, our_account
from boxoffice.desk import Desk, Right
from boxoffice.errors import BadFile
from boxoffice.payments import gateway_settings
from boxoffice.records.unit_of_work import Author
from boxoffice.services.money import bank_files, bills, books
from boxoffice.services.money.bills import BillReport
from boxoffice.services.money.books import Books
from boxoffice.services.money.intake import BankReport
from boxoffice.services.office import Office
from boxoffice.services.sharing import sync
from boxoffice.settings import Home

Report = BillReport | BankReport


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of some files, those of the bank first."""

    reports: tuple[Report, ...]
    refused: Mapping[str, BadFile]
    """By name of the file, where two have one with its folder: why nothing of it was taken in."""


def take(*, office: Office, desk: Desk, paths: Sequence[Path]) -> Taken:
    """Take files in, on the record of who did it; the same file again changes nothing.

    Steps, each safe to repeat: what this window did is reported; each file by itself; the cases it
    opened or ended are read. Raises NotAllowed, CentralUnreachable, BadSetting.
    """
    desk.require(Right.SETTLE_CASES)
    sync.push(office)
    author = Author(desk.operator.id, desk.shift_id)
    found = take_unsigned(books.of_window(office, author), office.home, paths)
    sync.pull(office)
    return found


def take_unsigned(here: Books, home: Home, paths: Sequence[Path]) -> Taken:
    """The same by a command, which names nobody; `home` has the settings of payments.

    Files of the bank come first: what they book is in the ledger when the bills are held against
    it. Raises CentralUnreachable, BadSetting.
    """
    bank, own = our_account.read(home), _merchants(home)
    mappings = bills.mappings_of(home)
    reports: list[Report] = []
    refused: dict[str, BadFile] = {}
    of_bank = [(path, _of_bank(path)) for path in dict.fromkeys(paths)]
    for path, banks in sorted(of_bank, key=lambda one: not one[1]):
        try:
            if banks:
                reports.append(bank_files.take_in(here, bank, *bank_files.load(path)))
                continue
            found = bills.read(path, mappings)
            reports += [bills.keep(here, bill, own.get(bill.party, "")) for bill in found]
        except BadFile as error:
            name = str(error.fields["file"])
            refused[str(path) if name in refused else name] = error
    return Taken(tuple(reports), refused)


def _of_bank(path: Path) -> bool:
    try:
        if not path.is_file():
            return False  # whoever opens it says so
        with path.open("rb") as file:
            return iso20022.may_be_xml(file.read(iso20022.HEAD_BYTES))
    except OSError:
        return False  # likewise: it must not keep the others from being read


def _merchants(home: Home) -> dict[str, str]:
    """Our numbers at the parties whose bills name one."""
    wechat = gateway_settings.read(home).wechat
    return {} if wechat is None else {"wechat": wechat.mchid}
