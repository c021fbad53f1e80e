"""Who the server is and who we are: TLS that is verified, and what a refused login means."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict

from boxoffice.errors import CentralNotTrusted, CentralPassword, CentralUnreachable

VERIFIED = "verify-full"
REQUIRES_AUTHENTICATION = 160000
"""The first libpq that can insist on how a login is proved."""
LOGIN_REFUSED = ("28000", "28P01")
_TLS = ("SSL", "certificate")
_LOGIN = ("password authentication failed", "authentication method requirement", "not permitted")


def options(url: str, ca: str, *, password: bool) -> dict[str, str]:
    """libpq settings for an address: who has to be proved, and how.

    Outside this computer a server proves its name by a certificate, of `ca` (a file) or else of one
    the system trusts. Only an sslmode in the address itself asks for less. A `password`, named or
    in the address, is proved by scram and never sent.
    """
    named = conninfo_to_dict(url)
    wanted: dict[str, str] = {}
    if "sslmode" not in named and (ca or not _all_here(named)):
        wanted["sslmode"] = VERIFIED
    if "sslrootcert" not in named and (ca or wanted):
        wanted["sslrootcert"] = ca or "system"
    password = password or "password" in named
    if password and "require_auth" not in named and pq.version() >= REQUIRES_AUTHENTICATION:
        wanted["require_auth"] = "scram-sha-256"
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


def explained(error: Exception, user: str) -> CentralUnreachable:
    """Why there is no connection: nobody there, not who they say, or not who we say."""
    said = (str(error).strip() or type(error).__name__).splitlines()[0]
    state = error.sqlstate if isinstance(error, psycopg.Error) else None
    if state in LOGIN_REFUSED or any(words in said for words in _LOGIN):
        return CentralPassword(user=user, why=said)
    if any(words in said for words in _TLS):
        return CentralNotTrusted(why=said)
    return CentralUnreachable(why=said)
