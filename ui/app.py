"""Opens the window: home, office, look, language, and what belongs to the whole application."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from boxoffice import bootstrap, clock, settings
from boxoffice.commands import add_home, say, set_clock
from boxoffice.errors import DemoOnly
from boxoffice.queries import catalogue as on_sale
from boxoffice.sentences import SENTENCES
from boxoffice.services.office import Office
from boxoffice.services.setup import training
from boxoffice.services.staff import operators, shifts
from boxoffice.settings import Home, HomeKind, Settings
from ui import first_start, fonts, keys, theme
from ui.context import Context
from ui.error_presenter import ErrorPresenter
from ui.translation import Translation
from ui.window import Window

HELP = "the ticket window"
DEMO_FLOAT_FEN = 50_000
FIRST_PICTURE = "first-screen.png"
PICTURE_SIZE = (1600, 900)
SETTLE_MS = 600
"""How long the first screen may take to ask for what it shows before its picture is taken."""


def add(parser: argparse.ArgumentParser) -> None:
    """Options of the window."""
    add_home(parser)
    parser.add_argument(
        "--demo", action="store_true", help="the demo tournament, signed in and ready to sell"
    )
    parser.add_argument("--at", metavar="TIME", help="venue time, in demo and training homes")
    parser.add_argument(
        "--enrol",
        type=Path,
        metavar="FILE",
        help="set this window up with the enrolment file that was made for it at central",
    )


def run(args: argparse.Namespace) -> int:
    """Open the window and stay until it is closed; without a display, save its first picture."""
    kind = HomeKind.DEMO if args.demo else HomeKind.REAL
    home = Home(args.home) if args.home is not None else settings.default_home(kind)
    if args.demo:
        set_clock(home, args.at)
        prepare_demo(home)
    seen = has_display()
    if not seen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if not args.demo and not _first_start(home, args.enrol):
        return 1
    set_clock(home, args.at)
    with ExitStack() as closing:
        office = closing.enter_context(bootstrap.open_office(home, threaded=True))
        app = application(office.settings)
        window = open_window(app, office, closing)
        if args.demo:
            sign_in_demo(window, office)
        if seen:
            window.frame.show()
            return left(window, int(app.exec()))
        return _first_picture(app, window, home)


def left(window: Window, status: int) -> int:
    """The clerk closed the window: it ends in good order, or at once with its process.

    At once where somebody outside has not answered yet: that thread cannot be ended by itself. A
    process may end at any moment, for every step is stored before the next begins.
    """
    if not window.leave():
        sys.stdout.flush()
        os._exit(status)
    return status


def _first_start(home: Home, named: Path | None) -> bool:
    """A window that is new to its central is set up first; answers whether it may open."""
    file = first_start.found_file(home, named)
    begin = first_start.wanted(home, file)
    if not begin and (home.exists or not first_start.seen()):
        return True  # where there is no home, opening it says so
    if first_start.seen():
        return first_start.on_screen(application(Settings()), home, file, begin=begin)
    first_start.in_terminal(home, file)
    return True


def has_display() -> bool:
    """Whether there is a screen to open a window on."""
    if sys.platform != "linux":
        return True
    chosen = os.environ.get("QT_QPA_PLATFORM")
    return bool(chosen or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def application(wanted: Settings) -> QApplication:
    """The Qt application in our look; made once per process."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("boxoffice")
    screen = app.primaryScreen().availableSize()
    suggested = theme.suggested_scale(screen.width(), screen.height())
    theme.use_scale(suggested * wanted.scale / 100)
    fonts.load(app)
    theme.apply(app)
    keys.install(app)
    return app


def open_window(
    app: QApplication, office: Office, closing: ExitStack, *, language: str = ""
) -> Window:
    """The window of an office, with its sign in; closed in good order when `closing` ends.

    It speaks the language of the settings unless `language` names another.
    """
    translation = Translation(app)
    closing.callback(translation.close)
    translation.use(language or office.settings.language)
    troubles = ErrorPresenter(SENTENCES)
    troubles.install()
    closing.callback(troubles.uninstall)
    assert office.acts is not None
    context = Context(office, office.acts, troubles)
    closing.callback(context.relay.close)
    window = Window(context, translation)
    troubles.setParent(window.frame)
    closing.callback(window.close)
    window.start(bootstrap.recover)
    return window


def prepare_demo(home: Home) -> None:
    """Make the demo home, or make it anew when its days are over.

    Raises DemoOnly for a home that is none: nothing real is ever replaced.
    """
    today = clock.business_day(clock.now())
    if home.exists:
        if settings.load(home).kind is not HomeKind.DEMO:
            raise DemoOnly(home=str(home.path))
        if _first_day(home) == today:
            return
        home.path.rename(_free_name(home.path))
    bootstrap.make_demo(home, today)


def sign_in_demo(window: Window, office: Office) -> None:
    """The demo opens signed in, with a shift, ready to sell."""
    person = operators.operator_by_number(office=office, number=training.PEOPLE[0].number)
    desk = shifts.desk_for(office=office, operator=person)
    if desk.shift_id is None:
        desk = shifts.open_shift(office=office, desk=desk, float_fen=DEMO_FLOAT_FEN)
    window.sign_on(desk)


def _first_day(home: Home) -> date | None:
    with bootstrap.open_office(home) as office:
        days = office.read(lambda store: on_sale.days(store, ""))
    return date.fromisoformat(days[0]) if days else None


def _free_name(path: Path) -> Path:
    number = 1
    while (found := path.with_name(f"{path.name}-before-{number}")).exists():
        number += 1
    return found


def _first_picture(app: QApplication, window: Window, home: Home) -> int:
    window.frame.resize(*PICTURE_SIZE)
    window.frame.show()
    QTimer.singleShot(SETTLE_MS, app.quit)
    app.exec()
    target = home.path / FIRST_PICTURE
    window.frame.grab().save(str(target))
    say(f"There is no display. The first screen was drawn off screen and saved as {target}.")
    return 0
