"""`main.py reconcile`: bills, statements of channels and files of the bank against the ledger."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from boxoffice import bootstrap
from boxoffice.bank import iso20022, our_account
from boxoffice.bank.bill import Bill
from boxoffice.commands import (
    add_home,
    add_json,
    complain,
    home_of,
    say,
    say_json,
    set_clock,
    without_collector,
)
from boxoffice.domain.money import format_yuan
from boxoffice.errors import BadFile
from boxoffice.payments import gateway_settings
from boxoffice.sentences import english
from boxoffice.services.money import bank_files, bills, books
from boxoffice.services.money.bills import BillReport
from boxoffice.services.money.intake import BankReport
from boxoffice.services.office import Office
from boxoffice.services.sharing import sync
from boxoffice.settings import Home

NAME = "reconcile"
HELP = "hold bills, channel statements and bank files against the ledger; exceptions become cases"

Report = BillReport | BankReport


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add_home(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """0 where all files agree with the ledger or are explained, 1 otherwise."""
    home = home_of(args)
    set_clock(home, None)
    with without_collector(), bootstrap.open_office(home) as office:
        bootstrap.recover(office)
        reports, refused = reconcile_files(office, args.files)
        sync.pull(office)
    if args.json:
        listed = [{**asdict(report), "closed": report.closed} for report in reports]
        say_json({"files": listed, "refused": refused})
    else:
        for report in reports:
            _tell(report)
    for sentence in refused.values():
        complain(sentence)
    waiting = sum(not report.closed for report in reports)
    if waiting:
        complain(
            f"{waiting} of {len(args.files)} files do not agree with the ledger: each exception is "
            "an open case. Settle it with a reason, or read the file that explains it."
        )
    return 1 if refused or waiting else 0


def reconcile_files(office: Office, paths: Sequence[Path]) -> tuple[list[Report], dict[str, str]]:
    """Reports in order, and a sentence by name of each file that was refused.

    Files of the bank come first: what they book is in the ledger when the bills are held against
    it. Raises CentralUnreachable, BadSetting.
    """
    bank, own = our_account.read(office.home), _merchants(office.home)
    mappings = bills.mappings_of(office.home)
    here = books.of_window(office)
    reports: list[Report] = []
    refused: dict[str, str] = {}
    for path in sorted(paths, key=lambda path: not _of_bank(path)):
        try:
            if _of_bank(path):
                reports.append(bank_files.take_in(office, bank, *bank_files.load(path)))
                continue
            found: tuple[Bill, ...] = bills.read(path, mappings)
            reports += [bills.keep(here, bill, own.get(bill.party, "")) for bill in found]
        except BadFile as error:
            refused[path.name] = english(error)
    return reports, refused


def _of_bank(path: Path) -> bool:
    if not path.is_file():
        return False  # whoever opens it says so
    with path.open("rb") as file:
        return iso20022.may_be_xml(file.read(64))


def _merchants(home: Home) -> dict[str, str]:
    """Our numbers at the parties whose bills name one."""
    wechat = gateway_settings.read(home).wechat
    return {} if wechat is None else {"wechat": wechat.mchid}


def _tell(report: Report) -> None:
    if isinstance(report, BankReport):
        _tell_bank(report)
        return
    days = report.first_day
    if report.last_day != report.first_day:
        days += f" to {report.last_day}"
    say(f"{report.name}: {report.party}, {days}{', read before' if report.known else ''}")
    say(f"  ledger {format_yuan(report.ours_fen):>16} in {report.ours_rows:,} rows")
    say(f"  bill   {format_yuan(report.theirs_fen):>16} in {report.theirs_rows:,} rows")
    for bucket, (count, fen) in report.buckets.items():
        difference = f", {format_yuan(fen)} of the difference" if fen else ""
        say(f"  {count:>8,} {bucket.replace('_', ' ')}{difference}")
    say(f"  fees {format_yuan(report.fees_fen)}, to be paid out {format_yuan(report.paid_out_fen)}")
    if not report.whole:
        say("  the bill is not whole: lines were not understood, or its totals do not fit")
    if report.closed:
        explained = f"; {report.exceptions} exceptions explained" if report.exceptions else ""
        say(f"  closed{explained}")
    else:
        say(f"  {report.open_cases} open cases, {report.new_cases} of them new")


def _tell_bank(report: BankReport) -> None:
    say(f"{report.name}: {report.kind}{', read before' if report.known else ''}")
    for warning in report.warnings:
        say(f"  {warning}")
    say(f"  {report.booked} booked, {report.returned} came back, {report.refused} refused")
    if report.kind != "answers":
        say(f"  ledger {format_yuan(report.ours_fen):>16}")
        say(f"  bank   {format_yuan(report.theirs_fen):>16}")
        say(f"  {report.other_rows} other bookings, {format_yuan(report.other_fen)}")
    for number in report.left:
        say(f"  order {number} is in hand at another window; read the file again afterwards")
    if report.open_cases:
        say(f"  {report.open_cases} open cases, {report.new_cases} of them new")
