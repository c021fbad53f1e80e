"""Tickets exchanged for other seats, levels, sessions: old code dead, the difference to the fen."""

from __future__ import annotations

from pathlib import Path

import pytest

from boxoffice.errors import (
    NeedsApproval,
    NoExchange,
    PapersMissing,
    QuoteChanged,
    SeatTaken,
    TooMuch,
    WrongStatus,
)
from boxoffice.queries.exchanges import Place
from boxoffice.services.aftersales import exchanges
from boxoffice.services.sharing import sync
from tests.faults.acts import rows, take, there
from tests.homes import AtWork
from tests.services.exchange_acts import (
    begin,
    books,
    cash,
    clean,
    complete,
    exchange,
    give_up,
    lines,
    live,
    quote,
    to_seats,
)
from tests.services.return_acts import by_number, refund, sell_at, supervisor, take_in, void

A, B = 68_000, 28_000


def account(work: AtWork) -> tuple[int, int, int]:
    """Drawer above the float, sales and fees, as a sum of what is due to each."""
    drawer = books(work, "cash:drawer") - 50_000
    return drawer, -books(work, "revenue:tickets"), -books(work, "revenue:refund fees")


@pytest.mark.parametrize("pushed", [False, True])
def test_another_seat_of_the_same_level(work: AtWork, pushed: bool) -> None:
    order = sell_at(work, "O2", (1, 5), (1, 6))
    if pushed:
        sync.push(work.office)
    due = begin(work, order, to_seats(work, order, (1, 8)))
    assert (due.due_fen, due.back_fen) == (0, 0)
    assert live(work, order) == [("O2", 1, 5), ("O2", 1, 6)]  # the old ones are good until the end
    clean(work)
    sale = complete(work, order)
    assert live(work, order) == [("O2", 1, 6), ("O2", 1, 8)]
    assert (sale.change_fen, sale.returned, len(sale.print_jobs)) == (0, (), 1)
    assert account(work) == (2 * A, 2 * A, 0)
    clean(work)
    # The old seat is on sale again.
    take(work, (1, 5))


def test_an_upgrade_and_back(work: AtWork) -> None:
    order = sell_at(work, "O2", (3, 5))
    sale = exchange(work, order, to_seats(work, order, (1, 5)))
    assert (sale.change_fen, live(work, order)) == (1_000_000 - (A - B), [("O2", 1, 5)])
    assert account(work) == (A, A, 0)
    clean(work)
    sale = exchange(work, order, to_seats(work, order, (3, 7)))
    assert sale.returned == (("cash", A - B),)
    assert (account(work), live(work, order)) == ((B, B, 0), [("O2", 3, 7)])
    clean(work)


def test_to_another_session_with_its_document(work: AtWork) -> None:
    order = sell_at(work, "O1", (1, 5))
    sync.push(work.office)
    with pytest.raises(NeedsApproval):  # its gates are open
        begin(work, order, to_seats(work, order, (2, 5)))
    clean(work)
    second = supervisor(work, "exchange")
    exchange(work, order, to_seats(work, order, (2, 5)), approval=second)
    assert live(work, order) == [("O2", 2, 5)]
    clean(work)
    held = "SELECT c.session_id FROM claim c WHERE c.order_id = ?"
    assert there(work, held, order) == [(work.session("O2"),)]
    kept = exchange(work, order, to_seats(work, order, (2, 6), at="O1"))
    assert (kept.returned, live(work, order)) == ((), [("O1", 2, 6)])
    clean(work)
    assert there(work, held, order) == [(work.session("O1"),)]
    exchange(work, order, to_seats(work, order, (2, 7), at="O1"), approval=second)
    clean(work)


def test_places_without_numbers(work: AtWork) -> None:
    order = sell_at(work, "O2", (3, 5))
    (line,) = lines(work, order)
    sale = exchange(work, order, {line: Place(work.session("G1"))})
    assert (sale.returned, account(work)) == ((("cash", B - 5_000),), (5_000, 5_000, 0))
    clean(work)
    second = supervisor(work, "exchange")
    exchange(work, order, to_seats(work, order, (3, 5)), approval=second)
    assert account(work) == (B, B, 0)
    clean(work)


