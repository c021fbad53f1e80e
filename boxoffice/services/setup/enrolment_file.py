"""The enrolment file: all a new window needs to know of its central records, on one errand."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path

from boxoffice import settings
from boxoffice.domain.signing import SEED_BYTES
from boxoffice.errors import BadEnrolment, DiskTrouble, FileStands, NoFile
from boxoffice.records.keys import KEY_BYTES

FORMAT = 1
MOST_BYTES = 1_000_000
"""No enrolment file is nearly as large."""


class Part(StrEnum):
    """What a file is for."""

    WINDOW = "window"
    """A new window, or a new epoch of one."""
    PASSWORD = "password"
    """Another password for a window that goes on with everything else it has."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Enrolment:
    """What stands in the file; secrets in hexadecimal but for the password."""

    format: int = FORMAT
    part: Part = Part.WINDOW
    address: str
    """URL of the central records, without user and password."""
    schema: str
    password: str
    """Good for one login: the window changes it at once."""
    window: int
    name: str
    epoch: int
    root: str
    """Public key of the central home."""
    ca: str = ""
    """PEM certificate of who certifies the server."""
    personal: str = ""
    hashing: str = ""
    pepper: str = ""
    signing: str = ""
    training_time: str = ""
    language: str = "zh_CN"
    venue_zh: str = ""
    venue_en: str = ""
    event_zh: str = ""
    event_en: str = ""


SECRETS = {
    "root": SEED_BYTES,
    "personal": KEY_BYTES,
    "hashing": KEY_BYTES,
    "signing": SEED_BYTES,
}


def write(path: Path, enrolment: Enrolment) -> None:
    """Write it where nobody else reads it (0600). Raises FileStands, DiskTrouble."""
    text = json.dumps(asdict(enrolment), ensure_ascii=False, indent=1) + "\n"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise FileStands(file=str(path)) from None
    except OSError as error:
        raise DiskTrouble(file=str(path), why=error.strerror or "") from error


def read(path: Path) -> Enrolment:
    """Read one.

    Raises BadEnrolment for anything else, NoFile where there is nothing, DiskTrouble where it
    cannot be read.
    """
    try:
        if not path.exists():
            raise NoFile(file=str(path))
        if path.is_dir():
            raise BadEnrolment(file=path.name, why="enrolment_file")
        if path.stat().st_size > MOST_BYTES:
            raise BadEnrolment(file=path.name, why="enrolment_file")
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DiskTrouble(file=str(path), why=error.strerror or "") from error
    except (ValueError, RecursionError):
        raise BadEnrolment(file=path.name, why="enrolment_file") from None
    if not isinstance(found, dict) or type(found.get("format")) is not int:
        raise BadEnrolment(file=path.name, why="enrolment_file")
    if found["format"] > FORMAT:
        raise BadEnrolment(file=path.name, why="enrolment_version")
    try:
        enrolment = Enrolment(**found)
    except TypeError:
        raise BadEnrolment(file=path.name, why="enrolment_file") from None
    if not _whole(enrolment):
        raise BadEnrolment(file=path.name, why="enrolment_file")
    return enrolment


def _whole(found: Enrolment) -> bool:
    for field in fields(Enrolment):
        value = getattr(found, field.name)
        number = field.name in ("format", "window", "epoch")
        if not (type(value) is int if number else isinstance(value, str)):
            return False
    if found.part not in set(Part) or not (found.password and found.password.isascii()):
        return False
    if not found.address or settings.problem_with("central", found.address):
        return False
    if any(settings.problem_with(key, value) for key, value in settings_of(found).items()):
        return False
    if found.epoch < 1 or "\x00" in found.password:
        return False
    wanted = SECRETS if found.part == Part.WINDOW else {"root": SEED_BYTES}
    return all(_is_secret(getattr(found, name), size) for name, size in wanted.items()) and (
        not found.pepper or _is_secret(found.pepper, KEY_BYTES)
    )


def settings_of(found: Enrolment) -> dict[str, object]:
    """What goes into the settings of the window, but for its kind."""
    named = ("language", "venue_zh", "venue_en", "event_zh", "event_en", "training_time")
    return {
        "window": found.window,
        "central": found.address,
        "central_schema": found.schema,
        **{name: value for name in named if (value := getattr(found, name))},
    }


def _is_secret(text: str, size: int) -> bool:
    try:
        return len(bytes.fromhex(text)) == size
    except ValueError:
        return False
