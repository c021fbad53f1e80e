"""Work off the GUI thread comes back to who asked, and errors to who shows them."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import QObject, QtMsgType, Signal
from PySide6.QtWidgets import QLabel, QMessageBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from boxoffice import sentences
from boxoffice.changes import Changes
from boxoffice.errors import (
    BoxOfficeError,
    CentralUnreachable,
    HandedOver,
    NotEnoughCash,
    NotEnoughPlaces,
    OrderAway,
    SeatHeld,
)
from boxoffice.lanes import Pool
from ui import formats
from ui.change_relay import ChangeRelay, touches
from ui.error_presenter import ErrorPresenter
from ui.operation import Operation
from ui.widgets.action_button import ActionButton
from ui.widgets.page import Page

SENTENCES = {
    "NotEnoughCash": "{tendered} was given, {due} is due.",
    "NotEnoughPlaces": "{count} places were wanted, {left} are left.",
    "CentralUnreachable": "The central records do not answer: {why}.",
    "HandedOver": "Handed over before: {at} at {window} by {operator}.",
}


class Troubles(QObject):
    """Remembers what it was told."""

    told = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[BoxOfficeError] = []
        self.bugs: list[BaseException] = []

    def show(self, owner: QObject, error: BoxOfficeError) -> None:
        self.shown.append(error)
        self.told.emit()

    def bug(self, error: BaseException) -> None:
        self.bugs.append(error)
        self.told.emit()


class Page2(Page):
    done = Signal(object)


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool("test", 1)
    yield pool
    pool.close()


@pytest.fixture
def troubles(qapp: object) -> Troubles:
    return Troubles()


@pytest.fixture
def page(qtbot: QtBot) -> Page2:
    page = Page2()
    qtbot.addWidget(page.centre)
    qtbot.addWidget(page.panel)
    return page


def raising(error: BaseException) -> Any:
    raise error


def test_the_answer_comes_on_the_gui_thread(
    qtbot: QtBot, pool: Pool, troubles: Troubles, page: Page2
) -> None:
    where: list[int] = []

    def done(answer: int) -> None:
        where.append(threading.get_ident())
        page.done.emit(answer)

    with qtbot.waitSignal(page.done) as waited:
        Operation(pool, troubles, page).run(page, threading.get_ident, done)
    assert where == [threading.get_ident()]
    assert waited.args != where


def test_a_refusal_is_shown_or_handled(
    qtbot: QtBot, pool: Pool, troubles: Troubles, page: Page2
) -> None:
    operation = Operation(pool, troubles, page)
    error = NotEnoughCash(due=98000, tendered=50000)
    with qtbot.waitSignal(troubles.told):
        operation.run(page, lambda: raising(error), page.done.emit)
    assert troubles.shown == [error]
    with qtbot.waitSignal(page.done) as waited:
        operation.run(page, lambda: raising(error), troubles.bugs.append, page.done.emit)
    assert waited.args == [error]
    assert (troubles.shown, troubles.bugs) == ([error], [])


def test_anything_else_is_a_bug(qtbot: QtBot, pool: Pool, troubles: Troubles, page: Page2) -> None:
    with qtbot.waitSignal(troubles.told):
        Operation(pool, troubles, page).run(
            page, lambda: raising(ZeroDivisionError()), page.done.emit, page.done.emit
        )
    assert [type(bug) for bug in troubles.bugs] == [ZeroDivisionError]


def test_a_button_is_busy_until_the_answer(
    qtbot: QtBot, pool: Pool, troubles: Troubles, page: Page2
) -> None:
    button = ActionButton("Sell", parent=page.centre)
    with qtbot.waitSignal(page.done):
        Operation(pool, troubles, page).run(page, int, page.done.emit, busy=button)
        assert not button.isEnabled()
    assert button.isEnabled()


class Held:
    """Work that is finished when the test says so."""

    def __init__(self) -> None:
        self.future: Future[Any] = Future()

    def submit(self, fn: Any, /) -> Future[Any]:
        return self.future


def test_a_widget_that_died_gets_no_answer(qtbot: QtBot, troubles: Troubles) -> None:
    held, owner, got = Held(), QLabel(), []
    operation = Operation(held, troubles)
    operation.run(owner, int, got.append)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    held.future.set_result(1)
    other, alive = Held(), QLabel()
    qtbot.addWidget(alive)
    operation._lane = other
    operation.run(alive, int, lambda _: troubles.told.emit())
    with qtbot.waitSignal(troubles.told):
        other.future.set_result(2)
    assert got == []


def test_changes_are_told_together_on_the_gui_thread(qtbot: QtBot, pool: Pool) -> None:
    feed = Changes()
    relay = ChangeRelay(feed)
    with qtbot.waitSignal(relay.changed) as waited:
        pool.submit(lambda: feed.tell(["order:1", "shift"])).result()
        pool.submit(lambda: feed.tell(["order:2"])).result()
    assert waited.args == [frozenset({"order:1", "order:2", "shift"})]
    relay.close()
    with qtbot.assertNotEmitted(relay.changed):
        feed.tell(["order:3"])


def test_which_changes_touch_a_view() -> None:
    topics = frozenset({"order:17", "prints"})
    assert touches(topics, "order:")
    assert touches(topics, "order:17")
    assert touches(topics, "shift", "prints")
    assert not touches(topics, "order:1", "session:", "print")


@pytest.fixture
def presenter(qapp: object) -> Iterator[ErrorPresenter]:
    presenter = ErrorPresenter(SENTENCES)
    yield presenter
    presenter.uninstall()


def test_sentences_have_their_fields_filled_in(presenter: ErrorPresenter) -> None:
    said = presenter.sentence(NotEnoughCash(due=98000, tendered=50000))
    assert said == "¥500.00 was given, ¥980.00 is due."
    assert presenter.sentence(NotEnoughPlaces(count=3, left=1200)).endswith("1,200 are left.")
    at = datetime(2025, 9, 27, 1, 42, tzinfo=UTC)
    said = presenter.sentence(HandedOver(at=at, window="W3", operator="1024"))
    assert said == "Handed over before: 9月27日 09:42 at W3 by 1024."


def test_a_refusal_lands_on_the_page_it_came_from(presenter: ErrorPresenter, page: Page2) -> None:
    field = QLabel()
    page.body.addWidget(field)
    presenter.show(field, NotEnoughPlaces(count=3, left=1))
    assert "3 places" in page.error_band.text
    assert page.error_band.tone == "attention"
    presenter.show(page, NotEnoughPlaces(count=4, left=1))
    assert "4 places" in page.error_band.text


def test_something_broken_can_be_tried_again(presenter: ErrorPresenter, page: Page2) -> None:
    tried: list[bool] = []
    error = CentralUnreachable(why="timeout")
    presenter.show(page, error, lambda: tried.append(True))
    assert page.error_band.tone == "danger"
    page.error_band.action.click()
    assert tried == [True]
    assert page.error_band.text == ""


def test_what_is_not_held_off_line_is_refused_quietly(page: Page2) -> None:
    presenter = ErrorPresenter(sentences.SENTENCES)
    presenter.show(page, OrderAway(order="33-CS5P", why="Connection refused"))
    assert page.error_band.tone == "attention", "off line is a normal state"
    assert "does not hold order 33-CS5P" in page.error_band.text


def test_a_broken_line_is_told_in_our_words(presenter: ErrorPresenter) -> None:
    error = CentralUnreachable(why="connection to server failed: Connection refused")
    said = presenter.sentence(error)
    assert said == "The central records do not answer: nothing answers at its address."


@pytest.mark.parametrize(("name", "said"), [("7", "at window 7."), ("East gate", "at East gate.")])
def test_a_window_is_named_as_it_is_called(name: str, said: str) -> None:
    formats.use("en")
    error = SeatHeld(zone="1", row="2", number="3", window=name)
    assert said in ErrorPresenter(sentences.SENTENCES).sentence(error)
    assert said in sentences.english(error)
    formats.use("zh_CN")


def test_what_a_band_says_is_said_in_the_other_language(page: Page2) -> None:
    presenter = ErrorPresenter(sentences.SENTENCES)
    presenter.show(page, SeatHeld(zone="1", row="2", number="3", window="7"))
    assert "7号窗" in page.error_band.text
    formats.use("en")
    presenter.retranslate()
    assert "at window 7." in page.error_band.text
    page.error_band.say("info", "something else by now")
    presenter.retranslate()
    assert page.error_band.text == "something else by now"
    formats.use("zh_CN")


def test_without_a_band_a_dialog_says_it(
    qtbot: QtBot, presenter: ErrorPresenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "open", lambda box: said.append(box.text()))
    alone = QWidget()
    qtbot.addWidget(alone)
    QVBoxLayout(alone)
    presenter.show(alone, NotEnoughPlaces(count=3, left=1))
    assert said == ["3 places were wanted, 1 are left."]


def test_a_bug_gets_a_reference_and_the_window_goes_on(
    qtbot: QtBot,
    presenter: ErrorPresenter,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "open", lambda box: said.append(box.text()))
    hooks = sys.excepthook, threading.excepthook
    presenter.install()
    with caplog.at_level(logging.ERROR):
        thread = threading.Thread(target=lambda: raising(ZeroDivisionError("in a thread")))
        thread.start()
        thread.join()
        sys.excepthook(ValueError, ValueError("in a slot"), None)
        qtbot.waitUntil(lambda: bool(said))
    presenter.uninstall()
    assert (sys.excepthook, threading.excepthook) == hooks
    assert len(said) == 1, "a second bug only goes to the log while the first is on the screen"
    reference = said[0].split()[-1]
    logged = [record.getMessage() for record in caplog.records]
    assert len(logged) == 2
    assert f"bug {reference}" in logged
    assert not set("01OI") & set(reference)


def test_what_qt_says_goes_to_the_log_but_for_what_is_harmless(
    presenter: ErrorPresenter, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "qt"):
        presenter._qt_said(QtMsgType.QtWarningMsg, None, "QPainter: no engine")
        presenter._qt_said(
            QtMsgType.QtDebugMsg, None, "This plugin does not support propagateSizeHints()"
        )
    assert [(r.levelname, r.getMessage()) for r in caplog.records] == [
        ("WARNING", "QPainter: no engine")
    ]
