"""Homes that cannot be used as they are: a sentence, exit status 1, and nothing changed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import main
from boxoffice.records.file_store import open_records
from boxoffice.records.keys import load_keys
from boxoffice.settings import Home, HomeKind
from tests.homes import ACCESS, catalogue_files, small_home

Damage = Callable[[Home], object]

COMMANDS = (
    ["verify"],
    ["verify", "--json"],
    ["keys"],
    ["add-operator", "--number", "7", "--name", "x", "--role", "clerk"],
)


def told(capsys, *words: str) -> str:
    """The one sentence with which a command fails."""
    assert main.main(words) == 1
    shown = capsys.readouterr()
    (line,) = shown.err.splitlines()
    assert shown.out == ""
    assert line.endswith(".")
    return line


def kept(home: Home) -> dict[str, str]:
    """What lies in a home, but for the lock and the log."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in home.path.iterdir()
        if path.is_file() and path.suffix not in (".log", "") and not path.name.endswith("-shm")
    }


def overwrite(path: Path, at: float) -> None:
    with path.open("r+b") as file:
        file.seek(int(path.stat().st_size * at))
        file.write(b"\x55" * 64)


def newer(home: Home, path: Path, part: str) -> None:
    key = load_keys(home, HomeKind.TRAINING).raw("records")
    with closing(open_records(path, key, part)) as store:
        store.execute("PRAGMA user_version = 999")


def set_text(name: str, content: bytes) -> Damage:
    return lambda home: (home.path / name).write_bytes(content)


def other_keys(home: Home) -> None:
    keys = json.loads(home.key_file.read_text(encoding="ascii"))
    home.key_file.write_text(json.dumps(keys | {"records": "ab" * 32}), encoding="ascii")


DAMAGE: dict[str, tuple[Damage, str]] = {
    "newer window": (
        lambda h: newer(h, h.window_file, "WINDOW"),
        "window.db was written by a newer",
    ),
    "newer central": (
        lambda h: newer(h, h.central_file, "CENTRAL"),
        "central.db was written by a newer",
    ),
    "no keys": (lambda h: h.key_file.unlink(), "is missing or unusable"),
    "empty keys": (set_text("keys.json", b""), "is missing or unusable"),
    "keys are a list": (set_text("keys.json", b"[]"), "is missing or unusable"),
    "keys too few": (set_text("keys.json", b'{"records": "00"}'), "is missing or unusable"),
    "keys are numbers": (set_text("keys.json", b'{"records": 5}'), "is missing or unusable"),
    "other keys": (other_keys, "does not fit its key"),
    "keys are a folder": (lambda h: (h.key_file.unlink(), h.key_file.mkdir()), "Is a directory"),
    "settings no TOML": (set_text("settings.toml", b"kind = "), "settings.toml holds something"),
    "settings no text": (set_text("settings.toml", b"\xff\xfe\x00"), "its text: it is no settings"),
    "settings deep": (set_text("settings.toml", b"a=" + b"[" * 20_000), "its text"),
    "unknown setting": (set_text("settings.toml", b"colour = 'red'"), "at colour: unknown key"),
    "unknown kind": (set_text("settings.toml", b"kind = 'x'"), "at kind: one of real"),
    "kind no text": (set_text("settings.toml", b"kind = 5"), "at kind: wants text"),
    "unknown language": (set_text("settings.toml", b"language = 'fr'"), "at language: one of"),
    "window no number": (set_text("settings.toml", b"window = '1'"), "at window: wants a whole"),
    "window 0": (set_text("settings.toml", b"window = 0"), "from 1 to 65535"),
    "window yes": (set_text("settings.toml", b"window = true"), "from 1 to 65535"),
    "another central": (set_text("settings.toml", b"central = 'mysql://x/y'"), "at central"),
    "no settings": (lambda h: h.settings_file.unlink(), "There are no records in"),
    "settings are a folder": (
        lambda h: (h.settings_file.unlink(), h.settings_file.mkdir()),
        "Is a directory",
    ),
    "lock is a folder": (lambda h: ((h.path / "lock").unlink(), (h.path / "lock").mkdir()), "lock"),
}
for _name in ("window.db", "central.db"):
    _sentence = f"{_name} is damaged or does not fit its key"
    for _size in (0, 100, 4096, 100_000):
        DAMAGE[f"{_name} cut to {_size}"] = (
            lambda h, n=_name, s=_size: os.truncate(h.path / n, s),
            _sentence,
        )
    DAMAGE[f"{_name} is rubbish"] = (set_text(_name, b"rubbish " * 5000), _sentence)
    DAMAGE[f"{_name} is gone"] = (lambda h, n=_name: (h.path / n).unlink(), _sentence)
    DAMAGE[f"{_name} is another file"] = (
        lambda h, n=_name: (h.path / n).write_bytes(
            (h.central_file if n == "window.db" else h.window_file).read_bytes()
        ),
        _sentence,
    )


