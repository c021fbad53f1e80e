"""What every test stands on: no screen, the real clock afterwards, nothing left running."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Key stores of the desktop are no business of tests; a real home's key falls back to its file.
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

import pytest
import shiboken6
from hypothesis import settings
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer

from boxoffice import clock
from boxoffice.settings import Home
from tests import run_folder, servers, venues
from tests.gateways import Hours, Party, hours
from tests.homes import AtWork, at_work, small_home
from tests.windows import two_windows

# Nor is what this computer remembers of real homes.
os.environ.setdefault("BOXOFFICE_STATE", mkdtemp(prefix="boxoffice-state-"))

# The machine is shared and slow at times: a test may be slow, but must not be a matter of luck.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")

SECONDS_TO_END = 3.0


def pytest_unconfigure() -> None:
    """Nothing of a run stays on the disk."""
    if run_folder.OURS is not None:
        run_folder.end(run_folder.OURS)


@pytest.fixture(autouse=True)
def _no_database_left() -> Iterator[None]:
    """Each is a copy of 11 MB: those a test made go with it, those of its module stay."""
    known = servers.made()
    yield
    servers.drop_since(known)


@pytest.fixture(autouse=True)
def _system_clock() -> Iterator[None]:
    """A test may set the clock; the next one finds the system's."""
    yield
    clock.use(None)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A fresh copy of the small home, closed."""
    return small_home(tmp_path)


@pytest.fixture
def work(home: Home) -> Iterator[AtWork]:
    """The small home with a clerk signed on and a shift open; everything runs in one thread."""
    with at_work(home) as found:
        yield found


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[AtWork, AtWork]]:
    """Windows 1 and 2 at one central on a server, both at work."""
    with two_windows(tmp_path) as windows:
        yield windows


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[venues.Venue]:
    """A central home on a server, with the small catalogue and no window yet."""
    with venues.venue(tmp_path) as found:
        yield found


@pytest.fixture
def time() -> Iterator[Hours]:
    """A clock that stands at noon until somebody waits."""
    with hours() as found:
        yield found


@pytest.fixture
def party() -> Party:
    """A payment company in this process; every day is a good one until a test says otherwise."""
    return Party()


@pytest.fixture(autouse=True)
def _nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that leaves a thread or a timer behind; shared fixtures had theirs before."""
    threads_before = set(threading.enumerate())
    # Holding the objects keeps their identities from being given to others meanwhile.
    running_before = _running_in_qt()
    yield
    complaints = []
    if not request.node.get_closest_marker("keeps_threads"):
        for thread in set(threading.enumerate()) - threads_before:
            if thread.daemon:
                continue
            thread.join(SECONDS_TO_END)
            if thread.is_alive():
                complaints.append(f"thread {thread.name}")
    known = {id(thing) for thing in running_before}
    if _new_in_qt(known):
        _let_qt_tidy_up()
        complaints += [_describe(thing) for thing in _new_in_qt(known)]
    if complaints:
        pytest.fail("left running: " + ", ".join(sorted(complaints)), pytrace=False)


def _running_in_qt() -> list[QObject]:
    """Timers that are active and threads that run, among those Python knows."""
    running: list[QObject] = []
    for thing in shiboken6.getAllValidWrappers():
        if isinstance(thing, QTimer):
            if thing.isActive():
                running.append(thing)
        # Not those that Qt makes for threads of Python: they are counted above.
        elif isinstance(thing, QThread) and shiboken6.createdByPython(thing) and thing.isRunning():
            running.append(thing)
    return running


def _new_in_qt(known: set[int]) -> list[QObject]:
    return [thing for thing in _running_in_qt() if id(thing) not in known]


def _let_qt_tidy_up() -> None:
    """Widgets that are closed and forgotten take their timers along, once Qt gets round to it."""
    gc.collect()
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()


def _describe(thing: QObject) -> str:
    owner = thing.parent()
    whose = f" of {type(owner).__name__}" if owner is not None else ""
    return f"{type(thing).__name__} {thing.objectName()!r}{whose}"
