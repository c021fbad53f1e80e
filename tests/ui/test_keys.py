"""Keys: one mechanism for shortcuts, composing input methods, and scanners."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import keys
from ui.bursts import LONGEST_GAP_MS, SHORTEST_SCAN, Bursts
from ui.widgets.action_button import ActionButton
from ui.widgets.scan_field import ScanField


class Desk(QWidget):
    """A scan field, a field for a name and two actions, as a page has them."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.scanned: list[str] = []
        self.name = QLineEdit()
        self.scan = ScanField()
        self.sell = ActionButton("Sell", "F8", "primary", lambda: self.done.append("sell"))
        self.clear = ActionButton("Clear", "Alt+Backspace", act=lambda: self.done.append("clear"))
        self.scan.submitted.connect(self.scanned.append)
        column = QVBoxLayout(self)
        for widget in (self.scan, self.name, self.sell, self.clear):
            column.addWidget(widget)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    keys.current()
    desk = Desk()
    qtbot.addWidget(desk)
    desk.show()
    desk.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is desk)
    desk.name.setFocus()
    return desk


def press(desk: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.NoModifier) -> None:
    """As from a keyboard: to the window, which hands it to what has the focus."""
    QTest.keyClick(desk.windowHandle(), key, modifiers)


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def burst(desk: QWidget, text: str, gap_ms: int, *, start_ms: int = 10_000) -> None:
    """Characters and an Enter, each `gap_ms` after the one before, by the clock of the events."""
    at_ms = start_ms
    for character in [*text, "\r"]:
        key = Qt.Key.Key_Return if character == "\r" else Qt.Key(ord(character.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
            event.setTimestamp(at_ms)
            QApplication.sendEvent(desk.windowHandle(), event)
        at_ms += gap_ms


def test_a_key_presses_its_button_only_while_that_is_enabled(desk: Desk) -> None:
    press(desk, Qt.Key.Key_F8)
    assert desk.done == ["sell"]
    desk.sell.setEnabled(False)
    press(desk, Qt.Key.Key_F8)
    desk.sell.setEnabled(True)
    desk.sell.hide()
    press(desk, Qt.Key.Key_F8)
    assert desk.done == ["sell"]


def test_a_busy_button_cannot_be_pressed_again(desk: Desk) -> None:
    desk.sell.set_busy(True)
    desk.sell.setEnabled(True)  # a view that asks again meanwhile changes nothing
    press(desk, Qt.Key.Key_F8)
    assert desk.done == []
    desk.sell.set_busy(False)
    press(desk, Qt.Key.Key_F8)
    assert desk.done == ["sell"]


def test_a_line_edit_does_not_eat_alt_backspace(desk: Desk) -> None:
    desk.name.setText("Zhang")
    press(desk, Qt.Key.Key_Backspace, Qt.KeyboardModifier.AltModifier)
    assert desk.done == ["clear"]
    assert desk.name.text() == "Zhang"


@pytest.mark.parametrize("key", ["A", "Shift+A", "5", "Return", "Enter", "Ctrl+K, Ctrl+S"])
def test_letters_and_enter_cannot_be_bound(desk: Desk, key: str) -> None:
    with pytest.raises(ValueError, match=r"typing|one key"):
        keys.current().bind(desk, key, lambda: None)


def test_nothing_fires_while_an_input_method_composes(desk: Desk) -> None:
    pressed: list[str] = []
    desk.name.returnPressed.connect(lambda: pressed.append("enter"))
    compose(desk.name, "zhang")
    assert keys.current().composing
    press(desk, Qt.Key.Key_F8)
    press(desk, Qt.Key.Key_Backspace, Qt.KeyboardModifier.AltModifier)
    press(desk, Qt.Key.Key_Return)
    QTest.keyClick(desk.name, Qt.Key.Key_Return)
    assert (desk.done, pressed) == ([], [])
    compose(desk.name, "", "张")
    assert desk.name.text() == "张"
    press(desk, Qt.Key.Key_F8)
    press(desk, Qt.Key.Key_Return)
    assert (desk.done, pressed) == (["sell"], ["enter"])


def test_the_scan_field_submits_nothing_while_composing(desk: Desk) -> None:
    desk.scan.setFocus()
    compose(desk.scan, "wang")
    press(desk, Qt.Key.Key_Return)
    desk.scan.returnPressed.emit()
    assert desk.scanned == []
    compose(desk.scan, "", "王")
    press(desk, Qt.Key.Key_Return)
    assert desk.scanned == ["王"]


def test_leaving_a_field_ends_composing(desk: Desk) -> None:
    compose(desk.name, "li")
    desk.scan.setFocus()
    assert not keys.current().composing


def test_a_scan_reaches_the_scan_field_from_another_field(desk: Desk) -> None:
    desk.name.setText("Wang")
    burst(desk, "5SJT3VDK", 4)
    assert desk.scanned == ["5SJT3VDK"]
    assert desk.name.text() == "Wang", "what the scanner typed there was taken out again"


def test_a_scan_reaches_the_scan_field_from_a_button(desk: Desk) -> None:
    desk.clear.setFocus()
    burst(desk, "110101000000", 4)
    assert desk.scanned == ["110101000000"]
    assert desk.done == []


def test_a_scan_into_the_scan_field_replaces_what_stood_there_and_comes_once(desk: Desk) -> None:
    desk.scan.setText("half")
    desk.scan.setFocus()
    burst(desk, "5SJT3VDK", 4)
    assert desk.scanned == ["5SJT3VDK"]


def test_a_person_typing_is_left_alone(desk: Desk) -> None:
    entered: list[str] = []
    desk.name.returnPressed.connect(lambda: entered.append(desk.name.text()))
    burst(desk, "zhangwei", 80)
    assert entered == ["zhangwei"]
    burst(desk, "abc", 4, start_ms=60_000)  # fast, but too short for a scan
    assert entered == ["zhangwei", "zhangweiabc"]
    assert desk.scanned == []


def test_without_a_usable_scan_field_the_characters_stay(desk: Desk) -> None:
    desk.scan.setEnabled(False)
    burst(desk, "5SJT3VDK", 4)
    assert desk.name.text().upper() == "5SJT3VDK"
    assert desk.scanned == []


def test_the_scan_field_shown_last_gets_the_scan(desk: Desk) -> None:
    hero = ScanField(hero=True)
    desk.layout().addWidget(hero)
    hero.show()
    got: list[str] = []
    hero.submitted.connect(got.append)
    burst(desk, "5SJT3VDK", 4)
    hero.hide()
    burst(desk, "7ABC9XYZ", 4, start_ms=60_000)
    assert (got, desk.scanned) == (["5SJT3VDK"], ["7ABC9XYZ"])


def test_a_dead_scan_field_is_forgotten(desk: Desk, qtbot: QtBot) -> None:
    hero = ScanField(hero=True)
    desk.layout().addWidget(hero)
    with qtbot.waitSignal(hero.destroyed):
        hero.deleteLater()
    burst(desk, "5SJT3VDK", 4)
    assert desk.scanned == ["5SJT3VDK"]


def test_f2_goes_to_the_scan_field_that_would_get_the_scan(desk: Desk) -> None:
    press(desk, Qt.Key.Key_F2)
    assert desk.scan.hasFocus()
    hero = ScanField(hero=True)
    desk.layout().addWidget(hero)
    hero.show()
    hero.setText("half")
    for _ in range(2):
        press(desk, Qt.Key.Key_F2)
        assert hero.hasFocus()
        assert hero.selectedText() == "half"


def test_a_key_bound_twice_is_said(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    keys.current().bind(desk, "F8", lambda: desk.done.append("twice"))
    press(desk, Qt.Key.Key_F8)
    assert desk.done == []
    assert "F8 is bound twice" in caplog.text


def test_how_keys_are_written() -> None:
    assert keys.caption("Alt+C") == "Alt C"
    assert keys.caption("Alt+Backspace") == "Alt ⌫"
    assert keys.caption("F8") == "F8"


@given(
    st.text("ABC123", min_size=SHORTEST_SCAN, max_size=40),
    st.integers(0, LONGEST_GAP_MS - 1),
    st.integers(0, 2**31),
)
def test_every_fast_burst_is_a_scan(text: str, gap_ms: int, start_ms: int) -> None:
    bursts = Bursts()
    for number, character in enumerate(text):
        bursts.feed(character, start_ms + number * gap_ms)
    assert bursts.finish(start_ms + len(text) * gap_ms) == text
    assert bursts.finish(start_ms + len(text) * gap_ms) is None


@given(st.text("ABC123", min_size=1, max_size=40), st.integers(LONGEST_GAP_MS, 2000))
def test_no_slow_typing_is_a_scan(text: str, gap_ms: int) -> None:
    bursts = Bursts()
    for number, character in enumerate(text):
        bursts.feed(character, number * gap_ms)
    assert bursts.finish(len(text) * gap_ms) is None
