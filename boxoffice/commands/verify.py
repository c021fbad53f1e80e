"""`main.py verify`: proves the records of a home, or of central and any number of windows."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from boxoffice import bootstrap
from boxoffice.central import founding
from boxoffice.commands import (
    add_json,
    complain,
    home_of,
    say,
    say_json,
    without_collector,
)
from boxoffice.commands.passwords import asking
from boxoffice.records.postgres import Address
from boxoffice.settings import Home, Settings
from boxoffice.verify.proof import Proof, prove

NAME = "verify"
HELP = "prove the records: chains, postings, seats, custody, hand-overs, windows against central"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--home",
        type=Path,
        metavar="DIR",
        action="append",
        help="folder that holds everything of one window; may be named several times",
    )
    parser.add_argument(
        "--central",
        metavar="URL",
        help="central records on a server, as their owner signs in: postgresql://user@server/"
        "database; the password comes from PGPASSWORD or ~/.pgpass, or is asked for",
    )
    parser.add_argument(
        "--schema",
        metavar="NAME",
        default=Settings().central_schema,
        help="in which schema of that server they lie (%(default)s)",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """0 where every rule holds, 1 where one is broken."""
    founding.require_name(args.schema)
    homes = [Home(path) for path in args.home or ()]
    if not homes and args.central is None:
        homes = [home_of(args)]
    if args.central is None:
        proof = _prove(homes, None)
    else:
        proof = asking(args.central, lambda url: _prove(homes, Address(url, args.schema)))
    if args.json:
        say_json(proof.as_json())
    else:
        for name, count in proof.checked.items():
            say(f"{count:>10,} {name}")
        for finding in proof.accepted:
            say(f"accepted risk: {finding.record} {finding.detail}")
        for finding in proof.broken:
            say(f"BROKEN {finding.rule}: {finding.record} {finding.detail}")
        if proof.ok:
            say("all rules hold")
    if not proof.ok:
        complain(f"The records are broken in {len(proof.broken)} places; keep the folder as it is.")
    return 0 if proof.ok else 1


def _prove(homes: Sequence[Home], central: Address | None) -> Proof:
    windows = [home for home in homes if not bootstrap.is_central(home)]
    for home in homes:
        # A central home stands for the records it looks after.
        if home not in windows:
            central = central or bootstrap.address_at(home)
    with without_collector(), bootstrap.open_sides(*windows, central=central) as sides:
        return prove(sides)
