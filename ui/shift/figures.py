"""What a shift did so far, in groups of figures: the X report on the screen."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from boxoffice.queries.reports import Moves, Returned, ShiftReport
from ui import formats, theme
from ui.shift.z_list import ZList
from ui.widgets.card import Card, Rule
from ui.widgets.text import MoneyLabel, Text


class _Line(NamedTuple):
    words: str
    value: str


class FiguresCard(Card):
    """Shows a `ShiftReport`. What the drawer should hold is not among its figures: whoever counts
    it must not know.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=28, gap=10)
        self._report: ShiftReport | None = None
        self._title, self._since = Text(role="title"), Text(role="quiet")
        self._amount_label, self.amount = Text(role="heading"), MoneyLabel()
        self.amount.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(theme.px(14))
        self._grid.setHorizontalSpacing(theme.px(18))
        for column in (1, 4):
            self._grid.setColumnStretch(column, 1)
        self._grid.setColumnMinimumWidth(2, theme.px(24))
        self._cells: list[tuple[Text, Text]] = []
        for part in (self._title, self._since, Rule(), self._amount_label, self.amount, Rule()):
            self.body.addWidget(part)
        self.body.addLayout(self._grid)
        self.body.addSpacing(theme.px(8))
        self.z_list = ZList()
        self.body.addWidget(self.z_list, 1)

    @property
    def report(self) -> ShiftReport | None:
        """What is shown."""
        return self._report

    @property
    def values(self) -> dict[str, str]:
        """Every figure by its word."""
        return {words.text(): value.text() for words, value in self._cells if words.text()}

    def show_report(self, report: ShiftReport, title: str) -> None:
        """Show it under that title."""
        self._report = report
        self._title.setText(title)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._amount_label.setText(self.tr("Tickets sold for"))
        self.z_list.retranslate()
        report = self._report
        if report is None:
            return
        opened = formats.stamp(report.opened)
        said = self.tr("{name} since {time}").format(name=report.name, time=opened)
        self._since.setText(said)
        self.amount.set_fen(report.sales_fen)
        left = (
            _Line(self.tr("Sales"), formats.count(report.orders)),
            _Line(self.tr("Tickets"), formats.count(report.tickets)),
            _Line(self.tr("Pickups"), formats.count(report.hand_overs)),
            _Line(self.tr("Reprints"), formats.count(report.reprints)),
            _Line(self.tr("Change given"), formats.money(report.change_fen)),
        )
        right = (
            _Line(self.tr("Float"), formats.money(report.float_fen)),
            _Line(self.tr("Paid in"), self._moves(report.paid_in)),
            _Line(self.tr("Paid out"), self._moves(report.paid_out)),
            _Line(self.tr("Drops to the safe"), self._moves(report.drops)),
            _Line(self.tr("Refunds"), self._returned(report.refunds)),
            _Line(self.tr("Voids"), self._returned(report.voids)),
        )
        self._fill(left, right)

    def _moves(self, what: Moves) -> str:
        if not what.count:
            return "–"
        return f"{formats.count(what.count)} × · {formats.money(what.fen)}"

    def _returned(self, what: Returned) -> str:
        if not what.count:
            return "–"
        return f"{formats.count(what.tickets)} × · {formats.money(what.fen)}"

    def _fill(self, left: tuple[_Line, ...], right: tuple[_Line, ...]) -> None:
        places = [(row, 0, line) for row, line in enumerate(left)]
        places += [(row, 3, line) for row, line in enumerate(right)]
        while len(self._cells) < len(places):
            words, value = Text(role="quiet"), Text(role="strong")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row, column, _ = places[len(self._cells)]
            self._grid.addWidget(words, row, column)
            self._grid.addWidget(value, row, column + 1)
            self._cells.append((words, value))
        for (words, value), (_, _, line) in zip(self._cells, places, strict=True):
            words.setText(line.words)
            value.setText(line.value)
