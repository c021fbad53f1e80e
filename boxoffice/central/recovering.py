"""Central restored or failed over: it grants nothing before its windows have reported (rule 18).

Two rounds: every window lets go of what it does not hold; when all have, each takes what it holds
and pushes again what central lost. A fenced window is not waited for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from boxoffice import clock
from boxoffice.central import guard, pools
from boxoffice.central.fencing import author
from boxoffice.central.guard import CENTRAL, RECOVERING
from boxoffice.central.items import Credentials, Items
from boxoffice.central.pulling import raise_version
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import CaseStatus
from boxoffice.errors import CentralRecovering
from boxoffice.records.custody import CENTRAL_PLACES, CENTRAL_POOL, Answer
from boxoffice.records.journal import canonical
from boxoffice.records.meta import write_fact
from boxoffice.records.people import Case
from boxoffice.records.store import Row, Store
from boxoffice.records.unit_of_work import unit_of_work

CONFLICT = "recovery_conflict"
"""Kind of the case that names what two hold after a restore."""


@dataclass(frozen=True, slots=True)
class Held:
    """All that a window holds, as it knows it."""

    seats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(session, seat), with the order that is to be pushed for it, or nothing."""
    places: Mapping[int, int] = field(default_factory=dict)
    """Unnumbered ones by session."""
    claims: frozenset[tuple[int, str]] = frozenset()
    orders: frozenset[str] = frozenset()


def declare(store: Store, *, operator: str, reason: str) -> None:
    """Central was restored: a new life of it begins, and all windows have to report; by hand."""
    with unit_of_work(store, CENTRAL) as unit:
        if store.shared and store.first(
            "SELECT 1 FROM feed WHERE xid > pg_current_xact_id()::text::bigint LIMIT 1"
        ):
            # Another cluster, which counts its transactions anew: the feed is read from its start.
            store.run("UPDATE feed SET xid = 0")
            write_fact(store, guard.TURNED_BACK, "0:0")
        _turn(store)
        if not guard.waiting_for(store):
            store.run("DELETE FROM meta WHERE key = ?", (RECOVERING,))
        facts = {"reason": reason, "by": operator}
        unit.record("restored", author=author(store, operator), facts=facts)


def _turn(store: Store) -> None:
    """A new life of central, and the place in the feed where it begins."""
    store.run("UPDATE meta SET value = ? WHERE key = 'incarnation'", (new_id(),))
    write_fact(store, RECOVERING, "1")
    store.run(
        "INSERT INTO meta (key, value) VALUES (?, coalesce((SELECT xid || ':' || id FROM feed "
        "ORDER BY xid DESC, id DESC LIMIT 1), '0:0')) ON CONFLICT (key) DO NOTHING",
        (guard.TURNED_BACK,),
    )


def notice(store: Store, who: Credentials) -> None:
    """A window finds that central lost what it had confirmed."""
    with store.transaction():
        guard.check(store, who)
        if store.shared:
            store.first("SELECT notice_loss()")
            return
        if store.first(*guard.GRANTING) is None:
            _turn(store)
        _mark(store, who, "incarnation = 'lost'")


def let_go(store: Store, who: Credentials, held: Held) -> None:
    """The first round: what central gives this window and it does not hold is central's again."""
    with store.transaction():
        guard.check(store, who)
        here = (who.window, who.epoch)
        left: list[tuple[int, int]] = []
        for session, seat in _seats_of(store, who):
            if (session, seat) not in held.seats:
                store.run(
                    "UPDATE custody_seat SET holder = NULL, epoch = NULL "
                    "WHERE session_id = ? AND seat_id = ? AND holder = ? AND epoch = ?",
                    (session, seat, *here),
                )
                left.append((session, seat))
        for (order,) in store.all(
            "SELECT order_id FROM custody_order WHERE holder = ? AND epoch = ?", here
        ):
            if order not in held.orders:
                store.run(
                    "UPDATE custody_order SET holder = NULL, epoch = NULL "
                    "WHERE order_id = ? AND holder = ? AND epoch = ?",
                    (order, *here),
                )
        for document in store.all(
            "SELECT session_id, document_hash FROM claim WHERE holder = ? AND epoch = ?", here
        ):
            if document not in held.claims:
                store.run(
                    "DELETE FROM claim WHERE session_id = ? AND document_hash = ? "
                    "AND holder = ? AND epoch = ?",
                    (*document, *here),
                )
        _adjust_places(store, who, held, take=False)
        _tell_maps(store, who, "give", left)
        if store.shared:
            store.first("SELECT let_go()")
        else:
            life = "(SELECT value FROM meta WHERE key = 'incarnation')"
            _mark(store, who, f"released = {life}")


def require_all_let_go(store: Store) -> None:
    """Raise CentralRecovering while some window has not been through the first round."""
    waiting = store.all(
        "SELECT w.name FROM ticket_window w JOIN meta m ON m.key = 'incarnation' "
        "WHERE w.fenced = 0 AND w.incarnation NOT IN ('', m.value) AND w.released <> m.value "
        "ORDER BY w.id"
    )
    if waiting:
        raise CentralRecovering(windows=", ".join(str(row[0]) for row in waiting))


