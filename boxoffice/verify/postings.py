"""Postings balance, and are those that the journal names: none changed, removed or added."""

from __future__ import annotations

import json
from collections.abc import Iterator

from boxoffice.verify.sides import ENTRY, Finding, Side, Sides, entry_name

RULE = "postings"


def check(sides: Sides) -> Iterator[Finding]:
    """Every side by itself."""
    sides.checked["postings"] = sides.central.count("SELECT count(*) FROM posting")
    for side in sides.all:
        yield from _one_side(side)


def _one_side(side: Side) -> Iterator[Finding]:
    posted: dict[tuple[int, int, int], list[tuple[int, list[object], object]]] = {}
    for window, epoch, number, line, account, amount, currency, order_id in side.store.all(
        "SELECT window_id, epoch, number, line, account, amount_fen, currency, order_id "
        "FROM posting ORDER BY window_id, epoch, number, line"
    ):
        entry = (window, epoch, number)
        posted.setdefault(entry, []).append((line, [account, amount, currency], order_id))
    for entry in side.journal:
        wanted = json.loads(entry[ENTRY["postings"]])
        found = posted.pop((entry[0], entry[1], entry[2]), [])
        yield from _one_entry(side, entry_name(entry), entry[ENTRY["order_id"]], wanted, found)
    for (window, epoch, number), rows in posted.items():
        yield Finding(
            RULE,
            f"{side.name}: posting {window}/{epoch}/{number} line {rows[0][0]}",
            "belongs to no journal entry",
        )


def _one_entry(
    side: Side,
    name: str,
    order_id: object,
    wanted: list[list[object]],
    found: list[tuple[int, list[object], object]],
) -> Iterator[Finding]:
    by_line = {line: values for line, values, _ in found}
    for line, values in enumerate(wanted, start=1):
        record = f"{side.name}: {name.replace('journal', 'posting')} line {line}"
        if line not in by_line:
            yield Finding(RULE, record, f"is missing; the journal has {values}")
        elif by_line[line] != values:
            yield Finding(RULE, record, f"is {by_line[line]}; the journal has {values}")
    for line, _, owner in found:
        record = f"{side.name}: {name.replace('journal', 'posting')} line {line}"
        if line > len(wanted):
            yield Finding(RULE, record, "is not in the journal")
        elif owner != order_id:
            yield Finding(RULE, record, "names another order than its journal entry")
    sums: dict[object, int] = {}
    for _, (_, amount, currency), _ in found:
        sums[currency] = sums.get(currency, 0) + int(str(amount))
    if any(sums.values()):
        yield Finding(RULE, f"{side.name}: {name}", f"does not balance: {sums}")
