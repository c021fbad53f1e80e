"""Refunds by the policy something was sold under: to the second, to the fen, once, by two."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import peewee
import pytest

from boxoffice.central.items import Items
from boxoffice.errors import (
    CentralUnreachable,
    HeldElsewhere,
    NeedsApproval,
    NoRefund,
    NoShift,
    NotAllowed,
    PapersMissing,
    QuoteChanged,
    SamePerson,
    SeatTaken,
)
from boxoffice.queries import catalogue, returned
from boxoffice.queries.refunds import offers
from boxoffice.services import custody, operators, refunds, shifts, sync, tickets
from boxoffice.services.approvals import Approval
from tests.faults.acts import (
    broken,
    central_away,
    hand_over,
    name_all,
    pay,
    rows,
    take,
    there,
    tickets_of,
)
from tests.homes import AtWork, at_work, small_home
from tests.services.return_acts import (
    account,
    at,
    be,
    by_number,
    drawer,
    lines,
    policy,
    quote,
    refund,
    sell_at,
    session,
    supervisor,
    view,
)

OPEN = (
    "open,2025-08-01,168,,yes,20,,ticket,no,七日前20%,20 % until 7 days before",
    "open,2025-08-01,72,,yes,50,,ticket,no,三日前50%,50 % until 3 days before",
    "open,2025-08-01,24,,yes,80,,ticket,no,一日前80%,80 % until 1 day before",
    "open,2025-08-01,0,,yes,none,,ticket,no,一日内不退,none within the last day",
)
FINALS = (
    "finals,2025-08-01,,2025-09-20T12:00:00+08:00,no,20.6,,order,yes,整单20.6%,whole order 20.6 %",
    "finals,2025-08-01,,2025-09-28T23:59:59+08:00,yes,50,,order,yes,整单50%,whole order 50 %",
    "finals,2025-08-01,0,,yes,none,,order,yes,其后不退,none afterwards",
)


@pytest.fixture
def open_(work: AtWork, tmp_path) -> AtWork:
    """With the two policies of the tournament, a session on 1 October under one, the final."""
    policy(work, tmp_path, *OPEN, *FINALS)
    session(work, tmp_path, "X1", "2025-10-01T12:30", "open")
    session(work, tmp_path, "F1", "2025-10-05T12:30", "finals")
    be("2025-09-10T10:00")
    return work


def why(work: AtWork, order: str, *wanted: str) -> str:
    with pytest.raises(NoRefund) as refused:
        quote(work, order, wanted)
    return str(refused.value.fields["why"])


def test_half_of_a_ticket_for_the_first_of_october(open_: AtWork) -> None:
    be("2025-09-27T09:40")
    order = sell_at(open_, "X1", (1, 5), (1, 6))
    first, second = lines(open_, order)
    seen = quote(open_, order, [first])
    (part,) = seen.quote.lines
    assert (part.line.price_fen, part.fee_fen, part.amount_fen) == (68_000, 34_000, 34_000)
    assert (part.tier.note_zh, part.tier.note_en) == ("三日前50%", "50 % until 3 days before")
    assert part.tier.valid_from == "2025-08-01"
    assert (seen.quote.cash_fen, seen.quote.requests, seen.approval) == (34_000, (), ())
    assert seen.drawer_fen == 50_000 + 136_000
    done = refund(open_, order, [first])
    assert (done.tickets, done.cash_fen, done.fee_fen, done.whole) == (1, 34_000, 34_000, False)
    now = view(open_, order)
    assert [line.status for line in now.lines] == ["returned", "sold"]
    assert (now.status, now.total_fen) == ("paid", 136_000)
    assert drawer(open_) == 50_000 + 136_000 - 34_000
    assert account(open_, "revenue:refund fees") == -34_000
    assert why(open_, order, first) == "returned"
    rest = refund(open_, order, [second])
    assert rest.whole
    assert view(open_, order).status == "returned"
    assert broken(open_) == ()


def test_revenue_is_reversed_in_full_and_the_fee_earned(open_: AtWork) -> None:
    be("2025-09-27T09:40")
    before = account(open_, "revenue:tickets")
    order = sell_at(open_, "X1", (1, 5))
    refund(open_, order)
    assert account(open_, "revenue:tickets") == before
    postings = rows(
        open_,
        "SELECT p.account, p.amount_fen FROM posting p JOIN journal j ON j.number = p.number "
        "AND j.window_id = p.window_id WHERE j.act = 'refund' ORDER BY p.line",
    )
    assert postings == [
        ("revenue:tickets", 68_000),
        ("cash:drawer", -34_000),
        ("revenue:refund fees", -34_000),
    ]


@pytest.mark.parametrize(
    ("now", "fee"),
    [
        ("2025-09-24T12:30:00", 13_600),
        ("2025-09-24T12:30:00.999999", 13_600),
        ("2025-09-24T12:30:01", 34_000),
        ("2025-09-28T12:30:00", 34_000),
        ("2025-09-28T12:30:01", 54_400),
        ("2025-09-30T12:30:00", 54_400),
        ("2025-09-30T12:30:01", "tier"),
        ("2025-10-01T12:30:00", "tier"),
        ("2025-10-01T12:30:01", "over"),
    ],
)
def test_steps_end_to_the_second(open_: AtWork, now: str, fee: object) -> None:
    order = sell_at(open_, "X1", (1, 5))
    be(now)
    if isinstance(fee, str):
        assert why(open_, order) == fee
    else:
        assert quote(open_, order).quote.fee_fen == fee


@pytest.mark.parametrize(
    ("now", "fee"),
    [
        ("2025-09-20T11:59:59", 19_776),
        ("2025-09-20T12:00:00", 48_000),
        ("2025-09-28T23:59:59", 48_000),
        ("2025-09-29T00:00:00", "tier"),
    ],
)
def test_a_final_goes_back_whole(open_: AtWork, now: str, fee: object) -> None:
    order = sell_at(open_, "F1", (1, 5), (3, 5))
    be(now)
    if isinstance(fee, str):
        assert why(open_, order) == fee
        return
    first, second = lines(open_, order)
    assert why(open_, order, first) == "whole_order"
    found = open_.office.read(lambda s: offers(s, order, at(now)))
    assert found.whole_with({first}) == {first, second}
    parts = quote(open_, order).quote.lines
    assert sum(part.fee_fen for part in parts) == fee
    if fee == 19_776:
        assert [part.fee_fen for part in parts] == [14_008, 5_768]
    done = refund(open_, order)
    assert (done.cash_fen, done.whole) == (96_000 - int(str(fee)), True)
    assert broken(open_) == ()


def test_a_fee_per_order_is_taken_once_and_split(work: AtWork, tmp_path) -> None:
    policy(work, tmp_path, "flat,2025-08-01,0,,yes,,10.01,order,no,每单10.01元,10.01 an order")
    session(work, tmp_path, "Y1", "2025-10-02T12:30", "flat")
    order = sell_at(work, "Y1", (1, 1), (1, 2), (3, 1))
    parts = quote(work, order).quote.lines
    assert sum(part.fee_fen for part in parts) == 1_001
    assert quote(work, order, lines(work, order)[:1]).quote.fee_fen == 1_001
    refund(work, order)
    assert account(work, "revenue:refund fees") == -1_001
    assert broken(work) == ()


def test_a_later_version_is_for_later_sales(open_: AtWork, tmp_path) -> None:
    early = sell_at(open_, "X1", (1, 5))
    policy(open_, tmp_path, "open,2025-09-15,0,,yes,5,,ticket,no,新规5%,5 % now")
    be("2025-09-15T03:59")
    night = sell_at(open_, "X1", (1, 6))
    be("2025-09-15T04:00")
    late = sell_at(open_, "X1", (1, 7))
    be("2025-09-16T10:00")
    found = [quote(open_, order).quote.lines[0] for order in (early, night, late)]
    assert [(part.tier.valid_from, part.fee_fen) for part in found] == [
        ("2025-08-01", 13_600),
        ("2025-08-01", 13_600),  # before four in the morning it is still the day before
        ("2025-09-15", 3_400),
    ]


def test_sold_before_the_first_version_nothing_says_what_it_brings(work, tmp_path) -> None:
    policy(work, tmp_path, "late,2025-10-01,0,,yes,5,,ticket,no,说明,note")
    session(work, tmp_path, "Z1", "2025-10-03T12:30", "late")
    assert why(work, sell_at(work, "Z1", (1, 5))) == "policy"


def test_what_is_not_paid_for_brings_nothing(work: AtWork) -> None:
    basket = take(work, (1, 5))
    assert why(work, basket) == "reserved"


def test_another_session_of_the_order_has_its_own_step(open_: AtWork) -> None:
    be("2025-09-27T09:40")
    basket = take(open_, (1, 5), at="X1")
    take(open_, (1, 6), basket=basket, at="O2")
    name_all(open_, basket)
    pay(open_, basket)
    parts = quote(open_, basket).quote.lines
    assert [part.fee_fen for part in parts] == [34_000, 13_600]
    refund(open_, basket)
    assert broken(open_) == ()


# --- two persons --------------------------------------------------------------------------------


def test_above_the_limit_a_second_person_approves(open_: AtWork) -> None:
    order = sell_at(open_, "X1", *[(1, n) for n in range(1, 5)])
    seen = quote(open_, order)
    assert (seen.quote.amount_fen, seen.approval) == (217_600, ("limit",))
    with pytest.raises(NeedsApproval):
        refund(open_, order)
    for wrong, error in (
        (supervisor(open_, "void"), NeedsApproval),
        (Approval(open_.desk.operator.id, "1001", "", "refund"), SamePerson),
    ):
        with pytest.raises(error):
            refund(open_, order, approval=wrong)
    assert rows(open_, "SELECT count(*) FROM refund") == [(0,)]
    assert rows(open_, "SELECT count(*) FROM held_order") == [(0,)]
    given = supervisor(open_, "refund")
    refund(open_, order, approval=given)
    found = rows(open_, "SELECT DISTINCT operator_id, approver_id FROM refund")
    assert found == [(open_.desk.operator.id, given.operator_id)]
    (facts,) = rows(open_, "SELECT facts FROM journal WHERE act = 'refund'")
    assert '"approver":"3001"' in facts[0]
    assert broken(open_) == ()


def test_a_large_sum_does_not_go_in_small_parts(open_: AtWork) -> None:
    order = sell_at(open_, "X1", *[(1, n) for n in range(1, 5)])
    every = lines(open_, order)
    for line in every[:3]:
        refund(open_, order, [line])
    assert quote(open_, order, every[3:]).approval == ("limit",)
    with pytest.raises(NeedsApproval):
        refund(open_, order, every[3:])
    refund(open_, order, every[3:], approval=supervisor(open_, "refund"))
    assert broken(open_) == ()


def test_exactly_the_limit_needs_nobody(open_: AtWork, tmp_path) -> None:
    policy(open_, tmp_path, "even,2025-08-01,0,,yes,,100,order,no,说明,note")
    session(open_, tmp_path, "E1", "2025-10-03T12:30", "even")
    order = sell_at(open_, "E1", *[(1, n) for n in range(1, 4)], (3, 1))
    seen = quote(open_, order, lines(open_, order)[:3])
    assert (seen.quote.amount_fen, seen.approval) == (194_000, ())
    assert quote(open_, order).approval == ("limit",)


def test_once_the_gates_are_open_a_second_person_approves(work: AtWork, tmp_path) -> None:
    policy(work, tmp_path, "kind,2025-08-01,0,,yes,10,,ticket,no,说明,note")
    session(work, tmp_path, "K1", "2025-10-03T12:30", "kind")
    order = sell_at(work, "K1", (1, 5))
    be("2025-10-03T09:59:59")
    assert quote(work, order).approval == ()
    be("2025-10-03T10:00:00")
    assert quote(work, order).approval == ("gates",)
    with pytest.raises(NeedsApproval):
        refund(work, order)
    refund(work, order, approval=supervisor(work, "refund"))


def test_the_table_takes_no_approval_of_oneself(open_: AtWork) -> None:
    order = sell_at(open_, "X1", (1, 5))
    refund(open_, order)
    (row,) = rows(open_, "SELECT * FROM refund")
    names = [r[1] for r in rows(open_, "PRAGMA table_info(refund)")]
    values = dict(zip(names, row, strict=True))
    values |= {"id": "x", "ticket_id": "y", "approver_id": values["operator_id"]}
    marks = ", ".join("?" * len(names))
    with pytest.raises(peewee.IntegrityError):
        open_.office.write(
            lambda s: s.run(f"INSERT INTO refund VALUES ({marks})", tuple(values.values()))
        )


# --- where the money goes -----------------------------------------------------------------------


def test_a_presold_order_is_asked_of_its_channel(open_: AtWork) -> None:
    order = by_number(open_, "TT0001")
    be("2025-09-20T10:00")
    before, taken = drawer(open_), account(open_, "channel:app")
    seen = quote(open_, order)
    assert (seen.quote.cash_fen, seen.quote.requests) == (0, (("channel:app", 108_800),))
    assert seen.quote.papers == 0
    done = refund(open_, order)
    assert (done.cash_fen, done.requests, done.whole) == (0, (("channel:app", 108_800),), True)
    assert drawer(open_) == before
    assert account(open_, "channel:app") == taken - 108_800
    found = rows(open_, "SELECT DISTINCT tender, status, kind FROM refund")
    assert found == [("channel:app", "requested", "refund")]
    assert broken(open_) == ()


def test_a_free_ticket_brings_nothing_and_posts_nothing(work: AtWork) -> None:
    order = sell_at(work, "O2", (4, 9))
    done = refund(work, order)
    assert (done.amount_fen, done.whole) == (0, True)
    assert broken(work) == ()


def test_what_was_agreed_goes_back_or_nothing(open_: AtWork) -> None:
    order = sell_at(open_, "X1", (1, 5))
    be("2025-09-24T12:30")
    seen = quote(open_, order)
    be("2025-09-24T12:30:01")
    with pytest.raises(QuoteChanged):
        refunds.refund(
            office=open_.office,
            desk=open_.desk,
            order_id=order,
            line_ids=lines(open_, order),
            quoted_fen=seen.quote.amount_fen,
            papers_back=True,
        )
    assert view(open_, order).status == "paid"
    assert there(open_, "SELECT holder FROM custody_order WHERE order_id = ?", order) == [(None,)]


def test_paper_that_is_out_comes_back_first(open_: AtWork) -> None:
    order = sell_at(open_, "X1", (1, 5))
    assert quote(open_, order).quote.papers == 1
    with pytest.raises(PapersMissing):
        refund(open_, order, papers=False)
    presold = by_number(open_, "TT0002")
    be("2025-09-20T10:00")
    refund(open_, presold, papers=False)


# --- once ---------------------------------------------------------------------------------------


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
                "at, business_day, window_id, epoch, shift_id, operator_id, approver_id, free_from "
                "FROM refund"
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


# --- the ticket and its seat --------------------------------------------------------------------


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


# --- who ----------------------------------------------------------------------------------------


def test_who_may_refund(tmp_path) -> None:
    home = small_home(tmp_path)
    with at_work(home) as work:
        order = sell_at(work, "O2", (1, 5))
        nobody = shifts.desk_for(
            office=work.office,
            operator=operators.operator_by_number(office=work.office, number="3001"),
        )
        pickup = shifts.desk_for(
            office=work.office,
            operator=operators.operator_by_number(office=work.office, number="2001"),
        )
        for desk, error in ((nobody, NoShift), (pickup, NotAllowed)):
            with pytest.raises(error):
                quote(AtWork(work.office, desk), order)


def test_a_ticket_handed_over_at_pickup_comes_back(open_: AtWork) -> None:
    order, every = tickets_of(open_, "TT0001")
    be("2025-09-20T10:00")
    hand_over(open_, order, every[:1])
    assert quote(open_, order).quote.papers == 1
    refund(open_, order)
    assert broken(open_) == ()
