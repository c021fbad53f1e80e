"""Who does it and why: what every command takes that is kept under somebody's name."""

from __future__ import annotations

import argparse
import getpass
import sys

from boxoffice.commands import complain
from boxoffice.errors import ReasonMissing, SamePerson
from boxoffice.services.supervising.signing import Signature


def add_reason(parser: argparse.ArgumentParser) -> None:
    """Who does it and why: both are kept in central's journal."""
    parser.add_argument(
        "--operator",
        required=True,
        metavar="NUMBER",
        help="who does this, a supervisor or administrator; the PIN is asked for, or read from "
        "standard input",
    )
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why; it is kept")


def read(args: argparse.Namespace) -> list[Signature] | None:
    """Ask the PIN of everybody who is named; None, with a sentence, where one is not given.

    Leaves numbers and reason in `args` without blanks around them. Raises ReasonMissing or
    SamePerson.
    """
    args.operator, args.reason = args.operator.strip(), args.reason.strip()
    if not args.reason:
        raise ReasonMissing()
    if not args.operator:
        complain("Name who does this: --operator NUMBER.")
        return None
    numbers = [args.operator]
    if "approver" in args:
        args.approver = args.approver.strip()
        numbers += [args.approver] if args.approver else []
    if len(set(numbers)) < len(numbers):
        raise SamePerson()
    found = []
    for number in numbers:
        pin = pin_of(number)
        if not pin:
            return None
        found.append(Signature(number, pin))
    return found


def pin_of(number: str) -> str:
    """The PIN of somebody who is named; "", with a sentence, where none is given."""
    pin = _read(number)
    if not pin:
        complain(
            f"The PIN of {number} was not given. Type it when asked, or give the "
            "PINs on standard input, a line each: operator, then approver."
        )
    return pin


def _read(number: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    try:
        return getpass.getpass(f"PIN of {number}: ").strip()
    except EOFError:
        return ""
