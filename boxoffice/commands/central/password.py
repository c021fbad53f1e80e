"""`main.py central password`: another password for a window whose own may be known to others."""

from __future__ import annotations

import argparse

from boxoffice.commands import home_of, set_clock
from boxoffice.commands.central.add_window import add_out, tell
from boxoffice.services.setup import windows
from boxoffice.services.setup.central_home import open_central
from boxoffice.settings import HomeKind

HELP = "give a window another password; its old one ends at once, and who used it is hung up on"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("window", metavar="WINDOW", help="its name or number")
    add_out(parser)


def run(args: argparse.Namespace) -> int:
    """Change it."""
    home = home_of(args, HomeKind.CENTRAL)
    set_clock(home, None)
    with open_central(home) as central:
        made = windows.change_password(
            central, window=args.window, out=args.out, address=args.address
        )
    tell(args, made)
    return 0
