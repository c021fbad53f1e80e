"""An order stored as it stands elsewhere: what is new or differs is written, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from boxoffice.records import whole_order
from boxoffice.records.sales import Order, OrderLine, Ticket
from boxoffice.records.store import Store
from boxoffice.records.takings import Payment
from boxoffice.records.whole_order import OrderRows
from tests.faults.acts import writing
from tests.homes import small_home


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with writing(small_home(tmp_path), "window") as found:
        yield found


@pytest.fixture
def rows(store: Store) -> OrderRows:
    """Two tickets that were sold before."""
    found = store.first("SELECT id FROM orders WHERE number = 'TT0001'")
    assert found is not None
    return whole_order.load(store, found[0])


def put(row: list[Any], table: Any, **values: object) -> None:
    for name, value in values.items():
        row[whole_order.column(table, name)] = value


def written(store: Store) -> int:
    found = store.first("SELECT total_changes()")
    assert found is not None
    return int(found[0])


def test_what_stands_as_it_is_there_is_not_written(store: Store, rows: OrderRows) -> None:
    before = written(store)
    whole_order.store_rows(store, deepcopy(rows))
    assert written(store) == before


def test_only_rows_that_differ_are_written(store: Store, rows: OrderRows) -> None:
    order_id = whole_order.head(rows, "id")
    there = deepcopy(rows)
    put(there["ticket"][1], Ticket, status="refunded", live=0)
    put(there["order_line"][1], OrderLine, status="returned")
    store.run("DELETE FROM search_due")
    before = written(store)
    whole_order.store_rows(store, there)
    assert written(store) == before + 2
    assert whole_order.load(store, order_id) == there
    put(there["orders"][0], Order, version=2)
    whole_order.store_rows(store, there)
    assert store.all("SELECT order_id FROM search_due") == [(order_id,)], "the index follows it"


@pytest.mark.parametrize("known", [False, True])
def test_an_order_that_is_new_here(store: Store, rows: OrderRows, known: bool) -> None:
    there = deepcopy(rows)
    order_id = whole_order.head(rows, "id")
    store.run("DROP TRIGGER payment_no_delete")
    for table in ("payment", "ticket", "order_line"):
        store.run(f"DELETE FROM {table} WHERE order_id = ?", (order_id,))
    store.run("DELETE FROM orders WHERE id = ?", (order_id,))
    nothing = whole_order.load(store, order_id) if known else None
    whole_order.store_rows(store, there, nothing)
    assert whole_order.load(store, order_id) == there


@pytest.mark.parametrize("new_id", ["0" * 32, "f" * 32])
def test_a_new_ticket_in_the_place_of_a_dead_one(
    store: Store, rows: OrderRows, new_id: str
) -> None:
    there = deepcopy(rows)
    fresh = deepcopy(there["ticket"][0])
    put(fresh, Ticket, id=new_id, issue=2)
    put(there["ticket"][0], Ticket, status="void", live=0)
    there["ticket"] = sorted([*there["ticket"], fresh])
    whole_order.store_rows(store, there)
    assert whole_order.load(store, whole_order.head(rows, "id")) == there


def test_what_never_changes_stays(store: Store, rows: OrderRows) -> None:
    there = deepcopy(rows)
    put(there["payment"][0], Payment, amount_fen=1)
    put(there["orders"][0], Order, channel="web", window_id=7)
    before = written(store)
    whole_order.store_rows(store, there)
    assert written(store) == before
    assert whole_order.load(store, whole_order.head(rows, "id")) == rows
