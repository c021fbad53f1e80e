"""Search follows every order, finds it by what a customer has, and lists what waits first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boxoffice import clock
from boxoffice.central import pulling
from boxoffice.queries import search
from boxoffice.queries.search import Found
from boxoffice.queries.search_words import Filters
from boxoffice.records import search_index
from boxoffice.services.sales import orders as baskets
from boxoffice.services.sales import releases, reservations
from boxoffice.services.sharing import sync
from tests.faults.acts import broken, hand_over, pay, rows, sell, take, tickets_of, writing
from tests.homes import NOON, AtWork, at_work, small_home
from tests.services.reserving import reserve
from tests.services.return_acts import by_number, refund

TODAY = date(2025, 9, 27)


def find(work: AtWork, text: str, today: date = TODAY, **filters: object) -> Found:
    wanted = replace(Filters(), **filters)
    return work.office.read(
        lambda store: search.search(store, work.office.seal, text, wanted, today)
    )


def numbers(work: AtWork, text: str, **filters: object) -> list[str]:
    return [row.number for row in find(work, text, **filters).rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TT0001", ["TT0001"]),
        ("tt 0001", ["TT0001"]),
        ("TT00", ["TT0001", "TT0002"]),
        ("AAAA2222", ["TT0001"]),
        ("aaaa-2", ["TT0001"]),
        ("19900000001", ["TT0001"]),
        ("+86 199 0000 0002", ["TT0002"]),
        ("0001", ["TT0001"]),
        ("110101189001010016", ["TT0001"]),
        ("X0000001", ["TT0002"]),
        ("x0000002", []),
        ("试一", ["TT0001"]),
        ("试", ["TT0001", "TT0002"]),
        ("试二", ["TT0001"]),
        ("shi er", ["TT0001"]),
        ("shisan", ["TT0002"]),
        ("ss", ["TT0002"]),
        ("er shi", ["TT0001"]),
        ("1-1-2", ["TT0001"]),
        ("1区1排2座", ["TT0001"]),
        ("1 区 第4排", ["TT0002"]),
        ("Block 1 Row 4 Seat 1", ["TT0002"]),
        ("1区1排10座", []),
        ("1/4/1", ["TT0002"]),
        ("O1", ["TT0001", "TT0002"]),
        ("橡树", ["TT0001", "TT0002"]),
        ("oak", ["TT0001", "TT0002"]),
        ("grounds", []),
        ("试 0002", ["TT0002"]),
        ("shiyi 0002", []),
        ('"*)(', []),
        ("\ud800", []),
        ("NEAR(a b)", []),
    ],
)
def test_an_order_is_found_by(work: AtWork, text: str, found: list[str]) -> None:
    assert sorted(numbers(work, text)) == found


def test_what_is_shown_is_masked(work: AtWork) -> None:
    (row,) = find(work, "试二").rows
    assert (row.name, row.attendee, row.phone) == ("试*", "试*", "199****0001")
    assert (row.waiting, row.tickets, row.place) == (2, 2, ("1", "1", "1"))


def test_a_sale_is_found_with_the_commit_that_made_it(work: AtWork) -> None:
    basket = take(work, (2, 7))
    baskets.set_buyer(
        office=work.office, desk=work.desk, basket=basket, name="欧阳青", phone="13900007788"
    )
    assert not find(work, "oyq").rows  # a basket is nobody's order yet
    sale = pay(work, basket)
    for text in ("oyq", "ouyang", "7788", "1-2-7", sale.number, sale.number.replace("-", "")):
        assert sale.number in numbers(work, text), text


def test_what_waits_today_comes_first_and_what_is_done_last(work: AtWork) -> None:
    tomorrow = sell(work, (2, 1))  # handed over with the sale
    order, ids = tickets_of(work, "TT0001")
    assert numbers(work, "oak")[2:] == [tomorrow.number]
    hand_over(work, order, ids)
    assert numbers(work, "oak") == ["TT0002", "TT0001", tomorrow.number]
    seats = reserve(work, (2, 3), name="试九")
    assert numbers(work, "oak")[:2] == ["TT0002", seats.number]
    day_after = find(work, "oak", today=TODAY + timedelta(days=1))
    assert [row.number for row in day_after.rows][:2] == [seats.number, "TT0002"]


def test_states_follow_the_order_and_narrow_the_list(work: AtWork) -> None:
    order, ids = tickets_of(work, "TT0001")
    assert numbers(work, "", state="handed_over") == []
    hand_over(work, order, ids[:1])
    assert numbers(work, "", state="handed_over") == ["TT0001"]
    assert sorted(numbers(work, "", state="waiting")) == ["TT0001", "TT0002"]
    hand_over(work, order, ids[1:])
    assert numbers(work, "", state="waiting") == ["TT0002"]
    sale = sell(work, (1, 5))
    refund(work, by_number(work, sale.number))
    assert numbers(work, "", state="returned") == [sale.number]
    seats = reserve(work, (1, 5))
    assert numbers(work, "", state="reserved") == [seats.number]
    releases.release(
        office=work.office, desk=work.desk, order_id=seats.order_id, line_ids=(), reason="不来"
    )
    assert numbers(work, "", state="released") == [seats.number]
    assert sorted(numbers(work, "1-1-5")) == sorted([sale.number, seats.number])
    assert broken(work) == ()


def test_filters_narrow_together_and_also_what_is_found_by_number(work: AtWork) -> None:
    sale = sell(work, (2, 1))
    assert numbers(work, "", day="2025-09-28") == [sale.number]
    assert numbers(work, "", session=work.session("O1"), channel="web") == ["TT0002"]
    assert numbers(work, "TT00", channel="app") == ["TT0001"]
    assert numbers(work, "TT0001", day="2025-09-28") == []
    assert numbers(work, "oak", state="handed_over", channel="window") == [sale.number]
    assert numbers(work, "") == []


def test_seats_that_are_not_fixed_yet_are_not_found(work: AtWork) -> None:
    basket = take(work, (2, 4))
    made = reservations.reserve(
        office=work.office,
        desk=work.desk,
        basket=basket,
        name="试八",
        phone="",
        minutes=60,
        seats_open=True,
    )
    assert numbers(work, "1-2-4") == []
    assert numbers(work, "shiba") == [made.number]


def test_an_order_in_two_sessions_is_one_row_and_waits_in_each(work: AtWork) -> None:
    basket = take(work, (2, 1))
    basket = take(work, (2, 2), basket=basket, at="O1")
    line = rows(
        work,
        "SELECT id FROM order_line WHERE order_id = ? AND session_id = ?",
        basket,
        work.session("O1"),
    )[0][0]
    baskets.set_attendee(
        office=work.office, desk=work.desk, basket=basket, line_id=str(line),
        name="双场", document_type="passport", document="X7654321",
    )  # fmt: skip
    sale = pay(work, basket)
    assert numbers(work, "shuangchang") == [sale.number]
    assert numbers(work, "sc", session=work.session("O1")) == [sale.number]
    assert numbers(work, "sc", session=work.session("O2")) == [sale.number]


def test_at_most_fifty_and_more_is_said(work: AtWork) -> None:
    def many(store) -> None:
        head = store.first("SELECT * FROM orders WHERE number = 'TT0002'")
        line = store.first("SELECT * FROM order_line WHERE order_id = ?", (head[0],))
        for n in range(60):
            order, one = list(head), list(line)
            order[0], order[2] = f"{n:032x}", f"MM{n:04d}"
            one[0], one[1] = f"{n:032x}", order[0]
            marks = ", ".join("?" * len(order))
            store.run(f"INSERT INTO orders VALUES ({marks})", order)
            store.run(f"INSERT INTO order_line VALUES ({', '.join('?' * len(one))})", one)

    work.office.write(many)
    for text in ("试三", "MM00", "0002"):
        found = find(work, text)
        assert (len(found.rows), found.more) == (search.MOST, True), text


def test_the_orders_last_worked_on_are_listed_newest_first(work: AtWork) -> None:
    first, second = sell(work, (2, 1)), sell(work, (2, 2))
    order, ids = tickets_of(work, "TT0002")
    hand_over(work, order, ids)
    found = work.office.read(lambda store: search.recent(store, work.office.seal, 1))
    assert [row.number for row in found.rows] == ["TT0002", second.number, first.number]


def test_phones_and_documents_are_in_the_index_as_hashes_only(work: AtWork) -> None:
    stored = rows(work, "SELECT * FROM search_spot")
    text = "".join(str(value) for row in stored for value in row)
    blocks = b"".join(row[0] for row in rows(work, "SELECT block FROM search_word_data"))
    for secret in ("19900000001", "110101189001010016", "X0000001"):
        assert secret not in text
        assert secret.lower().encode() not in blocks.lower()


def indexed(work: AtWork) -> list[tuple[object, ...]]:
    return rows(work, "SELECT * FROM search_spot ORDER BY spot")


ACTS = ("sell", "reserve", "refund", "hand over", "release")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(ACTS), max_size=6))
def test_after_any_acts_the_index_is_as_if_made_anew(tmp_path_factory, acts: list[str]) -> None:
    with at_work(small_home(tmp_path_factory.mktemp("search"))) as work:
        seat, sold, reserved = 1, [], []
        for act in acts:
            if act == "sell":
                sold.append(by_number(work, sell(work, (1, seat)).number))
            elif act == "reserve":
                reserved.append(reserve(work, (2, seat)).order_id)
            elif act == "refund" and sold:
                refund(work, sold.pop())
            elif act == "release" and reserved:
                releases.release(
                    office=work.office, desk=work.desk, order_id=reserved.pop(),
                    line_ids=(), reason="不来",
                )  # fmt: skip
            elif act == "hand over":
                order, ids = tickets_of(work, "TT0001")
                if not rows(work, "SELECT 1 FROM hand_over WHERE order_id = ?", order):
                    hand_over(work, order, ids)
            seat += 1
        followed = indexed(work)
        words = rows(work, "SELECT count(*) FROM search_word")
        work.office.write(search_index.rebuild)
        assert indexed(work) == followed
        assert rows(work, "SELECT count(*) FROM search_word") == words == [(len(followed),)]
        work.office.write(
            lambda store: store.run(
                "INSERT INTO search_word (search_word) VALUES ('integrity-check')"
            )
        )


def test_a_session_that_moves_takes_its_orders_along(work: AtWork) -> None:
    with writing(work.office.home, "central") as store:
        store.run(
            "UPDATE session SET business_day = '2025-09-29', "
            "starts_at = '2025-09-29T04:30:00.000000Z' "
            "WHERE code = 'O1'"
        )
        pulling.raise_version(store, "catalogue_version")
    assert sorted(numbers(work, "", day="2025-09-27")) == ["TT0001", "TT0002"]
    sync.pull(work.office)
    assert numbers(work, "", day="2025-09-27") == []
    assert sorted(numbers(work, "试", day="2025-09-29")) == ["TT0001", "TT0002"]


def test_what_is_undone_leaves_no_trace(work: AtWork) -> None:
    before = indexed(work)

    def fail(store) -> None:
        store.run("UPDATE orders SET version = version + 1, buyer = '没人'")
        raise LookupError("on purpose")

    with pytest.raises(LookupError):
        work.office.write(fail)
    assert indexed(work) == before
    assert not find(work, "没人").rows
    sell(work, (2, 1))
    assert len(indexed(work)) == len(before) + 1


def test_a_day_begins_where_its_spots_do() -> None:
    clock.use(lambda: NOON)
    assert search_index.day_spot(TODAY) < search_index.day_spot(TODAY + timedelta(days=1))
    assert 0 < search_index.day_spot(TODAY) < search_index.DONE < 2**63 - 2**61
