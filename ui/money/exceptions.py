"""Exceptions of a bill: what differs, what to do next, asked about once more, and explained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from boxoffice.domain.statuses import CaseStatus
from boxoffice.errors import BoxOfficeError
from boxoffice.queries.cases import CaseRow
from boxoffice.queries.money_days import Held
from boxoffice.services.money import asking_party, cases, looking
from ui import formats, theme
from ui.approval.reason_entry import ReasonEntry
from ui.cases.bill_words import BillCaseWords
from ui.context import Context
from ui.money.part import MoneyPart
from ui.money.words import MoneyWords
from ui.pickup.sections import Said, Section
from ui.widgets.action_button import ActionButton
from ui.widgets.part import Act
from ui.widgets.row_model import Row
from ui.widgets.text import Text

_USUAL = 3


class ExceptionsPart(MoneyPart):
    """Of the bill that `show_bill` named, else of the first that has open ones.

    Emits `days_wanted` where nothing is left to explain.
    """

    days_wanted = Signal()

    def __init__(self, context: Context, words: MoneyWords) -> None:
        super().__init__(context, words)
        self._cases_words = BillCaseWords(self)
        self.held: Held | None = None
        self._cases: tuple[CaseRow, ...] = ()
        self._shown = ""
        self.head = Text(role="quiet", wrap=True)
        self.column.insertWidget(0, self.head)
        self.what, self.advice = Section(), Section()
        self.open_order = ActionButton(key="Alt+O", act=self._open_order)
        self.ask_again = ActionButton(key="Alt+A", act=self.ask)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        for button in (self.open_order, self.ask_again):
            buttons.addWidget(button)
        self.reason = ReasonEntry(_USUAL)
        self.reason.changed.connect(self._reason_changed)
        self.aside.addWidget(self.what)
        self.aside.addWidget(self.advice)
        self.aside.addLayout(buttons)
        self.aside.addSpacing(theme.px(8))
        self.aside.addWidget(self.reason)
        self.aside.addStretch(1)

    # --- what is listed

    @property
    def case(self) -> CaseRow | None:
        """The one that is marked."""
        return next((case for case in self._cases if case.id == self.rows.current), None)

    def show_bill(self, held: Held) -> None:
        """Another bill is looked at."""
        if self.held is None or self.held.id != held.id:
            self._cases = ()
        self.held = held
        self.refill()

    def _fill(self) -> None:
        bills = self._bills()
        same = next((one for one in bills if self.held and one.id == self.held.id), None)
        self.held = same or next((one for one in bills if one.open), None) or self.held
        super()._fill()
        self._load()

    def _bills(self) -> list[Held]:
        days = self.view.days if self.view is not None else ()
        return [part for day in days for part in day.parts if part.id]

    def _load(self) -> None:
        if self.held is None or not self._context.signed_on:
            return
        office, bill = self._context.office, self.held.id
        self._asking.ask(lambda: looking.exceptions(office, bill), self._came, super()._refused)

    def _came(self, found: Sequence[CaseRow]) -> None:
        self._cases = tuple(found)
        super()._fill()
        self.changed.emit()

    def tab(self) -> str:
        count = sum(day.open for day in self.view.days) if self.view is not None else 0
        return self.tr("%n exception(s)", "", count)

    def title(self) -> str:
        return self.tr("This exception") if self.case is not None else self.tr("Exceptions")

    def list_rows(self) -> Sequence[Row]:
        held = self.held
        self.head.setVisible(held is not None)
        if held is not None:
            matched = self.tr("%n pair(s) of rows agree", "", held.matched)
            file = self._words.file(held.name)
            said = (self._words.days(held), self._words.tender(held.tender), file, matched)
            self.head.setText(formats.DOT.join(said))
        return [self._row(case) for case in self._cases]

    def _row(self, case: CaseRow) -> Row:
        facts = case.facts
        said = self._cases_words.of(case)
        ours, theirs = facts.get("ours_fen"), facts.get("theirs_fen")
        still = case.status == CaseStatus.OPEN
        number = str(facts.get("number") or facts.get("reference") or "")
        order = self.tr("Order {number}").format(number=case.order_number)
        apart = int(theirs or 0) - int(ours or 0)
        back = str(facts.get("kind", "")) == "refund"
        return Row(
            key=case.id,
            fact=said.reason if said is not None else case.kind,
            detail=order if case.order_number else number,
            middle=self.tr("Ledger {amount}").format(amount=self._amount(ours)),
            middle_detail=self.tr("Bill {amount}").format(amount=self._amount(theirs)),
            value=formats.money(-apart if back else apart),
            note=self.tr("open") if still else self.tr("explained"),
            value_tone="attention" if still else "good",
        )

    def _amount(self, fen: Any) -> str:
        return "–" if fen is None else formats.money(int(fen))

    # --- the side

    def refresh_side(self) -> None:
        case = self.case
        for part in (self.open_order, self.ask_again, self.reason):
            part.setVisible(case is not None)
        if case is None:
            self.what.set_lines(())
            self.advice.set_lines(())
            return
        if case.id != self._shown:
            self._shown = case.id
            self.reason.forget()
        said, still = self._cases_words.of(case), case.status == CaseStatus.OPEN
        if said is not None:
            tone = "attention" if still else "good"
            self.what.set_lines([Said(said.reason, tone), Said(said.sentence)])
            self.advice.set_lines(self._next(case, said.advice))
        self.open_order.setEnabled(bool(case.order_number))
        gateways = self._context.office.gateways
        self.ask_again.setVisible(still and asking_party.can_ask(case.facts, gateways.keys()))
        self.reason.setVisible(still)

    def _next(self, case: CaseRow, advice: Sequence[str]) -> list[Said]:
        if case.status != CaseStatus.OPEN:
            settled = case.facts.get("settled", {})
            why = str(settled.get("reason") or "")
            by = str(settled.get("by") or "")
            return [Said(formats.DOT.join(filter(None, (self.tr("Explained"), why, by))), "good")]
        # The last one says where a case is settled: here, below.
        lines = [Said(text) for text in advice[:-1]]
        asked = case.facts.get("asked")
        if asked:
            kind = str(case.facts.get("kind", ""))
            said = asking_party.Said(kind, asked["outcome"], asked["why"], asked["fen"])
            lines.append(Said(self._words.asked(said), "good"))
        return lines

    # --- doing

    def _open_order(self) -> None:
        case = self.case
        if case is not None and case.order_number:
            self.order_wanted.emit(case.order_number)

    def ask(self) -> None:
        """Ask the company about this one once more."""
        case = self.case
        if case is None or self.doing:
            return
        office, desk, case_id = self._context.office, self._context.desk, case.id
        self._doing.ask(
            lambda: asking_party.ask(office=office, desk=desk, case_id=case_id),
            lambda _said: self._over(""),
            self._refused,
            busy=self.ask_again,
        )

    def _reason_changed(self) -> None:
        if self.reason.text:
            self.side.ensureWidgetVisible(self.reason)
        self.changed.emit()

    def act(self) -> Act | None:
        case = self.case
        if case is not None and case.status == CaseStatus.OPEN:
            missing = "" if self.reason.text else self.tr("Say why: press a reason, or type one")
            return Act(self.tr("Explain this exception"), missing)
        if self._next_open is not None:
            return Act(self.tr("To the next open one"))
        return Act(self.tr("Back to the days")) if self.held is not None else None

    @property
    def _next_open(self) -> CaseRow | None:
        return next((one for one in self._cases if one.status == CaseStatus.OPEN), None)

    def press(self) -> None:
        case, reason, other = self.case, self.reason.text, self._next_open
        if self.doing:
            return
        if case is None or case.status != CaseStatus.OPEN:
            if other is not None:
                self.choose_row(other.id)
            else:
                self.days_wanted.emit()
            return
        if not reason:
            return
        office, desk, case_id = self._context.office, self._context.desk, case.id
        self._doing.ask(
            lambda: cases.settle(office=office, desk=desk, case_id=case_id, reason=reason),
            lambda _none: self._over(self.tr("Explained: {reason}").format(reason=reason)),
            self._refused,
        )
        self.changed.emit()

    def _over(self, said: str) -> None:
        self._load()
        self.done.emit(said)

    def _refused(self, error: BoxOfficeError) -> None:
        super()._refused(error)
        self._load()

    def retranslate(self) -> None:
        self.what.set_heading(self.tr("What differs"))
        self.advice.set_heading(self.tr("What to do"))
        self.open_order.setText(self.tr("Open the order"))
        self.ask_again.setText(self.tr("Ask again"))
        self.reason.set_texts(
            self.tr("Explained by"),
            self.tr("The reason, in a few words"),
            (
                self.tr("Confirmed by the other side"),
                self.tr("Booked by hand"),
                self.tr("Given back to the customer"),
            ),
        )
        self.empty.set_texts(
            self.tr("No exceptions"),
            self.tr("What a bill and the ledger do not agree on is listed here once it is read."),
        )
        super().retranslate()
