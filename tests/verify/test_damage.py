"""Every kind of damage is found, and the record is named."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.records.file_store import open_records
from boxoffice.records.keys import load_keys
from boxoffice.records.store import Store
from boxoffice.services.sales import checkout, holds, pickups
from boxoffice.settings import Home, HomeKind
from boxoffice.verify.proof import Proof, prove
from tests.homes import AtWork, at_work, small_home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home after a sale and a pickup, closed."""
    found = small_home(tmp_path)
    with at_work(found) as work:
        sell(work, 5)
        sell(work, 6)
        order, ticket = work.office.read(
            lambda store: store.first(
                "SELECT t.order_id, t.id FROM ticket t JOIN orders o ON o.id = t.order_id "
                "WHERE o.number = 'TT0002'"
            )
        )
        pickups.hand_over(
            office=work.office, desk=work.desk, order_id=order, ticket_ids=[ticket], checked="code"
        )
    return found


def take(work: AtWork, number: int) -> str:
    return holds.take_seats(
        office=work.office,
        desk=work.desk,
        session_id=work.session("O2"),
        seat_ids=[work.seat(1, number)],
        basket=None,
    )


def sell(work: AtWork, number: int) -> None:
    pay(work, take(work, number))


def pay(work: AtWork, basket: str) -> None:
    checkout.pay_cash(office=work.office, desk=work.desk, basket=basket, tendered_fen=100_000)


