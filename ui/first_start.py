"""Before the window opens: one that is new to central gets what it needs, seen or unseen."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from boxoffice import bootstrap
from boxoffice.commands import say
from boxoffice.lanes import Pool
from boxoffice.sentences import SENTENCES
from boxoffice.settings import LANGUAGES, Home
from ui import theme
from ui.error_presenter import ErrorPresenter
from ui.gate.enrolment_page import EnrolmentPage
from ui.translation import Translation

UNSEEN = ("offscreen", "minimal")
SIZE = (1100, 720)
STEPS = {
    "greet": "signing in to the central records",
    "groups": "fetching seats, prices and operators",
    "orders": "fetching orders",
}


def wanted(home: Home, file: Path | None) -> bool:
    """Whether a window has to be set up before it opens: a file says so, or a start broke off."""
    return file is not None or bootstrap.enrolling(home)


def found_file(home: Home, file: Path | None) -> Path | None:
    """The enrolment file that was named, or lies in the home folder of a window to be."""
    if file is None and not home.exists and home.enrolment_file.exists():
        return home.enrolment_file
    return file


def seen() -> bool:
    """Whether anybody can look at a page and choose a file."""
    return os.environ.get("QT_QPA_PLATFORM") not in UNSEEN


def in_terminal(home: Home, file: Path | None) -> None:
    """Set the window up, with progress in the terminal. Raises what `enrol_window` raises."""
    bootstrap.enrol_window(home, file, report)
    _end_line()
    named = f" {file.name}" if file is not None else ""
    say(f"This window is ready. Destroy its enrolment file{named} now, with every copy of it.")


def on_screen(app: QApplication, home: Home, file: Path | None, *, begin: bool) -> bool:
    """Set the window up on a page of its own; answers whether it may open now."""
    with ExitStack() as closing:
        pool = Pool("enrol", 1)
        closing.callback(pool.close)
        translation = Translation(app)
        closing.callback(translation.close)
        translation.use(LANGUAGES[0])
        troubles = ErrorPresenter(SENTENCES)
        page = EnrolmentPage(
            home, pool, troubles, report, lambda: translation.use(translation.other())
        )
        troubles.setParent(page)
        loop = QEventLoop()
        page.ready.connect(page.close)
        app.lastWindowClosed.connect(loop.quit)
        page.resize(theme.px(SIZE[0]), theme.px(SIZE[1]))
        page.show()
        if begin:
            page.begin(file)
        loop.exec()
        app.lastWindowClosed.disconnect(loop.quit)
        page.deleteLater()
        return page.state == "done"


def report(what: str, done: int, total: int) -> None:
    """One line that is written over again and again, where somebody looks at a terminal."""
    if sys.stderr.isatty():
        count = f" {done}" + (f"/{total}" if total else "") if done else ""
        sys.stderr.write(f"\r\x1b[K{STEPS.get(what, what)}{count}")
        sys.stderr.flush()


def _end_line() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\n")
