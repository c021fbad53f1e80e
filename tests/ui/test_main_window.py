"""The frame: pages, gate, strip, language, and that nothing is cut from 1280x720 on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from boxoffice import clock
from ui import formats, theme
from ui.main_window import MainWindow, PageEntry
from ui.translation import Translation
from ui.widgets.action_button import ActionButton
from ui.widgets.page import Page
from ui.widgets.status_strip import StatusItem


class Host:
    """Remembers what the frame asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.band = ""

    def place(self) -> str:
        return "National Tennis Center · Window 3"

    def operator(self) -> str:
        return "1024 Wang Min · Morning"

    def training(self) -> str:
        return self.band

    def lock(self) -> None:
        self.asked.append("lock")

    def may_close(self) -> bool:
        return True

    def help(self) -> None:
        self.asked.append("help")

    def switch_language(self) -> None:
        self.asked.append("language")


class Sheet(Page):
    """A page that remembers what it was told."""

    def __init__(self, name: str, *, sided: bool = True, takes: bool = True) -> None:
        super().__init__(sided=sided)
        self.told: list[str] = []
        self.takes = takes
        self.done = 0
        self.button = ActionButton(name, "F8", "primary", self.act)
        if sided:
            self.panel.set_actions(self.button)
        else:
            self.body.addWidget(self.button)

    def act(self) -> None:
        self.done += 1

    def retranslate(self) -> None:
        self.told.append("retranslate")

    def shown(self) -> None:
        self.told.append("shown")

    def left(self) -> None:
        self.told.append("left")

    def scanned(self, text: str) -> bool:
        self.told.append(f"scanned {text}")
        return self.takes


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[None]:
    before = qapp.styleSheet(), qapp.font(), formats.language()
    theme.apply(qapp)
    yield
    qapp.setStyleSheet(before[0])
    qapp.setFont(before[1])
    formats.use(before[2])


@pytest.fixture
def window(qtbot: QtBot, host: Host, dressed: None) -> MainWindow:
    clock.use(lambda: datetime(2025, 9, 27, 1, 42, tzinfo=UTC))
    window = MainWindow(host)
    qtbot.addWidget(window)
    window.set_pages(
        [
            PageEntry("sell", lambda: "Sell", lambda: Sheet("Take cash"), "F3"),
            PageEntry("pickup", lambda: "Pickup", lambda: Sheet("Hand over"), "F4", badge=3),
            PageEntry("cases", lambda: "Cases", lambda: Sheet("Close", sided=False, takes=False)),
            PageEntry("setup", lambda: "Setup", lambda: Sheet("Save"), low=True),
        ]
    )
    window.show_page("sell")
    window.resize(1280, 720)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window


def press(window: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.NoModifier) -> None:
    QTest.keyClick(window.windowHandle(), key, modifiers)


def sheet(window: MainWindow, key: str) -> Sheet:
    page = window.page(key)
    assert isinstance(page, Sheet)
    return page


def test_a_page_is_made_when_it_is_first_shown(window: MainWindow) -> None:
    assert list(window._pages) == ["sell"]
    press(window, Qt.Key.Key_F4)
    assert window.front == "pickup"
    assert sheet(window, "sell").told == ["retranslate", "shown", "left"]
    assert sheet(window, "pickup").told == ["retranslate", "shown"]


def test_the_same_key_acts_on_the_page_in_front_only(window: MainWindow) -> None:
    press(window, Qt.Key.Key_F8)
    press(window, Qt.Key.Key_F4)
    press(window, Qt.Key.Key_F8)
    press(window, Qt.Key.Key_F8)
    assert (sheet(window, "sell").done, sheet(window, "pickup").done) == (1, 2)


def test_the_side_is_always_as_wide_and_in_the_same_place(window: MainWindow) -> None:
    places = set()
    for key in ("sell", "pickup", "setup"):
        window.show_page(key)
        side = window.page(key).side
        assert side is not None
        places.add((side.mapTo(window, QPoint()).x(), side.width()))
    assert places == {(1280 - theme.px(364), theme.px(364))}
    window.show_page("cases")
    QApplication.processEvents()
    assert window.page("cases").centre.width() == 1280 - theme.px(theme.TOKENS.nav_width)


def test_a_scan_goes_to_the_page_in_front(window: MainWindow, qtbot: QtBot) -> None:
    window.top_bar.scan.take_scan("5SJT3VDK")
    assert sheet(window, "sell").told[-1] == "scanned 5SJT3VDK"
    window.show_page("cases")
    with qtbot.waitSignal(window.unclaimed) as unclaimed:
        window.top_bar.scan.take_scan("5SJT3VDK")
    assert unclaimed.args == ["5SJT3VDK"]


