"""The tables themselves: what they refuse, and that they are what the models say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import peewee
import pytest

import boxoffice.records.catalogue
import boxoffice.records.custody
import boxoffice.records.invoices
import boxoffice.records.journal
import boxoffice.records.notices
import boxoffice.records.people
import boxoffice.records.rain
import boxoffice.records.sales
import boxoffice.records.settling
import boxoffice.records.takings
from boxoffice.domain.money import Money
from boxoffice.errors import NewerRecords, NoHome, RecordsUnreadable
from boxoffice.records.fields import MoneyField, Table, UtcField
from boxoffice.records.file_store import open_reading, open_records
from boxoffice.records.migrations import STEPS
from boxoffice.records.store import Store
from boxoffice.records.takings import Payment

KEY = bytes(range(32))
PARTS = ("WINDOW", "CENTRAL")


@pytest.fixture(params=PARTS)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new file of either kind."""
    path = tmp_path / "records.db"
    with closing(open_records(path, KEY, request.param, make=True)) as store:
        yield store


def written(store: Store, kind: str) -> set[str]:
    """Names of tables, indexes or triggers as the migrations write them for this file."""
    part = "CENTRAL" if "feed" in names(store, "table") else "WINDOW"
    pattern = {
        "index": r"CREATE (?:UNIQUE )?INDEX (\w+)",
        "trigger": r"CREATE TRIGGER (\w+)",
        "table": r"CREATE TABLE (\w+)",
    }[kind]
    found: set[str] = set()
    for step in STEPS:
        script = step.SHARED + getattr(step, part)
        found |= set(re.findall(pattern, script))
        found -= set(re.findall(rf"DROP {kind.upper()} (\w+)", script))
        if kind == "table":
            for old, new in re.findall(r"ALTER TABLE (\w+) RENAME TO (\w+)", script):
                found = found - {old} | {new}
    return found


def names(store: Store, kind: str) -> set[str]:
    return {
        str(row[0])
        for row in store.all(
            "SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite_%'", (kind,)
        )
    }


@pytest.mark.parametrize("kind", ["index", "trigger", "table"])
def test_everything_the_migrations_name_exists(made: Store, kind: str) -> None:
    """An unnamed partial index can collide with an automatic one and silently not exist."""
    wanted = written(made, kind)
    assert wanted
    assert wanted <= names(made, kind)


def test_no_index_is_without_a_name(made: Store) -> None:
    script = "".join(step.SHARED + step.WINDOW + step.CENTRAL for step in STEPS)
    assert not re.findall(r"CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?ON", script)


def test_all_tables_are_strict(made: Store) -> None:
    loose = [
        row[1]
        for row in made.all("PRAGMA table_list")
        if row[0] == "main"
        and row[2] == "table"
        and not row[5]
        and not str(row[1]).startswith("sqlite_")
        # What a full-text index keeps for itself.
        and not re.search(r"_(data|idx|content|docsize|config)$", str(row[1]))
    ]
    assert loose == []


def models() -> list[type[Table]]:
    found = []
    for module in (
        boxoffice.records.catalogue,
        boxoffice.records.custody,
        boxoffice.records.journal,
        boxoffice.records.notices,
        boxoffice.records.invoices,
        boxoffice.records.people,
        boxoffice.records.rain,
        boxoffice.records.sales,
        boxoffice.records.settling,
        boxoffice.records.takings,
    ):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Table) and value is not Table:
                found.append(value)
    return sorted(set(found), key=lambda model: model.__name__)


def test_models_are_what_the_tables_are(tmp_path: Path) -> None:
    """Same columns in the same order, same types, null where null may be."""
    stores = [open_records(tmp_path / part, KEY, part, make=True) for part in PARTS]
    for model in models():
        meta = model._meta
        tables = [s.all(f'PRAGMA table_info("{meta.table_name}")') for s in stores]
        columns = next(found for found in tables if found)
        assert [row[1] for row in columns] == [f.column_name for f in meta.sorted_fields], model
        for (_, name, kind, notnull, _, key), field in zip(
            columns, meta.sorted_fields, strict=True
        ):
            whole = isinstance(field, peewee.IntegerField)
            assert kind == ("INTEGER" if whole else "TEXT"), (model, name)
            assert (not notnull and not key) == field.null, (model, name)
    for store in stores:
        store.close()


