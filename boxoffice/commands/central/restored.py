"""`main.py central restored`: says that central, or a window with its central, was put back."""

from __future__ import annotations

import argparse

from boxoffice import settings
from boxoffice.central import guard, recovering
from boxoffice.commands import add_home, add_json, home_of, say, say_json, set_clock
from boxoffice.commands.central import signed
from boxoffice.services.supervising import signing, supervision
from boxoffice.settings import HomeKind

HELP = (
    "after central was restored from a backup or failed over: grant nothing before all windows "
    "have reported; for a window with its central beside it: begin a new epoch"
)


def add(parser: argparse.ArgumentParser) -> None:
    add_home(parser)
    add_json(parser)
    signed.add_reason(parser)


def run(args: argparse.Namespace) -> int:
    """Begin a new life of central, or a new epoch of the one window there is."""
    home = home_of(args, HomeKind.CENTRAL)
    set_clock(home, None)
    # Closed before a window's own records are opened with it below.
    with supervision.open_central_of(home) as central:
        signatures = signed.read(args)
        if signatures is None:
            return 2
        signing.sign(home, central, signatures)
        waiting = None
        by = {"operator": args.operator, "reason": args.reason}
        if settings.load(home).kind is HomeKind.CENTRAL:
            recovering.declare(central, **by)
            waiting = guard.waiting_for(central)
    if waiting is None:
        window, epoch = supervision.begin_anew(home, **by)
        if args.json:
            say_json({"window": window, "epoch": epoch})
        else:
            say(f"window {window} goes on in epoch {epoch}")
            say(f"what it held before is off sale: main.py central free {window}")
        return 0
    if args.json:
        say_json({"waiting": waiting})
        return 0
    say("nothing is given out before every window has reported what it holds")
    say(f"waiting for: {', '.join(waiting) or 'nobody'}")
    return 0
