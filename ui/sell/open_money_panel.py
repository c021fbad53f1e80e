"""Payments that are not settled: unknown, paid late, paid in part, on their way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boxoffice.queries.payments import (
    ExchangeLeft,
    GoingBack,
    OpenAttempt,
    OpenMoney,
    PaidInPart,
    PaidLate,
)
from ui import formats, theme
from ui.sell.tender_words import TenderWords
from ui.widgets.action_button import ActionButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.row_list import RowList
from ui.widgets.row_model import Row
from ui.widgets.text import Text

Open = OpenAttempt | PaidLate | PaidInPart | ExchangeLeft | GoingBack


class OpenMoneyPanel(QWidget):
    """Emits `moved` with the current row, `reverse_wanted` where an unknown one is wanted no more,
    or an exchange that nobody ended.

    What F8 does with the current row is the side's to say: `current` is what it is about.
    """

    moved = Signal()
    reverse_wanted = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = TenderWords(self)
        self._money = OpenMoney()
        self._by_key: dict[str, Open] = {}
        self._sure = ""
        self._rows = RowList(roomy=True)
        self._rows.current_changed.connect(lambda _key: self._moved())
        self._rows.activated_row.connect(lambda _key: self.confirmed.emit())
        self._empty = EmptyState()
        self._advice = Text(wrap=True)
        self.reverse = ActionButton(key="Alt+R", act=self._pressed)
        self._advice.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        column = QVBoxLayout(self)
        edge = theme.px(8)
        column.setContentsMargins(0, theme.px(6), 0, edge)
        column.setSpacing(edge)
        column.addWidget(self._rows, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self._advice)
        column.addWidget(self.reverse)
        self.retranslate()

    @property
    def money(self) -> OpenMoney:
        """All that is not settled."""
        return self._money

    @property
    def current(self) -> Open | None:
        """What is chosen."""
        return self._by_key.get(self._rows.current)

    def show_money(self, money: OpenMoney) -> None:
        """Show this, what wants doing first on top."""
        self._money = money
        rows: list[Row] = []
        self._by_key = {}
        for group in (money.unknown, money.late, money.part, money.exchanges, money.back):
            for one in group:
                key = f"{type(one).__name__}:{getattr(one, 'id', one.order_id)}"
                self._by_key[key] = one
                rows.append(self._row(key, one))
        self._rows.set_rows(rows)
        if rows and not self._rows.current:
            self._rows.select(rows[0].key)
        self._rows.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._moved()

    def choose(self, order_id: str) -> None:
        """Make the row of an order current."""
        for key, one in self._by_key.items():
            if one.order_id == order_id:
                self._rows.select(key)
                self._moved()
                return

    def take_focus(self) -> None:
        """Arrow keys choose."""
        self._rows.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _pressed(self) -> None:
        """Reversing asks once; the second press means it."""
        key = self._rows.current
        if self._sure == key:
            self._sure = ""
            self.reverse_wanted.emit()
        else:
            self._sure = key
        self._name()

    def _moved(self) -> None:
        if self._sure != self._rows.current:
            self._sure = ""
        self._name()
        self.moved.emit()

    # --- words

    def _row(self, key: str, one: Open) -> Row:
        name = "" if isinstance(one, PaidInPart | ExchangeLeft) else self._words.name(one.tender)
        order = self.tr("order {number}").format(number=one.number) if one.number else ""
        if isinstance(one, OpenAttempt):
            tickets = self.tr("%n ticket(s)", "", one.tickets)
            state = self.tr("being reversed") if one.reversing else self.tr("unknown")
            since, fen, tone = one.sent_at, one.amount_fen, "attention"
            detail = formats.DOT.join(part for part in (tickets, order) if part)
        elif isinstance(one, PaidLate):
            state, since, fen, tone = self.tr("paid late"), one.paid_at, one.amount_fen, "attention"
            detail = self.tr("hand over or refund order {number}").format(number=one.number)
        elif isinstance(one, PaidInPart):
            name, state = self.tr("Paid in part"), ""
            since, fen, tone = one.since, one.paid_fen, "attention"
            left = formats.short_money(one.total_fen - one.paid_fen)
            detail = formats.DOT.join((order, self.tr("{left} to pay").format(left=left)))
        elif isinstance(one, ExchangeLeft):
            name, state = self.tr("Exchange not ended"), ""
            since, fen, tone = one.since, one.paid_fen, "attention"
            detail = formats.DOT.join((order, self.tr("%n place(s) held", "", one.tickets)))
        else:
            state, since, fen, tone = self._going(one.status), one.since, one.amount_fen, ""
            detail = formats.DOT.join(
                part for part in (order, self._words.why_not(one.why)) if part
            )
        return Row(
            key=key,
            fact=formats.DOT.join(part for part in (name, state) if part),
            detail=detail,
            tone=tone,
            value=formats.short_money(fen),
            note=formats.since(since),
        )

    def _going(self, status: str) -> str:
        said = {
            "created": self.tr("goes back soon"),
            "sent": self.tr("asked to go back"),
            "accepted": self.tr("on its way back"),
            "unknown": self.tr("on its way back, unknown"),
        }
        return said.get(status, status)

    def _name(self) -> None:
        one = self.current
        exchange = isinstance(one, ExchangeLeft)
        self.reverse.setVisible(exchange or isinstance(one, OpenAttempt))
        self.reverse.setEnabled(exchange or (isinstance(one, OpenAttempt) and not one.reversing))
        sure = bool(self._sure) and self._sure == self._rows.current
        undo = self.tr("Keep the old tickets") if exchange else self.tr("Give it up: reverse it")
        self.reverse.setText(self.tr("Press again") if sure else undo)
        if isinstance(one, OpenAttempt):
            said = self.tr(
                "Its seats are held. Paid becomes an order to hand over; what is reversed "
                "goes back to the customer."
            )
            self._advice.setText(f"{self._words.why_not(one.why)} {said}".strip())
        elif isinstance(one, PaidLate):
            self._advice.setText(
                self.tr("The money came after the customer was let go: the tickets are theirs.")
            )
        elif isinstance(one, PaidInPart):
            self._advice.setText(self.tr("Take the rest, or give back what is here."))
        elif isinstance(one, ExchangeLeft):
            self._advice.setText(
                self.tr(
                    "New places are held and the old tickets are good still. Go on with it, or "
                    "keep the old tickets: what was paid for it goes back."
                )
            )
        else:
            self._advice.setText(self.tr("The window follows it by itself.") if one else "")
        self._advice.setVisible(bool(self._advice.text()))

    def retranslate(self) -> None:
        """Set every text again."""
        self._empty.set_texts(
            self.tr("All payments are settled"),
            self.tr("What is unknown, late, or on its way back is listed here."),
        )
        self.show_money(self._money)
