"""Who the server is and who we are: TLS that is verified, and what a refused login means."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict

from boxoffice.errors import (
    CentralNotTrusted,
    CentralPassword,
    CentralShut,
    CentralUnreachable,
    OwnerPassword,
    PasswordMissing,
)

VERIFIED = "verify-full"
REQUIRES_AUTHENTICATION = 160000
"""The first libpq that can insist on how a login is proved."""
NO_PASSWORD = "no password supplied"
FAILED = "connection failed: "
_TLS = ("SSL", "certificate")
_LOGIN = ("password authentication failed", "authentication method requirement")
_SHUT = (
    "does not exist",
    "permission denied",
    "not permitted",
    "pg_hba.conf",
    "authentication failed",
    "not currently accepting connections",
    "invalid ",
)
"""What a server, or libpq itself, says that stays so until somebody changes it. A login that fails
has no SQLSTATE for us: libpq hands over the text only."""
NEVER_SENT = "!password,!md5"


def options(url: str, ca: str, *, password: bool) -> dict[str, str]:
    """libpq settings for an address: who has to be proved, and how.

    Outside this computer a server proves its name by a certificate, of `ca` (a file) or else of one
    the system trusts. Only an sslmode in the address itself asks for less. A `password`, named or
    in the address, is proved by scram and never sent; neither is one that libpq finds by itself.
    """
    named = conninfo_to_dict(url)
    wanted: dict[str, str] = {}
    if "sslmode" not in named and (ca or not _all_here(named)):
        wanted["sslmode"] = VERIFIED
    if "sslrootcert" not in named and (ca or wanted):
        wanted["sslrootcert"] = ca or "system"
    password = password or "password" in named
    if "require_auth" not in named and pq.version() >= REQUIRES_AUTHENTICATION:
        # Without a password a server may know us by other means: by the user of a socket, say.
        wanted["require_auth"] = "scram-sha-256" if password else NEVER_SENT
    return wanted


def _all_here(named: Mapping[str, object]) -> bool:
    """Whether every host of an address is this computer."""
    listed = f"{named.get('host') or ''},{named.get('hostaddr') or ''}".split(",")
    return all(_here(host) for host in listed)


def _here(host: str) -> bool:
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def explained(error: Exception, *, window: bool, where: str, user: str = "") -> CentralUnreachable:
    """Why there is no connection: nobody there, not who they say, or not who we say.

    `window` tells whose login it was; `where` its password came from, unless libpq found it.
    """
    said = (str(error).strip() or type(error).__name__).splitlines()[0]
    cause = error if isinstance(error, psycopg.Error) else error.__context__  # peewee wraps it
    line = cause.pgconn if isinstance(cause, psycopg.Error) else None
    user = user or (line.user.decode() if line is not None and line.user else "?")
    if NO_PASSWORD in said and not window:
        return PasswordMissing(user=user, why=said)
    if window and any(words in said for words in (*_LOGIN, NO_PASSWORD, "not permitted")):
        return CentralPassword(user=user, why=said)
    if any(words in said for words in _LOGIN):
        found = "PGPASSWORD" if "PGPASSWORD" in os.environ else "pgpass"
        return OwnerPassword(user=user, why=said, where=where or found)
    if any(words in said for words in _TLS):
        return CentralNotTrusted(why=said)
    if any(words in said for words in _SHUT):
        return CentralShut(user=user, why=said.removeprefix(FAILED))
    return CentralUnreachable(why=said)
