"""What a shift did so far, in groups of figures: the X report on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from boxoffice.domain.accounts import DRAWER
from boxoffice.queries.folding import Moves, Returned
from boxoffice.queries.reports import ShiftReport
from ui import formats, theme
from ui.sell.tender_words import TenderWords
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
        self._names = TenderWords(self)
        self._at: dict[tuple[int, int], tuple[Text, Text]] = {}
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
        return {words.text(): value.text() for words, value in self._at.values() if words.text()}

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
            *self._tenders(report),
        )
        right = (
            _Line(self.tr("Float"), formats.money(report.float_fen)),
            _Line(self.tr("Paid in"), self._moves(report.paid_in)),
            _Line(self.tr("Paid out"), self._moves(report.paid_out)),
            _Line(self.tr("Drops to the safe"), self._moves(report.drops)),
            _Line(self.tr("Refunds"), self._returned(report.refunds)),
            _Line(self.tr("Voids"), self._returned(report.voids)),
            *self._parts(report),
        )
        self._fill(left, right)

    def _tenders(self, report: ShiftReport) -> list[_Line]:
        """What came by any tender but cash."""
        return [
            _Line(self._names.name(account), formats.money(tender.taken_fen - tender.given_fen))
            for account, tender in report.tenders.items()
            if account != DRAWER
        ]

    def _parts(self, report: ShiftReport) -> list[_Line]:
        """Money for what was not sold, where there is any."""
        listed = (
            (self.tr("Part payments"), report.deposits),
            (self.tr("Part payments undone"), report.undone),
            (self.tr("Came too late"), report.late),
        )
        return [_Line(words, self._moves(moves)) for words, moves in listed if moves.count]

    def _moves(self, what: Moves) -> str:
        if not what.count:
            return "–"
        return f"{formats.count(what.count)} × · {formats.money(what.fen)}"

    def _returned(self, what: Returned) -> str:
        if not what.count:
            return "–"
        return f"{formats.count(what.tickets)} × · {formats.money(what.fen)}"

    def _fill(self, left: Sequence[_Line], right: Sequence[_Line]) -> None:
        places = [(row, 0, line) for row, line in enumerate(left)]
        places += [(row, 3, line) for row, line in enumerate(right)]
        for row, column, line in places:
            if (row, column) not in self._at:
                words, value = Text(role="quiet"), Text(role="strong")
                value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._grid.addWidget(words, row, column)
                self._grid.addWidget(value, row, column + 1)
                self._at[row, column] = words, value
            words, value = self._at[row, column]
            words.setText(line.words)
            value.setText(line.value)
        filled = {(row, column) for row, column, _ in places}
        for place, cells in self._at.items():
            for cell in cells:
                cell.setVisible(place in filled)
            if place not in filled:
                cells[0].setText("")
