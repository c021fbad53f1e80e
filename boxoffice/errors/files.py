"""Files, settings and commands."""

from __future__ import annotations

from boxoffice.errors.base import Broken, Refused


class BadFile(Refused):
    """An imported file is unreadable or of no known kind. Fields: file, why."""


class TrainingOnly(Refused):
    """`--at` is for demo and training homes. Fields: home."""


class DemoOnly(Refused):
    """`--demo` is for demo homes. Fields: home."""


class BadTime(Refused):
    """A time that cannot be read. Fields: text."""


class BadDay(Refused):
    """A business day that cannot be read. Fields: text."""


class TourStuck(Broken):
    """A tour waited in vain. Fields: step."""


class NoCatalogue(Refused):
    """Nothing was imported yet. Fields: home."""


class NoHome(Refused):
    """There are no records in that folder. Fields: home."""


class BadSetting(Refused):
    """The settings file holds something unusable. Fields: file, key, why."""


class NoFile(Refused):
    """There is no file or folder of that name. Fields: file."""


class NotWritten(Refused):
    """A file cannot be written where somebody wanted it. Fields: file, why."""


class FileStands(Refused):
    """A file would have to be replaced. Fields: file."""
