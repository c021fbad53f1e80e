"""Every kind of damage to the search index is found, and the order is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from boxoffice.records import search_index
from boxoffice.services.sales import holds, reservations
from boxoffice.services.sharing import sync
from boxoffice.settings import Home
from boxoffice.verify.sides import Finding
from tests.faults.acts import hand_over, name_all, pay, proof, take, tickets_of, writing
from tests.homes import AtWork, at_work, small_home
from tests.services.return_acts import SESSION_HEAD, refund, take_in, void


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in which orders are in every state there is, one of them in two sessions."""
    found = small_home(tmp_path)
    with at_work(found) as work:
        several_states(work)
    return found


def several_states(work: AtWork) -> None:
    basket = take(work, (1, 5), (1, 6))
    holds.take_places(
        office=work.office, desk=work.desk, session_id=work.session("G1"), count=1, basket=basket
    )
    name_all(work, basket)
    pay(work, basket)
    hand_over(work, *tickets_of(work, "TT0001"))
    refund(work, sold(work, (2, 1), (2, 2)), ())
    void(work, sold(work, (2, 3)))
    for seats_open, row in ((False, 3), (True, 4)):
        made = reserved(work, row, seats_open=seats_open)
        if not seats_open:
            reservations.pay_cash(
                office=work.office,
                desk=work.desk,
                order_id=made.order_id,
                line_ids=[lines(work, made.order_id)[0]],
                tendered_fen=100_000,
            )
    take(work, (4, 5))
    sync.push(work.office)


def sold(work: AtWork, *places: tuple[int, int]) -> str:
    return pay(work, take(work, *places)).order_id


def reserved(work: AtWork, row: int, *, seats_open: bool) -> reservations.Reservation:
    return reservations.reserve(
        office=work.office,
        desk=work.desk,
        basket=take(work, (row, 1), (row, 2)),
        name="Renée O'Neil-张伟",
        phone="19900000077",
        minutes=60,
        seats_open=seats_open,
    )


def lines(work: AtWork, order: str) -> list[str]:
    found = "SELECT id FROM order_line WHERE order_id = ? ORDER BY position"
    return [str(r[0]) for r in work.office.read(lambda store: store.all(found, (order,)))]


def broken(home: Home) -> list[Finding]:
    return [finding for finding in proof(home).broken if finding.rule == "search"]


def damage(home: Home, *statements: str) -> list[Finding]:
    with writing(home, "window") as store:
        for statement in statements:
            assert store.run(statement) != 0
    return broken(home)


def spots(home: Home) -> int:
    return proof(home).checked["search"]


def test_an_honest_index_holds(home: Home) -> None:
    assert proof(home).broken == ()
    assert spots(home) == 8, "seven orders, one of them in two sessions, and no basket"


TT1 = "SELECT spot FROM search_spot WHERE number = 'TT0001'"


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        ([f"DELETE FROM search_word WHERE rowid = ({TT1})",
          "DELETE FROM search_spot WHERE number = 'TT0001'"], "is missing"),
        (["DELETE FROM search_spot WHERE number = 'TT0001'"], "is missing"),
        ([f"DELETE FROM search_word WHERE rowid = ({TT1})"], "other words"),
        ([f"DELETE FROM search_word WHERE rowid = ({TT1})",
          f"INSERT INTO search_word (rowid, words) SELECT ({TT1}), 'nother'"], "other words"),
        (["UPDATE search_spot SET buyer = 'x' WHERE number = 'TT0001'"], "differently"),
        (["UPDATE search_spot SET number_key = 'X' WHERE number = 'TT0001'"], "differently"),
        (["UPDATE search_spot SET pickup_code = 'BBBB2222' WHERE number = 'TT0001'"],
         "differently"),
        (["UPDATE search_spot SET waiting = 2, handed_over = 0 WHERE number = 'TT0001'"],
         "differently"),
        (["UPDATE search_spot SET attendees = '' WHERE number = 'TT0001'"], "differently"),
        (["UPDATE search_spot SET place = '' WHERE number = 'TT0001'"], "differently"),
        (["UPDATE search_spot SET phone_sealed = '' WHERE number = 'TT0001'"], "differently"),
        (["UPDATE search_spot SET spot = spot - 1 WHERE number = 'TT0001'"], "wrong place"),
        (["UPDATE search_spot SET spot = spot + 1 WHERE number = 'TT0001'"], "other words"),
        (["UPDATE search_spot SET session_id = 3 WHERE number = 'TT0001'"], "has no ticket for"),
        (["UPDATE orders SET buyer = 'x' WHERE number = 'TT0001'"], "differently"),
    ],
)  # fmt: skip
def test_what_stands_wrongly_is_named(home: Home, statements: list[str], told: str) -> None:
    found = damage(home, *statements)
    assert any(f.record == "window: order TT0001" and told in f.detail for f in found), found
    assert {f.record.split()[1] for f in found} <= {"order", "spot"}
    assert {f.record for f in found if "order" in f.record} == {"window: order TT0001"}


