"""`main.py central …` as those see it who set up the central records."""

from __future__ import annotations

import io
import json
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import main
from boxoffice import bootstrap
from boxoffice.central import moving
from boxoffice.errors import CentralUnreachable
from boxoffice.records.keys import load_keys
from boxoffice.records.postgres import Address, connect
from boxoffice.services.setup import setting_up
from boxoffice.services.setup.central_home import open_central
from boxoffice.services.sharing import sync
from boxoffice.settings import Home, HomeKind, load
from tests import servers
from tests.faults.acts import pay, rows, take
from tests.homes import at_work, catalogue_files, small_home
from tests.venues import SCHEMA, TRAINING_TIME, Venue

OWNER, SECRET = "venue_owner", "a-secret-of-the-test"


def run(*words: str) -> int:
    """A command, in this process."""
    return main.main([*words])


@pytest.fixture
def empty() -> Iterator[str]:
    """URL of an empty database whose owner is no administrator of the server."""
    servers.administer(f"CREATE ROLE {OWNER} LOGIN CREATEROLE PASSWORD '{SECRET}'")
    servers.administer(f"CREATE DATABASE empty_venue OWNER {OWNER}")
    start, _, rest = servers.database_url("empty_venue").partition("@")
    try:
        yield f"{start.partition('://')[0]}://{OWNER}:{SECRET}@{rest}"
    finally:
        servers.administer("DROP DATABASE empty_venue WITH (FORCE)")
        with closing(servers.as_owner("postgres")) as store:
            made = f"rolname ~ '^{SCHEMA}_w[0-9]' OR rolname LIKE 'apart%'"
            for (role,) in store.all(f"SELECT rolname FROM pg_roles WHERE {made}"):
                store.execute(f"DROP ROLE {role}")
        servers.administer(f"DROP ROLE {OWNER}")


