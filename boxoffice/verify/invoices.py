"""Tax invoices fit the money: never over more than was kept, red ones of issued ones only, and each
that went out stands in a file."""

from __future__ import annotations

import json
from collections.abc import Iterator

from boxoffice.queries.invoices import FILE_ACT, file_of, payable
from boxoffice.verify.sides import ENTRY, Finding, Side, Sides

RULE = "invoices"


def check(sides: Sides) -> Iterator[Finding]:
    """Every side; the files of all windows stand in central's journals."""
    sides.checked["invoices"] = sides.central.count("SELECT count(*) FROM invoice")
    for side in sides.all:
        yield from _amounts(side)
        yield from _red_ones(side)
        yield from _steps(side)
    yield from _files(sides.central)


def _amounts(side: Side) -> Iterator[Finding]:
    """Blue less red is never more than what was paid and kept; once per order."""
    for order_id, number, blues, blue, red in side.store.all(
        "SELECT i.order_id, max(coalesce(o.number, i.order_id)), "
        "sum(CASE WHEN i.kind = 'blue' AND i.status <> 'refused' THEN 1 ELSE 0 END), "
        "sum(CASE WHEN i.kind = 'blue' AND i.status <> 'refused' THEN i.amount_fen ELSE 0 END), "
        "sum(CASE WHEN i.kind = 'red' THEN i.amount_fen ELSE 0 END) "
        "FROM invoice i LEFT JOIN orders o ON o.id = i.order_id WHERE i.status <> 'dropped' "
        "GROUP BY i.order_id"
    ):
        record = f"{side.name}: order {number}"
        if blues > 1:
            yield Finding(RULE, record, f"has {blues} tax invoices")
        kept = max(payable(side.store, order_id), 0)
        if blue - red > kept:
            yield Finding(
                RULE, record, f"is invoiced over {blue - red} fen, {kept} fen were paid and kept"
            )


def _red_ones(side: Side) -> Iterator[Finding]:
    for number, order, blue_order, status, stands in side.store.all(
        "SELECT i.id, i.order_id, b.order_id, b.status, i.status FROM invoice i "
        "LEFT JOIN invoice b ON b.id = i.original_id AND b.kind = 'blue' WHERE i.kind = 'red'"
    ):
        record = f"{side.name}: red invoice {number}"
        if blue_order != order:
            yield Finding(RULE, record, "takes back of no invoice of its order")
        elif stands not in ("wanted", "dropped") and status != "issued":
            yield Finding(RULE, record, f"is {stands}; its original is {status}, not issued")
    for number, amount, back in side.store.all(
        "SELECT b.id, b.amount_fen, sum(i.amount_fen) FROM invoice i "
        "JOIN invoice b ON b.id = i.original_id WHERE i.status <> 'dropped' "
        "GROUP BY b.id, b.amount_fen HAVING sum(i.amount_fen) > b.amount_fen"
    ):
        yield Finding(
            RULE, f"{side.name}: invoice {number}", f"of {amount} fen {back} fen are taken back"
        )


def _steps(side: Side) -> Iterator[Finding]:
    """What went out names its file, what did not names none."""
    for number, status, batch in side.store.all(
        "SELECT id, status, batch FROM invoice WHERE (status IN ('filed', 'issued', 'refused')) "
        "<> (batch IS NOT NULL)"
    ):
        said = f"is {status} and in file {batch}" if batch else f"is {status} and in no file"
        yield Finding(RULE, f"{side.name}: invoice {number}", said)


def _files(central: Side) -> Iterator[Finding]:
    """Each file that rows name was written, with at least so many requests.

    The newest file of a window may be missing: whoever marked its rows was stopped before it was
    written, and the next export writes it before any other.
    """
    act, facts = ENTRY["act"], ENTRY["facts"]
    written: dict[str, int] = {}
    newest: dict[str, str] = {}
    for entry in central.journal:
        if entry[act] == FILE_ACT:
            said = json.loads(entry[facts])
            batch = str(said["batch"])
            written[batch] = int(said["requests"])
            whose = file_of(batch)
            newest[whose] = max(newest.get(whose, ""), batch)
    for batch, count in central.store.all(
        "SELECT batch, count(*) FROM invoice WHERE batch IS NOT NULL GROUP BY batch"
    ):
        record = f"central: file {batch}"
        whose = file_of(batch)
        if batch not in written and (not whose or newest.get(whose, "") > batch):
            yield Finding(RULE, record, f"was never written; {count} requests name it")
        elif batch in written and count > written[batch]:
            yield Finding(RULE, record, f"{count} requests name it, {written[batch]} were in it")
