"""What lies in a home is for its owner alone, whatever the umask of who made it."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.settings import Home, HomeKind, Settings
from tests.faults.acts import pay, take
from tests.homes import at_work, small_home


@pytest.fixture(autouse=True)
def wide_open() -> Iterator[None]:
    """Who makes a home lets others read what they make."""
    before = os.umask(0o000)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


@pytest.mark.parametrize("kind", [HomeKind.DEMO, HomeKind.TRAINING, HomeKind.REAL])
def test_a_new_home_is_open_to_its_owner_only(tmp_path: Path, kind: HomeKind) -> None:
    home = Home(tmp_path / "there" / "home")
    bootstrap.make_home(home, Settings(kind=kind))
    assert stat.S_IMODE(home.path.stat().st_mode) == 0o700
    found = modes(home.path)
    assert {"central.db", "window.db", "settings.toml"} <= found.keys()
    assert set(found.values()) == {0o600}


def test_so_is_what_is_put_beside_while_it_is_at_work(tmp_path: Path) -> None:
    home = small_home(tmp_path)
    with at_work(home) as work:
        pay(work, take(work, (1, 5)))
        logging.getLogger("boxoffice").info("something happened")
        found = modes(home.path)
        files = {n: mode for n, mode in found.items() if not (home.path / n).is_dir()}
        assert {"central.db-wal", "window.db-wal", "window.db-shm", "boxoffice.log"} <= found.keys()
        assert set(files.values()) == {0o600}


def test_files_that_others_could_read_are_closed_by_the_next_start(tmp_path: Path) -> None:
    home = small_home(tmp_path)
    home.window_file.chmod(0o644)
    home.central_file.chmod(0o644)
    with bootstrap.open_office(home):
        found = modes(home.path)
    assert found["window.db"] == found["central.db"] == 0o600


def test_a_folder_that_was_there_stays_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o755)
    bootstrap.make_home(Home(folder), Settings(kind=HomeKind.DEMO))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755
    assert set(modes(folder).values()) == {0o600}
