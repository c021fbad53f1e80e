"""The order on the screen: whose it is, and a row per ticket to be ticked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boxoffice.domain.statuses import LineStatus
from boxoffice.queries.orders import LineView
from ui import formats, theme
from ui.pickup.lookup import OpenOrder, line_day, today
from ui.pickup.words import PickupWords
from ui.widgets.card import Card, Rule
from ui.widgets.row_list import RowList
from ui.widgets.row_model import Row
from ui.widgets.text import Line, Text


class OrderCard(Card):
    """Emits `ticked(line id, on)`."""

    ticked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=22, gap=12)
        self._words = PickupWords(self)
        self._title = Line(theme.TOKENS.type.title + 3, bold=True)
        self._facts = Line(role="grey")
        self._state = Text(role="title")
        self.rows = RowList(roomy=True)
        self.rows.ticked.connect(self.ticked)
        words = QVBoxLayout()
        words.setSpacing(theme.px(4))
        words.addWidget(self._title)
        words.addWidget(self._facts)
        head = QHBoxLayout()
        head.setSpacing(theme.px(16))
        head.addLayout(words, 1)
        head.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(Rule())
        self.body.addWidget(self.rows, 1)

    def show_order(self, found: OpenOrder) -> None:
        """Show an order as it stands; today's tickets first, then what is still to come."""
        view = found.view
        count = self._words.tickets(len(view.lines))
        if view.buyer:
            said = self.tr("Order of {name}").format(name=view.buyer)
        else:
            said = self.tr("Order {number}").format(number=view.number)
        self._title.set_text(said + formats.DOT + count)
        sold = self.tr("sold by {channel}").format(channel=self._words.channel(view.channel))
        due = sum(line.price_fen for line in view.to_pay)
        paid = self.tr("{amount} paid").format(amount=formats.money(view.total_fen - due))
        if due:
            paid = self.tr("{amount} to be paid").format(amount=formats.money(due))
        facts = [view.number, sold, paid, view.phone] if view.buyer else [sold, paid, view.phone]
        self._facts.set_text(formats.DOT.join(fact for fact in facts if fact))
        self._say_state(found)
        self.rows.set_rows([self._row(line, found) for line in self._ordered(found)])

    def _say_state(self, found: OpenOrder) -> None:
        waiting, all_lines = len(found.waiting), len(found.view.lines)
        if not waiting and found.view.to_pay:
            self._state.setText(self.tr("Not paid yet"))
            self._state.set_tone("attention")
            return
        if not waiting:
            self._state.setText(self.tr("Handed over"))
        elif waiting < all_lines:
            left = self.tr("{count} left of {all}")
            self._state.setText(left.format(count=waiting, all=all_lines))
        else:
            self._state.setText(self.tr("Not picked up yet"))
        self._state.set_tone("good" if waiting else "")

    def _ordered(self, found: OpenOrder) -> list[LineView]:
        now = today()

        def group(line: LineView) -> tuple[int, int]:
            day = line_day(line)
            return (0 if day == now else 1 if day > now else 2), line.position

        return sorted(found.view.lines, key=group)

    def _row(self, line: LineView, found: OpenOrder) -> Row:
        can_go = line.ticket_live and line.handed_over_at is None
        value, note, tone = self._ending(line)
        seen, seen_tone = self._seen(line, found)
        return Row(
            key=line.id,
            fact=self._words.place(line),
            detail=self._words.about(line),
            middle="  ".join(part for part in (line.attendee, line.document) if part),
            middle_detail=seen,
            middle_tone=seen_tone,
            value=value,
            note=note,
            value_tone=tone,
            ticked=can_go and line.id in found.ticked,
            enabled=can_go,
        )

    def _ending(self, line: LineView) -> tuple[str, str, str]:
        """The right edge: whether it can be handed over, and the day where it is not today."""
        if line.handed_over_at is not None:
            where = self.tr("{time}, window {window}").format(
                time=formats.short_stamp(line.handed_over_at), window=line.handed_over_window
            )
            return self.tr("Handed over"), where, ""
        if line.status == LineStatus.RESERVED:
            return self.tr("Not paid yet"), "", "attention"
        if line.status == LineStatus.RELEASED:
            return self.tr("Let go"), self.tr("on sale again"), ""
        if not line.ticket_live:
            return self.tr("Void"), "", "danger"
        day, now = line_day(line), today()
        if day == now:
            return self.tr("Ready"), self.tr("today"), "good"
        if day > now:
            return self.tr("Ready"), self.tr("on {day}").format(day=formats.short_day(day)), ""
        return self.tr("Ready"), self.tr("{day} is over").format(day=formats.short_day(day)), ""

    def _seen(self, line: LineView, found: OpenOrder) -> tuple[str, str]:
        """Below the attendee: whether the document was shown, and what else is to be looked at."""
        seen = line.id in found.verified
        checked = "✓ " + self.tr("Document checked") if seen else ""
        if line.handed_over_at is not None:
            return checked, "good"
        if line.ticket_type == "concession":
            proof = self.tr("Check the proof of concession")
            return formats.DOT.join(part for part in (checked, proof) if part), "attention"
        if seen or not line.document:
            return checked, "good"
        if found.verified:
            return self.tr("Asked for at the gate"), ""
        return self.tr("Document not shown yet"), "attention"
