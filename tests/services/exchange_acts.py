"""What the tests of exchanges share: other places in few words, and what must hold after each."""

from __future__ import annotations

from collections.abc import Mapping

from boxoffice.queries.exchanges import Place
from boxoffice.services.aftersales import exchanges
from boxoffice.services.aftersales.exchanges import Outlook
from boxoffice.services.sales import checkout
from boxoffice.services.sales.dues import Due
from boxoffice.services.sales.finishing import Sale
from boxoffice.services.sharing import sync
from boxoffice.services.staff.approvals import Approval
from tests.faults.acts import proof, rows
from tests.homes import AtWork


def lines(work: AtWork, order: str, status: str = "sold") -> list[str]:
    """Lines of an order in that status, in its order."""
    found = rows(
        work,
        "SELECT id FROM order_line WHERE order_id = ? AND status = ? ORDER BY position",
        order,
        status,
    )
    return [str(row[0]) for row in found]


def to_seats(work: AtWork, order: str, *seats: tuple[int, int], at: str = "O2") -> dict[str, Place]:
    """These seats for the first lines of an order."""
    chosen = [Place(work.session(at), work.seat(*seat)) for seat in seats]
    return dict(zip(lines(work, order), chosen, strict=False))


def quote(work: AtWork, order: str, places: Mapping[str, Place]) -> Outlook:
    return exchanges.quote(office=work.office, desk=work.desk, order_id=order, places=places)


def begin(
    work: AtWork,
    order: str,
    places: Mapping[str, Place],
    *,
    papers: bool = True,
    approval: Approval | None = None,
) -> Due:
    """At what it comes to now."""
    return exchanges.begin(
        office=work.office,
        desk=work.desk,
        order_id=order,
        places=places,
        agreed_fen=quote(work, order, places).terms.difference_fen,
        papers_back=papers,
        approval=approval,
    )


def cash(work: AtWork, order: str, amount: int | None = None) -> Sale:
    return checkout.pay_cash(
        office=work.office, desk=work.desk, basket=order, tendered_fen=1_000_000, amount_fen=amount
    )


def complete(work: AtWork, order: str) -> Sale:
    return exchanges.complete(office=work.office, desk=work.desk, order_id=order)


def give_up(work: AtWork, order: str) -> exchanges.GivenUp:
    return exchanges.give_up(office=work.office, desk=work.desk, order_id=order)


def exchange(
    work: AtWork, order: str, places: Mapping[str, Place], approval: Approval | None = None
) -> Sale:
    """Begun, paid in cash where something is due, and done."""
    due = begin(work, order, places, approval=approval)
    return cash(work, order) if due.due_fen else complete(work, order)


def books(work: AtWork, account: str) -> int:
    """What the postings leave on an account (fen)."""
    found = rows(
        work, "SELECT coalesce(sum(amount_fen), 0) FROM posting WHERE account = ?", account
    )
    return int(found[0][0])


def live(work: AtWork, order: str) -> list[tuple[object, ...]]:
    """(session, row, seat) of the live tickets of an order."""
    return rows(
        work,
        'SELECT s.code, CAST(p."row" AS INTEGER), CAST(p.number AS INTEGER) FROM ticket t '
        "JOIN session s ON s.id = t.session_id LEFT JOIN seat p ON p.id = t.seat_id "
        "WHERE t.order_id = ? AND t.live = 1 ORDER BY 1, 2, 3",
        order,
    )


def clean(work: AtWork) -> None:
    """Nothing is broken, neither before central has heard of it nor after."""
    for push in (False, True):
        if push:
            sync.push(work.office)
        found = proof(work.office.home).broken
        assert found == (), found
