"""What a window makes of a greeting: is it the same central, and does it have all it confirmed?

Where central was restored or failed over the window says what it holds and pushes again what was
lost, and only then goes on (rule 18). Where central has more than the window, the window's own
file is an old one (rule 16).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from boxoffice import clock
from boxoffice.central import guard, pulling, pushing, recovering
from boxoffice.central.items import AGAIN, Credentials, Hello, Items
from boxoffice.central.recovering import Held
from boxoffice.domain.statuses import RequestStatus
from boxoffice.errors import BoxOfficeError, CopiedRecords, ForkedJournal, RecordsBehind
from boxoffice.records.meta import read_fact, write_fact
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Chain, head_of
from boxoffice.services.office import Office
from boxoffice.services.sharing import elsewhere, following, sync

LIFE, ANSWERS_HERE, ANSWERS_THERE = "central_life", "answers_here", "answers_there"
FACTS = (LIFE, ANSWERS_HERE, ANSWERS_THERE)
"""In `meta`: the life of central this window knows, and how many answers each side had counted
when they last agreed."""


@dataclass(frozen=True, slots=True)
class _Own:
    """What this window knows for certain."""

    number: int
    """Of its last journal entry."""
    same: bool
    """Whether central's last entry of it is one of its own."""
    confirmed: int
    """Number of the last entry that central confirmed."""
    life: str
    answers: int
    """How many takes and gives central has booked, at least."""
    most: int
    """And at most: it asked for no more."""


def heard(office: Office, central: Store, hello: Hello) -> None:
    """Central has greeted; called on its lane before the connection is used for anything.

    Raises RecordsBehind, ForkedJournal or CopiedRecords, which lock this window, or
    CentralRecovering.
    """
    clock.hear(hello.now)
    own = office.writing.call(lambda store: _look(store, office.chain, hello))
    if hello.head[0] > own.number:
        name = office.home.window_file.name
        _lock(office, RecordsBehind(file=name, number=hello.head[0], known=own.number))
    if not own.same:
        _lock(office, ForkedJournal(window=office.chain.window, number=hello.head[0]))
    if hello.answers > own.most and own.life == hello.incarnation == hello.reported:
        # What it took and gave back since this copy was made stands in no journal.
        _lock(office, CopiedRecords(window=office.chain.window, why="behind"))
    lost = hello.head[0] < own.confirmed or hello.answers < own.answers
    another = own.life not in ("", hello.incarnation)
    if lost or another or hello.reported != hello.incarnation:
        _report_again(office, central, hello)
    elif not own.life:
        office.write(lambda store: write_fact(store, LIFE, hello.incarnation))


def _lock(office: Office, error: BoxOfficeError) -> None:
    office.lock(error)
    raise error


def _look(store: Store, chain: Chain, hello: Hello) -> _Own:
    number, _ = head_of(store, chain.window, chain.epoch)
    there, hashed = hello.head
    found = store.first(
        "SELECT hash FROM journal WHERE window_id = ? AND epoch = ? AND number = ?",
        (chain.window, chain.epoch, there),
    )
    return _Own(
        number=number,
        same=there == 0 or there > number or (found is not None and found[0] == hashed),
        confirmed=sync.acknowledged(store),
        life=read_fact(store, LIFE, ""),
        answers=_answered(store, chain) + _besides(store),
        most=asked(store, chain.epoch),
    )


def asked(store: Store, epoch: int) -> int:
    """How many takes and gives central can have booked, as far as these records know."""
    found = store.first("SELECT count(*) FROM request WHERE epoch = ?", (epoch,))
    return (int(found[0]) if found else 0) + _besides(store)


def _besides(store: Store) -> int:
    """What central had counted more when both sides last agreed."""
    return int(read_fact(store, ANSWERS_THERE, "0")) - int(read_fact(store, ANSWERS_HERE, "0"))


def _answered(store: Store, chain: Chain) -> int:
    found = store.first(
        "SELECT count(*) FROM request WHERE epoch = ? AND status IN ('granted', 'given')",
        (chain.epoch,),
    )
    return int(found[0]) if found else 0


def _report_again(office: Office, central: Store, hello: Hello) -> None:
    """Named steps, each safe to repeat: the next greeting begins again where this one broke off."""
    who, chain = hello.credentials, office.chain
    if hello.reported == hello.incarnation:
        recovering.notice(central, who)
    office.write(lambda store: _turn_back(store, chain, hello.head[0]))
    # In one moment: what is emptied between two looks would be in neither.
    asked, here = office.writing.call(lambda store: (_open_requests(store, chain), _held(store)))
    held = _with(here, _booked(central, asked))
    recovering.let_go(central, who, held)
    recovering.require_all_let_go(central)
    recovering.claim(central, who, held)
    _push_again(office, central, who)
    life = guard.incarnation(central)
    answers = guard.answered(central, who.window, who.epoch)
    turned_back = read_fact(central, guard.TURNED_BACK, "0:0")
    taken = pulling.held_seats(central)

    def remember(store: Store) -> None:
        write_fact(store, LIFE, life)
        _read_again(store, turned_back)
        if not following.unfinished(store):
            # Of what came and went while it stood on lines that are lost nobody tells any more.
            elsewhere.replace_seats(store, chain, taken)
        office.underway.pages += 1  # what is being read now was another feed
        write_fact(store, ANSWERS_HERE, str(_answered(store, chain)))
        write_fact(store, ANSWERS_THERE, str(answers))

    office.write(remember)
    office.underway.places_at = float("-inf")
    recovering.reported(central, who)
    office.changes.tell(["central"])


