"""The one entry: the window, and the commands for those who run the venue."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from boxoffice.errors import BoxOfficeError
from boxoffice.sentences import english

COMMANDS = {
    "import": "boxoffice.commands.import_",
    "verify": "boxoffice.commands.verify",
    "add-operator": "boxoffice.commands.add_operator",
    "keys": "boxoffice.commands.keys",
    "report": "boxoffice.commands.report",
    "central": "boxoffice.commands.central",
    "reconcile": "boxoffice.commands.reconcile",
    "transfers": "boxoffice.commands.transfers",
    "invoices": "boxoffice.commands.invoices",
    "rain": "boxoffice.commands.rain",
    "rehearse": "boxoffice.commands.rehearse",
    "tour": "ui.tour.command",
}
WINDOW = "ui.app"
INTERRUPTED = 130
NOBODY_READS = 141
"""Exit statuses as shells know them: stopped by Ctrl-C, and output into a pipe that was closed."""


def main(arguments: Sequence[str]) -> int:
    """Run a command, or open the window where none is named; answers the exit status."""
    named = arguments[0] if arguments else ""
    try:
        if named in COMMANDS:
            # Only what is asked for is imported: a command must not wait for the window's parts.
            command = importlib.import_module(COMMANDS[named])
            parser = argparse.ArgumentParser(prog=f"main.py {named}", description=command.HELP)
            command.add(parser)
            return int(command.run(parser.parse_args(arguments[1:])))
        window = importlib.import_module(WINDOW)
        return int(window.run(_window_parser(window).parse_args(arguments)))
    except BoxOfficeError as error:
        sys.stderr.write(english(error) + "\n")
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _window_parser(window: ModuleType) -> argparse.ArgumentParser:
    listed = "\n".join(f"  main.py {name} --help" for name in COMMANDS)
    parser = argparse.ArgumentParser(
        prog="main.py",
        description="The ticket window. Commands for those who run the venue:\n" + listed,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    window.add(parser)
    return parser


def _run() -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A console may lack letters that a name or a path has.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # What is still waiting to be written must not be tried again at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS


if __name__ == "__main__":
    sys.exit(_run())
