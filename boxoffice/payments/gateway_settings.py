"""Where the payment companies are and who we are to them: `payments.toml` and the keys of a home.

Both lie in the home where only its user reads them (0600); keys are PEM files in its folder
`secrets`, as the companies hand them out (docs/money.md says where they are found). No value of a
key ever stands in a `repr`, a log or an error.
"""

from __future__ import annotations

import os
import re
import tomllib
from base64 import b64decode
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

from boxoffice.errors import BadSetting, DiskTrouble
from boxoffice.payments.apart import Apart
from boxoffice.payments.card_settings import CardSettings
from boxoffice.settings import Home, HomeKind, load

FILE = "payments.toml"
SECRETS = "secrets"
LEAST_KEY_BITS = 2048
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_OTHERS_READ = 0o077


@dataclass(frozen=True, slots=True)
class WeChatSettings:
    """A merchant of WeChat Pay, in public-key mode; keys as PEM text."""

    mchid: str
    appid: str
    serial: str
    """Serial number of the merchant's certificate."""
    key: str = field(repr=False)
    """The merchant's private key, PKCS 8."""
    public_key: str = field(repr=False)
    """The company's public key."""
    public_key_id: str
    address: str = "https://api.mch.weixin.qq.com"
    store: str = "boxoffice"
    """The number of the shop that its bills show."""


@dataclass(frozen=True, slots=True)
class AlipaySettings:
    """An application of Alipay, in public-key mode (RSA2); keys as PEM text."""

    app_id: str
    key: str = field(repr=False)
    public_key: str = field(repr=False)
    address: str = "https://openapi.alipay.com/gateway.do"
    store: str = "boxoffice"


SHAPES = {
    "mchid": r"[0-9]{8,32}",
    "appid": r"[0-9A-Za-z_-]{6,32}",
    "serial": r"[0-9A-Fa-f]{8,64}",
    "public_key_id": r"PUB_KEY_ID_[0-9A-Za-z]{6,64}",
    "app_id": r"[0-9]{10,32}",
    "store": r"[0-9A-Za-z_-]{1,32}",
}
Table = TypeVar("Table", WeChatSettings, AlipaySettings)


@dataclass(frozen=True, slots=True)
class GatewaySettings:
    """What this home may take money with; None where a company is not set up."""

    wechat: WeChatSettings | None = None
    alipay: AlipaySettings | None = None
    card: CardSettings | None = None
    apart: Apart = field(default_factory=Apart)
    """The stand-alone terminal, which wants nothing set up."""


OTHER_TABLES = frozenset({"bank", "acquirers"})
"""Tables of the same file that others read."""


def read(home: Home) -> GatewaySettings:
    """What a home's payments.toml says; without one, nothing is set up.

    Raises BadSetting (never with a value of a key) and DiskTrouble. Homes for training and
    demonstration pay at simulated companies on this computer only.
    """
    path = home.path / FILE
    try:
        if not path.exists():
            return GatewaySettings()
        _only_ours(path, FILE)
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        # The words of the reader may repeat the line, and with it a secret.
        raise BadSetting(file=FILE, key="its text", why="it is no TOML in UTF-8") from None
    except OSError as error:
        raise DiskTrouble(file=str(path), why=error.strerror or "") from error
    for name in tables:
        if name not in {"wechat", "alipay", "card", "card_apart"} | OTHER_TABLES:
            raise BadSetting(file=FILE, key=name, why="unknown table")
        if name in ("card", "card_apart") and not isinstance(tables[name], dict):
            raise BadSetting(file=FILE, key=name, why="wants a table")
    real = load(home).kind is HomeKind.REAL
    return GatewaySettings(
        wechat=_table(home, "wechat", tables, WeChatSettings, real),
        alipay=_table(home, "alipay", tables, AlipaySettings, real),
        card=CardSettings.from_table(tables["card"], real=real) if "card" in tables else None,
        apart=Apart.from_table(tables.get("card_apart", {})),
    )


