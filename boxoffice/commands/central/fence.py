"""`main.py central fence`: ends a window that is lost, stolen, or to be replaced."""

from __future__ import annotations

import argparse

from boxoffice import clock
from boxoffice.central.fencing import Ended
from boxoffice.commands import add_home, add_json, home_of, say, say_json, set_clock
from boxoffice.commands.central import signed
from boxoffice.services.supervising import signing, supervision
from boxoffice.services.supervising.supervision import Fence
from boxoffice.settings import HomeKind

HELP = "end the epoch of a window for good; what it holds stays off sale until it is freed"


def add(parser: argparse.ArgumentParser) -> None:
    add_window(parser)
    signed.add_reason(parser)


def add_window(parser: argparse.ArgumentParser) -> None:
    """What every act on one window takes."""
    parser.add_argument("window", metavar="WINDOW", help="its number or name")
    add_home(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Fence it; where it had been fenced before, say so and change nothing."""
    home = home_of(args, HomeKind.CENTRAL)
    set_clock(home, None)
    with supervision.open_central_of(home) as central:
        signatures = signed.read(args)
        if signatures is None:
            return 2
        signing.sign(home, central, signatures)
        done = supervision.end_epoch(
            central, args.window, operator=args.operator, reason=args.reason
        )
    if args.json:
        say_json(_facts(done))
        return 0
    if done.before is None:
        say(f"epoch {done.epoch} of window {done.window} has ended")
    else:
        say(
            f"epoch {done.epoch} of window {done.window} had ended already, "
            f"{_when(done.before)}; nothing was changed"
        )
    say(
        f"off sale until freed: {len(done.left.seats)} seats, {_places(done)} places, "
        f"{len(done.left.orders)} orders"
    )
    say("its recovered disk: main.py central receive HOME; what is left: main.py central free")
    return 0


def _facts(done: Fence) -> dict[str, object]:
    before = done.before
    return {
        "window": done.window,
        "epoch": done.epoch,
        "seats": len(done.left.seats),
        "places": _places(done),
        "orders": len(done.left.orders),
        "documents": done.left.claims,
        "before": before
        and {"at": clock.to_text(before.at), "by": before.by, "reason": before.reason},
    }


def _places(done: Fence) -> int:
    return sum(count for _, count in done.left.places)


def _when(ended: Ended) -> str:
    by = f" by {ended.by}" if ended.by else ""
    why = f" ({ended.reason})" if ended.reason else ""
    return f"on {clock.venue(ended.at):%Y-%m-%d %H:%M:%S}{by}{why}"
