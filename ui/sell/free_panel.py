"""Giving tickets away: why, and who approves it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boxoffice.domain.accounts import COMPLIMENTARY
from boxoffice.services.staff.approvals import Approval
from ui import theme
from ui.approval.form import ApprovalForm
from ui.approval.reason_entry import ReasonEntry
from ui.context import Context
from ui.widgets.text import Text

_USUAL = 3


class FreePanel(QWidget):
    """Emits `changed` as it is filled in, `closed` on Esc in the approval."""

    changed = Signal()
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = Text(role="quiet", wrap=True)
        self.reason = ReasonEntry(_USUAL)
        self.approval_form = ApprovalForm(context)
        column = QVBoxLayout(self)
        edge = theme.px(12)
        column.setContentsMargins(edge, theme.px(12), edge, edge)
        column.setSpacing(theme.px(12))
        for part in (self.reason, self.approval_form, self._note):
            column.addWidget(part)
        column.addStretch(1)
        self.reason.changed.connect(self.changed)
        self.approval_form.approved.connect(lambda _approval: self.changed.emit())
        self.approval_form.closed.connect(self.closed)
        self.retranslate()

    @property
    def approval(self) -> Approval | None:
        """Who approved it."""
        return self.approval_form.approval

    def begin(self) -> None:
        """Nothing was said, and nobody approved yet."""
        self.approval_form.ask(COMPLIMENTARY, "")
        self.reason.begin()

    def forget(self) -> None:
        """Nothing of it stays."""
        self.approval_form.clear()
        self.reason.forget()

    def complete(self) -> bool:
        """Whether all is filled in; the cursor goes to the approval where only that is missing."""
        if self.reason.text and self.approval is None:
            self.approval_form.take_focus()
        return not self.missing()

    def missing(self) -> str:
        """What has to be filled in next; "" where nothing is missing."""
        if not self.reason.text:
            return self.tr("Say why: press a reason, or type one")
        return "" if self.approval is not None else self.tr("A supervisor signs above")

    def words(self, count: int) -> tuple[str, bool]:
        """What F8 would do with that many tickets, and whether it may."""
        if self.reason.text and self.approval is None:
            return self.tr("To the approval"), True
        return self.tr("Give %n ticket(s) away", "", count), not self.missing()

    def retranslate(self) -> None:
        """Set every text again."""
        self._note.setText(self.tr("Reason and both names go on record."))
        self.reason.set_texts(
            self.tr("Why are they given away?"),
            self.tr("Another reason"),
            (
                self.tr("Guest of the organiser"),
                self.tr("Press or players"),
                self.tr("To make up for a trouble"),
            ),
        )
        self.approval_form.retranslate()
        self.changed.emit()
