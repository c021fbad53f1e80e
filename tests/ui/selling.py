"""The sell page as a clerk meets it, for the tests that sell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.screens.sell import SellPage

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
PATIENCE_MS = 10_000


def resident_id(person: int) -> str:
    """A well-formed number of somebody born in 1890."""
    digits = f"11010118900101{person:03d}"
    weighed = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return digits + "10X98765432"[weighed % 11]


class Clerk:
    """Works the page and waits until it is done."""

    def __init__(self, page: SellPage, window: QWidget, qtbot) -> None:
        self.page, self.window, self.qtbot = page, window, qtbot

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.page.busy, timeout=PATIENCE_MS)

    def session(self, code: str) -> None:
        self.page.choose_session(code)
        self.wait()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier):
        focused = self.window.focusWidget() or self.window
        self.qtbot.keyClick(focused, key, modifier)
        self.wait()

    def alt(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.AltModifier)

    def seat(self, zone: str, row: str, number: str) -> int:
        return self.page.court.seat_named(zone, row, number)

    def click_seat(self, seat: int) -> None:
        """Press the mouse on a seat; does not wait."""
        seat_map = self.page.court.map
        point = seat_map.point_of(seat).toPoint()
        self.qtbot.mouseClick(seat_map, Qt.MouseButton.LeftButton, pos=QPoint(point))

    def free_seats(self, count: int, category: str = "B") -> list[int]:
        facts = self.page.court.facts
        assert facts is not None
        level = [one.category for one in facts.levels].index(category)
        found = [
            seat
            for seat, state, at in zip(
                facts.geometry.ids, facts.states, facts.geometry.level_of, strict=True
            )
            if state == 0 and at == level
        ]
        return found[:count]

    def take(self, count: int, category: str = "B") -> None:
        self.page.take_best(category, count)
        self.wait()

    def scan(self, *people: int) -> None:
        for person in people:
            self.page.scanned(resident_id(person))
        self.wait()


@contextmanager
def clerk_at_work(context, qtbot) -> Iterator[Clerk]:
    """The page in a window of its own, shown and read."""
    page = SellPage(context)
    window = QWidget()
    row = QHBoxLayout(window)
    row.addWidget(page.centre, 1)
    page.panel.setFixedWidth(364)
    row.addWidget(page.panel)
    page.setParent(window)
    page.retranslate()
    window.resize(1400, 860)
    # Not qtbot.addWidget: that closes it before the last answer came.
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    page.shown()
    clerk = Clerk(page, window, qtbot)
    clerk.wait()
    try:
        yield clerk
        clerk.wait()
        page.left()
    finally:
        window.close()
        window.deleteLater()
