"""A whole window on the screen at a central on a server, and another one beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from tests import servers
from tests.homes import AtWork, at_work
from tests.windows import window_home
from ui import app as application
from ui import theme
from ui.pages import SELL
from ui.screens.sell import SellPage
from ui.window import Window

PATIENCE_MS = 20_000
LOW = (1366, 768)


@dataclass
class Venue:
    """Window 1 on the screen, in English; window 2 does what it is told."""

    database: str
    one: AtWork
    two: AtWork
    window: Window
    qtbot: QtBot

    @property
    def sell(self) -> SellPage:
        page = self.window.frame.page(SELL)
        assert isinstance(page, SellPage)
        return page

    @property
    def strip(self) -> str:
        return self.window.frame.strip.accessibleName()


@contextmanager
def opened(qtbot: QtBot, folder: Path) -> Iterator[Venue]:
    """Window 1 shown on a low screen with a clerk signed on, window 2 at work without one."""
    database = servers.fresh_database()
    with (
        at_work(window_home(folder / "2", database, 2)) as two,
        at_work(window_home(folder / "1", database, 1), threaded=True) as one,
    ):
        app = application.application(one.office.settings)
        theme.use_scale(theme.suggested_scale(*LOW))
        with ExitStack() as ending:
            window = application.open_window(app, one.office, ending, language="en")
            window.sign_on(one.desk)
            window.frame.resize(*LOW)
            window.frame.show()
            qtbot.waitUntil(lambda: one.office.link.watched and one.office.link.greeted)
            found = Venue(database, one, two, window, qtbot)
            qtbot.waitUntil(lambda: not found.sell.busy)
            yield found
        # Its pages are gone before the language is another and the office is closed.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
