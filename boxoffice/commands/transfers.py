"""`main.py transfers`: writes the file that orders all waiting transfers from the bank."""

from __future__ import annotations

import argparse
from pathlib import Path

from boxoffice import bootstrap
from boxoffice.commands import add_home, add_json, complain, home_of, say, say_json, set_clock
from boxoffice.domain.money import format_yuan
from boxoffice.services.money import bank_folder

NAME = "transfers"
HELP = "write the file (pain.001) that orders all waiting transfers from the bank"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder the bank's program reads"
    )
    add_home(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """0 where all that waits is in a file, 1 where some has to wait."""
    home = home_of(args)
    set_clock(home, None)
    with bootstrap.open_books(home) as here:
        found = bank_folder.write_unsigned(here, home, args.out)
    if args.json:
        listed = [
            {"file": name, "number": file.number, "count": file.count, "fen": file.fen,
             "currency": file.currency, "again": file.again}
            for name, file in zip(found.names, found.files, strict=True)
        ]  # fmt: skip
        say_json({"files": listed, "left": found.left})
    else:
        for name, file in zip(found.names, found.files, strict=True):
            say(
                f"{name}: {file.count} transfers, {format_yuan(file.fen)} {file.currency}"
                f"{', written again' if file.again else ''}"
            )
        if not found.names:
            say("no transfer waits")
    if found.left:
        complain(
            f"{len(found.left)} transfers wait: their orders ({', '.join(found.left)}) are in hand "
            "at another window, or this bank takes no such account."
        )
    return 1 if found.left else 0
