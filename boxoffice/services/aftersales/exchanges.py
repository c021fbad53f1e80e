"""Other places for tickets that were sold: another seat, level or session, for the difference.

First the places are taken and wait in the order (`begin`), while the old tickets stay good. Then
the difference is paid as for any order, by `checkout.pay` or `asking.ask`, or `complete` ends it
where nothing is to be paid; the last payment makes the old tickets dead and the new ones good in
one commit. Until then `give_up` lets the places go again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from boxoffice import clock
from boxoffice.central.items import Items
from boxoffice.desk import Desk, Right
from boxoffice.domain.accounts import CASH, EXCHANGE
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import LineStatus, OrderStatus, step
from boxoffice.errors import CentralUnreachable, QuoteChanged, Refused, TooMuch, WrongStatus
from boxoffice.queries import exchanges
from boxoffice.queries.deposits import deposits
from boxoffice.queries.exchanges import Part, Place, Terms
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author, Unit
from boxoffice.services.aftersales import returns
from boxoffice.services.office import Office
from boxoffice.services.sales import checkout, dues, holds, reservations, undoing
from boxoffice.services.sales.checkout import Share
from boxoffice.services.sales.dues import Due
from boxoffice.services.sales.finishing import Sale, Signer
from boxoffice.services.sales.order_acts import change_order
from boxoffice.services.sharing import at_hand, away, custody, sync
from boxoffice.services.sharing.held import holds_order
from boxoffice.services.staff import approvals, shifts
from boxoffice.services.staff.approvals import Approval

BEGIN, GIVE_UP = "exchange_begin", "exchange_end"
"""Acts in the journal; the one between them is `exchange`."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an exchange comes to now, and why a second person has to approve it, if so."""

    terms: Terms
    approval: tuple[str, ...]
    """Reasons: gates, clock; none where it is empty."""


def best_places(
    *, office: Office, desk: Desk, session_id: int, category: str, line_ids: Sequence[str]
) -> dict[str, Place]:
    """The best free seats together of a level for these lines, or places without numbers.

    Raises NotEnoughTogether.
    """
    desk.require(Right.SELL)

    def choose(store: Store) -> dict[str, Place]:
        if not category:
            return {line: Place(session_id) for line in line_ids}
        ahead = away.known(office)
        seats = holds.best_seats(store, session_id, category, len(line_ids), ahead=ahead)
        return {line: Place(session_id, s) for line, s in zip(line_ids, seats, strict=True)}

    return office.read(choose)


def quote(*, office: Office, desk: Desk, order_id: str, places: Mapping[str, Place]) -> Outlook:
    """What it comes to to have these places instead of the tickets of these lines (ids).

    Raises NoExchange with the reason, NoPrice or SessionOver.
    """
    desk.require(Right.SELL, shift=True)

    def reckon(store: Store) -> Outlook:
        found = exchanges.terms(store, order_id, places, clock.now())
        return Outlook(found, _why_approve(found))

    return office.writing.call(reckon)


def _why_approve(found: Terms) -> tuple[str, ...]:
    reasons = []
    # Whether a ticket was used is not known here once visitors are let in (custody rule 22).
    # A session that was called off was no use to anybody.
    if any(found.at >= part.line.gates_open and not part.free for part in found.parts):
        reasons.append("gates")
    if not clock.trusted():
        reasons.append("clock")
    return tuple(reasons)


