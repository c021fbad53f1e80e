"""With a window's own password and plain SQL: what is not its own stays as it is (rules 24-28)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from boxoffice import clock
from boxoffice.central import guard, pushing, taking
from boxoffice.central.items import Credentials, Items, Page
from boxoffice.domain.ids import new_id
from boxoffice.records.postgres import PostgresStore
from tests import servers
from tests.central.conftest import Central
from tests.central.test_pushing import START, changed, entry
from tests.homes import NOON


@dataclass
class Thief:
    """Somebody with window 2's password and psql."""

    line: psycopg.Connection[tuple[object, ...]]
    refused: list[str] = field(default_factory=list)

    def tries(self, *statements: str) -> bool:
        """Run these in one transaction; whether any row was changed for good."""
        touched = 0
        try:
            with self.line.transaction():
                for statement in statements:
                    touched += max(self.line.execute(statement).rowcount, 0)
        except psycopg.Error as error:
            self.refused.append(str(error).splitlines()[0])
            return False
        return touched > 0


@dataclass
class Scene:
    """A server where windows 1 and 2 hold a seat each, and an order each."""

    central: Central
    thief: Thief

    def snapshot(self) -> dict[str, object]:
        """Everything a window may not change alone."""
        return {
            table: self.central.store.all(f"SELECT * FROM {table} ORDER BY 1, 2")
            for table in TABLES
        }


TABLES = (
    *("orders", "order_line", "ticket", "payment", "hand_over", "refund", "journal", "posting"),
    *("chain_head", "custody_seat", "custody_order", "claim", "pool", "pool_transfer", "answer"),
    *("ticket_window", "window_epoch", "operator", "pin", "assignment", "meta", "session", "price"),
    *("shift", "z_report", "freed_seat", "allotment", "feed", "review", "attempt"),
)


@pytest.fixture
def scene() -> Iterator[Scene]:
    clock.use(lambda: NOON)
    database = servers.fresh_database()
    stores: dict[int, PostgresStore] = {n: servers.as_window(database, n) for n in (1, 2)}
    with (
        closing(servers.as_owner(database)) as store,
        closing(stores[1]),
        closing(stores[2]),
        closing(psycopg.connect(servers.database_url(database, 2), autocommit=True)) as line,
    ):
        one, two = (guard.hello(stores[n], n, 1).credentials for n in (1, 2))
        central = Central(store, one, two, stores)
        with store.transaction():
            store.run("DELETE FROM assignment")
            first = store.first("SELECT id FROM operator ORDER BY number")
            second = store.first("SELECT id FROM operator ORDER BY number OFFSET 1")
            assert first is not None
            assert second is not None
            store.run("INSERT INTO assignment VALUES (?, 1)", first)
            store.run("INSERT INTO assignment VALUES (?, 2)", second)
        for who, seat, order in ((one, (1, 5), "TT0001"), (two, (1, 6), "TT0002")):
            wanted = Items(seats=(central.seat(*seat),), orders=(central.order(order),))
            taking.take(central.of(who), who, new_id(), wanted)
        line.execute("SET search_path TO boxoffice")
        yield Scene(central, Thief(line))


def sql(scene: Scene, text: str) -> str:
    """The text with ids of this scene in it."""
    central = scene.central
    session, seat1 = central.seat(1, 5)
    _, seat2 = central.seat(1, 6)
    _, free = central.seat(1, 7)
    sold_session, sold = central.seat(1, 1, "O1")
    return text.format(
        theirs=f"'{central.order('TT0001')}'",
        mine=f"'{central.order('TT0002')}'",
        session=session,
        their_seat=seat1,
        my_seat=seat2,
        free_seat=free,
        sold_session=sold_session,
        sold_seat=sold,
        ground=central.session("G1"),
    )


CHANGES = {
    "another window's order": "UPDATE orders SET version = version + 1, label = 'x' "
    "WHERE id = {theirs}",
    "an order nobody holds": "UPDATE orders SET version = version + 1 WHERE id <> {mine}",
    "a line of another order": "UPDATE order_line SET status = 'returned' "
    "WHERE order_id = {theirs}",
    "a ticket of another order": "UPDATE ticket SET status = 'void', live = 0 "
    "WHERE order_id = {theirs}",
    "a ticket into another order": "INSERT INTO ticket SELECT 'new', order_id, line_id, "
    "session_id, 40, 'void', 0, 1, 2, 1 FROM ticket WHERE order_id = {theirs} LIMIT 1",
    "a payment of another order": "INSERT INTO payment VALUES ('new', {theirs}, NULL, 'cash', 1, "
    "1, 0, 'CNY', 'x', 'x', 2, 1, NULL)",
    "a refund of another order": "INSERT INTO refund SELECT 'new', order_id, line_id, id, 'refund',"
    " 0, 0, 0, 'CNY', 'cash', 'paid', '', '', 0, '', 'x', 'x', 2, 1, NULL, 'o', NULL, NULL "
    "FROM ticket WHERE order_id = {theirs} LIMIT 1",
    "a hand-over of another order": "INSERT INTO hand_over SELECT 'new', id, order_id, 'x', 2, 1, "
    "'o', '' FROM ticket WHERE order_id = {theirs} LIMIT 1",
    "an order without its journal": "UPDATE orders SET version = version + 1, label = 'x' "
    "WHERE id = {mine}",
    "a ticket without its journal": "UPDATE ticket SET status = 'void', live = 0 "
    "WHERE order_id = {mine}",
    "a seat another window holds": "UPDATE custody_seat SET holder = 2, epoch = 1 "
    "WHERE session_id = {session} AND seat_id = {their_seat}",
    "a seat another window holds, let go": "UPDATE custody_seat SET holder = NULL, epoch = NULL "
    "WHERE session_id = {session} AND seat_id = {their_seat}",
    "a free seat under another name": "UPDATE custody_seat SET holder = 1, epoch = 1 "
    "WHERE session_id = {session} AND seat_id = {free_seat}",
    "a free seat under another epoch": "UPDATE custody_seat SET holder = 2, epoch = 7 "
    "WHERE session_id = {session} AND seat_id = {free_seat}",
    "a sold seat torn from its order": "UPDATE custody_seat SET order_id = NULL "
    "WHERE session_id = {sold_session} AND seat_id = {sold_seat}",
    "a sold seat for oneself": "UPDATE custody_seat SET order_id = NULL, holder = 2, epoch = 1 "
    "WHERE session_id = {sold_session} AND seat_id = {sold_seat}",
    "a free seat bound to an order": "UPDATE custody_seat SET order_id = {mine} "
    "WHERE session_id = {session} AND seat_id = {free_seat}",
    "one's seat bound to another's order": "UPDATE custody_seat SET order_id = {theirs}, "
    "holder = NULL, epoch = NULL WHERE session_id = {session} AND seat_id = {my_seat}",
    "a seat moved to another place": "UPDATE custody_seat SET seat_id = 4000 "
    "WHERE session_id = {session} AND seat_id = {my_seat}",
    "when a seat goes on sale": "UPDATE custody_seat SET free_from = '2099' "
    "WHERE session_id = {session} AND seat_id = {free_seat}",
    "a custody row deleted": "DELETE FROM custody_seat WHERE session_id = {session}",
    "a custody row made": "INSERT INTO custody_seat (session_id, seat_id, holder, epoch) "
    "VALUES ({ground}, 1, 2, 1)",
    "another window's custody of an order": "UPDATE custody_order SET holder = 2 "
    "WHERE order_id = {theirs}",
    "the same by an upsert": "INSERT INTO custody_order (order_id, holder, epoch) VALUES "
    "({theirs}, 2, 1) ON CONFLICT (order_id) DO UPDATE SET holder = 2, epoch = 1",
    "custody of an order under another name": "UPDATE custody_order SET holder = 1 "
    "WHERE order_id = {mine}",
    "a journal entry changed": "UPDATE journal SET facts = '' WHERE true",
    "a journal entry deleted": "DELETE FROM journal",
    "the journal emptied": "TRUNCATE journal",
    "another window's journal": "INSERT INTO journal VALUES (1, 1, 1, 'x', NULL, NULL, 'x', NULL, "
    "NULL, NULL, '', '', repeat('0', 64), 'h')",
    "central's journal": "INSERT INTO journal SELECT 0, 1, number + 1, 'x', NULL, NULL, 'x', NULL, "
    "NULL, NULL, '', '', hash, 'h' FROM chain_head WHERE window_id = 0",
    "a gap in the journal": "INSERT INTO journal VALUES (2, 1, 7, 'x', NULL, NULL, 'x', NULL, "
    "NULL, NULL, '', '', repeat('0', 64), 'h')",
    "a journal entry chained to nothing": "INSERT INTO journal VALUES (2, 1, 1, 'x', NULL, NULL, "
    "'x', NULL, NULL, NULL, '', '', repeat('1', 64), 'h')",
    "a head": "UPDATE chain_head SET number = 0",
    "a posting changed": "UPDATE posting SET amount_fen = 1",
    "a posting deleted": "DELETE FROM posting",
    "a posting without entry": "INSERT INTO posting VALUES (2, 1, 1, 1, 'x', 'x', NULL, 'drawer', "
    "5, 'CNY', NULL)",
    "another window's posting": "INSERT INTO posting SELECT 1, 1, 1, 1, 'x', 'x', NULL, 'drawer', "
    "5, 'CNY', NULL",
    "a price": "UPDATE price SET amount_fen = 1",
    "the price of a line": "UPDATE order_line SET price_fen = 1 WHERE order_id = {mine}",
    "the total of an order": "UPDATE orders SET total_fen = 1, version = version + 1 "
    "WHERE id = {mine}",
    "the money of a payment": "UPDATE payment SET amount_fen = amount_fen + 1, "
    "tendered_fen = tendered_fen + 1 WHERE order_id = {mine}",
    "the buyer of an order": "UPDATE orders SET buyer = 'x', version = version + 1 "
    "WHERE id = {mine}",
    "the document of a ticket": "UPDATE order_line SET document_hash = 'x' WHERE order_id = {mine}",
    "the seat of a ticket": "UPDATE ticket SET seat_id = 40 WHERE order_id = {mine}",
    "the place of a line": "UPDATE order_line SET seat_id = 40 WHERE order_id = {mine}",
    "the order's id": "UPDATE orders SET id = 'x' WHERE id = {mine}",
    "places out of nothing": "SELECT move_places(ARRAY[ARRAY[{ground}, NULL, 2, 5]])",
    "places of another window": "SELECT move_places(ARRAY[ARRAY[{session}, 1, 2, 1]])",
    "places that are sold": "SELECT move_places(ARRAY[ARRAY[{sold_session}, -1, 0, 1]])",
    "a pool": "UPDATE pool SET places = 100",
    "a transfer": "INSERT INTO pool_transfer VALUES ('x', {ground}, NULL, 2, 5, 'x')",
    "a session": "UPDATE session SET capacity = 100000",
    "a PIN": "UPDATE pin SET verifier = 'x'",
    "an operator": "UPDATE operator SET role = 'supervisor'",
    "an assignment": "INSERT INTO assignment SELECT operator_id, 2 FROM assignment "
    "WHERE window_id = 1",
    "a window": "UPDATE ticket_window SET fenced = 1 WHERE id = 1",
    "an epoch": "UPDATE window_epoch SET ended_at = NULL, public_key = ''",
    "an allotment": "INSERT INTO allotment VALUES (2, {session}, 'A', 9, 0, 0, 0, 0)",
    "the incarnation": "UPDATE meta SET value = 'x' WHERE key = 'incarnation'",
    "another window's answer": "INSERT INTO answer VALUES ('x', 1, 1, 'take', 99, '')",
    "an answer changed": "UPDATE answer SET items = ''",
    "the feed": "DELETE FROM feed",
    "the feed of others": "INSERT INTO feed (order_id) VALUES ('x')",
    "another window's claim": "UPDATE claim SET order_id = {mine} WHERE order_id = {theirs}",
    "a claim of another order": "INSERT INTO claim (session_id, document_hash, order_id) "
    "VALUES ({session}, 'x', {theirs})",
    "a claim deleted": "DELETE FROM claim WHERE order_id = {theirs}",
    "another window's shift": "INSERT INTO shift VALUES ('x', 1, 1, 'o', 'open', 'x', 'x', 0, "
    "'CNY', NULL)",
    "another window's review": "INSERT INTO review (id, window_id, epoch, number, order_id, at, "
    "reason, rows) VALUES ('x', 1, 1, 1, 'x', 'x', '', '')",
    "another window's attempt": "INSERT INTO attempt (id, number, order_id, tender, "
    "amount_fen, currency, status, created_at, ended_at) VALUES "
    "('x', '1-1-99', 'o', 'cash', 1, 'CNY', 'sent', 'x', NULL)",
    "a trigger turned off": "ALTER TABLE journal DISABLE TRIGGER ALL",
    "triggers turned off for a session": "SET session_replication_role = replica; "
    "UPDATE orders SET version = 99, label = 'x' WHERE id = {mine}",
    "a table of one's own in front of ours": "CREATE TEMP TABLE ticket_window (id bigint, "
    "epoch bigint, connection bigint, fenced bigint)",
    "another role": "SET ROLE boxoffice_w1; UPDATE orders SET label = 'x' WHERE id = {theirs}",
    "the owner": "SET ROLE boxoffice_admin; UPDATE orders SET label = 'x' WHERE id = {theirs}",
    "the supervisor": "SET ROLE boxoffice_supervisor; UPDATE orders SET label = 'x'",
    "another session user": "SET SESSION AUTHORIZATION boxoffice_w1; "
    "UPDATE orders SET label = 'x' WHERE id = {theirs}",
    "a function of one's own": "CREATE FUNCTION boxoffice.mine() RETURNS void LANGUAGE sql "
    "AS 'UPDATE boxoffice.orders SET label = NULL'",
    "a column by COPY": "COPY price FROM PROGRAM 'true'",
    "a rule of one's own": "CREATE POLICY mine ON orders USING (true)",
    "the schema": "CREATE TABLE boxoffice.mine (a bigint)",
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_window_cannot_change(scene: Scene, what: str) -> None:
    before = scene.snapshot()
    statements = sql(scene, CHANGES[what]).split("; ")
    scene.thief.tries(*statements)
    assert scene.snapshot() == before


TOLD_NO = (
    "a journal entry changed",
    "a journal entry deleted",
    "the journal emptied",
    "a posting changed",
    "a posting deleted",
    "a trigger turned off",
    "triggers turned off for a session",
    "a table of one's own in front of ours",
    "another role",
    "the owner",
    "the supervisor",
    "another session user",
    "a function of one's own",
    "a column by COPY",
    "a rule of one's own",
    "the schema",
)
"""What would leave no trace in the tables, or must not even be tried in vain."""


@pytest.mark.parametrize("what", TOLD_NO)
def test_a_window_is_told_no(scene: Scene, what: str) -> None:
    scene.thief.tries(*sql(scene, CHANGES[what]).split("; "))
    assert scene.thief.refused


ENTRY = (
    "INSERT INTO journal SELECT 2, 1, coalesce(max(number), 0) + 1, 'x', NULL, NULL, 'x', {mine}, "
    "99, NULL, '', '', coalesce(max(hash), repeat('0', 64)), 'h' FROM chain_head "
    "WHERE window_id = 2"
)
"""An entry of the thief's own journal that speaks of its own order."""


def test_rule_25_a_dead_ticket_stays_dead(scene: Scene) -> None:
    change = "UPDATE ticket SET status = '{}', live = {} WHERE order_id = {{mine}}"
    assert scene.thief.tries(sql(scene, ENTRY), sql(scene, change.format("void", 0)))
    before = scene.snapshot()
    assert not scene.thief.tries(sql(scene, ENTRY), sql(scene, change.format("issued", 1)))
    assert scene.snapshot() == before


def test_rule_25_an_entry_serves_for_its_own_transaction_only(scene: Scene) -> None:
    """A journal entry written before is no entry for what is changed now."""
    written = sql(
        scene,
        "INSERT INTO journal VALUES (2, 1, 1, 'x', NULL, NULL, 'x', {mine}, 99, NULL, '', '', "
        "repeat('0', 64), 'h')",
    )
    assert scene.thief.tries(written)
    before = scene.snapshot()
    scene.thief.tries(sql(scene, CHANGES["an order without its journal"]))
    assert scene.snapshot() == before


def test_a_window_can_do_its_own_work_by_the_same_statements(scene: Scene) -> None:
    """The attacks fail by what they ask for, not because nothing works at all."""
    own = sql(scene, "UPDATE custody_seat SET holder = 2, epoch = 1 "
              "WHERE session_id = {session} AND seat_id = {free_seat}")  # fmt: skip
    assert scene.thief.tries(own)
    back = own.replace("holder = 2, epoch = 1", "holder = NULL, epoch = NULL")
    assert scene.thief.tries(back)
    central = scene.central
    with central.of(central.two).transaction():
        pass
    assert scene.thief.refused == []


def test_pins_of_operators_assigned_elsewhere_are_not_read(scene: Scene) -> None:
    seen = scene.thief.line.execute(
        "SELECT a.window_id FROM pin p JOIN assignment a ON a.operator_id = p.operator_id"
    ).fetchall()
    assert seen == [(2,)]
    assert len(scene.central.store.all("SELECT * FROM pin")) > 1
    # Nor by whatever a statement tells about rows it did not show.
    assert not scene.thief.tries("UPDATE pin SET verifier = verifier")
    for peek in (
        "SELECT * FROM pg_catalog.pg_authid",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT * FROM pg_stats WHERE tablename = 'pin' AND most_common_vals IS NOT NULL",
    ):
        try:
            assert scene.thief.line.execute(peek).fetchall() == []
        except psycopg.errors.InsufficientPrivilege:
            continue


def test_a_fenced_window_takes_nothing_more(scene: Scene) -> None:
    with scene.central.store.transaction():
        scene.central.store.run("UPDATE ticket_window SET fenced = 1 WHERE id = 2")
    taken = sql(scene, "UPDATE custody_seat SET holder = 2, epoch = 1 "
                "WHERE session_id = {session} AND seat_id = {free_seat}")  # fmt: skip
    assert not scene.thief.tries(taken)


def test_every_definer_function_looks_in_our_schema_only(scene: Scene) -> None:
    rows = scene.central.store.all(
        "SELECT p.proname, p.proconfig, has_function_privilege('public', p.oid, 'EXECUTE') "
        "FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = 'boxoffice' AND p.prosecdef"
    )
    assert len(rows) > 5
    for name, config, public in rows:
        assert config == ["search_path=boxoffice, pg_temp"], name
        assert not public, name


def test_every_table_is_under_row_security_also_for_its_owner(scene: Scene) -> None:
    loose = scene.central.store.all(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = 'boxoffice' AND c.relkind IN ('r', 'v') "
        "AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"
    )
    assert loose == []


def test_the_work_of_a_window_passes_row_security(scene: Scene) -> None:
    central = scene.central
    order = changed_held(central, central.two, "TT0002")
    page = Page([entry(central.two, START, order)], [], [order])
    assert pushing.push(central.of(central.two), central.two, page).reviewed == ()


def changed_held(central: Central, who: Credentials, number: str) -> pushing.PushedOrder:
    """An order this window holds already, changed."""
    store = central.of(who)
    taking.give(store, who, new_id(), Items(orders=(central.order(number),)))
    return changed(central, who, number, 1, "new")


def test_nothing_here_says_what_a_table_is_called_wrongly(tmp_path: Path, scene: Scene) -> None:
    """Every attack names tables and columns that exist: it fails for the right reason."""
    for text in CHANGES.values():
        scene.thief.tries(*sql(scene, text).split("; "))
    assert not [why for why in scene.thief.refused if "does not exist" in why or "syntax" in why]
