"""Chains are unbroken: numbers without gaps, each entry naming the one before, no tail cut off."""

from __future__ import annotations

from collections.abc import Iterator

from boxoffice.records.head_file import read_head_file
from boxoffice.records.journal import CENTRAL_CHAIN, FIRST, entry_hash
from boxoffice.verify.sides import ENTRY, Finding, Side, Sides, WindowSide, entry_name

RULE = "chains"


def check(sides: Sides) -> Iterator[Finding]:
    """Each side's chains by themselves, then the heads it keeps of another's."""
    sides.checked["journal"] = len(sides.central.journal)
    for side in sides.all:
        yield from _unbroken(side)
    for window in sides.windows:
        yield from _heads_of_each_other(window, sides.central)
        yield from _head_outside(window)


def _unbroken(side: Side) -> Iterator[Finding]:
    last: dict[tuple[int, int], tuple[int, str]] = {}
    for entry in side.journal:
        chain = (entry[0], entry[1])
        number, previous = last.get(chain, (0, FIRST))
        name = f"{side.name}: {entry_name(entry)}"
        if entry[ENTRY["number"]] != number + 1:
            yield Finding(RULE, name, f"entries {number + 1} to {entry[2] - 1} are missing")
        elif entry[ENTRY["previous"]] != previous:
            yield Finding(RULE, name, "does not name the entry before it")
        content = entry[:-1]
        if entry_hash(content) != entry[-1]:
            yield Finding(RULE, name, "its content does not fit its hash")
        last[chain] = (entry[2], entry[-1])
    own = {chain: head for chain, head in side.heads.items() if _keeps(side, chain)}
    for chain in sorted({*own, *last}):
        kept, found = side.heads.get(chain), last.get(chain, (0, FIRST))
        if kept != found:
            yield Finding(
                RULE,
                f"{side.name}: journal {chain[0]}/{chain[1]}/{found[0]}",
                f"is the last entry, but entry {kept[0] if kept else 0} was",
            )


def _keeps(side: Side, chain: tuple[int, int]) -> bool:
    """A window keeps the head of central's chain, not its entries."""
    return side.name == "central" or chain[0] != CENTRAL_CHAIN


def _heads_of_each_other(window: WindowSide, central: Side) -> Iterator[Finding]:
    chain = (window.number, window.epoch)
    mine = {entry[2]: entry[-1] for entry in window.journal if (entry[0], entry[1]) == chain}
    theirs = [entry for entry in central.journal if (entry[0], entry[1]) == chain]
    for entry in theirs:
        if mine.get(entry[2]) != entry[-1]:
            yield Finding(
                RULE,
                f"{window.name}: {entry_name(entry)}",
                "is missing" if entry[2] not in mine else "differs from central's",
            )
            break
    last = theirs[-1][2] if theirs else 0
    if last < window.pushed:
        yield Finding(
            RULE,
            f"central: journal {chain[0]}/{chain[1]}/{last}",
            f"is the last entry, but central had confirmed {window.pushed}",
        )
    kept = window.heads.get((CENTRAL_CHAIN, 1))
    own = {entry[2]: entry[-1] for entry in central.journal if entry[0] == CENTRAL_CHAIN}
    if kept is not None and kept[0] and own.get(kept[0]) != kept[1]:
        yield Finding(
            RULE,
            f"central: journal {CENTRAL_CHAIN}/1/{kept[0]}",
            f"is not what the {window.name} was told central's last entry is",
        )


def _head_outside(window: WindowSide) -> Iterator[Finding]:
    outside = None if window.head_file is None else read_head_file(window.head_file)
    if outside is None:
        return
    epoch, number, hashed = outside
    entries = {entry[2]: entry[-1] for entry in window.journal if entry[1] == epoch}
    if entries.get(number) != hashed:
        yield Finding(
            RULE,
            f"{window.name}: journal {window.number}/{epoch}/{number}",
            "is kept outside the file as the last entry, and the file does not have it",
        )
