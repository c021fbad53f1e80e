"""Addresses of central records that cannot be used: one sentence, and never the password."""

from __future__ import annotations

from pathlib import Path

import pytest

import main
from boxoffice import settings
from boxoffice.addresses import problem, split_address, with_login, without_password
from boxoffice.errors import BadAddress, BadSetting
from boxoffice.settings import Home, HomeKind, Settings

SECRET = "hush-hush"
WRONG = [
    (f"http://boss:{SECRET}@db/x", "wants postgresql://"),
    (f"boss:{SECRET}@db/x", "wants postgresql://"),
    (f"host=db password={SECRET}", "wants postgresql://"),
    (f"postgresql://boss:{SECRET}%zz@db/x", "a % itself is written %25"),
    (f"postgresql://boss:{SECRET}%@db/x", "a % itself is written %25"),
    (f"postgresql://boss:{SECRET}%00@db/x", "a % itself is written %25"),
    (f"postgresql://boss:{SECRET}@db:port/x", "the name or the port of its server"),
    (f"postgresql://boss:{SECRET}@db:0/x", "the name or the port of its server"),
    (f"postgresql://boss:{SECRET}@db:65536/x", "the name or the port of its server"),
    (f"postgresql://boss:{SECRET}@db,other:y/x", "the name or the port of its server"),
    (f"postgresql://boss:{SECRET}@[::1/x", "the name or the port of its server"),
    (f"postgresql://boss:{SECRET}@{'d' * 80}/x", "the name or the port of its server"),
    (f"postgresql://boss:a@{SECRET}@db/x", "%40 %3A %2F"),
    (f"postgresql://boss:1/{SECRET}@db/x", "%40 %3A %2F"),
    (f"postgresql://boss:1?{SECRET}@db/x", "%40 %3A %2F"),
    (f"postgresql://boss:{SECRET} @db/x", "%40 %3A %2F"),
    (f"postgresql://boss:{SECRET}@db/x?foo=bar", "no setting of a connection"),
    (f"postgresql://boss:{SECRET}@db/x?foo", "no setting of a connection"),
    (f"postgresql://boss:{SECRET}@db/x?port=y", "its port is no number"),
]


@pytest.mark.parametrize("command", ["verify", "rehearse", "init", "again"])
@pytest.mark.parametrize(("url", "said"), WRONG)
def test_an_address_that_cannot_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, url: str, said: str
) -> None:
    home = Home(tmp_path / "central")
    if command == "again":
        home.path.mkdir()
        settings.save(home, Settings(kind=HomeKind.CENTRAL, central="postgresql://db/x"))
    words = {
        "verify": ["verify", "--central", url],
        "rehearse": ["rehearse", "--central", url, "--windows", "1"],
    }.get(command, ["central", "init", url, "--home", str(home.path)])
    assert main.main(words) == 1
    told = capsys.readouterr()
    (line,) = told.err.splitlines()
    assert said in line
    assert line.startswith("This address of the central records cannot be used")
    assert SECRET not in told.out + told.err
    assert not any(SECRET.encode() in path.read_bytes() for path in tmp_path.rglob("*.*"))


def test_settings_hold_no_such_address_either(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for url in ("postgresql://db:port/x", "postgresql://db/x?foo=bar", "postgresql://u@db/x"):
        home.settings_file.write_text(f'kind = "real"\ncentral = "{url}"\n', encoding="utf-8")
        with pytest.raises(BadSetting) as wrong:
            settings.load(home)
        assert wrong.value.fields["key"] == "central"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql:///x",
        "postgres://db.venue:5433/x",
        "postgresql://db1.venue,db2.venue:5433/x?target_session_attrs=read-write",
        "postgresql://[::1]:5432/x",
        "postgresql:///x?host=/run/postgresql",
        "postgresql://%2Frun%2Fpostgresql/x",
        "postgresql:///x?host=@abstract",
        "postgresql://db/x?ssl=true",
        "postgresql://boss@db/x",
        "postgresql://b%40ss:%2F%3A%3F%23%25%20@db/x",
    ],
)
def test_what_libpq_reads_is_taken(url: str) -> None:
    assert problem(url) == ""


def test_logins_come_out_of_an_address_and_go_into_it() -> None:
    bare = "postgresql://db:5433/x?sslmode=require"
    named = with_login(bare, "b@ss", "a/b:c?d#e%f g")
    assert named == "postgresql://b%40ss:a%2Fb%3Ac%3Fd%23e%25f%20g@db:5433/x?sslmode=require"
    assert split_address(named) == (bare, "b@ss", "a/b:c?d#e%f g")
    assert without_password(named) == "postgresql://b%40ss@db:5433/x?sslmode=require"
    assert without_password(bare) == bare
    assert split_address("postgresql://db/x?user=u&password=p&port=1") == (
        "postgresql://db/x?port=1",
        "u",
        "p",
    )
    with pytest.raises(BadAddress):
        with_login("http://db/x", "u", "p")


def test_a_rehearsal_plays_on_one_server(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["rehearse", "--central", f"postgresql://u:{SECRET}@a:1,b:2/x"]) == 1
    said = capsys.readouterr().err
    assert "one server, not several" in said
    assert SECRET not in said
