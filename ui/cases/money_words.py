"""Says what a case about money is about: what happened, and what a person can do."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject


@dataclass(frozen=True, slots=True)
class Said:
    """One kind of case in words."""

    reason: str
    sentence: str
    advice: tuple[str, ...]


class MoneyCaseWords(QObject):
    """Words by kind of case."""

    def of(self, kind: str) -> Said | None:
        """The words for a kind; None for one that is not about money."""
        said = {
            "late_payment": self._late,
            "payback_dead": self._dead,
            "part_paid": self._part_paid,
            "exchange_left": self._exchange_left,
        }.get(kind)
        return None if said is None else said()

    def _late(self) -> Said:
        return Said(
            self.tr("Paid after it was given up"),
            self.tr(
                "The payment was given up, and the money came all the same. It is on record, and "
                "on its way back."
            ),
            (
                self.tr("Nothing has to be paid out by hand: the order shows when it arrived."),
                self.tr("Tell the customer that the money comes back the way it was paid."),
            ),
        )

    def _dead(self) -> Said:
        return Said(
            self.tr("Money with no way back"),
            self.tr(
                "Money that is owed to a customer cannot go back the way it came: the card or the "
                "account is gone."
            ),
            (
                self.tr("Ask the customer for a bank account."),
                self.tr("Two people order the transfer from the order."),
            ),
        )

    def _part_paid(self) -> Said:
        return Said(
            self.tr("Paid in part, and left so"),
            self.tr(
                "Part of the money is here, the rest is not. The seats stay with the order until "
                "it is paid or undone."
            ),
            (
                self.tr("Ask the customer for the rest, or give back what was paid."),
                self.tr("Find the order on the Orders page; both are done there."),
            ),
        )

    def _exchange_left(self) -> Said:
        return Said(
            self.tr("An exchange that nobody ended"),
            self.tr(
                "New places are held for an order, and its old tickets are good still. Neither "
                "can be sold until it is ended."
            ),
            (
                self.tr("Ask the customer: the difference is paid, or the old tickets are kept."),
                self.tr("Alt Q on the window that began it lists it; one key undoes it there."),
            ),
        )
