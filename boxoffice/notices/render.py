"""The words of a notice: templates in the customer's language, filled with the facts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from boxoffice import clock
from boxoffice.domain.money import format_yuan
from boxoffice.notices.kinds import FACTS, FORMS, Form, Kind, stored
from boxoffice.settings import LANGUAGES, RESOURCES

Facts = Mapping[str, str | int]

_MARK = re.compile(r"\{(\w+)\}")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_MOMENTS = {"zh_CN": "{0.year}年{0.month}月{0.day}日 {0:%H:%M}", "en": "{0.day} {0:%B %Y, %H:%M}"}


@dataclass(frozen=True, slots=True)
class Words:
    """A notice in words."""

    subject: str
    """One line."""
    body: str
    text: str
    """The short form: a text message."""


@cache
def templates(language: str) -> dict[str, Any]:
    """The templates of a language. Raises LookupError for one that has none."""
    if language not in LANGUAGES:
        raise LookupError(language)
    path = RESOURCES / "notices" / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def values(kind: Kind, facts: Facts, language: str) -> dict[str, str]:
    """Every fact of a kind as its language shows it, on one line each.

    Raises LookupError where one is missing or there is one too many, ValueError for a wrong one.
    """
    if set(facts) != stored(kind):
        raise LookupError(f"{kind}: {sorted(set(facts) ^ stored(kind))}")
    return {name: _shown(name, facts, language) for name in FACTS[kind]}


def _shown(name: str, facts: Facts, language: str) -> str:
    form = FORMS[name]
    if form is Form.BOTH:
        found = facts[f"{name}_zh" if language == "zh_CN" else f"{name}_en"]
    else:
        found = facts[name]
    if form is Form.MONEY:
        if type(found) is not int:
            raise ValueError(f"{name} is no amount in fen")
        return f"{format_yuan(found)}元" if language == "zh_CN" else f"CNY {format_yuan(found)}"
    if form is Form.MOMENT:
        return _MOMENTS[language].format(clock.venue(clock.from_text(str(found))))
    if form is Form.WORD:
        words: dict[str, str] = templates(language)["words"]
        return words.get(str(found), words["other"])
    # A name with a line break in it must not begin a line, or a header, of its own.
    return _UNSEEN.sub(" ", str(found)).strip()


def _filled(template: str, shown: Mapping[str, str]) -> str:
    # In one pass: braces in a value stay what they are.
    return _MARK.sub(lambda mark: shown[mark[1]], template).strip()


def words(kind: Kind, facts: Facts, language: str) -> Words:
    """A notice in words. Raises what `values` does."""
    shown = values(kind, facts, language)
    found = templates(language)[kind.value]
    signature = _filled(templates(language)["signature"], shown)
    return Words(
        subject=_filled(found["subject"], shown),
        body=f"{_filled(found['body'], shown)}\n\n{signature}\n",
        text=_filled(found["text"], shown),
    )


def slip_text(kind: Kind, facts: Facts, language: str) -> tuple[str, ...]:
    """The lines of a slip for a customer who left no address: what happened, and a code to ask by.

    Raises what `values` does.
    """
    shown = values(kind, facts, language)
    asking = _filled(templates(language)["ask"], shown)
    return (*_filled(templates(language)[kind.value]["text"], shown).splitlines(), asking)
