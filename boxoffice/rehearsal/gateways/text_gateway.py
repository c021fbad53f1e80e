"""A simulated text-message service: checks our signatures and templates, and has its bad days.

Its interface is that of Alibaba Cloud (SendSms and QuerySendDetails, version 2017-05-25).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from boxoffice import clock
from boxoffice.rehearsal.gateways.server import PORTAL

_LOOKS_EVERY_S = 0.05
_ALGORITHM = "ACS3-HMAC-SHA256"
_SKEW = timedelta(minutes=15)
_SIGNED = ("host", "x-acs-action", "x-acs-content-sha256", "x-acs-date")
_NUMBER = re.compile(r"1[3-9]\d{9}|[1-9]\d{6,14}")


class TextTrouble(StrEnum):
    """What goes wrong with the next call."""

    THROTTLED = "throttled"
    BALANCE = "balance"
    WRONG_SIGNATURE = "wrong_signature"
    ANSWER_LOST = "answer_lost"
    """The message was sent, and the line breaks before that is said."""
    CUT = "cut"
    """The line breaks, and nothing was done."""
    HTML = "html"
    """A portal answers in its place."""
    NO_SUCH_NUMBER = "no_such_number"
    FAULT = "fault"
    """A fault of the service: nobody knows whether the message went."""
    UNLISTED = "unlisted"
    """The question is answered with a count and an empty list."""


_CODES = {
    TextTrouble.THROTTLED: (200, "isv.BUSINESS_LIMIT_CONTROL"),
    TextTrouble.BALANCE: (200, "isv.AMOUNT_NOT_ENOUGH"),
    TextTrouble.WRONG_SIGNATURE: (400, "SignatureDoesNotMatch"),
    TextTrouble.NO_SUCH_NUMBER: (200, "isv.MOBILE_NUMBER_ILLEGAL"),
    TextTrouble.FAULT: (500, "InternalError"),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that went out."""

    number: str
    sign: str
    template: str
    values: dict[str, str]
    out_id: str
    day: str
    status: int = 3


