"""The money page, for supervisors: days held against bills, exceptions, transfers by the bank."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from boxoffice.queries.money_days import Held
from boxoffice.services.money import looking
from boxoffice.services.money.bills import BillReport
from boxoffice.services.money.files import Taken
from boxoffice.services.money.looking import MoneyView
from ui.context import Context
from ui.money.days import DaysPart
from ui.money.exceptions import ExceptionsPart
from ui.money.files_bar import FilesBar
from ui.money.part import MoneyPart
from ui.money.transfers import TransfersPart
from ui.money.words import MoneyWords
from ui.widgets.parted_page import PartedPage


class MoneyPage(PartedPage[MoneyPart]):
    """Shows the money outside as central has it; `badge_changed` counts what waits."""

    TOPICS = ("central", "cases", "payments")
    order_wanted = Signal(str)
    """The order of this number is to be looked at: the orders page does that."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._again = False
        words = MoneyWords(self)
        self.files = FilesBar(context, words)
        self.days = DaysPart(context, words)
        self.exceptions = ExceptionsPart(context, words)
        self.transfers = TransfersPart(context, words)
        self.body.addWidget(self.files)
        self.files.over(self.centre)
        self.put_together({"Alt+D": self.days, "Alt+E": self.exceptions, "Alt+T": self.transfers})
        for part in self.parts.values():
            part.order_wanted.connect(self.order_wanted)
        self.days.exceptions_wanted.connect(self._look_at)
        self.days.file_wanted.connect(self.files.choose_files)
        self.transfers.file_wanted.connect(self.files.choose_files)
        self.exceptions.days_wanted.connect(lambda: self.show_part(self.days))
        self.files.taken.connect(self._taken)

    # --- the page

    @property
    def view(self) -> MoneyView | None:
        """What is shown; None before the first answer."""
        return self.days.view

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return super().busy or self.files.busy

    def reload(self) -> None:
        """Ask central again; one question at a time, and once more for what came meanwhile."""
        if not self._context.signed_on:
            return
        self._again = self._asking.busy
        if not self._again:
            office = self._context.office
            self._asking.ask(lambda: looking.look(office), self._came, self._refused)

    def _came(self, view: MoneyView) -> None:
        for part in self.parts.values():
            part.show_view(view)
        self.badge_changed.emit(sum(day.open for day in view.days))
        self._say_next()
        if self._again:
            self.reload()

    # --- its parts

    def _look_at(self, held: Held) -> None:
        self.exceptions.show_bill(held)
        self.show_part(self.exceptions)

    def _taken(self, found: Taken) -> None:
        """The bill that was read last is the one in front."""
        names = [one.name for one in found.reports if isinstance(one, BillReport)]
        if names:
            self.days.mark_when_there(names[-1])
            self.show_part(self.days)
        else:
            self.show_part(self.transfers)

    def _done(self, text: str) -> None:
        if text:
            self.files.forget()
        super()._done(text)

    def retranslate(self) -> None:
        """Set every text again."""
        self.files.retranslate()
        super().retranslate()