def damage(home: Home, side: str, *statements: str) -> None:
    """Change a file past every guard it has."""
    key = load_keys(home, HomeKind.TRAINING).raw("records")
    path = home.window_file if side == "window" else home.central_file
    with closing(open_records(path, key, side.upper())) as store:
        store.execute("PRAGMA foreign_keys = 0")
        for (trigger,) in store.all("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            store.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            assert store.execute(statement).rowcount != 0


def proof(home: Home) -> Proof:
    with bootstrap.open_sides(home) as sides:
        return prove(sides)


def first(home: Home, side: str, sql: str) -> tuple[object, ...]:
    key = load_keys(home, HomeKind.TRAINING).raw("records")
    path = home.window_file if side == "window" else home.central_file
    with closing(open_records(path, key, side.upper())) as store:
        found = Store.first(store, sql)
        assert found is not None
        return found


def test_an_honest_home_holds_every_rule(home: Home) -> None:
    found = proof(home)
    assert found.broken == ()
    assert found.checked["tickets"] == 5
    assert found.checked["hand_overs"] == 3
    assert found.checked["seats"] == 40
    assert found.checked["attempts"] == 2


@pytest.mark.parametrize("side", ["window", "central"])
@pytest.mark.parametrize(
    ("statement", "rule", "named"),
    [
        ("UPDATE posting SET amount_fen = amount_fen + 1 WHERE window_id = 1 AND number = 2 "
         "AND line = 1", "postings", "posting 1/1/2 line 1"),
        ("UPDATE posting SET account = 'x' WHERE window_id = 1 AND number = 2 AND line = 2",
         "postings", "posting 1/1/2 line 2"),
        ("DELETE FROM posting WHERE window_id = 1 AND number = 2 AND line = 2",
         "postings", "posting 1/1/2 line 2"),
        ("DELETE FROM posting WHERE window_id = 1 AND number = 2", "postings", "posting 1/1/2"),
        ("INSERT INTO posting SELECT window_id, epoch, number, 3, at, business_day, shift_id, "
         "account, 5, currency, order_id FROM posting WHERE window_id = 1 AND number = 2 "
         "AND line = 1", "postings", "posting 1/1/2 line 3"),
        ("UPDATE journal SET postings = '[]' WHERE window_id = 1 AND number = 2",
         "chains", "journal 1/1/2"),
        ("UPDATE journal SET facts = '{}' WHERE window_id = 1 AND number = 2",
         "chains", "journal 1/1/2"),
        ("DELETE FROM journal WHERE window_id = 1 AND number = 2", "chains", "journal 1/1/3"),
        ("DELETE FROM journal WHERE window_id = 1 AND number = 4", "chains", "journal 1/1/3"),
        ("UPDATE payment SET amount_fen = 1, tendered_fen = 1 + change_fen "
         "WHERE attempt_id IS NOT NULL", "orders", "order "),
        ("UPDATE orders SET total_fen = total_fen + 100 WHERE number = 'TT0001'",
         "payments", "order TT0001"),
        ("UPDATE order_line SET price_fen = 0 WHERE ticket_type = 'adult'", "payments", "order "),
        ("UPDATE order_line SET attendee = 'x' WHERE document_type = 'passport'",
         "orders|agreement", "order TT0002"),
        ("UPDATE price SET amount_fen = 1 WHERE id = 1", "catalogue", "price 1"),
        ("DELETE FROM payment WHERE attempt_id IS NULL", "payments", "order TT000"),
        ("UPDATE attempt SET status = 'sent', ended_at = NULL WHERE number LIKE '1-1-%000001'",
         "attempts", "attempt 1-1-"),
    ],
)  # fmt: skip
def test_what_was_changed_is_named(
    home: Home, side: str, statement: str, rule: str, named: str
) -> None:
    damage(home, side, statement)
    found = [f for f in proof(home).broken if f.rule in rule.split("|") and named in f.record]
    assert found, proof(home).broken


@pytest.mark.parametrize("side", ["window", "central"])
def test_a_tail_cut_off_whole(home: Home, side: str) -> None:
    """The last sale goes with everything that names it, head included."""
    order, _ = first(
        home,
        side,
        "SELECT order_id, number FROM journal WHERE window_id = 1 AND act = 'sale' "
        "ORDER BY number DESC",
    )
    number, hashed = first(
        home, side, "SELECT number, hash FROM journal WHERE window_id = 1 AND number = 2"
    )
    damage(
        home,
        side,
        f"DELETE FROM hand_over WHERE order_id = '{order}'",
        f"DELETE FROM ticket WHERE order_id = '{order}'",
        f"DELETE FROM payment WHERE order_id = '{order}'",
        f"DELETE FROM order_line WHERE order_id = '{order}'",
        f"DELETE FROM orders WHERE id = '{order}'",
        f"DELETE FROM posting WHERE window_id = 1 AND number > {number}",
        f"DELETE FROM journal WHERE window_id = 1 AND number > {number}",
        f"UPDATE chain_head SET number = {number}, hash = '{hashed}' WHERE window_id = 1",
    )
    found = proof(home)
    assert any(f.rule == "chains" and "journal 1/1/" in f.record for f in found.broken)


def test_the_tail_of_centrals_own_journal_cut_off(home: Home) -> None:
    damage(
        home,
        "central",
        "DELETE FROM posting WHERE window_id = 0 AND number = (SELECT max(number) FROM journal "
        "WHERE window_id = 0)",
        "DELETE FROM journal WHERE window_id = 0 AND number = (SELECT max(number) FROM journal "
        "WHERE window_id = 0)",
        "UPDATE chain_head SET number = number - 1, hash = (SELECT hash FROM journal j "
        "WHERE j.window_id = 0 AND j.number = chain_head.number - 1) WHERE window_id = 0",
    )
    assert any(f.rule == "chains" and "journal 0/1/" in f.record for f in proof(home).broken)


@pytest.mark.parametrize("side", ["window", "central"])
def test_a_second_live_ticket_on_a_seat(home: Home, side: str) -> None:
    damage(
        home,
        side,
        "DROP INDEX ticket_live_seat",
        "INSERT INTO ticket SELECT 'f' || substr(id, 2), order_id, line_id || 'x', session_id, "
        "seat_id, status, live, issue, code_window, code_epoch FROM ticket WHERE seat_id IN "
        "(SELECT id FROM seat WHERE \"row\" = '4' AND number = '1')",
    )
    found = [f for f in proof(home).broken if f.rule == "one_ticket_per_seat"]
    assert any("seat 1-4-1" in f.record and "session O1" in f.record for f in found)


@pytest.mark.parametrize("side", ["window", "central"])
def test_a_hand_over_doubled(home: Home, side: str) -> None:
    ticket = first(home, side, "SELECT ticket_id FROM hand_over ORDER BY id")[0]
    damage(
        home,
        side,
        "DROP INDEX hand_over_once",
        "INSERT INTO hand_over SELECT 'f' || substr(id, 2), ticket_id, order_id, at, window_id, "
        f"epoch, operator_id, checked FROM hand_over WHERE ticket_id = '{ticket}'",
    )
    found = [f for f in proof(home).broken if f.rule == "handed_over_once"]
    assert any(str(ticket) in f.record for f in found)


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE custody_seat SET order_id = NULL WHERE order_id IS NOT NULL", "custody"),
        ("UPDATE pool SET places = places + 1 WHERE holder = 0", "capacity"),
        ("UPDATE pool SET places = places - 1 WHERE holder = -1", "capacity"),
        ("DELETE FROM pool_transfer WHERE taker = -1", "capacity"),
        ("UPDATE custody_order SET holder = 1, epoch = 1", "custody"),
        ("DELETE FROM claim", "custody"),
        (
            "INSERT INTO claim (session_id, document_hash, holder, epoch) VALUES (1, 'x', 1, 1)",
            "custody",
        ),
        ("UPDATE custody_seat SET holder = 1, epoch = 1 WHERE seat_id = 40", "custody"),
    ],
)
def test_custody_that_does_not_fit(home: Home, statement: str, rule: str) -> None:
    damage(home, "central", statement)
    assert rule in {f.rule for f in proof(home).broken}


def test_a_tail_not_pushed_yet_is_kept_outside_the_file(home: Home) -> None:
    with at_work(home) as work:
        basket = take(work, 7)
        work.office.link.lane.drop()
        away = home.central_file.rename(home.central_file.with_suffix(".away"))
        pay(work, basket)
    away.rename(home.central_file)
    assert proof(home).broken == ()
    number, hashed = first(
        home, "window", "SELECT number, hash FROM journal WHERE window_id = 1 AND number = 4"
    )
    damage(
        home,
        "window",
        f"DELETE FROM posting WHERE window_id = 1 AND number > {number}",
        f"DELETE FROM journal WHERE window_id = 1 AND number > {number}",
        f"UPDATE chain_head SET number = {number}, hash = '{hashed}' WHERE window_id = 1",
        "DELETE FROM held_order",
    )
    assert any(f.rule == "chains" and "journal 1/1/5" in f.record for f in proof(home).broken)