def test_what_is_too_much_is_named(home: Home) -> None:
    columns = "'X1', 'X1', '', status, channel, buyer, attendees, phone_sealed"
    rest = "deadline, place, waiting, handed_over, reserved, returned, released"
    found = damage(
        home,
        f"INSERT INTO search_spot SELECT spot + 7, '{'f' * 32}', session_id, {columns}, {rest} "
        "FROM search_spot WHERE number = 'TT0001'",
    )
    assert [f.record for f in found] == [f"window: order {'f' * 32}"]
    found = damage(
        home,
        f"INSERT INTO search_spot SELECT spot + 1, order_id, session_id, {columns}, {rest} "
        "FROM search_spot WHERE number = 'TT0002'",
    )
    assert any(f.record == "window: order TT0002" and "twice" in f.detail for f in found)
    found = damage(home, "INSERT INTO search_word (rowid, words) VALUES (77, 'nwang')")
    assert "window: spot 77" in {f.record for f in found}


def test_an_index_that_cannot_be_read_is_told(home: Home) -> None:
    found = damage(home, "UPDATE search_word_data SET block = x'00' WHERE id > 10")
    assert [f.record for f in found] == ["window: search index"]


def test_orders_that_push_one_another_on_are_as_they_should_be(home: Home) -> None:
    """Two orders whose identities end alike: the second stands behind the first."""
    with writing(home, "window") as store:
        ((first,),) = store.all("SELECT id FROM orders WHERE number = 'TT0002'")
        same_end = f"{'e' * 23}{first[-search_index.ID_DIGITS :]}"
        for table, key in (("orders", "id"), ("order_line", "order_id")):
            names = [r[1] for r in store.all(f"PRAGMA table_info({table})")]
            changed = {key: f"'{same_end}'", "number": "'TT7777'", "pickup_code": "NULL"}
            if table == "order_line":
                changed = {key: f"'{same_end}'", "id": "'f' || substr(id, 2)"}
            listed = ", ".join(changed.get(name, f'"{name}"') for name in names)
            store.run(f"INSERT INTO {table} SELECT {listed} FROM {table} WHERE {key} = ?", (first,))
        search_index.follow(store)
        ((between, together),) = store.all(
            "SELECT max(spot) - min(spot), count(*) FROM search_spot WHERE order_id IN (?, ?)",
            (first, same_end),
        )
        assert (together, between) == (2, 1)
    assert broken(home) == []


def test_an_order_stays_where_it_was_pushed(home: Home) -> None:
    """What pushed it on may have gone since; only a change of its own moves it back."""
    damage(home, "UPDATE search_spot SET spot = spot + 1 WHERE number = 'TT0002'")
    with writing(home, "window") as store:
        ((spot,),) = store.all("SELECT spot FROM search_spot WHERE number = 'TT0002'")
        table = "CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, search_word, 'instance')"
        store.execute(table)
        words = store.all("SELECT group_concat(term, ' ') FROM temp.v WHERE doc = ?", (spot - 1,))
        store.run("DELETE FROM search_word WHERE rowid = ?", (spot - 1,))
        store.run("INSERT INTO search_word (rowid, words) VALUES (?, ?)", (spot, words[0][0]))
    assert broken(home) == []


def test_the_index_made_anew_is_as_it_should_be(home: Home) -> None:
    damage(home, "UPDATE search_spot SET buyer = 'x'")
    with writing(home, "window") as store:
        search_index.rebuild(store)
        search_index.follow(store)
    assert broken(home) == []


def test_a_session_that_is_moved_moves_its_orders(home: Home, tmp_path: Path) -> None:
    with at_work(home) as work:
        moved = "O2,2025-09-28,Oak,day,橡树日场,Oak day session,2025-09-28T15:00+08:00"
        text = f"{SESSION_HEAD}\n{moved},2025-09-28T17:30+08:00,oak,,no,standard\n"
        take_in(work, tmp_path, "moved.csv", text)
    assert proof(home).broken == ()