PAYMENT = {
    "id": "p", "order_id": "o", "attempt_id": None, "tender": "cash", "amount_fen": 5,
    "tendered_fen": 5, "change_fen": 0, "currency": "CNY", "paid_at": "x", "business_day": "x",
    "window_id": 1, "epoch": 1, "shift_id": None,
}  # fmt: skip


def test_strict_tables_and_money_fields_refuse_floats(made: Store) -> None:
    # 12.0 for 12 is taken by the table; the field refuses that too.
    with pytest.raises(peewee.IntegrityError), made.transaction():
        made.run("INSERT INTO plan VALUES (1, 'x', 12.5, 1, 'd')")
    for value in (5.0, True, 5.5, "5"):
        with pytest.raises(TypeError), made.transaction():
            made.insert(Payment, [{**PAYMENT, "amount_fen": value}])
    assert MoneyField().db_value(Money(7)) == 7
    assert MoneyField().db_value(None) is None


def test_a_moment_without_a_zone_is_refused() -> None:
    from datetime import UTC, datetime

    with pytest.raises(TypeError):
        UtcField().db_value(datetime(2025, 9, 27))
    text = UtcField().db_value(datetime(2025, 9, 27, tzinfo=UTC))
    assert text == "2025-09-27T00:00:00.000000Z"


# --- what the database itself forbids -------------------------------------------------------------


def _order(store: Store, order: str = "o", *, shift: str | None = None) -> None:
    store.execute("PRAGMA foreign_keys = 0")
    names = [row[1] for row in store.all("PRAGMA table_info(orders)")]
    numbers = {"version", "window_id", "epoch", "total_fen", "seats_open"}
    row = {name: 0 if name in numbers else "" for name in names} | {
        "id": order, "number": order, "status": "paid", "sold_at": "x", "shift_id": shift,
        "deadline": None,
    }  # fmt: skip
    marks = ", ".join("?" * len(row))
    with store.transaction():
        store.run(f"INSERT INTO orders VALUES ({marks})", [row[name] for name in names])


TICKET = "INSERT INTO ticket VALUES (?, 'o', ?, 1, ?, ?, ?, 1, 1, 1)"


def test_a_second_live_ticket_for_a_seat_is_forbidden(made: Store) -> None:
    _order(made)
    with made.transaction():
        made.run(TICKET, ("a", "l1", 7, "issued", 1))
        made.run(TICKET, ("b", "l2", 7, "void", 0))
        made.run(TICKET, ("c", "l3", None, "issued", 1))
        made.run(TICKET, ("d", "l4", None, "issued", 1))
    for row in (
        ("e", "l5", 7, "issued", 1),  # a second on the seat
        ("f", "l1", 8, "issued", 1),  # a second for the line
        ("g", "l6", 9, "void", 1),  # alive and void
        ("h", "l7", 9, "issued", 0),  # issued and dead
    ):
        with pytest.raises(peewee.IntegrityError), made.transaction():
            made.run(TICKET, row)
    with pytest.raises(peewee.IntegrityError), made.transaction():
        made.run("UPDATE ticket SET status = 'issued', live = 1 WHERE id = 'b'")


def test_a_ticket_is_handed_over_once(made: Store) -> None:
    _order(made)
    sql = "INSERT INTO hand_over VALUES (?, 't', 'o', 'x', 1, 1, 'op', 'code')"
    with made.transaction():
        made.run(sql, ("h1",))
    with pytest.raises(peewee.IntegrityError), made.transaction():
        made.run(sql, ("h2",))


