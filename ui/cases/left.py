"""Settles money that a lost window left: the company is asked, with a second person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from boxoffice.desk import Right
from boxoffice.domain.accounts import CARD
from boxoffice.errors import BoxOfficeError, TerminalElsewhere
from boxoffice.queries.cases import CaseRow
from boxoffice.services.staff.approvals import Approval
from boxoffice.services.supervising import left_attempts, left_paybacks
from ui import theme
from ui.approval.form import ApprovalForm
from ui.approval.reason_entry import ReasonEntry
from ui.cases.left_words import ATTEMPT, BY_HAND, PAYBACK, LeftCaseWords, found
from ui.context import Context
from ui.widgets.action_button import ActionButton

_ACTS = {ATTEMPT: left_attempts.SETTLE, PAYBACK: left_paybacks.TAKE_ON}


class LeftMoney(QWidget):
    """Shown for such cases, to who may; `settled` is called afterwards with what to say."""

    def __init__(
        self, context: Context, words: LeftCaseWords, settled: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._context, self._words, self._settled = context, words, settled
        self._case: CaseRow | None = None
        self._anew = False
        self._no_way = False
        """Whether the card takes nothing back: why is asked for, not the number of the refund."""
        self._told_elsewhere = ""
        """The case of which only the terminal of another window knows, as was found by trying."""
        self.reason = ReasonEntry(2)
        self.second = ApprovalForm(context)
        self.again = ActionButton(key="Alt+G", act=self._ask_anew)
        self.button = ActionButton(key="F8", kind="primary", act=self._act)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(16))
        column.setSpacing(theme.px(10))
        for part in (self.reason, self.second, self.again, self.button):
            edge = 0 if part is self.second else theme.px(12)  # the form has one of its own
            row = QVBoxLayout()
            row.setContentsMargins(edge, 0, edge, 0)
            row.addWidget(part)
            column.addLayout(row)
        self.reason.changed.connect(self._reason_given)
        self.second.approved.connect(lambda _approval: self._look())
        self.second.closed.connect(self.button.setFocus)
        self.retranslate()
        self.show_case(None)

    @property
    def _by_hand(self) -> bool:
        """Whether nobody is to be asked any more: two say how it was settled."""
        return self._case is not None and found(self._case) in BY_HAND and not self._anew

    @property
    def _at_portal(self) -> bool:
        """Whether the terminal is gone, so that its money goes back in the acquirer's portal."""
        case = self._case
        if case is None or case.kind != PAYBACK:
            return False
        here = case.facts.get("window") == self._context.office.settings.window
        card = case.facts.get("tender") == CARD and not here
        return card or self._told_elsewhere == case.id

    @property
    def _typing(self) -> bool:
        """Whether something has to be typed before two people sign for it."""
        return self._by_hand or self._at_portal

    @property
    def _typed(self) -> bool:
        """Whether what is typed will do."""
        if self._at_portal and not self._no_way:
            return left_paybacks.is_reference(self.reason.text)
        return bool(self.reason.text)

    def retranslate(self) -> None:
        """Words in the language of now."""
        self._say_reason()
        self.second.retranslate()
        self._look()

    def _say_reason(self) -> None:
        """What is to be typed, and the key that leads to the other way."""
        usual = [self.tr("Given back in the portal"), self.tr("The customer was not charged")]
        if self._at_portal:
            usual = [self.tr("The card is closed"), self.tr("The acquirer refuses it: too late")]
        if self._at_portal and not self._no_way:
            asked = self.tr("Its number in the acquirer's portal")
            self.reason.set_texts(asked, self.tr("6 to 12 digits"), usual)
            self.again.setText(self.tr("It cannot go back to the card"))
        elif self._at_portal:
            why = self.tr("The reason, in a few words")
            self.reason.set_texts(self.tr("Why it cannot go back"), why, usual)
            self.again.setText(self.tr("It was given back in the portal"))
        else:
            why = self.tr("The reason, in a few words")
            self.reason.set_texts(self.tr("How it was settled"), why, usual)
            self.again.setText(self.tr("Not settled yet: ask the company again"))

    def show_case(self, case: CaseRow | None) -> None:
        """The case in front; what was typed and signed for another one is forgotten."""
        context = self._context
        may = context.signed_on and context.desk.operator.may(Right.SETTLE_CASES)
        mine = case if case is not None and case.kind in _ACTS and may else None
        before, self._case = self._case, mine
        if mine is None:
            self.reason.forget()
            self.second.clear()
        elif before is None or (before.id, before.facts) != (mine.id, mine.facts):
            self._anew = self._no_way = False
            self.reason.forget()
            self._sign_anew()
        self.setVisible(mine is not None)
        self._look()

    def _sign_anew(self) -> None:
        """Ask for the second person; where a reason is wanted, once it is given."""
        if self._case is None or (self._typing and not self._typed):
            self.second.clear()
        else:
            self.second.ask(_ACTS[self._case.kind], "")

    def _reason_given(self) -> None:
        if self._typing and self._typed == self.second.isHidden():
            self._sign_anew()
        self._look()

    def _ask_anew(self) -> None:
        """Not settled by hand, after all: the company is asked once more; or, of a card, the other
        way it may have ended."""
        if self._at_portal:
            self._no_way = not self._no_way
            self.reason.begin()
            self._look()
            return
        self._anew = True
        self._sign_anew()
        self._look()
        self.second.take_focus()

    def _look(self) -> None:
        case, signed = self._case, self.second.approval is not None
        self.reason.setVisible(self._typing)
        self.again.setVisible(self._typing)
        for button in self.reason.usual:
            button.setVisible(not self._at_portal or self._no_way)
        self._say_reason()
        if case is None:
            return
        if self._at_portal and self._no_way:
            said = self.tr("It is owed still, by another way")
        elif self._at_portal:
            said = self.tr("It was given back in the portal")
        elif case.kind == PAYBACK:
            said = self.tr("Follow this money from here")
        elif self._by_hand:
            said = self.tr("It is settled with the company")
        else:
            said = self.tr("Ask the company, undo the payment")
        self.button.setText(said)
        self.button.setEnabled(signed and (not self._typing or self._typed))

    # --- acting

    def _act(self) -> None:
        if self._case is None:
            return
        if self._at_portal:
            typed, no_way = self.reason.text, self._no_way
            by_portal = partial(
                left_paybacks.end_by_hand,
                reference="" if no_way else typed,
                reason=typed if no_way else "",
            )
            self._run(by_portal, lambda _done: self._settled(self._words.ended(no_way=no_way)))
        elif self._case.kind == PAYBACK:
            self._run(left_paybacks.take_on, lambda _done: self._settled(""), self._not_taken)
        elif self._by_hand:
            by_hand = partial(left_attempts.settle_by_hand, reason=self.reason.text)
            self._run(by_hand, self._done)
        else:
            self._run(left_attempts.settle, self._done)

    def _done(self, settled: left_attempts.Settled) -> None:
        self._settled(self._words.done(settled))

    def _not_taken(self, error: BoxOfficeError) -> None:
        """Where only a lost terminal knows of it, the portal is the way."""
        if isinstance(error, TerminalElsewhere) and self._case is not None:
            self._told_elsewhere = self._case.id
            self._sign_anew()
            self._look()
        self._context.troubles.show(self.button, error)

    def _run(
        self,
        service: Callable[..., Any],
        done: Callable[[Any], object],
        failed: Callable[[BoxOfficeError], object] | None = None,
    ) -> None:
        case, approval = self._case, self.second.approval
        if case is None or approval is None:
            return
        work = partial(self._work, service, case.key, approval)
        # Signed for once: whoever asks again signs again.
        self._sign_anew()
        self._look()
        self._context.act(self.button, work, done, failed, busy=self.button)

    def _work(self, service: Callable[..., Any], order_id: str, approval: Approval) -> Any:
        office, desk = self._context.office, self._context.desk
        return service(office=office, desk=desk, approval=approval, order_id=order_id)