def begin(
    *,
    office: Office,
    desk: Desk,
    order_id: str,
    places: Mapping[str, Place],
    agreed_fen: int,
    papers_back: bool,
    approval: Approval | None = None,
) -> Due:
    """Take these places for lines (ids) of an order; answers what is due for them.

    `agreed_fen` is the difference the customer agreed to, below zero where it goes back. Steps,
    each safe to repeat: custody of the order; of the places, and with their grant the new lines,
    reserved, in one unit of work; behind, the push. The old tickets stay good. Raises NoExchange,
    QuoteChanged, PapersMissing, NeedsApproval, SeatTaken, HeldElsewhere or CentralUnreachable; then
    nothing was changed.
    """
    desk.require(Right.SELL, shift=True)
    taken = _have_in_hand(office, order_id)
    topics = [*_topics(order_id), *{f"session:{place.session_id}" for place in places.values()}]

    def wish(store: Store) -> Items:
        if at_hand.require_at_hand(store, order_id) is not OrderStatus.PAID:
            raise WrongStatus(record="order", status=_status(store, order_id), wanted="exchanging")
        exchanges.terms(store, order_id, places, clock.now())
        seats = [(p.session_id, p.seat_id) for p in places.values() if p.seat_id is not None]
        loose: dict[int, int] = {}
        for place in places.values():
            if place.seat_id is None:
                loose[place.session_id] = loose.get(place.session_id, 0) + 1
        return Items(seats=tuple(seats), places=tuple(loose.items()))

    def add(unit: Unit) -> None:
        shifts.require_open(unit.store, desk)
        found = exchanges.terms(unit.store, order_id, places, unit.at)
        if found.difference_fen != agreed_fen:
            raise QuoteChanged()
        returns.require_papers([part.line for part in found.parts], papers_back)
        approver = None
        if _why_approve(found):
            approver = approvals.require(unit.store, desk, approval, EXCHANGE)
        _add_lines(unit, desk, found, "" if approver is None else approver.number)

    try:
        custody.take(office, order_id=order_id, wish=wish, then=add, topics=topics)
    except CentralUnreachable as broken:
        raise away.order(office, broken, order_id) from broken
    except Refused:
        if taken:
            reservations.put_back(office=office, order_id=order_id)
        raise
    sync.report(office)
    return office.writing.call(lambda store: dues.look(store, order_id))


def _have_in_hand(office: Office, order_id: str) -> bool:
    """Custody of the order; answers whether it had to be taken."""
    office.require_trusted()
    if office.writing.call(lambda store: holds_order(store, order_id)):
        return False
    # One that is reported just now comes back to us once central has answered.
    sync.push(office)
    try:
        custody.take(office, order_id=order_id, wish=lambda _: Items(orders=(order_id,)))
    except CentralUnreachable as broken:
        raise away.order(office, broken, order_id) from broken
    return True


def _add_lines(unit: Unit, desk: Desk, found: Terms, approver: str) -> None:
    store, order_id = unit.store, found.order_id
    last = store.first("SELECT max(position) FROM order_line WHERE order_id = ?", (order_id,))
    assert last is not None
    for position, part in enumerate(found.parts, int(last[0]) + 1):
        _add_line(store, order_id, position, part)
    status = step("order", OrderStatus(_status(store, order_id)), OrderStatus.EXCHANGING)
    _set_head(store, order_id, status)
    if store.first("SELECT 1 FROM held_order WHERE order_id = ? AND base_version = 0", (order_id,)):
        # Central has not heard of the order: its places are this window's until it does.
        at_hand.keep_sold(store, order_id, documents=False)
    unit.record(
        BEGIN,
        author=Author(desk.operator.id, desk.shift_id),
        order_id=order_id,
        facts={
            "tickets": len(found.parts),
            "kinds": sorted({part.kind.value for part in found.parts}),
            "difference_fen": found.difference_fen,
            "fee_fen": found.fee_fen,
            "approver": approver,
        },
    )


def _add_line(store: Store, order_id: str, position: int, part: Part) -> None:
    """The new line is for the same person; a proof holds for the same type of ticket."""
    same_type = part.tag.ticket_type == part.line.ticket_type
    store.run(
        "INSERT INTO order_line (id, order_id, position, session_id, seat_id, category, "
        "ticket_type, status, payment_id, price_fen, price_id, policy, attendee, document_type, "
        "document_sealed, document_hash, proof, replaces, exchange_fee_fen) "
        "SELECT ?, order_id, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, attendee, document_type, "
        "document_sealed, document_hash, CASE WHEN ? THEN proof ELSE '' END, id, ? "
        "FROM order_line WHERE id = ? AND order_id = ?",
        (
            new_id(),
            position,
            part.place.session_id,
            part.place.seat_id,
            part.tag.category,
            part.tag.ticket_type,
            LineStatus.RESERVED,
            part.tag.fen,
            part.tag.id,
            part.policy,
            int(same_type),
            part.fee_fen,
            part.line.id,
            order_id,
        ),
    )


