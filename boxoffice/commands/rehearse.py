"""`main.py rehearse`: a dress rehearsal of windows and central, with faults."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from boxoffice import bootstrap
from boxoffice.addresses import names_several, without_password
from boxoffice.commands import add_json, complain, home_of, say, say_json, without_collector
from boxoffice.commands.passwords import asking
from boxoffice.errors import BadAddress
from boxoffice.records.postgres import Address, connect
from boxoffice.rehearsal import scratch, stage
from boxoffice.rehearsal.plan import Fault, faults_of
from boxoffice.rehearsal.report import Report
from boxoffice.rehearsal.run import Rehearsal
from boxoffice.rehearsal.server import ScratchServer

NAME = "rehearse"
HELP = "a dress rehearsal: real window processes without a screen, a real central, faults"
FOLDER = "boxoffice-rehearsal-"
DOORS = stage.Doors(
    make_home=bootstrap.make_home,
    enrol_window=bootstrap.enrol_window,
    open_office=bootstrap.open_office,
    recover=bootstrap.recover,
    open_sides=bootstrap.open_sides,
)


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--windows", type=_some, default=6, metavar="N", help="(%(default)s)")
    parser.add_argument("--customers", type=_some, default=300, metavar="N", help="(%(default)s)")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="what customers and faults are drawn from"
    )
    parser.add_argument(
        "--runs", type=_some, default=1, metavar="N", help="so many seeds, beginning with --seed"
    )
    parser.add_argument(
        "--faults",
        type=_faults,
        default=frozenset(Fault),
        metavar="NAMES",
        help=f"all, none, or some of: {', '.join(Fault)}",
    )
    parser.add_argument(
        "--central",
        metavar="URL",
        help="a PostgreSQL server where you may make schemas and roles; it gets a schema of its "
        "own, which is deleted at the end. Without it a server is started in a scratch folder",
    )
    parser.add_argument(
        "--home",
        type=Path,
        metavar="DIR",
        help="rehearse on the catalogue of this home; without it on a small invented venue",
    )
    add_json(parser)


def _some(text: str) -> int:
    """A whole number from 1."""
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text)):
        raise argparse.ArgumentTypeError(f"{text} is no whole number from 1 to 999999")
    return int(text)


def _faults(text: str) -> frozenset[Fault]:
    try:
        return faults_of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def run(args: argparse.Namespace) -> int:
    """0 where every rule held in every run, 1 where one was broken."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    failed = 0
    url = asking(args.central, _reached) if args.central else None
    with _stage(args, url) as rehearsal:
        for seed in range(args.seed, args.seed + args.runs):
            report = rehearsal.run(seed, args.windows, args.customers, args.faults)
            _tell(report, args)
            failed += not report.ok
    return 1 if failed else 0


def _reached(url: str) -> str:
    """The address itself, once somebody answers there and lets us in.

    Raises BadAddress for several servers: the faults are played on the line to one.
    """
    if names_several(url):
        raise BadAddress(why="url_several")
    connect(Address(url, "public")).close()
    return url


@contextmanager
def _stage(args: argparse.Namespace, url: str | None) -> Iterator[Rehearsal]:
    _clear_stale_folders()
    with ExitStack() as ending:
        folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-"))
        ending.callback(shutil.rmtree, folder, ignore_errors=True)
        with ExitStack() as looking:
            own = None
            if args.home is not None:
                own = looking.enter_context(bootstrap.open_sides(home_of(args))).central.store
            pattern = stage.make_pattern(DOORS, folder, own, args.customers)
        server = None
        if url is None:
            server = ScratchServer(folder.with_name(f"{folder.name}.server"))
            ending.callback(server.discard)
            server.make()
            url = server.url
        with closing(connect(Address(url, "public"))) as owner:
            scratch.clear_stale(owner, complain)
        with without_collector():
            yield Rehearsal(DOORS, folder, pattern, url, server)


def _clear_stale_folders() -> None:
    """What a killed rehearsal left on this computer: its folder, and a server that still runs."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        pid = folder.name.removeprefix(FOLDER).split("-")[0]
        if pid.isdigit() and not _runs(int(pid)):
            if (folder / "data").exists():
                ScratchServer(folder).discard()
            shutil.rmtree(folder, ignore_errors=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # somebody else's
    return True


def _tell(report: Report, args: argparse.Namespace) -> None:
    if args.json:
        say_json(report.as_json())
    else:
        for act, figures in report.acts.figures().items():
            counted = f"{figures['count']:>7,.0f} {act:<12}"
            say(f"{counted} {figures['p50_ms']:>8.1f} ms {figures['p95_ms']:>8.1f} ms")
        for fault, count in report.faults.items():
            say(f"{count:>7,} {fault}")
        for finding in report.proof.broken:
            say(f"BROKEN {finding.rule}: {finding.record} {finding.detail}")
        say(f"seed {report.seed}: {report.customers} customers in {report.seconds:.1f} s")
    if not report.ok:
        why = report.trouble or f"{len(report.proof.broken)} rules are broken"
        central = f" --central {without_password(args.central)}" if args.central else ""
        complain(
            f"Seed {report.seed} failed: {why}. Again: main.py rehearse --windows {args.windows} "
            f"--customers {args.customers} --seed {report.seed} "
            f"--faults {','.join(sorted(args.faults)) or 'none'}{central}"
        )
