"""Addresses of central records on a server: checked, taken apart, and shown without secrets.

libpq reads them; what it says of one that it cannot read may repeat the password, so the words for
that are ours.
"""

from __future__ import annotations

import os
import re
from urllib.parse import quote, unquote

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict

from boxoffice.errors import BadAddress

KINDS = ("postgresql://", "postgres://")
LONGEST_LABEL = 63
"""Of the name of a server; who looks up a longer one trips."""
_HOSTS = re.compile(r"(\[[0-9A-Fa-f:.%]+\]|[^:\[\],]*)(:(?P<port>[^,]*))?")
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})|%00")
_SETTINGS = frozenset(option.keyword.decode("ascii") for option in pq.Conninfo.get_defaults())


def problem(url: str) -> str:
    """Why an address cannot be used, as a token; nothing where libpq can read it."""
    if not url.startswith(KINDS):
        return "url_kind"
    place, rest = _split(url)
    secrets, at, hosts = place.rpartition("@")
    # libpq takes the first of two, and what follows for the name of a server.
    in_query = not at and "@" in re.sub(r"\bhost=[^&]*", "", rest)
    if "@" in secrets or "@" in rest.partition("?")[0] or in_query or not _plain(url):
        return "url_letters"
    if not all(_is_host(part) for part in hosts.split(",")):
        return "url_host"
    if _NO_ESCAPE.search(url):
        return "url_escape"
    named = dict(part.partition("=")[::2] for part in rest.partition("?")[2].split("&") if part)
    if not (named.keys() - {"ssl"}) <= _SETTINGS:
        return "url_query"
    if not all(_is_port(port) for port in named.get("port", "").split(",")):
        return "url_port"
    try:
        conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        return "url_query"
    return ""


def require_address(url: str) -> None:
    """Raises BadAddress for what libpq cannot read as the address of a server."""
    why = problem(url)
    if why:
        raise BadAddress(why=why)


def split_address(url: str) -> tuple[str, str, str]:
    """An address as it may be kept, and the user and the password that stood in it, if any.

    Raises BadAddress for what is no address of a server.
    """
    require_address(url)
    start, separator, _ = url.partition("://")
    place, rest = _split(url)
    secrets, _, hosts = place.rpartition("@")
    user, _, password = secrets.partition(":")
    path, question, query = rest.partition("?")
    parts = [part.partition("=") for part in query.split("&") if part]
    named = {name: value for name, _, value in parts if name in ("user", "password")}
    query = "&".join("".join(part) for part in parts if part[0] not in named)
    return (
        f"{start}{separator}{hosts}{path}{question if query else ''}{query}",
        unquote(named.get("user", user)),
        unquote(named.get("password", password)),
    )


def has_login(url: str) -> bool:
    """Whether a user or a password stands in an address that can be used."""
    _, user, password = split_address(url)
    return bool(user or password)


def names_several(url: str) -> bool:
    """Whether more than one server is named in an address that can be used."""
    return "," in _split(split_address(url)[0])[0]


def with_login(url: str, user: str, password: str) -> str:
    """The same address with this user and password in it."""
    start, separator, rest = split_address(url)[0].partition("://")
    return f"{start}{separator}{quote(user, safe='')}:{quote(password, safe='')}@{rest}"


def without_password(url: str) -> str:
    """The same address as it may be printed: who signs in stays, the password does not."""
    address, user, _ = split_address(url)
    start, separator, rest = address.partition("://")
    return f"{start}{separator}{quote(user, safe='')}@{rest}" if user else address


def password_beside(url: str) -> str:
    """The password that belongs to an address: the one in it, or else PGPASSWORD; "" is none."""
    return split_address(url)[2] or os.environ.get("PGPASSWORD", "")


def _split(url: str) -> tuple[str, str]:
    """Logins and hosts of an address, and all that follows them."""
    rest = url.partition("://")[2]
    end = next((place for place, letter in enumerate(rest) if letter in "/?"), len(rest))
    return rest[:end], rest[end:]


def _plain(url: str) -> bool:
    return url.isprintable() and " " not in url


def _is_host(text: str) -> bool:
    found = _HOSTS.fullmatch(text)
    if found is None or not _is_port(found["port"] or ""):
        return False
    name = unquote(found[1])
    return name.startswith("/") or all(len(part) <= LONGEST_LABEL for part in name.split("."))


def _is_port(text: str) -> bool:
    if not text:
        return True
    return text.isascii() and text.isdigit() and 0 < int(text) <= 65535
