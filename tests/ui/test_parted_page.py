"""A page of parts: which one is in front, what F8 says and does, what is made once it is seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from boxoffice.errors import NoShift
from ui.context import Context
from ui.widgets.part import Act, Part
from ui.widgets.parted_page import PartedPage
from ui.widgets.row_model import Row


class Names(Part):
    """Lists what it is given; F8 asks `work` and tells what it answers."""

    def __init__(self, context: Context, name: str) -> None:
        super().__init__(context)
        self.name, self.names, self.missing = name, ["a", "b"], ""
        self.filled = 0
        self.work = lambda: "well"

    def tab(self) -> str:
        return self.name

    def title(self) -> str:
        return self.rows.current

    def list_rows(self) -> Sequence[Row]:
        self.filled += 1
        return [Row(name, name) for name in self.names]

    def act(self) -> Act | None:
        return Act(f"Do {self.rows.current}", self.missing) if self.names else None

    def press(self) -> None:
        self._doing.ask(lambda: self.work(), self.done.emit, self._refused)
        self.changed.emit()


class Shown(PartedPage[Names]):
    TOPICS = ("play",)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.reloads = 0
        self.put_together({"Alt+1": Names(context, "one"), "Alt+2": Names(context, "two")})

    def reload(self) -> None:
        self.reloads += 1
        for part in self.parts.values():
            part.refill()


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> Iterator[Shown]:
    host, found = QWidget(), Shown(context)
    qtbot.addWidget(host)
    found.setParent(host)
    for zone in (found.centre, found.panel):
        zone.setParent(host)
    found.retranslate()
    host.show()
    found.shown()
    yield found
    qtbot.waitUntil(lambda: not found.busy)


def test_the_first_is_in_front_and_another_is_brought_there(page: Shown) -> None:
    one, two = page.parts.values()
    assert one.rows.current == page.panel.title.text() == "a"
    assert [tab.isChecked() for tab in page.tabs.values()] == [True, False]
    page.error_band.say("info", "about one")
    two.choose_row("b")
    page.tabs["Alt+2"].click()
    assert [tab.isChecked() for tab in page.tabs.values()] == [False, True]
    assert (one.isVisible(), one.side.isVisible()) == (False, False)
    assert (two.isVisible(), two.side.isVisible()) == (True, True)
    assert page.error_band.text == "", "what was said was about another part"


def test_a_list_is_made_once_it_is_seen(page: Shown) -> None:
    two = page.parts["Alt+2"]
    page.reload()
    assert two.filled == 0
    page.show_part(two)
    assert two.filled > 0
    assert two.rows.current == "a"


def test_f8_says_what_is_missing_and_does_nothing_until_it_may(page: Shown, qtbot: QtBot) -> None:
    one = page.parts["Alt+1"]
    one.missing = "Choose something"
    one.refill()
    assert (page.primary.isEnabled(), page._missing.text()) == (False, "Choose something")
    page.press()
    assert not one.doing
    one.missing = ""
    one.choose_row("b")
    assert (page.primary.isEnabled(), page.primary.text()) == (True, "Do b")
    page.press()
    assert (one.doing, page.busy, page.primary.isEnabled()) == (True, True, False)
    before = page.reloads
    qtbot.waitUntil(lambda: not page.busy)
    assert page.error_band.text == "well"
    assert page.reloads == before + 1


def test_a_refusal_is_said_and_f8_may_be_pressed_again(page: Shown, qtbot: QtBot) -> None:
    def refuse() -> str:
        raise NoShift()

    page.parts["Alt+1"].work = refuse
    page.press()
    qtbot.waitUntil(lambda: not page.busy)
    assert page.error_band.text
    assert page.primary.isEnabled()


def test_with_nothing_to_do_there_is_no_large_button(page: Shown) -> None:
    one = page.parts["Alt+1"]
    one.names = []
    one.refill()
    assert page.primary.isHidden()
    assert one.empty.isVisible()


def test_changes_of_its_topics_are_asked_for_while_it_is_in_front(page: Shown) -> None:
    before = page.reloads
    page._context.relay.changed.emit(frozenset({"orders"}))
    assert page.reloads == before
    page._context.relay.changed.emit(frozenset({"play"}))
    assert page.reloads == before + 1
    page.centre.hide()
    page._context.relay.changed.emit(frozenset({"play"}))
    assert page.reloads == before + 1
