"""Where pages go: what every printer can do, and a folder that serves as one."""

from __future__ import annotations

import os
import re
import tempfile
import threading
from pathlib import Path
from typing import Protocol

from boxoffice import errors

_LONGEST_NAME = 80


class Printer(Protocol):
    """Anything that takes a PDF."""

    @property
    def name(self) -> str:
        """What staff call it."""

    def print(self, pdf: bytes, title: str) -> None:
        """Hand over a whole PDF; it returns once the pages were taken, not once they are out.

        Raises NoPrinter where there is no such printer: nothing came out. Raises PrinterTrouble
        for anything else, after which pages may or may not have come out.
        """


class FilePrinter:
    """Keeps every print as a PDF file in a folder, whole or not at all, and never over another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._one_at_a_time = threading.Lock()

    @property
    def name(self) -> str:
        """The folder."""
        return str(self.folder)

    def print(self, pdf: bytes, title: str) -> None:
        """Write the PDF under its title, numbered where there is one of that name.

        Raises PrinterTrouble where the folder does not take it.
        """
        try:
            with self._one_at_a_time:
                self._write(pdf, _file_name(title))
        except OSError as error:
            raise errors.PrinterTrouble(printer=self.name, why=str(error)) from error

    def _write(self, pdf: bytes, stem: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".part", delete=False) as file:
            part = Path(file.name)
            try:
                file.write(pdf)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                part.unlink()
                raise
        part.replace(self._free(stem))

    def _free(self, stem: str) -> Path:
        path, number = self.folder / f"{stem}.pdf", 1
        while path.exists():
            number += 1
            path = self.folder / f"{stem} ({number}).pdf"
        return path


def _file_name(title: str) -> str:
    """The title as a file name that any file system takes."""
    cleaned = re.sub(r"[^\w.()+-]+", " ", title).strip(" .")
    return cleaned[:_LONGEST_NAME].rstrip(" .") or "print"
