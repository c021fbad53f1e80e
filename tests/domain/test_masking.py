"""Personal data as it may be shown: enough to recognise one's own, never enough to learn it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.domain.masking import mask_document, mask_name, mask_phone


@pytest.mark.parametrize(
    ("mask", "clear", "shown"),
    [
        (mask_document, "11010119051025288X", "1****************X"),
        (mask_document, "E1234", "*****"),
        (mask_document, "", ""),
        (mask_phone, "19900001234", "199****1234"),
        (mask_phone, "+8619900001234", "+86*******1234"),
        (mask_phone, "91234567", "******67"),
        (mask_phone, "1234567", "*******"),
        (mask_phone, "", ""),
        (mask_name, "王小树", "王**"),
        (mask_name, "王树", "王*"),
        (mask_name, "王 树", "王**"),
        (mask_name, "王", "*"),
        (mask_name, "欧阳小树", "欧***"),
        (mask_name, "Maren Oldhaven", "Maren O."),
        (mask_name, "Anna Maria Oldhaven", "Anna O."),
        (mask_name, "Björn Åsenlund", "Björn Å."),
        (mask_name, "Li X", "Li *"),
        (mask_name, "Maren", "M***"),
        (mask_name, "M", "*"),
        (mask_name, " ", ""),
    ],
)
def test_what_is_shown(mask, clear, shown):
    assert mask(clear) == shown


@given(st.sampled_from([mask_document, mask_phone]), st.text("0123456789X+", max_size=20))
def test_numbers_keep_their_length_and_hide_most_or_all_of_it(mask, number):
    shown = mask(number)
    assert len(shown) == len(number)
    assert all(there in ("*", was) for there, was in zip(shown, number, strict=True))
    kept = len(number) - shown.count("*")
    assert kept == 0 or (len(number) >= 6 and kept <= 7 and shown.count("*") >= 4)


@given(st.text("王李 ABc·Å", min_size=1, max_size=8))
def test_no_name_is_shown_whole(name):
    letters = "".join(name.split())
    shown = mask_name(name).replace("*", "").replace(".", "").replace(" ", "")
    assert shown != letters or not letters
