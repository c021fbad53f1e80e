"""`main.py add-operator`: enters somebody who may sign in."""

from __future__ import annotations

import argparse
import getpass
import sys

from boxoffice import bootstrap
from boxoffice.commands import add_home, add_json, home_of, say, say_json
from boxoffice.desk import Role
from boxoffice.errors import BadOperator
from boxoffice.services import operators

NAME = "add-operator"
HELP = "enter an operator; the PIN is asked for, or read from standard input"


def add(parser: argparse.ArgumentParser) -> None:
    add_home(parser)
    add_json(parser)
    parser.add_argument("--number", required=True, help="operator number, digits")
    parser.add_argument("--name", required=True)
    parser.add_argument("--role", required=True, choices=[role.value for role in Role])


def run(args: argparse.Namespace) -> int:
    """Enter the operator in an existing home."""
    if not args.name.isprintable():
        raise BadOperator(why="name", value="")
    with bootstrap.open_office(home_of(args)) as office:
        operators.add_operator(
            office=office, number=args.number, name=args.name, role=Role(args.role), pin=_pin()
        )
    if args.json:
        say_json({"number": args.number, "name": args.name, "role": args.role})
    else:
        say(f"operator {args.number} may sign in")
    return 0


def _pin() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("PIN: ")
    return sys.stdin.readline().strip()