def _read_again(store: Store, turned_back: str) -> None:
    """The feed from where it was written anew; what is known of it is read twice and changes
    nothing. Whoever was still fetching all of it begins again."""
    cursor = read_fact(store, following.CURSOR, "")
    if cursor:
        first = min((cursor, turned_back), key=_place)
        write_fact(store, following.CURSOR, first)
    else:
        store.run("DELETE FROM meta WHERE key = ?", (following.START,))


def _place(text: str) -> tuple[int, int]:
    xid, _, line = text.rpartition(":")
    return int(xid or 0), int(line)


def _turn_back(store: Store, chain: Chain, number: int) -> None:
    """What central had confirmed after this number is unsent again, with its orders.

    One that somebody else changed since comes with their push.
    """
    confirmed = sync.acknowledged(store)
    if number >= confirmed:
        return
    lost = store.all(
        "SELECT j.order_id FROM journal j JOIN orders o ON o.id = j.order_id "
        "WHERE j.window_id = ? AND j.epoch = ? AND j.number > ? AND j.number <= ? "
        "GROUP BY j.order_id, o.version HAVING o.version <= (SELECT max(k.order_version) "
        "FROM journal k WHERE k.order_id = j.order_id AND k.window_id = ? AND k.epoch = ?)",
        (chain.window, chain.epoch, number, confirmed, chain.window, chain.epoch),
    )
    store.many(
        "INSERT INTO held_order (order_id, base_version, request_id) VALUES (?, ?, NULL) "
        "ON CONFLICT (order_id) DO UPDATE SET base_version = excluded.base_version",
        [(row[0], AGAIN) for row in lost],
    )
    write_fact(store, sync.PUSHED, str(number))


def _open_requests(store: Store, chain: Chain) -> list[tuple[str, str, Items]]:
    return [
        (str(row[0]), str(row[1]), Items.read(row[2]))
        for row in store.all(
            "SELECT id, status, items FROM request WHERE epoch = ? "
            "AND status IN ('asked', 'giving')",
            (chain.epoch,),
        )
    ]


def _booked(central: Store, asked: list[tuple[str, str, Items]]) -> list[Items]:
    """What is asked and central has granted, or is given and central has not heard of it.

    It is the window's as central sees it: `settle` gives it back, now as ever.
    """
    found = []
    for request_id, status, items in asked:
        known = central.first("SELECT 1 FROM answer WHERE request_id = ?", (request_id,))
        if (known is not None) == (status == RequestStatus.ASKED):
            found.append(items)
    return found


_OF_ORDERS = """
SELECT l.session_id, l.seat_id, l.order_id FROM order_line l
JOIN held_order h ON h.order_id = l.order_id
WHERE (h.base_version = 0 AND l.status <> 'open')
  OR (h.base_version = ? AND l.status IN ('sold', 'reserved'))
"""
"""Places of orders that central is still to hear of, or to hear of again."""


def _held(store: Store) -> Held:
    seats = {
        (int(row[0]), int(row[1])): ""
        for row in store.all(
            "SELECT session_id, seat_id FROM held_seat "
            "UNION SELECT session_id, seat_id FROM allotted_seat"
        )
    }
    places: Counter[int] = Counter()
    for session, count in store.all(
        "SELECT session_id, places FROM held_places "
        "UNION ALL SELECT session_id, places FROM allotted_places"
    ):
        places[int(session)] += int(count)
    for session, seat, order in store.all(_OF_ORDERS, (AGAIN,)):
        if seat is None:
            places[int(session)] += 1
        else:
            seats[int(session), int(seat)] = str(order)
    claims = set(store.all("SELECT session_id, document_hash FROM held_claim"))
    orders = frozenset(str(row[0]) for row in store.all("SELECT order_id FROM held_order"))
    return Held(seats, places, frozenset((int(s), str(h)) for s, h in claims), orders)


def _with(held: Held, booked: list[Items]) -> Held:
    """What is held, and what requests without an answer speak of."""
    seats, places = dict(held.seats), Counter(held.places)
    claims, orders = set(held.claims), set(held.orders)
    for items in booked:
        seats |= {place: "" for place in items.seats if place not in seats}
        places.update(dict(items.places))
        claims.update(items.claims)
        orders.update(items.orders, items.expired)
    return Held(seats, places, frozenset(claims), frozenset(orders))


def _push_again(office: Office, central: Store, who: Credentials) -> None:
    while True:
        page = office.write(lambda store: sync.page_of(office.chain, store))
        if not page.entries:
            return
        ack = pushing.push(central, who, page)
        office.write(lambda store, page=page, ack=ack: sync.acknowledge(store, page, ack))  # type: ignore[misc]
