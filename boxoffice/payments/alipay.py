"""Alipay: the customer shows a code, the window scans it (alipay.trade.pay, scene bar_code).

A thin client of its gateway: alipay.trade.pay, .query, .cancel, .refund, .fastpay.refund.query and
alipay.data.dataservice.bill.downloadurl.query. What its codes mean is data in `alipay_words`; who
really speaks is judged in `alipay_line`.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from boxoffice.domain.money import FEN_PER_YUAN, parse_yuan
from boxoffice.payments import alipay_words as words
from boxoffice.payments.alipay_line import ZONE, Heard, SignedLine
from boxoffice.payments.bills import MOST_BILL_BYTES, Bill, BillState
from boxoffice.payments.gateway_settings import AlipaySettings
from boxoffice.payments.line import send
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
from boxoffice.payments.wechat_words import Meaning, RefundMeaning

LONGEST_SUBJECT = 128
_NOT_IN_SUBJECT = re.compile(r"[/=&]")
UNPAID_CLOSES_AFTER = "3m"
"""So nobody can pay on a phone what the window has long given up."""


class Alipay:
    """The driver; see `Gateway`. Raises ValueError for numbers of ours that it cannot take."""

    tender = "alipay"

    def __init__(self, settings: AlipaySettings, timing: Timing = words.TIMING) -> None:
        self._settings, self._timing = settings, timing
        self._line = SignedLine(settings, timing.answer_within_s)

    def __repr__(self) -> str:
        return f"Alipay(app_id={self._settings.app_id!r})"

    @property
    def timing(self) -> Timing:
        return self._timing

    def charge(self, ask: Ask) -> Answer:
        """Take money with the customer's code: one message, whatever becomes of it."""
        _ours(ask.number, ask.currency)
        heard = self._line.request(
            "alipay.trade.pay",
            {
                "out_trade_no": ask.number,
                "scene": "bar_code",
                "auth_code": ask.code,
                "subject": _NOT_IN_SUBJECT.sub(" ", ask.subject)[:LONGEST_SUBJECT] or "-",
                "total_amount": _yuan(ask.amount_fen),
                "timeout_express": UNPAID_CLOSES_AFTER,
                "store_id": self._settings.store,
                "terminal_id": str(ask.window),
            },
        )
        if heard.code == words.WAITING and heard.why is Why.NONE:
            return Answer(Outcome.WAITING, Why.PASSWORD, said=_said(heard))
        if not heard.good:
            return _refused(heard, words.PAY, charge=True)
        answer = _paid(heard, ask.number)
        if answer.outcome is Outcome.PAID and answer.paid_fen != ask.amount_fen:
            return replace(answer, why=Why.OTHER_AMOUNT)
        return answer

    def query(self, number: str) -> Answer:
        """What became of it."""
        _ours(number)
        heard = self._line.request("alipay.trade.query", {"out_trade_no": number})
        if not heard.good:
            return _refused(heard, words.QUERY)
        state = heard.said.get("trade_status")
        outcome, why = words.TRADE_STATES.get(str(state), (Outcome.UNKNOWN, Why.NOT_READABLE))
        if outcome is Outcome.PAID:
            return _paid(heard, number)
        if heard.said.get("out_trade_no", number) != number:
            return Answer(Outcome.UNKNOWN, Why.NOT_READABLE, said=_said(heard))
        return Answer(outcome, why, said=kept(heard.code, state))

    def reverse(self, number: str) -> Answer:
        """Cancel it: an unpaid trade is closed, a paid one given back (`action`).

        ABSENT where no action is named: Alipay knows no such trade, which does not make it safe.
        """
        _ours(number)
        heard = self._line.request("alipay.trade.cancel", {"out_trade_no": number})
        again = str(heard.said.get("retry_flag", "N")).upper() == "Y"
        if not heard.good:
            answer = _refused(heard, words.CANCEL)
            # Only the business itself says that another cancellation would bring nothing.
            decided = heard.code == words.REFUSED and answer.why is not Why.BUSY
            return replace(answer, again=again or not decided)
        if again:
            return Answer(Outcome.UNKNOWN, Why.BUSY, said=kept(heard.code, "retry_flag Y"))
        action = str(heard.said.get("action") or "")
        if heard.said.get("out_trade_no", number) != number or action not in _ACTIONS:
            return Answer(Outcome.UNKNOWN, Why.NOT_READABLE, said=_said(heard))
        return Answer(_ACTIONS[action], said=kept(heard.code, action))

    def refund(self, back: Back) -> BackAnswer:
        """Send money back. A repeat answers success without a change of funds, and then only
        `refund_state` says how far the first one came.
        """
        _ours(back.number, back.currency)
        heard = self._line.request(
            "alipay.trade.refund",
            {
                "out_trade_no": back.charge,
                "out_request_no": back.number,
                "refund_amount": _yuan(back.amount_fen),
                "refund_reason": back.reason[:LONGEST_SUBJECT] or "-",
            },
        )
        if not heard.good:
            return _not_taken(heard, words.REFUND)
        moved = heard.said.get("fund_change") == "Y"
        return BackAnswer(
            RefundOutcome.ARRIVED if moved else RefundOutcome.ACCEPTED,
            reference=str(heard.said.get("trade_no") or ""),
            # Its refund_fee is the sum of all refunds of the trade, not this one.
            refunded_fen=back.amount_fen if moved else None,
            at=_moment(heard.said.get("gmt_refund_pay")),
            said=kept(heard.code, "fund_change", heard.said.get("fund_change")),
        )

    def refund_state(self, back: Back) -> BackAnswer:
        """What became of it. An answer without a status means that nothing was refunded."""
        _ours(back.number)
        heard = self._line.request(
            "alipay.trade.fastpay.refund.query",
            {
                "out_trade_no": back.charge,
                "out_request_no": back.number,
                "query_options": ["gmt_refund_pay", "deposit_back_info"],
            },
        )
        if not heard.good:
            return _not_taken(heard, words.REFUND_QUERY)
        state = str(heard.said.get("refund_status") or "")
        if not state:
            return BackAnswer(RefundOutcome.ABSENT, said=kept(heard.code))
        amount = _fen(heard.said.get("refund_amount"))
        outcome, why, again = _at_the_bank(heard) if state == "REFUND_SUCCESS" else _UNREAD
        if state == "REFUND_SUCCESS" and amount != back.amount_fen:
            outcome, why, again = RefundOutcome.UNKNOWN, Why.OTHER_AMOUNT, False
        return BackAnswer(
            outcome,
            why,
            reference=str(heard.said.get("trade_no") or ""),
            refunded_fen=amount,
            at=_moment(heard.said.get("gmt_refund_pay")),
            said=kept(heard.code, state),
            again=again,
        )

    def bill(self, day: date) -> Bill:
        """The bill of all trades of a day: a ZIP, fetched from the address Alipay signed."""
        heard = self._line.request(
            "alipay.data.dataservice.bill.downloadurl.query",
            {"bill_type": "trade", "bill_date": day.isoformat()},
        )
        if heard.why is Why.NONE and heard.sub_code.endswith("BILL_NOT_EXIST"):
            return Bill(BillState.NONE, said=_said(heard))
        if not heard.good:
            return Bill(BillState.UNKNOWN, _refused(heard, words.EVERYWHERE).why, said=_said(heard))
        url = str(heard.said.get("bill_download_url"))
        if not self._may_fetch(url):
            return Bill(BillState.UNKNOWN, Why.NOT_READABLE)
        reply = send("GET", url, within_s=self._timing.answer_within_s, most_bytes=MOST_BILL_BYTES)
        if isinstance(reply, Why):
            return Bill(BillState.UNKNOWN, reply)
        if reply.status != 200 or not zipfile.is_zipfile(BytesIO(reply.body)):
            return Bill(BillState.UNKNOWN, Why.NOT_READABLE, said=kept(reply.status))
        name = f"alipay-{self._settings.app_id}-{day.isoformat()}.zip"
        return Bill(BillState.READY, name=name, content=reply.body)

    def _may_fetch(self, url: str) -> bool:
        """Bills lie on another host; in clear only where the gateway itself is on this computer."""
        try:
            theirs, ours = urlsplit(url), urlsplit(self._settings.address)
        except ValueError:
            return False
        return theirs.scheme == "https" or (theirs.scheme, theirs.netloc) == ("http", ours.netloc)


