"""An order whole: its tickets and where each stands, its money, and what was ever done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from boxoffice.domain.statuses import LineStatus, OrderStatus, PaybackStatus, RefundStatus
from boxoffice.queries.order_file import OrderFile, ReturnView
from boxoffice.queries.orders import LineView, OrderView
from ui import formats, theme
from ui.orders.history_words import HistoryWords
from ui.orders.told_words import ToldWords
from ui.pickup.words import PickupWords
from ui.widgets.card import Card, Rule
from ui.widgets.row_list import RowList
from ui.widgets.row_model import Row
from ui.widgets.text import Line, Text

WINDOW = "window"
"""The channel of what is sold here."""


class _Rows(RowList):
    """A list as high as its rows: the card scrolls, not the list."""

    def __init__(self) -> None:
        super().__init__()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(RowList.SelectionMode.NoSelection)

    def show_rows(self, rows: list[Row]) -> None:
        self.set_rows(rows)
        self.setFixedHeight(self.sizeHint().height())


class OrderCard(Card):
    """Shows one `OrderFile`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=22, gap=10)
        self._words = PickupWords(self)
        self._history = HistoryWords(self)
        self._told = ToldWords(self)
        self._title = Line(theme.TOKENS.type.title + 3, bold=True)
        self._facts = Line(role="grey")
        self._state = Text(role="title")
        self._money_title, self._history_title = Text(role="heading"), Text(role="heading")
        self.tickets, self.money, self.history = _Rows(), _Rows(), _Rows()
        self._lay_out()

    def _lay_out(self) -> None:
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
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.tickets)
        for title, rows in (
            (self._money_title, self.money),
            (self._history_title, self.history),
        ):
            column.addSpacing(theme.px(12))
            column.addWidget(title)
            column.addWidget(rows)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(inner)
        self.body.addWidget(self.area, 1)

    def show_order(self, file: OrderFile) -> None:
        """Show an order as it stands."""
        view = file.view
        count = self._words.tickets(len(view.lines))
        self._title.set_text(formats.DOT.join((self._whose(view), count)))
        sold_by = self.tr("sold by {channel}").format(channel=self._words.channel(view.channel))
        facts = (
            view.number if view.buyer else "",
            formats.money(view.total_fen),
            self.tr("pickup code {code}").format(code=view.pickup_code) if view.pickup_code else "",
            self.tr("sold at a window") if view.channel == WINDOW else sold_by,
            view.phone,
        )
        self._facts.set_text(formats.DOT.join(fact for fact in facts if fact))
        text, tone = self._standing(view)
        self._state.setText(text)
        self._state.set_tone(tone)
        self._money_title.setText(self.tr("Payments and refunds"))
        self._history_title.setText(self.tr("What happened so far"))
        self.tickets.show_rows([self._ticket(line, view) for line in view.lines])
        money = self._money(file)
        self.money.show_rows(money)
        self._money_title.setVisible(bool(money))
        self.money.setVisible(bool(money))
        self.history.show_rows(self._past(file))

    def _past(self, file: OrderFile) -> list[Row]:
        """What was done and what the customer was told, in the order in which it happened."""
        rows = [
            *((one.at, self._history.row(at, one)) for at, one in enumerate(file.events)),
            *((one.at, self._told.row(at, one)) for at, one in enumerate(file.told)),
        ]
        return [row for _, row in sorted(rows, key=lambda dated: dated[0])]

    def _whose(self, view: OrderView) -> str:
        if view.buyer:
            return self.tr("Order of {name}").format(name=view.buyer)
        return self.tr("Order {number}").format(number=view.number)

    def _standing(self, view: OrderView) -> tuple[str, str]:
        if view.status == OrderStatus.RESERVED:
            if view.deadline is None:
                return self.tr("Reserved, to be paid"), "attention"
            until = self.tr("To be paid until {time}")
            return until.format(time=formats.short_stamp(view.deadline)), "attention"
        if view.status == OrderStatus.PART_PAID:
            return self.tr("Part paid"), "attention"
        if view.status == OrderStatus.EXCHANGING:
            return self.tr("Being exchanged"), "attention"
        if view.status == OrderStatus.RETURNED:
            return self.tr("Returned"), ""
        if view.status == OrderStatus.RELEASED:
            return self.tr("Released"), ""
        left = len(view.to_hand_over)
        live = sum(line.ticket_live for line in view.lines)
        if not left:
            return self.tr("Handed over"), ""
        if left < live:
            return self.tr("{count} of {all} left").format(count=left, all=live), "good"
        return self.tr("Not picked up yet"), "good"

    def _ticket(self, line: LineView, view: OrderView) -> Row:
        value, note, tone = self._ending(line, view)
        hidden = view.seats_open and line.status == LineStatus.RESERVED
        level = self.tr("Level {level}, seat follows").format(level=line.category)
        issue = self.tr("issue {number}").format(number=line.issue) if line.issue > 1 else ""
        return Row(
            key=line.id,
            fact=level if hidden else self._words.place(line),
            detail=self._words.about(line),
            middle="  ".join(part for part in (line.attendee, line.document) if part),
            middle_detail=formats.DOT.join(
                part for part in (formats.money(line.price_fen), issue) if part
            ),
            value=value,
            note=note,
            value_tone=tone,
        )

    def _ending(self, line: LineView, view: OrderView) -> tuple[str, str, str]:
        if line.status == LineStatus.RETURNED:
            return self.tr("Returned"), "", "danger"
        if line.status == LineStatus.RELEASED:
            return self.tr("Released"), "", ""
        if line.status == LineStatus.RESERVED:
            return self.tr("Reserved"), self.tr("not paid"), "attention"
        if line.handed_over_at is not None:
            where = self.tr("{time}, window {window}").format(
                time=formats.short_stamp(line.handed_over_at), window=line.handed_over_window
            )
            return self.tr("Handed over"), where, ""
        return self.tr("Paid"), self.tr("not picked up"), "good"

    def _money(self, file: OrderFile) -> list[Row]:
        return [*self._payments(file), *self._returns(file), *self._paybacks(file)]

    def _payments(self, file: OrderFile) -> list[Row]:
        rows = []
        for number, one in enumerate(file.payments):
            said = self.tr("Part paid by {tender}") if one.part else self.tr("Paid by {tender}")
            rows.append(
                Row(
                    key=f"payment {number}",
                    fact=said.format(tender=self._history.tender(one.tender)),
                    detail=formats.short_stamp(one.at),
                    value=formats.money(one.amount_fen),
                )
            )
        return rows

    def _returns(self, file: OrderFile) -> list[Row]:
        rows = []
        places = {line.id: self._words.place(line) for line in file.view.lines}
        for number, back in enumerate(file.returns):
            said = {
                "void": self.tr("Voided: {place}"),
                "exchange": self.tr("Exchanged: {place}"),
            }.get(back.kind, self.tr("Refunded: {place}"))
            fee = self.tr("fee {amount}").format(amount=formats.money(back.fee_fen))
            how, by_paybacks = self._how(back), back.status == RefundStatus.PAYBACKS
            parts = (formats.short_stamp(back.at), how, fee if back.fee_fen else "")
            rows.append(
                Row(
                    key=f"return {number}",
                    fact=said.format(place=places.get(back.line_id, "")),
                    detail=formats.DOT.join(part for part in parts if part),
                    # Where paybacks follow, the money stands with them.
                    value="" if by_paybacks else formats.money(-back.amount_fen),
                )
            )
        return rows

    def _how(self, back: ReturnView) -> str:
        """By which way; where several tenders paid, the lines below say it."""
        if back.status == RefundStatus.PAYBACKS:
            return self.tr("the way it was paid")
        requested = back.status == RefundStatus.REQUESTED
        said = (
            self.tr("requested from {channel}") if requested else self.tr("paid back by {channel}")
        )
        return said.format(channel=self._history.tender(back.tender))

    def _paybacks(self, file: OrderFile) -> list[Row]:
        rows = []
        for number, back in enumerate(file.paybacks):
            replaced = back.status in (PaybackStatus.CLOSED, PaybackStatus.DEAD)
            arrived = back.status == PaybackStatus.ARRIVED
            said = self.tr("Back by {tender}").format(tender=self._history.tender(back.tender))
            state = self._history.payback(back.status)
            rows.append(
                Row(
                    key=f"payback {number}",
                    fact=said,
                    detail=formats.DOT.join((formats.short_stamp(back.at), state)),
                    value="" if replaced else formats.money(-back.amount_fen),
                    note=formats.money(-back.amount_fen) if replaced else "",
                    value_tone="" if arrived or replaced else "attention",
                )
            )
        return rows
