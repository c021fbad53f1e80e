"""Says what was done with an order, in plain words: what it was, then where, by whom and why."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from boxoffice import clock
from boxoffice.domain.accounts import CASH, channel_of, is_channel
from boxoffice.queries.order_file import CENTRAL, Happened
from ui import formats
from ui.orders.invoice_words import InvoiceWords
from ui.pickup.words import PickupWords
from ui.sell.tender_words import TenderWords
from ui.widgets.row_model import Row


class HistoryWords(QObject):
    """Words for one event at a time; an act without words of its own is shown as it stands."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = PickupWords(self)
        self._tenders = TenderWords(self)
        self._invoices = InvoiceWords(self)

    def row(self, number: int, event: Happened) -> Row:
        """An event as a row of the order's history."""
        return Row(
            key=str(number),
            fact=self.what(event),
            detail=self.about(event),
            value=formats.time(event.at),
            note=formats.short_day(clock.venue(event.at).date()),
        )

    def what(self, event: Happened) -> str:
        """What happened."""
        facts = event.facts
        count = int(facts.get("tickets", 0))
        said = {
            "presale": self._presale,
            "sale": self._sale,
            "deposit": self._deposit,
            "undo_deposit": self._undone,
            "late_payment": self._late,
            "payback": self._payback,
            "refund": self._refund,
            "void": self._void,
            "print": self._printed,
            "settle_print": self._settled,
            "invoice": lambda facts, _count: self._invoices.happened(facts),
        }.get(event.act)
        if said is not None:
            return said(facts, count)
        if event.act == "hand_over":
            done = self.tr("%n ticket(s) handed over", "", count)
            return formats.DOT.join(part for part in (done, self._checked(facts)) if part)
        plain = {
            "edit": self.tr("Names, documents or ticket types changed"),
            "swap": self.tr("Seats of %n ticket(s) swapped", "", count),
            "release": self.tr("%n reserved ticket(s) released for sale", "", count),
            "expire": self.tr("Reservation ran out, %n ticket(s) on sale again", "", count),
            "exchange_begin": self.tr("Other places taken for %n ticket(s)", "", count),
            "exchange": self._exchanged(facts, count),
            "exchange_end": self.tr("Exchange of %n ticket(s) given up", "", count),
            "rain": self.tr("%n ticket(s) given back because of rain", "", count),
            "cancelled": self.tr("%n ticket(s) given back: session cancelled", "", count),
            "moved": self.tr("%n ticket(s) given back: session moved", "", count),
            "reprint": self.tr("%n ticket(s) printed again as a duplicate", "", count),
            "report_again": self.tr("Reported to central once more, after a review"),
            "reveal": self.tr("Personal data shown in clear"),
            "pass_limit": self.tr(
                "Purchase limit passed: up to %n ticket(s)", "", int(facts.get("up_to", 0))
            ),
            "reserve": self._until(self.tr("%n ticket(s) reserved", "", count), facts, "deadline"),
            "extend": self._until(self.tr("Reservation extended"), facts, "until"),
        }
        return plain.get(event.act, event.act)

    def about(self, event: Happened) -> str:
        """Where, by whom, why, and who approved."""
        facts = event.facts
        approver = str(facts.get("approver") or "")
        where = (
            self.tr("central records")
            if event.window == CENTRAL
            else self.tr("window {number}").format(number=event.window)
        )
        reason = str(facts.get("reason") or "")
        parts = (
            where,
            event.operator,
            self.tr("reason: {reason}").format(reason=reason) if reason else "",
            self.tr("approved by {number}").format(number=approver) if approver else "",
        )
        return formats.DOT.join(part for part in parts if part)

    def _presale(self, facts: dict[str, Any], count: int) -> str:
        channel = channel_of(str(facts.get("tender", "")))
        said = self.tr("%n ticket(s) sold and paid through {channel}: {amount}", "", count)
        return said.format(
            channel=self._words.channel(channel), amount=formats.money(facts.get("amount_fen", 0))
        )

    def _sale(self, facts: dict[str, Any], count: int) -> str:
        return self._taken(self.tr("%n ticket(s) sold", "", count), facts)

    def _deposit(self, facts: dict[str, Any], _count: int) -> str:
        return self._taken(self.tr("Paid in part"), facts)

    def _taken(self, done: str, facts: dict[str, Any]) -> str:
        """What was done, what came by which tender, and what was put down for it."""
        tendered, change = facts.get("tendered_fen", 0), facts.get("change_fen", 0)
        amount = self.tr("{amount} by {tender}").format(
            amount=formats.money(tendered - change), tender=self.tender(facts.get("tender", CASH))
        )
        parts = [done, amount]
        if change:
            given = self.tr("{given} given, {change} change")
            parts.append(given.format(given=formats.money(tendered), change=formats.money(change)))
        return formats.DOT.join(parts)

    def _undone(self, facts: dict[str, Any], _count: int) -> str:
        return self._back(self.tr("Part payment undone"), facts)

    def _late(self, facts: dict[str, Any], _count: int) -> str:
        said = self.tr("{amount} by {tender} came too late: it goes back")
        return said.format(
            amount=formats.money(facts.get("amount_fen", 0)),
            tender=self.tender(str(facts.get("tender", ""))),
        )

    def _payback(self, facts: dict[str, Any], _count: int) -> str:
        said = self.tr("Money back by {tender}")
        parts = [said.format(tender=self.tender(str(facts.get("tender", ""))))]
        if facts.get("amount_fen"):
            parts.append(formats.money(facts["amount_fen"]))
        parts.append(self.payback(str(facts.get("status", ""))))
        return formats.DOT.join(part for part in parts if part)

    def payback(self, status: str) -> str:
        """How far money on its way back is."""
        said = {
            "created": self.tr("to be sent"),
            "sent": self.tr("asked for, no answer yet"),
            "unknown": self.tr("not known yet, asked again"),
            "accepted": self.tr("on its way"),
            "arrived": self.tr("given back"),
            "closed": self.tr("did not go through, tried again"),
            "dead": self.tr("this way is dead: another way is needed"),
        }
        return said.get(status, status)

    def _refund(self, facts: dict[str, Any], count: int) -> str:
        return self._back(self.tr("%n ticket(s) refunded", "", count), facts)

    def _void(self, facts: dict[str, Any], count: int) -> str:
        return self._back(self.tr("Sale of %n ticket(s) voided", "", count), facts)

    def _exchanged(self, facts: dict[str, Any], count: int) -> str:
        parts = [self.tr("%n ticket(s) exchanged", "", count)]
        paid, fee = facts.get("amount_fen", 0), facts.get("fee_fen", 0)
        if paid:
            tender = self.tender(str(facts.get("tender", "")))
            said = self.tr("{amount} paid by {tender}")
            parts.append(said.format(amount=formats.money(paid), tender=tender))
        for tender, amount in sorted((facts.get("returned") or {}).items()):
            said = self.tr("{amount} back by {tender}")
            parts.append(said.format(amount=formats.money(amount), tender=self.tender(tender)))
        if fee:
            parts.append(self.tr("fee {amount}").format(amount=formats.money(fee)))
        return formats.DOT.join(parts)

    def _back(self, done: str, facts: dict[str, Any]) -> str:
        parts = [done]
        cash, fee = facts.get("cash_fen", 0), facts.get("fee_fen", 0)
        if cash:
            parts.append(self.tr("{amount} given back in cash").format(amount=formats.money(cash)))
        for tender, amount in sorted((facts.get("requested") or {}).items()):
            asked = self.tr("{amount} requested from {channel}")
            name = self.tender(str(tender))
            parts.append(asked.format(amount=formats.money(amount), channel=name))
        if fee:
            parts.append(self.tr("fee {amount}").format(amount=formats.money(fee)))
        return formats.DOT.join(parts)

    def _printed(self, facts: dict[str, Any], _count: int) -> str:
        pages = int(facts.get("pages", 0))
        if facts.get("ended") == "printed":
            return self.tr("%n page(s) printed", "", pages)
        return self.tr("%n page(s) sent to the printer, in doubt", "", pages)

    def _settled(self, facts: dict[str, Any], _count: int) -> str:
        if facts.get("came_out"):
            return self.tr("A page in doubt had come out")
        return self.tr("A page in doubt was printed again")

    def _checked(self, facts: dict[str, Any]) -> str:
        said = {
            "document": self.tr("document checked"),
            "code": self.tr("by code"),
            "none": self.tr("no document seen"),
            "sold": "",
        }
        code = str(facts.get("checked", ""))
        return said.get(code, code)

    def _until(self, done: str, facts: dict[str, Any], name: str) -> str:
        if not facts.get(name):
            return done
        until = formats.short_stamp(clock.from_text(str(facts[name])))
        return formats.DOT.join((done, self.tr("until {time}").format(time=until)))

    def tender(self, tender: str) -> str:
        """What people call a tender, or the channel that took the money."""
        if is_channel(tender):
            return self._words.channel(channel_of(tender))
        return self._tenders.name(tender)
