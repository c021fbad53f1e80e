"""Why a bill is not whole, in sentences that name line and column."""

from __future__ import annotations

from collections.abc import Iterator

from boxoffice.bank.bill import Bill, Check, Trouble
from boxoffice.domain.money import format_yuan
from boxoffice.sentences.phrases import Phrase, phrase


def reasons(bill: Bill) -> Iterator[Phrase]:
    """Lines that were not understood, then totals that do not fit; nothing for a whole bill."""
    for trouble in bill.troubles:
        yield _of_line(trouble)
    for check in bill.checks:
        if not check.agrees:
            yield _of_total(check)
    if bill.totals_missing:
        yield phrase("bill_no_totals", line=bill.last_line)
    if bill.period is None and bill.whole:
        yield phrase("bill_no_lines")


def _of_line(trouble: Trouble) -> Phrase:
    fields = {"line": trouble.line, "column": trouble.column or "–", "expected": trouble.expected}
    if isinstance(trouble.value, Phrase):  # no value: how many cells the line has
        return phrase("bill_line_width", value=trouble.value, **fields)
    if not trouble.value:
        return phrase("bill_line_empty", **fields)
    return phrase("bill_line", value=trouble.value, **fields)


def _of_total(check: Check) -> Phrase:
    said = str if check.is_count else format_yuan
    return phrase(
        "bill_total",
        line=check.line,
        column=check.name,
        stated=said(check.stated),
        counted=said(check.counted),
    )