def claim(store: Store, who: Credentials, held: Held) -> int:
    """The second round: what this window holds is its own again; answers how much is disputed.

    Each dispute becomes a case; nothing is taken from anybody.
    """
    with store.transaction():
        guard.check(store, who)
        disputes: list[dict[str, object]] = []
        taken = []
        for (session, seat), order in sorted(held.seats.items()):
            if _claim_seat(store, who, session, seat):
                taken.append((session, seat))
            elif not _is_ours(store, who, session, seat, order):
                disputes.append({"session": session, "seat": seat})
        for order in sorted(held.orders):
            store.run(
                "UPDATE custody_order SET holder = ?, epoch = ? "
                "WHERE order_id = ? AND holder IS NULL",
                (who.window, who.epoch, order),
            )
            other = store.first("SELECT holder FROM custody_order WHERE order_id = ?", (order,))
            if other is not None and other[0] != who.window:
                disputes.append({"order": order})
        store.many(
            "INSERT INTO claim (session_id, document_hash, holder, epoch) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (session_id, document_hash) DO NOTHING",
            [(*document, who.window, who.epoch) for document in sorted(held.claims)],
        )
        disputes += _adjust_places(store, who, held, take=True)
        _open_cases(store, who, disputes)
        _tell_maps(store, who, "take", taken)
    return len(disputes)


def reported(store: Store, who: Credentials) -> None:
    """All that central lost of this window is there again."""
    with store.transaction():
        guard.check(store, who)
        if store.shared:
            store.first("SELECT reported()")
            return
        _mark(store, who, "incarnation = (SELECT value FROM meta WHERE key = 'incarnation')")
        guard.grant_again(store)


def _mark(store: Store, who: Credentials, what: str) -> None:
    store.run(f"UPDATE ticket_window SET {what} WHERE id = ?", (who.window,))


def _seats_of(store: Store, who: Credentials) -> list[Row]:
    return store.all(
        "SELECT session_id, seat_id FROM custody_seat WHERE holder = ? AND epoch = ? ORDER BY 1, 2",
        (who.window, who.epoch),
    )


def _claim_seat(store: Store, who: Credentials, session: int, seat: int) -> bool:
    return bool(
        store.run(
            "UPDATE custody_seat SET holder = ?, epoch = ? WHERE session_id = ? AND seat_id = ? "
            "AND holder IS NULL AND order_id IS NULL",
            (who.window, who.epoch, session, seat),
        )
    )


def _is_ours(store: Store, who: Credentials, session: int, seat: int, order: str) -> bool:
    found = store.first(
        "SELECT holder, order_id FROM custody_seat WHERE session_id = ? AND seat_id = ?",
        (session, seat),
    )
    return found is not None and (found[0] == who.window or bool(order and found[1] == order))


def _adjust_places(
    store: Store, who: Credentials, held: Held, *, take: bool
) -> list[dict[str, object]]:
    """Its pools become as many places as it has seats and unnumbered places; answers what lacks."""
    wanted = Counter(held.places)
    wanted.update(session for session, _ in _seats_of(store, who))
    has: dict[int, int] = dict(
        store.all("SELECT session_id, places FROM pool WHERE holder = ?", (who.window,))
    )
    moves: Counter[tuple[int, int, int]] = Counter()
    lacking: list[dict[str, object]] = []
    for session in sorted({*wanted, *has}):
        more = wanted[session] - has.get(session, 0)
        if more < 0:
            moves[session, who.window, CENTRAL_POOL] = -more
        elif more > 0 and take:
            left = store.first(
                f"SELECT places FROM {CENTRAL_PLACES} o WHERE session_id = ?", (session,)
            )
            there = min(more, int(left[0]) if left else 0)
            if there:
                moves[session, CENTRAL_POOL, who.window] = there
            if there < more:
                lacking.append({"session": session, "places": more - there})
    pools.move(store, moves)
    return lacking


def _open_cases(store: Store, who: Credentials, disputes: Iterable[dict[str, object]]) -> None:
    rows = []
    for facts in disputes:
        order = store.first("SELECT number FROM orders WHERE id = ?", (facts.get("order", ""),))
        row = {
            "id": new_id(),
            "kind": CONFLICT,
            "key": canonical({**facts, "window": who.window, "life": guard.incarnation(store)}),
            "status": CaseStatus.OPEN,
            "opened_at": clock.now(),
            "order_number": str(order[0] or "") if order else "",
            "facts": canonical({**facts, "window": who.window}),
        }
        rows.append(row)
    store.insert(Case, rows, conflict="ON CONFLICT (kind, key) DO NOTHING")
    if rows and not store.shared:  # a server's trigger tells the windows
        raise_version(store, "people_version")


def _tell_maps(store: Store, who: Credentials, kind: str, seats: list[tuple[int, int]]) -> None:
    if not seats:
        return
    last = store.first(
        "SELECT coalesce(max(number), 0) FROM answer WHERE window_id = ? AND epoch = ?",
        (who.window, who.epoch),
    )
    row = {
        "request_id": new_id(),
        "window_id": who.window,
        "epoch": who.epoch,
        "kind": kind,
        "number": int(last[0]) + 1 if last else 1,
        "items": Items(seats=tuple(seats)).text(),
    }
    store.insert(Answer, [row])
