"""A group's list bound to the tickets of a basket: looked at first, then all who fit at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from boxoffice.desk import Desk, Right
from boxoffice.domain.masking import mask_document, mask_name
from boxoffice.errors import DocumentUsed, LimitReached
from boxoffice.exchange.people_list import PeopleList, Person, Trouble
from boxoffice.records.personal import Seal
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.services.sales import limits, orders


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
    errors = _by_line(listed.errors, match.errors)
    return Preview(tuple(rows), errors, match.free, match.over)


def bind(*, office: Office, desk: Desk, basket: str, listed: PeopleList) -> Preview:
    """Bind the people of a list to the tickets of a basket, in the order of both.

    Each gets one ticket of every session; tickets that have a person keep them, and who cannot be
    bound is left out and told by line. Answers how the list stands after it, and who was left out.
    Raises WrongStatus where the basket is not at hand.
    """
    desk.require(Right.SELL)
    done: list[_Match] = []

    def change(store: Store) -> None:
        match = _match(store, office.seal, basket, listed.people)
        done[:] = [match]
        for person, line_id in match.pairs:
            orders.bind_person(store, office.seal, line_id, person)

    orders.edit(office, desk, basket, change)
    after = office.read(lambda store: preview(store, office.seal, basket, listed))
    # Once no ticket is left, why somebody got none is known from before only.
    return replace(after, errors=_by_line(listed.errors, done[0].errors), over=done[0].over)


def _by_line(*errors: Sequence[Trouble]) -> tuple[Trouble, ...]:
    return tuple(sorted((one for some in errors for one in some), key=lambda error: error.line))


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
    fitting = _fitting(store, basket, waiting, named, people, hashes, match)
    free = over = 0
    for session, lines in waiting.items():
        match.pairs.extend(zip(fitting[session], lines, strict=False))
        free += max(len(lines) - len(fitting[session]), 0)
        over = max(over, len(fitting[session]) - len(lines))
    unique = {(error.line, error.why): error for error in match.errors}
    return _Match(match.pairs, match.already, list(unique.values()), free, over)


def _fitting(
    store: Store,
    basket: str,
    waiting: dict[int, list[str]],
    named: dict[int, set[str]],
    people: Sequence[Person],
    hashes: dict[str, str],
    match: _Match,
) -> dict[int, list[Person]]:
    """Who may have a ticket of each session; what stands against others goes to the errors.

    A limit may count over several sessions: whoever would pass it with all of their tickets gets
    none of them, so that nobody finds it out halfway.
    """
    fitting: dict[int, list[Person]] = {session: [] for session in waiting}
    for person in people:
        hashed = hashes[person.number]
        match.already.update(person.number for found in named.values() if hashed in found)
        open_to = [
            session
            for session, lines in waiting.items()
            if hashed not in named[session]
            and _fits(store, session, lines, person, hashed, match.errors)
        ]
        gets = [n for n in open_to if len(fitting[n]) < len(waiting[n])]
        try:
            limits.refuse_document_in(store, basket, hashed, gets)
        except LimitReached as reached:
            match.errors.append(_limited(person, reached))
            continue
        for session in open_to:
            fitting[session].append(person)
    return fitting


def _fits(
    store: Store,
    session: int,
    lines: Sequence[str],
    person: Person,
    hashed: str,
    errors: list[Trouble],
) -> bool:
    """Whether a person may have a ticket of one session; if not, why goes to `errors`."""
    try:
        if lines:
            orders.refuse_used(store, session, lines[0], hashed)
            limits.refuse_document(store, lines[0], hashed)
    except DocumentUsed as used:
        order = str(used.fields["order"])
        errors.append(Trouble(person.line, "has_ticket", mask_document(person.number), order))
        return False
    except LimitReached as reached:
        errors.append(_limited(person, reached))
        return False
    return True


def _limited(person: Person, reached: LimitReached) -> Trouble:
    limit = str(reached.fields["limit"])
    return Trouble(person.line, "limit", mask_document(person.number), limit)
