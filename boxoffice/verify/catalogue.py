"""The window sells what central has on sale: the same catalogue, row by row."""

from __future__ import annotations

from collections.abc import Iterator

from boxoffice.central import pulling
from boxoffice.verify.sides import Finding, Sides

RULE = "catalogue"


def check(sides: Sides) -> Iterator[Finding]:
    """Every row of the catalogue and of the operators on both sides."""
    for key in pulling.GROUPS:
        mine = pulling.group(sides.window.store, key)
        theirs = pulling.group(sides.central.store, key)
        for table in mine:
            for row in sorted(set(mine[table]) ^ set(theirs[table]), key=str)[:1]:
                side = "window" if row in mine[table] else "central"
                yield Finding(RULE, f"{table} {row[0]}", f"is only in the {side}'s file like this")
