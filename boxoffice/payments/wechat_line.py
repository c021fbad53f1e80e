"""Messages to WeChat Pay, signed as the library signs them, and answers that are really its own.

The library verifies only answers that say yes, follows redirections, writes bodies to a log, and
keeps the address of the company in a private place. So it builds paths and bodies, and this stands
where its own core stood: `request` is the one thing it asks of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from wechatpayv3 import WeChatPay, WeChatPayType
from wechatpayv3.type import RequestType
from wechatpayv3.utils import build_authorization, rsa_verify

from boxoffice.payments.bills import MOST_BILL_BYTES
from boxoffice.payments.gateway_settings import WeChatSettings
from boxoffice.payments.line import Reply, send
from boxoffice.payments.protocol import Why
from boxoffice.payments.wechat_words import CLOCK_WORDS, plain

SIGNATURE_KIND = "WECHATPAY2-SHA256-RSA2048"
INSIDE_THE_LIBRARY = ("_gate_way", "_private_key", "_public_key", "request")


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer that was signed by WeChat Pay, or why there is none to go by (`why`).

    Only signed answers decide anything. Those to a badly signed message (401) carry no signature,
    all others do, refusals too (github.com/wechatpay-apiv3/wechatpay-apache-httpclient issue 129).
    """

    why: Why
    status: int = 0
    said: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def good(self) -> bool:
        """Whether the company did as asked (2xx)."""
        return self.why is Why.NONE and 200 <= self.status < 300

    @property
    def code(self) -> str:
        """Its error code, without underscores."""
        return plain(self.said.get("code"))

    @property
    def message(self) -> str:
        return str(self.said.get("message") or "")


class SignedLine:
    """Stands in the library where its core was; keeps nothing between two messages."""

    def __init__(self, settings: WeChatSettings, core: Any, within_s: float) -> None:
        self._gate_way = settings.address
        self._mchid, self._serial = settings.mchid, settings.serial
        # Reading a private key again would cost a tenth of a second.
        self._key, self._their_key = core._private_key, core._public_key
        self._their_key_id = settings.public_key_id
        self._within_s = within_s

    def request(
        self,
        path: str,
        method: RequestType = RequestType.GET,
        data: dict[str, Any] | None = None,
    ) -> Heard:
        """Send a message of the library's making and judge where the answer comes from."""
        body = json.dumps(data).encode("ascii") if data is not None else None
        return self._judge(self._send(path, method.value, body))

    def fetch(self, path: str) -> Reply | Why:
        """A file, which is not signed: its hash was told before, in a signed answer."""
        return self._send(path, "GET", None, MOST_BILL_BYTES)

    def _send(
        self, path: str, method: str, body: bytes | None, most_bytes: int = 1_000_000
    ) -> Reply | Why:
        text = body.decode("ascii") if body is not None else ""
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": "boxoffice",
            "Wechatpay-Serial": self._their_key_id,
            "Authorization": build_authorization(
                path, method, self._mchid, self._serial, self._key, data=text
            ),
        }
        return send(
            method,
            self._gate_way + path,
            headers=headers,
            data=body,
            within_s=self._within_s,
            most_bytes=most_bytes,
        )

    def _judge(self, reply: Reply | Why) -> Heard:
        if isinstance(reply, Why):
            return Heard(reply)
        said = _read(reply.body)
        if "wechatpay-signature" in reply.headers:
            if not self._is_theirs(reply):
                return Heard(Why.BAD_SIGNATURE, reply.status)
            if said is None or 300 <= reply.status < 400:
                return Heard(Why.NOT_READABLE, reply.status)
            return Heard(Why.NONE, reply.status, said)
        if said is None or not reply.body:
            return Heard(Why.NOT_READABLE, reply.status)
        return Heard(_why_unsigned(reply.status, said), reply.status, said)

    def _is_theirs(self, reply: Reply) -> bool:
        """Whether the signature over time, nonce and body fits the key that we know."""
        headers = reply.headers
        if headers.get("wechatpay-serial") != self._their_key_id:
            return False
        if headers.get("wechatpay-signature-type", SIGNATURE_KIND) != SIGNATURE_KIND:
            return False
        try:
            body = reply.body.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return bool(
            rsa_verify(
                headers.get("wechatpay-timestamp", ""),
                headers.get("wechatpay-nonce", ""),
                body,
                headers["wechatpay-signature"],
                self._their_key,
            )
        )


def _read(body: bytes) -> dict[str, Any] | None:
    """The answer as an object; none where it is no JSON object. No body is an empty one (204)."""
    if not body:
        return {}
    try:
        found = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _why_unsigned(status: int, said: dict[str, Any]) -> Why:
    """Why an answer that nobody signed may have come; it decides nothing."""
    if 200 <= status < 300:
        return Why.BAD_SIGNATURE
    if status == 401:
        words = f"{said.get('message')} {said.get('detail')}"
        return Why.BAD_CLOCK if any(word in words for word in CLOCK_WORDS) else Why.NOT_SET_UP
    return Why.BUSY if status >= 500 or status == 429 else Why.BAD_SIGNATURE


def library(settings: WeChatSettings, within_s: float) -> tuple[Any, SignedLine]:
    """The library, speaking over our line, and that line. Raises RuntimeError where the library
    has changed under us.
    """
    made = WeChatPay(
        wechatpay_type=WeChatPayType.CODEPAY,
        mchid=settings.mchid,
        private_key=settings.key,
        cert_serial_no=settings.serial,
        appid=settings.appid,
        apiv3_key="",
        public_key=settings.public_key,
        public_key_id=settings.public_key_id,
    )
    core = getattr(made, "_core", None)
    if any(getattr(core, name, None) is None for name in INSIDE_THE_LIBRARY):
        raise RuntimeError("wechatpayv3 has other insides than those we stand in for")
    made._core = line = SignedLine(settings, core, within_s)
    return made, line
