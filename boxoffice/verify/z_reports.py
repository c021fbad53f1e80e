"""Z reports are the fold of their postings, numbered without gaps; a closed shift has its own."""

from __future__ import annotations

from collections.abc import Iterator

import peewee

from boxoffice.queries import folding, reports
from boxoffice.records.store import Row
from boxoffice.verify.sides import ENTRY, Finding, Side, Sides, WindowSide, entry_name

RULE = "z_reports"


def check(sides: Sides) -> Iterator[Finding]:
    """Every side by itself, then that central has what the window reported."""
    sides.checked["shifts"] = sides.central.count("SELECT count(*) FROM shift")
    sides.checked["z_reports"] = sides.central.count("SELECT count(*) FROM z_report")
    for side in sides.all:
        yield from _numbers(side)
        yield from _folds(side)
        yield from _shifts(side)
    for window in sides.windows:
        yield from _same(window, sides.central)


def _name(window: object, epoch: object, number: object) -> str:
    return f"Z {window}/{epoch}/{number}"


def _numbers(side: Side) -> Iterator[Finding]:
    last: dict[tuple[int, int], int] = {}
    for window, epoch, number in side.store.all(
        "SELECT window_id, epoch, number FROM z_report ORDER BY window_id, epoch, number"
    ):
        before = last.get((window, epoch), 0)
        if number != before + 1:
            yield Finding(
                RULE,
                f"{side.name}: {_name(window, epoch, number)}",
                f"follows number {before}",
            )
        last[window, epoch] = number


def _folds(side: Side) -> Iterator[Finding]:
    for window, epoch, number, shift_id, content in side.store.all(
        "SELECT window_id, epoch, number, shift_id, content FROM z_report"
    ):
        record = f"{side.name}: {_name(window, epoch, number)}"
        try:
            report = reports.shift_report(side.store, shift_id)
        except (LookupError, TypeError, ValueError, peewee.DatabaseError) as why:
            yield Finding(RULE, record, f"its shift {shift_id} cannot be folded: {why}")
            continue
        if report.content() != content:
            yield Finding(RULE, record, "is not the fold of its entries and postings")
        if report.close is not None and report.close.number != number:
            yield Finding(RULE, record, f"the journal closes its shift as Z {report.close.number}")


def _shifts(side: Side) -> Iterator[Finding]:
    closes = {
        (entry[0], entry[1], entry[2]): entry
        for entry in side.journal
        if entry[ENTRY["act"]] == folding.CLOSING
    }
    for shift_id, status, window, epoch, number, entry_number, drawer in side.store.all(
        "SELECT s.id, s.status, s.window_id, coalesce(z.epoch, s.epoch), z.number, "
        "z.journal_number, "
        "(SELECT coalesce(sum(amount_fen), 0) FROM posting p "
        "WHERE p.shift_id = s.id AND p.account = 'cash:drawer') "
        "FROM shift s LEFT JOIN z_report z ON z.shift_id = s.id ORDER BY s.id"
    ):
        record = f"{side.name}: shift {shift_id}"
        if (status == "closed") != (number is not None):
            has = "no Z report" if number is None else f"{_name(window, epoch, number)}"
            yield Finding(RULE, record, f"is {status} and has {has}")
        if number is None:
            continue
        entry: Row | None = closes.pop((window, epoch, entry_number), None)
        if entry is None or entry[ENTRY["shift_id"]] != shift_id:
            yield Finding(RULE, record, "no journal entry closes it")
        if drawer:
            yield Finding(RULE, record, f"left {drawer} fen in the drawer")
    for entry in closes.values():
        yield Finding(RULE, f"{side.name}: {entry_name(entry)}", "closes a shift without a Z")


def _same(window: WindowSide, central: Side) -> Iterator[Finding]:
    sql = (
        "SELECT window_id, epoch, number, id, shift_id, at, business_day, journal_number, content "
        "FROM z_report WHERE window_id = ? AND epoch = ?"
    )
    own = (window.number, window.epoch)
    here, there = window.store.all(sql, own), central.store.all(sql, own)
    pushed = {row[:3]: row for row in here if row[7] <= window.pushed}
    for row in there:
        if pushed.get(row[:3], row) != row or row[:3] not in {found[:3] for found in here}:
            yield Finding(
                "agreement", _name(*row[:3]), f"differs between the {window.name} and central"
            )
    for key in pushed.keys() - {row[:3] for row in there}:
        yield Finding("agreement", _name(*key), "was reported, and central does not have it")
