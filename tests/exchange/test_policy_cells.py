"""Whatever stands in a cell of a policy, it is read or refused in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.exchange import fee_cells, time_cells
from boxoffice.exchange.columns import Unreadable
from boxoffice.exchange.time_cells import LONGEST_MINUTES

READERS = [
    fee_cells.fee_percent,
    fee_cells.fee_yuan,
    fee_cells.handling_percent,
    fee_cells.refund_percent,
    fee_cells.share,
    fee_cells.amount,
    fee_cells.yes_unless_said,
    time_cells.before_start,
    time_cells.after_purchase,
    time_cells.day,
    time_cells.deadline,
    time_cells.matches,
    time_cells.minutes_over,
    time_cells.latest_start,
]
PIECES = st.lists(
    st.sampled_from(
        [
            *"0123456789.,:+-%‰¥元折加收退满天日时分秒十百一二两三九²½　 ",
            *(
                "小时",
                "分钟",
                "以上",
                "开赛前",
                "之前",
                "购票后",
                "内",
                "超过",
                "≥",
                "票面",
                "实付",
            ),
            *("百分之", "手续费", "免", "不退", "CNY", "plus", "hours", "days", "min", "24:00"),
            *("2025年", "9月", "27日", "2025-09-27", "none", "99999999", "0.00"),
        ]
    ),
    max_size=6,
).map("".join)


@pytest.mark.parametrize("read", READERS, ids=lambda reader: reader.__name__)
@given(written=PIECES | st.text(max_size=12))
def test_a_cell_is_read_or_refused_in_words(read: Callable[[str], object], written: str) -> None:
    try:
        value = read(written)
    except Unreadable:
        return
    assert not isinstance(value, float)
    if isinstance(value, fee_cells.FeeCell):
        for rate in (value.rate, value.handling_rate):
            assert rate is None or 0 <= rate <= 10_000
        assert value.fixed_fen is None or value.fixed_fen >= 0
    elif type(value) is int and read in (time_cells.before_start, time_cells.after_purchase):
        assert 0 <= value <= LONGEST_MINUTES


@given(st.integers(0, 10_000))
def test_every_percentage_comes_out_as_it_was_written(points: int) -> None:
    written = f"{points // 100}.{points % 100:02d}%"
    assert fee_cells.fee_percent(written).rate == points
    assert fee_cells.handling_percent(written).handling_rate == points
    assert fee_cells.share(written) == points


@given(st.integers(0, 99_999_999))
def test_every_amount_comes_out_as_it_was_written(fen: int) -> None:
    written = f"{fen // 100}.{fen % 100:02d}"
    assert fee_cells.fee_yuan(written).fixed_fen == fen
    assert fee_cells.fee_percent(f"{written}元").fixed_fen == fen
    assert fee_cells.amount(f"¥{written}") == fen
