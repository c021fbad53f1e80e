"""Refund policies as venues write them: many words for one thing, and none for two."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from boxoffice.exchange.rows import RefundTierRow

HEAD = (
    "policy,valid_from,until_hours_before_start,until_hours_after_purchase,until_at,inclusive,"
    "fee_percent,refund_percent,fee_yuan,fee_base,handling_percent,handling_base,least_fee_yuan,"
    "most_fee_yuan,per,whole_order_only,once_per_buyer,complimentary_excluded,note_zh,note_en"
)
USUAL = {
    "policy": "p",
    "valid_from": "2025-08-01",
    "until_hours_before_start": "72",
    "inclusive": "yes",
    "per": "ticket",
    "whole_order_only": "no",
}


def line(**cells: str) -> str:
    values = {**USUAL, **cells}
    quoted = [values.get(name, "") for name in HEAD.split(",")]
    return ",".join(f'"{cell}"' for cell in quoted)


def tier(read: Any, **cells: str) -> RefundTierRow:
    parsed = read(f"{HEAD}\n{line(**cells)}\n")
    assert (parsed.kind, parsed.errors, parsed.ignored_columns) == ("refund policy", (), ())
    (row,) = parsed.rows
    assert isinstance(row, RefundTierRow)
    return row


def trouble(read: Any, **cells: str) -> list[tuple[str, str]]:
    parsed = read(f"{HEAD}\n{line(**cells)}\n")
    assert {error.line for error in parsed.errors} <= {2}
    return [(error.column, error.expected) for error in parsed.errors]


@pytest.mark.parametrize(
    ("column", "written", "rate", "fixed", "handling"),
    [
        ("fee_percent", "20", 2000, 0, 0),
        ("fee_percent", "20%", 2000, 0, 0),
        ("fee_percent", "２０％", 2000, 0, 0),
        ("fee_percent", "20.6 %", 2060, 0, 0),
        ("fee_percent", "0.2%", 20, 0, 0),
        ("fee_percent", "百分之20", 2000, 0, 0),
        ("fee_percent", "收取20%手续费", 2000, 0, 0),
        ("fee_percent", "20% fee", 2000, 0, 0),
        ("fee_percent", "6‰", 60, 0, 0),
        ("fee_percent", "0", 0, 0, 0),
        ("fee_percent", "免手续费", 0, 0, 0),
        ("fee_percent", "全额退款", 0, 0, 0),
        ("fee_percent", "Free", 0, 0, 0),
        ("fee_percent", "20% + 0.6%", 2000, 0, 60),
        ("fee_percent", "20%手续费+0.6%渠道费", 2000, 0, 60),
        ("fee_percent", "20% + 0.60 CNY", 2000, 60, 0),
        ("fee_percent", "20%加5元", 2000, 500, 0),
        ("fee_percent", "¥5 plus 20%", 2000, 500, 0),
        ("fee_percent", "20%+0.6%+5元", 2000, 500, 60),
        ("fee_percent", "5元", 0, 500, 0),
        ("fee_yuan", "5", 0, 500, 0),
        ("fee_yuan", "￥1,005.50", 0, 100_550, 0),
        ("fee_yuan", "20%", 2000, 0, 0),
        ("handling_percent", "0.6", 0, 0, 60),
        ("handling_percent", "0.6%", 0, 0, 60),
        ("refund_percent", "80", 2000, 0, 0),
        ("refund_percent", "退80%", 2000, 0, 0),
        ("refund_percent", "8折", 2000, 0, 0),
        ("refund_percent", "8.5折", 1500, 0, 0),
        ("refund_percent", "全额", 0, 0, 0),
    ],
)
def test_fees(read: Any, column: str, written: str, rate: int, fixed: int, handling: int) -> None:
    row = tier(read, **{column: written})
    assert row.refundable
    found = (row.fee_basis_points, row.fee_fen, row.handling_basis_points)
    assert found == (rate, fixed, handling)


@pytest.mark.parametrize(
    ("column", "written"),
    [("fee_percent", w) for w in ("none", "不退", "不予退票", "No refund", "non-refundable")]
    + [("refund_percent", w) for w in ("0", "不退", "0%")],
)
def test_no_refund(read: Any, column: str, written: str) -> None:
    row = tier(read, **{column: written})
    assert (row.refundable, row.fee_basis_points, row.fee_fen) == (False, 0, 0)


def test_an_amount_beside_none_changes_nothing(read: Any) -> None:
    assert not tier(read, fee_percent="none", fee_yuan="5").refundable


def test_parts_in_columns_of_their_own(read: Any) -> None:
    row = tier(read, fee_percent="20", fee_yuan="5", handling_percent="0.6", handling_base="实付")
    assert (row.fee_basis_points, row.fee_fen, row.handling_basis_points) == (2000, 500, 60)
    assert (row.fee_base, row.handling_base) == ("paid", "paid")


@pytest.mark.parametrize(
    ("cells", "bases"),
    [
        ({"fee_percent": "20"}, ("paid", "paid")),
        ({"fee_percent": "20", "fee_base": "票面价"}, ("face", "paid")),
        ({"fee_percent": "票价的20%+实付的0.6%"}, ("face", "paid")),
        ({"fee_percent": "20% of the price + 0.6% of the price paid"}, ("face", "paid")),
        ({"fee_percent": "20%", "handling_percent": "退款金额0.6%"}, ("paid", "left")),
        (
            {"fee_percent": "20%", "handling_percent": "0.6", "handling_base": "left"},
            ("paid", "left"),
        ),
    ],
)
def test_what_a_percentage_is_taken_of(
    read: Any, cells: dict[str, str], bases: tuple[str, str]
) -> None:
    row = tier(read, **cells)
    assert (row.fee_base, row.handling_base) == bases


@pytest.mark.parametrize(
    ("column", "written", "hours", "minutes"),
    [
        ("until_hours_before_start", "72", 72, 0),
        ("until_hours_before_start", "1.5", 1, 30),
        ("until_hours_before_start", "3天", 72, 0),
        ("until_hours_before_start", "开赛前三天", 72, 0),
        ("until_hours_before_start", "十五日前", 360, 0),
        ("until_hours_before_start", "3 days before the start", 72, 0),
        ("until_hours_before_start", "两小时30分钟", 2, 30),
        ("until_hours_before_start", "90 min", 1, 30),
        ("until_hours_before_start", "0", 0, 0),
        ("until_hours_after_purchase", "24", 24, 0),
        ("until_hours_after_purchase", "购票后24小时内", 24, 0),
        ("until_hours_after_purchase", "within 30 minutes", 0, 30),
        ("until_hours_after_purchase", "2 hours after purchase", 2, 0),
    ],
)
def test_spans(read: Any, column: str, written: str, hours: int, minutes: int) -> None:
    row = tier(read, fee_percent="20", **{"until_hours_before_start": "", column: written})
    if column == "until_hours_before_start":
        found = (row.until_hours_before_start, row.until_minutes_before_start)
        assert (found, row.until_minutes_after_purchase) == ((hours, minutes), None)
    else:
        assert row.until_minutes_after_purchase == 60 * hours + minutes
        assert row.until_hours_before_start is None


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2024-03-15 23:59:59", datetime(2024, 3, 15, 15, 59, 59, tzinfo=UTC)),
        ("2024年3月15日 23:59:59", datetime(2024, 3, 15, 15, 59, 59, tzinfo=UTC)),
        ("2024年3月15日23时59分59秒", datetime(2024, 3, 15, 15, 59, 59, tzinfo=UTC)),
        ("2024年3月15日12点", datetime(2024, 3, 15, 4, tzinfo=UTC)),
        ("2024-03-15 24:00", datetime(2024, 3, 15, 16, tzinfo=UTC)),
        ("2024年12月31日24时", datetime(2024, 12, 31, 16, tzinfo=UTC)),
        ("2024-03-15T24:00:00+00:00", datetime(2024, 3, 16, tzinfo=UTC)),
    ],
)
def test_deadlines(read: Any, written: str, utc: datetime) -> None:
    row = tier(read, fee_percent="20", until_hours_before_start="", until_at=written)
    assert row.until_at == utc


def test_words_for_the_rest(read: Any) -> None:
    row = tier(
        read,
        fee_percent="20",
        per="每单",
        whole_order_only="仅整单",
        inclusive="不含",
        once_per_buyer="下一档",
        complimentary_excluded="否",
        least_fee_yuan="5元",
        most_fee_yuan="100",
        valid_from="2025年8月1日",
    )
    assert (row.per, row.whole_order_only, row.inclusive) == ("order", True, False)
    assert (row.again, row.complimentary_excluded) == ("next", False)
    assert (row.least_fee_fen, row.most_fee_fen) == (500, 10_000)
    assert row.valid_from.isoformat() == "2025-08-01"
    plain = tier(read, fee_percent="20")
    assert (plain.again, plain.complimentary_excluded) == ("same", True)
    assert (plain.least_fee_fen, plain.most_fee_fen) == (0, None)
    assert tier(read, fee_percent="20", once_per_buyer="是").again == "refused"


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        ({"fee_percent": "0.2"}, "fee_percent", "0.2 could be either"),
        ({"fee_percent": "20%+0.6"}, "fee_percent", "could be either"),
        ({"refund_percent": "0.8"}, "refund_percent", "could be either"),
        ({"fee_percent": "2折"}, "fee_percent", "percentage"),
        ({"fee_percent": "无"}, "fee_percent", "percentage"),
        ({"fee_percent": "120%"}, "fee_percent", "percentage"),
        ({"refund_percent": "120"}, "refund_percent", "percentage"),
        ({"fee_percent": "20%+5元+6元"}, "fee_percent", "percentage"),
        ({"fee_percent": "5元%"}, "fee_percent", "percentage"),
        ({"fee_percent": "20", "refund_percent": "80"}, "refund_percent", "fee_percent says it"),
        ({"fee_percent": "20%+5元", "fee_yuan": "5"}, "fee_yuan", "fee_percent says it"),
        ({"fee_percent": "none", "refund_percent": "80"}, "refund_percent", "nothing is refunded"),
        ({"fee_percent": "20", "fee_yuan": "不退"}, "fee_percent", "nothing is refunded"),
        ({"fee_percent": "不退", "most_fee_yuan": "5"}, "most_fee_yuan", "nothing is refunded"),
        ({"fee_percent": "票面20%", "fee_base": "实付"}, "fee_base", "says it"),
        ({"fee_percent": "20", "fee_base": "left"}, "fee_base", "one of: paid, face"),
        (
            {"fee_percent": "20", "least_fee_yuan": "9", "most_fee_yuan": "8"},
            "most_fee_yuan",
            "not below",
        ),
        ({"fee_percent": "20", "least_fee_yuan": "-1"}, "least_fee_yuan", "yuan"),
        ({}, "fee_percent", "a fee in per cent or in yuan"),
        ({"most_fee_yuan": "5"}, "fee_percent", "a fee in per cent or in yuan"),
        ({"fee_percent": "20", "until_at": "2025-09-01 12:00"}, "until_at", "either hours"),
        ({"fee_percent": "20", "until_hours_before_start": ""}, "until_at", "after the purchase"),
        ({"fee_percent": "20", "once_per_buyer": "sometimes"}, "once_per_buyer", "one of: same"),
        ({"fee_percent": "20", "inclusive": ""}, "inclusive", "yes or no"),
    ],
)
def test_what_could_be_read_two_ways_or_none_is_refused(
    read: Any, cells: dict[str, str], column: str, expected: str
) -> None:
    ((found, said),) = trouble(read, **cells)
    assert found == column
    assert expected in said


def test_the_last_step_may_say_that_nothing_is_refunded_any_more(read: Any) -> None:
    text = "\n".join(
        [
            HEAD,
            line(fee_percent="20"),
            line(fee_percent="none", until_hours_before_start="", inclusive="no"),
        ]
    )
    parsed = read(text + "\n")
    assert parsed.errors == ()
    last = parsed.rows[1]
    assert (last.until_hours_before_start, last.until_at, last.refundable) == (None, None, False)


def test_the_same_end_twice_unless_it_is_for_who_comes_again(read: Any) -> None:
    first = line(fee_percent="免费", once_per_buyer="下一档")
    second = line(fee_percent="20", until_hours_before_start="3天")
    assert read(f"{HEAD}\n{first}\n{second}\n").errors == ()
    (error,) = read(f"{HEAD}\n{second}\n{first}\n{second}\n").errors
    assert (error.line, error.expected) == (4, "once; it stands in line 2")


def test_hefei_2024_as_a_chinese_sheet(read: Any) -> None:
    parsed = read(
        "退票政策,生效日期,截止时间,含截止,手续费,说明\n"
        "合肥,2024-02-01,2024年3月15日 23:59:59,含,20%,三月十五日前\n"
        "合肥,2024-02-01,2024年3月29日 23:59:59,含,50%,\n"
        "合肥,2024-02-01,2024年4月5日 23:59:59,含,80%,\n"
        "合肥,2024-02-01,,含,不退,其后不退\n"
    )
    assert (parsed.errors, parsed.ignored_columns) == ((), ())
    assert [row.fee_basis_points for row in parsed.rows] == [2000, 5000, 8000, 0]
    assert [row.refundable for row in parsed.rows] == [True, True, True, False]
    assert {(row.per, row.whole_order_only) for row in parsed.rows} == {("ticket", False)}
    assert parsed.rows[0].until_at == datetime(2024, 3, 15, 15, 59, 59, tzinfo=UTC)


def test_shanghai_2023_as_an_english_sheet(read: Any) -> None:
    parsed = read(
        "policy;effective from;until;inclusive;fee rate;per;note\n"
        "sh;2023-10-01;2023-11-11 12:00;exclusive;10%;per ticket;\n"
        "sh;2023-10-01;2023-11-18 12:00;exclusive;20%;per ticket;\n"
        "sh;2023-10-01;2023-11-24 12:00;exclusive;30%;per ticket;\n"
    )
    assert (parsed.errors, parsed.ignored_columns) == ((), ())
    assert [(r.fee_basis_points, r.inclusive) for r in parsed.rows] == [
        (1000, False),
        (2000, False),
        (3000, False),
    ]


def test_a_policy_without_any_end_or_fee_column_is_told_what_it_lacks(read: Any) -> None:
    from boxoffice.errors import BadFile

    with pytest.raises(BadFile) as refused:
        read("policy,valid_from,inclusive,fee_percent\np,2025-08-01,yes,20\n")
    assert "has no column until_at" in str(refused.value.fields["why"])