def complete(*, office: Office, desk: Desk, order_id: str) -> Sale:
    """End an exchange for which nothing is to be paid: what is above goes back the way it came.

    Raises TooMuch where something is to be paid, and what `checkout.pay` raises; then nothing was
    changed.
    """
    due = office.writing.call(lambda store: dues.look(store, order_id))
    if due.due_fen or not due.instead:
        raise TooMuch(due=due.due_fen, amount=0)
    return checkout.pay(office=office, desk=desk, basket=order_id, share=Share(EXCHANGE, 0))


@dataclass(frozen=True, slots=True)
class GivenUp:
    """What went back of what was paid towards a difference; amounts in fen."""

    cash_fen: int
    asked: tuple[tuple[str, int], ...]


def give_up(*, office: Office, desk: Desk, order_id: str) -> GivenUp:
    """Let the places of an exchange go; its tickets stay what they are.

    What was paid towards the difference goes back. Raises WrongStatus where none waits, or while
    money is on its way, and what `change_order` raises; then nothing was changed.
    """
    desk.require(Right.SELL)
    done: list[GivenUp] = []

    def act(unit: Unit) -> None:
        done[:] = [_let_go(unit, Signer.at(desk), order_id)]

    change_order(office, order_id, act, _topics(order_id), exchanging=True)
    return done[0]


def give_up_left(office: Office) -> int:
    """After a crash: exchanges in hand that nobody paid anything for. Answers how many."""
    left = office.writing.call(
        lambda store: [
            found.order_id
            for found in exchanges.pending(store)
            if deposits(store, found.order_id) is None
            and not store.first(
                "SELECT 1 FROM attempt WHERE order_id = ? AND ended_at IS NULL", (found.order_id,)
            )
        ]
    )
    return sum(_given_up(office, order_id) for order_id in left)


def _given_up(office: Office, order_id: str) -> bool:
    """False where it is in another window's hands by now, or is to be asked about: it waits on."""
    nobody = Signer(office.chain.window, office.chain.epoch, None, None)

    def act(unit: Unit) -> None:
        _let_go(unit, nobody, order_id)

    try:
        change_order(office, order_id, act, _topics(order_id), exchanging=True)
    except (Refused, CentralUnreachable):
        return False
    return True


def _let_go(unit: Unit, signer: Signer, order_id: str) -> GivenUp:
    store = unit.store
    step("order", OrderStatus(_status(store, order_id)), OrderStatus.PAID)
    here = deposits(store, order_id)
    row = store.first("SELECT currency FROM orders WHERE id = ?", (order_id,))
    assert row is not None
    parts = () if here is None else here.parts
    rows = undoing.pay_back(unit, signer, order_id, undoing.UNDO, row[0], parts)
    released = step("order line", LineStatus.RESERVED, LineStatus.RELEASED)
    gone = store.run(
        "UPDATE order_line SET status = ? WHERE order_id = ? AND status = ?",
        (released, order_id, LineStatus.RESERVED),
    )
    _set_head(store, order_id, OrderStatus.PAID)
    asked: dict[str, int] = {}
    for one in rows:
        asked[one["tender"]] = asked.get(one["tender"], 0) + one["amount_fen"]
    cash = asked.pop(CASH, 0)
    unit.record(
        GIVE_UP,
        author=signer.author,
        order_id=order_id,
        facts={"tickets": gone, "cash_fen": cash, "requested": asked},
        postings=undoing.postings(rows, row[0]),
    )
    return GivenUp(cash, tuple(sorted(asked.items())))


def _set_head(store: Store, order_id: str, status: OrderStatus) -> None:
    store.run(
        "UPDATE orders SET status = ?, total_fen = (SELECT sum(price_fen) FROM order_line "
        "WHERE order_id = orders.id AND status <> 'released') WHERE id = ?",
        (status, order_id),
    )


def _status(store: Store, order_id: str) -> str:
    found = store.first("SELECT status FROM orders WHERE id = ?", (order_id,))
    return str(found[0]) if found else ""


def _topics(order_id: str) -> list[str]:
    return [f"order:{order_id}", "orders", "shift", "payments", "prints"]
