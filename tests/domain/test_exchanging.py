"""Kinds of exchanges and their fees."""

from __future__ import annotations

import pytest

from boxoffice.domain.exchanging import FREE, REFUSED, ExchangeKind, fee_fen, kind_of, value_of


@pytest.mark.parametrize(
    ("new", "kind"),
    [((1, "A"), "seat"), ((1, "B"), "level"), ((2, "A"), "session"), ((2, "B"), "session")],
)
def test_the_first_that_is_other_counts(new: tuple[int, str], kind: str) -> None:
    assert kind_of((1, "A"), new) is ExchangeKind(kind)


@pytest.mark.parametrize(
    ("value", "price", "fee"),
    [
        (None, 68_000, 0),
        (FREE, 68_000, 0),
        (value_of(fen=2_000), 68_000, 2_000),
        (value_of(fen=2_000), 1_500, 1_500),  # never more than was paid
        (value_of(basis_points=1_000), 68_005, 6_801),  # half up, to the fen
        (value_of(), 68_000, 0),
    ],
)
def test_fees(value: str | None, price: int, fee: int) -> None:
    assert fee_fen(value, price) == fee


def test_what_is_not_done_has_no_fee() -> None:
    with pytest.raises(ValueError, match=REFUSED):
        fee_fen(REFUSED, 68_000)
