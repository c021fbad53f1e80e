"""Phrases: English for whoever does not translate, a token and fields for who does."""

from __future__ import annotations

import copy
import json
import string

import pytest

from boxoffice.sentences.phrases import PHRASES, packed, phrase, unpacked


def fields(text: str) -> dict[str, object]:
    names = [name for _, name, _, _ in string.Formatter().parse(text) if name]
    return {name: f"<{name}>" for name in names}


@pytest.mark.parametrize("token", sorted(PHRASES))
def test_every_phrase_reads_as_english_and_comes_back_from_json(token: str) -> None:
    said = phrase(token, **fields(PHRASES[token]))
    assert "{" not in said
    assert said == PHRASES[token].format(**fields(PHRASES[token]))
    kept = json.loads(json.dumps(packed(said)))
    again = unpacked(kept)
    assert again == said
    assert (again.token, dict(again.fields)) == (said.token, dict(said.fields))


def test_phrases_stand_in_one_another() -> None:
    said = phrase("as_imported_why", value="50", reason=phrase("gone", count=3))
    assert said == "as imported: 50; 3 places are gone"
    again = unpacked(json.loads(json.dumps(packed(said))))
    assert again == said
    assert again.fields["reason"].token == "gone"


def test_a_copy_of_a_phrase_is_a_phrase() -> None:
    said = phrase("once", line=7)
    again = copy.deepcopy(said)
    assert (again, again.token, again.fields) == (said, "once", {"line": 7})


def test_what_is_no_phrase_stays_as_it_is() -> None:
    assert packed("check_digit") == "check_digit"
    assert unpacked("check_digit") == "check_digit"
    newer = {"token": "of_a_newer_version", "line": 1}
    assert "of_a_newer_version" in unpacked(newer)
