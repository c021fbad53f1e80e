"""`main.py central fence`: ends a window that is lost, stolen, or to be replaced."""

from __future__ import annotations

import argparse

from boxoffice.commands import add_home, add_json, home_of, say, say_json, set_clock
from boxoffice.services.supervising import supervision
from boxoffice.settings import HomeKind

HELP = "end the epoch of a window for good; what it holds stays off sale until it is freed"


def add(parser: argparse.ArgumentParser) -> None:
    add_window(parser)
    add_reason(parser)


def add_window(parser: argparse.ArgumentParser) -> None:
    """What every act on one window takes."""
    parser.add_argument("window", metavar="WINDOW", help="its number or name")
    add_home(parser)
    add_json(parser)


def add_reason(parser: argparse.ArgumentParser) -> None:
    """Who does it and why: both are kept in central's journal."""
    parser.add_argument("--operator", required=True, metavar="NUMBER", help="who does this")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why; it is kept")


def run(args: argparse.Namespace) -> int:
    """Fence it."""
    home = home_of(args, HomeKind.CENTRAL)
    set_clock(home, None)
    with supervision.open_central_of(home) as central:
        window, epoch, left = supervision.end_epoch(
            central, args.window, operator=args.operator, reason=args.reason
        )
    places = sum(count for _, count in left.places)
    if args.json:
        say_json(
            {
                "window": window,
                "epoch": epoch,
                "seats": len(left.seats),
                "places": places,
                "orders": len(left.orders),
                "documents": left.claims,
            }
        )
        return 0
    say(f"epoch {epoch} of window {window} has ended")
    say(
        f"off sale until freed: {len(left.seats)} seats, {places} places, {len(left.orders)} orders"
    )
    say("its recovered disk: main.py central receive HOME; what is left: main.py central free")
    return 0
