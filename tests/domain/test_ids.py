"""Identities: UUID version 7, later ones sort after earlier ones, whatever the clock does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

import pytest

from boxoffice import clock
from boxoffice.domain import ids
from boxoffice.domain.ids import new_id

MOMENT = datetime(2031, 5, 6, 7, 8, 9, 123456, UTC)


@pytest.fixture(autouse=True)
def _none_before(monkeypatch):
    """Identities made by other tests are forgotten, and those made here by them."""
    monkeypatch.setattr(ids, "_last", 0)


def test_it_is_a_uuid_of_version_seven():
    made = UUID(new_id())
    assert (made.version, made.variant) == (7, RFC_4122)


def test_it_tells_when_it_was_made():
    clock.use(lambda: MOMENT)
    assert abs((UUID(new_id()).int >> 80) - MOMENT.timestamp() * 1000) < 1


def test_later_ones_sort_after_earlier_ones():
    clock.use(lambda: MOMENT + timedelta(days=1))
    made = [new_id() for _ in range(10_000)]
    assert made == sorted(set(made))


def test_a_clock_set_back_does_not_turn_the_order_around():
    clock.use(lambda: MOMENT + timedelta(days=2))
    before = new_id()
    clock.use(lambda: MOMENT - timedelta(days=365))
    assert new_id() > before


def test_threads_never_make_the_same_one():
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: new_id(), range(4000)))
    assert len(set(made)) == 4000