def test_from_nothing_to_a_window_that_sells(
    empty: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of it by somebody who owns one database and may make logins, nothing more."""
    home, window = tmp_path / "central", Home(tmp_path / "window")
    made = ["central", "init", empty, "--home", str(home), "--schema", "apart", "--json"]
    assert run(*made, "--at", TRAINING_TIME) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["schema"], told["windows"]) == ("apart", 0)
    for file in home.iterdir():
        if file.name != "keys.json":
            assert SECRET not in file.read_text(encoding="utf-8")
    assert stat.S_IMODE((home / "keys.json").stat().st_mode) == 0o600
    (tmp_path / "files").mkdir()
    files = [str(path) for path in catalogue_files(tmp_path / "files")]
    assert run("import", *files, "--home", str(home)) == 0
    out = tmp_path / "east.json"
    added = ["central", "add-window", "East", "--number", "7", "--out", str(out)]
    assert run(*added, "--home", str(home)) == 0
    assert SECRET not in out.read_text(encoding="utf-8")
    bootstrap.enrol_window(window, out, lambda *_: None)
    with at_work(window) as work:
        pay(work, take(work, (1, 5)))
        sync.push(work.office)
    assert run(*made[:-1]) == 0, "again: an upgrade that has nothing to do"
    assert run("central", "init", "--home", str(home)) == 0
    out = tmp_path / "password.json"
    assert run("central", "password", "East", "--out", str(out), "--home", str(home)) == 0
    capsys.readouterr()
    assert run("central", "status", "--home", str(home), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    (east,) = told["windows"]
    assert (east["number"], east["name"], east["epoch"], east["fenced"]) == (7, "East", 1, False)
    assert east["head"] > 0
    assert (east["reviews"], told["reviews"], told["sessions"]) == (0, 0, 3)
    assert run("central", "status", "--home", str(home)) == 0
    assert "window 7 East: epoch 1, last seen" in capsys.readouterr().out
    assert run("keys", "--home", str(home)) == 0
    assert [k["window"] for k in json.loads(capsys.readouterr().out)["keys"]] == [7]


def test_records_of_another_home_are_left_alone(
    venue: Venue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = load(venue.home)
    url = servers.database_url(wanted.central.rpartition("/")[2])
    other = tmp_path / "other"
    words = ["central", "init", url, "--home", str(other), "--schema", wanted.central_schema]
    assert run(*words) == 1
    assert "belong to another central home" in capsys.readouterr().err
    assert not Home(other).exists
    assert not (other / "keys.json").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["init"], "Which server"),
        (["init", "mysql://there/x"], "wants postgresql://"),
        (["init", "postgresql://127.0.0.1:1/x"], "do not answer"),
        (["init", "postgresql://127.0.0.1:1/x", "--schema", "no space"], "small letters"),
        (["init", "postgresql://127.0.0.1:1/x", "--ca", "no-such-file"], "is of no use as --ca"),
        (["status"], "is no central home"),
        (["add-window", "East", "--out", "x.json"], "is no central home"),
        (["add-window", "East", "--out", "x.json", "--number", "0"], "a number from 1"),
        (["password", "East", "--out", "x.json"], "is no central home"),
        (["allot"], "is no central home"),
    ],
)
def test_one_sentence_where_it_cannot_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    home = tmp_path / "central"
    assert run("central", *words, "--home", str(home)) != 0
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert not Home(home).exists


def test_window_homes_and_central_homes_are_not_mixed_up(
    venue: Venue, capsys: pytest.CaptureFixture[str]
) -> None:
    window = venue.window("East")
    central = str(venue.home.path)
    assert run("central", "status", "--home", str(window.path)) == 1
    assert "is no central home" in capsys.readouterr().err
    assert run("--home", central) == 1
    assert "is a central home, no window" in capsys.readouterr().err
    (rain,) = [path for path in catalogue_files(venue.folder) if path.name == "prices.csv"]
    assert run("import", str(rain), "--home", str(window.path)) == 1
    assert "the central home" in capsys.readouterr().err


def test_a_central_home_is_proved_by_itself_and_with_its_windows(
    venue: Venue, capsys: pytest.CaptureFixture[str]
) -> None:
    window = venue.window("East")
    with venue.at_work(window) as work:
        pay(work, take(work, (1, 5)))
        sync.push(work.office)
    capsys.readouterr()
    central = ["verify", "--json", "--home", str(venue.home.path)]
    for more in ([], ["--home", str(window.path)]):
        assert run(*central, *more) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["checked"]["orders"] >= 3
    assert told["broken"] == []


def test_operators_are_entered_at_central_for_some_windows(
    venue: Venue, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    venue.file("East", number=2)
    words = ["add-operator", "--number", "77", "--name", "七", "--role", "clerk"]
    for windows, code in (("2,x", 2), ("3", 1), ("2", 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO("4711\n"))
        assert run(*words, "--windows", windows, "--home", str(venue.home.path)) == code
    capsys.readouterr()
    with venue.opened() as central:
        assert central.store.all(
            "SELECT window_id FROM assignment a JOIN operator o ON o.id = a.operator_id "
            "WHERE o.number = '77'"
        ) == [(2,)]
    monkeypatch.setattr("sys.stdin", io.StringIO("4711\n"))
    alone = small_home(venue.folder)
    assert run(*words, "--windows", "2", "--home", str(alone.path)) == 2


def test_a_single_window_moves_to_a_server_and_goes_on(empty: str, tmp_path: Path) -> None:
    window, home = small_home(tmp_path), Home(tmp_path / "central")
    with at_work(window) as work:
        before = pay(work, take(work, (1, 5))).order_id
        basket = take(work, (1, 7))
    words = ["central", "init", empty, "--home", str(home.path), "--schema", SCHEMA]
    assert run(*words, "--from", str(window.path)) == 0
    assert (load(window).central, load(window).window) == (load(home).central, 1)
    assert load_keys(window, HomeKind.TRAINING).root == ""
    assert not window.central_file.exists()
    with at_work(window) as work:
        pay(work, basket)
        after = pay(work, take(work, (2, 5))).order_id
        sync.push(work.office)
        assert rows(work, "SELECT count(*) FROM held_order") == [(0,)]
        assert bootstrap.public_keys(work.office)["keys"]
    with open_central(home) as central:
        for order in (before, basket, after):
            found = central.store.first("SELECT status FROM orders WHERE id = ?", (order,))
            assert found == ("paid",)
    assert run(*words, "--from", str(window.path)) == 0, "again: it is there already"
    out = tmp_path / "west.json"
    added = ["central", "add-window", "West", "--out", str(out), "--home", str(home.path)]
    assert run(*added) == 0
    west = Home(tmp_path / "west")
    bootstrap.enrol_window(west, out, lambda *_: None)
    with at_work(west) as work:
        pay(work, take(work, (2, 6)))


class Killed(BaseException):
    """As kill -9: nothing of ours catches it."""


@pytest.mark.parametrize(
    ("module", "name", "nth"),
    [
        (setting_up.settings, "save", 1),
        (setting_up.settings, "save", 2),
        (moving, "copy_rows", 1),
        (setting_up.founding, "let_in", 1),
        (setting_up, "replace_keys", 1),
        (setting_up, "replace_keys", 2),
    ],
)
def test_a_move_that_was_killed_is_made_good(
    empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module, name: str, nth: int
) -> None:
    window, home = small_home(tmp_path), Home(tmp_path / "central")
    with at_work(window) as work:
        order = pay(work, take(work, (1, 5))).order_id
    words = ["central", "init", empty, "--home", str(home.path), "--schema", SCHEMA]
    whole, times = getattr(module, name), [0]

    def killed(*args, **named):
        times[0] += 1
        if times[0] == nth:
            raise Killed
        return whole(*args, **named)

    monkeypatch.setattr(module, name, killed)
    with pytest.raises(Killed):
        run(*words, "--from", str(window.path))
    monkeypatch.setattr(module, name, whole)
    # Meanwhile the window either has its file, or finds nothing to write to.
    with bootstrap.open_office(window) as office:
        if load(window).central and (name, nth) != ("replace_keys", 2):
            with pytest.raises(CentralUnreachable):
                office.link.greet()
    assert run(*words, "--from", str(window.path)) == 0
    with at_work(window) as work:
        pay(work, take(work, (2, 5)))
        sync.push(work.office)
    with open_central(home) as central:
        assert central.store.first("SELECT 1 FROM orders WHERE id = ?", (order,))


def test_a_login_of_another_database_is_not_taken_over(
    venue: Venue, capsys: pytest.CaptureFixture[str]
) -> None:
    servers.administer(f"CREATE ROLE {SCHEMA}_w5 LOGIN PASSWORD 'in-use-elsewhere'")
    out = venue.folder / "x.json"
    words = ["central", "add-window", "East", "--number", "5", "--out", str(out)]
    assert run(*words, "--home", str(venue.home.path)) == 1
    assert f"login {SCHEMA}_w5 already" in capsys.readouterr().err
    assert not out.exists()
    url = load(venue.home).central
    with closing(connect(Address(url, "public", f"{SCHEMA}_w5", "in-use-elsewhere"))):
        pass  # its password is the old one


def test_a_window_that_may_still_sell_is_not_replaced(
    venue: Venue, capsys: pytest.CaptureFixture[str]
) -> None:
    venue.window("East")
    central, out = str(venue.home.path), venue.folder / "new.json"
    words = ["central", "add-window", "East", "--replace", "--out", str(out), "--home", central]
    assert run(*words) == 1
    assert "main.py central fence" in capsys.readouterr().err
    assert not out.exists()
    assert run("central", "add-window", "West", "--replace", *words[4:]) == 1
    assert "There is no window West" in capsys.readouterr().err


def test_a_standing_home_may_be_given_another_address_only(venue: Venue) -> None:
    wanted, central = load(venue.home), str(venue.home.path)
    url = wanted.central.replace("127.0.0.1", "localhost")
    assert run("central", "init", url, "--home", central) == 0
    assert load(venue.home).central == url
    assert run("central", "status", "--home", central) == 0


def test_a_window_is_told_another_address_than_the_central_home_uses(venue: Venue) -> None:
    out = venue.folder / "x.json"
    address = "postgresql://somebody:secret@db.venue:5433/boxoffice?target_session_attrs=primary"
    words = ["central", "add-window", "East", "--out", str(out), "--address", address]
    assert run(*words, "--home", str(venue.home.path)) == 0
    told = json.loads(out.read_text(encoding="utf-8"))
    assert told["address"] == address.replace("somebody:secret@", "")