@pytest.mark.parametrize(("damage", "sentence"), DAMAGE.values(), ids=DAMAGE.keys())
def test_a_home_that_cannot_be_used(tmp_path, capsys, damage, sentence):
    home = small_home(tmp_path)
    damage(home)
    before = kept(home)
    table = tmp_path / "access.csv"
    table.write_text(ACCESS, encoding="utf-8")
    for words in (*COMMANDS, ["import", str(table)]):
        line = told(capsys, *words, "--home", str(home.path))
        if words[0] != "import" or sentence != "There are no records in":
            assert sentence in line
    assert kept(home) == before


@pytest.mark.parametrize("at", [0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.999])
@pytest.mark.parametrize("name", ["window.db", "central.db"])
def test_no_damaged_page_escapes_verify(tmp_path, capsys, name, at):
    """Even where it lies in an index that nothing asks."""
    home = small_home(tmp_path)
    overwrite(home.path / name, at)
    before = kept(home)
    assert told(capsys, "verify", "--home", str(home.path)).startswith(f"{name} is damaged")
    assert kept(home) == before


HOLDER = """
import sys
from pathlib import Path
from boxoffice.records.lock import HomeLock
with HomeLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_home_that_another_program_has_open(tmp_path, capsys):
    home = small_home(tmp_path)
    table = tmp_path / "access.csv"
    table.write_text(ACCESS, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(main.__file__).parent,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        before = kept(home)
        for words in (*COMMANDS, ["import", str(table)]):
            line = told(capsys, *words, "--home", str(home.path))
            assert line.startswith(f"Another program has {home.path} open.")
        assert kept(home) == before
        holder.kill()  # however it ends, the lock ends with it
    assert main.main(["verify", "--home", str(home.path)]) == 0


def test_an_old_copy_is_found(tmp_path, capsys):
    """A window's file restored from a backup does not go on under its old numbers."""
    home = small_home(tmp_path)
    home.head_file.write_text(f"    1 {7:12d} {'ab' * 32}\n", encoding="ascii")
    before = kept(home)
    (courts,) = [f for f in catalogue_files(tmp_path) if f.name == "courts.csv"]
    line = told(capsys, "import", str(courts), "--home", str(home.path))
    assert "window.db ends at entry 0, but entry 7 was written before" in line
    assert kept(home) == before
    assert main.main(["verify", "--home", str(home.path)]) == 1


NO_HOME: dict[str, Callable[[Path], Path]] = {
    "nothing": lambda folder: folder / "nowhere",
    "empty folder": lambda folder: folder,
    "a file": lambda folder: folder / "file",
    "below a file": lambda folder: folder / "file" / "home",
}


@pytest.mark.parametrize("where", NO_HOME.values(), ids=NO_HOME.keys())
def test_where_there_is_no_home(tmp_path, capsys, where):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    for words in COMMANDS:
        line = told(capsys, *words, "--home", str(where(tmp_path)))
        assert "There are no records in" in line
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["file", "file/home", "x" * 300], ids=["file", "below", "long"])
def test_where_no_home_can_be(tmp_path, capsys, name):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    table = tmp_path / "access.csv"
    table.write_text(ACCESS, encoding="utf-8")
    line = told(capsys, "import", str(table), "--home", str(tmp_path / name))
    assert "cannot be written or read" in line
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
    assert told(capsys, "verify", "--home", str(tmp_path / name))
