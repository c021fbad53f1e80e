"""Says what a case about a bill or a bank's file is about, both amounts, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import QObject

from boxoffice.queries.cases import CaseRow
from boxoffice.sentences.phrases import unpacked
from ui import formats
from ui.cases.money_words import Said
from ui.error_presenter import field_text

BILL, BANK = "bill", "bank"
MOST_REASONS = 5


class BillCaseWords(QObject):
    """Words for what others see otherwise than the ledger."""

    def of(self, case: CaseRow) -> Said | None:
        """The words for a case; None for one that is about something else."""
        if case.kind == BILL:
            bucket, step = str(case.facts.get("bucket", "")), str(case.facts.get("step", ""))
            return Said(self._bucket(bucket), self._amounts(case), (self._step(step), self._end()))
        if case.kind == BANK:
            reason, advice = self._bank(str(case.facts.get("what", "")))
            return Said(reason, self._amounts(case), (advice, self._end()))
        return None

    def _end(self) -> str:
        return self.tr("Once it is explained, a supervisor settles it here with the reason.")

    def _amounts(self, case: CaseRow) -> str:
        """What is known of it: its number and both amounts."""
        facts = case.facts
        named = str(facts.get("number") or facts.get("reference") or "–")
        lines = [self.tr("Number {number}").format(number=named)]
        said = (
            ("ours_fen", self.tr("In the ledger: {amount}")),
            ("theirs_fen", self.tr("With the other side: {amount}")),
            ("fen", self.tr("Amount: {amount}")),
        )
        for name, words in said:
            if facts.get(name) is not None:
                lines.append(words.format(amount=formats.money(int(facts[name]))))
        why = facts.get("reasons", "")
        if isinstance(why, list):  # why a bill is not whole, with line and column
            lines += [field_text("why", unpacked(one)) for one in why[:MOST_REASONS]]
            why = ""
        for text in (str(facts.get("day", "")), str(why)):
            if text:
                lines.append(text)
        return "\n".join(lines)

    def _bucket(self, bucket: str) -> str:
        said = {
            "other_amount": self.tr("The bill has another amount"),
            "missing_here": self.tr("The bill has it, the ledger does not"),
            "missing_there": self.tr("The ledger has it, the bill does not"),
            "twice_here": self.tr("It stands in the ledger twice"),
            "twice_there": self.tr("It stands in the bill twice"),
            "not_whole": self.tr("The bill is not whole"),
        }
        return said.get(bucket, bucket)

    def _step(self, step: str) -> str:
        said = {
            "next_bill": self.tr("Close to midnight: read the bill of the day beside it."),
            "wait": self.tr("On its way: the bill of the day it arrives will have it."),
            "look_at_slip": self.tr(
                "Another row of this amount lacks its half: compare the numbers on the slips."
            ),
            "ask_party": self.tr("Ask the payment company what became of it, by this number."),
            "send_again": self.tr("Look whether the refund was sent; the customer has not got it."),
            "pay_another_way": self.tr("The refund was given up there: pay it back another way."),
            "give_back": self.tr("Charged without a sale: find the customer, give the money back."),
            "book_refund": self.tr("Paid back without this program: find who did it."),
            "correct_amount": self.tr("Ask the payment company for the amount."),
            "load_once": self.tr("The very same line stands twice: ask for the bill again."),
            "look_at_ledger": self.tr("Look at both payments: one number stands twice."),
            "load_again": self.tr("Download the bill again and read it once more."),
        }
        return said.get(step, step)

    def _bank(self, what: str) -> tuple[str, str]:
        """(what happened, what to do)."""
        ask = self.tr("Ask the bank, by this number.")
        said = {
            "refused": (
                self.tr("The bank refused a transfer"),
                self.tr("Ask the customer for another account, and order the transfer anew."),
            ),
            "returned": (
                self.tr("A transfer came back"),
                self.tr("Ask the customer for another account, and order the transfer anew."),
            ),
            "booked_after_refusal": (
                self.tr("The bank refused a transfer and booked it all the same"),
                self.tr("Do not pay it another way; if that was done, ask for one of them back."),
            ),
            "taken_on_after_refusal": (
                self.tr("The bank refused a transfer, then took it on"),
                self.tr("Do not pay it another way; if that was done, ask for one of them back."),
            ),
            "refused_after_booking": (self.tr("The bank refuses a transfer it has booked"), ask),
            "booked_twice": (self.tr("The bank booked a transfer twice"), ask),
            "returned_twice": (self.tr("A transfer came back twice"), ask),
            "has_it_already": (self.tr("The bank says it has this transfer already"), ask),
            "not_booked": (self.tr("A transfer was never booked"), ask),
            "other_amount": (self.tr("The bank read another amount"), ask),
            "unknown_number": (self.tr("The bank answers a transfer nobody ordered here"), ask),
            "balances": (
                self.tr("The balances of a statement do not add up"),
                self.tr("Ask the bank for the statement again."),
            ),
        }
        unsure = self.tr("A booking may be one of a transfer"), self.tr("Compare it by hand.")
        return said.get(what, unsure)
