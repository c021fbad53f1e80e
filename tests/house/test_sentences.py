"""Every error has its sentence, and the sentence asks only for what the error carries."""

from __future__ import annotations

import re
import string

from boxoffice import errors, sentences

KINDS = {errors.BoxOfficeError, errors.Refused, errors.Broken}
CLASSES = sorted(
    (
        thing
        for thing in vars(errors).values()
        if isinstance(thing, type)
        and issubclass(thing, errors.BoxOfficeError)
        and thing not in KINDS
    ),
    key=lambda kind: kind.__name__,
)


def test_there_is_one_sentence_for_each_error():
    assert set(sentences.SENTENCES) == {kind.__name__ for kind in CLASSES}


def fields(kind: type[errors.BoxOfficeError]) -> set[str]:
    """What the docstring of an error says it carries."""
    said = re.sub(r" \([^)]*\)", "", " ".join((kind.__doc__ or "").split()))
    listed = re.search(r"Fields: ([\w, ]+)\.", said)
    return set(listed[1].split(", ")) if listed else set()


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_a_sentence_uses_only_the_fields_of_its_error():
    beyond = {
        kind.__name__: placeholders(sentences.SENTENCES[kind.__name__]) - fields(kind)
        for kind in CLASSES
    }
    assert not {name: extra for name, extra in beyond.items() if extra}


def test_a_sentence_is_a_sentence():
    whole = re.compile(r"[A-Z{\"“].*[.!?]", re.DOTALL)
    broken = [text for text in sentences.SENTENCES.values() if not whole.fullmatch(text)]
    assert not broken
