"""Alipay, simulated: checks our signatures as it does, signs its answers as it does.

Documents: as in `boxoffice/payments/alipay_words.py`. An answer is signed over its node as it is
written; it is written with blanks and slashes as no library would write it again.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from boxoffice.domain.money import parse_yuan
from boxoffice.payments.alipay_line import ZONE, sign, to_sign, verify
from boxoffice.payments.gateway_settings import AlipaySettings
from boxoffice.rehearsal.gateways.alipay_refusals import (
    BANK,
    CANCEL_REFUSALS,
    PAY_REFUSALS,
    REFUND_REFUSALS,
    STEPS,
    TRADE_STATES,
)
from boxoffice.rehearsal.gateways.bills import alipay_bill
from boxoffice.rehearsal.gateways.book import Book
from boxoffice.rehearsal.gateways.book_rows import BackState, State, Verdict
from boxoffice.rehearsal.gateways.days import Day, Step, Trouble
from boxoffice.rehearsal.gateways.keys import Keys, private_text, public_text
from boxoffice.rehearsal.gateways.server import Company, Message, Said, Wish

APP_ID, PATH = "2014072300007148", "/gateway.do"
FILES = "/bill"


class SimulatedAlipay(Company):
    """One application of it."""

    kind = "alipay"

    def __init__(self, book: Book, keys: Keys) -> None:
        super().__init__(book)
        self._keys = keys
        self._bills: dict[str, bytes] = {}

    def settings(self) -> AlipaySettings:
        """What a merchant has to set up to pay here."""
        return AlipaySettings(
            app_id=APP_ID,
            key=private_text(self._keys.merchant),
            public_key=public_text(self._keys.company),
            address=self.address + PATH,
        )

    def read(self, message: Message) -> Wish | Said:
        path = urlsplit(message.path)
        if message.method == "GET" and path.path == FILES:
            return Wish(Step.FILE, "", dict(parse_qsl(path.query)))
        if message.method != "POST" or path.path != PATH:
            return Said(404)
        values = dict(parse_qsl(path.query)) | dict(parse_qsl(message.body.decode("ascii")))
        method = values.get("method", "")
        if values.get("app_id") != APP_ID:
            return _unsigned(_gateway_refusal("40002", "isv.invalid-app-id", "无效的AppID参数"))
        key = self._keys.merchant.public_key()
        if not verify(key, to_sign(values), values.get("sign", "")):
            said = _gateway_refusal("40002", "isv.invalid-signature", "验签出错")
            return self._node(method, said, None)
        try:
            content = json.loads(values["biz_content"])
            number = str(content.get("out_request_no") or content.get("out_trade_no") or "")
            return Wish(STEPS[method], number, content | {"method": method})
        except (KeyError, ValueError, AttributeError):
            said = _gateway_refusal("40002", "isv.invalid-parameter", "参数无效")
            return self._node(method, said, None)

    def act(self, wish: Wish, day: Day | None) -> Said:
        if wish.step is Step.FILE:
            found = self._bills.get(str(wish.values.get("token")))
            return Said(200, found, "application/zip") if found is not None else Said(404)
        steps: dict[Step, Callable[[Wish, Day | None], dict[str, Any]]] = {
            Step.CHARGE: self._charge,
            Step.QUERY: self._query,
            Step.REVERSE: self._cancel,
            Step.REFUND: self._refund,
            Step.REFUND_QUERY: self._refund_query,
            Step.BILL: self._bill,
        }
        return self._written(wish.values["method"], steps[wish.step](wish, day))

    def _charge(self, wish: Wish, day: Day | None) -> dict[str, Any]:
        values = wish.values
        fen = parse_yuan(values["total_amount"])
        verdict = self.book.begin(
            wish.number, fen, values["auth_code"], values["subject"], values["terminal_id"], day
        )
        if verdict in PAY_REFUSALS:
            return _refusal(PAY_REFUSALS[verdict]) | {"out_trade_no": wish.number}
        return self._trade(wish.number, day, charge=True)

    def _query(self, wish: Wish, day: Day | None) -> dict[str, Any]:
        trade = self.book.look(wish.number)
        if trade is None or (day and day.trouble is Trouble.NOT_KNOWN_YET):
            return _refusal(("ACQ.TRADE_NOT_EXIST", "交易不存在"))
        return self._trade(wish.number, day, charge=False)

    def _trade(self, number: str, day: Day | None, *, charge: bool) -> dict[str, Any]:
        trade = self.book.trades[number]
        more = 1 if day and day.trouble is Trouble.OTHER_AMOUNT else 0
        said: dict[str, Any] = {
            "trade_no": trade.reference,
            "out_trade_no": number,
            "total_amount": _yuan(trade.amount_fen + more),
            "buyer_logon_id": "sim***@example.com",
        }
        if not charge:
            # Given back whole, partly or not at all: a trade with nothing left is closed.
            left = trade.amount_fen - self.book.refunded_fen(number)
            closed = trade.state is State.PAID and left == 0
            said["trade_status"] = "TRADE_CLOSED" if closed else TRADE_STATES[trade.state]
        if trade.paid_at is not None:
            said |= {"receipt_amount": said["total_amount"]}
            said["gmt_payment" if charge else "send_pay_date"] = _time(trade.paid_at)
        if charge and trade.state is State.WAITING:
            return {"code": "10003", "msg": "order success pay inprocess"} | said
        return {"code": "10000", "msg": "Success"} | said

    def _cancel(self, wish: Wish, day: Day | None) -> dict[str, Any]:
        trade = self.book.trades.get(wish.number)
        verdict = self.book.reverse(wish.number, day)
        if verdict in CANCEL_REFUSALS:
            again = "Y" if verdict is Verdict.MERCHANT_BALANCE else "N"
            return _refusal(CANCEL_REFUSALS[verdict]) | {"retry_flag": again}
        if verdict is Verdict.RECALL:
            return {"code": "10000", "msg": "Success", "retry_flag": "Y"}
        said = {"code": "10000", "msg": "Success", "out_trade_no": wish.number, "retry_flag": "N"}
        if trade is not None:
            said["trade_no"] = trade.reference
            said["action"] = "refund" if trade.state is State.GIVEN_BACK else "close"
        return said

    def _refund(self, wish: Wish, day: Day | None) -> dict[str, Any]:
        charge = str(wish.values["out_trade_no"])
        fen = parse_yuan(wish.values["refund_amount"])
        given_up = self.book.refunds.get(wish.number)
        if given_up is not None and given_up.state is BackState.CLOSED:
            # It answers as if it had never come, and takes the same number again.
            del self.book.refunds[wish.number]
        verdict = self.book.refund(wish.number, charge, fen, day)
        if verdict in REFUND_REFUSALS:
            return _refusal(REFUND_REFUSALS[verdict])
        refund = self.book.refunds[wish.number]
        changed = verdict is Verdict.DONE and refund.state is BackState.DONE
        said = {
            "code": "10000",
            "msg": "Success",
            "trade_no": self.book.trades[charge].reference,
            "out_trade_no": charge,
            "fund_change": "Y" if changed else "N",
            "refund_fee": _yuan(self.book.refunded_fen(charge)),
        }
        if refund.done_at is not None:
            said["gmt_refund_pay"] = _time(refund.done_at)
        return said

    def _refund_query(self, wish: Wish, day: Day | None) -> dict[str, Any]:
        refund = self.book.look_back(wish.number)
        said: dict[str, Any] = {"code": "10000", "msg": "Success"}
        hidden = day is not None and day.trouble is Trouble.NOT_KNOWN_YET
        if refund is None or hidden or refund.state is BackState.CLOSED:
            return said
        more = 1 if day and day.trouble is Trouble.OTHER_AMOUNT else 0
        said |= {
            "trade_no": self.book.trades[refund.charge].reference,
            "out_trade_no": refund.charge,
            "out_request_no": refund.number,
            "total_amount": _yuan(self.book.trades[refund.charge].amount_fen),
            "refund_amount": _yuan(refund.amount_fen + more),
            "refund_status": "REFUND_SUCCESS",
        }
        if refund.then is not BackState.DONE or refund.state is BackState.PENDING:
            bank = {"has_deposit_back": "true", "dback_status": BANK[refund.state]}
            said["deposit_back_info"] = bank | {"dback_amount": _yuan(refund.amount_fen)}
        if refund.done_at is not None:
            said["gmt_refund_pay"] = _time(refund.done_at)
        return said

    def _bill(self, wish: Wish, day: Day | None) -> dict[str, Any]:
        content = alipay_bill(self.book, date.fromisoformat(wish.values["bill_date"]))
        if content is None:
            return _refusal(("isp.bill_not_exist", "账单不存在"))
        token = secrets.token_hex(16)
        self._bills[token] = content
        url = f"{self.address}{FILES}?token={token}"
        return {"code": "10000", "msg": "Success", "bill_download_url": url}

    def refuse(self, wish: Wish, trouble: Trouble) -> Said:
        said = {
            Trouble.CLOCK_OFF: _gateway_refusal(
                "40002", "isv.invalid-timestamp", "非法的时间戳参数"
            ),
            Trouble.LIMITED: _gateway_refusal("40005", "isv.call-limited", "调用频次超限"),
            Trouble.BUSY: {"code": "20000", "msg": "Service Currently Unavailable"}
            | {"sub_code": "aop.ACQ.SYSTEM_ERROR", "sub_msg": "系统异常"},
        }[trouble]
        return self._node(wish.values["method"], said, None)

    def _written(self, method: str, said: dict[str, Any]) -> Said:
        """A node, not yet signed; its name travels with it."""
        return Said(200, _text(said).encode("utf-8"), headers={"node": method})

    def _node(self, method: str, said: dict[str, Any], trouble: Trouble | None) -> Said:
        return self.signed(self._written(method, said), trouble)

    def signed(self, said: Said, trouble: Trouble | None) -> Said:
        method = said.headers.get("node")
        if method is None and trouble is not Trouble.GARBLED:
            return said
        raw = said.body.decode("utf-8")
        signature = sign(
            self._keys.company, raw + ("x" if trouble is Trouble.WRONG_SIGNATURE else "")
        )
        name = (method or "error").replace(".", "_") + "_response"
        text = f'{{"{name}":{raw},"sign":"{signature}"}}'
        if trouble is Trouble.UNSIGNED:
            text = f'{{"{name}":{raw}}}'
        return Said(200, text.encode("utf-8"), "text/html;charset=utf-8")


def _gateway_refusal(code: str, sub_code: str, words: str) -> dict[str, Any]:
    return {"code": code, "msg": "Invalid Arguments", "sub_code": sub_code, "sub_msg": words}


def _refusal(why: tuple[str, str]) -> dict[str, Any]:
    return {"code": "40004", "msg": "Business Failed", "sub_code": why[0], "sub_msg": why[1]}


def _unsigned(said: dict[str, Any]) -> Said:
    text = f'{{"error_response":{_text(said)}}}'
    return Said(200, text.encode("utf-8"), "text/html;charset=utf-8")


def _text(said: dict[str, Any]) -> str:
    """As Alipay writes it: Chinese in clear, and slashes with a backslash before."""
    return json.dumps(said, ensure_ascii=False).replace("/", "\\/")


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _time(moment: datetime) -> str:
    return moment.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S")
