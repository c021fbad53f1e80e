"""What became of an imported file, as rows: the file first, then its lines in plain words."""

from __future__ import annotations

from PySide6.QtCore import QObject

from boxoffice.exchange import LineError
from boxoffice.exchange.words import ALIASES
from boxoffice.services.programme.catalogue import FileReport
from boxoffice.services.programme.importing import OrderException
from ui import formats
from ui.cases.words import CaseWords
from ui.error_presenter import field_text
from ui.widgets.row_model import Row

MOST_LINES = 20
"""How many lines of a file are listed; the command lists them all with --json."""


class ReportWords(QObject):
    """Words for one file at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cases = CaseWords(self)

    def rows(self, place: int, report: FileReport) -> list[Row]:
        """The file, and what its lines ask for; `place` keeps the keys of several files apart."""
        told = [
            *(self._wrong(line) for line in report.errors),
            *(self._kept(line) for line in report.not_changed),
            *(self._left_out(order) for order in report.exceptions),
        ]
        rows = [self._file(place, report)]
        for fact, said in told[:MOST_LINES]:
            rows.append(Row(f"{place} {len(rows)}", fact, said, "attention"))
        if len(told) > MOST_LINES:
            more = self.tr("and %n more line(s)", "", len(told) - MOST_LINES)
            rows.append(Row(f"{place} more", more))
        return rows

    def _file(self, place: int, report: FileReport) -> Row:
        if report.trouble:
            said, tone = field_text("why", report.trouble), "danger"
        elif report.errors:
            said = self.tr("refused: %n line(s) are wrong", "", len(report.errors))
            tone = "danger"
        else:
            said = self._counts(report)
            tone = "attention" if report.not_changed or report.exceptions else "good"
        kind = field_text("file_kind", report.kind) if report.kind else self.tr("unknown")
        return Row(f"{place}", report.name, said, tone, value=kind)

    def _wrong(self, error: LineError) -> tuple[str, str]:
        return self._where(error.line, error.column), self._instead(error.value, error.expected)

    def _kept(self, error: LineError) -> tuple[str, str]:
        said = self.tr("not {value}; {expected}")
        value, expected = field_text("value", error.value), field_text("expected", error.expected)
        return self._where(error.line, error.column), said.format(value=value, expected=expected)

    def _left_out(self, order: OrderException) -> tuple[str, str]:
        line = self.tr("Line {line}").format(line=order.line)
        fact = formats.DOT.join((line, order.order_number, self._cases.reason_of(order.reason)))
        return fact, self._instead(
            self._cases.in_yuan(order.value), self._cases.expected(order.expected)
        )

    def _instead(self, value: str, expected: str) -> str:
        found, wanted = field_text("value", value), field_text("expected", expected)
        if not found:
            return self.tr("empty; expected {expected}").format(expected=wanted)
        return self.tr("{value}; expected {expected}").format(value=found, expected=wanted)

    def _where(self, line: int, column: str) -> str:
        said = self.tr("Line {line}").format(line=line)
        return f"{said}{formats.DOT}{_heading(column)}" if column else said

    def _counts(self, report: FileReport) -> str:
        parts = [self.tr("%n new", "", report.added)]
        if report.changed:
            parts.append(self.tr("%n changed", "", report.changed))
        parts.append(self.tr("%n unchanged", "", report.unchanged))
        if report.not_changed:
            parts.append(self.tr("%n line(s) refused", "", len(report.not_changed)))
        if report.exceptions:
            parts.append(self.tr("%n order(s) left out", "", len(report.exceptions)))
        if report.ignored_columns:
            left = ", ".join(report.ignored_columns)
            parts.append(self.tr("columns left out: {names}").format(names=left))
        return formats.DOT.join(parts)


def _heading(column: str) -> str:
    """A column as its heading stands in files of either language."""
    if formats.language() == "zh_CN" and column in ALIASES:
        return f"{ALIASES[column][0]} {column}"
    return column
