"""Custody at the window, broken at each of its steps: nothing is lost, nothing held for nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.central.items import Items
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import AttemptStatus
from boxoffice.errors import (
    CentralUnreachable,
    DocumentUsed,
    HandedOver,
    WrongStatus,
)
from boxoffice.records.takings import Attempt
from boxoffice.services.sales import holds
from boxoffice.services.sharing import custody, sync
from tests.faults.acts import (
    DEAF,
    DIES,
    LOST,
    Crash,
    broken,
    faulty,
    hand_over,
    name_all,
    pay,
    proof,
    rows,
    take,
    there,
    tickets_of,
    writing,
)
from tests.homes import NOON, AtWork, at_work, small_home

HELD = "SELECT count(*) FROM custody_seat WHERE holder = 1"


def requests(work: AtWork) -> list[str]:
    return [str(row[0]) for row in rows(work, "SELECT status FROM request ORDER BY rowid")]


@pytest.mark.parametrize(("fault", "booked"), [(DEAF, 0), (LOST, 2)])
def test_rule_3_a_request_without_an_answer_is_asked_about(
    work: AtWork, fault: str, booked: int
) -> None:
    with pytest.raises(CentralUnreachable):
        take(faulty(work, fault), (1, 5), (1, 6))
    assert requests(work) == ["asked"]
    assert there(work, HELD) == [(booked,)]
    custody.settle(work.office)
    assert there(work, HELD) == [(0,)]
    assert "asked" not in requests(work)
    assert broken(work) == ()
    take(work, (1, 5), (1, 6))


def test_rule_3_the_program_ends_with_the_grant(tmp_path: Path) -> None:
    home = small_home(tmp_path)
    with at_work(home) as work:
        with pytest.raises(Crash):
            take(faulty(work, DIES), (1, 5))
        assert there(work, HELD) == [(1,)]
    with at_work(home) as work:
        assert there(work, HELD) == [(0,)]
        take(work, (1, 5))
    assert proof(home).broken == ()


def test_rule_3_the_seats_can_be_taken_as_soon_as_the_line_is_back(work: AtWork) -> None:
    """No restart is needed: the next request asks about the unanswered one first."""
    with pytest.raises(CentralUnreachable):
        take(faulty(work, LOST), (1, 5))
    take(work, (1, 5))
    assert broken(work) == ()


def test_rule_3_a_push_that_arrives_settles_what_the_break_left(work: AtWork) -> None:
    held = take(work, (1, 6))
    off = faulty(work, LOST)
    with pytest.raises(CentralUnreachable):
        take(off, (1, 5))
    pay(work, held)
    assert there(work, HELD) == [(0,)]
    assert "asked" not in requests(work)
    assert broken(work) == ()


def test_rule_3_a_request_of_an_ended_epoch_is_not_asked_about(work: AtWork) -> None:
    """What it was for stays locked: nobody knows what an earlier life of this window did."""
    with pytest.raises(CentralUnreachable):
        take(faulty(work, LOST), (1, 5))
    work.office.write(lambda store: store.run("UPDATE request SET epoch = 0"))
    custody.settle(work.office)
    assert requests(work) == ["asked"]
    assert there(work, HELD) == [(1,)]


@pytest.mark.parametrize("fault", [DEAF, LOST])
def test_rule_4_what_was_given_is_given_even_if_central_hears_of_it_later(
    work: AtWork, fault: str
) -> None:
    basket = take(work, (1, 5))
    holds.abandon(office=faulty(work, fault).office, desk=work.desk, basket=basket)
    assert rows(work, "SELECT * FROM held_seat") == []
    assert requests(work)[-1] == "giving"
    custody.settle(work.office)
    assert requests(work)[-1] == "given"
    assert there(work, HELD) == [(0,)]
    take(work, (1, 5))
    assert broken(work) == ()


def test_rule_4_a_gift_is_told_again_without_harm(work: AtWork) -> None:
    """The seat went to another basket meanwhile: repeating the old gift leaves it alone."""
    basket = take(work, (1, 5))
    holds.abandon(office=faulty(work, LOST).office, desk=work.desk, basket=basket)
    again = take(work, (1, 5))
    custody.settle(work.office)
    assert there(work, HELD) == [(1,)]
    pay(work, again)
    assert broken(work) == ()


def test_what_is_no_longer_held_is_not_given_twice(work: AtWork) -> None:
    basket = take(work, (1, 5))
    items = Items(seats=((work.session("O2"), work.seat(1, 5)),))
    custody.give(work.office, items=items, order_id=basket)
    other = take(work, (1, 5))
    custody.give(work.office, items=items, order_id=basket)
    assert there(work, HELD) == [(1,)], "it is another basket's now"
    assert rows(work, "SELECT order_id FROM held_seat") == [(other,)]
    bootstrap.recover(work.office)


def test_a_basket_closed_while_its_seats_were_asked_for(work: AtWork) -> None:
    """What was granted for it goes back at once."""

    def too_late(_: object) -> None:
        raise WrongStatus(record="order", status="abandoned", wanted="open")

    seat = (work.session("O2"), work.seat(1, 5))
    with pytest.raises(WrongStatus):
        custody.take(
            work.office, order_id="x" * 32, wish=lambda _: Items(seats=(seat,)), granted=too_late
        )
    assert rows(work, "SELECT * FROM held_seat") == []
    assert there(work, HELD) == [(0,)]
    assert broken(work) == ()


# --- paying --------------------------------------------------------------------------------------


def with_document(work: AtWork, seat: int = 5) -> str:
    basket = take(work, (1, seat), at="O1")
    name_all(work, basket)
    return basket


CLAIMED = "SELECT count(*) FROM claim WHERE holder = 1"


@pytest.mark.parametrize("fault", [DEAF, LOST])
def test_a_sale_goes_on_without_an_answer_about_its_documents(work: AtWork, fault: str) -> None:
    basket = with_document(work)
    pay(faulty(work, fault, DEAF), basket)
    sync.push(work.office)
    custody.settle(work.office)
    assert there(work, CLAIMED) == [(0,)]
    assert there(work, "SELECT count(*) FROM claim WHERE order_id = ?", basket) == [(1,)]
    assert broken(work) == ()


def test_a_document_sold_elsewhere_meanwhile_becomes_a_case(work: AtWork) -> None:
    """Rule 20: both sales stand, a person decides."""
    basket = with_document(work)
    hashed = rows(work, "SELECT document_hash FROM order_line WHERE order_id = ?", basket)[0][0]
    order, _ = tickets_of(work, "TT0002")
    with writing(work.office.home, "central") as store:
        store.run(
            "INSERT INTO claim (session_id, document_hash, order_id) VALUES (?, ?, ?)",
            (work.session("O1"), hashed, order),
        )
    pay(faulty(work, DEAF, DEAF), basket)
    sync.push(work.office)
    assert there(work, "SELECT kind, status FROM cases") == [("document_clash", "open")]
    assert there(work, "SELECT status FROM orders WHERE id = ?", basket) == [("paid",)]


def test_a_refused_document_leaves_the_basket_as_it_was(work: AtWork) -> None:
    basket = with_document(work)
    hashed = rows(work, "SELECT document_hash FROM order_line WHERE order_id = ?", basket)[0][0]
    with writing(work.office.home, "central") as store:
        store.run(
            "INSERT INTO claim (session_id, document_hash) VALUES (?, ?)",
            (work.session("O1"), hashed),
        )
    with pytest.raises(DocumentUsed):
        pay(work, basket)
    assert rows(work, "SELECT status FROM orders WHERE id = ?", basket) == [("open",)]
    assert rows(work, "SELECT status FROM attempt") == [("cancelled",)]
    with writing(work.office.home, "central") as store:
        store.run("DELETE FROM claim WHERE holder IS NULL AND order_id IS NULL")
    pay(work, basket)
    assert broken(work) == ()


def test_paying_off_line_forgets_no_other_request_of_the_basket(work: AtWork) -> None:
    """A seat that was asked for and not answered is asked about, though its basket was paid."""
    basket = with_document(work)
    with pytest.raises(CentralUnreachable):
        take(faulty(work, LOST), (1, 6), basket=basket, at="O1")
    pay(faulty(work, *[DEAF] * 9), basket)
    bootstrap.recover(work.office)
    assert there(work, HELD) == [(0,)]
    assert broken(work) == ()


@pytest.mark.parametrize("fault", [DEAF, LOST])
def test_the_disk_fails_at_the_end_of_a_sale_off_line(work: AtWork, fault: str) -> None:
    """The documents that central may have booked are not kept from the next try."""
    basket = with_document(work)
    _refuse_payments(work)
    with pytest.raises(Exception, match="full"):
        pay(faulty(work, fault, *[DEAF] * 9), basket)
    assert rows(work, "SELECT status FROM orders WHERE id = ?", basket) == [("open",)]
    _refuse_payments(work, off=True)
    pay(work, basket)
    bootstrap.recover(work.office)
    assert there(work, CLAIMED) == [(0,)]
    assert broken(work) == ()


def _refuse_payments(work: AtWork, *, off: bool = False) -> None:
    """The disk has room for everything but payments."""
    work.office.write(
        lambda store: store.run(
            "DROP TRIGGER full"
            if off
            else "CREATE TRIGGER full BEFORE INSERT ON payment "
            "BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
        )
    )


def test_the_program_ends_before_a_claim_is_answered(tmp_path: Path) -> None:
    home = small_home(tmp_path)
    with at_work(home) as work:
        basket = with_document(work)
        with pytest.raises(Crash):
            pay(faulty(work, DIES), basket)
        assert there(work, CLAIMED) == [(1,)]
    with at_work(home) as work:
        assert there(work, CLAIMED) == [(0,)]
        pay(work, basket)
    assert proof(home).broken == ()


# --- picking up ----------------------------------------------------------------------------------


def test_the_program_ends_after_the_order_was_taken(tmp_path: Path) -> None:
    """It is not kept from other windows for nothing."""
    home = small_home(tmp_path)
    with at_work(home) as work:
        order, tickets = tickets_of(work, "TT0001")
        with pytest.raises(Crash):
            hand_over(faulty(work, DIES), order, tickets)
    with at_work(home) as work:
        assert there(work, "SELECT holder FROM custody_order WHERE order_id = ?", order) == [
            (None,)
        ]
        hand_over(work, order, tickets)
        with pytest.raises(HandedOver):
            hand_over(work, order, tickets)
    assert proof(home).broken == ()


def test_rule_8_an_order_being_paid_is_not_swept(work: AtWork) -> None:
    """An unfinished attempt keeps everything where it is, until it has ended."""
    basket = take(work, (1, 5), (1, 6))
    with _being_paid(work, basket):
        line = rows(work, "SELECT id FROM order_line WHERE order_id = ?", basket)[0][0]
        for act in (
            lambda: holds.abandon(office=work.office, desk=work.desk, basket=basket),
            lambda: holds.drop_lines(
                office=work.office, desk=work.desk, basket=basket, line_ids=[line]
            ),
            lambda: take(work, (1, 7), basket=basket),
            lambda: pay(work, basket),
        ):
            with pytest.raises(WrongStatus):
                act()
        assert rows(work, "SELECT count(*) FROM order_line WHERE order_id = ?", basket) == [(2,)]
        assert there(work, HELD) == [(2,)]
    pay(work, basket)
    assert broken(work) == ()


@contextmanager
def _being_paid(work: AtWork, basket: str) -> Iterator[None]:
    """As a thread sees it while another takes the money."""
    work.office.underway.payments.add(basket)
    row = {
        "id": new_id(),
        "number": "1-1-99",
        "order_id": basket,
        "tender": "cash",
        "amount_fen": 1,
        "currency": "CNY",
        "status": AttemptStatus.SENT,
        "created_at": NOON,
        "ended_at": None,
    }
    work.office.write(lambda store: store.insert(Attempt, [row]))
    yield
    work.office.underway.payments.discard(basket)


def test_a_payment_the_disk_did_not_let_end_is_undone_by_the_next(work: AtWork) -> None:
    """It neither took money nor could be cancelled: its basket can still be paid."""
    basket = with_document(work)
    with _being_paid(work, basket):
        pass
    sale = pay(work, basket)
    assert sale.total_fen == 68_000
    assert rows(work, "SELECT status FROM attempt ORDER BY rowid") == [
        ("cancelled",),
        ("succeeded",),
    ]
    assert broken(work) == ()
