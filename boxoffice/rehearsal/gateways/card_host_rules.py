"""How a simulated acquirer answers each message on a good day, by its books."""

from __future__ import annotations

from dataclasses import replace

from boxoffice import clock
from boxoffice.payments import iso8583_codes as codes
from boxoffice.payments.iso8583_codec import Message
from boxoffice.payments.iso8583_line import answer_kind
from boxoffice.payments.iso8583_private import Net, Original, Sort, State, Totals, sort_field
from boxoffice.rehearsal.gateways.card_host_books import Books, Entry
from boxoffice.rehearsal.gateways.card_host_days import Day, How, Step

APPROVED = "00"
AGREED, DIFFERENT = "1", "2"
NOT_KEPT = frozenset({"T0", "77", "94", "96", "98", "A0"})
"""Codes under which the host keeps nothing of the transaction."""
ECHOED = (3, 4, 11, 25, 41, 42, 49, 60, 62)
PHANTOM_FEN = 100


class Rules:
    """The host's side of every message."""

    def __init__(self, books: Books, terminal: str, merchant: str) -> None:
        self.books = books
        self._ours = {41: terminal, 42: merchant}

    def answer(self, step: Step, asked: Message, day: Day | None) -> Message:
        """What the host does and says; the books are kept before it is said."""
        if any(asked.get(number) != text for number, text in self._ours.items()):
            return self._say(asked, "97")
        if day is not None and day.how is How.CODE and not self._is_kept(step, day.code):
            return self._say(asked, day.code)
        said = {
            Step.SIGN_ON: self._sign_on,
            Step.ECHO: self._echo,
            Step.CHARGE: self._charge,
            Step.VOID: self._void,
            Step.REFUND: self._refund,
            Step.REVERSE: self._reverse,
            Step.QUERY: self._query,
            Step.LAST: self._last,
            Step.ABORT: self._abort,
            Step.CLOSE: self._close,
            Step.UPLOAD: self._upload,
        }[step](asked, day)
        self.books.save()
        return said

    def _is_kept(self, step: Step, code: str) -> bool:
        return step in (Step.CHARGE, Step.REFUND, Step.VOID) and code not in NOT_KEPT

    def _say(self, asked: Message, code: str, more: dict[int, str] | None = None) -> Message:
        now = clock.venue(clock.now())
        echoed = {number: asked.get(number) for number in ECHOED if asked.get(number)}
        time = {12: now.strftime("%H%M%S"), 13: now.strftime("%m%d")}
        return Message(answer_kind(asked.kind), {**echoed, **time, 39: code, **(more or {})})

    def _sign_on(self, asked: Message, day: Day | None) -> Message:
        return self._say(asked, APPROVED, {60: sort_field(Sort.ADMIN, self.books.batch)})

    def _echo(self, asked: Message, day: Day | None) -> Message:
        return self._say(asked, APPROVED)

    def _charge(self, asked: Message, day: Day | None) -> Message:
        number = asked.get(62)
        if number in self.books.entries or self.books.trace_taken(asked.get(11), number):
            return self._say(asked, codes.DUPLICATE)
        return self._book(asked, Sort.SALE, day)

    def _book(self, asked: Message, sort: Sort, day: Day | None, original: str = "") -> Message:
        """A new transaction, approved unless the day has it otherwise."""
        state, code, fen = State.APPROVED, APPROVED, int(asked.get(4))
        if day is not None and day.how is How.CODE:
            state, code = State.DECLINED, day.code
        elif day is not None and day.how is How.WAITING:
            state, code = State.WORKING, codes.IN_PROGRESS
        elif day is not None and day.how is How.PART:
            code, fen = "10", max(1, fen // 2)
        reference, authorisation = self.books.issue()
        said = self._say(asked, code)
        entry = Entry(
            *(asked.get(62), sort, asked.get(11), self.books.batch, fen, state, code),
            *(reference, authorisation, said.get(13), said.get(12), original),
        )
        # A refund that is sent again after it was declined takes the place of the first.
        self.books.entries.pop(entry.number, None)
        self.books.entries[entry.number] = entry
        return self._say(asked, code, self._of(entry) if state is not State.DECLINED else None)

    def _of(self, entry: Entry) -> dict[int, str]:
        return {
            4: f"{entry.fen:012d}",
            12: entry.hour,
            13: entry.date,
            37: entry.reference,
            38: entry.authorisation,
            60: sort_field(Sort(entry.sort), entry.batch),
        }

    def _repeated(self, asked: Message) -> Message | None:
        """The answer to a void or refund whose number or trace the host has already."""
        entry = self.books.entries.get(asked.get(62))
        if entry is None:
            taken = self.books.trace_taken(asked.get(11), asked.get(62))
            return self._say(asked, codes.DUPLICATE) if taken else None
        if entry.state == State.DECLINED:
            return None
        if entry.fen != int(asked.get(4)):
            return self._say(asked, codes.DUPLICATE)
        return self._say(asked, entry.code, self._of(entry))

    def _original(self, asked: Message) -> Entry | None:
        named = Original.read(asked.get(61)) or Original()
        return self.books.by_reference(asked.get(37).strip(), named.trace)

    def _refund(self, asked: Message, day: Day | None) -> Message:
        repeated = self._repeated(asked)
        if repeated is not None:
            return repeated
        sale, fen = self._original(asked), int(asked.get(4))
        if sale is None or sale.state != State.APPROVED:
            return self._say(asked, codes.NOT_FOUND)
        if fen > sale.fen - self.books.gone_back(sale):
            return self._say(asked, "64")
        short = self.books.merchant_fen
        if short is not None and short < fen:
            return self._say(asked, "51")
        said = self._book(asked, Sort.REFUND, day, sale.number)
        if short is not None and self.books.entries[asked.get(62)].state != State.DECLINED:
            self.books.merchant_fen = short - fen
        return said

    def _void(self, asked: Message, day: Day | None) -> Message:
        repeated = self._repeated(asked)
        if repeated is not None:
            return repeated
        sale = self._original(asked)
        if sale is None:
            return self._say(asked, codes.NOT_FOUND)
        whole = sale.fen == int(asked.get(4)) and not self.books.gone_back(sale)
        if sale.state != State.APPROVED or sale.batch != self.books.batch or not whole:
            return self._say(asked, "21")
        said = self._book(asked, Sort.VOID, day, sale.number)
        if self.books.entries[asked.get(62)].state == State.APPROVED:
            sale.state = State.VOIDED
        return said

    def _reverse(self, asked: Message, day: Day | None) -> Message:
        number = asked.get(62)
        entry = self.books.entries.get(number)
        if entry is None:
            # Should the sale still be on its way, it finds its number dead.
            said = self._say(asked, codes.NOT_FOUND)
            self.books.entries[number] = Entry(
                *(number, Sort.SALE, asked.get(11), self.books.batch, 0, State.REVERSED),
                *(codes.NOT_FOUND, "", "", said.get(13), said.get(12)),
            )
            return said
        if entry.batch != self.books.batch or entry.state == State.VOIDED:
            return self._say(asked, "21")
        if entry.state == State.APPROVED and self.books.gone_back(entry):
            return self._say(asked, "21")
        if entry.state != State.DECLINED:
            entry.state = State.REVERSED
        return self._say(asked, APPROVED)

    def _query(self, asked: Message, day: Day | None) -> Message:
        entry = self.books.entries.get(asked.get(62))
        return self._standing(asked, entry)

    def _last(self, asked: Message, day: Day | None) -> Message:
        return self._standing(asked, self.books.last)

    def _standing(self, asked: Message, entry: Entry | None) -> Message:
        if entry is None:
            return self._say(asked, codes.NOT_FOUND)
        booked = Original(entry.batch, entry.trace, entry.date).text
        said = {**self._of(entry), 44: f"{entry.state}{entry.code}", 61: booked, 62: entry.number}
        if not entry.reference:  # a number that a reversal made dead
            del said[37], said[38]
        return self._say(asked, APPROVED, said)

    def _abort(self, asked: Message, day: Day | None) -> Message:
        entry = self.books.entries.get(asked.get(62))
        if entry is None:
            return self._say(asked, codes.NOT_FOUND)
        if entry.state == State.WORKING:
            entry.state, entry.code = State.DECLINED, "17"
            return self._say(asked, APPROVED)
        return self._say(asked, "21")

    def _close(self, asked: Message, day: Day | None) -> Message:
        batch = asked.get(60)[2:8]
        if batch in self.books.closed:
            return self._say(asked, APPROVED, {48: self.books.closed[batch]})
        if batch != self.books.batch:
            return self._say(asked, "12")
        read, theirs = Totals.read(asked.get(48)), self.books.totals(batch)
        if day is not None and day.how is How.OTHER_TOTALS:
            theirs = replace(
                theirs, sales=theirs.sales + 1, sales_fen=theirs.sales_fen + PHANTOM_FEN
            )
        if read is None:
            return self._say(asked, "30")
        if read[0] == theirs:
            self.books.close(theirs.text(AGREED))
            return self._say(asked, APPROVED, {48: theirs.text(AGREED)})
        self.books.sent_up.clear()
        return self._say(asked, APPROVED, {48: theirs.text(DIFFERENT)})

    def _upload(self, asked: Message, day: Day | None) -> Message:
        if asked.get(60)[2:8] != self.books.batch:
            return self._say(asked, "12")
        if asked.get(60)[8:] != Net.UPLOAD_END:
            self.books.sent_up.append(asked.get(62))
            return self._say(asked, APPROVED)
        self.books.close(self.books.totals(self.books.batch).text(DIFFERENT))
        return self._say(asked, APPROVED)
