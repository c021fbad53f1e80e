"""Why a file of the invoice platform cannot be taken in."""

from __future__ import annotations

from boxoffice.sentences.words import QT_TRANSLATE_NOOP

INVOICE_PHRASES: dict[str, str] = {
    "no_column": QT_TRANSLATE_NOOP("phrases", "there is no column {names}"),
    "line_too_wide": QT_TRANSLATE_NOOP(
        "phrases", "the line has {count} cells, the header {wanted}"
    ),
    "no_csv": QT_TRANSLATE_NOOP("phrases", "it is no CSV"),
    "request_unknown": QT_TRANSLATE_NOOP("phrases", "the request is none of ours"),
    "request_twice": QT_TRANSLATE_NOOP("phrases", "request {request} comes twice"),
    "invoice_status": QT_TRANSLATE_NOOP("phrases", "the status is neither issued nor refused"),
    "invoice_number": QT_TRANSLATE_NOOP("phrases", "the number of an invoice has 8 to 20 digits"),
    "invoice_day": QT_TRANSLATE_NOOP("phrases", "issued_on wants a day like 2025-09-27"),
    "no_reason": QT_TRANSLATE_NOOP("phrases", "it was refused without a reason"),
    "number_twice": QT_TRANSLATE_NOOP("phrases", "number {number} comes twice"),
    "number_taken": QT_TRANSLATE_NOOP("phrases", "number {number} is that of another invoice"),
    "not_filed": QT_TRANSLATE_NOOP("phrases", "this request was never filed"),
    "issued_before": QT_TRANSLATE_NOOP("phrases", "it was issued as {number} before"),
    "refused_before": QT_TRANSLATE_NOOP("phrases", "it was refused before"),
}
