"""No class that others inherit from says a plural itself.

Qt asks for a text in the context of every class of an object, the youngest first, until one answers
something else than it was asked. For a plural that is always so, for the number was put in: the
context of the base is never asked, and the text stays English.
"""

from __future__ import annotations

import ast
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def test_plurals_are_said_by_classes_nobody_inherits_from() -> None:
    plurals: dict[str, list[str]] = {}
    inherited: set[str] = set()
    for file in sorted((PROJECT / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                inherited |= {base.id for base in node.bases if isinstance(base, ast.Name)}
                plurals.setdefault(node.name, []).extend(_plurals(node))
    assert sum(map(len, plurals.values())) > 50, "they are read from the source"
    assert {name: said for name, said in plurals.items() if said and name in inherited} == {}


def _plurals(node: ast.ClassDef) -> list[str]:
    return [
        ast.unparse(call.args[0])
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "tr"
        and len(call.args) > 1
    ]
