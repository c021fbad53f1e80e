"""docs/central.md names for every rule of custody the tests that hold it: they exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
RULES = 29
_ROW = re.compile(r"^\| (\d+) \|.*\| (.*) \|$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
MEASURED = "python -m tests.bench "


def table() -> dict[int, str]:
    """What stands in the last column, by rule."""
    text = (HOUSE / "docs" / "central.md").read_text(encoding="utf-8")
    return {int(number): tests for number, tests in _ROW.findall(text)}


def test_every_rule_has_its_test() -> None:
    found = table()
    assert list(found) == list(range(1, RULES + 1))
    assert [n for n, tests in found.items() if not _TEST.search(tests)] == [29]
    assert MEASURED in found[29]


def test_every_test_that_is_named_exists() -> None:
    named = {place for tests in table().values() for place in _TEST.findall(tests)}
    assert len(named) >= RULES
    missing = [f"{file}::{name}" for file, name in sorted(named) if name not in defined_in(file)]
    assert missing == []


def defined_in(file: str) -> set[str]:
    """Names of the tests of a file, none where there is no such file."""
    path = HOUSE / file
    if not path.exists():
        return set()
    nodes = ast.parse(path.read_text(encoding="utf-8")).body
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
