"""`main.py add-operator`: enters somebody who may sign in."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Sequence

from boxoffice import bootstrap, settings
from boxoffice.commands import (
    add_home,
    add_json,
    complain,
    home_of,
    say,
    say_json,
    set_clock,
)
from boxoffice.desk import Role
from boxoffice.errors import BadOperator
from boxoffice.records.people import EVERY_WINDOW
from boxoffice.services.setup.central_home import open_central
from boxoffice.services.staff import operators
from boxoffice.settings import Home, HomeKind

NAME = "add-operator"
HELP = "enter an operator; the PIN is asked for, or read from standard input"


def add(parser: argparse.ArgumentParser) -> None:
    add_home(parser)
    add_json(parser)
    parser.add_argument("--number", required=True, help="operator number, digits")
    parser.add_argument("--name", required=True)
    parser.add_argument(
        "--windows",
        default="",
        metavar="N,N",
        help="at a central home: at which windows they may sign in; without it at every one",
    )
    parser.add_argument("--role", required=True, choices=[role.value for role in Role])


def run(args: argparse.Namespace) -> int:
    """Enter the operator in an existing home, or at central."""
    if not args.name.isprintable():
        raise BadOperator(why="name", value="")
    home = home_of(args)
    at_central = home.exists and settings.load(home).kind is HomeKind.CENTRAL
    windows = _windows(args.windows)
    if not windows or (args.windows and not at_central):
        complain("--windows wants all, or numbers like 1,2, and goes with a central home.")
        return 2
    if at_central:
        _enter_at_central(home, args, windows)
    else:
        with bootstrap.open_office(home) as office:
            operators.add_operator(
                office=office, number=args.number, name=args.name, role=Role(args.role), pin=_pin()
            )
    if args.json:
        say_json({"number": args.number, "name": args.name, "role": args.role})
    else:
        where = f" {_where(windows)}" if at_central else ""
        say(f"operator {args.number} may sign in{where}")
    return 0


def _enter_at_central(home: Home, args: argparse.Namespace, windows: Sequence[int]) -> None:
    set_clock(home, None)
    with open_central(home) as central:
        person = operators.NewOperator(
            args.number, args.name, Role(args.role), _pin(), windows=windows
        )
        person.work(central.keys.raw("pepper"))(central.store)


def _windows(text: str) -> list[int]:
    """Numbers of windows, or that which stands for all; nothing where it is neither."""
    if text in ("", "all"):
        return [EVERY_WINDOW]
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and int(part) > 0 for part in parts):
        return []
    return [int(part) for part in parts]


def _where(windows: Sequence[int]) -> str:
    if windows == [EVERY_WINDOW]:
        return "at every window"
    numbers = ", ".join(str(number) for number in sorted(set(windows)))
    return f"at window {numbers} only"


def _pin() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("PIN: ")
    return sys.stdin.readline().strip()
