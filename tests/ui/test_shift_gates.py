"""Lock, idle lock, take-over and hand-over in the whole window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from boxoffice.services.staff import shifts
from ui import app as application
from ui import formats
from ui.gate.idle_watch import IdleWatch
from ui.pages import SELL, SHIFT
from ui.screens.shift import Mode
from ui.window import Window


@pytest.fixture
def window(qapp: QApplication, qtbot, office) -> Iterator[Window]:
    """The window with the clerk signed on."""
    # Pages of tests before, closed and not yet gone, would be told of the language.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    app = application.application(office.settings)
    spoken = formats.language()
    with ExitStack() as closing:
        closing.callback(formats.use, spoken)
        found = application.open_window(app, office, closing, language="en")
        application.sign_in_demo(found, office)
        found.frame.resize(1600, 900)
        with qtbot.waitExposed(found.frame):
            found.frame.show()
        yield found


def unlock(window: Window, number: str, pin: str) -> None:
    gate = window.gate
    assert gate is not None
    gate.sign_in.number.setText(number)
    gate.sign_in.pin.setText(pin)
    gate.sign_in.submit()


def close(window: Window, qtbot) -> None:
    """The clerk gives a count of 500 yuan."""
    window.frame.show_page(SHIFT)
    page = window.frame.page(SHIFT)
    qtbot.waitUntil(lambda: page.mode is Mode.READ)
    page.press()
    page.count.notes.counts[10_000].setText("5")
    page.count.notes.changed.emit()
    qtbot.waitUntil(page.desk_side.primary.isEnabled)
    page.press()
    page.press()
    qtbot.waitUntil(lambda: window.closed_gate is not None)


def test_the_lock_hides_every_page_and_the_pin_brings_it_back(window, qtbot):
    window.frame.show_page(SHIFT)
    page = window.frame.page(SHIFT)
    qtbot.waitUntil(lambda: page.mode is Mode.READ)
    page.press()
    page.count.notes.counts[10_000].setText("3")

    qtbot.keyClick(window.frame, Qt.Key.Key_F12)

    assert window.gate is not None
    assert not page.centre.isVisible()
    assert not page.panel.isVisible()
    unlock(window, "1001", "1001")
    qtbot.waitUntil(lambda: window.gate is None)
    assert window.frame.page(SHIFT) is page
    assert page.mode is Mode.COUNT
    assert page.count.notes.fen == 30_000


def test_keys_of_the_pages_do_nothing_behind_the_lock(window, qtbot):
    window.frame.show_page(SELL)
    window.lock()

    qtbot.keyClick(window.frame, Qt.Key.Key_F9)

    assert window.frame.front == SELL
    assert window.gate is not None


def test_another_clerk_cannot_unlock(window, qtbot):
    window.lock()

    unlock(window, "2001", "2001")

    qtbot.waitUntil(window.gate.sign_in.trouble.isVisible)
    assert window.context.desk.operator.number == "1001"
    assert window.gate is not None


def test_a_supervisor_takes_over_and_finds_the_open_shift(window, qtbot):
    before = window.frame.page(SELL)
    window.lock()

    unlock(window, "3001", "3001")

    qtbot.waitUntil(lambda: window.gate is None)
    assert window.frame.front == SHIFT
    assert window.frame.page(SELL) is not before
    page = window.frame.page(SHIFT)
    qtbot.waitUntil(lambda: page.mode is Mode.READ)
    assert page.desk_side.primary.text() == "Count and close for them"


def test_after_the_close_the_next_one_signs_for_the_drawer(window, qtbot):
    close(window, qtbot)
    gate = window.closed_gate
    assert not window.context.signed_on
    assert [value.fen for value in gate.values] == [50_000, 50_000, 0, 0, 50_000, 0]

    gate.number.setText("2001")
    gate.pin.setText("2001")
    gate.submit()

    qtbot.waitUntil(lambda: window.context.signed_on)
    assert window.closed_gate is None
    desk = window.context.desk
    assert desk.operator.number == "2001"
    assert shifts.figures(office=window.context.office, desk=desk).float_fen == 50_000


def test_who_closed_does_not_take_over_from_themselves(window, qtbot):
    close(window, qtbot)
    gate = window.closed_gate
    gate.number.setText("1001")
    gate.pin.setText("1001")

    gate.submit()

    qtbot.waitUntil(gate.trouble.isVisible)
    assert not window.context.signed_on


def test_after_the_close_the_gate_shows_sign_on(window, qtbot):
    close(window, qtbot)

    qtbot.keyClick(window.frame, Qt.Key.Key_F8)

    assert window.closed_gate is None
    assert window.gate.sign_in.number.text() == ""
    unlock(window, "1001", "1001")
    qtbot.waitUntil(lambda: window.gate.counting is not None)


def test_the_z_report_can_be_printed_again(window, qtbot):
    close(window, qtbot)

    window.closed_gate.print_again.click()

    prints = window.context.office.home.prints
    qtbot.waitUntil(lambda: len(list(prints.glob("Z report 1*.pdf"))) == 2)


# --- idle ----------------------------------------------------------------------------------------


@pytest.fixture
def watched(qapp, qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_nobody_there_is_noticed_once(qtbot, watched):
    watch = IdleWatch(30)
    told = []
    watch.idle.connect(lambda: told.append(1))
    with qtbot.waitSignal(watch.idle):
        watch.start()
    assert told == [1]


def test_a_key_begins_the_wait_anew(qtbot, watched):
    watch = IdleWatch(60_000)
    watch.start()
    watch._since = _Elapsed(59_999)
    qtbot.keyClick(watched, Qt.Key.Key_A)
    watch._look()
    assert watch._since.restarted
    assert watch._timer.isActive()
    watch._since.ms = 60_000
    with qtbot.waitSignal(watch.idle):
        watch._look()
    watch.stop()


class _Elapsed:
    """A clock that goes when it is told to."""

    def __init__(self, ms: int) -> None:
        self.ms = ms
        self.restarted = False

    def start(self) -> None:
        self.ms = 0

    def elapsed(self) -> int:
        return self.ms

    def restart(self) -> int:
        before, self.ms, self.restarted = self.ms, 0, True
        return before


def test_zero_minutes_never_lock(qtbot, watched):
    watch = IdleWatch(0)
    watch.start()
    assert not watch._timer.isActive()


def test_the_window_locks_itself(window, qtbot):
    window._idle._since = _Elapsed(5 * 60_000)

    window._idle._look()

    assert window.gate is not None
    assert not window._idle._timer.isActive()
    unlock(window, "1001", "1001")
    qtbot.waitUntil(lambda: window.gate is None)
    assert window._idle._timer.isActive()
