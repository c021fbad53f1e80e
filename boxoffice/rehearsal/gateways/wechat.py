"""WeChat Pay, simulated: checks our signatures as it does, signs its answers as it does.

Documents: as in `boxoffice/payments/wechat_words.py`; how messages and answers are signed in
"签名生成" and "签名验证" of the v3 rules. A message with a bad signature gets an unsigned 401.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import secrets
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from boxoffice import clock
from boxoffice.payments.gateway_settings import WeChatSettings
from boxoffice.rehearsal.gateways.bills import wechat_bill
from boxoffice.rehearsal.gateways.book import Book
from boxoffice.rehearsal.gateways.book_rows import BackState, Refund, State, Trade, Verdict
from boxoffice.rehearsal.gateways.days import Day, Step, Trouble
from boxoffice.rehearsal.gateways.keys import Keys, private_text, public_text
from boxoffice.rehearsal.gateways.server import Company, Message, Said, Wish
from boxoffice.rehearsal.gateways.wechat_refusals import (
    CLOCK_OFF,
    REFUND_REFUSALS,
    REFUND_STATES,
    REFUSALS,
    ROUTES,
    TRADE_STATES,
    TROUBLES,
)

MCHID, APPID = "1900000109", "wx8888888888888888"
SERIAL, KEY_ID = (
    "5157F09EFDC096DE15EBE81A47057A7232F1B8E1",
    "PUB_KEY_ID_0119000001092025092700000001",
)
KIND = "WECHATPAY2-SHA256-RSA2048"


class SimulatedWeChat(Company):
    """One merchant of it."""

    kind = "wechat"

    def __init__(self, book: Book, keys: Keys, *, bom: bool = False) -> None:
        super().__init__(book)
        self._keys, self._nonces = keys, set[str]()
        self._bills: dict[str, bytes] = {}
        self.bom = bom
        """Whether its bills begin with a byte order mark."""

    def settings(self) -> WeChatSettings:
        """What a merchant has to set up to pay here."""
        return WeChatSettings(
            mchid=MCHID,
            appid=APPID,
            serial=SERIAL,
            key=private_text(self._keys.merchant),
            public_key=public_text(self._keys.company),
            public_key_id=KEY_ID,
            address=self.address,
        )

    def read(self, message: Message) -> Wish | Said:
        wrong = self._wrong_signature(message)
        if wrong:
            return _unsigned(401, "SIGN_ERROR", wrong)
        path = urlsplit(message.path)
        for step, method, shape in ROUTES:
            found = re.fullmatch(shape, path.path)
            if found and method == message.method:
                return self._wish(step, found.groupdict().get("number"), path.query, message)
        return self.signed(_refusal(404, "NOT_FOUND", "没有这个接口"), None)

    def _wish(self, step: Step, number: str | None, query: str, message: Message) -> Wish | Said:
        try:
            values = json.loads(message.body) if message.body else {}
            values |= {name: found[0] for name, found in parse_qs(query).items()}
            named = unquote(number or "")
            if step is Step.CHARGE:
                named = values["out_trade_no"]
                values["fen"], values["code"] = (
                    values["amount"]["total"],
                    values["payer"]["auth_code"],
                )
                values["window"] = values["scene_info"]["device_id"]
            elif step is Step.REFUND:
                named = values["out_refund_no"]
                values["fen"] = values["amount"]["refund"]
        except (ValueError, KeyError, TypeError):
            return self.signed(_refusal(400, "PARAM_ERROR", "参数错误"), None)
        if values.get("mchid", MCHID) != MCHID or values.get("appid", APPID) != APPID:
            return self.signed(_refusal(400, "APPID_MCHID_NOT_MATCH", "商户号不匹配"), None)
        return Wish(step, named, values)

    def act(self, wish: Wish, day: Day | None) -> Said:
        return {
            Step.CHARGE: self._charge,
            Step.QUERY: self._query,
            Step.REVERSE: self._reverse,
            Step.REFUND: self._refund,
            Step.REFUND_QUERY: self._refund_query,
            Step.BILL: self._bill,
            Step.FILE: self._file,
        }[wish.step](wish, day)

    def _charge(self, wish: Wish, day: Day | None) -> Said:
        values = wish.values
        verdict = self.book.begin(
            wish.number, values["fen"], values["code"], values["description"], values["window"], day
        )
        if verdict in REFUSALS:
            return _refusal(*REFUSALS[verdict])
        return self._trade(self.book.trades[wish.number], day, charge=True)

    def _query(self, wish: Wish, day: Day | None) -> Said:
        trade = self.book.look(wish.number)
        if trade is None or (day and day.trouble is Trouble.NOT_KNOWN_YET):
            return _refusal(*REFUSALS[Verdict.ABSENT])
        return self._trade(trade, day)

    def _reverse(self, wish: Wish, day: Day | None) -> Said:
        verdict = self.book.reverse(wish.number, day)
        if verdict is Verdict.RECALL:
            return _json(200, {"recall": "Y"})
        return _refusal(*REFUSALS[verdict]) if verdict in REFUSALS else Said(204)

    def _refund(self, wish: Wish, day: Day | None) -> Said:
        charge = str(wish.values.get("out_trade_no"))
        verdict = self.book.refund(wish.number, charge, wish.values["fen"], day)
        if verdict in REFUND_REFUSALS:
            return _refusal(*REFUND_REFUSALS[verdict])
        return self._back(self.book.refunds[wish.number], day)

    def _refund_query(self, wish: Wish, day: Day | None) -> Said:
        refund = self.book.look_back(wish.number)
        if refund is None or (day and day.trouble is Trouble.NOT_KNOWN_YET):
            return _refusal(404, "RESOURCE_NOT_EXISTS", "退款单不存在")
        return self._back(refund, day)

    def _bill(self, wish: Wish, day: Day | None) -> Said:
        content = wechat_bill(self.book, date.fromisoformat(wish.values["bill_date"]), bom=self.bom)
        if content is None:
            return _refusal(400, "NO_STATEMENT_EXIST", "账单文件不存在")
        token = secrets.token_hex(16)
        self._bills[token] = content
        wrong = day is not None and day.trouble is Trouble.OTHER_AMOUNT
        digest = hashlib.sha1(content + b"\n" * wrong, usedforsecurity=False).hexdigest()
        url = f"{self.address}/v3/billdownload/file?token={token}"
        return _json(200, {"hash_type": "SHA1", "hash_value": digest, "download_url": url})

    def _file(self, wish: Wish, day: Day | None) -> Said:
        content = self._bills.get(wish.values["token"])
        if content is None:
            return _refusal(404, "NOT_FOUND", "账单文件不存在")
        return Said(200, gzip.compress(content), "application/octet-stream")

    def _trade(self, trade: Trade, day: Day | None, *, charge: bool = False) -> Said:
        """A trade as it stands; one that waits for a password comes as 202 in a charge."""
        state, words = TRADE_STATES[trade.state]
        if trade.state is State.PAID and self.book.refunded_fen(trade.number):
            state = "REFUND"
        said: dict[str, Any] = {
            "appid": APPID,
            "mchid": MCHID,
            "out_trade_no": trade.number,
            "trade_state": state,
            "trade_state_desc": words,
        }
        if trade.paid_at is not None:
            more = 1 if day and day.trouble is Trouble.OTHER_AMOUNT else 0
            fen = trade.amount_fen + more
            said |= {
                "transaction_id": trade.reference,
                "trade_type": "MICROPAY",
                "bank_type": "OTHERS",
                "success_time": _time(trade.paid_at),
                "payer": {"openid": "oSimulatedCustomer"},
                "amount": {
                    "total": fen,
                    "payer_total": fen,
                    "currency": "CNY",
                    "payer_currency": "CNY",
                },
            }
        return _json(202 if charge and trade.state is State.WAITING else 200, said)

    def _back(self, refund: Refund, day: Day | None) -> Said:
        trade = self.book.trades[refund.charge]
        more = 1 if day and day.trouble is Trouble.OTHER_AMOUNT else 0
        said: dict[str, Any] = {
            "refund_id": refund.reference,
            "out_refund_no": refund.number,
            "transaction_id": trade.reference,
            "out_trade_no": trade.number,
            "channel": "ORIGINAL",
            "user_received_account": "支付用户零钱",
            "create_time": _time(refund.begun_at),
            "status": REFUND_STATES[refund.state],
            "funds_account": "AVAILABLE",
            "amount": {
                "total": trade.amount_fen,
                "refund": refund.amount_fen + more,
                "currency": "CNY",
            },
        }
        if refund.state is BackState.DONE and refund.done_at is not None:
            said["success_time"] = _time(refund.done_at)
        return _json(200, said)

    def refuse(self, wish: Wish, trouble: Trouble) -> Said:
        if trouble is Trouble.CLOCK_OFF:
            return _unsigned(401, "SIGN_ERROR", CLOCK_OFF)
        return self.signed(_refusal(*TROUBLES[trouble]), None)

    def signed(self, said: Said, trouble: Trouble | None) -> Said:
        if said.kind == "application/octet-stream" or trouble is Trouble.UNSIGNED:
            return said
        stamp, nonce = str(int(clock.now().timestamp())), secrets.token_hex(16)
        text = f"{stamp}\n{nonce}\n".encode() + said.body + b"\n"
        if trouble is Trouble.WRONG_SIGNATURE:
            text += b"another"
        signature = self._keys.company.sign(text, PKCS1v15(), SHA256())
        headers = {
            "Wechatpay-Timestamp": stamp,
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Serial": KEY_ID,
            "Wechatpay-Signature": b64encode(signature).decode("ascii"),
            "Wechatpay-Signature-Type": KIND,
        }
        return replace(said, headers=said.headers | headers)

    def _wrong_signature(self, message: Message) -> str:
        """What is wrong with the signature of a message; nothing where it fits."""
        kind, _, rest = message.headers.get("authorization", "").partition(" ")
        parts = dict(re.findall(r'(\w+)="([^"]*)"', rest))
        if kind != KIND or not {"mchid", "serial_no", "nonce_str", "timestamp"} <= parts.keys():
            return "Http头Authorization值格式错误"
        if parts["mchid"] != MCHID or parts["serial_no"] != SERIAL:
            return "商户证书序列号有误"
        if message.headers.get("wechatpay-serial") != KEY_ID:
            return "微信支付公钥ID有误"
        text = f"{message.method}\n{message.path}\n{parts['timestamp']}\n{parts['nonce_str']}\n"
        try:
            self._keys.merchant.public_key().verify(
                b64decode(parts.get("signature", "")),
                text.encode("utf-8") + message.body + b"\n",
                PKCS1v15(),
                SHA256(),
            )
        except (InvalidSignature, NoBase64, ValueError):
            return "错误的签名，验签失败"
        with self.acting:
            seen = parts["nonce_str"] in self._nonces
            self._nonces.add(parts["nonce_str"])
        return "重复的请求" if seen else ""


def _json(status: int, values: dict[str, Any]) -> Said:
    return Said(status, json.dumps(values, ensure_ascii=False).encode("utf-8"))


def _refusal(status: int, code: str, words: str) -> Said:
    return _json(status, {"code": code, "message": words})


def _unsigned(status: int, code: str, words: str) -> Said:
    return _refusal(status, code, words)


def _time(moment: Any) -> str:
    return clock.venue(moment).isoformat(timespec="seconds")
