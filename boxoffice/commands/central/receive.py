"""`main.py central receive`: takes in what a recovered window had not reported."""

from __future__ import annotations

import argparse
from pathlib import Path

from boxoffice.commands import add_home, add_json, home_of, say, say_json, set_clock
from boxoffice.services.supervising import supervision
from boxoffice.settings import Home, HomeKind

HELP = "take in all that a fenced window had not reported, from its recovered home folder"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "recovered", metavar="HOME", type=Path, help="the window's home, with its keys"
    )
    add_home(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Push it as an ended epoch."""
    home = home_of(args, HomeKind.CENTRAL)
    set_clock(home, None)
    with supervision.open_central_of(home) as central:
        window, epoch, number, complete = supervision.receive(central, Home(args.recovered))
    if args.json:
        say_json({"window": window, "epoch": epoch, "entries": number, "complete": complete})
        return 0
    say(f"central has {number} entries of window {window}, epoch {epoch}")
    if complete:
        say(f"that is all of it; what it held may be freed: main.py central free {window}")
    else:
        say("the folder is a copy: what was done with others is not known")
    return 0
