"""Statements of the last business days, for supervisors: which are kept, made, and saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal

from boxoffice.queries import reports
from boxoffice.queries.statements import Statement
from boxoffice.services.supervising import statement_files, statements
from boxoffice.services.supervising.statement_files import StatedDay
from ui import formats, theme
from ui.context import Context
from ui.widgets.card import Card, Rule
from ui.widgets.page import Page
from ui.widgets.row_list import RowList
from ui.widgets.row_model import Row
from ui.widgets.text import Text


class DayStatements(Card):
    """A list of days; the page's large button makes the statement of the chosen one.

    Emits `changed` when another one is chosen, or the list came.
    """

    changed = Signal()

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__(padding=28, gap=10)
        self._context, self._page = context, page
        self._days: tuple[StatedDay, ...] = ()
        self._title, self._advice = Text(role="title"), Text(role="quiet", wrap=True)
        self.rows = RowList(roomy=True)
        for part in (self._title, self._advice, Rule()):
            self.body.addWidget(part)
        self.body.addSpacing(theme.px(4))
        self.body.addWidget(self.rows, 1)
        self.rows.activated_row.connect(lambda _key: self.save())
        self.rows.current_changed.connect(lambda _key: self.changed.emit())

    @property
    def chosen(self) -> StatedDay | None:
        """The day that is marked."""
        key = self.rows.current
        return next((one for one in self._days if one.day.isoformat() == key), None)

    def reload(self) -> None:
        """Ask central again."""
        office = self._context.office
        self._context.act(self._page, lambda: statement_files.days(office), self._came)

    def _came(self, days: Sequence[StatedDay]) -> None:
        self._days = tuple(days)
        self.retranslate()
        self.changed.emit()

    def make(self) -> None:
        """Keep the statement of the chosen day, or what came since."""
        one = self.chosen
        if one is None:
            return
        office, desk, day = self._context.office, self._context.desk, one.day
        before = len(one.kept)
        self._context.act(
            self._page,
            lambda: statements.make(office=office, desk=desk, day=day),
            lambda kept: self._made(day, before, kept),
        )

    def _made(self, day: date, before: int, kept: Sequence[Statement]) -> None:
        if len(kept) > before:
            said = self.tr("Kept as no. {number}: {day}. Enter saves it as PDF and XLSX.")
            words = said.format(number=kept[-1].name, day=formats.short_day(day))
        else:
            words = self.tr("Nothing new of {day}.").format(day=formats.short_day(day))
        self._page.error_band.say("info", words)
        self.reload()

    def save(self) -> None:
        """The chosen day as files in this window's folder."""
        one = self.chosen
        if one is None:
            return
        office, day = self._context.office, one.day
        self._context.act(
            self._page, lambda: statement_files.save(office=office, day=day), self._saved
        )

    def _saved(self, files: Sequence[Path]) -> None:
        said = self.tr("Saved: {files}").format(files=", ".join(path.name for path in files))
        self._page.error_band.say("info", said)

    def words(self) -> str:
        """What pressing the large button does."""
        one = self.chosen
        if one is None:
            return self.tr("Make the statement")
        day = formats.short_day(one.day)
        if one.kept:
            return self.tr("Look for late reports of {day}").format(day=day)
        return self.tr("Make the statement of {day}").format(day=day)

    def _row(self, one: StatedDay) -> Row:
        day = formats.short_day(one.day)
        if not one.kept:
            return Row(key=one.day.isoformat(), fact=day, detail=self.tr("not made yet"))
        made = [reports.figures(kept.day.whole) for kept in one.kept]
        numbers = ", ".join(kept.name for kept in one.kept)
        last = one.kept[-1]
        windows = {window for kept in one.kept for window in kept.day.windows if window}
        return Row(
            key=one.day.isoformat(),
            fact=day,
            detail=self.tr("no. {numbers}").format(numbers=numbers),
            middle=formats.short_stamp(last.at),
            middle_detail=last.operator,
            value=formats.money(sum(figures.sales_fen for figures in made)),
            note=self.tr("%n window(s)", "", len(windows)),
        )

    def retranslate(self) -> None:
        """Set every text again; today is marked at first."""
        self._title.setText(self.tr("Statements of all windows"))
        self._advice.setText(
            self.tr(
                "A statement is kept at central and never changed. What windows report later "
                "becomes its supplement."
            )
        )
        self.rows.set_rows([self._row(one) for one in self._days])
        if self._days and not self.rows.current:
            self.rows.select(self._days[0].day.isoformat())
