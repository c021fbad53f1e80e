"""`main.py central init`: makes the central records on a server, or brings them up to date."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from boxoffice import bootstrap, clock, settings
from boxoffice.addresses import require_address
from boxoffice.commands import (
    add_home,
    add_json,
    complain,
    home_of,
    read_time,
    say,
    say_json,
    set_clock,
)
from boxoffice.commands.passwords import asking
from boxoffice.queries import central_status
from boxoffice.services.setup import setting_up
from boxoffice.services.setup.central_home import open_central
from boxoffice.services.sharing.sync import unsent
from boxoffice.settings import Home, HomeKind

HELP = (
    "make the central records on a PostgreSQL server, with roles, row security and grants; run "
    "again, it brings them up to date"
)


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "url",
        nargs="?",
        default="",
        metavar="URL",
        help="postgresql://user@server/database; a standing home knows its own. The password comes "
        "from PGPASSWORD or ~/.pgpass, or is asked for",
    )
    add_home(parser)
    add_json(parser)
    parser.add_argument("--schema", default="", help="schema of the records, else boxoffice")
    parser.add_argument(
        "--ca", type=Path, metavar="FILE", help="certificate of who certifies the server (PEM)"
    )
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="HOME",
        help="move the central records of this single window to the server; it goes on there",
    )
    parser.add_argument("--at", metavar="TIME", help="a venue time: a new home is for training")


def run(args: argparse.Namespace) -> int:
    """Make or upgrade; say what stands there now."""
    home = home_of(args, HomeKind.CENTRAL)
    if not home.exists and not args.url:
        complain("Which server? Name it: main.py central init postgresql://user@server/database")
        return 2
    if args.url:
        require_address(args.url)
    # As we write it: what was typed may hold anything that separates day and hour.
    start = clock.venue(read_time(args.at)).isoformat() if args.at else ""
    if args.source is not None and not _all_reported(Home(args.source), args.at):
        complain("That window has work which its central records refused. Look at it there.")
        return 1
    if args.source is None:
        set_clock(home, args.at)
    asking(args.url, lambda url: _set_up(home, url, start, args))
    with open_central(home) as central:
        found = central_status.status(central.store)
    told = {
        "home": str(home.path),
        "address": central.settings.central,
        "schema": central.schema,
        "version": found.version,
        "windows": len(found.windows),
    }
    if args.json:
        say_json(told)
    else:
        say(
            f"central records of version {found.version} at {told['address']}, schema "
            f"{central.schema}, {len(found.windows)} windows; their keys are in {home.path}"
        )
        say("keep a copy of those keys: without them nobody can add a window or read a document")
    return 0


def _set_up(home: Home, url: str, start: str, args: argparse.Namespace) -> None:
    if args.source is None:
        setting_up.set_up(home, url=url, schema=args.schema, ca=args.ca, training_time=start)
        return
    setting_up.move_in(
        home,
        Home(args.source),
        url=url,
        schema=args.schema,
        ca=args.ca,
        tell=_tell if sys.stderr.isatty() else lambda _: None,
    )


def _all_reported(window_home: Home, at: str | None) -> bool:
    """Whether the records of a single window have all it did: then they may move."""
    if settings.load(window_home).central:
        return True
    set_clock(window_home, at)
    with bootstrap.open_office(window_home) as office:
        bootstrap.recover(office)
        chain = office.chain
        return not office.writing.call(lambda store: unsent(store, chain.window, chain.epoch))


def _tell(table: str) -> None:
    sys.stderr.write(f"\r\x1b[Kmoving {table}")
    sys.stderr.flush()
