"""Messages of one terminal to its host: who we are, signing on, the open batch, how one stands."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from boxoffice.payments import iso8583_codes as codes
from boxoffice.payments import iso8583_private as private
from boxoffice.payments.card_settings import CardSettings
from boxoffice.payments.iso8583_codec import Message
from boxoffice.payments.iso8583_line import Line, NoAnswer
from boxoffice.payments.iso8583_private import Net, Original, Sort, State
from boxoffice.payments.protocol import Why

ADMIN_WITHIN_S = 10.0
"""For messages that no customer has to do anything for."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a transaction stands at the host, from an answer to an inquiry or to itself."""

    state: State
    code: str
    fen: int | None
    reference: str
    authorisation: str
    original: Original
    at: datetime | None
    number: str
    sort: str


class Talk:
    """Speaks for one terminal. Keeps nothing but the open batch, which the host told it."""

    def __init__(self, settings: CardSettings) -> None:
        self.settings = settings
        self._line = Line(
            settings.host,
            settings.port,
            bytes.fromhex(settings.tpdu),
            settings.mac_key,
            float(settings.answer_within_s),
        )
        self._batch = ""

    def message(self, kind: str, sort: str, fields: dict[int, str], *, trace: str = "") -> Message:
        """A message of this terminal; without a trace it gets one that is good for once."""
        ours = {41: self.settings.terminal, 42: self.settings.merchant}
        trace = trace or f"{secrets.randbelow(private.TRACES) + 1:06d}"
        return Message(kind, {11: trace, **fields, **ours, 60: sort})

    def batch(self) -> str:
        """The open batch; signs on first where that was not done. Raises NoAnswer, nothing sent."""
        if not self._batch:
            self._sign_on()
        return self._batch

    def _sign_on(self) -> None:
        question = self.message(
            "0800", private.sort_field(Sort.ADMIN, private.NO_BATCH, Net.SIGN_ON), {}
        )
        try:
            answer = self._line.ask(question, ADMIN_WITHIN_S)
        except NoAnswer as none:
            # What is not signed on has sent nothing that could move money.
            raise NoAnswer(none.why, sent=False) from None
        code, batch = answer.get(39), private.batch_of(answer.get(60))
        if code not in codes.APPROVED:
            raise NoAnswer(codes.trouble(code), sent=False, said=code)
        if not batch:
            raise NoAnswer(Why.NOT_READABLE, sent=False, said=code)
        self._batch = batch

    def sign_on_next_time(self) -> None:
        """The batch may be another one now."""
        self._batch = ""

    def send(self, question: Message) -> Message:
        """Send what must not be sent twice. Raises NoAnswer."""
        answer = self._line.ask(question)
        if answer.get(39) == codes.SIGN_ON_FIRST:
            self.sign_on_next_time()
        return answer

    def ask(self, question: Message) -> Message:
        """Send what may be sent twice, signing on where the host wants that first.

        Raises NoAnswer.
        """
        answer = self._line.ask(question, ADMIN_WITHIN_S)
        if answer.get(39) != codes.SIGN_ON_FIRST:
            return answer
        self._sign_on()
        return self._line.ask(question, ADMIN_WITHIN_S)

    def standing(self, number: str = "") -> Standing | None:
        """How the transaction of our number stands, or the terminal's last; None if not known.

        Raises NoAnswer, also for an inquiry that the host does not want to answer.
        """
        sort = private.sort_field(Sort.STATUS, private.NO_BATCH, Net.STATUS if number else Net.LAST)
        asked = {62: private.checked(number)} if number else {}
        answer = self.ask(self.message("0600", sort, asked))
        code = answer.get(39)
        if code == codes.NOT_FOUND:
            return None
        if code not in codes.APPROVED:
            raise NoAnswer(codes.trouble(code), sent=True, said=code)
        state = re.fullmatch(r"([AWDRV])([0-9A-Z]{2})", answer.get(44))
        if state is None:
            raise NoAnswer(Why.NOT_READABLE, sent=True, said=code)
        return read_standing(answer, State(state[1]), state[2])


def read_standing(answer: Message, state: State, code: str) -> Standing:
    """What an answer says of its transaction; fields that are not what they should be are empty."""
    return Standing(
        state=state,
        code=code,
        fen=int(answer.get(4)) if re.fullmatch(r"[0-9]{12}", answer.get(4)) else None,
        reference=_plain(answer.get(37), 12),
        authorisation=_plain(answer.get(38), 6),
        original=Original.read(answer.get(61)) or _own(answer),
        at=private.moment(answer.get(13), answer.get(12)),
        number=_plain(answer.get(62), 32),
        sort=answer.get(60)[:2],
    )


def _own(answer: Message) -> Original:
    """Where the transaction of this very answer was booked."""
    date = answer.get(13)
    return Original(
        private.batch_of(answer.get(60)) or private.NO_BATCH,
        answer.get(11),
        date if re.fullmatch(r"[0-9]{4}", date) else "0000",
    )


def _plain(text: str, most: int) -> str:
    """A number of the host's, without the blanks it is filled up with; empty if it is none."""
    text = text.strip()
    return text if re.fullmatch(rf"[0-9A-Za-z_\-|*]{{1,{most}}}", text, re.ASCII) else ""
