"""Disk, records, printers and clock."""

from __future__ import annotations

from boxoffice.errors.base import Broken


class HomeInUse(Broken):
    """Another program has this home open. Fields: home."""

    retry = True


class NewerRecords(Broken):
    """The file was written by a newer version. Fields: file, version, known."""


class RecordsUnreadable(Broken):
    """The file is damaged or its key is wrong. Fields: file."""


class KeyMissing(Broken):
    """The key of this home is not to be found. Fields: home."""


class DiskTrouble(Broken):
    """The disk is full, read-only or gone. Fields: file, why."""

    retry = True


class PrinterTrouble(Broken):
    """The printer did not take the page. Fields: printer, why."""

    retry = True


class NoPrinter(Broken):
    """No printer of that name. Fields: printer."""


class ClockBehind(Broken):
    """The computer's clock stands before the last journal entry. Fields: now, last."""

    retry = True


class RecordsBehind(Broken):
    """The file is older than what was last written outside it. Fields: file, number, known."""
