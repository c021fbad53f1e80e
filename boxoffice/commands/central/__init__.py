"""`main.py central …`: sets up and looks after the central records; one file per subcommand."""

from __future__ import annotations

import argparse
import importlib

NAME = "central"
HELP = "set up and look after the central records that many windows share"
SUBCOMMANDS: tuple[str, ...] = (
    "init",
    "add-window",
    "status",
    "password",
    "allot",
    "fence",
    "free",
    "receive",
    "restored",
)
"""Modules beside this one, by the name of the subcommand (- written as _)."""


def add(parser: argparse.ArgumentParser) -> None:
    choices = parser.add_subparsers(dest="subcommand", required=True, metavar="SUBCOMMAND")
    for name in SUBCOMMANDS:
        module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
        below = choices.add_parser(name, help=module.HELP, description=module.HELP)
        module.add(below)
        below.set_defaults(run=module.run)


def run(args: argparse.Namespace) -> int:
    """Run the subcommand that was named; answers the exit status."""
    return int(args.run(args))
