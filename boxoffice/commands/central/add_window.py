"""`main.py central add-window`: a new window, or another computer for one; writes its file."""

from __future__ import annotations

import argparse
from pathlib import Path

from boxoffice.commands import add_home, add_json, complain, home_of, say, say_json, set_clock
from boxoffice.services.setup import windows
from boxoffice.services.setup.central_home import open_central
from boxoffice.services.setup.enrolment_file import Enrolment, Part
from boxoffice.settings import LIMITS, HomeKind

HELP = "enter a window and write the enrolment file with which it starts for the first time"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name", metavar="NAME", help="what people call it; with --replace or number"
    )
    add_out(parser)
    parser.add_argument("--number", type=int, metavar="N", help="else the next free one")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="a new epoch of this window, for another computer; the old one is fenced first",
    )


def add_out(parser: argparse.ArgumentParser) -> None:
    """What every command that writes an enrolment file takes."""
    add_home(parser)
    add_json(parser)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="where the enrolment file goes"
    )
    parser.add_argument(
        "--address",
        default="",
        metavar="URL",
        help="how windows reach the server, where it is not as this computer does",
    )


def run(args: argparse.Namespace) -> int:
    """Enter it."""
    home = home_of(args, HomeKind.CENTRAL)
    low, high = LIMITS["window"]
    if args.number is not None and not low <= args.number <= high:
        complain(f"A window has a number from {low} to {high}.")
        return 2
    name = args.name.strip()
    if not name or not name.isprintable():
        complain("A window needs a name.")
        return 2
    set_clock(home, None)
    with open_central(home) as central:
        if args.replace:
            wanted = name if args.number is None else str(args.number)
            made = windows.replace_window(
                central, window=wanted, out=args.out, address=args.address
            )
        else:
            made = windows.add_window(
                central, name=name, number=args.number, out=args.out, address=args.address
            )
    tell(args, made)
    return 0


def tell(args: argparse.Namespace, made: Enrolment) -> None:
    """What the file is, and what to do with it; none of its secrets."""
    name = args.out.name
    if args.json:
        say_json(
            {
                "window": made.window,
                "name": made.name,
                "epoch": made.epoch,
                "part": made.part,
                "file": str(args.out),
            }
        )
        return
    say(f"window {made.window} {made.name}, epoch {made.epoch}: {args.out}")
    if made.part is Part.PASSWORD:
        say("its old password has ended; it sells within its custody until it has the new one")
        say(f"carry the file to its home, close it and run: main.py --home DIR --enrol {name}")
    else:
        say(f"carry it to the window and start: main.py --home DIR --enrol {name}")
    say("it holds secrets and works once: destroy it when the window has started")
