"""Identity documents: numbers of every kind, and the lines a machine reads from a passport."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.domain import identity
from boxoffice.domain.identity import DocumentKind
from boxoffice.errors import BadDocument

WEIGHTS = [2 ** (17 - place) % 11 for place in range(17)]


def eighteen(area: str, birth: str, order: str) -> str:
    """A number with its check digit, reckoned as ISO 7064 MOD 11-2 has it."""
    head = area + birth + order
    rest = (
        1 - sum(int(figure) * weight for figure, weight in zip(head, WEIGHTS, strict=True))
    ) % 11
    return head + "0123456789X"[rest]


def refused(kind: str, text: str) -> str:
    with pytest.raises(BadDocument) as error:
        identity.check(kind, text)
    return str(error.value.fields["expected"])


RESIDENT = eighteen("110101", "18900101", "001")
ENDING_IN_X = "11010119051025288X"


@pytest.mark.parametrize(
    "typed",
    [
        ENDING_IN_X,
        ENDING_IN_X.lower(),
        " 110101 19051025 288x ",
        "110101-19051025-288X",
        "１１０１０１１９０５１０２５２８８Ｘ",
    ],
)
def test_a_resident_number_as_people_type_it(typed):
    assert identity.check("resident_id", typed) == ENDING_IN_X


@given(st.integers(1, 28), st.integers(0, 999), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_figure_is_always_noticed(day, order, place, more):
    number = eighteen("110101", f"189002{day:02}", f"{order:03}")
    assert identity.check("resident_id", number) == number
    figures = "0123456789X" if place == 17 else "0123456789"
    wrong = figures[(figures.index(number[place]) + more) % len(figures)]
    with pytest.raises(BadDocument):
        identity.check("resident_id", number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("110101900101001", "old_form"),
        ("", "eighteen_digits"),
        (RESIDENT[:17], "eighteen_digits"),
        (RESIDENT + "0", "eighteen_digits"),
        ("X" + RESIDENT[1:], "eighteen_digits"),
        ("٣" + RESIDENT[1:], "eighteen_digits"),
        ("9" * 5000, "eighteen_digits"),
        (eighteen("110101", "18900230", "001"), "birth_date"),
        (eighteen("110101", "18901301", "001"), "birth_date"),
        (eighteen("110101", "18990229", "001"), "birth_date"),
        (eighteen("110101", "00000101", "001"), "birth_date"),
        (RESIDENT[:17] + "5", "check_digit"),
        (eighteen("810000", "18900101", "001"), "resident_prefix"),
        (eighteen("911110", "18900101", "001"), "resident_prefix"),
        (eighteen("010101", "18900101", "001"), "resident_prefix"),
    ],
)
def test_what_is_wrong_with_a_resident_number(number, expected):
    assert refused("resident_id", number) == expected
    assert refused("household", number) == expected


@pytest.mark.parametrize("area", ["810000", "820000", "830000"])
def test_residence_permits_of_hong_kong_macao_and_taiwan(area):
    number = eighteen(area, "18900101", "002")
    assert identity.check("hmt_residence", number) == number
    assert identity.recognise(number) is DocumentKind.HMT_RESIDENCE


@pytest.mark.parametrize(
    ("kind", "number", "kept"),
    [
        ("home_return", "h12345678", "H12345678"),
        ("home_return", "M1234567800", "M1234567800"),
        ("taiwan_permit", "0123 4567", "01234567"),
        ("foreign_permanent", "abc110189001011", None),
        ("foreign_permanent", "USA110090010112", "USA110090010112"),
        (
            "foreign_permanent",
            eighteen("911110", "18900101", "001"),
            eighteen("911110", "18900101", "001"),
        ),
        ("passport", "x-9000 0001", "X90000001"),
        ("passport", "123456789", "123456789"),
        ("household", RESIDENT, RESIDENT),
    ],
)
def test_the_other_documents(kind, number, kept):
    assert identity.check(kind, number) == (kept or number.upper())


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        ("hmt_residence", RESIDENT, "permit_prefix"),
        ("home_return", "K12345678", "home_return"),
        ("home_return", "H1234567", "home_return"),
        ("home_return", "H123456789", "home_return"),
        ("taiwan_permit", "1234567", "taiwan_permit"),
        ("taiwan_permit", "A2345678", "taiwan_permit"),
        ("foreign_permanent", RESIDENT, "permanent_card"),
        ("foreign_permanent", "AB1234567890123", "eighteen_digits"),
        ("passport", "ABCDE", "passport"),
        ("passport", "A123", "passport"),
        ("passport", "A" + "1" * 15, "passport"),
        ("passport", "A1234_67", "passport"),
        ("passport", "Ä1234567", "passport"),
        ("library_card", "12345", "kind"),
        ("", "12345", "kind"),
    ],
)
def test_what_is_wrong_with_the_others(kind, number, expected):
    assert refused(kind, number) == expected


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (RESIDENT, DocumentKind.RESIDENT_ID),
        (eighteen("911110", "18900101", "001"), DocumentKind.FOREIGN_PERMANENT),
        ("H12345678", DocumentKind.HOME_RETURN),
        ("m1234567800", DocumentKind.HOME_RETURN),
        ("E12345678", DocumentKind.PASSPORT),
        ("EA1234567", DocumentKind.PASSPORT),
        ("XX12345678", None),  # an order number, more likely
        ("12345678", None),
        ("张伟", None),
        ("", None),
    ],
)
def test_kinds_told_by_their_shape(number, kind):
    assert identity.recognise(number) is kind


# --- machine-readable lines: the specimen of ICAO Doc 9303 part 4 -------------------------------

FIRST = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
SECOND = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"


@pytest.mark.parametrize("between", ["", "\n", "\r\n", " "])
@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_passport_lines(between, case):
    lines = identity.read_mrz(case(FIRST + between + SECOND))
    assert (lines.name, lines.number) == ("Anna Maria Eriksson", "L898902C3")
    assert (lines.nationality, lines.birth) == ("UTO", "740812")


@pytest.mark.parametrize("place", [*range(10), *range(13, 20), *range(21, 44)])
def test_one_wrong_character_in_the_checked_part(place):
    # Values ten apart, such as L and 1, weigh the same.
    value = 0 if SECOND[place] == "<" else int(SECOND[place], 36)
    wrong = str((value + 1) % 10)
    with pytest.raises(BadDocument, match="machine_lines"):
        identity.read_mrz(FIRST + SECOND[:place] + wrong + SECOND[place + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        "",
        FIRST,
        FIRST + SECOND[:-1],
        FIRST + SECOND + "<",
        "I" + FIRST[1:] + SECOND,
        FIRST.replace("ANNA", "AN*A") + SECOND,
        FIRST + SECOND.replace("6UTO", "٦UTO"),
        "<" * 88,
    ],
)
def test_what_are_no_passport_lines(text):
    with pytest.raises(BadDocument, match="machine_lines"):
        identity.read_mrz(text)


@given(st.text(), st.sampled_from([*DocumentKind, "other"]))
def test_any_text_is_checked_or_refused(text, kind):
    identity.recognise(text)
    for ask in (lambda: identity.check(kind, text), lambda: identity.read_mrz(text)):
        with contextlib.suppress(BadDocument):
            ask()
