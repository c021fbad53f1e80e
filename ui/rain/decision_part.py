"""What the rules say of a session, and the decision: theirs, or another one by two people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from boxoffice.domain.rain import Decision, Outcome
from boxoffice.domain.refunding import ReturnKind
from boxoffice.queries.rain import Decided, Judgement
from boxoffice.services.aftersales import rain
from ui import theme
from ui.approval.form import ApprovalForm
from ui.approval.reason_entry import ReasonEntry
from ui.context import Context
from ui.pickup.sections import Said, Section
from ui.rain.part import RainPart
from ui.rain.words import RainWords
from ui.widgets.chip import Chip
from ui.widgets.part import Act
from ui.widgets.row_model import Row
from ui.widgets.text import Text

_KINDS = {
    ReturnKind.RAIN: "Alt+4",
    ReturnKind.CANCELLED: "Alt+5",
    ReturnKind.MOVED: "Alt+6",
}
_OUTCOMES: dict[Outcome | None, str] = {
    None: "Alt+7",
    Outcome.FULL: "Alt+8",
    Outcome.HALF: "Alt+9",
    Outcome.EXCHANGE: "Alt+0",
    Outcome.HELD: "Alt+H",
}
_USUAL = {ReturnKind.CANCELLED: Outcome.FULL, ReturnKind.MOVED: Outcome.EXCHANGE}
"""What a session that is not played brings, unless people decide otherwise."""
_TONES = {Outcome.HELD: "good"}


class DecisionPart(RainPart):
    """Lists the answer of each rule that counts for a ticket; its side decides.

    Emits `stands` where F8 goes on with what was decided.
    """

    stands = Signal()

    def __init__(self, context: Context, words: RainWords) -> None:
        super().__init__(context, words)
        self._judgement: Judgement | None = None
        self._kind = ReturnKind.RAIN
        self._outcome: Outcome | None = None
        self._choosing = False
        self.standing = Section()
        self._why, self._what = Text(role="heading"), Text(role="heading")
        self.kinds = {kind: Chip(key) for kind, key in _KINDS.items()}
        self.outcomes = {outcome: Chip(key) for outcome, key in _OUTCOMES.items()}
        self.note = Text(wrap=True)
        self.note.set_tone("attention")
        self.reason = ReasonEntry(2)
        self.second = ApprovalForm(context)
        self._lay_out()
        for kind, chip in self.kinds.items():
            chip.clicked.connect(partial(self.choose_kind, kind))
        for outcome, chip in self.outcomes.items():
            chip.clicked.connect(partial(self.choose_outcome, outcome))
        self.reason.changed.connect(self.changed)
        self.second.approved.connect(lambda _approval: self.changed.emit())

    def _lay_out(self) -> None:
        self.aside.addWidget(self.standing)
        for title, chips in ((self._why, self.kinds), (self._what, self.outcomes)):
            grid = QGridLayout()
            grid.setSpacing(theme.px(6))
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 1)
            for place, chip in enumerate(chips.values()):
                # One alone at the beginning of a row takes all of it.
                alone = place == 0 and len(chips) % 2 == 1
                at = place + 1 if place and len(chips) % 2 == 1 else place
                grid.addWidget(chip, at // 2, at % 2, 1, 2 if alone else 1)
            self.aside.addWidget(title)
            self.aside.addLayout(grid)
        for part in (self.note, self.reason, self.second):
            self.aside.addWidget(part)
        self.aside.addStretch(1)

    def tab(self) -> str:
        return self.tr("Decision")

    def title(self) -> str:
        return self.tr("Decide")

    # --- what the rules say

    @property
    def judgement(self) -> Judgement | None:
        """What the rules answered last."""
        return self._judgement

    def begin(self) -> None:
        self._judgement = None
        self._kind, self._outcome, self._choosing = ReturnKind.RAIN, None, False
        self.reason.forget()
        self.second.clear()

    def came(self) -> None:
        session = self._session
        if session is None:
            return
        office, desk = self._context.office, self._context.desk
        self._asking.ask(
            lambda: rain.judge(office=office, desk=desk, session_id=session.id),
            self._judged,
            self._refused,
        )

    def _judged(self, found: Judgement) -> None:
        self._judgement = found
        self.refill()

    def list_rows(self) -> Sequence[Row]:
        found = self._judgement
        if found is None:
            return []
        rows = [self._row(n, decision) for n, decision in enumerate(found.decisions)]
        for n, case in enumerate(found.without_rule):
            name = self.tr("Policy {name}").format(name=case[0])
            said = self.tr("no rain rule: two people decide")
            rows.append(Row(f"without {n}", name, said, "attention"))
        return rows

    def _row(self, place: int, found: Decision) -> Row:
        outcome = found.outcome
        open_ = bool(found.open_courts) or found.unrecorded
        return Row(
            key=str(place),
            fact=self._words.rule(found.rule),
            detail=self._words.asked(found.rule),
            middle=self._words.counted(found),
            middle_detail=self._words.why(found),
            value=self._words.outcome(outcome.value),
            note=self.tr("as it stands now") if open_ else "",
            value_tone=_TONES.get(outcome, "attention"),
        )

    # --- deciding

    def choose_kind(self, kind: ReturnKind, _on: bool = True) -> None:
        """Why the session is decided for."""
        self._kind = kind
        self.choose_outcome(_USUAL.get(kind))

    def choose_outcome(self, outcome: Outcome | None, _on: bool = True) -> None:
        """What its tickets bring; None: what the rules say. An approval before was for another."""
        if outcome is None and self._kind is not ReturnKind.RAIN:
            self._kind = ReturnKind.RAIN
        self._outcome, self._choosing = outcome, True
        if self._signed:
            self.second.ask(rain.DECIDE, "")
        else:
            self.second.clear()
        self.refresh_side()
        self.changed.emit()

    @property
    def _signed(self) -> bool:
        """Whether two people have to."""
        return self._outcome is not None

    @property
    def _settled(self) -> bool:
        """Whether it was decided, and nobody is about to decide otherwise."""
        decided = self._session is not None and self._session.decided is not None
        return decided and not self._choosing

    def refresh_side(self) -> None:
        decided = self._session.decided if self._session is not None else None
        said = self._words.decided(decided)
        self.standing.set_lines([Said(said, "good")] if said else ())
        for kind, chip in self.kinds.items():
            chip.setChecked(kind is self._kind and not self._settled)
        for outcome, chip in self.outcomes.items():
            chip.setChecked(outcome is self._outcome and not self._settled)
        self.reason.setVisible(self._signed)
        why = self._judgement.why_not_final if self._judgement is not None else ""
        self.note.setText(self._words.not_final(why))
        self.note.setVisible(bool(why))

    def act(self) -> Act | None:
        if self._session is None:
            return None
        outcome = self._outcome
        if self._settled:
            return Act(self.tr("Go on to paying back"))
        if outcome is None:
            said = self.tr("Decide by the rules")
            found = self._judgement
            if found is None:
                return Act(said, self.tr("The rules are being read"))
            final = not found.why_not_final
            return Act(said, "" if final else self.tr("Or choose above what two people decide"))
        told = self._words.outcome(outcome.value)
        said = self.tr("Decide: {outcome}").format(outcome=told)
        if not self.reason.text:
            return Act(said, self.tr("Say why: press a reason, or type one"))
        signed = self.second.approval is not None
        return Act(said, "" if signed else self.tr("A second person signs"))

    def press(self) -> None:
        if self._settled:
            self.stands.emit()
            return
        session, act = self._session, self.act()
        if session is None or act is None or act.missing or self.doing:
            return
        office, desk = self._context.office, self._context.desk
        kind, outcome, reason = self._kind, self._outcome, self.reason.text
        approval = self.second.approval
        self._doing.ask(
            lambda: rain.decide(
                office=office,
                desk=desk,
                session_id=session.id,
                kind=kind,
                outcome=outcome,
                reason=reason if outcome is not None else "",
                approval=approval,
            ),
            self._decided,
            self._refused,
        )
        self.changed.emit()

    def _decided(self, found: Decided) -> None:
        self.begin()
        self.done.emit(self.tr("Decided: {what}").format(what=self._words.decided(found)))
        self.came()

    def retranslate(self) -> None:
        self.standing.set_heading(self.tr("Decided"))
        self._why.setText(self.tr("Why"))
        self._what.setText(self.tr("What its tickets bring"))
        for kind, chip in self.kinds.items():
            chip.setText(self._words.decision_kind(kind.value))
        for outcome, chip in self.outcomes.items():
            if outcome is None:
                chip.setText(self.tr("As the rules say"))
            else:
                held = outcome is Outcome.HELD
                chip.setText(self.tr("Held") if held else self._words.outcome(outcome))
        self.reason.set_texts(
            self.tr("Why not the rules?"),
            self.tr("Another reason"),
            (self.tr("Decided by the organiser"), self.tr("Goodwill")),
        )
        self.second.retranslate()
        self.empty.set_texts(
            self.tr("No live ticket of this session"),
            self.tr("There is nothing the rules could be held against. Two people may decide."),
        )
        super().retranslate()
