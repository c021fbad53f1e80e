"""A ticket comes back once, whoever tries; its code is dead and its seat on sale again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import peewee
import pytest

from boxoffice.central.items import Items
from boxoffice.errors import (
    CentralUnreachable,
    HeldElsewhere,
    NoRefund,
    SeatTaken,
)
from boxoffice.queries import catalogue, returned
from boxoffice.services.aftersales import refunds
from boxoffice.services.printing import tickets
from boxoffice.services.sharing import custody, sync
from tests.faults.acts import (
    broken,
    central_away,
    pay,
    rows,
    take,
    there,
)
from tests.homes import AtWork, at_work, small_home
from tests.services.return_acts import (
    at,
    be,
    lines,
    policy,
    refund,
    sell_at,
    session,
    view,
)


def test_two_refunds_of_one_ticket_at_once_pay_once(tmp_path) -> None:
    with at_work(small_home(tmp_path), threaded=True) as work:
        order = sell_at(work, "O2", (1, 5))
        wanted = lines(work, order)

        def attempt(_: int) -> str:
            try:
                refunds.refund(
                    office=work.office,
                    desk=work.desk,
                    order_id=order,
                    line_ids=wanted,
                    quoted_fen=54_400,
                    papers_back=True,
                )
            except (NoRefund, HeldElsewhere) as error:
                return error.code
            return "paid"

        with ThreadPoolExecutor(4) as pool:
            ended = sorted(pool.map(attempt, range(4)))
        sync.push(work.office)
        assert ended.count("paid") == 1
        assert rows(work, "SELECT count(*), sum(amount_fen) FROM refund") == [(1, 54_400)]
        assert broken(work) == ()


def test_the_table_takes_a_ticket_once(open_: AtWork) -> None:
    order = sell_at(open_, "X1", (1, 5))
    refund(open_, order)
    with pytest.raises(peewee.IntegrityError):
        open_.office.write(
            lambda s: s.run(
                "INSERT INTO refund SELECT 'again', order_id, line_id, ticket_id, kind, price_fen, "
                "fee_fen, amount_fen, currency, tender, status, policy, valid_from, tier, reason, "
                "at, business_day, window_id, epoch, shift_id, operator_id, approver_id, "
                "free_from, act_id FROM refund"
            )
        )


def test_an_order_another_window_holds_is_left_alone(open_: AtWork) -> None:
    order = sell_at(open_, "X1", (1, 5))
    open_.office.link.lane.call(
        lambda s: _in_transaction(
            s, "UPDATE custody_order SET holder = 7, epoch = 1 WHERE order_id = ?", order
        )
    )
    with pytest.raises(HeldElsewhere):
        refund(open_, order)
    assert view(open_, order).status == "paid"


def _in_transaction(store, sql: str, *params: object) -> None:
    with store.transaction():
        store.run(sql, params)


def test_off_line_only_what_is_held_here(open_: AtWork) -> None:
    here, away = sell_at(open_, "X1", (1, 5)), sell_at(open_, "X1", (1, 6))
    custody.take(open_.office, order_id=here, wish=lambda _: Items(orders=(here,)))
    with central_away(open_.office.home):
        refund(open_, here)
        with pytest.raises(CentralUnreachable):
            refund(open_, away)
    custody.settle(open_.office)
    sync.push(open_.office)
    assert view(open_, here).status == "returned"
    assert view(open_, away).status == "paid"
    refund(open_, away)
    assert broken(open_) == ()


def test_sold_and_refunded_before_central_hears_of_it(open_: AtWork) -> None:
    other, basket = take(open_, (1, 1), at="X1"), take(open_, (1, 5), (1, 6), at="X1")
    with central_away(open_.office.home):
        pay(open_, other)  # told to central just when the line broke: in doubt until it answers
        pay(open_, basket)
        refund(open_, basket, lines(open_, basket)[:1])
        with pytest.raises(CentralUnreachable):
            refund(open_, other)
    sync.push(open_.office)
    assert there(open_, "SELECT count(*) FROM review") == [(0,)]
    assert there(open_, "SELECT count(*) FROM custody_seat WHERE holder IS NOT NULL") == [(0,)]
    assert broken(open_) == ()
    take(open_, (1, 5), at="X1")


def test_the_seat_is_on_sale_again_at_once_and_the_document_free(work: AtWork, tmp_path) -> None:
    policy(work, tmp_path, "kind,2025-08-01,0,,yes,10,,ticket,no,说明,note")
    session(work, tmp_path, "K1", "2025-10-03T12:30", "kind")
    order = sell_at(work, "K1", (1, 5))
    refund(work, order)
    assert sell_at(work, "K1", (1, 5)) != order
    assert broken(work) == ()


def test_a_seat_may_stay_off_sale_for_a_while(work: AtWork, tmp_path) -> None:
    later = "slow,2025-08-01,0,,yes,10,,ticket,no,说明,note,30"
    policy(work, tmp_path, later, extra=",resale_after_minutes")
    session(work, tmp_path, "L1", "2025-10-03T12:30", "slow")
    order = sell_at(work, "L1", (1, 5))
    be("2025-10-01T10:00")
    refund(work, order)
    assert there(work, "SELECT free_from FROM custody_seat WHERE free_from IS NOT NULL") == [
        ("2025-10-01T02:30:00.000000Z",)
    ]
    seat, number = work.seat(1, 5), work.session("L1")
    be("2025-10-01T10:29:59")
    assert seat in work.office.read(lambda s: catalogue.seats_gone(s, number)).sold
    with pytest.raises(SeatTaken):
        take(work, (1, 5), at="L1")
    be("2025-10-01T10:30:00")
    assert seat not in work.office.read(lambda s: catalogue.seats_gone(s, number)).sold
    pay(work, take(work, (1, 5), at="L1"))
    assert broken(work) == ()


def test_a_page_in_doubt_is_not_printed_for_a_dead_ticket(open_: AtWork) -> None:
    order = sell_at(open_, "X1", (1, 5))
    assert rows(open_, "SELECT status FROM print_job WHERE kind = 'ticket'") == [("queued",)]
    refund(open_, order)
    assert rows(open_, "SELECT status FROM print_job WHERE kind = 'ticket'") == [("dropped",)]


def test_the_slip_tells_everything(open_: AtWork) -> None:
    be("2025-09-27T09:40")
    order = sell_at(open_, "X1", (1, 5), (1, 6))
    done = refund(open_, order)
    printed = tickets.print_jobs(office=open_.office, desk=open_.desk, job_ids=done.print_jobs)
    assert (printed.printed, printed.doubtful) == (1, 0)
    assert len(list(open_.office.home.prints.glob("*refund*.pdf"))) == 1
    found = open_.office.read(lambda s: returned.returned(s, order))
    assert [(one.amount_fen, one.clause_zh, one.operator) for one in found] == [
        (34_000, "三日前50%", "1001")
    ] * 2
    assert {one.at for one in found} == {at("2025-09-27T09:40")}