_ACTIONS = {"close": Outcome.CLOSED, "refund": Outcome.CLOSED, "": Outcome.ABSENT}
_UNREAD: RefundMeaning = (RefundOutcome.UNKNOWN, Why.NOT_READABLE, True)


def _paid(heard: Heard, number: str) -> Answer:
    """A trade that was paid, as far as the answer can be read."""
    paid = _fen(heard.said.get("total_amount"))
    if paid is None or heard.said.get("out_trade_no") != number:
        return Answer(Outcome.UNKNOWN, Why.NOT_READABLE, said=_said(heard))
    moment = heard.said.get("gmt_payment") or heard.said.get("send_pay_date")
    return Answer(
        Outcome.PAID,
        reference=str(heard.said.get("trade_no") or ""),
        paid_fen=paid,
        at=_moment(moment),
        said=kept(heard.code, heard.said.get("trade_status")),
    )


def _refused(heard: Heard, table: dict[str, Meaning], *, charge: bool = False) -> Answer:
    """An answer that is not 10000."""
    if heard.why is not Why.NONE:
        return Answer(Outcome.UNKNOWN, heard.why, said=_said(heard))
    outcome, why = Outcome.UNKNOWN, _why_of_code(heard)
    if heard.code == words.REFUSED:
        outcome, why = table.get(heard.sub_code, (Outcome.UNKNOWN, Why.OTHER))
        message = str(heard.said.get("sub_msg") or "")
        if why is Why.CODE_EXPIRED and any(part in message for part in words.USED_WORDS):
            why = Why.CODE_USED
    elif charge and heard.code in words.NOT_LET_IN and why is not Why.BAD_CLOCK:
        outcome = Outcome.DECLINED
    return Answer(outcome, why, said=_said(heard))


