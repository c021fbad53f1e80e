"""Bills, files and transfers in the words of the money page."""

from __future__ import annotations

from PySide6.QtCore import QObject

from boxoffice.queries.money_days import Held, HeldState, MoneyDay
from boxoffice.queries.transfers import Stage, TransferLine
from boxoffice.services.money.asking_party import Said
from boxoffice.services.money.bills import BillReport
from boxoffice.services.money.files import Report
from boxoffice.services.money.intake import BankReport
from ui import formats
from ui.error_presenter import field_text
from ui.sell.tender_words import TenderWords

ANY_CHANNEL = "channel"
MOST_REASONS = 2
"""How much of what is odd about a file is said; its case and the command have more."""


class MoneyWords(QObject):
    """Says them in the language of the moment."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tenders = TenderWords(self)

    def tender(self, tender: str) -> str:
        """Whose money it is."""
        if tender == ANY_CHANNEL:
            return self.tr("Channels")
        return self._tenders.name(tender)

    def days(self, held: Held) -> str:
        """The day, or the first and the last one of a bill of several."""
        if held.first_day == held.last_day:
            return formats.day(held.day)
        first, last = formats.short_day(held.first_day), formats.short_day(held.last_day)
        return self.tr("{first} to {last}").format(first=first, last=last)

    def state(self, held: Held, *, over: bool) -> tuple[str, str]:
        """How it stands, and in which tone."""
        if held.state is HeldState.OPEN:
            return self.tr("%n exception(s) open", "", held.open), "attention"
        if held.state is HeldState.NO_FILE:
            if over:
                return self.tr("no bill yet"), "attention"
            return self.tr("day not over"), ""
        if held.state is HeldState.EXPLAINED:
            return self.tr("explained"), "good"
        return self.tr("agrees"), "good"

    def both(self, held: Held) -> str:
        """One line of a day: whose money, both sums, and the difference where there is one."""
        ours = formats.money(held.ours_fen)
        if held.theirs_fen is None:
            return self.tr("{tender}: ledger {ours}, no bill yet").format(
                tender=self.tender(held.tender), ours=ours
            )
        said = self.tr("{tender}: ledger {ours}, bill {theirs}").format(
            tender=self.tender(held.tender), ours=ours, theirs=formats.money(held.theirs_fen)
        )
        if held.difference_fen:
            apart = self.tr("difference {amount}")
            said += "\n" + apart.format(amount=formats.money(held.difference_fen))
        return said

    def next_of(self, day: MoneyDay) -> str:
        """What a day waits for."""
        if day.open:
            return self.tr("Look at its exceptions; the day closes once each is explained.")
        if not day.over:
            return self.tr("The day is not over. Companies write their bills the morning after.")
        if not day.closed:
            return self.tr("Download the bill that is missing, and take it in (Alt F).")
        if day.kept:
            return self.tr("The day is closed, and its statement is kept.")
        return self.tr("Everything agrees or is explained: close the day.")

    # --- files taken in

    def taken(self, report: Report) -> tuple[str, str]:
        """One sentence on what came of a file, and its tone."""
        said = self._of_bill(report) if isinstance(report, BillReport) else self._of_bank(report)
        odd = isinstance(report, BankReport) and bool(report.warnings)
        tone = "good" if report.closed and not odd else "attention"
        return f"{self.file(report.name)}: {said}", tone

    def file(self, name: str) -> str:
        """A file without the part of it that was read."""
        return name.partition(" (")[0]

    def _of_bill(self, report: BillReport) -> str:
        if not report.whole:
            why = formats.DOT.join(field_text("why", one) for one in report.reasons[:MOST_REASONS])
            return self.tr("not whole, download it again: {why}").format(why=why)
        if report.open_cases:
            apart = formats.money(report.theirs_fen - report.ours_fen)
            said = self.tr("%n exception(s) to look at", "", report.open_cases)
            return said + formats.DOT + self.tr("difference {amount}").format(amount=apart)
        if report.exceptions:
            return self.tr("%n exception(s), all explained", "", report.exceptions)
        said = self.tr("agrees, %n row(s)", "", report.theirs_rows)
        return said + formats.DOT + formats.money(report.theirs_fen)

    def _of_bank(self, report: Report) -> str:
        assert not isinstance(report, BillReport)
        parts = [
            self.tr("%n transfer(s) booked", "", report.booked) if report.booked else "",
            self.tr("%n came back", "", report.returned) if report.returned else "",
            self.tr("%n refused", "", report.refused) if report.refused else "",
            self.tr("%n case(s) open", "", report.open_cases) if report.open_cases else "",
        ]
        if report.left:
            said = self.tr("in hand at another window: {orders}; take the file in again later")
            parts.append(said.format(orders=", ".join(report.left)))
        parts += [field_text("why", one) for one in report.warnings[:MOST_REASONS]]
        return formats.DOT.join(filter(None, parts)) or self.tr("nothing new for our transfers")

    # --- asked again

    def asked(self, said: Said) -> str:
        """What a company says of an exception now."""
        words = {
            "paid": self.tr("It says: paid."),
            "waiting": self.tr("It says: the customer has not finished yet."),
            "declined": self.tr("It says: nothing was taken."),
            "closed": self.tr("It says: closed, no money moved in the end."),
            "absent": self.tr("It does not know this number."),
            "unknown": self.tr("It did not answer. Ask again later."),
            "arrived": self.tr("It says: the money went back."),
            "accepted": self.tr("It says: the money is on its way back."),
            "dead": self.tr("It says: this way back is dead. Order a transfer."),
            "refused": self.tr("It says: not taken on."),
        }
        text = words.get(said.outcome, said.outcome)
        return text if said.fen is None else f"{text} {formats.money(said.fen)}"

    # --- transfers

    def stage(self, line: TransferLine) -> tuple[str, str]:
        """Where a transfer stands, and in which tone."""
        if line.stage is Stage.NO_WAY:
            if line.returned_on is not None:
                return self.tr("came back from the bank"), "attention"
            if line.tried:
                return self.tr("refused by the bank"), "attention"
            return self.tr("an account is wanted"), "attention"
        if line.stage is Stage.ORDERED:
            return self.tr("ordered, waits for the bank's file"), "attention"
        if line.stage is Stage.ARRIVED:
            return self.tr("booked, arrived"), "good"
        if not line.written:
            return self.tr("in a file that was not written"), "attention"
        answers = {
            "accepted": self.tr("accepted by the bank"),
            "settled": self.tr("settled, says the bank; not booked yet"),
            "open": self.tr("with the bank, undecided"),
        }
        return answers.get(line.answer, self.tr("at the bank, no answer yet")), ""
