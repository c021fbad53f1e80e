"""`main.py central status`: the windows at a glance."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from boxoffice import clock
from boxoffice.central import overview
from boxoffice.commands import add_home, add_json, home_of, say, say_json, set_clock
from boxoffice.queries import central_status
from boxoffice.queries.central_status import CentralStatus, WindowStatus
from boxoffice.services.setup.central_home import open_central
from boxoffice.settings import HomeKind

HELP = (
    "show the windows: last seen, unsent, what they hold, heads of chains, open reviews; and "
    "whom restored records wait for"
)


def add(parser: argparse.ArgumentParser) -> None:
    add_home(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print it."""
    home = home_of(args, HomeKind.CENTRAL)
    set_clock(home, None)
    with open_central(home) as central:
        found = central_status.status(central.store)
        awaited = overview.standing(central.store).awaited
        where = f"{central.settings.central} schema {central.schema}"
    if args.json:
        say_json({"address": where, **asdict(found), "awaited": sorted(awaited)})
        return 0
    say(f"central records of version {found.version} at {where}")
    say(
        f"{found.sessions} sessions, {found.orders} orders, {found.cases} open cases, "
        f"{found.reviews} open reviews; own journal at {_head(found)}"
    )
    if not found.windows:
        say("no windows yet: main.py central add-window NAME --out FILE")
    if awaited:
        names = ", ".join(window.name for window in found.windows if window.number in awaited)
        say(
            "restored: nothing is given out before every window has reported what it holds; "
            f"waiting for {names}. One that is lost: main.py central fence"
        )
    for window in found.windows:
        say(_line(window))
    return 0


def _head(found: CentralStatus | WindowStatus) -> str:
    return f"{found.head} {found.head_hash[:12]}".rstrip()


def _line(window: WindowStatus) -> str:
    state = f"epoch {window.epoch}" + (" fenced" if window.fenced else "")
    seen = "never seen"
    if window.last_seen:
        moment = clock.venue(clock.from_text(window.last_seen))
        seen = f"last seen {moment:%Y-%m-%d %H:%M:%S}"
    return (
        f"window {window.number} {window.name}: {state}, {seen}, {window.unsent} unsent; holds "
        f"{window.seats} seats, {window.places} places, {window.orders} orders; "
        f"journal at {_head(window)}; {window.reviews} open reviews"
    )
