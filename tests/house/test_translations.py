"""Both languages say everything, and are in step with the source."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scripts import translations

FORMS = {"boxoffice_zh_CN.ts": 1, "boxoffice_en.ts": 2}
# %1, %n, %L1 and {name}: what is filled in must be asked for in every language.
PLACEHOLDER = re.compile(r"%(?:L?\d|n)|\{\w*\}")

Key = tuple[str, str, str, bool]


def messages(catalogue: Path) -> Iterator[tuple[Key, ElementTree.Element]]:
    for context in ElementTree.parse(catalogue).getroot().iter("context"):
        for message in context.iter("message"):
            yield (
                (
                    context.findtext("name", ""),
                    message.findtext("source", ""),
                    message.findtext("comment", ""),
                    message.get("numerus") == "yes",
                ),
                message,
            )


def texts(message: ElementTree.Element) -> list[str]:
    translation = message.find("translation")
    assert translation is not None
    if message.get("numerus") == "yes":
        return [form.text or "" for form in translation.iter("numerusform")]
    return [translation.text or ""]


@pytest.mark.parametrize("name", translations.LANGUAGES)
def test_every_text_is_translated(name: str):
    lacking = [
        (key, message.find("translation").get("type"))
        for key, message in messages(translations.CATALOGUES / name)
        if message.find("translation").get("type") or not all(texts(message))
    ]
    assert not lacking


@pytest.mark.parametrize("name", translations.LANGUAGES)
def test_a_translation_fills_in_what_its_source_does(name: str):
    wrong = []
    for key, message in messages(translations.CATALOGUES / name):
        asked = set(PLACEHOLDER.findall(key[1]))
        # A singular may say "one" where the source says %n.
        loose = {"%n"} if key[3] else set()
        # Names that come in both languages: a Chinese sentence says the Chinese one alone.
        loose |= {mark for mark in asked if mark.endswith("_en}")}
        for text in texts(message):
            if set(PLACEHOLDER.findall(text)) | loose != asked | loose:
                wrong.append((key, text))
    assert not wrong


@pytest.mark.parametrize("name", translations.LANGUAGES)
def test_every_plural_has_its_forms(name: str):
    wrong = [
        key
        for key, message in messages(translations.CATALOGUES / name)
        if key[3] and len(texts(message)) != FORMS[name]
    ]
    assert not wrong


def test_the_files_are_in_step_with_the_source(tmp_path: Path):
    for name in translations.LANGUAGES:
        shutil.copy(translations.CATALOGUES / name, tmp_path)

    translations.update(tmp_path)

    for name in translations.LANGUAGES:
        kept = {key for key, _ in messages(translations.CATALOGUES / name)}
        read = {key for key, _ in messages(tmp_path / name)}
        assert (read - kept, kept - read) == (set(), set())