def _table(
    home: Home, name: str, tables: dict[str, Any], kind: type[Table], real: bool
) -> Table | None:
    found = tables.get(name)
    if found is None:
        return None
    if not isinstance(found, dict):
        raise BadSetting(file=FILE, key=name, why="wants a table")
    known = {each.name: each for each in fields(kind)}
    for key, value in found.items():
        if key not in known:
            raise BadSetting(file=FILE, key=f"{name}.{key}", why="unknown key")
        if not isinstance(value, str) or not value:
            raise BadSetting(file=FILE, key=f"{name}.{key}", why="wants text in quotes")
        problem = _problem(key, value, real)
        if problem:
            raise BadSetting(file=FILE, key=f"{name}.{key}", why=problem)
    for key, what in known.items():
        if key not in found and what.default is MISSING:
            raise BadSetting(file=FILE, key=f"{name}.{key}", why="is missing")
    if "address" not in found and not real:
        raise BadSetting(file=FILE, key=f"{name}.address", why=_ONLY_HERE)
    keys = {
        "key": _private(home, found["key"], f"{name}.key"),
        "public_key": _public(home, found["public_key"], f"{name}.public_key"),
    }
    address = found.get("address", known["address"].default)
    return kind(**(found | keys | {"address": str(address).rstrip("/")}))


_ONLY_HERE = "training and demonstration pay at a simulated company on this computer only"


def _problem(key: str, value: str, real: bool) -> str:
    """What is wrong with a value; nothing where it can be used."""
    if key in SHAPES:
        return "" if re.fullmatch(SHAPES[key], value) else f"wants {SHAPES[key]}"
    if key != "address":
        return ""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is no address"
    if parts.scheme not in ("https", "http") or not host or parts.query or parts.fragment:
        return "wants https://host"
    if parts.username is not None or parts.password is not None:
        return "no user and no password in it"
    if host not in _LOOPBACK:
        if not real:
            return _ONLY_HERE
        if parts.scheme != "https":
            return "wants https: only this computer itself is spoken to in clear"
    return ""


def _pem(home: Home, name: str, key: str) -> bytes:
    """A key file of the folder `secrets`."""
    if Path(name).name != name:
        raise BadSetting(file=FILE, key=key, why=f"wants the name of a file in {SECRETS}")
    path = home.path / SECRETS / name
    try:
        if not path.is_file():
            raise BadSetting(file=FILE, key=key, why=f"there is no {SECRETS}/{name}")
        _only_ours(path, f"{SECRETS}/{name}")
        return path.read_bytes()
    except OSError as error:
        raise DiskTrouble(file=str(path), why=error.strerror or "") from error


def _der(text: bytes) -> bytes:
    """What stands between the marks of a PEM file; Alipay's own tool leaves the marks away.

    Raises ValueError for anything else.
    """
    return b64decode(b"".join(re.sub(rb"-----[A-Z ]+-----", b"", text).split()), validate=True)


def _private(home: Home, name: str, key: str) -> str:
    try:
        found = load_der_private_key(_der(_pem(home, name, key)), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        found = None
    if not isinstance(found, RSAPrivateKey) or found.key_size < LEAST_KEY_BITS:
        why = f"{SECRETS}/{name} is no RSA private key of {LEAST_KEY_BITS} bits as PEM"
        raise BadSetting(file=FILE, key=key, why=why)
    text = found.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return text.decode("ascii")


def _public(home: Home, name: str, key: str) -> str:
    try:
        found = load_der_public_key(_der(_pem(home, name, key)))
    except (ValueError, UnsupportedAlgorithm):
        found = None
    if not isinstance(found, RSAPublicKey) or found.key_size < LEAST_KEY_BITS:
        why = f"{SECRETS}/{name} is no RSA public key of {LEAST_KEY_BITS} bits as PEM"
        raise BadSetting(file=FILE, key=key, why=why)
    text = found.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return text.decode("ascii")


def _only_ours(path: Path, name: str) -> None:
    """Raises BadSetting where others of this computer may read a secret."""
    if os.name == "posix" and path.stat().st_mode & _OTHERS_READ:
        raise BadSetting(file=name, key="its rights", why=f"others can read it: chmod 600 {name}")
