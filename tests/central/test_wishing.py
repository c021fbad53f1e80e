"""Wishes and signs of life are writes like any other: of the connection that stands (rule 5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from boxoffice.central import fencing, wishing
from boxoffice.central.items import Credentials
from boxoffice.errors import CentralUnreachable, Fenced
from boxoffice.records.store import Store
from tests.central.conftest import Central

BY = {"operator": "2001", "reason": "the computer was stolen"}
Write = Callable[[Store, Credentials, str], None]
WRITES: dict[str, Write] = {
    "tell": lambda store, who, _: wishing.tell(store, who, 99),
    "want": lambda store, who, order: wishing.want(store, who, [order]),
    "withdraw": lambda store, who, order: wishing.withdraw(store, who, [order]),
}


def known(central: Central) -> list[object]:
    return [
        *central.store.all("SELECT order_id, window_id, at FROM wish"),
        *central.store.all("SELECT id, unsent FROM ticket_window ORDER BY id"),
    ]


@pytest.mark.parametrize("name", WRITES)
def test_rule_5_only_the_connection_that_stands_says_anything(central: Central, name: str) -> None:
    who, order = central.one, central.order("TT0001")
    wishing.want(central.of(who), who, [order])
    before = known(central)
    with pytest.raises(CentralUnreachable):
        WRITES[name](central.of(who), replace(who, connection=who.connection - 1), order)
    assert known(central) == before
    fencing.fence(central.store, who.window, **BY)
    with pytest.raises(Fenced):
        WRITES[name](central.of(who), who, order)
    assert known(central) == before


def test_the_last_time_a_window_says_it_counts(central: Central) -> None:
    who, order = central.one, central.order("TT0001")
    wishing.want(central.of(who), who, [order])
    wishing.want(central.of(who), who, [order])
    assert len(central.store.all("SELECT 1 FROM wish")) == 1
    wishing.withdraw(central.of(who), who, [order])
    assert central.store.all("SELECT 1 FROM wish") == []
