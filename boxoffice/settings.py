"""Settings of one home: a single TOML file, and the folders beside it."""

from __future__ import annotations

import logging
import logging.handlers
import os
import re
import tomllib
from dataclasses import dataclass, fields
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from boxoffice import addresses
from boxoffice.errors import BadSetting, DiskTrouble

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
"""Icons, fonts, translations and the demo catalogue that ship with the program."""


class HomeKind(StrEnum):
    """What a home is for; of the windows' only a real one takes real money."""

    REAL = "real"
    TRAINING = "training"
    DEMO = "demo"
    CENTRAL = "central"
    """No window: the keys and the address with which the central records are looked after."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the people who run the venue may set; every field has a working default."""

    kind: HomeKind = HomeKind.REAL
    window: int = 1
    """Number of this window, 1 to 65535; it stands in every code signed here."""
    language: str = "zh_CN"
    central: str = ""
    """Address of the central records on a server, without a password; empty means the file beside
    the window's own."""
    central_schema: str = "boxoffice"
    """In which schema of that server they lie."""
    central_user: str = ""
    """As whom a central home signs in there; a window has a name of its own."""
    venue_zh: str = "网球中心"
    venue_en: str = "Tennis Centre"
    event_zh: str = "网球公开赛"
    event_en: str = "Tennis Open"
    ticket_printer: str = ""
    """Name of a system printer; empty means PDF files in the folder `prints`."""
    receipt_printer: str = ""
    hold_minutes: int = 10
    """How long a basket keeps its seats without being paid."""
    reservation_minutes: int = 120
    """How long a reservation waits for its money unless the clerk says otherwise."""
    reservation_ends_before_start_minutes: int = 30
    """A reservation ends so long before its session starts, however long it was made for."""
    void_minutes: int = 15
    """How long a clerk may void a sale of their own shift without a second person."""
    refund_limit_fen: int = 200_000
    """Refunds of one order above this (fen) need a second person."""
    lock_minutes: int = 5
    """After how long without a key or the mouse the window locks itself; 0 is never."""
    card_apart: int = 1
    """Whether cards are taken at a terminal that stands alone: 1 or 0."""
    complimentary: int = 1
    """Whether tickets may be given away here, with a second person: 1 or 0."""
    training_time: str = ""
    """When the clock of a training home starts, as `import --at` was told; "" is now."""
    scale: int = 100
    """Size of everything on the screen, in per cent."""


LANGUAGES = ("zh_CN", "en")
LIMITS = {
    "window": (1, 65535),
    "hold_minutes": (1, 120),
    "reservation_minutes": (5, 20160),
    "reservation_ends_before_start_minutes": (0, 1440),
    "void_minutes": (0, 1440),
    "refund_limit_fen": (0, 100_000_000),
    "lock_minutes": (0, 240),
    "card_apart": (0, 1),
    "complimentary": (0, 1),
    "scale": (75, 300),
}


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds everything of one window."""

    path: Path

    @property
    def settings_file(self) -> Path:
        return self.path / "settings.toml"

    @property
    def window_file(self) -> Path:
        return self.path / "window.db"

    @property
    def central_file(self) -> Path:
        return self.path / "central.db"

    @property
    def key_file(self) -> Path:
        return self.path / "keys.json"

    @property
    def ca_file(self) -> Path:
        """Certificate of who certifies the server of the central records; it came with the home."""
        return self.path / "central-ca.pem"

    @property
    def enrolment_file(self) -> Path:
        """Where an enrolment file is looked for that nobody named."""
        return self.path / "enrolment.json"

    @property
    def head_file(self) -> Path:
        """Last journal number and hash, kept outside the records so that a cut tail shows."""
        return self.path / "head"

    @property
    def prints(self) -> Path:
        return self.path / "prints"

    @property
    def making_file(self) -> Path:
        """Stands here while a home is being made: what lies beside it is unfinished."""
        return self.path / "making"

    @property
    def enrolling_file(self) -> Path:
        """Stands here until a new window of a central on a server has what it needs to sell."""
        return self.path / "enrolling"

    @property
    def exists(self) -> bool:
        """Whether a home was made here. Raises DiskTrouble where that cannot be seen."""
        try:
            return self.settings_file.exists()
        except OSError as error:
            raise DiskTrouble(file=str(self.path), why=error.strerror or "") from error

    @property
    def secrets_and_records(self) -> tuple[Path, ...]:
        """What must never be made anew over what is there, with the files SQLite puts beside."""
        records = (self.window_file, self.central_file)
        beside = [Path(f"{path}{end}") for path in records for end in ("-wal", "-shm")]
        return (self.key_file, *records, *beside, self.head_file)


def default_home(kind: HomeKind) -> Home:
    """Where records lie when no --home is given: the user's data folder, one per kind."""
    folder = "window" if kind is HomeKind.REAL else kind.value
    return Home(user_data_path("boxoffice", appauthor=False) / folder)


