"""Wrong values: the error names line, column, value and what was expected; personal data masked."""

from __future__ import annotations

import csv
import io

import pytest

from boxoffice.domain.identity import DocumentKind
from boxoffice.exchange import FileKind

AMOUNT = "an amount in yuan"
WHOLE = "a whole number"
TIME = "a time like 2025-09-27T12:30+08:00"
DAY = "a day like 2025-09-27"
SPAN = "hours such as 72 or 1.5, or with a unit: 3 days, 30 minutes; at most ten years"
PER_CENT = "a percentage from 0 to 100 with two decimals, or none"
UNSEEN = "text in one line, without control characters"
TYPES = "one of: adult, concession, companion"

# kind, column, wrong values, expected
WRONG = [
    ("courts", "court", ["", "a\nb", "a\x1bb", "a\u202eb", "a\u2028b"], None),
    (
        "courts",
        "nominal_capacity",
        ["", "-1", "1.5", "9" * 10, "9" * 5000, "١٢", "x", "1e3"],
        WHOLE,
    ),
    ("courts", "roof", ["", "maybe", "2"], "yes or no"),
    ("access", "opens_courts", ["", "|", "、,"], None),
    ("prices", "ticket_type", ["", "child", "adult|x"], TYPES),
    (
        "prices",
        "price_yuan",
        ["", "x", "1.234", "1,50", "1e3", "1e999999", "1_000", "NaN", "Infinity", "٣", "9" * 5000],
        AMOUNT,
    ),
    ("prices", "price_yuan", ["-5", "-0.01"], "an amount in yuan, not below zero"),
    (
        "sessions",
        "date",
        ["", "27.9.2025", "2025-02-30", "2025-W39-6", "20250927x", "0001-01-01", "2025-9/27"],
        DAY,
    ),
    ("sessions", "kind", ["", "morning"], "one of: day, night, grounds"),
    (
        "sessions",
        "starts_at",
        ["", "x", "2025-09-27", "2025-09-27T25:00", "2025-09-27T12:30+99:00"],
        TIME,
    ),
    (
        "sessions",
        "gates_open",
        ["9999-12-31T23:59-12:00", "0001-01-01T00:00+08:00", "２０２５-09-27T12:30"],
        TIME,
    ),
    ("sessions", "unnumbered_capacity", ["-1", "many"], WHOLE),
    ("refund policy", "until_at", ["soon"], TIME),
    (
        "refund policy",
        "until_hours_before_start",
        ["-3", "1.333", "1h30", "3 days 2", "soon", "9999999", "十十", "3天x"],
        SPAN,
    ),
    (
        "refund policy",
        "fee_percent",
        ["x", "-1", "100.01", "1e999999", "20.655", "NaN", "%%", "20%+", "1%+2%+3%"],
        PER_CENT,
    ),
    ("refund policy", "fee_yuan", ["x", "1.234"], AMOUNT),
    ("refund policy", "per", ["", "seat"], "one of: ticket, order"),
    ("rain policy", "held_if_minutes_over", ["x", "over", "超过30分钟以上", "1.5"], WHOLE),
    ("rain policy", "held_if_matches_completed", ["x", "-1", "0", "1.5"], WHOLE),
    ("rain policy", "remedy", ["", "sorry"], "one of: refund, exchange, refund_or_exchange"),
    ("match records", "started_at", ["x", "2025-09-27"], TIME),
    ("match records", "minutes", ["x", "-1", "1.5"], WHOLE),
    ("match records", "completed", ["", "perhaps"], "yes or no"),
    ("rain policy", "note_zh", ["n" * 1001], "at most 1000 characters"),
]
CASES = [
    pytest.param(kind, column, value, expected, id=f"{kind}-{column}-{n}")
    for kind, column, values, expected in WRONG
    for n, value in enumerate(values)
]


def put(text: str, line: int, column: str, value: str) -> str:
    """The same table with one value changed."""
    rows = list(csv.reader(io.StringIO(text)))
    rows[line - 1][rows[0].index(column)] = value
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "column", "value", "expected"), CASES)
def test_the_error_names_line_column_value_and_expectation(
    read, samples, kind, column, value, expected
):
    (error,) = read(put(samples[kind], 2, column, value)).errors
    assert (error.line, error.column) == (2, column)
    assert error.value == "".join(c if c.isprintable() else "�" for c in value[:80])
    if expected:
        assert error.expected == expected


def test_every_error_of_a_file_is_listed_and_the_good_lines_are_read(read, samples):
    text = put(put(samples["prices"], 2, "price_yuan", "x"), 4, "ticket_type", "y")
    parsed = read(text)
    assert [(error.line, error.column) for error in parsed.errors] == [
        (2, "price_yuan"),
        (4, "ticket_type"),
    ]
    assert [row.line for row in parsed.rows] == [3]


@pytest.mark.parametrize(("cells", "found"), [("elm,A,adult", "3"), ("elm,A,adult,1,more", "5")])
def test_a_line_that_is_cut_or_too_long(read, samples, cells, found):
    (error,) = read(samples["prices"] + cells + "\n").errors
    assert (error.line, error.value, error.expected) == (5, f"{found} columns", "4 columns")


def test_lines_are_counted_as_an_editor_shows_them(read, samples):
    text = samples["rain policy"].replace("说明", '"一\n二"') + "\nx,never,1,,refund,,\n"
    (error,) = read(text).errors
    assert error.line == 5


@pytest.mark.parametrize(
    "kind", ["courts", "access", "prices", "sessions", "rain policy", "match records"]
)
def test_what_stands_twice(read, samples, kind):
    first = samples[kind].splitlines()[1]
    (error,) = read(f"{samples[kind]}{first}\n").errors
    assert error.line == len(samples[kind].splitlines()) + 1
    assert error.expected == "once; it stands in line 2"


PRESALE_TROUBLE = [
    ("ticket_type", "child", TYPES),
    ("price_yuan", "-1", "an amount in yuan, not below zero"),
    ("paid_at", "yesterday", TIME),
    ("status", "lost", "one of: paid, refunded, cancelled"),
    ("document_type", "library", f"one of: {', '.join(DocumentKind)}, "),
]


@pytest.mark.parametrize(("column", "value", "expected"), PRESALE_TROUBLE)
def test_trouble_in_a_presale_line_keeps_only_its_order_out(read, samples, column, value, expected):
    parsed = read(put(samples["presale orders"], 3, column, value))
    assert parsed.errors == ()
    good, bad = parsed.rows
    assert good.problems == ()
    (problem,) = bad.problems
    assert problem.line == 3
    assert (problem.column, problem.value, problem.expected) == (column, value, expected)


def test_documents_are_checked_and_masked(read, samples):
    text = put(samples["presale orders"], 2, "document_no", "110101189001010017")
    problem = read(text).rows[0].problems[0]
    assert (problem.value, problem.expected) == ("1****************7", "check_digit")
    parsed = read(samples["presale orders"])
    assert parsed.kind is FileKind.PRESALE
    assert [row.document_no for row in parsed.rows] == ["110101189001010016", "X90000001"]
    assert [row.status for row in parsed.rows] == ["paid", "paid"]


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("phone", "19900000001\x07", "199*****001�"),
        ("buyer", "王小树\x07", "王***"),
        ("document_no", "110101189001010016\x07", "1*****************�"),
    ],
)
def test_personal_data_is_masked_in_errors(read, samples, column, value, shown):
    (error,) = read(put(samples["presale orders"], 2, column, value)).errors
    assert (error.value, error.expected) == (shown, UNSEEN)


def test_an_order_number_must_be_there(read, samples):
    (error,) = read(put(samples["presale orders"], 2, "order_no", "")).errors
    assert (error.column, error.value, error.expected) == ("order_no", "", "a value")
