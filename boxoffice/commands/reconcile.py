"""`main.py reconcile`: bills, statements of channels and files of the bank against the ledger."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from boxoffice import bootstrap
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
from boxoffice.sentences import english
from boxoffice.services.money import files
from boxoffice.services.money.files import Report
from boxoffice.services.money.intake import BankReport

NAME = "reconcile"
MOST_REASONS = 10
"""How many reasons why a bill is not whole are printed."""
HELP = "hold bills, channel statements and bank files against the ledger; exceptions become cases"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add_home(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """0 where all files agree with the ledger or are explained, 1 otherwise."""
    home = home_of(args)
    set_clock(home, None)
    with without_collector(), bootstrap.open_books(home) as here:
        found = files.take_unsigned(here, home, args.files)
    reports = found.reports
    refused = {name: english(error) for name, error in found.refused.items()}
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
            f"{waiting} of {len(reports)} bills and files do not agree with the ledger: each "
            "exception is an open case. Settle it with a reason, or read the file that explains it."
        )
    return 1 if refused or waiting else 0


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
    if report.passed_over:
        say(f"  {report.passed_over:>8,} lines passed over by their type or state")
    if report.reasons:
        say("  the bill is not whole; mend nothing in it, download it again:")
    for reason in report.reasons[:MOST_REASONS]:
        say(f"    {reason}")
    more = len(report.reasons[MOST_REASONS:]) + report.reasons_left_out
    if more:
        say(f"    and {more} more")
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
