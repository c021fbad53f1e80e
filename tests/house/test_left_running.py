"""The net under all tests: what a test leaves running is seen, and what it tidies up is not."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

CASES = """
import threading
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from boxoffice import clock

stop = threading.Event()

def test_thread_left():
    threading.Thread(target=stop.wait, name="forgotten").start()

def test_thread_ended():
    stop.set()

def test_timer_left(qapp):
    qapp.forgotten = QTimer(objectName="forgotten")
    qapp.forgotten.start(60_000)

def test_timer_stopped(qapp):
    qapp.forgotten.stop()

def test_timer_dies_with_its_widget(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    QTimer(widget).start(60_000)

def test_clock_set():
    clock.use(lambda: None)

def test_clock_is_put_back():
    assert clock.now().year > 2000
"""


def test_threads_and_timers_left_behind_fail_their_test(
    pytester: pytest.Pytester, pytestconfig: pytest.Config
) -> None:
    house = pytestconfig.rootpath
    net = (house / "tests" / "conftest.py").read_text(encoding="utf-8")
    pytester.makeconftest(net.replace("SECONDS_TO_END = 3.0", "SECONDS_TO_END = 0.1"))
    pytester.makepyprojecttoml(f'[tool.pytest]\nqt_api = "pyside6"\npythonpath = ["{house}"]\n')
    pytester.makepyfile(CASES)

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")

    # What is left running is found when the test is over: it passed, and then erred.
    result.assert_outcomes(passed=7, errors=2)
    result.stdout.fnmatch_lines_random(
        ["*left running: thread forgotten", "*left running: QTimer 'forgotten'"]
    )
