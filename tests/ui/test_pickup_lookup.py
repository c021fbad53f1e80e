"""What a scan is taken for before the records are asked."""

from __future__ import annotations

import pytest

from boxoffice.errors import BadDocument
from ui.pickup.lookup import read_scan

HISTORIC = "110101189003070012"


def test_a_resident_number_is_a_document_and_masked():
    asked = read_scan(HISTORIC)

    assert asked.document_only
    assert asked.documents == (HISTORIC,)
    assert HISTORIC not in asked.shown


def test_a_mistyped_document_is_masked_too():
    assert read_scan(HISTORIC[:-1] + "5").shown == "1****************5"


def test_a_phone_is_masked():
    assert read_scan("199 0000 0562").shown.count("*") == 4


@pytest.mark.parametrize("text", ["5SJT 3VDK", "CO250000001", "1A-2K7Q"])
def test_codes_are_shown_as_they_are(text: str):
    asked = read_scan(text)

    assert asked.shown == text
    assert asked.codes
    assert not asked.document_only


def test_passport_lines_are_read_down_to_the_number():
    lines = (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
    )

    assert "L898902C3" in read_scan(lines).documents


def test_broken_passport_lines_are_refused():
    with pytest.raises(BadDocument):
        read_scan("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<" + "<" * 44)