def test_what_was_exchanged_is_refunded_and_voided(work: AtWork) -> None:
    for end in (refund, void):
        order = sell_at(work, "O2", (3, 5), (3, 6))
        exchange(work, order, to_seats(work, order, (1, 5)))
        before = account(work)
        back = end(work, order, lines(work, order))
        kept = (A + B) // 5 if end is refund else 0
        assert (back.amount_fen, back.cash_fen) == (A + B - kept, A + B - kept)
        assert account(work)[0] == before[0] - back.cash_fen
        clean(work)
    assert account(work) == ((A + B) // 5, 0, (A + B) // 5)


def test_nothing_else_is_done_meanwhile(work: AtWork) -> None:
    order = sell_at(work, "O2", (3, 5))
    begin(work, order, to_seats(work, order, (1, 5)))
    for act in (refund, void):
        with pytest.raises(WrongStatus):
            act(work, order, lines(work, order))
    with pytest.raises(WrongStatus):
        begin(work, order, to_seats(work, order, (1, 6)))
    with pytest.raises(TooMuch):
        complete(work, order)
    clean(work)


@pytest.mark.parametrize("pushed", [False, True])
@pytest.mark.parametrize("paid", [0, 10_000])
def test_given_up(work: AtWork, pushed: bool, paid: int) -> None:
    order = sell_at(work, "O2", (3, 5))
    if pushed:
        sync.push(work.office)
    begin(work, order, to_seats(work, order, (1, 5)))
    if paid:
        assert cash(work, order, paid).left_fen == A - B - paid
        clean(work)
    assert give_up(work, order).cash_fen == paid
    assert (account(work), live(work, order)) == ((B, B, 0), [("O2", 3, 5)])
    clean(work)
    with pytest.raises(WrongStatus):
        give_up(work, order)
    exchange(work, order, to_seats(work, order, (1, 5)))
    clean(work)


def test_refused_before_anything_is_taken(work: AtWork) -> None:
    order = sell_at(work, "O2", (3, 5))
    other = sell_at(work, "O2", (1, 5))
    sync.push(work.office)
    with pytest.raises(NoExchange, match="same"):
        quote(work, order, to_seats(work, order, (3, 5)))
    with pytest.raises(SeatTaken):
        begin(work, order, to_seats(work, order, (1, 5)))
    with pytest.raises(PapersMissing):
        begin(work, order, to_seats(work, order, (1, 6)), papers=False)
    with pytest.raises(QuoteChanged):
        exchanges.begin(
            office=work.office,
            desk=work.desk,
            order_id=order,
            places=to_seats(work, order, (1, 6)),
            agreed_fen=1,
            papers_back=True,
        )
    assert rows(work, "SELECT status FROM orders WHERE id = ?", order) == [("paid",)]
    assert rows(work, "SELECT order_id FROM held_order") == []
    clean(work)
    refund(work, other)
    with pytest.raises(NoExchange, match="returned"):
        quote(work, other, {rows(work, "SELECT line_id FROM refund")[0][0]: Place(1, 1)})
    # No way round a refund policy that gives nothing any more.
    late = sell_at(work, "O1", (1, 5))
    with pytest.raises(NoExchange, match="no_money_back"):
        quote(work, late, to_seats(work, late, (3, 7)))


def test_fees_and_refusals_are_rules(work: AtWork, tmp_path: Path) -> None:
    order = sell_at(work, "O2", (3, 5), (3, 6))
    head = "rule,session,value,valid_from\n"
    take_in(
        work,
        tmp_path,
        "rules.csv",
        head
        + "exchange,,seat;20元,2025-09-01\nexchange,O2,level;10%,2025-09-01\n"
        + "exchange,*,session;no,2025-09-01\n",
    )
    with pytest.raises(NoExchange, match="not_done"):
        quote(work, order, to_seats(work, order, (3, 5), at="O1"))
    assert quote(work, order, to_seats(work, order, (3, 7))).terms.difference_fen == 2_000
    places = to_seats(work, order, (1, 5), (3, 8))
    found = quote(work, order, places).terms
    assert (found.fee_fen, found.difference_fen) == (B // 10 + 2_000, A - B + B // 10 + 2_000)
    exchange(work, order, places)
    assert account(work) == (A + B + found.fee_fen, A + B, found.fee_fen)
    clean(work)


def test_what_a_channel_sold_goes_back_to_it(work: AtWork) -> None:
    order = by_number(work, "TT0001")
    second = supervisor(work, "exchange")
    exchange(work, order, to_seats(work, order, (2, 1)), approval=second)
    assert live(work, order) == [("O1", 1, 2), ("O2", 2, 1)]
    clean(work)
    back = refund(work, order, lines(work, order)[1:])
    assert (back.cash_fen, back.requests) == (0, (("channel:app", A * 4 // 5),))
    assert account(work)[0] == 0
    clean(work)
