"""`main.py keys`: the public keys that gates need to check ticket codes."""

from __future__ import annotations

import argparse

from boxoffice import bootstrap, settings
from boxoffice.commands import add_home, add_json, home_of, say_json
from boxoffice.services.setup import gate_keys
from boxoffice.services.setup.central_home import open_central
from boxoffice.settings import HomeKind

NAME = "keys"
HELP = "print the public keys gates check ticket codes with, as JSON"


def add(parser: argparse.ArgumentParser) -> None:
    add_home(parser)
    add_json(parser)  # it prints nothing else


def run(args: argparse.Namespace) -> int:
    """Print them."""
    home = home_of(args)
    if home.exists and settings.load(home).kind is HomeKind.CENTRAL:
        with open_central(home) as central:
            say_json(gate_keys.export(central.store, central.root.public_key))
        return 0
    with bootstrap.open_office(home) as office:
        say_json(bootstrap.public_keys(office))
    return 0
