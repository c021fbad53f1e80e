"""One signed call of Alibaba Cloud (ACS3-HMAC-SHA256) and its answer, or why there is none."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import ssl
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from requests import exceptions as failures
from urllib3.exceptions import HTTPError, NewConnectionError

from boxoffice import clock
from boxoffice.notices.protocol import Answer, Outcome, Why
from boxoffice.notices.settings import TextSettings

ALGORITHM = "ACS3-HMAC-SHA256"
CONNECT_WITHIN_S = 3.05
ANSWER_WITHIN_S = 8.0
MOST_BYTES = 1_000_000
_PIECE = 16_384
_EMPTY = hashlib.sha256(b"").hexdigest()


def canonical_query(query: Mapping[str, str]) -> str:
    """A query as it is signed and sent: names in order, everything but RFC 3986's plain marks
    as per cent and two figures."""
    return "&".join(
        f"{quote(name, safe='-_.~')}={quote(query[name], safe='-_.~')}" for name in sorted(query)
    )


def signature(key: str, method: str, query: str, headers: Mapping[str, str]) -> str:
    """The signature of a call without a body; `headers` are those signed, by lower-case names."""
    names = sorted(headers)
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in names)
    request = "\n".join([method, "/", query, lines, ";".join(names), _EMPTY])
    wanted = f"{ALGORITHM}\n{hashlib.sha256(request.encode()).hexdigest()}"
    return hmac.new(key.encode(), wanted.encode(), hashlib.sha256).hexdigest()


def signed_headers(
    settings: TextSettings, action: str, version: str, query: str, at: datetime
) -> dict[str, str]:
    """All headers of a call, its signature among them."""
    headers = {
        "host": urlsplit(settings.address).netloc,
        "x-acs-action": action,
        "x-acs-content-sha256": _EMPTY,
        "x-acs-date": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": secrets.token_hex(16),
        "x-acs-version": version,
    }
    proved = signature(settings.key, "POST", query, headers)
    credential = f"Credential={settings.key_id},SignedHeaders={';'.join(sorted(headers))}"
    return headers | {"Authorization": f"{ALGORITHM} {credential},Signature={proved}"}


def call(
    settings: TextSettings, action: str, version: str, query: Mapping[str, str]
) -> dict[str, Any] | Answer:
    """Call once: the object that was answered, errors of the service too.

    Answers LATER where nothing was sent, UNKNOWN where it may have arrived, NOT_READABLE where
    something else answered, as a portal does: it did not do as asked, but nobody can be sure.
    """
    asked = canonical_query(query)
    headers = signed_headers(settings, action, version, asked, clock.now())
    ends = time.monotonic() + ANSWER_WITHIN_S
    with requests.Session() as session:
        # A proxy or .netrc of the environment would put other words in the place of ours.
        session.trust_env = False
        try:
            with session.post(
                f"{settings.address}/?{asked}",
                headers={"Accept": "application/json", "Accept-Encoding": "identity", **headers},
                timeout=(CONNECT_WITHIN_S, ANSWER_WITHIN_S),
                allow_redirects=False,
                stream=True,
            ) as response:
                body = _whole(response, ends)
        except failures.RequestException as error:
            return _broken(error)
        except HTTPError:  # urllib3's own, of a body that breaks off or stops
            return Answer(Outcome.UNKNOWN, Why.SILENT)
    if isinstance(body, Answer):
        return body
    try:
        said = json.loads(body)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        return Answer(Outcome.UNKNOWN, Why.NOT_READABLE)
    return said


def _whole(response: requests.Response, ends: float) -> bytes | Answer:
    """The body, unless it trickles on past its time or is too long."""
    pieces, length = [], 0
    while piece := response.raw.read1(_PIECE):
        length += len(piece)
        if length > MOST_BYTES:
            return Answer(Outcome.UNKNOWN, Why.NOT_READABLE)
        if time.monotonic() > ends:
            return Answer(Outcome.UNKNOWN, Why.SILENT)
        pieces.append(piece)
    return b"".join(pieces)


def _broken(error: failures.RequestException) -> Answer:
    """Whether anything can have been sent before it broke."""
    cause: object = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    first = reason.args[0] if isinstance(reason, BaseException) and reason.args else None
    if isinstance(first, ssl.SSLCertVerificationError):
        # It is looked at before anything is sent.
        return Answer(Outcome.LATER, Why.NOT_TRUSTED)
    if isinstance(error, failures.ConnectTimeout) or isinstance(reason, NewConnectionError):
        return Answer(Outcome.LATER, Why.UNREACHABLE)
    return Answer(Outcome.UNKNOWN, Why.SILENT)
