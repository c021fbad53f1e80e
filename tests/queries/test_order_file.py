"""An order whole: its money, and its past from this window's journal and from others' rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.queries import order_file
from boxoffice.queries.order_file import OrderFile
from boxoffice.services.aftersales import reprints, reveal, voids
from boxoffice.services.printing import tickets
from boxoffice.services.sales import asking, checkout, undoing
from tests.faults.acts import hand_over, rows, sell, take, tickets_of
from tests.gateways import Hours, Party, with_parties
from tests.homes import AtWork, at_work, small_home
from tests.services.reserving import pay, reserve
from tests.services.return_acts import by_number, lines, refund


def whole(work: AtWork, order_id: str) -> OrderFile:
    return work.office.read(lambda store: order_file.order_file(store, work.office.seal, order_id))


def acts(work: AtWork, order_id: str) -> list[str]:
    return [event.act for event in whole(work, order_id).events]


def test_what_was_sold_before_begins_at_its_channel(work: AtWork) -> None:
    order, ids = tickets_of(work, "TT0001")
    (sold,) = whole(work, order).events
    assert (sold.act, sold.window) == ("presale", 0)
    assert sold.facts["tickets"] == 2
    assert sold.facts["amount_fen"] == 136_000
    picked = hand_over(work, order, ids)
    tickets.print_jobs(office=work.office, desk=work.desk, job_ids=picked.print_jobs)
    file = whole(work, order)
    assert [event.act for event in file.events] == ["presale", "hand_over", "print"]
    assert file.events[1].operator.startswith("1001")
    assert [payment.tender for payment in file.payments] == ["channel:app"]


def test_a_sale_and_its_refund_are_told_once(work: AtWork) -> None:
    order = by_number(work, sell(work, (2, 1), (2, 2)).number)
    refund(work, order, lines(work, order)[:1])
    file = whole(work, order)
    assert [event.act for event in file.events if event.act != "print"] == ["sale", "refund"]
    assert (len(file.payments), len(file.returns)) == (1, 1)
    assert file.returns[0].price_fen == file.returns[0].fee_fen + file.returns[0].amount_fen


def test_a_reservation_is_told_until_it_is_paid(work: AtWork) -> None:
    made = reserve(work, (2, 3))
    pay(work, made.order_id)
    assert [act for act in acts(work, made.order_id) if act != "print"] == ["reserve", "sale"]


def test_a_reprint_is_told_with_its_reason(work: AtWork) -> None:
    order = by_number(work, sell(work, (2, 1)).number)
    (ticket,) = (row[0] for row in rows(work, "SELECT id FROM ticket WHERE order_id = ?", order))
    reprints.reprint(
        office=work.office, desk=work.desk, order_id=order, ticket_ids=[ticket], reason="卡纸"
    )
    (told,) = (event for event in whole(work, order).events if event.act == "reprint")
    assert told.facts["reason"] == "卡纸"


def test_what_another_window_did_is_read_from_the_rows(work: AtWork) -> None:
    """As after a pull: the rows are here, the other window's journal is not."""
    order = by_number(work, sell(work, (2, 1), (2, 2)).number)
    refund(work, order, lines(work, order)[:1])
    made = reserve(work, (2, 5))

    def forget(store) -> None:
        store.run("DROP TRIGGER journal_no_delete")
        store.run("DELETE FROM journal")

    work.office.write(forget)
    file = whole(work, order)
    assert [event.act for event in file.events] == ["sale", "hand_over", "refund"]
    assert file.events[0].facts["tickets"] == 2
    assert file.events[2].facts["cash_fen"] == file.returns[0].amount_fen
    assert acts(work, made.order_id) == ["reserve"]


def test_a_look_at_personal_data_stands_in_the_history(tmp_path) -> None:
    with at_work(small_home(tmp_path), number="3001") as work:
        order, _ = tickets_of(work, "TT0002")
        reveal.reveal(office=work.office, desk=work.desk, order_id=order, reason="核对护照")
        last = whole(work, order).events[-1]
        assert (last.act, last.facts["reason"]) == ("reveal", "核对护照")
        assert last.operator.startswith("3001")


@pytest.fixture
def asking_work(tmp_path: Path, time: Hours) -> Iterator[AtWork]:
    with at_work(small_home(tmp_path)) as found:
        clock.use(lambda: time.at)
        yield with_parties(found, Party())


def test_parts_paid_and_money_on_its_way_back_are_told_here_and_elsewhere(
    asking_work: AtWork, time: Hours
) -> None:
    work = asking_work
    desk = {"office": work.office, "desk": work.desk}
    sold, undone = take(work, (1, 5)), take(work, (1, 6))
    for basket in (sold, undone):
        asking.ask(
            **desk, basket=basket, tender="wechat", amount_fen=30_000, pause=time.wait
        )  # fmt: skip
        time.pass_(1)
    checkout.pay_cash(**desk, basket=sold, tendered_fen=50_000)
    time.pass_(1)
    undoing.undo(**desk, order_id=undone)
    time.pass_(1)
    voids.void(**desk, order_id=sold, papers_back=True, reason="x")
    file = whole(work, sold)
    assert [(p.tender, p.amount_fen, p.part) for p in file.payments] == [
        ("wechat", 30_000, True),
        ("cash", 38_000, False),
    ]
    assert sorted((p.tender, p.amount_fen, p.status, p.kind) for p in file.paybacks) == [
        ("cash", 38_000, "arrived", "void"),
        ("wechat", 30_000, "created", "void"),
    ]
    assert acts(work, sold) == ["deposit", "sale", "void"]
    assert acts(work, undone) == ["deposit", "undo_deposit"]

    def forget(store) -> None:
        store.run("DROP TRIGGER journal_no_delete")
        store.run("DELETE FROM journal")

    before = whole(work, sold).events[-1].facts
    work.office.write(forget)
    assert acts(work, sold) == ["deposit", "sale", "hand_over", "void"]
    assert acts(work, undone) == ["deposit", "undo_deposit"]
    after = whole(work, sold).events[-1].facts
    for name in ("cash_fen", "requested", "fee_fen", "tickets"):
        assert after[name] == before[name]
