"""Texts stay within their boxes, whole, whatever their length."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from boxoffice.documents.fonts import BOLD, REGULAR, UNITS, face
from boxoffice.documents.typeset import LEADING, fit

words = st.text(
    st.sampled_from("钻石球场日夜正赛决赛,。()《》AMWilmi-1234567890  "), min_size=1, max_size=120
).filter(str.strip)


@given(words, st.integers(120, 575), st.integers(24, 120), st.integers(18, 112))
def test_nothing_is_cut_and_nothing_sticks_out(
    text: str, width: int, height: int, size: int
) -> None:
    setting = fit(text, BOLD, width, height, size, 18)
    assert "".join(setting.lines).replace(" ", "") == text.replace(" ", "")
    for line in setting.lines:
        assert face(BOLD).width(line) * setting.size <= width * UNITS
    tall = setting.size + (len(setting.lines) - 1) * LEADING * setting.size
    assert tall <= max(height, setting.size) + 1
    assert setting.size <= size


def test_words_are_kept_whole_and_punctuation_begins_no_line() -> None:
    english = fit("Maximiliana Featherstonehaugh", REGULAR, 200, 60, 30, 18)
    assert english.lines == ("Maximiliana", "Featherstonehaugh")
    chinese = fit("钻石球场日场正赛,夜场决赛。莲花球场,外场", REGULAR, 180, 200, 22, 18)
    assert len(chinese.lines) > 1
    assert not any(line[0] in ",。" for line in chinese.lines)


def test_a_little_too_long_shrinks_rather_than_wraps() -> None:
    width = face(REGULAR).width("Outer courts") * 20 // UNITS + 1
    assert fit("Outer courts", REGULAR, width, 60, 22, 18) == (20, ("Outer courts",))
