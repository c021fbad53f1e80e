"""WeChat Pay: the customer shows a code, the window scans it (v3 code payment, direct merchant).

Interface: pay.weixin.qq.com/doc/v3/merchant/4012382150 (codepay), 4013070356 (query by our number),
.../out-trade-no/{no}/reverse, /v3/refund/domestic/refunds, /v3/bill/tradebill and its download.
What its words mean is data in `wechat_words`; who really speaks is judged in `wechat_line`.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from urllib.parse import quote

from wechatpayv3 import WeChatPayType

from boxoffice.payments import wechat_words as words
from boxoffice.payments.bills import MOST_BILL_BYTES, Bill, BillState
from boxoffice.payments.gateway_settings import WeChatSettings
from boxoffice.payments.protocol import (
    Answer,
    Ask,
    Back,
    BackAnswer,
    Outcome,
    RefundOutcome,
    Timing,
    Why,
)
from boxoffice.payments.said import kept
from boxoffice.payments.wechat_line import Heard, library

LONGEST_SUBJECT_BYTES = 127
LONGEST_REASON_BYTES = 80


class WeChat:
    """The driver; see `Gateway`. Raises ValueError for numbers of ours that it cannot take."""

    tender = "wechat"

    def __init__(self, settings: WeChatSettings, timing: Timing = words.TIMING) -> None:
        self._settings, self._timing = settings, timing
        self._pay, self._line = library(settings, timing.answer_within_s)

    def __repr__(self) -> str:
        return f"WeChat(mchid={self._settings.mchid!r})"

    @property
    def timing(self) -> Timing:
        return self._timing

    def charge(self, ask: Ask) -> Answer:
        """Take money with the customer's code: one message, whatever becomes of it."""
        _ours(words.NUMBER, ask.number)
        heard = self._pay.pay(
            pay_type=WeChatPayType.CODEPAY,
            description=_cut(ask.subject, LONGEST_SUBJECT_BYTES),
            out_trade_no=ask.number,
            amount={"total": ask.amount_fen, "currency": ask.currency},
            payer={"auth_code": ask.code},
            scene_info={
                "device_id": str(ask.window),
                "store_info": {"id": self._settings.store},
            },
        )
        answer = self._of_charge(heard, words.CHARGE, ask.number)
        if answer.outcome is Outcome.PAID and answer.paid_fen != ask.amount_fen:
            return replace(answer, why=Why.OTHER_AMOUNT)
        return answer

    def query(self, number: str) -> Answer:
        """What became of it."""
        _ours(words.NUMBER, number)
        return self._of_charge(self._pay.query(out_trade_no=_path(number)), words.QUERY, number)

    def reverse(self, number: str) -> Answer:
        """Close it or give it back. ABSENT where it is not known, which does not make it safe."""
        _ours(words.NUMBER, number)
        heard: Heard = self._pay.codepay_reverse(_path(number))
        if not heard.good:
            again = heard.code not in words.REVERSE_NO_MORE
            return replace(self._of_charge(heard, words.REVERSE, number), again=again)
        if str(heard.said.get("recall", "N")).upper() == "Y":
            return Answer(Outcome.UNKNOWN, Why.BUSY, said=kept("recall Y"))
        return Answer(Outcome.CLOSED, said=kept(heard.status))

    def refund(self, back: Back) -> BackAnswer:
        """Send money back."""
        _ours(words.REFUND_NUMBER, back.number)
        heard = self._pay.refund(
            out_refund_no=back.number,
            out_trade_no=back.charge,
            reason=_cut(back.reason, LONGEST_REASON_BYTES),
            amount={
                "refund": back.amount_fen,
                "total": back.charged_fen,
                "currency": back.currency,
            },
        )
        return _of_refund(heard, words.REFUND, back)

    def refund_state(self, back: Back) -> BackAnswer:
        """What became of it."""
        _ours(words.REFUND_NUMBER, back.number)
        return _of_refund(self._pay.query_refund(_path(back.number)), words.REFUND_QUERY, back)

    def bill(self, day: date) -> Bill:
        """The bill of all trades of a day, checked against the hash that WeChat Pay signed."""
        heard: Heard = self._pay.trade_bill(day.isoformat())
        if not heard.good:
            return _no_bill(heard)
        url, wanted = str(heard.said.get("download_url")), str(heard.said.get("hash_value"))
        start = self._settings.address + "/"
        if heard.said.get("hash_type") != "SHA1" or not url.startswith(start):
            return Bill(BillState.UNKNOWN, Why.NOT_READABLE, said=kept(heard.said.get("hash_type")))
        reply = self._line.fetch(url[len(self._settings.address) :])
        if isinstance(reply, Why):
            return Bill(BillState.UNKNOWN, reply)
        content = _unzipped(reply.body) if reply.status == 200 else None
        if content is None:
            return Bill(BillState.UNKNOWN, Why.NOT_READABLE, said=kept(reply.status))
        if hashlib.sha1(content, usedforsecurity=False).hexdigest() != wanted.lower():
            return Bill(BillState.UNKNOWN, Why.BAD_SIGNATURE)
        name = f"wechat-{self._settings.mchid}-{day.isoformat()}.csv"
        return Bill(BillState.READY, name=name, content=content)

    def _of_charge(self, heard: Heard, table: dict[str, words.Meaning], number: str) -> Answer:
        """What an answer about a charge says."""
        if heard.why is not Why.NONE:
            return Answer(Outcome.UNKNOWN, heard.why, said=_said(heard))
        state = heard.said.get("trade_state")
        if state is None and heard.good:
            # A code payment that is done may name no state but its number, one that waits a code.
            done = heard.status == 200 and heard.said.get("transaction_id")
            state = "SUCCESS" if done else heard.said.get("code")
        if not heard.good and state is None:
            outcome, why = table.get(heard.code, _unlisted(heard))
            if heard.code == "AUTHCODEINVALID" and _says(heard, words.USED_WORDS):
                why = Why.CODE_USED
            return Answer(outcome, why, said=_said(heard))
        outcome, why = words.STATES.get(str(state), (Outcome.UNKNOWN, Why.NOT_READABLE))
        if heard.said.get("out_trade_no", number) != number:
            outcome, why = Outcome.UNKNOWN, Why.NOT_READABLE
        if outcome is not Outcome.PAID:
            return Answer(outcome, why, said=kept(heard.status, state))
        paid = _fen(heard.said.get("amount"), "total")
        if paid is None:
            return Answer(Outcome.UNKNOWN, Why.NOT_READABLE, said=kept(heard.status, state))
        return Answer(
            outcome,
            why,
            reference=str(heard.said.get("transaction_id") or ""),
            paid_fen=paid,
            at=_moment(heard.said.get("success_time")),
            said=kept(heard.status, state),
        )


