"""Several orders fit: the clerk chooses one by arrows and Enter, or by a click."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from boxoffice.queries.finding import MOST, OrderHit
from ui import formats
from ui.pickup.words import PickupWords
from ui.widgets.card import Card, Rule
from ui.widgets.row_list import RowList
from ui.widgets.row_model import Row
from ui.widgets.text import Text


class HitList(Card):
    """Emits `chosen(order id)`."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=22, gap=12)
        self._words = PickupWords(self)
        self._title = Text(role="title")
        self._advice = Text(role="quiet", wrap=True)
        self.rows = RowList(roomy=True)
        self.rows.activated_row.connect(self.chosen)
        self.rows.clicked.connect(lambda _index: self.chosen.emit(self.rows.current))
        for part in (self._title, self._advice, Rule()):
            self.body.addWidget(part)
        self.body.addWidget(self.rows, 1)

    def show_hits(self, shown: str, hits: Sequence[OrderHit]) -> None:
        """List what fits, what can be handed over first; the first one is marked."""
        said = self.tr("{count} orders fit {shown}")
        if len(hits) >= MOST:
            said = self.tr("{count} orders or more fit {shown}")
            self._advice.setText(
                self.tr("There may be more: ask for the phone or the document as well.")
            )
        else:
            self._advice.setText(self.tr("Choose with the arrow keys and Enter, or click."))
        self._title.setText(said.format(count=len(hits), shown=shown))
        self.rows.set_rows([self._row(hit) for hit in hits])
        if hits:
            self.rows.select(hits[0].id)

    def _row(self, hit: OrderHit) -> Row:
        session = hit.session_zh if formats.language() == "zh_CN" else hit.session_en
        left = hit.tickets - hit.handed_over
        if hit.to_pay and hit.deadline is not None:
            until = formats.short_stamp(hit.deadline)
            note = self.tr("reserved until {time}, not paid").format(time=until)
        elif left <= 0:
            note = self.tr("all handed over")
        elif hit.handed_over:
            note = self.tr("{count} left").format(count=left)
        else:
            note = self.tr("not picked up yet")
        return Row(
            key=hit.id,
            fact=formats.DOT.join(part for part in (hit.name, hit.number) if part),
            detail=hit.phone,
            middle=session,
            middle_detail=formats.day(date.fromisoformat(hit.business_day)),
            value=self._words.tickets(hit.tickets + hit.to_pay),
            note=note,
        )
