"""Every kind of notice in both languages, with all its facts and nothing but them."""

from __future__ import annotations

import re

import pytest

from boxoffice.notices import render
from boxoffice.notices.kinds import FACTS, FORMS, Kind, stored
from boxoffice.settings import LANGUAGES
from tests.notices.carriers import facts

MARK = re.compile(r"\{(\w+)\}")
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_its_templates_and_no_other(language: str) -> None:
    found = render.templates(language)
    assert set(found) == {"signature", "ask", "words", *Kind}
    for kind in Kind:
        assert set(found[kind]) == {"subject", "body", "text"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_a_mail_tells_every_fact_of_its_kind(kind: Kind, language: str) -> None:
    found = render.templates(language)
    body = found[kind]["body"] + found["signature"]
    assert set(MARK.findall(body)) == set(FACTS[kind])
    for part in ("subject", "text"):
        assert set(MARK.findall(found[kind][part])) <= set(FACTS[kind])
    said = render.words(kind, facts(kind), language)
    assert "{" not in said.subject + said.body + said.text
    assert "\n" not in said.subject
    # Names of sessions are of their own language too.
    assert bool(HAN.search(MARK.sub("", found[kind]["body"]))) is (language == "zh_CN")


def test_both_languages_have_the_same_words() -> None:
    assert set(render.templates("en")["words"]) == set(render.templates("zh_CN")["words"])


def test_every_fact_has_a_form() -> None:
    assert {name for names in FACTS.values() for name in names} == set(FORMS)


@pytest.mark.parametrize("kind", Kind)
def test_a_fact_that_is_missing_or_too_many_is_an_error(kind: Kind) -> None:
    whole = facts(kind)
    for name in stored(kind):
        with pytest.raises(LookupError):
            render.words(kind, {n: v for n, v in whole.items() if n != name}, "en")
    with pytest.raises(LookupError):
        render.words(kind, {**whole, "phone": "1"}, "en")
    with pytest.raises(LookupError):
        render.words(kind, whole, "fr")


def test_amounts_dates_and_names_are_of_the_language() -> None:
    whole = facts(Kind.SESSION_MOVED) | {
        "session_zh": "中央球场夜场",
        "session_en": "Centre Court, night",
        "new_starts_at": "2025-09-28T11:30:00.000000Z",
    }
    zh = render.words(Kind.SESSION_MOVED, whole, "zh_CN").text
    en = render.words(Kind.SESSION_MOVED, whole, "en").text
    assert "中央球场夜场" in zh
    assert "2025年9月28日 19:30" in zh  # venue time
    assert "Centre Court, night" in en
    assert "28 September 2025, 19:30" in en
    refund = facts(Kind.REFUND_SENT)
    assert "1,234.56元" in render.words(Kind.REFUND_SENT, refund, "zh_CN").text
    assert "微信支付" in render.words(Kind.REFUND_SENT, refund, "zh_CN").text
    assert "CNY 1,234.56" in render.words(Kind.REFUND_SENT, refund, "en").text
    other = refund | {"way": "channel:app"}
    assert "by the way you paid" in render.words(Kind.REFUND_SENT, other, "en").text


def test_a_fact_brings_no_line_and_no_mark_of_its_own() -> None:
    whole = facts(Kind.REFUND_SENT) | {"order": "3A\r\nBcc: x@example.org {code}", "code": "ABCD"}
    said = render.words(Kind.REFUND_SENT, whole, "en")
    assert "\r" not in said.subject
    assert "\n" not in said.subject
    assert "{code}" in said.subject  # what stood in the fact is not filled again


def test_an_amount_is_whole_fen() -> None:
    for wrong in (12.5, True, "12"):
        with pytest.raises(ValueError, match="amount"):
            render.words(Kind.REFUND_SENT, facts(Kind.REFUND_SENT) | {"amount": wrong}, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_says_it_and_ends_with_the_code_to_ask_by(language: str) -> None:
    lines = render.slip_text(Kind.REFUND_SENT, facts(Kind.REFUND_SENT) | {"code": "QK7M"}, language)
    assert len(lines) == 2
    assert "1,234.56" in lines[0]
    assert "QK7M" in lines[-1]
    assert "3A-2K7Q" in lines[-1]
