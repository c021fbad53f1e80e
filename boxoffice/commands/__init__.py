"""The command line of main.py: one file per command, one clear sentence on failure."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from boxoffice import clock, settings
from boxoffice.errors import BadTime, TrainingOnly
from boxoffice.settings import Home, HomeKind, Settings

YEARS = range(1900, 2200)
"""Near the ends of the calendar a time cannot be converted to another zone."""


def add_home(parser: argparse.ArgumentParser) -> None:
    """Every command that works on a home takes --home."""
    parser.add_argument(
        "--home", type=Path, metavar="DIR", help="folder that holds everything of one window"
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Every command answers in JSON where asked."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def home_of(args: argparse.Namespace, kind: HomeKind = HomeKind.REAL) -> Home:
    """The home a command works on: --home, or the user's own of that kind."""
    if args.home is not None:
        return Home(args.home)
    return settings.default_home(kind)


def read_time(text: str) -> datetime:
    """A moment as people write it, 2025-09-27T09:40+08:00; without a zone it is venue time.

    Raises BadTime for anything else.
    """
    try:
        moment = datetime.fromisoformat(text)
        if moment.year not in YEARS:
            raise ValueError(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=clock.VENUE_ZONE)
        return moment.astimezone(UTC)
    except ValueError:
        raise BadTime(text=text) from None


def set_clock(home: Home, at: str | None) -> None:
    """Let the venue clock run from --at, or from when a training home was made to start.

    Raises BadTime, or TrainingOnly for a real home. A central home is for training where it was
    made with a time.
    """
    wanted = settings.load(home) if home.exists else Settings()
    real = wanted.kind is HomeKind.REAL or (
        wanted.kind is HomeKind.CENTRAL and not wanted.training_time
    )
    if at is not None and home.exists and real:
        raise TrainingOnly(home=str(home.path))
    start = at or wanted.training_time
    if start:
        clock.run_from(read_time(start))


@contextmanager
def without_collector() -> Iterator[None]:
    """For work on very many rows that leaves no cycles behind: looking for them costs a tenth."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def say(text: str) -> None:
    """One line on standard output."""
    sys.stdout.write(text + "\n")


def say_json(value: Any) -> None:
    """A value as JSON on standard output; it stays JSON where that has few letters."""
    wide = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    say(json.dumps(value, ensure_ascii=not wide))


def complain(sentence: str) -> None:
    """Why a command fails, on standard error."""
    sys.stderr.write(sentence + "\n")
