"""Z reports of before at this window: who closed when, what was over or short, and the paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boxoffice.queries.reports import ShiftReport, ZRow
from ui import formats, theme
from ui.widgets.row_list import RowList
from ui.widgets.row_model import Row
from ui.widgets.text import Text


class ZList(QWidget):
    """Newest first; emits `chosen(ShiftReport)` when one is to be printed again."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ZRow, ...] = ()
        self._title, self._nothing = Text(role="heading"), Text(role="quiet", wrap=True)
        self.rows = RowList()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, 0)
        column.addWidget(self._title)
        column.addWidget(self._nothing)
        column.addWidget(self.rows, 1)
        column.addStretch(0)
        self.rows.activated_row.connect(self._activated)
        self.retranslate()

    def show_rows(self, rows: Sequence[ZRow]) -> None:
        """List these."""
        self._rows = tuple(rows)
        self.retranslate()

    def _activated(self, key: str) -> None:
        report: ShiftReport = next(row.report for row in self._rows if row.id == key)
        self.chosen.emit(report)

    def _row(self, row: ZRow) -> Row:
        report = row.report
        if report.over_fen:
            ended = self.tr("{amount} over").format(amount=formats.money(report.over_fen))
        elif report.short_fen:
            ended = self.tr("{amount} short").format(amount=formats.money(report.short_fen))
        else:
            ended = self.tr("nothing over or short")
        return Row(
            key=row.id,
            fact=self.tr("Z {number}").format(number=row.number),
            detail=f"{report.operator} {report.name}",
            middle=formats.short_stamp(row.at),
            value=formats.money(report.sales_fen),
            note=ended,
            value_tone="attention" if report.over_fen or report.short_fen else "",
        )

    def retranslate(self) -> None:
        """Set every text again."""
        self._title.setText(self.tr("Z reports before · Enter prints one again"))
        self._nothing.setText(self.tr("No shift was closed at this window yet."))
        self.rows.set_rows([self._row(row) for row in self._rows])
        self._nothing.setVisible(not self._rows)
        self.rows.setVisible(bool(self._rows))
