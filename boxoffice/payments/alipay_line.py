"""Messages to Alipay, signed RSA2, and answers that are really its own.

Signing: opendocs.alipay.com, "自行实现签名" and "自行实现验签": all parameters but `sign` sorted by
name, joined with & as name=value; an answer is signed over the characters of its node exactly as
they stand in the body, so they are cut out of it and never written anew.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from boxoffice import clock
from boxoffice.payments.alipay_words import CLOCK, DONE, LIMITED, plain
from boxoffice.payments.gateway_settings import AlipaySettings
from boxoffice.payments.line import Reply, send
from boxoffice.payments.protocol import Why

CHARSET = "utf-8"
ZONE = clock.VENUE_ZONE
"""Alipay writes and wants the time of China, wherever the venue is."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer that was signed by Alipay, or why there is none to go by (`why`)."""

    why: Why
    said: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def good(self) -> bool:
        """Whether the company did as asked (10000)."""
        return self.why is Why.NONE and self.code == DONE

    @property
    def code(self) -> str:
        return str(self.said.get("code") or "")

    @property
    def sub_code(self) -> str:
        return plain(self.said.get("sub_code"))


class SignedLine:
    """Keeps nothing between two messages."""

    def __init__(self, settings: AlipaySettings, within_s: float) -> None:
        self._address, self._app_id = settings.address, settings.app_id
        key = load_pem_private_key(settings.key.encode("ascii"), password=None)
        their_key = load_pem_public_key(settings.public_key.encode("ascii"))
        if not isinstance(key, RSAPrivateKey) or not isinstance(their_key, RSAPublicKey):
            raise TypeError("RSA2 wants RSA keys")
        self._key, self._their_key = key, their_key
        self._within_s = within_s

    def request(self, method: str, content: dict[str, Any]) -> Heard:
        """Ask for one thing. The content goes in the body: addresses end up in logs on the way."""
        values = {
            "app_id": self._app_id,
            "method": method,
            "format": "JSON",
            "charset": CHARSET,
            "sign_type": "RSA2",
            "timestamp": clock.now().astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S"),
            "version": "1.0",
        }
        body = {"biz_content": json.dumps(content, ensure_ascii=False, separators=(",", ":"))}
        signed = values | {"sign": sign(self._key, to_sign(values | body))}
        reply = send(
            "POST",
            f"{self._address}?{urlencode(signed)}",
            headers={
                "Content-Type": f"application/x-www-form-urlencoded;charset={CHARSET}",
                "User-Agent": "boxoffice",
            },
            data=urlencode(body).encode("ascii"),
            within_s=self._within_s,
        )
        return self._judge(reply, method.replace(".", "_") + "_response")

    def _judge(self, reply: Reply | Why, node: str) -> Heard:
        if isinstance(reply, Why):
            return Heard(reply)
        if reply.status != 200:
            return Heard(Why.BUSY if reply.status >= 500 else Why.NOT_READABLE)
        try:
            text = reply.body.decode(CHARSET)
            parts = members(text)
            name = node if node in parts else "error_response"
            raw = parts[name]
            said = json.loads(raw)
            signature = json.loads(parts.get("sign", '""'))
        except (ValueError, KeyError, RecursionError):
            return Heard(Why.NOT_READABLE)
        if not isinstance(said, dict) or not isinstance(signature, str):
            return Heard(Why.NOT_READABLE)
        if signature:
            fits = verify(self._their_key, raw, signature)
            return Heard(Why.NONE, said) if fits else Heard(Why.BAD_SIGNATURE)
        return Heard(_why_unsigned(said), said)


def _why_unsigned(said: dict[str, Any]) -> Why:
    """Why an answer that nobody signed may have come; it decides nothing."""
    code = str(said.get("code") or "")
    if said.get("sub_code") == CLOCK:
        return Why.BAD_CLOCK
    if code == LIMITED:
        return Why.BUSY
    # An application that is not known has no key its answer could be signed for.
    return Why.NOT_SET_UP if code in ("40001", "40002", "40006", "20001") else Why.BAD_SIGNATURE


def to_sign(values: dict[str, str]) -> str:
    """What is signed of a message: empty values and the signature itself are left out."""
    used = sorted((name, value) for name, value in values.items() if value and name != "sign")
    return "&".join(f"{name}={value}" for name, value in used)


def sign(key: RSAPrivateKey, text: str) -> str:
    """An RSA2 signature (SHA-256, PKCS 1 v1.5), as base64."""
    return b64encode(key.sign(text.encode(CHARSET), PKCS1v15(), SHA256())).decode("ascii")


def verify(key: RSAPublicKey, text: str, signature: str) -> bool:
    """Whether an RSA2 signature fits."""
    try:
        key.verify(b64decode(signature), text.encode(CHARSET), PKCS1v15(), SHA256())
    except (InvalidSignature, NoBase64, ValueError):
        return False
    return True


def members(text: str) -> dict[str, str]:
    """The members of a JSON object, each exactly as it stands there.

    Raises ValueError for anything else, and for a name that comes twice: two readers could then
    read two answers.
    """
    decoder = json.JSONDecoder()
    found: dict[str, str] = {}
    at = _past(text, 0, "{")
    while True:
        name, at = decoder.raw_decode(text, _blank(text, at))
        if not isinstance(name, str) or name in found:
            raise ValueError("a name")
        start = _blank(text, _past(text, at, ":"))
        _, at = decoder.raw_decode(text, start)
        found[name] = text[start:at]
        at = _blank(text, at)
        if text[at : at + 1] == "}":
            break
        at = _past(text, at, ",")
    if text[at + 1 :].strip():
        raise ValueError("an end")
    return found


def _blank(text: str, at: int) -> int:
    while text[at : at + 1] in (" ", "\t", "\r", "\n"):
        at += 1
    return at


def _past(text: str, at: int, mark: str) -> int:
    at = _blank(text, at)
    if text[at : at + 1] != mark:
        raise ValueError(mark)
    return at + 1
