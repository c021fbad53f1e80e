"""`main.py keys`: the public keys that gates need to check ticket codes."""

from __future__ import annotations

import argparse

from boxoffice import bootstrap
from boxoffice.commands import add_home, add_json, home_of, say_json

NAME = "keys"
HELP = "print the public keys gates check ticket codes with, as JSON"


def add(parser: argparse.ArgumentParser) -> None:
    add_home(parser)
    add_json(parser)  # it prints nothing else


def run(args: argparse.Namespace) -> int:
    """Print them."""
    with bootstrap.open_office(home_of(args)) as office:
        say_json(bootstrap.public_keys(office))
    return 0
