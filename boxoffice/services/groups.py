"""A group's list bound to the tickets of a basket: looked at first, then all who fit at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from boxoffice.desk import Desk, Right
from boxoffice.domain.masking import mask_document, mask_name
from boxoffice.errors import DocumentUsed, LimitReached
from boxoffice.exchange.people_list import PeopleList, Person, Trouble
from boxoffice.records.personal import Seal
from boxoffice.records.store import Store
from boxoffice.services import limits, orders
from boxoffice.services.office import Office


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One person of the list, masked, and what would become of them."""

    line: int
    name: str
    document_type: str
    document: str
    tickets: int
    """How many tickets they get: one for each session of the basket."""
    bound: bool = False
    """Whether the basket has them already."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What binding a list would do."""

    rows: tuple[GroupRow, ...]
    errors: tuple[Trouble, ...]
    """Lines that cannot be read, and people who cannot be bound, by line."""
    free: int
    """Tickets of the basket that would still lack a person."""
    over: int
    """People for whom there is no ticket."""

    @property
    def tickets(self) -> int:
        """How many tickets get a person."""
        return sum(row.tickets for row in self.rows if not row.bound)


@dataclass(frozen=True, slots=True)
class _Match:
    """Who gets which line, and what stands against others."""

    pairs: list[tuple[Person, str]]
    already: set[str]
    errors: list[Trouble]
    free: int
    over: int


def preview(store: Store, seal: Seal, basket: str, listed: PeopleList) -> Preview:
    """What `bind` would do now."""
    match = _match(store, seal, basket, listed.people)
    gets: dict[str, int] = {}
    for person, _ in match.pairs:
        gets[person.number] = gets.get(person.number, 0) + 1
    rows = [
        GroupRow(
            person.line,
            mask_name(person.name),
            person.document_type,
            mask_document(person.number),
            gets.get(person.number, 0),
            person.number in match.already,
        )
        for person in listed.people
    ]
    errors = sorted((*listed.errors, *match.errors), key=lambda error: error.line)
    return Preview(tuple(rows), tuple(errors), match.free, match.over)


def bind(*, office: Office, desk: Desk, basket: str, listed: PeopleList) -> Preview:
    """Bind the people of a list to the tickets of a basket, in the order of both.

    Each gets one ticket of every session; tickets that have a person keep them, and who cannot be
    bound is left out and told by line. Answers how the list stands after it. Raises WrongStatus
    where the basket is not at hand.
    """
    desk.require(Right.SELL)

    def change(store: Store) -> None:
        for person, line_id in _match(store, office.seal, basket, listed.people).pairs:
            orders.bind_person(store, office.seal, line_id, person)

    orders.edit(office, desk, basket, change)
    return office.read(lambda store: preview(store, office.seal, basket, listed))


def _match(store: Store, seal: Seal, basket: str, people: Sequence[Person]) -> _Match:
    match = _Match([], set(), [], 0, 0)
    hashes = {person.number: seal.hash(person.number) for person in people}
    waiting: dict[int, list[str]] = {}
    named: dict[int, set[str]] = {}
    for line_id, session, hashed in store.all(
        "SELECT id, session_id, document_hash FROM order_line WHERE order_id = ? "
        "AND status IN ('open', 'reserved') ORDER BY position",
        (basket,),
    ):
        named.setdefault(session, set()).add(hashed)
        waiting.setdefault(session, [])
        if not hashed:
            waiting[session].append(line_id)
    free = over = 0
    for session, lines in waiting.items():
        left = iter(lines)
        fresh = [p for p in people if hashes[p.number] not in named[session]]
        match.already.update(p.number for p in people if hashes[p.number] in named[session])
        fitting = list(_fitting(store, session, lines, fresh, hashes, match.errors))
        match.pairs.extend(zip(fitting, left, strict=False))
        free += max(len(lines) - len(fitting), 0)
        over = max(over, len(fitting) - len(lines))
    unique = {(error.line, error.why): error for error in match.errors}
    return _Match(match.pairs, match.already, list(unique.values()), free, over)


def _fitting(
    store: Store,
    session: int,
    lines: Sequence[str],
    people: Sequence[Person],
    hashes: dict[str, str],
    errors: list[Trouble],
) -> Iterator[Person]:
    """Those who may have a ticket of the session; the others' reasons go to `errors`."""
    for person in people:
        masked = mask_document(person.number)
        try:
            if lines:
                orders.refuse_used(store, session, lines[0], hashes[person.number])
                limits.refuse_document(store, lines[0], hashes[person.number])
        except DocumentUsed as used:
            order = str(used.fields["order"])
            errors.append(Trouble(person.line, "has_ticket", masked, order))
            continue
        except LimitReached as reached:
            limit = str(reached.fields["limit"])
            errors.append(Trouble(person.line, "limit", masked, limit))
            continue
        yield person
