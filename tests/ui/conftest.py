"""The demo at work behind a window: real services on threads, a clerk signed on, a shift open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from boxoffice import bootstrap, clock
from boxoffice.sentences import SENTENCES
from boxoffice.services.office import Office
from boxoffice.services.staff import operators, shifts
from boxoffice.settings import Home
from tests.ui.selling import Clerk, clerk_at_work
from ui import app as application
from ui import theme
from ui.context import Context
from ui.error_presenter import ErrorPresenter

MORNING = datetime(2026, 5, 1, 1, 40, tzinfo=UTC)
"""09:40 at the venue on the first day of the demo."""


@cache
def _pattern() -> Path:
    clock.use(lambda: MORNING)
    home = Home(Path(mkdtemp(prefix="boxoffice-demo-")) / "home")
    bootstrap.make_demo(home, date(2026, 5, 1))
    return home.path


@pytest.fixture
def demo_home(tmp_path: Path) -> Home:
    """A fresh copy of the demo home; the clock stands at its first morning."""
    home = Home(Path(shutil.copytree(_pattern(), tmp_path / "home")))
    clock.use(lambda: MORNING)
    return home


@pytest.fixture
def office(demo_home: Home) -> Iterator[Office]:
    """Its office, with a thread for every lane."""
    with bootstrap.open_office(demo_home, threaded=True) as found:
        bootstrap.recover(found)
        yield found


@pytest.fixture
def context(qapp: QApplication, office: Office) -> Iterator[Context]:
    """What screens are given: the clerk 1001 signed on, a shift open with a float of 500 yuan."""
    application.application(office.settings)
    assert office.acts is not None
    found = Context(office, office.acts, ErrorPresenter(SENTENCES))
    clerk = operators.operator_by_number(office=office, number="1001")
    desk = shifts.desk_for(office=office, operator=clerk)
    found.use_desk(shifts.open_shift(office=office, desk=desk, float_fen=50_000))
    yield found
    found.relay.close()


@pytest.fixture
def clerk(context: Context, qtbot: QtBot) -> Iterator[Clerk]:
    """That clerk at the sell page, in a window of its own."""
    with clerk_at_work(context, qtbot) as found:
        yield found


@pytest.fixture(autouse=True)
def _usual_scale() -> Iterator[None]:
    """A test may have scaled the look to its screen; the next one finds it as designed."""
    theme.use_scale(1.0)
    yield
    theme.use_scale(1.0)
