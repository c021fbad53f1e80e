"""What a tax invoice is called, and where it stands, in plain words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from boxoffice import clock
from boxoffice.domain.statuses import InvoiceStatus
from boxoffice.queries.invoices import RED, InvoiceView
from ui import formats
from ui.widgets.row_model import Row


class InvoiceWords(QObject):
    """Words for invoices as rows of a list, and for what happened with them."""

    def row(self, one: InvoiceView) -> Row:
        """An invoice as a row: what and for whom, and at the right edge where it stands."""
        red = one.kind == RED
        stands, tone = self._standing(one)
        return Row(
            key=one.id,
            fact=self.name(one.kind) + formats.DOT + self._amount(one.amount_fen, red=red),
            # A number that was issued is what is asked for: it goes before what may be cut off.
            detail=formats.DOT.join(p for p in (one.number, one.title, *one.delivery) if p),
            value=stands,
            note=formats.short_day(clock.venue(one.at).date()),
            value_tone=tone,
        )

    def name(self, kind: str) -> str:
        """Blue or red."""
        return self.tr("Red invoice") if kind == RED else self.tr("Invoice")

    def _standing(self, one: InvoiceView) -> tuple[str, str]:
        said = {
            InvoiceStatus.WANTED: (self.tr("is asked for"), "attention"),
            InvoiceStatus.FILED: (self.tr("at the platform"), "attention"),
            InvoiceStatus.ISSUED: (self.tr("was issued"), "good"),
            InvoiceStatus.REFUSED: (self.tr("was refused"), "danger"),
            InvoiceStatus.DROPPED: (self.tr("not needed any more"), ""),
        }
        if one.kind == RED and one.status is InvoiceStatus.WANTED:
            return self.tr("to be issued"), "attention"
        return said[one.status]

    def happened(self, facts: dict[str, Any]) -> str:
        """What was done with one, by the facts of the journal."""
        kind, number = str(facts.get("kind", "")), str(facts.get("number", ""))
        if not facts.get("status"):
            return self.tr("Tax invoice brought in line with what came back")
        said = {
            "wanted": self.tr("{invoice} asked for"),
            "filed": self.tr("{invoice} sent to the platform"),
            "issued": self.tr("{invoice} issued"),
            "refused": self.tr("{invoice} refused by the platform"),
        }.get(str(facts["status"]), str(facts["status"]))
        parts = [said.format(invoice=self.name(kind)), number]
        if facts.get("amount_fen"):
            parts.append(self._amount(int(facts["amount_fen"]), red=kind == RED))
        return formats.DOT.join(part for part in parts if part)

    @staticmethod
    def _amount(fen: int, *, red: bool) -> str:
        return formats.money(-fen if red else fen)
