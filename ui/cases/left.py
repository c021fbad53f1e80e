"""Settles money that a lost window left: the company is asked, with a second person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from boxoffice.desk import Right
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
        self.reason = ReasonEntry(2)
        self.second = ApprovalForm(context)
        self.again = ActionButton(key="Alt+G", act=self._ask_anew)
        self.button = ActionButton(key="F8", kind="primary", act=self._act)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for part in (self.reason, self.second, self.again, self.button):
            column.addWidget(part)
        self.reason.changed.connect(self._reason_given)
        self.second.approved.connect(lambda _approval: self._look())
        self.second.closed.connect(self.button.setFocus)
        self.retranslate()
        self.show_case(None)

    @property
    def _by_hand(self) -> bool:
        """Whether nobody is to be asked any more: two say how it was settled."""
        return self._case is not None and found(self._case) in BY_HAND and not self._anew

    def retranslate(self) -> None:
        """Words in the language of now."""
        self.reason.set_texts(
            self.tr("How it was settled"),
            self.tr("The reason, in a few words"),
            [self.tr("Given back in the portal"), self.tr("The customer was not charged")],
        )
        self.again.setText(self.tr("Not settled yet: ask the company again"))
        self.second.retranslate()
        self._look()

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
            self._anew = False
            self.reason.forget()
            self._sign_anew()
        self.setVisible(mine is not None)
        self._look()

    def _sign_anew(self) -> None:
        """Ask for the second person; where a reason is wanted, once it is given."""
        if self._case is None or (self._by_hand and not self.reason.text):
            self.second.clear()
        else:
            self.second.ask(_ACTS[self._case.kind], "")

    def _reason_given(self) -> None:
        if self._by_hand and bool(self.reason.text) == self.second.isHidden():
            self._sign_anew()
        self._look()

    def _ask_anew(self) -> None:
        """Not settled by hand, after all: the company is asked once more."""
        self._anew = True
        self._sign_anew()
        self._look()
        self.second.take_focus()

    def _look(self) -> None:
        case, signed = self._case, self.second.approval is not None
        self.reason.setVisible(self._by_hand)
        self.again.setVisible(self._by_hand)
        if case is None:
            return
        if case.kind == PAYBACK:
            said = self.tr("Follow this money from here")
        elif self._by_hand:
            said = self.tr("It is settled with the company")
        else:
            said = self.tr("Ask the company, undo the payment")
        self.button.setText(said)
        self.button.setEnabled(signed and (not self._by_hand or bool(self.reason.text)))

    # --- acting

    def _act(self) -> None:
        if self._case is None:
            return
        if self._case.kind == PAYBACK:
            self._run(left_paybacks.take_on, lambda _done: self._settled(""))
        elif self._by_hand:
            by_hand = partial(left_attempts.settle_by_hand, reason=self.reason.text)
            self._run(by_hand, self._done)
        else:
            self._run(left_attempts.settle, self._done)

    def _done(self, settled: left_attempts.Settled) -> None:
        self._settled(self._words.done(settled))

    def _run(self, service: Callable[..., Any], done: Callable[[Any], object]) -> None:
        case, approval = self._case, self.second.approval
        if case is None or approval is None:
            return
        work = partial(self._work, service, case.key, approval)
        # Signed for once: whoever asks again signs again.
        self._sign_anew()
        self._look()
        self._context.act(self.button, work, done, busy=self.button)

    def _work(self, service: Callable[..., Any], order_id: str, approval: Approval) -> Any:
        office, desk = self._context.office, self._context.desk
        return service(office=office, desk=desk, approval=approval, order_id=order_id)
