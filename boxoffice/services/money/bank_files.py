"""Files from the bank taken in: its answers to our orders, its notices and its statements.

What it books is posted; what it refuses or sends back is owed again; whatever is not sure becomes a
case. Taking the same file in again changes nothing.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from boxoffice import clock
from boxoffice.bank import iso20022
from boxoffice.bank.answers import AnswerFile
from boxoffice.bank.our_account import BankSettings
from boxoffice.bank.statements import StatementFile
from boxoffice.exchange import opening
from boxoffice.records.settling import BankFile
from boxoffice.records.store import Store
from boxoffice.services.money import bank_answers, bank_bookings, cases
from boxoffice.services.money.books import Books
from boxoffice.services.money.cases import BANK
from boxoffice.services.money.intake import BankReport, Intake


def load(path: Path) -> tuple[str, bytes]:
    """Name and bytes of a file. Raises BadFile."""
    return opening.load(path, opening.LARGEST_BYTES)


def take_in(here: Books, bank: BankSettings | None, name: str, raw: bytes) -> BankReport:
    """One file of the bank.

    Steps, each safe to repeat: for each transfer the step of its payback with its postings, then
    what the bank said, at central; the cases; that the file was taken in. Raises BadFile for what
    is none of ours, CentralUnreachable.
    """
    here.report()
    read = iso20022.read_bank_file(name, raw)
    digest = hashlib.sha256(raw).hexdigest()
    kind = read.kind.value if isinstance(read, StatementFile) else "answers"
    report = BankReport(name, kind, read.message, warnings=read.warnings)
    report.known = here.read(lambda store: _known(store, digest))
    intake = Intake(bank, here, report)
    if isinstance(read, AnswerFile):
        bank_answers.follow(intake, read)
    else:
        bank_bookings.follow(intake, read)
    here.report()
    here.write(lambda store: _finish(store, intake, digest))
    if not report.known or report.new_cases:
        here.note("bank_file", {"file": name, "digest": digest, "cases": report.open_cases})
    return report


def _known(store: Store, digest: str) -> bool:
    return store.first("SELECT 1 FROM bank_file WHERE digest = ?", (digest,)) is not None


def _finish(store: Store, intake: Intake, digest: str) -> None:
    """Inside a transaction at central."""
    report, at = intake.report, clock.now()
    report.new_cases = cases.open_all(store, BANK, intake.cases, at)
    listed = cases.statuses(store, BANK, [case.key for case in intake.cases])
    report.open_cases = sum(status == "open" for status in listed.values())
    if not report.left:
        row = {
            "digest": digest,
            "name": report.name,
            "kind": report.kind,
            "number": report.number,
            "day": clock.venue(at).date().isoformat(),
            "imported_at": at,
        }
        store.insert(BankFile, [row], conflict="ON CONFLICT (digest) DO NOTHING")
