"""A durable central on a server for benchmarks: windows, free seats, and pages to push."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boxoffice.central import founding, rights, stock
from boxoffice.central.enrolling import enrol
from boxoffice.central.items import Credentials, Page, PushedOrder
from boxoffice.central.pulling import raise_version
from boxoffice.domain.ids import new_id
from boxoffice.domain.signing import CertifiedKey
from boxoffice.records import whole_order
from boxoffice.records.journal import FIRST, JournalEntry, canonical, entry_hash
from boxoffice.records.postgres import Address, PostgresStore, connect
from boxoffice.records.sales import Order, OrderLine, Ticket
from boxoffice.records.takings import Payment, Posting
from boxoffice.records.whole_order import columns
from boxoffice.rehearsal.server import DATABASE, ScratchServer
from tests import servers

AT = "2025-09-27T04:00:00.000000Z"
DAY = "2025-09-27"
SEATS = 20_000
"""Of each session made here; one plan has them."""
PLAN = 900
FIRST_SEAT = 1_000_000


@dataclass(frozen=True)
class Venue:
    """The server, and how its windows reach it."""

    server: ScratchServer

    @property
    def bare_url(self) -> str:
        """Its address without a name and a password."""
        return f"postgresql://127.0.0.1:{self.server.port}/{DATABASE}"

    def owner(self) -> PostgresStore:
        return connect(self.server.address())

    def window(self, number: int) -> PostgresStore:
        role = rights.window_role(servers.SCHEMA, number)
        return connect(Address(self.bare_url, servers.SCHEMA, role, servers.PASSWORD))

    def add_windows(self, last: int) -> None:
        """Windows 3 to `last`; the small catalogue brings the first two."""
        with closing(self.owner()) as store, store.transaction():
            for number in range(3, last + 1):
                enrol(store, number, str(number), CertifiedKey(number, 1, b"", b""))
                founding.let_in(store, servers.SCHEMA, number, servers.PASSWORD)

    def add_sessions(self, *sessions: int) -> None:
        """Sessions in which every seat is free."""
        with closing(self.owner()) as store, store.transaction():
            if not store.first("SELECT 1 FROM plan WHERE id = ?", (PLAN,)):
                store.run("INSERT INTO plan VALUES (?, 'bench', 1, 1, '')", (PLAN,))
                store.run(
                    "INSERT INTO seat SELECT ? + n, ?, 'B' || n, 'z', '1', n::text, 'A', n, 0, 1, "
                    "n FROM generate_series(1, ?) n",
                    (FIRST_SEAT, PLAN, SEATS),
                )
            for session in sessions:
                store.run(
                    "INSERT INTO session VALUES (?, ?, ?, 'day', '', '', ?, ?, 'p', ?, ?, 0, '')",
                    (session, f"B{session}", DAY, AT, AT, PLAN, SEATS),
                )
                stock.open_session(store, session, PLAN, SEATS)
            raise_version(store, "catalogue_version")

    def settle_down(self) -> None:
        """What a server does by itself in the night after much was stored."""
        with closing(self.owner()) as store:
            store.execute("VACUUM ANALYZE")
            store.execute("CHECKPOINT")


@contextmanager
def venue() -> Iterator[Venue]:
    """A server that keeps what it says it keeps, with the small catalogue."""
    with tempfile.TemporaryDirectory(prefix="boxoffice-bench-") as folder:
        Path(folder).chmod(0o755)  # the server is another user's where we are root
        server = ScratchServer(Path(folder) / "server", durable=True)
        try:
            server.make()
            servers.fill(server.address())
            yield Venue(server)
        finally:
            server.discard()


def pair(n: int) -> tuple[int, int]:
    """Two seats of which no other `n` has one."""
    return FIRST_SEAT + 2 * n + 1, FIRST_SEAT + 2 * n + 2


Head = tuple[int, str]
BEGINNING: Head = (0, FIRST)


def page(who: Credentials, after: Head, session: int, numbers: Sequence[int]) -> tuple[Page, Head]:
    """Sales of a pair of seats each, as a window reports them; and the head of its chain then."""
    entries, postings, orders = [], [], []
    for n in numbers:
        rows = _sale(who, session, n)
        order_id, digest = str(whole_order.head(rows, "id")), whole_order.digest(rows)
        number = after[0] + 1
        amounts = [["cash", 20_000], ["sales", -20_000]]
        content = (who.window, who.epoch, number, AT, "bench", None, "sale", order_id, 1, digest)
        content = (*content, canonical({}), canonical(amounts), after[1])
        entries.append([*content, entry_hash(content)])
        after = number, str(entries[-1][-1])
        head = (who.window, who.epoch, number)
        postings += [
            [*head, line, AT, DAY, None, account, fen, "CNY", order_id]
            for line, (account, fen) in enumerate(amounts, start=1)
        ]
        orders.append(PushedOrder(0, number, digest, rows))
    return Page(entries, postings, orders), after


def _sale(who: Credentials, session: int, n: int) -> whole_order.OrderRows:
    order, payment = new_id(), new_id()
    made: dict[str, list[list[Any]]] = {"hand_over": [], "refund": []}
    made["orders"] = [
        [
            *(order, 1, f"B{who.window}-{n}", f"P{who.window}-{n}", "window", "paid", AT, AT, DAY),
            *(who.window, who.epoch, "bench", None, 20_000, "CNY", "试", "", "", "", "", None, 0),
        ]
    ]
    made["payment"] = [
        [
            *(payment, order, None, "cash", 20_000, 20_000, 0, "CNY", AT, DAY),
            *(who.window, who.epoch, None, None, None, None),
        ]
    ]
    made["order_line"], made["ticket"] = [], []
    for position, seat in enumerate(pair(n), start=1):
        line = new_id()
        made["order_line"].append(
            [
                *(line, order, position, session, seat, "A", "adult", "sold", payment, 10_000, 1),
                *("standard", "试", "resident_id", "", f"d{who.window}-{n}-{position}", ""),
                *(None, 0),
            ]
        )
        made["ticket"].append(
            [new_id(), order, line, session, seat, "issued", 1, 1, who.window, who.epoch]
        )
    return made


WRITTEN = {
    "journal": len(columns(JournalEntry)),
    "posting": len(columns(Posting)),
    "orders": len(columns(Order)),
    "order_line": len(columns(OrderLine)),
    "ticket": len(columns(Ticket)),
    "payment": len(columns(Payment)),
}
"""Tables that a page writes, and how many columns each has."""


def rows_of(pushed: Page) -> dict[str, list[Sequence[Any]]]:
    """The bare rows of a page by table."""
    found: dict[str, list[Sequence[Any]]] = {name: [] for name in WRITTEN}
    found["journal"], found["posting"] = list(pushed.entries), list(pushed.postings)
    for order in pushed.orders:
        for name in ("orders", "order_line", "ticket", "payment"):
            found[name] += order.rows[name]
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]
