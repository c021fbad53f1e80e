"""Tokens inside errors are read as words, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from boxoffice import errors
from boxoffice.desk import Right, Role
from boxoffice.domain import statuses
from boxoffice.sentences import SENTENCES, WORDS, english
from ui import theme
from ui.error_presenter import ErrorPresenter

OLD_FORM = errors.BadDocument(expected="old_form")


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[ErrorPresenter]:
    translator = QTranslator()
    assert translator.load("boxoffice_zh_CN", str(theme.RESOURCES / "i18n"))
    qapp.installTranslator(translator)
    yield ErrorPresenter(SENTENCES)
    qapp.removeTranslator(translator)


def test_the_command_line_says_words():
    assert english(OLD_FORM).startswith(
        "The document number is not right (the old 15-digit form is no longer valid)."
    )
    assert "page is printed and cannot become being printed" in english(
        errors.WrongStatus(record="print job", status="printed", wanted="printing")
    )


def test_a_token_with_two_meanings_is_told_by_its_field():
    said = english(errors.WrongStatus(record="shift", status="closed", wanted="closed"))
    assert said.startswith("This shift is closed")
    assert "(void a sale)" in english(errors.NeedsApproval(act="void"))


def test_what_somebody_wrote_is_left_alone():
    assert english(errors.NothingFound(text="sell")).startswith("Nothing found for sell.")
    assert "at kind:" in english(errors.BadSetting(file="settings.toml", key="kind", why="odd"))


def test_the_window_says_them_in_its_language(chinese: ErrorPresenter):
    said = chinese.sentence(OLD_FORM)
    assert "15 位" in said
    assert said.isprintable()
    refused = chinese.sentence(errors.NotAllowed(role="clerk", act="administer"))
    assert "售票员" in refused
    assert "administer" not in refused


def test_every_role_right_and_status_has_its_words():
    tokens = {token.value for token in chain(Role, Right, *statuses.NEXT)}
    assert tokens - set(WORDS) == set()