def _not_taken(heard: Heard, table: dict[str, RefundMeaning]) -> BackAnswer:
    """An answer about a refund that is not 10000."""
    if heard.why is not Why.NONE:
        return BackAnswer(RefundOutcome.UNKNOWN, heard.why, said=_said(heard))
    outcome, why, again = RefundOutcome.UNKNOWN, _why_of_code(heard), True
    if heard.code == words.REFUSED:
        outcome, why, again = table.get(heard.sub_code, (RefundOutcome.UNKNOWN, Why.OTHER, True))
    return BackAnswer(outcome, why, said=_said(heard), again=again)


def _why_of_code(heard: Heard) -> Why:
    """What a code above the business says."""
    if heard.said.get("sub_code") == words.CLOCK:
        return Why.BAD_CLOCK
    if heard.code in (words.UNCLEAR, words.LIMITED):
        return Why.BUSY
    return Why.NOT_SET_UP if heard.code in words.NOT_LET_IN else Why.OTHER


def _at_the_bank(heard: Heard) -> RefundMeaning:
    """How far money that goes back to a card has come; without a card it has arrived."""
    info = heard.said.get("deposit_back_info")
    if not isinstance(info, dict) or str(info.get("has_deposit_back")).lower() != "true":
        return words.BANK_STATES["S"]
    return words.BANK_STATES.get(str(info.get("dback_status")), words.BANK_STATES["P"])


def _said(heard: Heard) -> str:
    said = heard.said
    return kept(said.get("code"), said.get("sub_code"), said.get("sub_msg") or said.get("msg"))


def _ours(number: str, currency: str = "CNY") -> None:
    if not re.fullmatch(words.NUMBER, number):
        raise ValueError(f"no number for Alipay: {number!r}")
    if currency != "CNY":
        raise ValueError(f"Alipay takes CNY here, not {currency}")


def _yuan(fen: int) -> str:
    """An amount as Alipay writes it: 1435.00, without thousands."""
    return f"{fen // FEN_PER_YUAN}.{fen % FEN_PER_YUAN:02d}"


def _fen(text: Any) -> int | None:
    """An amount of an answer; none where it is none."""
    try:
        fen = parse_yuan(str(text))
    except ValueError:
        return None
    return fen if fen >= 0 else None


def _moment(text: Any) -> datetime | None:
    """When, aware UTC; none for what is no time of Alipay's. The record can do without."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZONE)
    return moment.astimezone(UTC)
