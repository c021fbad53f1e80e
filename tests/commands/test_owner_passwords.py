"""The password of the records' owner: where it may come from, and what a wrong one is answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import main
from boxoffice.commands import passwords
from boxoffice.records.keys import load_keys
from boxoffice.settings import Home, HomeKind, load
from tests import servers

OWNER, SECRET = "asked_owner", "p@ss:w/rd %1"
LASTING = "trying again does not help"


def run(*words: str) -> int:
    return main.main([*words])


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """URL of an owner's empty database, without a password; nothing else has one either."""
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    servers.administer(f"CREATE ROLE {OWNER} LOGIN CREATEROLE PASSWORD '{SECRET}'")
    servers.administer(f"CREATE DATABASE asked OWNER {OWNER}")
    rest = servers.database_url("asked").partition("@")[2]
    try:
        yield f"postgresql://{OWNER}@{rest}"
    finally:
        servers.administer("DROP DATABASE asked WITH (FORCE)")
        for role in ("asked_windows", "asked_supervisor", OWNER):
            servers.administer(f"DROP ROLE IF EXISTS {role}")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A terminal at which the right password is typed; what it was asked."""
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return SECRET

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(passwords.getpass, "getpass", answer)
    return asked


def made(url: str, home: Path) -> list[str]:
    return ["central", "init", url, "--home", str(home), "--schema", "asked"]


def test_it_is_asked_for_once_and_kept(
    bare: str, tmp_path: Path, typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "central"
    assert run(*made(bare, home)) == 0
    assert typed == [f"Password of {OWNER}: "]
    assert load(Home(home)).central_user == OWNER
    assert run("central", "status", "--home", str(home)) == 0
    assert run("verify", "--home", str(home)) == 0
    assert len(typed) == 1, "the home has it now"
    assert run("verify", "--central", bare, "--schema", "asked") == 0
    assert len(typed) == 2, "an address by itself has none"
    told = capsys.readouterr()
    assert SECRET not in told.out + told.err


def test_it_comes_from_the_environment_and_is_kept(
    bare: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "central"
    monkeypatch.setenv("PGPASSWORD", SECRET)
    assert run(*made(bare, home)) == 0
    assert run("verify", "--central", bare, "--schema", "asked") == 0
    monkeypatch.delenv("PGPASSWORD")
    assert run("central", "status", "--home", str(home)) == 0


def test_it_comes_from_the_password_file_and_stays_there(bare: str, tmp_path: Path) -> None:
    home, file = tmp_path / "central", tmp_path / "pgpass"
    escaped = SECRET.replace("\\", "\\\\").replace(":", "\\:")
    file.write_text(f"*:*:*:{OWNER}:{escaped}\n", encoding="utf-8")
    file.chmod(0o600)
    assert run(*made(bare, home)) == 0
    assert load_keys(Home(home), HomeKind.CENTRAL).password == ""
    assert run("central", "status", "--home", str(home)) == 0
    assert run("verify", "--home", str(home)) == 0
    assert run("verify", "--central", bare, "--schema", "asked") == 0


@pytest.mark.parametrize("command", ["init", "verify", "rehearse"])
def test_without_a_terminal_it_says_where_one_is_looked_for(
    bare: str, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = {
        "init": made(bare, tmp_path / "central"),
        "verify": ["verify", "--central", bare],
        "rehearse": ["rehearse", "--windows", "1", "--central", bare],
    }[command]
    assert run(*words) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert f"wants a password of {OWNER}" in line
    assert "PGPASSWORD" in line
    assert not Home(tmp_path / "central").exists


def test_a_wrong_one_is_told_from_where_it_came(
    bare: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = tmp_path / "central"
    named = bare.replace(f"{OWNER}@", f"{OWNER}:wrong-one@")

    def refused(*words: str) -> str:
        assert run(*words) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert f"does not let {OWNER} in with the password from " in line
        assert "wrong-one" not in line
        assert "central password" not in line
        assert "again" not in line
        return line.partition("password from ")[2]

    assert refused(*made(named, home)).startswith("the address.")
    assert refused("verify", "--central", named).startswith("the address.")
    assert refused("rehearse", "--central", named).startswith("the address.")
    monkeypatch.setenv("PGPASSWORD", "wrong-one")
    assert refused(*made(bare, home)).startswith("PGPASSWORD.")
    assert refused("verify", "--central", bare).startswith("PGPASSWORD.")
    monkeypatch.delenv("PGPASSWORD")
    file = tmp_path / "pgpass"
    file.write_text(f"*:*:*:{OWNER}:wrong-one\n", encoding="utf-8")
    file.chmod(0o600)
    assert refused("verify", "--central", bare).startswith("the password file")
    assert typed == [], "who named a wrong one corrects it there"
    file.unlink()
    assert run(*made(bare, home)) == 0
    servers.administer(f"ALTER ROLE {OWNER} PASSWORD 'changed'")
    assert refused("central", "status", "--home", str(home)).startswith("the central home (")
    monkeypatch.setenv("PGPASSWORD", "changed")
    assert run(*made(bare, home)) == 0
    monkeypatch.delenv("PGPASSWORD")
    assert run("central", "status", "--home", str(home)) == 0


def test_a_home_whose_password_was_changed_asks_where_it_is_told_the_address(
    bare: str, tmp_path: Path, typed: list[str]
) -> None:
    home = tmp_path / "central"
    assert run(*made(bare.replace("@", ":p%40ss%3Aw%2Frd%20%251@"), home)) == 0
    assert typed == []
    servers.administer(f"ALTER ROLE {OWNER} PASSWORD 'changed'")
    assert run("central", "init", "--home", str(home)) == 1, "no address: nothing is asked"
    servers.administer(f"ALTER ROLE {OWNER} PASSWORD '{SECRET}'")
    assert run("central", "init", "--home", str(home)) == 0


def test_what_does_not_pass_by_itself_says_so(
    bare: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PGPASSWORD", SECRET)
    servers.administer("REVOKE CONNECT ON DATABASE asked FROM PUBLIC")
    servers.administer("DROP ROLE IF EXISTS no_login")
    servers.administer("CREATE ROLE no_login PASSWORD 'x'")
    servers.administer("CREATE ROLE plain_login LOGIN PASSWORD 'x'")
    place = bare.partition("@")[2]
    try:
        for url, said in (
            (bare.rpartition("/")[0] + "/nowhere", 'database "nowhere" does not exist'),
            (f"postgresql://no_login:x@{place}", "is not permitted to log in"),
            (f"postgresql://plain_login:x@{place}", "permission denied for database"),
            (f"{bare}?sslmode=nonsense", 'invalid sslmode value: "nonsense"'),
        ):
            assert run("verify", "--central", url) == 1
            (line,) = capsys.readouterr().err.splitlines()
            assert said in line
            assert LASTING in line
            assert "in a moment" not in line
        assert run("verify", "--central", "postgresql://127.0.0.1:1/x") == 1
        assert "try again in a moment" in capsys.readouterr().err
    finally:
        servers.administer("DROP ROLE no_login")
        servers.administer("DROP ROLE plain_login")


def test_an_owner_who_may_not_make_what_is_wanted_is_told(
    bare: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PGPASSWORD", SECRET)
    servers.administer(f"ALTER ROLE {OWNER} NOCREATEROLE")
    home = tmp_path / "central"
    for words in (made(bare, home), ["rehearse", "--windows", "1", "--central", bare]):
        assert run(*words) == 1
        line = capsys.readouterr().err.splitlines()[-1]
        assert f"not open to {OWNER}: permission denied to create role" in line
        assert LASTING in line
    assert not Home(home).exists
    assert not (home / "keys.json").exists()


def test_an_empty_schema_and_a_name_that_is_none(
    bare: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PGPASSWORD", SECRET)
    assert run("verify", "--central", bare, "--schema", "elsewhere") == 1
    assert "no central records in schema elsewhere" in capsys.readouterr().err
    assert run("verify", "--central", bare, "--schema", "No Name") == 1
    assert "A schema cannot be called No Name" in capsys.readouterr().err
