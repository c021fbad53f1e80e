"""Statements of days are the folds of what they say they read, numbered without gaps."""

from __future__ import annotations

from collections.abc import Iterator

import peewee

from boxoffice.queries import statements
from boxoffice.queries.statements import Head, Statement
from boxoffice.verify.sides import ENTRY, Finding, Side, Sides

RULE = "statements"


def check(sides: Sides) -> Iterator[Finding]:
    """At central, which alone has them."""
    side = sides.central
    sides.checked["statements"] = side.count("SELECT count(*) FROM day_statement")
    if sides.checked["statements"]:
        yield from _numbers(side)
        hashes = {
            (entry[0], entry[1], entry[2]): str(entry[ENTRY["hash"]]) for entry in side.journal
        }
        for (day,) in side.store.all("SELECT DISTINCT business_day FROM day_statement ORDER BY 1"):
            yield from _day(side, str(day), hashes)


def _numbers(side: Side) -> Iterator[Finding]:
    last, parts, day = 0, 0, ""
    for number, part, business_day in side.store.all(
        "SELECT number, part, business_day FROM day_statement ORDER BY number, part"
    ):
        record = f"statement {number}.{part}"
        if number != last:
            if number != last + 1:
                yield Finding(RULE, record, f"follows number {last}")
            last, parts, day = number, -1, business_day
        if part != parts + 1:
            yield Finding(RULE, record, f"follows part {parts}")
        if business_day != day:
            yield Finding(RULE, record, f"is of {business_day}, and its statement of {day}")
        parts = part


def _day(
    side: Side, business_day: str, hashes: dict[tuple[int, int, int], str]
) -> Iterator[Finding]:
    try:
        kept = statements.of_day(side.store, business_day)
    except (LookupError, TypeError, ValueError) as why:
        yield Finding(RULE, f"statement of {business_day}", f"cannot be read: {why}")
        return
    since: tuple[Head, ...] = ()
    for one in kept:
        yield from _one(side, business_day, one, since, hashes)
        since = one.day.heads


def _one(
    side: Side,
    business_day: str,
    one: Statement,
    since: tuple[Head, ...],
    hashes: dict[tuple[int, int, int], str],
) -> Iterator[Finding]:
    record = f"statement {one.name}"
    for head in one.day.heads:
        if hashes.get((head.window, head.epoch, head.number)) != head.hash:
            where = f"{head.window}/{head.epoch}/{head.number}"
            yield Finding(RULE, record, f"names a head that journal {where} does not have")
    try:
        again = statements.fold_day(side.store, business_day, one.day.heads, since)
    except (TypeError, ValueError, peewee.DatabaseError) as why:
        yield Finding(RULE, record, f"cannot be folded again: {why}")
        return
    if again.content() != one.day.content():
        yield Finding(RULE, record, "is not the fold of the entries and postings it names")
