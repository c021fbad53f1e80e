"""One message to a payment company over HTTP and its answer, or why there is none.

Every message has a connection of its own, is sent once, follows no redirection and uses nothing
from the environment: a repeated or redirected charge would be a second charge, and a `.netrc` would
put another word in the place of our signature.
"""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass, field

import requests
from requests import exceptions as failures
from urllib3.exceptions import HTTPError, NewConnectionError
from urllib3.util import Timeout

from boxoffice.payments.protocol import Why

CONNECT_WITHIN_S = 3.05
MOST_BYTES = 1_000_000
"""More than any answer about one payment; a page that does not end is no answer."""
_PIECE = 16_384


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, whatever it is; `headers` by lower-case names."""

    status: int
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)


def send(
    method: str,
    url: str,
    *,
    headers: dict[str, str] | None = None,
    data: bytes | None = None,
    within_s: float,
    most_bytes: int = MOST_BYTES,
) -> Reply | Why:
    """Send one message, once.

    Answers UNREACHABLE where no connection came about, so that nothing was sent; SILENT where it
    may have arrived; NOT_READABLE where more than `most_bytes` came.
    """
    ends = time.monotonic() + within_s
    with requests.Session() as session:
        session.trust_env = False
        try:
            with session.request(
                method,
                url,
                # Whatever is packed could only be read when it is whole.
                headers={"Accept-Encoding": "identity", **(headers or {})},
                data=data,
                # For the whole of connecting and waiting; only the stubs do not know it.
                timeout=Timeout(total=within_s, connect=CONNECT_WITHIN_S),  # type: ignore[arg-type]
                allow_redirects=False,
                stream=True,
            ) as response:
                body = _whole(response, ends, most_bytes)
        except failures.RequestException as error:
            return Why.UNREACHABLE if _never_left(error) else Why.SILENT
        except HTTPError:  # urllib3's own, of a body that breaks off or stops
            return Why.SILENT
    if isinstance(body, Why):
        return body
    named = {name.lower(): value for name, value in response.headers.items()}
    return Reply(response.status_code, named, body)


def _whole(response: requests.Response, ends: float, most_bytes: int) -> bytes | Why:
    """The body, unless it trickles on past its time or is too long."""
    pieces, length = [], 0
    # One look at the line at a time, so that a body that trickles cannot hold us.
    while piece := response.raw.read1(_PIECE):
        length += len(piece)
        if length > most_bytes:
            return Why.NOT_READABLE
        if time.monotonic() > ends:
            return Why.SILENT
        pieces.append(piece)
    return b"".join(pieces)


def _never_left(error: failures.RequestException) -> bool:
    """Whether there was no connection on which anything could have been sent."""
    if isinstance(error, failures.ConnectTimeout | failures.InvalidURL):
        return True
    cause: object = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    if isinstance(reason, BaseException) and reason.args:
        # A certificate is looked at before anything is sent; any other fault of TLS may come later.
        return isinstance(reason, NewConnectionError) or isinstance(
            reason.args[0], ssl.SSLCertVerificationError
        )
    return isinstance(reason, NewConnectionError)
