"""`main.py transfers`: writes the file that orders all waiting transfers from the bank."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from boxoffice import bootstrap
from boxoffice.bank import our_account
from boxoffice.commands import add_home, add_json, complain, home_of, say, say_json, set_clock
from boxoffice.domain.money import format_yuan
from boxoffice.errors import BadSetting, DiskTrouble
from boxoffice.services.money import batches
from boxoffice.services.money.batches import Written
from boxoffice.settings import keep_private

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
    with bootstrap.open_office(home) as office:
        bootstrap.recover(office)
        bank = our_account.read(home)
        if bank is None:
            raise BadSetting(file=our_account.FILE, key="bank", why="is missing")
        found = batches.make(office, bank)
        names = []
        for file in found.files:
            names.append(_write(args.out, file))
            batches.written(office, file.number)
    if args.json:
        listed = [
            {"file": name, "number": file.number, "count": file.count, "fen": file.fen,
             "currency": file.currency, "again": file.again}
            for name, file in zip(names, found.files, strict=True)
        ]  # fmt: skip
        say_json({"files": listed, "left": found.left})
    else:
        for name, file in zip(names, found.files, strict=True):
            say(
                f"{name}: {file.count} transfers, {format_yuan(file.fen)} {file.currency}"
                f"{', written again' if file.again else ''}"
            )
        if not names:
            say("no transfer waits")
    if found.left:
        complain(
            f"{len(found.left)} transfers wait: their orders ({', '.join(found.left)}) are in hand "
            "at another window, or this bank takes no such account."
        )
    return 1 if found.left else 0


def _write(folder: Path, file: Written) -> str:
    """Whole or not at all, readable by its user alone: it names people and their accounts."""
    path = folder / f"{file.number}.xml"
    part = path.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        keep_private(part)
        with part.open("wb") as out:
            out.write(file.content)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        raise DiskTrouble(file=str(path), why=error.strerror or "") from error
    return path.name
