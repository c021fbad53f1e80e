"""Says what a case is about: the reasons an import gives, and what it expected, in plain words."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject

from boxoffice.queries.cases import CaseRow
from boxoffice.sentences.phrases import Phrase, unpacked
from ui import formats
from ui.cases.bill_words import BANK, BILL, BillCaseWords
from ui.cases.left_words import ATTEMPT, PAYBACK, LeftCaseWords
from ui.cases.money_words import MoneyCaseWords, Said
from ui.error_presenter import field_text

_FEN = re.compile(r"([a-z]+ )?(\d+) fen")
_CLASH = "document_clash"
_OLDER_PRICE = "older_price"
_HELD_TWICE = "recovery_conflict"
_FORKED = "forked_journal"


class CaseWords(QObject):
    """Words for one case at a time; what has no words of its own is shown as it stands."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._money = MoneyCaseWords(self)
        self._bills = BillCaseWords(self)
        self.left = LeftCaseWords(self)

    def _about_money(self, case: CaseRow) -> Said | None:
        return self._money.of(case.kind) or self._bills.of(case) or self.left.of(case)

    def reason(self, case: CaseRow) -> str:
        """Why it is here, in a few words."""
        if (money := self._about_money(case)) is not None:
            return money.reason
        if case.kind == _CLASH:
            return self.tr("One document, two tickets")
        if case.kind == _OLDER_PRICE:
            return self.tr("Sold at a price of before")
        if case.kind == _HELD_TWICE:
            return self.tr("Held twice after central was restored")
        if case.kind == _FORKED:
            window = str(case.facts.get("window", ""))
            return self.tr("A copy of window {window} sold on its own").format(window=window)
        return self.reason_of(str(case.facts.get("reason", case.kind)))

    def reason_of(self, code: str) -> str:
        """What an order was left out for; a code that is a column means its value."""
        said = {
            "seat_sold": self.tr("The seat is sold already"),
            "seat_unknown": self.tr("There is no such seat"),
            "session_unknown": self.tr("There is no such session"),
            "price_unknown": self.tr("That price is not on the list"),
            "document_twice": self.tr("The document has a ticket already"),
            "order_differs": self.tr("Differs from the order taken in before"),
            "capacity": self.tr("The session is full"),
            "cap": self.tr("The zone is full"),
            "status": self.tr("The order is not paid"),
        }
        if code in said:
            return said[code]
        return self.tr("{column} cannot be used").format(column=self.column(code))

    def column(self, name: str) -> str:
        """A column of an order file in the words of the trade."""
        said = {
            "order_no": self.tr("Order number"),
            "pickup_code": self.tr("Pickup code"),
            "channel": self.tr("Channel"),
            "paid_at": self.tr("Time of payment"),
            "buyer": self.tr("Buyer"),
            "phone": self.tr("Phone"),
            "session": self.tr("Session"),
            "section": self.tr("Block"),
            "row": self.tr("Row"),
            "seat": self.tr("Seat"),
            "ticket_type": self.tr("Ticket type"),
            "price_yuan": self.tr("Price"),
            "attendee": self.tr("Attendee"),
            "document_type": self.tr("Document type"),
            "document_no": self.tr("Document number"),
        }
        return said.get(name, name)

    def expected(self, text: str) -> str:
        """What was expected instead; cases of before keep it as English text."""
        if isinstance(text, Phrase):
            return field_text("expected", text)
        said = {
            "a seat of the plan": self.tr("a seat of the plan"),
            "no seat in this session": self.tr("no seat: this session is unnumbered"),
            "a session of the catalogue": self.tr("a session of the catalogue"),
            "a price of the catalogue": self.tr("a price of the catalogue"),
            "one document, one ticket per session": self.tr("one document, one ticket per session"),
            "places left in the session": self.tr("places left in the session"),
            "as imported before": self.tr("as imported before"),
            "paid": self.tr("paid"),
            "check_digit": self.tr("a correct check digit"),
            "birth_date": self.tr("a possible date of birth"),
            "eighteen_digits": self.tr("18 digits"),
            "old_form": self.tr("the new form with 18 digits"),
            "amount": self.tr("an amount"),
            "time": self.tr("a time"),
        }
        if text in said:
            return said[text]
        for start, words in (
            ("free; sold in order ", self.tr("a free seat; it is sold in order {rest}")),
            ("as in line ", self.tr("the same as in line {rest}")),
            ("one of: ", self.tr("one of: {rest}")),
        ):
            if text.startswith(start):
                return words.format(rest=text.removeprefix(start))
        return self.in_yuan(text)

    def difference(self, case: CaseRow) -> str:
        """What stood there, and what should have: one line."""
        value, wanted = self._value(case), unpacked(case.facts.get("expected", ""))
        if value and wanted:
            said = self.tr("{value}; expected: {expected}")
            return said.format(value=value, expected=self.expected(wanted))
        return value

    def sentence(self, case: CaseRow) -> str:
        """What happened, whole."""
        if (money := self._about_money(case)) is not None:
            return money.sentence
        if case.kind == _CLASH:
            return self.tr(
                "Two windows sold a ticket of the same session for one document while one of them "
                "was off line. Both sales stand until a supervisor decides."
            )
        if case.kind == _OLDER_PRICE:
            return self.tr(
                "A window that was off line sold this order at a price that had changed meanwhile. "
                "The sale stands."
            )
        if case.kind == _HELD_TWICE:
            return self.tr(
                "Central was restored, and window {window} holds what another order or window has "
                "by now. What it sells of it goes to the review list."
            ).format(window=case.facts.get("window", ""))
        said = self.tr("The whole order was left out; nothing of it is on record here.")
        difference = self.difference(case)
        return f"{difference}\n{said}" if difference else said

    def origin(self, case: CaseRow) -> str:
        """File and line."""
        found = (_CLASH, _OLDER_PRICE, _HELD_TWICE, ATTEMPT, PAYBACK)
        if case.kind in (BILL, BANK) and not case.facts.get("line"):
            return str(case.facts.get("file", ""))
        if case.kind in found or self._money.of(case.kind) is not None:
            return self.tr("Found when the windows reported")
        said = self.tr("{file}, line {line}")
        return said.format(file=case.facts.get("file", ""), line=case.facts.get("line", ""))

    def advice(self, case: CaseRow) -> list[str]:
        """What a person can do."""
        if (money := self._about_money(case)) is not None:
            return list(money.advice)
        if case.kind == _CLASH:
            return [
                self.tr("Ask both buyers which ticket is theirs."),
                self.tr("Tell the supervisor both order numbers."),
            ]
        if case.kind == _OLDER_PRICE:
            return [
                self.tr("Nothing has to be done at the window; the day's report differs by it.")
            ]
        if case.kind == _HELD_TWICE:
            return [
                self.tr("Ask that window to clear the basket, or to exchange the ticket."),
                self.tr("Tell the supervisor both order numbers."),
            ]
        if case.facts.get("reason") in ("seat_sold", "capacity"):
            first = self.tr("Offer the visitor other seats; the channel has to pay back or rebook.")
        else:
            first = self.tr("Ask the sales channel to correct the order and send the file again.")
        return [first, self.tr("Import the corrected file: what is known stays as it is.")]

    def _value(self, case: CaseRow) -> str:
        return self.in_yuan(str(case.facts.get("value", "")))

    def in_yuan(self, text: str) -> str:
        """Amounts are kept in fen, after the ticket type's token; people read yuan and words."""
        return _FEN.sub(lambda found: f"{self._type(found[1])}{formats.money(int(found[2]))}", text)

    def _type(self, token: str) -> str:
        return f"{field_text('ticket_type', token.strip())} " if token else ""