def _of_refund(heard: Heard, table: dict[str, words.RefundMeaning], back: Back) -> BackAnswer:
    """What an answer about a refund says."""
    if heard.why is not Why.NONE:
        return BackAnswer(RefundOutcome.UNKNOWN, heard.why, said=_said(heard))
    if not heard.good:
        outcome, why, again = table.get(
            heard.code, (RefundOutcome.UNKNOWN, _unlisted(heard)[1], True)
        )
        if table is words.REFUND and heard.code == "INVALIDREQUEST":
            for part, meaning in words.INVALID_REFUND:
                if part in heard.message:
                    outcome, why, again = meaning
                    break
        return BackAnswer(outcome, why, said=_said(heard), again=again)
    state = str(heard.said.get("status"))
    outcome, why, again = words.REFUND_STATES.get(
        state, (RefundOutcome.UNKNOWN, Why.NOT_READABLE, True)
    )
    amount = _fen(heard.said.get("amount"), "refund")
    if amount != back.amount_fen or heard.said.get("out_refund_no") != back.number:
        outcome, why, again = RefundOutcome.UNKNOWN, Why.OTHER_AMOUNT, False
    return BackAnswer(
        outcome,
        why,
        reference=str(heard.said.get("refund_id") or ""),
        refunded_fen=amount,
        at=_moment(heard.said.get("success_time")),
        said=kept(heard.status, state),
        again=again,
    )


def _no_bill(heard: Heard) -> Bill:
    if heard.code in words.NO_BILL:
        return Bill(BillState.NONE, said=_said(heard))
    if heard.code in words.BILL_LATER:
        return Bill(BillState.LATER, said=_said(heard))
    why = heard.why if heard.why is not Why.NONE else _unlisted(heard)[1]
    return Bill(BillState.UNKNOWN, why, said=_said(heard))


def _unlisted(heard: Heard) -> words.Meaning:
    """A code nobody described decides nothing."""
    return Outcome.UNKNOWN, Why.BUSY if heard.status >= 500 else Why.OTHER


def _says(heard: Heard, parts: tuple[str, ...]) -> bool:
    return any(part in heard.message for part in parts)


def _said(heard: Heard) -> str:
    return kept(heard.status or "", heard.said.get("code"), heard.message)


def _fen(amount: object, name: str) -> int | None:
    """An amount of an answer; none where it is no whole number of fen."""
    value = amount.get(name) if isinstance(amount, dict) else None
    return value if type(value) is int and value >= 0 else None


def _moment(text: Any) -> datetime | None:
    """When, aware UTC; none for what is no time with a zone. The record can do without."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo is not None else None


def _ours(shape: str, number: str) -> None:
    if not re.fullmatch(shape, number):
        raise ValueError(f"no number for WeChat Pay: {number!r}")


def _path(number: str) -> str:
    """A number as part of a path; signed and sent in the same spelling."""
    return quote(number, safe="")


def _cut(text: str, most: int) -> str:
    """Text of at most so many bytes, no character cut in two."""
    return text.encode("utf-8")[:most].decode("utf-8", errors="ignore") or "-"


def _unzipped(body: bytes) -> bytes | None:
    """What a gzip holds; none where it is none, or holds more than any bill."""
    try:
        with gzip.open(BytesIO(body)) as file:
            content = file.read(MOST_BILL_BYTES + 1)
    except (OSError, EOFError, ValueError):
        return None
    return content if len(content) <= MOST_BILL_BYTES else None
