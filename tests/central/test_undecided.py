"""Money that an epoch left undecided is listed when it ends, whoever ends it."""

from __future__ import annotations

import json
from contextlib import ExitStack

import pytest

from boxoffice.central import fencing
from tests.central.conftest import Central
from tests.central.test_fencing import BY, supervisor

BEGUN = "2025-09-27T04:00:00.000000Z"


@pytest.mark.parametrize("who", ["the owner", "a supervisor"])
def test_an_epoch_that_ends_leaves_its_money_as_cases(central: Central, who: str) -> None:
    order = central.order("TT0001")
    ((payment, fen),) = central.store.all(
        "SELECT id, amount_fen FROM payment WHERE order_id = ?", (order,)
    )
    with central.store.transaction():
        central.store.many(
            "INSERT INTO attempt (id, number, order_id, tender, amount_fen, currency, status, "
            "created_at) VALUES (?, ?, ?, 'wechat', 500, 'CNY', 'sent', ?)",
            [("a", "1-1-x000001", "basket", BEGUN), ("b", "2-1-x000001", "other", BEGUN)],
        )
        central.store.run(
            "INSERT INTO payback (id, order_id, payment_id, act_id, kind, tender, number, "
            "amount_fen, currency, status, created_at, window_id, epoch, reference, why) VALUES "
            "('p', ?, ?, 'act', 'void', 'alipay', '1-1-rx000001', ?, 'CNY', 'sent', ?, 1, 1, "
            "'', '')",
            (order, payment, fen, BEGUN),
        )
    with ExitStack() as ending:
        store = central.store
        if who == "a supervisor":
            if not store.shared:
                pytest.skip("beside a file there is no such role")
            store = ending.enter_context(supervisor(central))
        fencing.fence(store, 1, **BY)
    cases = central.store.all(
        "SELECT kind, key, status, order_number, facts FROM cases ORDER BY kind"
    )
    assert [row[:4] for row in cases] == [
        ("attempt_left", "basket", "open", ""),
        ("payback_left", order, "open", "TT0001"),
    ]
    assert [json.loads(row[4]) for row in cases] == [
        {"window": 1, "tender": "wechat", "fen": 500, "number": "1-1-x000001"},
        {"window": 1, "tender": "alipay", "fen": fen, "number": "1-1-rx000001"},
    ]
