"""Rehearsals at a server by somebody who is no administrator of it, as a venue has it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing

import pytest

from boxoffice.records.postgres import Address, connect
from boxoffice.rehearsal import scratch
from boxoffice.rehearsal.stage import Stage
from main import main
from tests import servers
from tests.rehearsal.stages import rehearsal

OWNER, SECRET = "plain_owner", "a-p%40ss"
LEFT = (
    "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'rehearsal%' "
    "UNION SELECT rolname FROM pg_roles WHERE rolname LIKE 'rehearsal%'"
)
SHORT = ["rehearse", "--windows", "2", "--customers", "12", "--seed", "3"]


@pytest.fixture
def owned() -> Iterator[str]:
    """URL of a database of an owner who may make roles and is no superuser."""
    servers.administer(f"CREATE ROLE {OWNER} LOGIN CREATEROLE PASSWORD 'a-p@ss'")
    servers.administer(f"CREATE DATABASE owned_venue OWNER {OWNER}")
    rest = servers.database_url("owned_venue").partition("@")[2]
    try:
        yield f"postgresql://{OWNER}:{SECRET}@{rest}"
    finally:
        servers.administer("DROP DATABASE owned_venue WITH (FORCE)")
        with closing(servers.as_owner("postgres")) as store:
            for (role,) in store.all(
                "SELECT rolname FROM pg_roles WHERE rolname LIKE 'rehearsal%' OR rolname = ?",
                (OWNER,),
            ):
                store.execute(f"DROP ROLE {role}")


def left(url: str) -> list[str]:
    """What of rehearsals stands at the server."""
    with closing(connect(Address(url, "public"))) as store:
        return [str(name) for (name,) in store.all(LEFT)]


def test_an_owner_that_is_no_administrator_rehearses_and_leaves_nothing(
    owned: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(connect(Address(owned, "public"))) as store:
        assert store.first("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == (False,)
    assert main([*SHORT, "--faults", "all", "--json", "--central", owned]) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert found["ok"], found
    assert found["acts"]["sale"]["count"] > 0
    assert said.err == ""
    assert left(owned) == []


def test_what_cannot_be_removed_is_told_and_stops_nobody(
    owned: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stuck, killed = "rehearsal_000000000000", "rehearsal_000000000001"
    with closing(connect(Address(owned, "public"))) as store:
        for schema in (stuck, killed):
            store.execute(f"CREATE SCHEMA {schema}")
    # Only another administrator may touch this one.
    servers.administer(f"CREATE ROLE {stuck}_w1 SUPERUSER LOGIN")
    assert main([*SHORT, "--faults", "none", "--json", "--central", owned]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["ok"]
    (line,) = said.err.splitlines()
    assert f"left in schema {stuck} cannot be removed: " in line
    assert set(left(owned)) == {stuck, f"{stuck}_w1"}


def test_windows_that_are_still_signed_in_are_hung_up_on(owned: str, tmp_path) -> None:
    """A killed rehearsal leaves connections, which only a member of their role may end."""
    stage = Stage(rehearsal().pattern, owned, scratch.schema_name(), tmp_path)
    (password,) = stage.found(1)
    address = Address(owned, stage.schema, f"{stage.schema}_w1", password)
    with closing(connect(address)), closing(stage.owner()) as store:
        assert scratch.clear_stale(store, pytest.fail) == [stage.schema]
    assert left(owned) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--windows", "0"], "0 is no whole number from 1"),
        (["--windows", "-3"], "-3 is no whole number from 1"),
        (["--customers", "-1"], "-1 is no whole number from 1"),
        (["--customers", "0"], "0 is no whole number from 1"),
        (["--runs", "-2"], "-2 is no whole number from 1"),
        (["--runs", "x"], "x is no whole number from 1"),
    ],
)
def test_no_windows_and_no_customers_are_refused(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["rehearse", *words])
    assert ended.value.code != 0
    assert said in capsys.readouterr().err
