"""Every order is what its last journal entry says: nothing was changed past the journal."""

from __future__ import annotations

from collections.abc import Iterator

from boxoffice.verify.sides import ENTRY, Finding, Side, Sides, WindowSide

RULE = "orders"


def check(sides: Sides) -> Iterator[Finding]:
    """Central has every journal; a window has its own, and is compared with central."""
    sides.checked["orders"] = len(sides.central.orders)
    sides.checked["reviews"] = sum(len(entries) for entries in sides.reviews.values())
    yield from _journalled(sides, sides.central, missing=True)
    for window in sides.windows:
        yield from _journalled(sides, window, missing=False)
        yield from _same(window, sides)


def _journalled(sides: Sides, side: Side, *, missing: bool) -> Iterator[Finding]:
    for order_id, seen in side.orders.items():
        record = f"{side.name}: order {seen.number or order_id}"
        entry = side.last_entries.get(order_id)
        if entry is None:
            if missing:
                yield Finding(RULE, record, "no journal entry names it")
            continue
        if tuple(entry[:3]) in sides.reviews.get(order_id, ()):
            continue  # central could not apply it: it stands on the review list
        version = entry[ENTRY["order_version"]]
        if seen.version < version or (missing and seen.version != version):
            yield Finding(RULE, record, f"is version {seen.version}, the journal has {version}")
        elif seen.version == version and seen.digest != entry[ENTRY["order_digest"]]:
            yield Finding(RULE, record, "its rows do not fit the journal")
    for order_id in side.last_entries.keys() - side.orders.keys():
        if tuple(side.last_entries[order_id][:3]) in sides.reviews.get(order_id, ()):
            continue
        yield Finding(RULE, f"{side.name}: order {order_id}", "is in the journal, and is missing")


def _same(window: WindowSide, sides: Sides) -> Iterator[Finding]:
    here, there = window.orders, sides.central.orders
    on_the_way = window.unsent_orders | sides.not_read_yet(window)
    for order_id in sorted(here.keys() | there.keys()):
        if order_id in on_the_way:
            continue  # the push or the pull brings it
        if window.number in {entry[0] for entry in sides.reviews.get(order_id, ())}:
            continue  # the two do not agree, and the review list says so
        mine, theirs = here.get(order_id), there.get(order_id)
        if mine is None or theirs is None:
            seen = mine or theirs
            assert seen is not None
            where = "central" if mine is None else window.name
            yield Finding(
                "agreement", f"order {seen.number or order_id}", f"is only in the {where}'s file"
            )
        elif (mine.version, mine.digest) != (theirs.version, theirs.digest):
            yield Finding(
                "agreement",
                f"order {mine.number or order_id}",
                f"differs: version {mine.version} at {window.name}, {theirs.version} at central",
            )
