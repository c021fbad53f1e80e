"""The machine mark: which computer and folder a home belongs to, kept outside the home (rule 16).

A home that was copied, or put back from a backup, comes with its mark and does not fit what this
computer remembers. Real homes are marked at their first start; training and demo homes are copied
freely (trainers, tours, rehearsals, tests), take no real money, and carry a mark only where
somebody asked for one with `mark`: what carries none never raises an alarm.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_state_path

from boxoffice.domain.ids import new_id
from boxoffice.errors import DiskTrouble
from boxoffice.records.store import Store
from boxoffice.settings import Home

FOLDER = "BOXOFFICE_STATE"
"""Environment variable with another folder for what this computer remembers."""
HOME, MACHINE, STARTS = "home", "machine", "starts"
FACTS = (HOME, MACHINE, STARTS)
"""In `meta` of a marked home; who takes them away makes it a home without a mark."""


@dataclass(frozen=True, slots=True)
class _Memory:
    """What this computer remembers of a home."""

    path: str
    starts: int


def mark(store: Store, home: Home) -> None:
    """Bind a home to this computer and this folder. Raises DiskTrouble."""
    home_id = new_id()
    with store.transaction():
        for key, value in zip(FACTS, (home_id, _machine(), "1"), strict=True):
            _set(store, key, value)
    _remember(home_id, _Memory(str(home.path.resolve()), 1))


def strange(store: Store, home: Home) -> str:
    """Why a marked home is not the one this computer knows; nothing for the right one.

    machine: it was made on another computer; place: it also lies elsewhere on this one; older: it
    was started here more often than it remembers. The right one is counted as started. Raises
    DiskTrouble.
    """
    why = _why(store, home)
    if why or not marked(store):
        return why
    # First in the file: what this computer remembers may lag behind it, never be ahead.
    starts = int(_get(store, STARTS) or 0) + 1
    with store.transaction():
        _set(store, STARTS, str(starts))
    _remember(_get(store, HOME), _Memory(str(home.path.resolve()), starts))
    return ""


def head_file(store: Store, home: Home) -> Path | None:
    """Where this computer keeps the head of a marked home, beside the one in the home itself.

    A folder that is put back whole brings its own head along; this one it does not bring. None for
    a home without a mark, or that this computer does not know at this place. Raises DiskTrouble.
    """
    home_id = _get(store, HOME)
    known = _recall(home_id) if home_id else None
    if known is None or known.path != str(home.path.resolve()):
        return None
    path = _folder() / "heads" / home_id
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DiskTrouble(file=str(path), why=error.strerror or "") from error
    return path


def twin(store: Store, home: Home) -> bool:
    """Whether this computer knows of newer records of this home, or of the same elsewhere."""
    return _why(store, home) in ("older", "place")


def _why(store: Store, home: Home) -> str:
    home_id = _get(store, HOME)
    if not home_id:
        return ""
    if _get(store, MACHINE) != _machine():
        return "machine"
    here, starts = str(home.path.resolve()), int(_get(store, STARTS) or 0)
    known = _recall(home_id)
    if known is not None and known.starts > starts:
        return "older"
    # A folder that was moved, not copied, is no longer where it was.
    if known is not None and known.path != here and Home(Path(known.path)).window_file.exists():
        return "place"
    return ""


def marked(store: Store) -> bool:
    """Whether a home carries a mark."""
    return bool(_get(store, HOME))


def _folder() -> Path:
    named = os.environ.get(FOLDER)
    return Path(named) if named else user_state_path("boxoffice", appauthor=False)


def _machine() -> str:
    """The random mark of this computer, made when it is first asked for."""
    path = _folder() / "machine"
    with suppress(FileNotFoundError):
        return _read(path)
    _write(path, new_id())
    return _read(path)


def _recall(home_id: str) -> _Memory | None:
    try:
        found = json.loads(_read(_folder() / "homes" / home_id))
        return _Memory(str(found["path"]), int(found["starts"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None  # what this computer forgot raises no alarm


def _remember(home_id: str, memory: _Memory) -> None:
    text = json.dumps({"path": memory.path, "starts": memory.starts})
    _write(_folder() / "homes" / home_id, text)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise
    except (OSError, UnicodeDecodeError) as error:
        raise DiskTrouble(file=str(path), why=str(error)) from error


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text + "\n", encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise DiskTrouble(file=str(path), why=error.strerror or "") from error


def _get(store: Store, key: str) -> str:
    found = store.first("SELECT value FROM meta WHERE key = ?", (key,))
    return "" if found is None else str(found[0])


def _set(store: Store, key: str, value: str) -> None:
    store.run(
        "INSERT INTO meta (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )
