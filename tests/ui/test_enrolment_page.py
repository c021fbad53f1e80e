"""The first start of a window, seen: a file is chosen, things come, and it says what to do."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from boxoffice import bootstrap
from boxoffice.errors import CentralUnreachable
from boxoffice.lanes import Pool
from boxoffice.sentences import SENTENCES
from boxoffice.services.sharing import following
from boxoffice.settings import Home
from tests.venues import Venue
from ui import first_start
from ui.error_presenter import ErrorPresenter
from ui.gate.enrolment_page import EnrolmentPage
from ui.translation import Translation


@pytest.fixture
def page(qapp, qtbot, tmp_path: Path) -> Iterator[EnrolmentPage]:
    """In English, for a window that is to be."""
    # Pages of tests before may wait to be deleted, and would speak English with it.
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    translation = Translation(qapp)
    translation.use("en")
    pool = Pool("enrol", 1)
    made = EnrolmentPage(Home(tmp_path / "window"), pool, ErrorPresenter(SENTENCES))
    qtbot.addWidget(made)
    made.show()
    yield made
    pool.close()
    translation.close()


def until(qtbot, page: EnrolmentPage, state: str) -> None:
    qtbot.waitUntil(lambda: page.state == state, timeout=30_000)


def test_it_asks_for_a_file_fetches_and_says_to_destroy_it(venue: Venue, page, qtbot) -> None:
    assert (page.state, page.go.isVisible(), page.bar.isVisible()) == ("choose", True, False)
    file = venue.file("East")
    page.begin(file)
    assert (page.state, page.go.isVisible(), page.bar.isVisible()) == ("running", False, True)
    page.begin(file)  # once is enough
    until(qtbot, page, "done")
    assert "Destroy East.json now" in page.advice.text()
    with qtbot.waitSignal(page.ready):
        page.go.click()
    assert not bootstrap.enrolling(Home(venue.folder / "window"))


def test_a_file_of_no_use_is_told_and_another_may_be_chosen(venue: Venue, page, qtbot) -> None:
    bad = venue.folder / "bad.json"
    bad.write_text("{}")
    page.begin(bad)
    until(qtbot, page, "failed")
    assert "it is no enrolment file" in page.trouble.text()
    assert "Choose" in page.go.text()
    assert page._title.text() == "This window is not set up yet"
    assert not page.advice.isVisible(), "nothing is fetched any more"
    page.begin(venue.file("East"))
    until(qtbot, page, "done")
    assert not page.trouble.isVisible()


def test_a_central_that_does_not_answer_may_be_tried_again(venue: Venue, page, qtbot) -> None:
    file = venue.file("East")
    told = json.loads(file.read_text())
    file.write_text(json.dumps({**told, "address": "postgresql://127.0.0.1:1/x"}))
    page.begin(file)
    until(qtbot, page, "failed")
    assert page.choose.isVisible()
    file.write_text(json.dumps(told))
    page.go.click()
    until(qtbot, page, "done")


def test_a_start_that_broke_off_goes_on_by_itself(
    venue: Venue, page, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, whole = Home(venue.folder / "window"), following.begin

    def breaks(*_: object) -> None:
        raise CentralUnreachable(why="the line broke")

    monkeypatch.setattr(following, "begin", breaks)
    page.begin(venue.file("East"))
    until(qtbot, page, "failed")
    assert first_start.wanted(home, None)
    monkeypatch.setattr(following, "begin", whole)
    page.go.click()
    until(qtbot, page, "done")


def test_where_nobody_looks_the_file_in_the_home_is_found(venue: Venue, capsys) -> None:
    home = Home(venue.folder / "window")
    home.path.mkdir()
    venue.file("East").rename(home.enrolment_file)
    assert first_start.found_file(home, None) == home.enrolment_file
    first_start.in_terminal(home, home.enrolment_file)
    assert "Destroy its enrolment file enrolment.json now" in capsys.readouterr().out
    assert first_start.found_file(home, None) is None, "it is a window by now"


def test_it_speaks_the_other_language(qapp, qtbot, tmp_path: Path) -> None:
    translation, pool = Translation(qapp), Pool("enrol", 1)
    translation.use("zh_CN")
    page = EnrolmentPage(
        Home(tmp_path / "window"),
        pool,
        ErrorPresenter(SENTENCES),
        switch_language=lambda: translation.use(translation.other()),
    )
    qtbot.addWidget(page)
    page.show()
    before = page.go.text()
    page.language.click()
    qtbot.waitUntil(lambda: page.go.text() == "Choose the enrolment file")
    assert before != page.go.text()
    pool.close()
    translation.close()
