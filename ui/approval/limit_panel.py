"""Over a purchase limit: why this customer may have more, and who approves it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boxoffice.errors import LimitReached
from boxoffice.services.sales import limit_overrides, limits
from boxoffice.services.staff.approvals import Approval
from ui import theme
from ui.approval.form import ApprovalForm
from ui.approval.reason_entry import ReasonEntry
from ui.context import Context
from ui.widgets.text import Text

_USUAL = 3


class LimitPanel(QWidget):
    """Emits `changed` as it is filled in, `closed` on Esc in the approval."""

    changed = Signal()
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._error: LimitReached | None = None
        self._said, self._note = Text(wrap=True), Text(role="quiet", wrap=True)
        self._said.set_tone("attention")
        self.reason = ReasonEntry(_USUAL)
        self.approval_form = ApprovalForm(context)
        column = QVBoxLayout(self)
        edge = theme.px(12)
        column.setContentsMargins(edge, theme.px(16), edge, edge)
        column.setSpacing(theme.px(12))
        for part in (self._said, self.reason, self.approval_form, self._note):
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

    @property
    def asking(self) -> bool:
        """Whether a limit waits to be passed."""
        return self._error is not None

    def ask(self, error: LimitReached) -> None:
        """A limit refused the clerk: may this customer have more?"""
        self._error = error
        self._said.setText(self._context.troubles.sentence(error))
        self.approval_form.ask(limits.PASS, "")
        self.reason.begin()

    def forget(self) -> None:
        """Nothing of it stays."""
        self._error = None
        self.approval_form.clear()

    def complete(self) -> bool:
        """Whether all is filled in; the cursor goes to the approval where only that is missing."""
        if self.reason.text and self.approval is None:
            self.approval_form.take_focus()
        return not self.missing()

    def letting(self) -> Callable[[str | None], str]:
        """What puts it on record for an order, or for one that is not there yet; a service call."""
        error, office, desk = self._error, self._context.office, self._context.desk
        assert error is not None
        reason, approval, count = self.reason.text, self.approval, self._count

        def work(order_id: str | None) -> str:
            return limit_overrides.let_pass(
                office=office,
                desk=desk,
                order_id=order_id,
                rule=str(error.fields["rule"]),
                count=count,
                reason=reason,
                approval=approval,
            )

        return work

    @property
    def _count(self) -> int:
        """How many tickets it would be."""
        return int(str(self._error.fields["count"])) if self._error is not None else 0

    def missing(self) -> str:
        """What has to be filled in next; "" where nothing is missing."""
        if not self.reason.text:
            return self.tr("Say why: press a reason, or type one")
        return "" if self.approval is not None else self.tr("A supervisor signs above")

    def words(self) -> tuple[str, bool]:
        """What F8 would do, and whether it may."""
        if self.reason.text and self.approval is None:
            return self.tr("To the approval"), True
        return self.tr("Allow %n ticket(s)", "", self._count), not self.missing()

    def retranslate(self) -> None:
        """Set every text again; which limit it was is said in the language of then."""
        self._note.setText(self.tr("Reason and both names go on record. It holds for this order."))
        self.reason.set_texts(
            self.tr("Why may they have more?"),
            self.tr("Another reason"),
            (
                self.tr("A family or a group"),
                self.tr("Invited by the organiser"),
                self.tr("Tickets given back before"),
            ),
        )
        self.approval_form.retranslate()
        self.changed.emit()
