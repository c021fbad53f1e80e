"""`main.py tour`: the whole job off screen, a picture per step and every PDF printed."""

from __future__ import annotations

import argparse
import json
import os
import shutil
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent

from boxoffice import bootstrap, clock, settings
from boxoffice.commands import add_home, say, set_clock
from boxoffice.domain.accounts import CODES
from boxoffice.errors import NoHome, TrainingOnly
from boxoffice.rehearsal.gateways import kept
from boxoffice.rehearsal.gateways.scripted import Scripted
from boxoffice.settings import Home, HomeKind
from boxoffice.verify.proof import prove
from ui import app as application
from ui import theme
from ui.app import open_window, prepare_demo
from ui.theme import use_scale
from ui.tour import script
from ui.tour.stage import Stage
from ui.translation import NAMES

HELP = "drive the window through the whole job off screen; a picture per step and every PDF"
DEFAULT_FOLDER = Path("build") / "tour"
MORNING = "09:40"
"""Venue time at which a tour of the demo begins: every session of the day is still to come."""


def add(parser: argparse.ArgumentParser) -> None:
    """Options of the tour."""
    add_home(parser)
    parser.add_argument(
        "--out", type=Path, default=DEFAULT_FOLDER, metavar="DIR", help="where the pictures go"
    )
    parser.add_argument("--lang", choices=list(NAMES), help="one language instead of both")
    names = [name for name, _ in script.STEPS]
    parser.add_argument("--only", choices=names, metavar="NAME", help=f"one of {', '.join(names)}")
    parser.add_argument("--at", metavar="TIME", help="venue time to begin at")


def run(args: argparse.Namespace) -> int:
    """0 where every step was reached and the records hold afterwards, else 1."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    ok = True
    for language in [args.lang] if args.lang else list(NAMES):
        ok = _one_language(args, language) and ok
    return 0 if ok else 1


def _one_language(args: argparse.Namespace, language: str) -> bool:
    folder: Path = args.out / language
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    home = _copy(args, folder)
    with ExitStack() as closing:
        office = closing.enter_context(bootstrap.open_office(home, threaded=True))
        # A tour asks nobody outside for money and writes to nobody, whatever the home has set up.
        gateways = {tender: Scripted(tender) for tender in CODES}
        office = replace(office, gateways=gateways, senders=kept.senders())
        app = application.application(office.settings)
        use_scale(1.0)
        theme.apply(app)
        window = open_window(app, office, closing, language=language)
        stage = Stage(app, window, folder)
        script.run(stage, args.only)
        keys = bootstrap.public_keys(office)
    # Its pages are gone before another window speaks another language.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    (folder / "keys.json").write_text(json.dumps(keys, indent=1), encoding="utf-8")
    papers = sorted(home.prints.glob("*.pdf")) if home.prints.exists() else []
    for paper in papers:
        shutil.copy(paper, folder / paper.name)
    with bootstrap.open_sides(home) as sides:
        proof = prove(sides)
    say(f"{folder}: {len(stage.pictures)} pictures, {len(papers)} PDFs")
    say(f"the records afterwards, {home.path}: " + ("all rules hold" if proof.ok else "BROKEN"))
    return proof.ok


def _copy(args: argparse.Namespace, folder: Path) -> Home:
    """A copy of the home, so that a tour leaves nothing behind; without --home, the demo."""
    target = Home(folder / "home")
    if args.home is None:
        today = clock.venue(clock.now()).date()
        set_clock(target, args.at or f"{today.isoformat()}T{MORNING}")
        prepare_demo(target)
        return target
    source = Home(args.home)
    if not source.exists:
        raise NoHome(home=str(source.path))
    if settings.load(source).kind is HomeKind.REAL:
        raise TrainingOnly(home=str(source.path))
    shutil.copytree(source.path, target.path, ignore=shutil.ignore_patterns("lock", "prints"))
    set_clock(target, args.at)
    return target
