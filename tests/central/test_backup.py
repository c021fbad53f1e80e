"""A dump of the central records put back, as docs/central.md says it: nothing is lost (rule 18)."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import main
from boxoffice import bootstrap, clock
from boxoffice.central import guard
from boxoffice.errors import CentralPassword, CentralRecovering, CentralShut, CentralUnreachable
from boxoffice.records.postgres import Address, connect
from boxoffice.rehearsal.server import ScratchServer
from boxoffice.services.sales import holds
from boxoffice.services.setup.central_home import open_central
from boxoffice.services.sharing import sync
from boxoffice.settings import Home
from boxoffice.verify.proof import prove
from tests import venues
from tests.commands.signing import signed
from tests.faults.acts import DEAF, faulty, hand_over, pay, rows, sell, take, tickets_of
from tests.homes import NOON, at_work
from tests.venues import TRAINING_TIME

pytestmark = pytest.mark.skipif(
    not (shutil.which("pg_dump") and shutil.which("pg_restore")),
    reason="pg_dump and pg_restore are not installed (Debian: postgresql-client)",
)

OWNER, SECRET, DATABASE = "boxoffice", "a-secret-of-the-test", "boxoffice"
BY = ("--operator", "3001", "--reason", "disk failed")


@dataclass(frozen=True)
class Server:
    """A cluster with an empty database whose owner is no administrator, as the docs make it."""

    cluster: ScratchServer

    @property
    def url(self) -> str:
        """As the owner signs in."""
        return f"postgresql://{OWNER}:{SECRET}@127.0.0.1:{self.cluster.port}/{DATABASE}"

    def administer(self, *statements: str) -> None:
        url = self.cluster.url.rsplit("/", 1)[0] + "/postgres"
        with closing(connect(Address(url, "public"))) as store:
            for statement in statements:
                store.execute(statement)

    def make_empty(self) -> None:
        """Whatever records there were are gone with their database."""
        self.administer(
            f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)",
            f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
        )


@pytest.fixture
def servers(request: pytest.FixtureRequest) -> Iterator[list[Server]]:
    """One cluster, or (by the parameter) two."""
    with TemporaryDirectory(prefix="boxoffice-backup-") as folder, ExitStack() as ending:
        Path(folder).chmod(0o755)  # the servers are another user's where we are root
        made = []
        for number in range(getattr(request, "param", 1)):
            cluster = ScratchServer(Path(folder) / str(number))
            ending.callback(cluster.discard)
            cluster.make()
            server = Server(cluster)
            server.administer(
                f"DROP DATABASE {DATABASE}",
                f"CREATE ROLE {OWNER} LOGIN CREATEROLE PASSWORD '{SECRET}'",
            )
            server.make_empty()
            made.append(server)
        yield made


@dataclass
class Place:
    """The venue: its central home, two windows, and the folder all of it lies in."""

    folder: Path

    @property
    def central(self) -> Home:
        return Home(self.folder / "central")

    @property
    def windows(self) -> list[Home]:
        return [Home(self.folder / name) for name in ("east", "west")]

    def set_up(self, server: Server) -> None:
        self.command("init", server.url, "--at", TRAINING_TIME)
        with open_central(self.central) as central:
            venues.stock(central)
        for home in self.windows:
            file = self.folder / f"{home.path.name}.json"
            self.command("add-window", home.path.name, "--out", file)
            bootstrap.enrol_window(home, file, lambda *_: None)

    def command(self, *words: object) -> None:
        """`main.py central …` at the central home."""
        clock.use(lambda: NOON)
        name, *rest = (str(word) for word in words)
        with signed(rest):
            assert main.main(["central", name, *rest, "--home", str(self.central.path)]) == 0

    def waiting(self) -> list[str]:
        with open_central(self.central) as central:
            return guard.waiting_for(central.store)

    def verify(self) -> None:
        """Central and both windows."""
        clock.use(lambda: NOON)
        with bootstrap.open_sides(
            *self.windows, central=bootstrap.address_at(self.central)
        ) as all_:
            assert prove(all_).broken == ()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def dump(server: Server, file: Path) -> None:
    """The words of the docs."""
    words = ("-Fc", "--enable-row-security", f"--schema={DATABASE}")
    program("pg_dump", *words, "-f", str(file), server.url)


def restore(server: Server, file: Path) -> None:
    program("pg_restore", "--no-owner", "-d", server.url, str(file))


def make_roles(server: Server) -> None:
    """What grants and policies of a dump name, and no dump brings."""
    made = [f"CREATE ROLE {DATABASE}_{role}" for role in ("windows", "supervisor")]
    program("psql", "-q", server.url, "-c", made[0], "-c", made[1])


def put_aside(server: Server) -> None:
    """The words of the docs: the damaged database keeps another name, its own is empty."""
    admin = server.cluster.url.rsplit("/", 1)[0] + "/postgres"
    for statement in (
        f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS false",
        f"DO $$ BEGIN PERFORM pg_terminate_backend(pid) FROM pg_stat_activity "
        f"WHERE datname = '{DATABASE}'; END $$",
        f"ALTER DATABASE {DATABASE} RENAME TO {DATABASE}_damaged",
    ):
        program("psql", "-q", admin, "-c", statement)
    program("createdb", f"--maintenance-db={admin}", "--owner", OWNER, DATABASE)
    program("psql", "-q", server.url, "-c", f"REVOKE CONNECT ON DATABASE {DATABASE} FROM PUBLIC")


def program(*command: str) -> None:
    done = subprocess.run(
        command, env={**os.environ, "LC_ALL": "C"}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@dataclass
class Kept:
    """What must be at central in the end."""

    orders: list[str]
    ticket: str


def before(place: Place) -> list[str]:
    """Baskets that are held when the backup is made."""
    baskets = []
    for n, home in enumerate(place.windows, start=1):
        with at_work(home) as work:
            sell(work, (n, 1))
            baskets.append(take(work, (n, 2)))
            baskets.append(take(work, (n, 3)))
    return baskets


def after(place: Place, baskets: list[str]) -> Kept:
    """What central confirmed after the backup: sales, a pickup, baskets taken and given back."""
    sold, ticket = [], ""
    for n, home in enumerate(place.windows, start=1):
        with at_work(home) as work:
            sold += [pay(work, baskets[2 * n - 2]).order_id, sell(work, (n, 4)).order_id]
            holds.abandon(office=work.office, desk=work.desk, basket=baskets[2 * n - 1])
            take(work, (n, 5))
            if n == 1:
                order, (ticket, _) = tickets_of(work, "TT0001")
                hand_over(work, order, [ticket])
            sync.push(work.office)
            assert rows(work, "SELECT * FROM held_order") == []
    # One more that nobody heard of when the disk failed.
    with at_work(place.windows[0]) as work:
        sold.append(pay(faulty(work, *[DEAF] * 99), take(work, (1, 6))).order_id)
    return Kept(sold, ticket)


def all_is_back(place: Place, kept: Kept) -> None:
    with open_central(place.central) as central:
        store = central.store
        marks = ", ".join("?" * len(kept.orders))
        paid = store.all(f"SELECT status FROM orders WHERE id IN ({marks})", kept.orders)
        assert paid == [("paid",)] * len(kept.orders)
        assert store.first("SELECT 1 FROM hand_over WHERE ticket_id = ?", (kept.ticket,))
        assert store.all("SELECT reason FROM review") == []
        assert store.all("SELECT facts FROM cases WHERE kind = 'recovery_conflict'") == []
        assert store.first(*guard.GRANTING) is None
    # Each takes what it could not know to be free before the other had reported.
    for n, home in enumerate(place.windows, start=1):
        with at_work(home) as work:
            sell(work, (n, 7))
            sync.pull(work.office)
    for home in place.windows:
        with at_work(home) as work:
            sync.pull(work.office)
    place.verify()


def report(place: Place) -> None:
    """Each window comes twice: first all let go, then each takes what it holds."""
    for home in (*place.windows, *place.windows):
        with at_work(home) as work, suppress(CentralRecovering):
            sync.push(work.office)
            sync.pull(work.office)
    assert place.waiting() == []


@pytest.mark.parametrize("aside", [False, True])
def test_a_dump_put_back_at_the_same_server(
    servers: list[Server], place: Place, aside: bool
) -> None:
    (server,) = servers
    file = place.folder / "dump"
    place.set_up(server)
    baskets = before(place)
    dump(server, file)
    kept = after(place, baskets)
    if aside:
        put_aside(server)
    else:
        server.make_empty()
    restore(server, file)
    place.command("init")
    if aside:
        with at_work(place.windows[0]) as early, pytest.raises(CentralShut):
            early.office.link.greet()
    place.command("restored", *BY)
    if aside:
        let_in = f"GRANT CONNECT ON DATABASE {DATABASE} TO PUBLIC"
        program("psql", "-q", server.url, "-c", let_in)
    assert place.waiting() == ["east", "west"]
    with at_work(place.windows[0]) as one, pytest.raises(CentralRecovering):
        take(one, (4, 1))
    report(place)
    all_is_back(place, kept)


@pytest.mark.parametrize("servers", [2], indirect=True)
def test_a_dump_put_back_at_another_server_that_knows_no_window(
    servers: list[Server], place: Place
) -> None:
    """No roles came along: the windows get new logins, and sell meanwhile within custody."""
    old, new = servers
    file = place.folder / "dump"
    place.set_up(old)
    baskets = before(place)
    dump(old, file)
    kept = after(place, baskets)
    old.cluster.discard()
    make_roles(new)
    restore(new, file)
    place.command("init", new.url)
    place.command("restored", *BY)
    for home in place.windows:
        out = place.folder / f"{home.path.name}-again.json"
        place.command("password", home.path.name, "--out", out)
        with at_work(home) as work:  # the old address answers no more
            with pytest.raises(CentralUnreachable):
                sync.pull(work.office)
            (basket,) = rows(work, "SELECT id FROM orders WHERE status = 'open'")
            kept.orders.append(pay(work, basket[0]).order_id)
        bootstrap.enrol_window(home, out, lambda *_: None)
        assert not bootstrap.enrolling(home), "it need not wait for the others"
    report(place)
    all_is_back(place, kept)
    with pytest.raises(CentralPassword):
        connect(Address(new.url.replace(f"{OWNER}:{SECRET}", "boxoffice_w1:guessed"), DATABASE))
