"""What a refund and a void share: tickets ticked, papers back, a second person, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from boxoffice.errors import BoxOfficeError
from boxoffice.queries.orders import OrderView
from boxoffice.services.aftersales.returns import Back
from boxoffice.services.printing import tickets
from boxoffice.services.printing.tickets import Printed
from boxoffice.services.staff.approvals import Approval
from ui.asking import Asking
from ui.context import Context
from ui.orders.act import OrderAct
from ui.orders.act_body import ActBody
from ui.orders.return_end import ReturnEnd
from ui.orders.return_words import ReturnWords
from ui.widgets.action_button import ActionButton


class ReturnAct(OrderAct):
    """Base. The primary action leads to the approval where one is asked for, then does the act,
    then ends it.

    For those who drive it: `tick(line id, on)`, `body.papers`, `body.approval`, `primary`; `busy`
    tells whether an answer is awaited, `back` what went back at last.
    """

    void = False

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._words = ReturnWords(self)
        self._ticked: set[str] = set()
        self._trouble = ""
        self.back: tuple[Back, Printed] | None = None
        self.body: ActBody = ActBody(context)
        self._asking = Asking(context, self.body, self)
        self._end = ReturnEnd(self._words, self)
        self.primary = ActionButton(key="F8", kind="primary", act=self._pressed)
        self.body.ticked.connect(self.tick)
        self.body.papers_changed.connect(self._show)
        self.body.approval.approved.connect(lambda _approval: self._show())
        self.body.approval.closed.connect(self.quit)

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._asking.busy

    def begin(self, order: OrderView) -> None:
        self.back, self._trouble, self._ticked = None, "", set()
        self.body.papers.setChecked(False)
        self.body.approval.clear()
        self.body.show_asking()

    # --- what each of them says and does

    def tick(self, line_id: str, on: bool) -> None:
        """Choose a ticket, or not."""
        raise NotImplementedError

    def do(self) -> None:
        """Everything is there, approval and all."""
        raise NotImplementedError

    def show_choice(self) -> None:
        """Say everything again from what is known, before it is done."""
        raise NotImplementedError

    # --- for them

    def ask_approval(self, act: str, reasons: Sequence[str]) -> None:
        """A second person has to sign where there are reasons; one given before is forgotten."""
        if not reasons:
            self.body.approval.clear()
            return
        settings = self._context.office.settings
        said = self._words.approval(reasons, settings.refund_limit_fen, settings.void_minutes)
        self.body.approval.ask(act, said)

    def take_back(
        self,
        work: Callable[[Approval | None], Back],
        failed: Callable[[BoxOfficeError], object] | None = None,
    ) -> None:
        """Call the service with the approval that was given, and print what it wants printed."""
        office, desk = self._context.office, self._context.desk
        approval = self.body.approval.approval

        def act() -> tuple[Back, Printed]:
            back = work(approval)
            return back, tickets.print_jobs(office=office, desk=desk, job_ids=back.print_jobs)

        self._asking.ask(act, self._came_back, failed or self.refused, busy=self.primary)

    def refused(self, error: BoxOfficeError) -> None:
        """Say why not."""
        elsewhere = self.said_by_page(error)
        self._trouble = "" if elsewhere else self._context.troubles.sentence(error)
        self._show()

    def say_next(self, missing: str, *, ready: bool, note: str = "") -> None:
        """What is missing, else that a second person signs, else the note; trouble goes first."""
        asking = ready and not missing and self.body.approval.asking
        if asking:
            missing = self.tr("A second person signs above.")
            self.primary.setText(self.tr("To the approval"))
        self.primary.setEnabled(ready and (asking or not missing))
        self.body.say(self._trouble or missing or note)

    # --- the way through

    def _pressed(self) -> None:
        if self.back is not None:
            self.done.emit(self._end.text(self.back[0], void=self.void))
        elif self.body.approval.asking:
            self.body.show_approval()
        elif not self.busy:
            self.do()

    def _came_back(self, answer: tuple[Back, Printed]) -> None:
        self.back = answer
        self.body.approval.clear()
        self._show()

    def _show(self) -> None:
        if self.back is None:
            self.show_choice()
            return
        self._end.show(self.body, *self.back, void=self.void)
        self.primary.setText(self.tr("Done"))
        self.primary.setEnabled(True)
        for button in self.quiet:
            button.setEnabled(False)
