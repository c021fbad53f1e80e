"""The source as the rules of the house see it: every file, read and parsed once."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
PARTS = ("boxoffice", "ui", "scripts", "tests")


@dataclass(frozen=True)
class Source:
    """One Python file: its path as seen from the top of the house, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def ours_to_ship(self) -> bool:
        return not self.path.startswith("tests/")

    def walk(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))


@pytest.fixture(scope="session")
def house() -> Path:
    return HOUSE


@pytest.fixture(scope="session")
def sources() -> list[Source]:
    files = [HOUSE / "main.py", *(path for part in PARTS for path in (HOUSE / part).rglob("*.py"))]
    texts = {
        path.relative_to(HOUSE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(files)
    }
    return [Source(path, text, ast.parse(text, path)) for path, text in texts.items()]


@pytest.fixture(scope="session")
def tracked() -> dict[str, str]:
    """Every text file that is, or is about to be, kept in git."""
    if not (HOUSE / ".git").exists():
        pytest.skip("not a git checkout: nothing tells which files are kept")
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=HOUSE,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    texts = {}
    for name in filter(None, listed.split("\0")):
        path = HOUSE / name
        if path.is_file() and b"\0" not in (raw := path.read_bytes()):
            texts[name] = raw.decode("utf-8", errors="replace")
    return texts
