"""Every order is what its last journal entry says: nothing was changed past the journal."""

from __future__ import annotations

from collections.abc import Iterator

from boxoffice.verify.sides import ENTRY, Finding, Side, Sides

RULE = "orders"


def check(sides: Sides) -> Iterator[Finding]:
    """Central has every journal; the window has its own, and is compared with central."""
    sides.checked["orders"] = len(sides.central.orders)
    yield from _journalled(sides.central, missing=True)
    yield from _journalled(sides.window, missing=False)
    yield from _same(sides)


def _journalled(side: Side, *, missing: bool) -> Iterator[Finding]:
    for order_id, seen in side.orders.items():
        record = f"{side.name}: order {seen.number or order_id}"
        entry = side.last_entries.get(order_id)
        if entry is None:
            if missing:
                yield Finding(RULE, record, "no journal entry names it")
            continue
        version = entry[ENTRY["order_version"]]
        if seen.version < version or (missing and seen.version != version):
            yield Finding(RULE, record, f"is version {seen.version}, the journal has {version}")
        elif seen.version == version and seen.digest != entry[ENTRY["order_digest"]]:
            yield Finding(RULE, record, "its rows do not fit the journal")
    for order_id in side.last_entries.keys() - side.orders.keys():
        yield Finding(RULE, f"{side.name}: order {order_id}", "is in the journal, and is missing")


def _same(sides: Sides) -> Iterator[Finding]:
    here, there = sides.window.orders, sides.central.orders
    for order_id in sorted(here.keys() | there.keys()):
        if order_id in sides.unsent_orders:
            continue  # on its way: the push brings it
        mine, theirs = here.get(order_id), there.get(order_id)
        if mine is None or theirs is None:
            seen = mine or theirs
            assert seen is not None
            where = "central" if mine is None else "window"
            yield Finding(
                "agreement", f"order {seen.number or order_id}", f"is only in the {where}'s file"
            )
        elif (mine.version, mine.digest) != (theirs.version, theirs.digest):
            yield Finding(
                "agreement",
                f"order {mine.number or order_id}",
                f"differs: version {mine.version} here, {theirs.version} at central",
            )
