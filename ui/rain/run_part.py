"""The dry run of a decision, and the run that pays it back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar

from boxoffice.domain import accounts
from boxoffice.errors import BoxOfficeError, NothingToPay
from boxoffice.queries import rain_day
from boxoffice.queries.rain_runs import BUSY, ELSEWHERE, UNDECIDED, RunState
from boxoffice.services.aftersales import dry_run, rain_run
from boxoffice.services.aftersales.dry_run import DryRun
from ui import formats
from ui.approval.form import ApprovalForm
from ui.context import Context
from ui.pickup.sections import Said, Section
from ui.rain.part import RainPart
from ui.rain.running import Running
from ui.rain.words import RainWords
from ui.widgets.part import Act
from ui.widgets.row_model import Row
from ui.widgets.side_panel import AmountLine

_PAYS = ("full", "half")
MOST_SKIPPED = 200
"""How many of the orders that were left for later are listed."""


class RunPart(RainPart):
    """Lists what goes back by outcome and by tender; its side begins, pauses and goes on.

    Emits `dried(DryRun)` with every dry run, `finished` where F8 asks who must come.
    """

    dried = Signal(object)
    finished = Signal()

    def __init__(self, context: Context, words: RainWords) -> None:
        super().__init__(context, words)
        self._dry: DryRun | None = None
        self._state: RunState | None = None
        self.running = Running(context, self)
        self.amount = AmountLine()
        self.facts, self.balance, self.mind = Section(), Section(), Section()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.second = ApprovalForm(context)
        for part in (self.amount, self.bar, self.facts, self.balance, self.mind, self.second):
            self.aside.addWidget(part)
        self.aside.addStretch(1)
        self.second.approved.connect(lambda _approval: self.changed.emit())
        self.running.stepped.connect(self._stepped)
        self.running.ended.connect(self._ended)
        self.running.failed.connect(self._failed)

    @property
    def busy(self) -> bool:
        return super().busy or self.running.under_way

    def tab(self) -> str:
        return self.tr("Paying back")

    def title(self) -> str:
        return self.tr("Paying back") if self._state is not None else self.tr("Dry run")

    # --- what is shown

    @property
    def dry(self) -> DryRun | None:
        """What a run would do, as it was reckoned last."""
        return self._dry

    @property
    def state(self) -> RunState | None:
        """How far the run is; None before it was begun."""
        return self._state

    def begin(self) -> None:
        self._dry, self._state = None, None
        self.second.clear()

    def came(self) -> None:
        session = self._session
        if session is None or self.running.under_way:
            return
        office, desk = self._context.office, self._context.desk

        def work() -> tuple[DryRun | None, RunState | None]:
            state = office.read(lambda store: rain_day.run_of(store, session.id))
            try:
                found = dry_run.dry_run(office=office, desk=desk, session_id=session.id)
            except NothingToPay:
                return None, state
            return found, state

        self._asking.ask(work, self._reckoned, self._refused)

    def _reckoned(self, found: tuple[DryRun | None, RunState | None]) -> None:
        self._dry, state = found
        run = self._session.run if self._session is not None else None
        # A run of a decision that was replaced since says nothing of this one.
        self._state = state if run is not None and run.current else None
        if self._needs_second and not self.second.asking and self.second.approval is None:
            self.second.ask(rain_run.RUN, "")
        elif not self._needs_second:
            self.second.clear()
        if self._dry is not None:
            self.dried.emit(self._dry)
        self.refill()

    @property
    def _payable(self) -> int:
        """Tickets that money goes back for."""
        outcomes = self._dry.outcomes if self._dry is not None else {}
        return sum(outcomes[one][0] for one in _PAYS if one in outcomes)

    @property
    def _needs_second(self) -> bool:
        return self._payable > 0 and (self._state is None or not self._state.open)

    def list_rows(self) -> Sequence[Row]:
        rows: list[Row] = []
        if self._dry is not None:
            rows += [self._outcome_row(name, *told) for name, told in self._dry.outcomes.items()]
            rows += [self._tender_row(name, fen) for name, fen in self._dry.tenders.items() if fen]
        skipped = self._state.skipped if self._state is not None else ()
        return rows + [self._skipped_row(*one) for one in skipped[:MOST_SKIPPED]]

    def _outcome_row(self, outcome: str, tickets: int, fen: int) -> Row:
        return Row(
            key=f"outcome {outcome}",
            fact=self._words.outcome(outcome),
            detail=self.tr("%n ticket(s)", "", tickets),
            tone="" if outcome else "attention",
            value=formats.money(fen),
        )

    def _tender_row(self, tender: str, fen: int) -> Row:
        if tender in accounts.IN_PERSON:
            people = sum(one.tender == tender for one in self._dry.in_person) if self._dry else 0
            said, tone = self.tr("%n order(s) must come in person", "", people), "attention"
        elif tender in accounts.ASKED:
            said, tone = self.tr("goes back the way it came, by itself"), "good"
        else:
            said, tone = self.tr("the channel is asked to pay it back"), ""
        return Row(f"tender {tender}", self._words.tender(tender), said, tone, formats.money(fen))

    def _skipped_row(self, number: str, state: str, why: str) -> Row:
        said = {
            ELSEWHERE: self.tr("window {window} has it").format(window=why),
            BUSY: self.tr("money for it is under way"),
            UNDECIDED: self.tr("nobody decided for a ticket of it"),
        }[state]
        name = self.tr("Order {number}").format(number=number)
        note = self.tr("left for later")
        return Row(f"skipped {number}", name, said, "attention", note=note, value="–")

    def refresh_side(self) -> None:
        state, dry = self._state, self._dry
        self._say_why_empty()
        under_way = self.running.under_way
        self.bar.setVisible(under_way or (state is not None and state.open))
        if state is not None:
            self.bar.setRange(0, max(state.orders + state.left, 1))
            self.bar.setValue(state.orders)
            self.amount.set_amount(self.tr("Paid back"), state.amount_fen)
        else:
            self.bar.setRange(0, 0 if under_way else 1)
            self.amount.set_amount(self.tr("To pay back"), dry.amount_fen if dry else 0)
        self.amount.setVisible(state is not None or dry is not None)
        self.facts.set_lines(self._facts(state, dry))
        showing = dry is not None and not under_way and self._payable > 0
        self.balance.set_lines(self._balances(dry) if showing and dry is not None else ())
        self.mind.set_lines(self._minds(dry) if showing and dry is not None else ())

    def _say_why_empty(self) -> None:
        if self._state is None:
            self.empty.set_texts(
                self.tr("Nothing to pay back"),
                self.tr("Decide first what the tickets of this session bring (Alt D)."),
            )
        elif self._state.open:
            self.empty.set_texts(
                self.tr("The run is not finished"),
                self.tr("Go on with it: what is left is paid back then."),
            )
        else:
            self.empty.set_texts(
                self.tr("All is paid back"),
                self.tr("Who paid in cash or at the other terminal must come for it (Alt N)."),
            )

    def _facts(self, state: RunState | None, dry: DryRun | None) -> list[Said]:
        if state is not None:
            done = self.tr("%n order(s)", "", state.orders)
            paid = self.tr("%n ticket(s) paid back", "", state.tickets)
            said = [Said(formats.DOT.join((paid, done)), "good")]
            if state.left:
                said.append(Said(self.tr("%n order(s) left", "", state.left), "attention"))
            return said
        if dry is None:
            return []
        tickets = self.tr("%n ticket(s)", "", dry.tickets)
        return [Said(formats.DOT.join((tickets, self.tr("%n order(s)", "", dry.orders))))]

    def _balances(self, dry: DryRun) -> list[Said]:
        return [
            Said(f"{self._words.tender(tender)}: {formats.money(fen)}", "attention")
            for tender, fen in dry.balance_needed.items()
            if fen
        ]

    def _minds(self, dry: DryRun) -> list[Said]:
        said = []
        coming = sum(one.amount_fen for one in dry.in_person if one.amount_fen)
        people = sum(one.amount_fen > 0 for one in dry.in_person)
        if people:
            text = self.tr("%n order(s) must come in person", "", people)
            said.append(Said(f"{text}: {formats.money(coming)}", "attention"))
        if dry.busy:
            text = self.tr("%n order(s) with money under way: later", "", dry.busy)
            said.append(Said(text, "attention"))
        if dry.part_paid:
            text = self.tr("%n order(s) paid in part: settle them by hand", "", dry.part_paid)
            said.append(Said(text, "attention"))
        return said

    # --- running

    def act(self) -> Act | None:
        session = self._session
        if self.running.pausing:
            return Act(self.tr("Pausing"), self.tr("The batch that was begun is ended first"))
        if self.running.under_way:
            return Act(self.tr("Pause"))
        if session is None or session.decided is None:
            return None
        if self._state is not None and self._state.open:
            return Act(self.tr("Go on with the run"))
        if self._state is not None and not self._payable:
            return Act(self.tr("Who must come"))
        if self._dry is None or not self._payable:
            return None
        sum_ = formats.short_money(self._dry.amount_fen)
        said = self.tr("Pay back {sum}").format(sum=sum_)
        signed = self.second.approval is not None
        return Act(said, "" if signed else self.tr("A second person signs"))

    def press(self) -> None:
        act, session = self.act(), self._session
        if act is None or act.missing or session is None:
            return
        if self.running.under_way:
            self.running.pause()
        elif not self._payable and not (self._state is not None and self._state.open):
            self.finished.emit()
            return
        else:
            self.running.go(session.id, self.second.approval)
            self.second.clear()
        self.refresh_side()
        self.changed.emit()

    def _stepped(self, state: RunState) -> None:
        if self._session is not None and state.session_id == self._session.id:
            self._state = state
            self.refresh_side()
            self.changed.emit()

    def _ended(self, state: RunState) -> None:
        self._stepped(state)
        said = self.tr("%n ticket(s) paid back", "", state.tickets)
        if state.open:
            said = formats.DOT.join((said, self.tr("the run is not finished: go on with it")))
        self.done.emit(said)
        self.came()

    def _failed(self, error: BoxOfficeError) -> None:
        self._refused(error)
        self.came()

    def retranslate(self) -> None:
        self.facts.set_heading(self.tr("This session"))
        self.balance.set_heading(self.tr("These accounts have to hold"))
        self.mind.set_heading(self.tr("Mind"))
        self.second.retranslate()
        super().retranslate()
