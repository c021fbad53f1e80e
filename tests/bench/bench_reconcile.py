"""A bill of 50,000 rows read and held against as many of ours, beside csv and a bare dict."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from boxoffice.bank import bills
from boxoffice.bank.bill import Kind
from boxoffice.bank.matching import reconcile
from boxoffice.bank.outcome import OurRow
from boxoffice.exchange import opening
from tests.bank.bill_files import charge, wechat

ROWS = 50_000
ONE_IN = 500
"""How often something is wrong, in turn: not here, not there, another amount."""
FEN = 68_000
START = datetime(2025, 9, 30, 16, 1, tzinfo=UTC)


def figures() -> Iterator[dict[str, object]]:
    """Reading, matching, and both, each once: the files of a busy week."""
    data, ours = _bill().encode(), list(_ours())
    started = time.perf_counter()
    text = data.decode("utf-8-sig")
    bare = {cells[6]: cells[24] for cells in csv.reader(io.StringIO(text)) if len(cells) > 24}
    parsed = time.perf_counter()
    unlike = [row for row in ours if bare.pop(f"`{row.number}", None) != "`680.00"]
    matched = time.perf_counter()
    assert len(unlike) + len(bare) > 0
    begun = time.perf_counter()
    opened = opening.open_bytes(data, "bill.csv")
    (bill,) = bills.read(opened.sheets, opened.name, opened.digest)
    read = time.perf_counter()
    result = reconcile(ours, bill.rows, period=bill.period, covers=bill.covers)
    ended = time.perf_counter()
    assert bill.whole
    assert len(result.exceptions) == 3 * ROWS // ONE_IN
    yield _figure("bill_of_50000_read", read - begun, "csv.reader and a dict", parsed - started)
    yield _figure("bill_of_50000_matched", ended - read, "a dict popped", matched - parsed)
    yield _figure(
        "bill_of_50000_reconciled", ended - begun, "csv.reader, a dict popped", matched - started
    )


def _bill() -> str:
    lines = []
    yuan = 0
    for number in range(ROWS):
        if number % ONE_IN != 1:
            paid = 67_900 if number % ONE_IN == 2 else FEN
            at = f"{START + timedelta(hours=8, seconds=number):%Y-%m-%d %H:%M:%S}"
            cells = f"{paid // 100}.{paid % 100:02d}"
            lines.append(charge(f"N{number:06d}", cells, at=at, fee="4.08"))
            yuan += paid
    total, fees = f"{yuan // 100}.{yuan % 100:02d}", 408 * len(lines)
    fee = f"{fees // 100}.{fees % 100:02d}"
    return wechat(
        *lines, totals=[str(len(lines)), total, "0.00", "0.00", fee, total, "0.00"], end="\n"
    )


def _ours() -> Iterator[OurRow]:
    for number in range(ROWS):
        if number % ONE_IN != 0:
            at = START + timedelta(seconds=number)
            yield OurRow(f"N{number:06d}", Kind.CHARGE, FEN, at, f"42N{number:06d}")


def _figure(name: str, seconds: float, baseline: str, bare: float) -> dict[str, object]:
    return {
        "name": name,
        "value": round(seconds, 3),
        "unit": "s",
        "baseline": f"the same rows by {baseline}, nothing checked",
        "baseline_value": round(bare, 3),
    }
