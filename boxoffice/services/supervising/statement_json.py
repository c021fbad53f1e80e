"""A statement as values that JSON has, for programs that read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from boxoffice import clock
from boxoffice.queries import reports
from boxoffice.queries.folding import Fold
from boxoffice.queries.statements import ShiftName, ShiftPart, Statement
from boxoffice.services.supervising.statement_papers import Report


def of_report(report: Report, kept: Sequence[Statement] = ()) -> dict[str, Any]:
    """Amounts in fen, moments UTC text; `heads` says how far each journal was read."""
    found: dict[str, Any] = {
        "number": report.number,
        "at": clock.to_text(report.at),
        "about": {label.en: value for label, value in report.about},
        "kept": [
            {"number": one.name, "at": clock.to_text(one.at), "operator": one.operator}
            for one in kept
        ],
        "figures": asdict(report.figures),
        "accounts": {
            account: {"debit_fen": debit, "credit_fen": credit}
            for account, (debit, credit) in report.accounts.items()
        },
    }
    day = report.day
    if day is None:
        return found
    found["business_day"] = day.business_day
    found["heads"] = [asdict(head) for head in day.heads]
    found["windows"] = [
        {"window": window, "figures": _figures(fold)} for window, fold in day.windows.items()
    ]
    found["shifts"] = [_shift(part, report.names) for part in day.parts]
    return found


def _shift(part: ShiftPart, names: Mapping[str, ShiftName]) -> dict[str, Any]:
    name = names.get(part.shift_id or "", ShiftName("", 0))
    return {
        "window": part.window,
        "shift": part.shift_id,
        "operator": name.operator,
        "z": name.z_number,
        "figures": _figures(part.fold),
    }


def _figures(fold: Fold) -> dict[str, Any]:
    return asdict(reports.figures(fold))
