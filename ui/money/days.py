"""Days of money: each tender's two sums, what they differ by, and what the day waits for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal

from boxoffice.queries.money_days import Held, HeldState, MoneyDay
from boxoffice.services.supervising import statement_files, statements
from ui import formats
from ui.context import Context
from ui.money.part import MoneyPart
from ui.money.words import MoneyWords
from ui.pickup.sections import Said, Section
from ui.widgets.part import Act
from ui.widgets.row_model import Row


class DaysPart(MoneyPart):
    """One row for each tender of a day. Emits `exceptions_wanted(held)` and `file_wanted`."""

    exceptions_wanted = Signal(object)
    file_wanted = Signal()

    def __init__(self, context: Context, words: MoneyWords) -> None:
        super().__init__(context, words)
        self._awaited = ""
        self.sums, self.bill, self.next = Section(), Section(), Section()
        for section in (self.sums, self.bill, self.next):
            self.aside.addWidget(section)
        self.aside.addStretch(1)
        self.rows.activated_row.connect(lambda _key: self.press())

    # --- what is listed

    @property
    def held(self) -> Held | None:
        """The row that is marked."""
        return next((one for _, one in self._all() if one.key == self.rows.current), None)

    @property
    def day(self) -> MoneyDay | None:
        """The day of the row that is marked."""
        return next((day for day, one in self._all() if one.key == self.rows.current), None)

    def _all(self) -> list[tuple[MoneyDay, Held]]:
        days = self.view.days if self.view is not None else ()
        return [(day, part) for day in days for part in day.parts]

    def mark_when_there(self, name: str) -> None:
        """Mark the newest row that a file of that name is of, once it is listed."""
        self._awaited = name

    def _fill(self) -> None:
        super()._fill()
        found = next((one for _, one in self._all() if one.name == self._awaited), None)
        if self._awaited and found is not None:
            self._awaited = ""
            self.choose_row(found.key)

    def tab(self) -> str:
        return self.tr("Days")

    def title(self) -> str:
        return formats.day(self.day.day) if self.day is not None else self.tr("Days")

    def list_rows(self) -> Sequence[Row]:
        return [self._row(day, held) for day, held in self._all()]

    def _row(self, day: MoneyDay, held: Held) -> Row:
        state, tone = self._words.state(held, over=day.over)
        theirs = (
            self.tr("no bill yet") if held.theirs_fen is None else formats.money(held.theirs_fen)
        )
        ours = self.tr("Ledger {amount}").format(amount=formats.money(held.ours_fen))
        bill = self.tr("Bill {amount}").format(amount=theirs)
        return Row(
            key=held.key,
            fact=formats.DOT.join((self._words.days(held), self._words.tender(held.tender))),
            detail=state,
            tone=tone,
            middle=ours,
            middle_detail=bill if held.theirs_fen is not None else theirs,
            value="" if held.theirs_fen is None else formats.money(held.difference_fen),
            value_tone="attention" if held.difference_fen else "good",
            note="" if held.theirs_fen is None else self.tr("difference"),
        )

    # --- the side

    def refresh_side(self) -> None:
        day, held = self.day, self.held
        if day is None or held is None:
            for section in (self.sums, self.bill, self.next):
                section.set_lines(())
            return
        lines = [
            Said(self._words.both(part), self._words.state(part, over=day.over)[1])
            for part in day.parts
        ]
        self.sums.set_lines(lines)
        self.bill.set_lines(self._of_bill(held))
        self.next.set_lines([Said(self._words.next_of(day), "good" if day.closed else "")])

    def _of_bill(self, held: Held) -> list[Said]:
        if not held.id:
            return []
        said = [
            Said(held.name),
            Said(self.tr("%n pair(s) of rows agree", "", held.matched)),
            Said(
                self.tr("Fees {fees}, to be paid out {paid}").format(
                    fees=formats.money(held.fees_fen), paid=formats.money(held.paid_out_fen)
                )
            ),
        ]
        if held.exceptions:
            text = self.tr("%n exception(s)", "", held.exceptions)
            still = self.tr("{count} of them open").format(count=held.open)
            tone = "attention" if held.open else "good"
            said.append(Said(formats.DOT.join((text, still)), tone))
        if not held.whole:
            said.append(Said(self.tr("The bill is not whole: take it in again."), "attention"))
        return said

    # --- F8

    def act(self) -> Act | None:
        held, day = self.held, self.day
        if held is None or day is None:
            return None
        if held.state is HeldState.OPEN:
            return Act(self.tr("Look at %n exception(s)", "", held.open))
        if held.state is HeldState.NO_FILE:
            said = self.tr("Take in the bill of {tender}")
            words = said.format(tender=self._words.tender(held.tender))
            return Act(words, "" if day.over else self.tr("Its bill comes when the day is over"))
        if self._elsewhere(day) is not None:
            return Act(self.tr("Go to what is open of this day"))
        if not day.over:
            return None
        if day.kept:
            return Act(self.tr("Save the statement once more"))
        return Act(self.tr("Close the day: PDF and XLSX"))

    def _elsewhere(self, day: MoneyDay) -> Held | None:
        return next((part for part in day.parts if not part.state.closed), None)

    def press(self) -> None:
        held, day, act = self.held, self.day, self.act()
        if held is None or day is None or act is None or act.missing:
            return
        other = self._elsewhere(day)
        if held.state is HeldState.OPEN:
            self.exceptions_wanted.emit(held)
        elif held.state is HeldState.NO_FILE:
            self.file_wanted.emit()
        elif other is not None:
            self.choose_row(other.key)
        else:
            self._close(day.day)

    def _close(self, day: date) -> None:
        """The statement is kept at central, numbered, and saved in this window's folder."""
        office, desk = self._context.office, self._context.desk

        def work() -> tuple[str, list[Path]]:
            kept = statements.make(office=office, desk=desk, day=day)
            return kept[-1].name if kept else "", statement_files.save(office=office, day=day)

        self._doing.ask(work, lambda found: self._closed(day, *found), self._refused)
        self.changed.emit()

    def _closed(self, day: date, number: str, files: Sequence[Path]) -> None:
        said = self.tr("{day} is closed, statement no. {number}. Saved: {files}")
        names = ", ".join(path.name for path in files)
        words = said.format(day=formats.short_day(day), number=number or "–", files=names)
        self.done.emit(words)

    def retranslate(self) -> None:
        self.sums.set_heading(self.tr("This day"))
        self.bill.set_heading(self.tr("The bill"))
        self.next.set_heading(self.tr("What comes next"))
        self.empty.set_texts(
            self.tr("No money outside in these days"),
            self.tr(
                "Money that WeChat Pay, Alipay, card terminals and channels took is listed here, "
                "day by day, beside the bill that each of them sends."
            ),
        )
        super().retranslate()
