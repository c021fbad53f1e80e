"""The two files of the invoice platform: requests we write, and what became of them, read back.

Both are CSV in UTF-8 with a mark in front, as spreadsheets want it; docs/invoices.md has the
columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from boxoffice.errors import BadInvoiceFile
from boxoffice.exchange.columns import shown
from boxoffice.exchange.tables import decode, swallows
from boxoffice.sentences.phrases import phrase

COLUMNS = (
    "request",
    "kind",
    "original_request",
    "original_number",
    "order",
    "title",
    "tax_number",
    "item",
    "amount",
    "currency",
    "mail",
    "phone",
    "asked_at",
)
ITEM = "体育赛事门票"
"""What is invoiced, in the words of the tax catalogue: tickets of sports events."""
ANSWERS = ("request", "status", "number", "issued_on", "reason")
"""Columns of the file that comes back; others in it are not looked at."""
STATUSES = ("issued", "refused")
_NUMBER = re.compile(r"[0-9]{8,20}")
_REQUEST = re.compile(r"[0-9a-f]{32}")
MOST_REASON = 200


@dataclass(frozen=True, slots=True)
class Request:
    """One row of the file for the platform; the amount of a red one is negative there."""

    request: str
    kind: str
    original_request: str
    original_number: str
    order: str
    title: str = field(repr=False)
    tax_number: str = field(repr=False)
    amount: str
    currency: str
    mail: str = field(repr=False)
    phone: str = field(repr=False)
    asked_at: str


@dataclass(frozen=True, slots=True)
class Said:
    """What became of one request; `number` is the invoice's where it was issued."""

    line: int
    request: str
    issued: bool
    number: str
    issued_on: str
    reason: str


def write(requests: Sequence[Request]) -> bytes:
    """The file for the platform."""
    text = io.StringIO()
    rows = csv.DictWriter(text, COLUMNS)
    rows.writeheader()
    for one in requests:
        row = {name: getattr(one, name) for name in COLUMNS if name != "item"}
        rows.writerow({**row, "item": ITEM})
    return text.getvalue().encode("utf-8-sig")


def read(raw: bytes, name: str) -> tuple[Said, ...]:
    """What the platform says of our requests. Raises BadInvoiceFile: the first line that is wrong,
    and why; then nothing of the file is to be taken in. Raises BadFile for what is no text."""
    try:
        rows = csv.DictReader(io.StringIO(decode(raw, name), newline=""), strict=True)
        columns = rows.fieldnames or ()
        missing = [column for column in ANSWERS if column not in columns]
        if missing:
            raise BadInvoiceFile(
                file=name, line=1, why=phrase("no_column", names=", ".join(missing))
            )
        twice = next((column for column in ANSWERS if columns.count(column) > 1), "")
        if twice:
            raise BadInvoiceFile(file=name, line=1, why=phrase("column_twice", column=twice))
        said = tuple(_said(name, rows.line_num, row, len(columns)) for row in rows)
    except csv.Error:
        raise BadInvoiceFile(file=name, line=rows.line_num or 1, why=phrase("no_csv")) from None
    seen: set[str] = set()
    for one in said:
        if one.request in seen:
            raise BadInvoiceFile(
                file=name, line=one.line, why=phrase("request_twice", request=one.request)
            )
        seen.add(one.request)
    return said


def _said(name: str, line: int, row: dict[str, str | None], width: int) -> Said:
    _refuse_merged(name, line, row, width)
    cells = {column: (row.get(column) or "").strip() for column in ANSWERS}

    def refuse(token: str) -> BadInvoiceFile:
        return BadInvoiceFile(file=name, line=line, why=phrase(token))

    if not _REQUEST.fullmatch(cells["request"]):
        raise refuse("request_unknown")
    if cells["status"] not in STATUSES:
        raise refuse("invoice_status")
    issued = cells["status"] == "issued"
    if issued:
        if not _NUMBER.fullmatch(cells["number"]):
            raise refuse("invoice_number")
        try:
            cells["issued_on"] = date.fromisoformat(cells["issued_on"]).isoformat()
        except ValueError:
            raise refuse("invoice_day") from None
    elif not cells["reason"]:
        raise refuse("no_reason")
    return Said(
        line,
        cells["request"],
        issued,
        cells["number"] if issued else "",
        cells["issued_on"] if issued else "",
        shown(" ".join(cells["reason"].split()), MOST_REASON),
    )


def _refuse_merged(name: str, line: int, row: Mapping[Any, Any], width: int) -> None:
    """A line that swallowed others: by a quote that is nobody's, or where its end is gone."""
    further = row.get(None) or []
    if any(further):
        why = phrase("line_too_wide", count=width + len(further), wanted=width)
        raise BadInvoiceFile(file=name, line=line, why=why)
    cells = [row.get(column) or "" for column in row if column is not None]
    if swallows(cells, ","):
        raise BadInvoiceFile(file=name, line=line, why=phrase("no_csv"))
