"""Windows at a central on a server: homes of their own, one small catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from boxoffice import settings
from boxoffice.settings import Home, HomeKind, Settings
from tests import servers
from tests.homes import AtWork, at_work, small_home


def window_home(folder: Path, database: str, window: int) -> Home:
    """A home of one of the windows the pattern database knows (1 and 2)."""
    return home_at(
        folder, "postgresql://" + servers.database_url(database).split("@", 1)[1], window
    )


def home_at(folder: Path, url: str, window: int) -> Home:
    """The same with central at an address, given without a name and a password."""
    folder.mkdir(parents=True, exist_ok=True)
    home = small_home(folder)
    settings.save(home, Settings(kind=HomeKind.TRAINING, window=window, central=url))
    keys = json.loads(home.key_file.read_text(encoding="ascii"))
    home.key_file.write_text(json.dumps({**keys, "password": servers.PASSWORD}), encoding="ascii")
    home.central_file.unlink()
    return home


@contextmanager
def two_windows(folder: Path) -> Iterator[tuple[AtWork, AtWork]]:
    """Windows 1 and 2 at one central on a server, both at work."""
    database = servers.fresh_database()
    with ExitStack() as ending:
        one, two = (
            ending.enter_context(at_work(window_home(folder / str(n), database, n))) for n in (1, 2)
        )
        yield one, two
