"""A ticket nobody here knows: its code says where it was sold, and its signature whether it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from boxoffice import clock
from boxoffice.central import founding
from boxoffice.domain import ticket_code
from boxoffice.domain.signing import RootKey, WindowKey
from boxoffice.domain.ticket_code import TicketClaim
from boxoffice.errors import BadTicketCode, NotReportedHere, NotReportedOffLine, NotYetReported
from boxoffice.records.postgres import SERVER_NOW
from boxoffice.services.sharing import unreported
from tests import servers
from tests.faults.acts import DEAF, faulty
from tests.homes import AtWork, at_work
from tests.windows import window_home

ROOT = RootKey(bytes(range(32)))
KEYS = {1: WindowKey(b"1" * 32), 2: WindowKey(b"2" * 32)}


def code_of(window: int, key: WindowKey | None = None, epoch: int = 1) -> str:
    key = key or KEYS[window]
    claim = TicketClaim(key.key_id, UUID(int=7), 1, 5, 1, window, epoch)
    return ticket_code.encode(claim, key.sign)


@pytest.fixture
def database() -> str:
    """A central that knows the keys of windows 1 and 2."""
    made = servers.fresh_database()
    with closing(servers.as_owner(made)) as owner, owner.transaction():
        for window, key in KEYS.items():
            certified = ROOT.certify(window, 1, key.public_key)
            owner.run(
                "UPDATE window_epoch SET public_key = ?, certificate = ? WHERE window_id = ?",
                (certified.public_key.hex(), certified.certificate.hex(), window),
            )
    return made


@pytest.fixture
def one(tmp_path: Path, database: str) -> Iterator[AtWork]:
    """Window 1, which trusts that central."""
    with at_work(window_home(tmp_path / "1", database, 1)) as work:
        work.office.write(
            lambda s: s.run(
                "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) "
                "DO UPDATE SET value = excluded.value",
                (founding.ROOT, ROOT.public_key.hex()),
            )
        )
        yield work


def seen(database: str, ago: timedelta) -> None:
    """Window 2 was at central the last time so long ago."""
    with closing(servers.as_owner(database)) as owner, owner.transaction():
        there = owner.first(f"SELECT {SERVER_NOW}")
        assert there is not None
        moment = clock.to_text(clock.from_text(there[0]) - ago)
        owner.run("UPDATE ticket_window SET last_seen = ? WHERE id = 2", (moment,))


def test_it_was_sold_at_a_window_that_has_not_reported_it(one: AtWork, database: str) -> None:
    seen(database, timedelta())
    with pytest.raises(NotYetReported) as told:
        unreported.explain(one.office, code_of(2))
    assert told.value.fields == {"window": "2"}


def test_of_a_window_that_is_off_line_it_says_since_when(one: AtWork, database: str) -> None:
    seen(database, timedelta(minutes=5))
    with pytest.raises(NotReportedOffLine) as told:
        unreported.explain(one.office, code_of(2))
    assert told.value.fields["window"] == "2"
    since = clock.now() - told.value.fields["since"]
    assert timedelta(minutes=5) <= since < timedelta(minutes=6)


FORGED = {
    "by a key of nobody": code_of(2, WindowKey(bytes(32))),
    "under another name": code_of(1, KEYS[2]),
    "of no epoch": code_of(2, epoch=9),
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_code_none_of_ours_signed_is_not_believed(one: AtWork, forged: str) -> None:
    with pytest.raises(BadTicketCode):
        unreported.explain(one.office, FORGED[forged])


def test_nor_one_whose_key_central_did_not_certify(one: AtWork, database: str) -> None:
    with closing(servers.as_owner(database)) as owner, owner.transaction():
        other = RootKey(bytes(32)).certify(2, 1, KEYS[2].public_key).certificate.hex()
        owner.run("UPDATE window_epoch SET certificate = ? WHERE window_id = 2", (other,))
    with pytest.raises(BadTicketCode):
        unreported.explain(one.office, code_of(2))


def test_without_central_only_its_code_is_told(one: AtWork) -> None:
    with pytest.raises(NotReportedHere) as told:
        unreported.explain(faulty(one, *[DEAF] * 9).office, code_of(2))
    assert told.value.fields["window"] == "2"


def test_anything_else_is_not_its_matter(one: AtWork) -> None:
    unreported.explain(one.office, "TT0001")
