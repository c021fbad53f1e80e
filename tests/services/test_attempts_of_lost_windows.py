"""A window lost in the middle of asking for money: a supervisor is told of it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from boxoffice import clock
from boxoffice.central import fencing
from boxoffice.domain.statuses import AttemptStatus
from boxoffice.records.file_store import open_records
from boxoffice.records.keys import load_keys
from boxoffice.settings import Home, HomeKind
from tests.faults.acts import DEAF, faulty, take, there
from tests.gateways import Party, hours, with_parties
from tests.homes import at_work, small_home
from tests.services.test_asking import ask


def test_what_was_undecided_when_a_window_was_lost_is_a_case(tmp_path: Path) -> None:
    home, party = small_home(tmp_path), Party(days=["silent"] * 60)
    with hours() as time, at_work(home) as bare:
        clock.use(lambda: time.at)
        work = with_parties(bare, party)
        basket = take(work, (1, 5))
        paying = ask(work, time, basket)
        assert paying.status is AttemptStatus.UNKNOWN
        party.days = []
        decided = take(work, (1, 6))
        assert ask(work, time, decided).over
    with closing(open_records(home.central_file, _key(home), "CENTRAL")) as central:
        fencing.fence(central, 1, operator="2001", reason="stolen")
        fencing.fence(central, 1, operator="2001", reason="again")
        assert central.all("SELECT kind, key FROM cases WHERE kind = 'attempt_left'") == [
            ("attempt_left", basket)
        ]


def test_an_end_that_did_not_get_through_is_told_at_the_next_start(tmp_path: Path) -> None:
    home, party = small_home(tmp_path), Party(days=["declined"])
    with hours() as time, at_work(home) as bare:
        clock.use(lambda: time.at)
        work = with_parties(bare, party)
        basket = take(work, (1, 5))
        assert ask(faulty(work, *[DEAF] * 99), time, basket).status is AttemptStatus.DECLINED
        assert there(work, "SELECT status FROM attempt") == []
    with at_work(home) as work:
        assert there(work, "SELECT status FROM attempt") == [("declined",)]


def _key(home: Home) -> bytes:
    return load_keys(home, HomeKind.TRAINING).raw("records")
