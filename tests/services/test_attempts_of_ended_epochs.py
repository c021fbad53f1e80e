"""Payments that an ended epoch left undecided: only a supervisor settles them (rule 17)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from boxoffice import bootstrap, clock
from boxoffice.central import fencing
from boxoffice.domain.signing import CertifiedKey
from boxoffice.domain.statuses import AttemptStatus
from boxoffice.errors import AttemptLeft, CentralUnreachable
from boxoffice.records.file_store import open_records
from boxoffice.records.keys import load_keys
from boxoffice.records.postgres import Address
from boxoffice.records.store import Store
from boxoffice.services.follower import Rounds
from boxoffice.services.sales import asking
from boxoffice.services.sales.attempts import Paying
from boxoffice.services.sharing import epochs, sync
from boxoffice.settings import HomeKind
from boxoffice.verify.proof import prove
from tests import servers
from tests.faults.acts import rows, take
from tests.gateways import Hours, Party, hours, with_parties
from tests.homes import AtWork, at_work
from tests.lines import cut_off
from tests.windows import window_home

CASES = "SELECT key FROM cases WHERE kind = 'attempt_left'"


class Place:
    """A window at a server, and who takes its customers' money."""

    def __init__(self, folder: Path, time: Hours) -> None:
        self.time = time
        self.database = servers.fresh_database()
        self.home = window_home(folder / "1", self.database, 1)
        self.party = Party()

    @contextmanager
    def at_work(self) -> Iterator[AtWork]:
        with at_work(self.home) as found:
            clock.use(lambda: self.time.at)
            yield with_parties(found, self.party)

    def charge_unknown(self, work: AtWork, basket: str) -> None:
        """A charge that arrives, and nobody hears of."""
        self.party.days = ["silent"] * 60
        assert self.ask(work, basket).status is AttemptStatus.UNKNOWN
        self.party.days = []

    def ask(self, work: AtWork, basket: str) -> Paying:
        return asking.ask(
            office=work.office, desk=work.desk, basket=basket, tender=self.party.tender,
            code="134512345678901234", pause=self.time.wait,
        )  # fmt: skip

    def paid_after_all(self, work: AtWork) -> None:
        """As if the customer's charge had not been given up yet: it turns out to be paid."""
        ((attempt,),) = rows(work, "SELECT id FROM attempt")
        work.office.write(lambda store: store.run("UPDATE attempt SET reversing_at = NULL"))
        for trade in self.party.trades.values():
            trade.state = "paid"
        self.time.pass_(1)
        found = asking.look_again(office=work.office, attempt_id=str(attempt))
        assert found.status is AttemptStatus.SUCCEEDED

    def renewed(self) -> None:
        """Fenced, and enrolled again: what `add-window --replace` and its file come to."""
        key = load_keys(self.home, HomeKind.TRAINING).raw("records")
        with (
            closing(servers.as_owner(self.database)) as central,
            closing(open_records(self.home.window_file, key, "WINDOW")) as store,
        ):
            fencing.fence(central, 1, operator="9001", reason="put back from a copy")
            fencing.new_epoch(central, CertifiedKey(1, 2, bytes(32), b""))
            epochs.push_ended(store, central, 1, 1, complete=False)
            epochs.begin_epoch(self.home, store, central, 1, 2)

    @contextmanager
    def owner(self) -> Iterator[Store]:
        with closing(servers.as_owner(self.database)) as store:
            yield store

    def central(self, sql: str) -> list[tuple[object, ...]]:
        with self.owner() as store:
            return store.all(sql)

    def broken(self) -> tuple[object, ...]:
        central = Address(servers.database_url(self.database), servers.SCHEMA)
        with bootstrap.open_sides(self.home, central=central) as sides:
            return prove(sides).broken


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with hours() as time:
        yield Place(tmp_path, time)


def follow(work: AtWork, time: Hours) -> None:
    """Some rounds of what goes on behind a window."""
    rounds = Rounds(work.office)
    for _ in range(5):
        rounds.go(time.at.timestamp())
        time.pass_(400)


def test_what_was_paid_since_the_copy_is_learnt_and_not_reversed(place: Place) -> None:
    with place.at_work() as work:
        order = take(work, (1, 5))
        place.charge_unknown(work, order)
    older = place.home.window_file.read_bytes()
    with place.at_work() as work:
        place.paid_after_all(work)
        sync.push(work.office)
        sync.tell_attempts(work.office)
    place.home.window_file.write_bytes(older)
    place.renewed()
    with place.at_work() as work:
        assert rows(work, "SELECT status FROM attempt") == [("succeeded",)]
        asked = len(place.party.asked)
        follow(work, place.time)
        sync.pull(work.office)
        assert len(place.party.asked) == asked
        assert rows(work, f"SELECT status FROM orders WHERE id = '{order}'") == [("paid",)]
    assert place.party.held == 68_000
    assert place.central(CASES) == []
    assert place.broken() == ()


@pytest.mark.parametrize("told", [True, False])
def test_what_is_undecided_waits_for_a_supervisor(place: Place, told: bool) -> None:
    with place.at_work() as work:
        order = take(work, (1, 5))
        if told:
            place.charge_unknown(work, order)
            sync.tell_attempts(work.office)
        else:
            with cut_off(place.database):
                place.charge_unknown(work, order)
                with pytest.raises(CentralUnreachable):
                    sync.tell_attempts(work.office)
    place.renewed()
    with place.at_work() as work:
        asked = len(place.party.asked)
        follow(work, place.time)
        assert len(place.party.asked) == asked
        ((attempt, status),) = rows(work, "SELECT id, status FROM attempt")
        assert status == "unknown"
        with pytest.raises(AttemptLeft):
            asking.look_again(office=work.office, attempt_id=str(attempt))
    assert place.central(CASES) == [(order,)]
    assert place.party.held == 68_000
    assert place.broken() == ()
