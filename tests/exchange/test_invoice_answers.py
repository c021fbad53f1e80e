"""The file that comes back from the invoice platform: read whole, or refused with a line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boxoffice.errors import BadFile, BadInvoiceFile
from boxoffice.exchange import invoice_file

HEADER = "request,status,number,issued_on,reason"
REQUESTS = [f"{n:032x}" for n in range(6)]
LINES = [
    f"{one},issued,1234567{n},2025-10-01,"
    if n % 2
    else f'{one},refused,,,"the title, as it stands"'
    for n, one in enumerate(REQUESTS)
]


def text(*lines: str) -> str:
    return "\r\n".join([HEADER, *lines, ""])


def refusal(raw: bytes) -> tuple[int, str]:
    with pytest.raises(BadInvoiceFile) as caught:
        invoice_file.read(raw, "back.csv")
    return caught.value.fields["line"], str(caught.value.fields["why"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_it_is_read_as_programs_write_it(encoding: str) -> None:
    found = invoice_file.read(text(*LINES).encode(encoding), "back.csv")
    assert [one.request for one in found] == REQUESTS
    assert [one.line for one in found] == [2, 3, 4, 5, 6, 7]


def test_rows_between_two_stray_quotes_are_not_lost() -> None:
    lines = list(LINES)
    lines[1] = lines[1].replace("1234", '"1234')
    lines[3] = lines[3].replace("1234", '1234"', 1).replace('1234"', "1234") + '"'
    raw = text(*lines).encode()
    try:
        found = invoice_file.read(raw, "back.csv")
    except BadInvoiceFile:
        return
    assert len(found) == len(lines)


def test_a_day_is_kept_as_days_are() -> None:
    found = invoice_file.read(text(f"{REQUESTS[0]},issued,12345678,20251001,").encode(), "back.csv")
    assert found[0].issued_on == "2025-10-01"


def test_what_cannot_be_seen_is_not_repeated() -> None:
    raw = text(f"{REQUESTS[0]},refused,,,no \x1b[2J such\u202e title").encode()
    (one,) = invoice_file.read(raw, "back.csv")
    assert one.reason.isprintable()
    assert one.reason.startswith("no ")


def test_a_line_that_is_two() -> None:
    raw = text(LINES[1] + LINES[2], LINES[3]).encode()
    assert refusal(raw) == (2, "the line has 9 cells, the header 5")


def test_a_column_that_stands_twice() -> None:
    raw = f"{HEADER},status\n{LINES[1]},refused\n".encode()
    assert refusal(raw) == (1, "column status stands twice in the header")


@settings(max_examples=60)
@given(
    st.integers(0, len(text(*LINES))),
    st.integers(0, 4),
    st.text('",\n\r\t;0a\u3000', max_size=4),
)
def test_a_damaged_file_loses_no_line_in_silence(at: int, cut: int, put: str) -> None:
    """What was damaged is refused; where it is read all the same, every line is in it. A request
    that became another one is told by whoever knows which were filed."""
    whole = text(*LINES)
    try:
        found = invoice_file.read((whole[:at] + put + whole[at + cut :]).encode(), "back.csv")
    except (BadFile, BadInvoiceFile):
        return
    assert len(found) == len(LINES)
