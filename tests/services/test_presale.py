"""Orders sold on line before: whole orders, in or out; the earlier one stays, with a reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from boxoffice import bootstrap, exchange
from boxoffice.queries import cases, finding
from boxoffice.services.programme import catalogue
from boxoffice.services.programme.catalogue import FileReport
from boxoffice.services.programme.presale import OrderException
from boxoffice.services.sales import checkout, holds
from boxoffice.services.sales import orders as baskets
from boxoffice.services.sharing import sync
from boxoffice.settings import Home, HomeKind, Settings
from boxoffice.verify.proof import prove
from boxoffice.verify.sides import Side, Sides, WindowSide
from tests.homes import PRESALE, PRESALE_HEAD, AtWork, resident_id
from tests.services.presale_rows import row


def take_in(work: AtWork, folder: Path, *rows: str, name: str = "more.csv") -> FileReport:
    path = folder / name
    path.write_text(PRESALE_HEAD + "".join(rows), encoding="utf-8")
    (report,) = catalogue.import_files(office=work.office, files=[exchange.read(path)])
    return report


def left_out(report: FileReport) -> OrderException:
    assert report.errors == ()
    (found,) = report.exceptions
    return found


def numbers(work: AtWork) -> set[str]:
    return {row[0] for row in work.office.read(lambda s: s.all("SELECT number FROM orders"))}


def central(work: AtWork, sql: str) -> list[tuple]:
    return work.office.link.lane.call(lambda store: store.all(sql))


@pytest.fixture(autouse=True)
def _every_rule_holds(work: AtWork) -> Iterator[None]:
    """Whatever a test did to the small home, `verify` finds nothing after it."""
    yield
    sync.push(work.office)
    sides = Sides(
        central=Side("central", work.office.link.lane.call(lambda store: store)),
        windows=(
            WindowSide(
                "window",
                work.office.reading.call(lambda store: store),
                head_file=work.office.home.head_file,
            ),
        ),
    )
    assert prove(sides).broken == ()


GOOD = row("TT8", seat="8")
"""Goes in beside every order that stays out."""

OUT = {
    "seat sold in the catalogue": (
        [row(seat="1", row="1")],
        ("seat_sold", "O1 1-1-1", "free; sold in order TT0001"),
    ),
    "seat sold earlier in the file": (
        [row("TT7"), row("TT9")],
        ("seat_sold", "O1 1-2-7", "free; sold in order TT7"),
    ),
    "one seat twice in the order": (
        [row("TT9", document=resident_id(101)), row("TT9", document=resident_id(102))],
        ("seat_sold", "O1 1-2-7", "free; sold in order TT9"),
    ),
    "document used before": (
        [row(document="110101189001010016")],
        ("document_twice", "1****************6", "one document, one ticket per session"),
    ),
    "document used earlier in the file": (
        [row("TT7", document=resident_id(101)), row("TT9", document=resident_id(101), seat="6")],
        ("document_twice", "1****************" + resident_id(101)[-1], None),
    ),
    "document twice in the order": (
        [row("TT9", document=resident_id(101)), row("TT9", document=resident_id(101), seat="6")],
        ("document_twice", "1****************" + resident_id(101)[-1], None),
    ),
    "passport in another spelling": (
        [row(kind="passport", document="x-0000001")],
        ("document_twice", "X******1", None),
    ),
    "unknown seat": ([row(seat="11")], ("seat_unknown", "1-2-11", "a seat of the plan")),
    "unknown section": ([row(section="9")], ("seat_unknown", "9-2-7", "a seat of the plan")),
    "no seat": ([row(seat="")], ("seat_unknown", "1-2-", "a seat of the plan")),
    "a seat where there are none": (
        [row(session="G1", price="50.00")],
        ("seat_unknown", "1-2-7", "no seat in this session"),
    ),
    "unknown session": (
        [row(session="O9")],
        ("session_unknown", "O9", "a session of the catalogue"),
    ),
    "no session": ([row(session="")], ("session", "", "a value")),
    "wrong amount": (
        [row(price="679.99")],
        ("price_unknown", "adult 67999 fen", "68000 fen"),
    ),
    "a type that has no price there": (
        [row(type="companion", price="0.00")],
        ("price_unknown", "companion 0 fen", "a price of the catalogue"),
    ),
    "unknown type": (
        [row(type="child")],
        ("ticket_type", "child", "one of: adult, concession, companion"),
    ),
    "an amount that is none": ([row(price="abc")], ("price_yuan", "abc", "an amount in yuan")),
    "refunded": ([row(status="已退款")], ("status", "refunded", "paid")),
    "cancelled": ([row(status="已取消")], ("status", "cancelled", "paid")),
    "malformed document": (
        [row(document="110101189001010017")],
        ("document_no", "1****************7", "check_digit"),
    ),
    "document of the old form": (
        [row(document="110101900101001")],
        ("document_no", "1*************1", "old_form"),
    ),
    "type without a number": (
        [row(document=" ")],
        ("document_no", "", "a number, or no document type"),
    ),
    "another buyer in a row": (
        [row("TT9"), row("TT9", seat="6", buyer="别人")],
        ("buyer", "", None),
    ),
    "another phone in a row": (
        [row("TT9"), row("TT9", seat="6", phone="19900000008")],
        ("phone", "", None),
    ),
    "another time of payment in a row": (
        [row("TT9"), row("TT9", seat="6", paid_at="2025-09-04T10:00+08:00")],
        ("paid_at", "", None),
    ),
    "a number that stands with other content": (
        [row("TT0002")],
        ("order_differs", "TT0002", "as imported before"),
    ),
    "trouble in the second row": (
        [row("TT9"), row("TT9", seat="99")],
        ("seat_unknown", "1-2-99", None),
    ),
}


@pytest.mark.parametrize(("rows", "told"), OUT.values(), ids=OUT.keys())
def test_an_order_that_does_not_fit_stays_out_alone(work, tmp_path, rows, told):
    before = numbers(work)
    report = take_in(work, tmp_path, *rows, GOOD)
    found = left_out(report)
    reason, value, expected = told
    assert (found.reason, found.value) == (reason, value)
    if expected is not None:
        assert found.expected == expected
    others = {line.split(",")[0] for line in rows} - {found.order_number}
    assert report.added == 1 + len(others)
    assert numbers(work) == before | {"TT8"} | others
    (case,) = work.office.read(cases.open_cases)
    assert (case.kind, case.order_number) == ("presale_exception", found.order_number)
    assert (case.facts["reason"], case.facts["value"]) == (reason, value)
    assert case.facts["file"] == "more.csv"
    assert case.facts["line"] == found.line


@pytest.mark.parametrize("document", ["110101189001010016", "110101189001010017"])
def test_no_case_and_no_report_tells_a_document(work, tmp_path, document):
    report = take_in(work, tmp_path, row(document=document))
    stored = central(work, "SELECT facts, key FROM cases") + central(
        work, "SELECT facts, '' FROM journal"
    )
    assert document not in repr(report) + repr(stored)


def test_importing_exceptions_again_opens_no_second_case(work, tmp_path):
    rows = [row(seat="1", row="1"), row("TT0002"), row("TT7", session="O9"), GOOD]
    first = take_in(work, tmp_path, *rows)
    entries = central(work, "SELECT count(*) FROM journal")
    again = take_in(work, tmp_path, *rows, name="again.csv")
    assert (first.added, again.added, again.unchanged) == (1, 0, 1)
    assert again.exceptions == first.exceptions
    assert len(first.exceptions) == 3
    assert len(work.office.read(cases.open_cases)) == 3
    assert central(work, "SELECT count(*) FROM journal") == entries


def test_rows_of_an_order_may_stand_anywhere_in_the_file(work, tmp_path):
    report = take_in(
        work,
        tmp_path,
        row("TT9", seat="5"),
        row("TT8", seat="6"),
        row("TT9", seat="7"),
        row("TT8", seat="8"),
        row("TT9", seat="9"),
    )
    assert (report.added, report.exceptions) == (2, ())
    counted = central(
        work,
        "SELECT o.number, count(*), o.total_fen FROM orders o JOIN ticket t ON t.order_id = o.id "
        "WHERE o.number IN ('TT8', 'TT9') GROUP BY o.id ORDER BY o.number",
    )
    assert counted == [("TT8", 2, 136_000), ("TT9", 3, 204_000)]


def test_rows_in_another_order_are_the_same_order(work, tmp_path):
    rows = [row("TT9", seat="5"), row("TT9", seat="6")]
    take_in(work, tmp_path, *rows)
    report = take_in(work, tmp_path, *reversed(rows))
    assert (report.added, report.unchanged, report.exceptions) == (0, 1, ())


@pytest.mark.parametrize(
    "changed",
    [
        {"phone": "19900000008"},
        {"buyer": "别人"},
        {"code": "BBBB3333"},
        {"paid_at": "2025-09-05T10:00+08:00"},
        {"document": resident_id(77)},
        {"type": "concession", "price": "340.00"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_number_that_came_before_with_other_content_stays_as_it_was(work, tmp_path, changed):
    take_in(work, tmp_path, row(document=resident_id(5)))
    before = central(work, "SELECT * FROM orders ORDER BY id")
    found = left_out(take_in(work, tmp_path, row(**{"document": resident_id(5)} | changed)))
    assert found.reason == "order_differs"
    assert central(work, "SELECT * FROM orders ORDER BY id") == before


def test_an_order_with_more_rows_than_before_differs(work, tmp_path):
    take_in(work, tmp_path, row("TT9"))
    found = left_out(take_in(work, tmp_path, row("TT9"), row("TT9", seat="6")))
    assert found.reason == "order_differs"


def test_capacity_is_for_whole_orders(work, tmp_path):
    passes = [("G1", "", "", "", "adult", "50.00")] * 6
    four = [row("TT7", place, resident_id(10 + n)) for n, place in enumerate(passes[:4])]
    three = [row("TT8", place, resident_id(20 + n)) for n, place in enumerate(passes[:3])]
    two = [row("TT9", place, resident_id(30 + n)) for n, place in enumerate(passes[:2])]
    report = take_in(work, tmp_path, *four, *three, *two)
    found = left_out(report)
    assert (found.order_number, found.reason, found.value) == ("TT8", "capacity", "G1")
    assert report.added == 2
    pool = "SELECT places FROM pool k JOIN session s ON s.id = k.session_id WHERE s.code = 'G1'"
    assert central(work, f"{pool} AND holder = 0") == [(0,)]
    found = left_out(take_in(work, tmp_path, row("TT6", passes[0], resident_id(40))))
    assert found.reason == "capacity"


def test_a_seat_in_a_basket_is_not_free(work, tmp_path):
    holds.take_seats(
        office=work.office,
        desk=work.desk,
        session_id=work.session("O1"),
        seat_ids=[work.seat(2, 7)],
        basket=None,
    )
    found = left_out(take_in(work, tmp_path, row()))
    assert (found.reason, found.expected) == ("seat_sold", "free; in a basket at a window")


def test_what_a_window_sold_stays_sold(work, tmp_path):
    basket = holds.take_seats(
        office=work.office,
        desk=work.desk,
        session_id=work.session("O1"),
        seat_ids=[work.seat(2, 7)],
        basket=None,
    )
    (found,) = work.office.read(
        lambda store: store.all("SELECT id FROM order_line WHERE order_id = ?", (basket,))
    )
    baskets.set_attendee(
        office=work.office,
        desk=work.desk,
        basket=basket,
        line_id=found[0],
        name="试",
        document_type="resident_id",
        document=resident_id(3),
    )
    sale = checkout.pay_cash(office=work.office, desk=work.desk, basket=basket, tendered_fen=68_000)
    sync.push(work.office)
    taken = left_out(take_in(work, tmp_path, row("TT9")))
    assert taken.expected == f"free; sold in order {sale.number}"
    known = left_out(take_in(work, tmp_path, row("TT9", seat="6", document=resident_id(3))))
    assert known.reason == "document_twice"
    same_number = left_out(take_in(work, tmp_path, row(sale.number, seat="6")))
    assert same_number.reason == "order_differs"


def test_money_goes_to_the_channel(work, tmp_path):
    place = {"type": "concession", "price": "340.00"}
    take_in(work, tmp_path, row("TT9"), row("TT9", seat="6", **place))
    found = central(
        work,
        "SELECT p.account, p.amount_fen FROM posting p JOIN orders o ON o.id = p.order_id "
        "WHERE o.number = 'TT9' ORDER BY p.line",
    )
    assert found[0] == ("channel:app", 102_000)
    assert found[1][1] == -102_000
    acts = central(work, "SELECT act, facts FROM journal ORDER BY number DESC LIMIT 1")
    assert acts[0][0] == "presale"
    assert json.loads(acts[0][1])["number"] == "TT9"


def test_a_free_ticket_posts_no_money(work, tmp_path):
    free = row(place=("O1", "1", "4", "9", "companion", "0.00"))
    assert take_in(work, tmp_path, free).added == 1
    assert central(
        work,
        "SELECT count(*) FROM posting p JOIN orders o ON o.id = p.order_id WHERE o.number = 'TT9'",
    ) == [(0,)]


def test_a_seat_may_be_written_with_its_units(work, tmp_path):
    people = resident_id(201), resident_id(202)
    report = take_in(
        work,
        tmp_path,
        row(document=people[0], section="1区", row="2排", seat="7座"),
        row(document=people[1], section="第1看台", row="第2排", seat="8号"),
    )
    assert (report.added, report.exceptions) == (1, ())
    plain = take_in(work, tmp_path, row(document=people[0]), row(document=people[1], seat="8"))
    assert plain.unchanged == 1, "the same seats without their units are the same order"


def test_people_and_codes_are_kept_as_they_are_looked_up(work, tmp_path):
    take_in(
        work,
        tmp_path,
        row("tt９", code="aaaa-3333", buyer="Maren  Oldhaven", phone="+86 199-0000-0012"),
        row("tt10", seat="6", buyer="试　十", phone="0086 19900000013"),
    )
    for text, number in [
        ("TT9", "TT9"),
        ("AAAA3333", "TT9"),
        ("Maren Oldhaven", "TT9"),
        ("19900000012", "TT9"),
        ("试十", "TT10"),
        ("19900000013", "TT10"),
    ]:
        hits = work.office.read(lambda s, text=text: finding.find(s, work.office.seal, text))
        assert [hit.number for hit in hits] == [number], text


def test_without_a_pickup_code_the_number_finds_the_order(work, tmp_path):
    take_in(work, tmp_path, row("CO250000001"))
    (hit,) = work.office.read(lambda s: finding.find(s, work.office.seal, "CO250000001"))
    assert hit.number == "CO250000001"


def test_orders_before_any_session_are_no_trouble_of_single_orders(work, tmp_path):
    path = tmp_path / "p.csv"
    path.write_text(PRESALE, encoding="utf-8")
    parsed = exchange.read(path)
    home = Home(tmp_path / "empty")
    bootstrap.make_home(home, Settings(kind=HomeKind.TRAINING))
    with bootstrap.open_office(home) as office:
        (report,) = catalogue.import_files(office=office, files=[parsed])
        assert [error.column for error in report.errors] == ["session"]
        assert office.read(cases.open_cases) == []
