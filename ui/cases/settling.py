"""Settles a case that a supervisor has explained: a reason, and one key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from boxoffice.desk import Right
from boxoffice.queries.cases import CaseRow
from boxoffice.services.money import cases
from ui import theme
from ui.approval.reason_entry import ReasonEntry
from ui.cases.bill_words import BANK, BILL
from ui.context import Context
from ui.widgets.action_button import ActionButton


class Settling(QWidget):
    """Shown for cases a person may explain, to who may; `settled` is called afterwards."""

    def __init__(self, context: Context, settled: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._settled = context, settled
        self._case: CaseRow | None = None
        self.reason = ReasonEntry(2)
        self.button = ActionButton(key="F8", kind="primary", act=self._act)
        column = QVBoxLayout(self)
        edge = theme.px(12)
        column.setContentsMargins(edge, 0, edge, theme.px(16))
        column.setSpacing(theme.px(10))
        column.addWidget(self.reason)
        column.addWidget(self.button)
        self.reason.changed.connect(self._look)
        self.retranslate()
        self.show_case(None)

    def retranslate(self) -> None:
        """Words in the language of now."""
        self.reason.set_texts(
            self.tr("Explained by"),
            self.tr("The reason, in a few words"),
            [self.tr("Confirmed by the other side"), self.tr("Booked by hand")],
        )
        self.button.setText(self.tr("Settle the case"))

    def show_case(self, case: CaseRow | None) -> None:
        """The case in front; what was typed for another one is forgotten."""
        if case is None or self._case is None or case.id != self._case.id:
            self.reason.forget()
        self._case = case
        context = self._context
        may = context.signed_on and context.desk.operator.may(Right.SETTLE_CASES)
        self.setVisible(case is not None and case.kind in (BILL, BANK) and may)
        self._look()

    def _look(self) -> None:
        self.button.setEnabled(bool(self.reason.text) and self._case is not None)

    def _act(self) -> None:
        if self._case is None:
            return
        office, desk = self._context.office, self._context.desk
        case, reason = self._case.id, self.reason.text
        self._context.act(
            self.button,
            lambda: cases.settle(office=office, desk=desk, case_id=case, reason=reason),
            lambda _: self._settled(),
        )
