"""What the driver says of a broken line has words of ours; what it never said before stays."""

from __future__ import annotations

from contextlib import closing

import pytest

from boxoffice.errors import CentralUnreachable
from boxoffice.records.postgres import Address, connect
from boxoffice.sentences.line_words import LINE_WORDS, line_words
from tests import servers


def said_by(url: str) -> str:
    """Why a line to that address does not stand, as the driver says it."""
    with pytest.raises(CentralUnreachable) as broken:
        connect(Address(url, "boxoffice"))
    return str(broken.value.fields["why"])


def test_nobody_there() -> None:
    assert line_words(said_by("postgresql://127.0.0.1:1/x")) == "nothing answers at its address"
    unknown = said_by("postgresql://no-such-name.invalid/x")
    assert line_words(unknown) == "the name of its server is not known here"
    gone = servers.database_url("no_such_database")
    assert line_words(said_by(gone)) == "its database is not there"


def test_a_line_that_was_cut() -> None:
    database = servers.fresh_database()
    with closing(servers.as_owner(database)) as store:
        store.all("SELECT 1")
        servers.administer(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"
        )
        with pytest.raises(CentralUnreachable) as broken:
            store.all("SELECT 1")
    assert line_words(str(broken.value.fields["why"])) == "the line broke"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("connection timeout expired", "it takes too long to answer"),
        ("FATAL:  the database system is starting up", "its server is starting or stopping"),
        ("FATAL:  sorry, too many clients already", "its server has too many connections"),
        ("session is read-only", "none of its servers can be written to"),
        ("SSL error: certificate has expired", "its certificate is out of date"),
        ("SSL error: certificate verify failed", "its certificate is not of anybody trusted here"),
        ('certificate for "a" does not match host name "b"', "its certificate is for another name"),
        ("server does not support SSL, but SSL was required", "it speaks in clear only"),
    ],
)
def test_what_servers_say(said: str, words: str) -> None:
    assert line_words(said) == words


def test_anything_else_stays_as_it_is() -> None:
    assert line_words("a thing nobody heard of") == "a thing nobody heard of"
    assert len({words for _, words in LINE_WORDS}) == len(LINE_WORDS)