def test_the_gate_hides_every_page_and_its_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.top_bar.scan.setText("13200004140")
    gate = QLabel("PIN")
    window.show_gate(gate)
    press(window, Qt.Key.Key_F8)
    press(window, Qt.Key.Key_F4)
    assert (window.front, sheet(window, "sell").done) == ("sell", 0)
    assert not window.page("sell").centre.isVisible()
    assert not window.top_bar.scan.isVisible()
    assert window.top_bar.scan.text() == ""
    with qtbot.waitSignal(gate.destroyed):
        window.open_gate()
    assert window.page("sell").centre.isVisible()
    press(window, Qt.Key.Key_F8)
    assert sheet(window, "sell").done == 1


def test_badges_follow_the_page(window: MainWindow) -> None:
    assert window.navigation.button("pickup").badge == 3
    window.page("pickup").badge_changed.emit(5)
    assert window.navigation.button("pickup").badge == 5
    window.set_badge("unknown", 1)


def test_new_pages_replace_the_old_ones(window: MainWindow, qtbot: QtBot) -> None:
    old = sheet(window, "sell")
    with qtbot.waitSignal(old.destroyed):
        window.set_pages([PageEntry("pickup", lambda: "Pickup", lambda: Sheet("Hand over"), "F3")])
        assert old.told[-1] == "left"
    press(window, Qt.Key.Key_F3)
    assert window.front == "pickup"


def test_the_bar_says_where_when_and_who(window: MainWindow, host: Host) -> None:
    spoken = [child.accessibleName() for child in window.top_bar.findChildren(QWidget)]
    assert "National Tennis Center · Window 3" in spoken
    assert "9月27日 周六 09:42" in spoken
    assert "1024 Wang Min · Morning" in spoken
    press(window, Qt.Key.Key_F12)
    press(window, Qt.Key.Key_F1)
    press(window, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    assert host.asked == ["lock", "help", "language"]


def test_the_strip_becomes_a_band_when_something_is_not_well(window: MainWindow) -> None:
    well = StatusItem("Central records in step")
    shift = StatusItem("126 orders", "plain")
    window.set_status([well, shift])
    assert window.strip.tone == ""
    paper = StatusItem("Printer out of paper", "attention", "Load a new roll")
    window.set_status([well, shift, paper])
    assert window.strip.tone == "attention"
    assert window.strip.items[0] == paper
    assert window.strip.accessibleName().startswith("Printer out of paper: Load a new roll")
    window.set_status([well, StatusItem("Central records away", "danger"), paper])
    assert window.strip.tone == "danger"
    window.set_status([well])
    assert window.strip.tone == ""


def test_the_training_band_comes_and_goes(window: MainWindow, host: Host) -> None:
    assert not window.training_band.isVisible()
    host.band = "Training: nothing here is real"
    window.refresh()
    assert window.training_band.isVisible()
    host.band = ""
    window.refresh()
    assert not window.training_band.isVisible()


def test_a_change_of_language_reaches_every_page(window: MainWindow) -> None:
    window.show_page("pickup")
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    assert sheet(window, "sell").told[-1] == "retranslate"
    assert sheet(window, "pickup").told[-1] == "retranslate"


def test_the_language_is_switched_while_the_window_runs(
    window: MainWindow, qapp: QApplication, tmp_path: object, qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    translation = Translation(qapp)
    translation.use("zh_CN")
    told = sheet(window, "sell").told
    before = len(told)
    translation.use("en")
    assert (translation.language, translation.other()) == ("en", "zh_CN")
    qtbot.waitUntil(lambda: len(told) > before)
    qtbot.waitUntil(
        lambda: (
            "Sat 27 Sep 09:42"
            in [child.accessibleName() for child in window.top_bar.findChildren(QWidget)]
        )
    )
    with pytest.raises(KeyError):
        translation.use("fr")
    for translator in translation._loaded:
        qapp.removeTranslator(translator)


@pytest.mark.parametrize("size", [(1280, 720), (1600, 900), (3840, 2160)])
def test_nothing_is_cut(window: MainWindow, host: Host, size: tuple[int, int]) -> None:
    host.band = "Training: the clock runs from 27 Sep 2025 09:40; nothing here is real"
    window.refresh()
    paper = StatusItem("Ticket printer out of paper", "attention", "Load a new roll, press F10")
    shift = StatusItem("This shift 126 orders · 41 s each", "plain")
    window.set_status([paper, StatusItem("Central records in step"), shift])
    window.resize(*size)
    QApplication.processEvents()
    assert (window.width(), window.height()) == size
    for kind in (QPushButton, QLabel):
        for child in window.findChildren(kind):
            if child.isVisible():
                corner = child.mapTo(window, QPoint())
                assert window.rect().contains(child.rect().translated(corner)), child
                assert child.width() >= child.minimumSizeHint().width(), child
                assert child.height() >= child.minimumSizeHint().height(), child


def test_a_notice_is_shown(window: MainWindow) -> None:
    window.notify("2 tickets printed")
    assert window._toast.isVisible()
    assert window._toast.text == "2 tickets printed"