def load(home: Home) -> Settings:
    """Read the settings of a home.

    Raises BadSetting for text that is not TOML, an unknown key or an unusable value.
    """
    name = home.settings_file.name
    try:
        with home.settings_file.open("rb") as file:
            values: dict[str, Any] = tomllib.load(file)
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(file=name, key="its text", why=str(error)) from None
    except (UnicodeDecodeError, RecursionError):
        raise BadSetting(file=name, key="its text", why="it is no settings file in UTF-8") from None
    except OSError as error:
        raise DiskTrouble(file=str(home.settings_file), why=error.strerror or "") from error
    known = {field.name: field for field in fields(Settings)}
    for key, value in values.items():
        if key not in known:
            raise BadSetting(file=name, key=key, why="unknown key")
        problem = problem_with(key, value)
        if problem:
            raise BadSetting(file=name, key=key, why=problem)
    if "kind" in values:
        if values["kind"] not in set(HomeKind):
            raise BadSetting(file=name, key="kind", why=f"one of {', '.join(HomeKind)}")
        values["kind"] = HomeKind(values["kind"])
        if values["kind"] is HomeKind.CENTRAL and not values.get("central"):
            raise BadSetting(file=name, key="central", why="a central home wants its address")
    return Settings(**values)


def problem_with(key: str, value: object) -> str:
    """What is wrong with a setting; nothing where it can be used."""
    if key not in LIMITS and not isinstance(value, str):
        return "wants text in quotes"
    if key == "language" and value not in LANGUAGES:
        return f"one of {', '.join(LANGUAGES)}"
    if key == "central" and value:
        return _central_problem(str(value))
    if key == "central_schema" and not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", str(value)):
        return "small letters, digits and _, beginning with a letter"
    if key not in LIMITS:
        return ""
    low, high = LIMITS[key]
    fits = type(value) is int and low <= value <= high
    return "" if fits else f"wants a whole number from {low} to {high}"


def _central_problem(url: str) -> str:
    """What is wrong with an address of central records; nothing where it can be kept."""
    why = addresses.problem(url)
    if why or not addresses.has_login(url):
        return why
    return "no user and no password here: they come with the enrolment file"


def save(home: Home, settings: Settings) -> None:
    """Write the settings that differ from the defaults, and the kind always."""
    lines = []
    for field in fields(Settings):
        value = getattr(settings, field.name)
        if field.name == "kind" or value != field.default:
            text = str(value).replace("\\", "\\\\").replace('"', '\\"')
            lines.append(
                f"{field.name} = {value}" if type(value) is int else f'{field.name} = "{text}"'
            )
    keep_private(home.settings_file)
    try:
        home.settings_file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise DiskTrouble(file=str(home.settings_file), why=error.strerror or "") from error


def make_folder(home: Home) -> None:
    """Make the folder of a home where there is none, for its user alone. Raises DiskTrouble.

    One that has been there stays as open as it was: other things may lie in it.
    """
    try:
        home.path.parent.mkdir(parents=True, exist_ok=True)
        home.path.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise DiskTrouble(file=str(home.path), why=error.strerror or "") from error


def keep_private(path: Path) -> None:
    """Let nobody but its owner read a file of a home, which is made where there is none.

    What SQLite puts beside a file of records is as open as that file. Raises DiskTrouble.
    """
    try:
        if not path.exists():
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            return
        # Never opened here: closing it would undo the locks SQLite has on it in this process.
        found = path.stat()
        if found.st_mode & 0o077 and (os.name == "nt" or found.st_uid == os.geteuid()):
            path.chmod(0o600)
    except OSError as error:
        raise DiskTrouble(file=str(path), why=error.strerror or "") from error


class _Log(logging.handlers.RotatingFileHandler):
    """A log that is private, and so is each that takes its place."""

    def _open(self) -> TextIOWrapper:
        keep_private(Path(self.baseFilename))
        return super()._open()


def start_logging(home: Home) -> None:
    """Log to a rotating file in the home; never with names, documents, phones or codes."""
    handler = _Log(
        home.path / "boxoffice.log", maxBytes=2_000_000, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("boxoffice")
    root.setLevel(logging.INFO)
    stop_logging()
    root.addHandler(handler)


def stop_logging() -> None:
    """Close the log of the home that was open."""
    root = logging.getLogger("boxoffice")
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