ROWS = {
    "payment": "INSERT INTO payment VALUES ('p', 'o', NULL, 'cash', 5, 5, 0, 'CNY', 'x', 'x', 1, "
    "1, NULL, NULL, NULL, NULL)",
    "posting": "INSERT INTO posting VALUES (1, 1, 1, 1, 'x', 'x', NULL, 'a', 5, 'CNY', NULL)",
    "journal": "INSERT INTO journal VALUES (1, 1, 1, 'x', NULL, NULL, 'a', NULL, NULL, NULL, '{}', "
    "'[]', '', '')",
    "hand_over": "INSERT INTO hand_over VALUES ('h', 't', 'o', 'x', 1, 1, 'op', 'code')",
}


@pytest.mark.parametrize("table", sorted(ROWS))
def test_money_and_the_journal_are_never_changed(made: Store, table: str) -> None:
    _order(made)
    with made.transaction():
        made.run(ROWS[table])
    column = made.all(f"PRAGMA table_info({table})")[0][1]
    for sql in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        with pytest.raises(peewee.IntegrityError, match="never changed"), made.transaction():
            made.run(sql)
    assert made.first(f"SELECT count(*) FROM {table}") == (1,)


def test_a_closed_shift_takes_no_posting(made: Store) -> None:
    with made.transaction():
        made.run(
            "INSERT INTO shift VALUES ('s', 1, 1, 'op', 'open', 'x', 'x', 0, 'CNY', NULL), "
            "('c', 1, 1, 'op', 'closed', 'x', 'x', 0, 'CNY', 'x')"
        )
        made.run("INSERT INTO posting VALUES (1, 1, 1, 1, 'x', 'x', 's', 'a', 5, 'CNY', NULL)")
    with pytest.raises(peewee.IntegrityError, match="closed shift"), made.transaction():
        made.run("INSERT INTO posting VALUES (1, 1, 2, 1, 'x', 'x', 'c', 'a', 5, 'CNY', NULL)")
    with pytest.raises(peewee.IntegrityError), made.transaction():
        made.run("INSERT INTO shift VALUES ('t', 1, 1, 'op', 'open', 'x', 'x', 0, 'CNY', NULL)")


@pytest.mark.parametrize(
    "row",
    [
        "('p', 'o', NULL, 'cash', -5, -5, 0, 'CNY', 'x', 'x', 1, 1, NULL, NULL, NULL, NULL)",
        "('p', 'o', NULL, 'cash', 5, 4, -1, 'CNY', 'x', 'x', 1, 1, NULL, NULL, NULL, NULL)",
        "('p', 'o', NULL, 'cash', 5, 9, 3, 'CNY', 'x', 'x', 1, 1, NULL, NULL, NULL, NULL)",
    ],
)
def test_a_payment_adds_up(made: Store, row: str) -> None:
    _order(made)
    with pytest.raises(peewee.IntegrityError), made.transaction():
        made.run(f"INSERT INTO payment VALUES {row}")


def test_foreign_keys_are_watched(made: Store) -> None:
    with pytest.raises(peewee.IntegrityError), made.transaction():
        made.run(ROWS["payment"])


# --- files ----------------------------------------------------------------------------------------


def test_the_file_is_encrypted_and_wants_its_key(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    open_records(path, KEY, "WINDOW", make=True).close()
    assert not path.read_bytes().startswith(b"SQLite format 3")
    for opener in (open_reading, lambda p, k: open_records(p, k, "WINDOW")):
        with pytest.raises(RecordsUnreadable):
            opener(path, bytes(32))


def test_a_file_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    with closing(open_records(path, KEY, "WINDOW", make=True)) as store:
        store.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(NewerRecords) as refused:
        open_records(path, KEY, "WINDOW")
    assert refused.value.fields["version"] == 99
    assert path.read_bytes() == before


def test_no_file_is_made_where_none_is_expected(tmp_path: Path) -> None:
    for opener in (open_reading, lambda p, k: open_records(p, k, "WINDOW")):
        with pytest.raises(NoHome):
            opener(tmp_path / "none.db", KEY)
    assert list(tmp_path.iterdir()) == []
