"""Printers and other devices behind small protocols."""
from __future__ import annotations

from pathlib import Path
from typing import Protocol


class Printer(Protocol):
    name: str
    def print(self, pdf: bytes, title: str) -> None: ...
class FilePrinter:
    name = "file"
    def __init__(self, folder: Path) -> None:
        self.folder = folder
    def print(self, pdf: bytes, title: str) -> None:
        self.folder.mkdir(exist_ok=True)
        (self.folder / (title.replace("/", "-") + ".pdf")).write_bytes(pdf)
class SystemPrinter(FilePrinter):
    pass
