"""The window sells what central has on sale: the same catalogue, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from boxoffice.central import pulling
from boxoffice.verify.sides import Finding, Sides, WindowSide

RULE = "catalogue"

Rows = dict[str, list[tuple[Any, ...]]]
"""Rows by table."""


def check(sides: Sides) -> Iterator[Finding]:
    """Every row of the catalogue and of the operators, where a window has the newest of them."""
    for key in pulling.GROUPS:
        theirs = pulling.group(sides.central.store, key)
        newest = int(sides.central.fact(key) or 0)
        for window in sides.windows:
            if int(window.fact(key) or 0) < newest:
                continue  # the next pull brings it
            yield from _same(window, pulling.group(window.store, key), theirs)


def _same(window: WindowSide, mine: Rows, theirs: Rows) -> Iterator[Finding]:
    for table in mine:
        for row in sorted(set(mine[table]) ^ set(theirs[table]), key=str)[:1]:
            side = window.name if row in mine[table] else "central"
            yield Finding(RULE, f"{table} {row[0]}", f"is only in the {side}'s file like this")
