"""By whom a home sends its notices: `notices.toml`, which only its user reads (0600).

No password or key ever stands in a `repr`, a log or an error. Homes for training and demonstration
send to simulated servers on this computer only.
"""

from __future__ import annotations

import os
import re
import ssl
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from boxoffice.errors import BadSetting, DiskTrouble
from boxoffice.notices.addresses import mail_address
from boxoffice.notices.kinds import Kind
from boxoffice.settings import LANGUAGES, Home, HomeKind, load

FILE = "notices.toml"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_OTHERS_READ = 0o077
_HOST = re.compile(r"[A-Za-z0-9.:-]{1,253}")


class Security(StrEnum):
    """How the line to the mail server is closed to others."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"
    """In clear: to this computer itself only."""


PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


@dataclass(frozen=True, slots=True)
class MailSettings:
    """A mail server that takes our mail, and as whom we send it."""

    host: str
    sender: str
    """Our own address."""
    name: str = ""
    """How our address is called, as in a list of mails."""
    security: Security = Security.STARTTLS
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    ca: str = ""
    """Certificate file of who certifies the server; empty for those the system trusts."""

    def trust(self) -> ssl.SSLContext:
        """Whom we trust. Raises OSError or ssl.SSLError where the file is none."""
        return ssl.create_default_context(cafile=self.ca or None)


@dataclass(frozen=True, slots=True)
class TextSettings:
    """An account at the text-message service of Alibaba Cloud (Dysmsapi, version 2017-05-25)."""

    key_id: str
    key: str = field(repr=False)
    """The secret of the access key."""
    signs: Mapping[str, str]
    """The signature that stands before a message, by language."""
    templates: Mapping[str, str]
    """Number of the approved template by `kind.language`; a kind without one sends no text."""
    address: str = "https://dysmsapi.aliyuncs.com"


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """What this home sends with; None where a channel is not set up."""

    mail: MailSettings | None = None
    text: TextSettings | None = None


def read(home: Home) -> NoticeSettings:
    """What a home's notices.toml says; without one, nothing is sent.

    Raises BadSetting (never with the value of a secret) and DiskTrouble.
    """
    path = home.path / FILE
    try:
        if not path.exists():
            return NoticeSettings()
        if os.name == "posix" and path.stat().st_mode & _OTHERS_READ:
            raise _bad("its rights", f"others can read it: chmod 600 {FILE}")
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        # The words of the reader may repeat the line, and with it a secret.
        raise _bad("its text", "it is no TOML in UTF-8") from None
    except OSError as error:
        raise DiskTrouble(file=str(path), why=error.strerror or "") from error
    for name, table in tables.items():
        if name not in ("mail", "text_message"):
            raise _bad(name, "unknown table")
        if not isinstance(table, dict):
            raise _bad(name, "wants a table")
    real = load(home).kind is HomeKind.REAL
    return NoticeSettings(
        mail=_mail(home, tables["mail"], real) if "mail" in tables else None,
        text=_text(tables["text_message"], real) if "text_message" in tables else None,
    )


def _mail(home: Home, table: dict[str, Any], real: bool) -> MailSettings:
    port = table.pop("port", 0)
    found = _words("mail", table, needed=("host", "sender"), optional=_MAIL_MORE)
    if type(port) is not int or not 0 <= port <= 65535:
        raise _bad("mail.port", "wants a number of a port")
    try:
        security = Security(found.pop("security", Security.STARTTLS))
    except ValueError:
        raise _bad("mail.security", "wants starttls, tls or none") from None
    try:
        mail_address(found["sender"])
    except ValueError:
        raise _bad("mail.sender", "wants a mail address") from None
    if not _HOST.fullmatch(found["host"]):
        raise _bad("mail.host", "wants the name of a server")
    if re.search(r"[\x00-\x1f\x7f]", found.get("name", "")):
        raise _bad("mail.name", "wants one line")
    if bool(found.get("user")) != bool(found.get("password")):
        raise _bad("mail.user", "wants user and password together")
    here = found["host"] in LOOPBACK
    if not here and not real:
        raise _bad("mail.host", _ONLY_HERE)
    if security is Security.NONE and not here:
        raise _bad("mail.security", "only this computer itself is spoken to in clear")
    if "ca" in found:
        found["ca"] = str(_beside(home, found["ca"]))
    return MailSettings(**found, security=security, port=port or PORTS[security])


_MAIL_MORE = ("name", "security", "user", "password", "ca")
_ONLY_HERE = "training and demonstration send to simulated servers on this computer only"


def _beside(home: Home, name: str) -> Path:
    """A certificate file of the home, looked into now and not when the first mail goes."""
    path = home.path / name
    try:
        ssl.create_default_context(cafile=path)
    except (OSError, ssl.SSLError):
        raise _bad("mail.ca", "wants the file of a certificate, as PEM") from None
    return path


def _text(table: dict[str, Any], real: bool) -> TextSettings:
    signs, templates = table.pop("signs", {}), table.pop("templates", {})
    found = _words("text_message", table, needed=("key_id", "key"), optional=("address",))
    _map("text_message.signs", signs, set(LANGUAGES))
    known = {f"{kind.value}.{language}" for kind in Kind for language in LANGUAGES}
    templates = {
        f"{kind}.{language}": number
        for kind, by_language in _tables(templates).items()
        for language, number in by_language.items()
    }
    _map("text_message.templates", templates, known)
    for name in templates:
        if name.partition(".")[2] not in signs:
            raise _bad("text_message.signs", "a language that has templates wants a signature")
    if address := found.get("address"):
        found["address"] = _address(address, real)
    elif not real:
        raise _bad("text_message.address", _ONLY_HERE)
    return TextSettings(**found, signs=signs, templates=templates)


def _tables(found: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(found, dict) or not all(isinstance(each, dict) for each in found.values()):
        raise _bad("text_message.templates", "wants a table per kind, a number per language")
    return found


def _map(key: str, found: Any, known: set[str]) -> None:
    if not isinstance(found, dict):
        raise _bad(key, "wants a table")
    for name, value in found.items():
        if name not in known:
            raise _bad(f"{key}.{name}", "unknown key")
        if not isinstance(value, str) or not value:
            raise _bad(f"{key}.{name}", "wants text in quotes")


def _words(
    table: str, found: dict[str, Any], needed: tuple[str, ...], optional: tuple[str, ...]
) -> dict[str, Any]:
    _map(table, found, {*needed, *optional})
    for name in needed:
        if name not in found:
            raise _bad(f"{table}.{name}", "is missing")
    return dict(found)


def _address(value: str, real: bool) -> str:
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise _bad("text_message.address", "is no address") from None
    plain = parts.path in ("", "/") and not parts.query and not parts.fragment
    if parts.scheme not in ("https", "http") or not host or not plain or "@" in parts.netloc:
        raise _bad("text_message.address", "wants https://host")
    if host not in LOOPBACK and not real:
        raise _bad("text_message.address", _ONLY_HERE)
    if host not in LOOPBACK and parts.scheme != "https":
        raise _bad("text_message.address", "wants https: only this computer is spoken to in clear")
    return f"{parts.scheme}://{parts.netloc}"


def _bad(key: str, why: str) -> BadSetting:
    return BadSetting(file=FILE, key=key, why=why)
