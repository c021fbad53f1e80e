"""Names by what staff type: characters, pinyin, initials, either reading of a surname."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.domain import name_words


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("张伟", ("张伟", "伟", "zhangwei", "zw", "wei")),
        ("欧阳娜娜", ("欧阳", "ouyangnana", "oynn", "娜娜", "nana")),
        ("单田芳", ("shantianfang", "dantianfang", "stf")),
        ("曾志伟", ("zengzhiwei", "zzw")),
        ("李长江", ("lichangjiang", "lcj")),
        ("吕布", ("lvbu", "lubu", "lyubu")),
        ("Lü Bu", ("lubu", "bu", "lb")),
        ("Tomas Brightwater", ("tomas", "brightwater", "tb", "tomasbright")),
        ("Björn Åkesson", ("bjorn", "akesson", "ba")),
        ("O'Neil Smith-Jones", ("oneil", "smith", "jones")),
        ("阿依古丽·买买提", ("阿依古丽", "ayiguli")),
    ],
)
def test_a_name_is_found_by(name: str, typed: tuple[str, ...]) -> None:
    words = name_words.words(name)
    for beginning in typed:
        assert any(word.startswith(beginning) for word in words), (beginning, words)


@given(st.text())
def test_any_text_has_words_that_are_letters_and_figures(text: str) -> None:
    for word in name_words.words(text):
        assert word
        assert len(word) <= name_words.LONGEST
        assert word.isalnum()


@given(st.text(min_size=1))
def test_what_is_typed_is_read_as_the_name_was(name: str) -> None:
    whole = name_words.whole(name)
    assert not whole or whole in name_words.words(name)
