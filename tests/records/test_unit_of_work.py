"""One transaction with its journal and postings, or nothing; what the disk says is translated."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import peewee
import pytest

from boxoffice.domain.money import Money
from boxoffice.errors import DiskTrouble, RecordsUnreadable
from boxoffice.records.custody import Meta
from boxoffice.records.file_store import open_reading, open_records
from boxoffice.records.head_file import read_head_file
from boxoffice.records.journal import FIRST, entry_hash
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import (
    Chain,
    Post,
    head_of,
    unit_of_work,
)

KEY = bytes(range(32))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_records(tmp_path / "window.db", KEY, "WINDOW", make=True)) as found:
        yield found


def test_entries_are_numbered_without_gaps_and_chained(store: Store, tmp_path: Path) -> None:
    chain = Chain(1, 1, (tmp_path / "head",))
    for act in ("one", "two"):
        with unit_of_work(store, chain) as unit:
            unit.record(act)
            unit.record(act)
    rows = store.all("SELECT * FROM journal ORDER BY number")
    assert [row[2] for row in rows] == [1, 2, 3, 4]
    assert [row[-2] for row in rows] == [FIRST, *(row[-1] for row in rows[:-1])]
    assert all(entry_hash(row[:-1]) == row[-1] for row in rows)
    assert head_of(store, 1, 1) == (4, rows[-1][-1])
    assert read_head_file(tmp_path / "head") == (1, 4, rows[-1][-1])


def test_what_fails_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    chain = Chain(1, 1, (tmp_path / "head",))

    def fail() -> None:
        with unit_of_work(store, chain) as unit:
            unit.record("act", postings=[Post("a", Money(5)), Post("b", Money(-5))])
            unit.store.insert(Meta, [{"key": "k", "value": "v"}])
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert store.all("SELECT * FROM journal") == store.all("SELECT * FROM meta") == []
    assert read_head_file(tmp_path / "head") is None
    with unit_of_work(store, chain) as unit:
        assert unit.record("next") == 1


def test_unbalanced_postings_are_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="balance"), unit_of_work(store, Chain(1, 1)) as unit:
        unit.record("act", postings=[Post("a", Money(5)), Post("b", Money(-4))])
    with pytest.raises(ValueError, match="balance"), unit_of_work(store, Chain(1, 1)) as unit:
        unit.record("act", postings=[Post("a", Money(5)), Post("b", Money(-5, "USD"))])
    assert store.all("SELECT * FROM journal") == []


def test_a_head_that_cannot_be_written_undoes_nothing(store: Store, tmp_path: Path) -> None:
    """What is committed stands, and nobody may be told that it failed."""
    chain = Chain(1, 1, (tmp_path / "no such folder" / "head",))
    with unit_of_work(store, chain) as unit:
        unit.record("act")
    assert store.first("SELECT act FROM journal") == ("act",)


def test_half_a_head_is_no_head(tmp_path: Path) -> None:
    head = tmp_path / "head"
    for text in ("", "1 2", "a b c", "1 2 3 4"):
        head.write_text(text)
        assert read_head_file(head) is None


def test_a_change_wants_a_transaction_and_they_do_not_nest(store: Store) -> None:
    for act in (
        lambda: store.run("DELETE FROM meta"),
        lambda: store.change(Meta.delete()),
        lambda: store.insert(Meta, [{"key": "k", "value": "v"}]),
        lambda: store.many("DELETE FROM meta WHERE key = ?", [("k",)]),
    ):
        with pytest.raises(RuntimeError, match="outside"):
            act()
    with pytest.raises(RuntimeError, match="nest"), store.transaction():
        store.transaction().__enter__()


def test_a_reading_connection_writes_nothing(store: Store, tmp_path: Path) -> None:
    with (
        closing(open_reading(tmp_path / "window.db", KEY)) as reader,
        pytest.raises(DiskTrouble),
        reader.transaction(),
    ):
        reader.run("DELETE FROM meta")


def test_each_way_of_writing_tells_a_broken_rule_alike(store: Store) -> None:
    """One row or many: a caller that expects a refusal of the tables gets the same class."""
    row = {"key": "k", "value": "v"}
    sql = "INSERT INTO meta VALUES (?, ?)"
    for act in (
        lambda: store.run(sql, ("k", "v")),
        lambda: store.many(sql, [("k", "v")]),
        lambda: store.insert(Meta, [row]),
        lambda: store.change(Meta.insert(**row)),
    ):
        with store.transaction():
            act()
        with pytest.raises(peewee.IntegrityError), store.transaction():
            act()
        with store.transaction():
            store.run("DELETE FROM meta")


@pytest.mark.parametrize("way", ["run", "many", "change"])
def test_a_full_disk_is_disk_trouble_and_undoes_the_transaction(store: Store, way: str) -> None:
    big = "x" * 300_000
    act = {
        "run": lambda: store.run("INSERT INTO meta VALUES ('big', ?)", (big,)),
        "many": lambda: store.many("INSERT INTO meta VALUES ('big', ?)", [(big,)]),
        "change": lambda: store.change(Meta.insert(key="big", value=big)),
    }[way]
    (pages,) = store.first("PRAGMA page_count") or (0,)
    store.execute(f"PRAGMA max_page_count = {pages + 2}")

    def write_both() -> None:
        with store.transaction():
            store.run("INSERT INTO meta VALUES ('small', 'v')")
            act()

    with pytest.raises(DiskTrouble) as trouble:
        write_both()
    assert "full" in str(trouble.value.fields["why"])
    assert store.all("SELECT * FROM meta") == []
    store.execute(f"PRAGMA max_page_count = {pages + 1000}")
    with store.transaction():
        act()
    assert store.first("SELECT count(*) FROM meta") == (1,)


def test_a_full_disk_inside_a_savepoint(store: Store) -> None:
    (pages,) = store.first("PRAGMA page_count") or (0,)
    store.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DiskTrouble), store.transaction(), store.savepoint("part"):
        store.run("INSERT INTO meta VALUES ('big', ?)", ("x" * 300_000,))
    assert store.all("SELECT * FROM meta") == []


def test_a_file_moved_away_takes_no_more_writes(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "window.db"
    away = path.rename(tmp_path / "away.db")
    for put_back in (lambda: None, lambda: path.write_bytes(b"rubbish")):
        put_back()
        with pytest.raises(DiskTrouble), store.transaction():
            store.run("INSERT INTO meta VALUES ('k', 'v')")
    path.unlink()
    away.rename(path)
    with store.transaction():
        store.run("INSERT INTO meta VALUES ('k', 'v')")


def test_a_damaged_page_is_unreadable_records(tmp_path: Path) -> None:
    path = tmp_path / "window.db"
    with closing(open_records(path, KEY, "WINDOW", make=True)) as store, store.transaction():
        store.many("INSERT INTO meta VALUES (?, ?)", [(f"{n:05d}", "x" * 90) for n in range(5000)])
    raw = bytearray(path.read_bytes())
    middle = len(raw) - 50 * 4096
    raw[middle : middle + 8192] = b"\x5a" * 8192
    path.write_bytes(raw)
    with closing(open_reading(path, KEY)) as store, pytest.raises(RecordsUnreadable):
        store.all("SELECT key, value FROM meta")
