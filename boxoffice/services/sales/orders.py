"""What a basket or a reservation says of its tickets and its buyer: types, documents, name."""

from __future__ import annotations

from collections.abc import Callable

from boxoffice import clock
from boxoffice.desk import Desk, Right
from boxoffice.domain import identity
from boxoffice.domain.statuses import OrderStatus
from boxoffice.errors import DocumentUsed, NoPrice
from boxoffice.exchange.people_list import Person
from boxoffice.queries import catalogue
from boxoffice.records.personal import Seal
from boxoffice.records.sales import Order, OrderLine
from boxoffice.records.store import Row, Store
from boxoffice.records.unit_of_work import Author, Unit
from boxoffice.services.office import Office
from boxoffice.services.sales import limits
from boxoffice.services.sharing import at_hand


def set_ticket_type(
    *, office: Office, desk: Desk, basket: str, line_id: str, ticket_type: str
) -> None:
    """Sell a line as another ticket type, at that type's price. Raises NoPrice."""
    desk.require(Right.SELL)

    def change(store: Store) -> None:
        line = _line(store, basket, line_id)
        card = catalogue.session_terms(store, line[0])
        today = clock.business_day(clock.now()).isoformat()
        tag = catalogue.prices(store, card.price_plan, today).get((line[1], ticket_type))
        if tag is None:
            raise NoPrice(category=line[1], ticket_type=ticket_type)
        store.change(
            OrderLine.update(
                ticket_type=ticket_type, price_fen=tag.fen, price_id=tag.id, proof=""
            ).where(OrderLine.id == line_id)
        )
        store.run(
            "UPDATE orders SET total_fen = (SELECT sum(price_fen) FROM order_line "
            "WHERE order_id = orders.id AND status <> 'released') WHERE id = ?",
            (basket,),
        )

    edit(office, desk, basket, change)


def set_attendee(
    *,
    office: Office,
    desk: Desk,
    basket: str,
    line_id: str,
    name: str,
    document_type: str,
    document: str,
) -> None:
    """Bind a ticket to a person's document; one document, one ticket per session.

    Checked here against all this window knows; central has the last word when the basket is paid.
    Raises BadDocument for a malformed number, DocumentUsed where it has a ticket already,
    LimitReached where it has as many as one may buy.
    """
    desk.require(Right.SELL)
    person = Person(0, name.strip(), document_type, identity.check(document_type, document))

    def bind(store: Store) -> None:
        _line(store, basket, line_id)
        bind_person(store, office.seal, line_id, person)

    edit(office, desk, basket, bind)


def clear_attendee(*, office: Office, desk: Desk, basket: str, line_id: str) -> None:
    """Take the person off a ticket again."""
    desk.require(Right.SELL)

    def unbind(store: Store) -> None:
        _line(store, basket, line_id)
        store.change(
            OrderLine.update(
                attendee="", document_type="", document_sealed="", document_hash=""
            ).where(OrderLine.id == line_id)
        )

    edit(office, desk, basket, unbind)


def confirm_proof(*, office: Office, desk: Desk, basket: str, line_id: str, seen: str) -> None:
    """The clerk saw what gives the right to a concession; `seen` says what, "" takes it back."""
    desk.require(Right.SELL)

    def note(store: Store) -> None:
        _line(store, basket, line_id)
        store.run("UPDATE order_line SET proof = ? WHERE id = ?", (seen.strip(), line_id))

    edit(office, desk, basket, note)


def set_buyer(*, office: Office, desk: Desk, basket: str, name: str, phone: str) -> None:
    """Note who buys, if they want to be known; both may be empty. Raises LimitReached."""
    desk.require(Right.SELL)
    digits = "".join(phone.split()).replace("-", "")

    def change(store: Store) -> None:
        limits.refuse_phone(store, basket, office.seal.hash(digits))
        store.change(
            Order.update(
                buyer=name.strip(),
                phone_sealed=office.seal.seal(digits),
                phone_hash=office.seal.hash(digits),
                phone_end_hash=office.seal.phone_end(digits),
            ).where(Order.id == basket)
        )

    edit(office, desk, basket, change)


def bind_person(store: Store, seal: Seal, line_id: str, person: Person) -> None:
    """Bind a line to a person's document. Raises DocumentUsed or LimitReached."""
    hashed = seal.hash(person.number)
    found = store.first("SELECT session_id FROM order_line WHERE id = ?", (line_id,))
    refuse_used(store, int(found[0]) if found else 0, line_id, hashed)
    limits.refuse_document(store, line_id, hashed)
    store.run(
        "UPDATE order_line SET attendee = ?, document_type = ?, document_sealed = ?, "
        "document_hash = ? WHERE id = ?",
        (person.name, person.document_type, seal.seal(person.number), hashed, line_id),
    )


def refuse_used(store: Store, session: int, line_id: str, hashed: str) -> None:
    """Raise DocumentUsed where it has a live ticket for the session, or another basket line.

    Another unpaid ticket of the same reservation counts too: they may be paid for together.
    """
    found = store.first(
        "SELECT coalesce(o.number, ''), s.name_zh, s.name_en FROM order_line l "
        "JOIN orders o ON o.id = l.order_id JOIN session s ON s.id = l.session_id "
        "WHERE l.document_hash = ? AND l.document_hash <> '' AND l.session_id = ? "
        "AND l.id <> ? AND (o.version = 0 OR EXISTS "
        "(SELECT 1 FROM ticket t WHERE t.line_id = l.id AND t.live = 1) OR l.status = 'reserved' "
        "AND l.order_id = (SELECT order_id FROM order_line WHERE id = ?))",
        (hashed, session, line_id, line_id),
    )
    if found is not None:
        raise DocumentUsed(session_zh=found[1], session_en=found[2], order=found[0])


def edit(office: Office, desk: Desk, order_id: str, change: Callable[[Store], None]) -> None:
    """Change a basket, or a reservation this window holds: that one with a journal entry.

    Raises WrongStatus where the order is not at hand.
    """

    def run(store: Store) -> OrderStatus:
        status = at_hand.require_at_hand(store, order_id)
        if status is OrderStatus.OPEN:
            change(store)
        return status

    # What a power cut takes from a basket is typed once more.
    if office.write(run, [f"order:{order_id}"], durable=False) is OrderStatus.OPEN:
        return

    def journalled(unit: Unit) -> None:
        at_hand.require_at_hand(unit.store, order_id)
        change(unit.store)
        unit.record("edit", author=Author(desk.operator.id, desk.shift_id), order_id=order_id)

    office.unit(journalled, [f"order:{order_id}"])


def _line(store: Store, basket: str, line_id: str) -> Row:
    """(session, category) of a line that is not paid for. Raises LookupError for any other."""
    found = store.first(
        "SELECT session_id, category FROM order_line WHERE id = ? AND order_id = ? "
        "AND status IN ('open', 'reserved')",
        (line_id, basket),
    )
    if found is None:
        raise LookupError(f"no unpaid line {line_id} in {basket}")
    return found
