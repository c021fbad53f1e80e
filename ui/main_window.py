"""The window's frame: navigation, the page in front, the bar on top and the strip below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from boxoffice import clock
from ui import formats, theme
from ui.widgets.action_button import ActionButton
from ui.widgets.band import Band
from ui.widgets.navigation import Navigation
from ui.widgets.offline_band import OfflineBand
from ui.widgets.page import Page
from ui.widgets.status_strip import StatusItem, StatusStrip
from ui.widgets.toast import Toast
from ui.widgets.top_bar import TopBar

_CLOCK_EVERY_MS = 1000


class WindowHost(Protocol):
    """What the frame needs to know and may ask for; every text is in the language of the moment."""

    def place(self) -> str:
        """Venue and window: 网球中心 · 3号窗."""

    def operator(self) -> str:
        """Number, name and shift of who is signed on: 1024 王敏 · 早班; "" for nobody."""

    def training(self) -> str:
        """What the training band says; "" at a real window."""

    def lock(self) -> None:
        """F12 was pressed."""

    def help(self) -> None:
        """F1 was pressed."""

    def switch_language(self) -> None:
        """The other language is wanted."""

    def may_close(self) -> bool:
        """The window is to be closed; False where the host asks about it first."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page as it is registered. `title` is asked again when the language changes.

    The page is made by `factory` when it is first shown. `low` ones stand at the foot of the
    navigation.
    """

    key: str
    title: Callable[[], str]
    factory: Callable[[], Page]
    shortcut: str | None = None
    badge: int = 0
    low: bool = False


class MainWindow(QMainWindow):
    """Shows one page at a time, or a gate (sign in, lock) that hides all of them.

    What is scanned goes to the page in front; `unclaimed(text)` tells what that page had no use
    for. `error_band` is for what belongs to no page.
    """

    page_changed = Signal(str)
    unclaimed = Signal(str)

    def __init__(self, host: WindowHost) -> None:
        super().__init__()
        self._host = host
        self._entries: dict[str, PageEntry] = {}
        self._pages: dict[str, Page] = {}
        self._front: str | None = None
        self._gate: QWidget | None = None
        self._build()
        self.setWindowIcon(QIcon(str(theme.RESOURCES / "icons" / "boxoffice.svg")))
        self._timer = QTimer(self)
        self._timer.setInterval(_CLOCK_EVERY_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self._retranslate()

    def _build(self) -> None:
        self.training_band = Band(closable=False, square=True)
        self.error_band = Band(square=True)
        self.offline_band = OfflineBand()
        self.top_bar = TopBar()
        self.navigation = Navigation()
        self.strip = StatusStrip()
        self._centres = QStackedWidget()
        self._sides = QStackedWidget()
        self._sides.setFixedWidth(theme.px(theme.TOKENS.side_width))
        zones = QWidget()
        row = QHBoxLayout(zones)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(self._centres, 1)
        row.addWidget(self._sides)
        self._zones = zones
        self._whole = QStackedWidget()
        self._whole.addWidget(zones)
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.training_band, self.top_bar, self.offline_band, self.error_band):
            column.addWidget(part)
        column.addWidget(self._whole, 1)
        column.addWidget(self.strip)
        self.setCentralWidget(frame)
        self._language = ActionButton(
            key="Alt+L", kind="link", act=lambda: self._host.switch_language()
        )
        self._help = ActionButton(key="F1", kind="link", act=lambda: self._host.help())
        for button in (self._language, self._help):
            button.setFixedHeight(theme.px(30))
            self.strip.end.addWidget(button)
        self._toast = Toast(frame)
        self.navigation.picked.connect(self.show_page)
        self.top_bar.lock_pressed.connect(lambda: self._host.lock())
        self.top_bar.scan.submitted.connect(self._submitted)

    # --- pages

    def set_pages(self, entries: Sequence[PageEntry]) -> None:
        """Offer these pages, as many as the operator may see; pages made before are given up."""
        for page in self._pages.values():
            page.left()
            for zone in (page.centre, page.side):
                if zone is not None:
                    zone.hide()
                    zone.deleteLater()
            page.deleteLater()
        self._pages.clear()
        self._front = None
        self.navigation.clear()
        self._entries = {entry.key: entry for entry in entries}
        for entry in entries:
            self.navigation.add(entry.key, entry.title(), entry.shortcut, low=entry.low)
            self.set_badge(entry.key, entry.badge)

    def page(self, key: str) -> Page:
        """The page of that key, made now if never shown; raises KeyError for an unknown one."""
        if key not in self._pages:
            page = self._entries[key].factory()
            page.setParent(self)
            page.retranslate()
            page.badge_changed.connect(lambda count: self.set_badge(key, count))
            self._centres.addWidget(page.centre)
            if page.side is not None:
                self._sides.addWidget(page.side)
            self._pages[key] = page
        return self._pages[key]

    @property
    def front(self) -> str | None:
        """Key of the page in front."""
        return self._front

    def show_page(self, key: str) -> None:
        """Bring a page to the front and tell it."""
        page = self.page(key)
        before = self._pages.get(self._front) if self._front is not None else None
        if before is not None and before is not page:
            before.left()
        self._front = key
        self._centres.setCurrentWidget(page.centre)
        self._sides.setVisible(page.side is not None)
        if page.side is not None:
            self._sides.setCurrentWidget(page.side)
        self.navigation.mark(key)
        page.shown()
        self.page_changed.emit(key)

    def set_badge(self, key: str, count: int) -> None:
        """How many things wait on a page."""
        if key in self._entries:
            self.navigation.button(key).set_badge(count)

    # --- gate

    def show_gate(self, gate: QWidget) -> None:
        """Hide every page, and with them what belongs to customers, behind sign in or lock."""
        self._drop_gate()
        self._gate = gate
        self._whole.addWidget(gate)
        self._whole.setCurrentWidget(gate)
        self.top_bar.scan.clear()
        self.top_bar.set_open(False)
        self.error_band.clear()
        self.refresh()
        gate.setFocus()

    def open_gate(self) -> None:
        """Somebody is signed on: show the pages again."""
        self._drop_gate()
        self._whole.setCurrentWidget(self._zones)
        self.top_bar.set_open(True)
        self.refresh()

    def _drop_gate(self) -> None:
        if self._gate is not None:
            self._whole.removeWidget(self._gate)
            self._gate.hide()
            self._gate.deleteLater()
            self._gate = None

    # --- what the frame says

    def set_status(self, items: Sequence[StatusItem]) -> None:
        """How central, the printer and the rest are; what is not well makes the strip a band."""
        self.strip.set_items(items)

    def notify(self, text: str, tone: str = "good") -> None:
        """Say shortly that something was done."""
        self._toast.say(text, tone)

    def refresh(self) -> None:
        """Ask the host again for what the frame shows; the clock does so every second."""
        now = formats.stamp(clock.now())
        self.top_bar.set_facts(self._host.place(), now, self._host.operator())
        training = self._host.training()
        if training != self.training_band.text:
            if training:
                self.training_band.say("attention", training)
            else:
                self.training_band.clear()

    def _submitted(self, text: str) -> None:
        page = self._pages.get(self._front) if self._front is not None else None
        self.top_bar.scan.clear()  # what was scanned may be a document: it does not stay readable
        if page is None or not page.scanned(text):
            self.unclaimed.emit(text)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Box office"))
        self._help.setText(self.tr("Help"))
        self._language.setText("中文 / English")
        for key, entry in self._entries.items():
            self.navigation.button(key).setText(entry.title())
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._host.may_close():
            super().closeEvent(event)
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(1600), theme.px(900))
