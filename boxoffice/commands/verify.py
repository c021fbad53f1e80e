"""`main.py verify`: proves the records of a home."""

from __future__ import annotations

import argparse

from boxoffice import bootstrap
from boxoffice.commands import (
    add_home,
    add_json,
    complain,
    home_of,
    say,
    say_json,
    without_collector,
)
from boxoffice.verify.proof import prove

NAME = "verify"
HELP = "prove the records: chains, postings, seats, custody, hand-overs, window against central"


def add(parser: argparse.ArgumentParser) -> None:
    add_home(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """0 where every rule holds, 1 where one is broken."""
    with without_collector(), bootstrap.open_sides(home_of(args)) as sides:
        proof = prove(sides)
    if args.json:
        say_json(proof.as_json())
    else:
        for name, count in proof.checked.items():
            say(f"{count:>10,} {name}")
        for finding in proof.broken:
            say(f"BROKEN {finding.rule}: {finding.record} {finding.detail}")
        if proof.ok:
            say("all rules hold")
    if not proof.ok:
        complain(f"The records are broken in {len(proof.broken)} places; keep the folder as it is.")
    return 0 if proof.ok else 1