@dataclass
class TextGateway:
    """Listens on 127.0.0.1; `sent` is what it sent, in order."""

    key_id: str = "LTAI-training"
    key: str = field(default_factory=lambda: secrets.token_hex(15), repr=False)
    templates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The names in every approved template, by its number; empty: every template is approved."""
    sent: list[Sent] = field(default_factory=list)
    asked: int = 0
    """How many questions came."""

    def __post_init__(self) -> None:
        self._days: list[TextTrouble] = []
        self._nonces: set[str] = set()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler, self)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_LOOKS_EVERY_S,), name="text gateway"
        )
        self._thread.start()

    def spoil(self, *troubles: TextTrouble) -> None:
        """What goes wrong with the next calls, one each."""
        with self._lock:
            self._days += troubles

    def close(self) -> None:
        """End, and wait for every thread."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def answer(self, query: str, headers: Mapping[str, str]) -> tuple[int, bytes, str] | None:
        """(status, body, type) for a call; None where the line breaks."""
        with self._lock:
            return self._answer(query, headers)

    def _answer(self, query: str, headers: Mapping[str, str]) -> tuple[int, bytes, str] | None:
        refused = self._refused(query, headers)
        if refused:
            return _said(400, refused)
        trouble = self._days.pop(0) if self._days else None
        if trouble is TextTrouble.CUT:
            return None
        if trouble is TextTrouble.HTML:
            return 200, PORTAL.encode(), "text/html; charset=utf-8"
        if trouble in _CODES:
            return _said(*_CODES[trouble])
        values = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=True))
        if headers.get("x-acs-action") == "SendSms":
            said = self._send(values)
            return None if trouble is TextTrouble.ANSWER_LOST else said
        if headers.get("x-acs-action") == "QuerySendDetails":
            return self._details(values, unlisted=trouble is TextTrouble.UNLISTED)
        return _said(404, "InvalidAction.NotFound")

    def _refused(self, query: str, headers: Mapping[str, str]) -> str:
        """Why a call is turned away; nothing where its signature proves who calls."""
        found = re.fullmatch(
            rf"{_ALGORITHM} Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{{64}})",
            headers.get("authorization", ""),
        )
        if found is None or headers.get("x-acs-version") != "2017-05-25":
            return "IncompleteSignature"
        if found[1] != self.key_id:
            return "InvalidAccessKeyId.NotFound"
        names = found[2].split(";")
        every = {name for name in headers if name.startswith("x-acs-")}
        if names != sorted(names) or not {*_SIGNED, *every} <= set(names):
            return "IncompleteSignature"
        empty = hashlib.sha256(b"").hexdigest()
        signed = "".join(f"{name}:{headers[name]}\n" for name in names if name in headers)
        request = f"POST\n/\n{query}\n{signed}\n{found[2]}\n{empty}"
        wanted = f"{_ALGORITHM}\n{hashlib.sha256(request.encode()).hexdigest()}"
        proof = hmac.new(self.key.encode(), wanted.encode(), hashlib.sha256).hexdigest()
        if headers["x-acs-content-sha256"] != empty or not hmac.compare_digest(proof, found[3]):
            return "SignatureDoesNotMatch"
        try:
            at = datetime.strptime(headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        except ValueError:
            return "InvalidTimeStamp.Format"
        if abs(at - clock.now()) > _SKEW:
            return "InvalidTimeStamp.Expired"
        nonce = headers.get("x-acs-signature-nonce", "")
        if not nonce or nonce in self._nonces:
            return "SignatureNonceUsed"
        self._nonces.add(nonce)
        return ""

    def _send(self, values: Mapping[str, str]) -> tuple[int, bytes, str]:
        try:
            given = json.loads(values["TemplateParam"])
            number, template, sign = (
                values[name] for name in ("PhoneNumbers", "TemplateCode", "SignName")
            )
        except (KeyError, ValueError):
            return _said(400, "MissingParameter")
        if not _NUMBER.fullmatch(number):
            return _said(200, "isv.MOBILE_NUMBER_ILLEGAL")
        if self.templates and template not in self.templates:
            return _said(200, "isv.SMS_TEMPLATE_ILLEGAL")
        if self.templates and not set(self.templates[template]) <= given.keys():
            return _said(200, "isv.TEMPLATE_MISSING_PARAMETERS")
        if any(len(value) > 35 for value in given.values()):
            return _said(200, "isv.PARAM_LENGTH_LIMIT")
        day = f"{clock.venue(clock.now()):%Y%m%d}"
        self.sent.append(Sent(number, sign, template, given, values.get("OutId", ""), day))
        return _said(200, "OK", BizId=f"{len(self.sent)}^0")

    def _details(self, values: Mapping[str, str], *, unlisted: bool) -> tuple[int, bytes, str]:
        self.asked += 1
        found = [
            {"OutId": one.out_id, "PhoneNum": one.number, "SendStatus": one.status}
            for one in self.sent
            if one.number == values["PhoneNumber"] and one.day == values["SendDate"]
        ]
        size = int(values["PageSize"])
        begin = (int(values["CurrentPage"]) - 1) * size
        page = [] if unlisted else found[begin : begin + size]
        total = max(len(found), 1) if unlisted else len(found)
        return _said(200, "OK", TotalCount=str(total), SmsSendDetailDTOs={"SmsSendDetailDTO": page})


def _said(status: int, code: str, **more: Any) -> tuple[int, bytes, str]:
    body = {"Code": code, "Message": code, "RequestId": secrets.token_hex(16).upper(), **more}
    return status, json.dumps(body).encode(), "application/json; charset=utf-8"


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(
        self, address: tuple[str, int], handler: type[_Handler], gateway: TextGateway
    ) -> None:
        self.gateway = gateway
        super().__init__(address, handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 5.0
    """Seconds for a call to come in whole."""

    def do_POST(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        said = self.server.gateway.answer(urlsplit(self.path).query, headers)
        if said is None:
            self.close_connection = True
            return
        status, body, kind = said
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: calls hold phone numbers."""
