"""Says what a case about money of a lost window is about, what was found, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import QObject

from boxoffice.domain.accounts import CARD
from boxoffice.queries.cases import CaseRow
from boxoffice.services.supervising.left_attempts import Settled
from ui import formats
from ui.cases.money_words import Said
from ui.sell.tender_words import TenderWords

ATTEMPT, PAYBACK = "attempt_left", "payback_left"
BY_HAND = ("stuck", "other_amount", "elsewhere", "nobody")
"""What was found of a payment that nobody can be asked about any more from here."""


def found(case: CaseRow) -> str:
    """What the last question about it found; empty before the first."""
    return str(case.facts.get("found", ""))


class LeftCaseWords(QObject):
    """Words for payments and paybacks that an ended epoch left."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tenders = TenderWords(self)

    def of(self, case: CaseRow) -> Said | None:
        """The words for a case; None for one that is about something else."""
        if case.kind == ATTEMPT:
            reason = self.tr("A payment of a lost window has no end")
            return Said(reason, self._payment(case), self._advice(case))
        if case.kind == PAYBACK:
            return Said(
                self.tr("Money on its way back, and nobody follows it"),
                self._payback(case),
                self._payback_advice(case),
            )
        return None

    def _about(self, case: CaseRow, said: str) -> str:
        facts = case.facts
        return said.format(
            window=facts.get("window", "–"),
            amount=formats.money(int(facts.get("fen", 0))),
            tender=self._tenders.name(str(facts.get("tender", ""))),
        )

    def _payment(self, case: CaseRow) -> str:
        if not case.facts.get("tender"):
            return self.tr(
                "Window and payment ended in the middle: whether the money came is not on record."
            )
        said = self.tr(
            "Window {window} asked for {amount} ({tender}), and was lost in the middle of it: "
            "whether the money came is not on record."
        )
        lines = [self._about(case, said), self._found(case)]
        return "\n".join(line for line in lines if line)

    def _payback(self, case: CaseRow) -> str:
        said = self.tr(
            "Window {window} was sending {amount} back ({tender}), and is lost. The number stays "
            "the same, so nothing is paid twice."
        )
        return self._about(case, said)

    def _payback_advice(self, case: CaseRow) -> tuple[str, ...]:
        again = self.tr("Once that window is set up again, it goes on by itself.")
        if case.facts.get("tender") == CARD:
            return (
                again,
                self.tr(
                    "Is it gone for good? Free what it held at the central home. Look in the "
                    "acquirer's portal whether the money went back; else give it back there. Then "
                    "two people note its number here."
                ),
            )
        return (
            again,
            self.tr(
                "Is it gone for good? Free what it held at the central home; then two "
                "people have this window follow the money."
            ),
        )

    def ended(self, *, no_way: bool) -> str:
        """What became of money of a card whose terminal is gone."""
        if no_way:
            return self.tr("It is owed still: two people order a transfer from the order.")
        return self.tr("Settled: the money was given back to the card.")

    def _found(self, case: CaseRow) -> str:
        said = {
            "silent": self.tr("The company gave no answer that can be trusted."),
            "early": self.tr(
                "The company does not know of it yet; a charge may still be on its way."
            ),
            "stuck": self.tr("It was paid, and the company does not undo it from here any more."),
            "other_amount": self.tr("The company names another amount than was asked for."),
            "elsewhere": self.tr("Only the card terminal of window {window} knows of it."),
            "nobody": self.tr("Nobody outside was asked: it was to be paid at the window."),
        }
        return self._about(case, said.get(found(case), ""))

    def _advice(self, case: CaseRow) -> tuple[str, ...]:
        number = str(case.facts.get("known_as") or case.facts.get("number") or "–")
        then = self.tr("Then two people settle the case here, with a reason.")
        said = {
            "": (
                self.tr("Two people have the company asked: what was paid goes back, and "
                        "nothing is sold by it."),
                self.tr("Was the disk of that window found? Take it in first."),
            ),
            "silent": (self.tr("Ask again in a moment."),),
            "early": (self.tr("Ask again in ten minutes."),),
            "stuck": (
                self.tr("Give it back in the company's own portal, by the number {number}."),
                then,
            ),
            "other_amount": (
                self.tr("Look up {number} in the company's own portal; give back what was paid."),
                then,
            ),
            "elsewhere": (
                self.tr("Set that window up again and settle it there; or ask the acquirer "
                        "about {number}."),
                then,
            ),
            "nobody": (self.tr("Count that window's drawer, and ask the customer."), then),
        }  # fmt: skip
        return tuple(line.format(number=number) for line in said.get(found(case), (then,)))

    def done(self, settled: Settled) -> str:
        """What became of it, for who settled it just now; empty where the case stays."""
        if not settled.over:
            return ""
        said = {
            "reversed": self.tr("Settled: what was paid goes back to the customer ({amount})."),
            "declined": self.tr("Settled: nothing was taken from the customer."),
            "never": self.tr("Settled: the company was never asked, nothing was taken."),
        }
        text = said.get(settled.found or "", self.tr("Settled."))
        return text.format(amount=formats.money(settled.amount_fen))
