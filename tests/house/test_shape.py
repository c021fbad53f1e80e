"""How files are cut and named."""

from __future__ import annotations

import ast
from pathlib import Path

CEILING = 400
# Words that say nothing about what is inside.
EMPTY_NAMES = {
    "utils",
    "util",
    "helpers",
    "manager",
    "helper",
    "repository",
    "bus",
    "container",
    "common",
    "misc",
}


def test_no_file_is_longer_than_the_ceiling(sources):
    long = {s.path: s.text.count("\n") for s in sources if s.text.count("\n") > CEILING}
    assert not long


def test_every_package_says_what_it_is_for(house: Path):
    folders = {path.parent for part in ("boxoffice", "ui") for path in (house / part).rglob("*.py")}
    silent = [
        str(folder.relative_to(house))
        for folder in folders
        if not (folder / "__init__.py").exists()
        or not ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    ]
    assert not sorted(silent)


def test_every_module_says_what_it_is_for(sources):
    silent = [s.path for s in sources if s.ours_to_ship and not ast.get_docstring(s.tree)]
    assert not silent


def test_no_module_has_an_empty_name(sources):
    empty = [s.path for s in sources if EMPTY_NAMES & set(Path(s.path).stem.split("_"))]
    assert not empty
