"""Who must come in person for their money: before a run by the dry run, then as it is owed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from boxoffice.queries import rain_runs
from boxoffice.queries.rain_runs import InPerson
from boxoffice.services.aftersales import come_list
from boxoffice.services.aftersales.dry_run import DryRun
from ui import formats
from ui.context import Context
from ui.pickup.sections import Said, Section
from ui.rain.part import RainPart
from ui.rain.words import RainWords
from ui.widgets.part import Act
from ui.widgets.row_model import Row
from ui.widgets.side_panel import AmountLine


class ComePart(RainPart):
    """Lists orders by number, names masked; F8 saves the list."""

    def __init__(self, context: Context, words: RainWords) -> None:
        super().__init__(context, words)
        self._people: tuple[InPerson, ...] = ()
        self.amount = AmountLine()
        self.facts, self.how = Section(), Section()
        for part in (self.amount, self.facts, self.how):
            self.aside.addWidget(part)
        self.aside.addStretch(1)

    def tab(self) -> str:
        return self.tr("In person") + (
            f" {formats.count(len(self._people))}" if self._people else ""
        )

    def title(self) -> str:
        return self.tr("Must come in person")

    @property
    def people(self) -> tuple[InPerson, ...]:
        """Who is listed."""
        return self._people

    def begin(self) -> None:
        self._people = ()

    @property
    def _paid_out(self) -> bool:
        """Whether a run pays, or has paid, what counts now: then what is owed is known."""
        run = self._session.run if self._session is not None else None
        return run is not None and run.current

    def show_dry(self, found: DryRun) -> None:
        """What the dry run says of it; once there is a run, what is owed counts."""
        if not self._paid_out:
            self._came([one for one in found.in_person if one.amount_fen])

    def came(self) -> None:
        session = self._session
        if session is None or not self._paid_out:
            return
        office = self._context.office
        self._asking.ask(
            lambda: office.read(lambda s: rain_runs.to_collect(s, session_id=session.id)),
            self._came,
            self._refused,
        )

    def _came(self, people: Sequence[InPerson]) -> None:
        self._people = tuple(people)
        self.refill()

    def list_rows(self) -> Sequence[Row]:
        return [self._row(one) for one in self._people]

    def _row(self, one: InPerson) -> Row:
        why = {
            "cash": self.tr("paid in cash"),
            "card_apart": self.tr("by the other terminal: with the card"),
        }.get(one.why, self.tr("the way back is dead: {way}"))
        phone = self.tr("has a phone") if one.reachable else self.tr("no phone")
        order = self.tr("Order {number}").format(number=one.number or "–")
        return Row(
            key=one.payback_id or f"{one.order_id} {one.tender}",
            fact=f"{order}{formats.DOT}{one.buyer}" if one.buyer else order,
            detail=why.format(way=self._words.tender(one.tender)),
            tone="danger" if one.why == "dead" else "",
            value=formats.money(one.amount_fen),
            note=phone,
        )

    def refresh_side(self) -> None:
        people = self._people
        self.amount.setVisible(bool(people))
        self.amount.set_amount(self.tr("To hand out"), sum(one.amount_fen for one in people))
        said = []
        if people:
            said.append(Said(self.tr("%n order(s)", "", len(people))))
            reachable = sum(one.reachable for one in people)
            said.append(Said(self.tr("%n of them with a phone", "", reachable)))
        self.facts.set_lines(said)
        paid = self.tr("Any window pays it once: open the order, see the ticket or document.")
        before = self.tr("As the dry run has it; nothing is owed before the run.")
        self.how.set_lines([Said(paid if self._paid_out else before)] if people else ())

    # --- saving

    def act(self) -> Act | None:
        return Act(self.tr("Save the list")) if self._people else None

    def press(self) -> None:
        session = self._session
        if session is None or not self._people or self.doing:
            return
        dialog = QFileDialog(self, self.tr("Save the list"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Workbook (*.xlsx)"), self.tr("PDF (*.pdf)")])
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(f"{session.code}.xlsx")
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, path: str) -> None:
        """Write it there."""
        session = self._session
        if session is None:
            return
        office, desk, people = self._context.office, self._context.desk, self._people
        self._doing.ask(
            lambda: come_list.save(
                office=office, desk=desk, people=people, session=session.code, path=Path(path)
            ),
            lambda _none: self.done.emit(self.tr("Saved: {file}").format(file=Path(path).name)),
            self._refused,
        )

    def retranslate(self) -> None:
        self.facts.set_heading(self.tr("This session"))
        self.how.set_heading(self.tr("How they get it"))
        self.empty.set_texts(
            self.tr("Nobody has to come in person"),
            self.tr("Who paid in cash or at the other terminal stands here after the dry run."),
        )
        super().retranslate()
