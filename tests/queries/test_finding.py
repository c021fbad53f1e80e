"""One field for everything a visitor may have: each way in, and each way nothing is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from boxoffice import exchange
from boxoffice.domain import ticket_code
from boxoffice.domain.ids import new_id
from boxoffice.domain.ticket_code import TicketClaim
from boxoffice.errors import BadTicketCode
from boxoffice.queries import finding
from boxoffice.queries.finding import OrderHit
from boxoffice.services.programme import catalogue
from boxoffice.services.sales import checkout, holds, pickups
from boxoffice.services.sales import orders as baskets
from tests.homes import PRESALE_HEAD, AtWork, at_work, small_home
from tests.services.presale_rows import row

# Of Anna Maria Eriksson of Utopia, the specimen of the standard that defines these lines.
MRZ = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
ROWS = [
    row("CO250000001", code="5SJT3VDK", buyer="欧阳小树", phone="19900000021", seat="1", row="3",
        price="280.00"),
    row("C01OI-77", code="O0I1", buyer="Maren Oldhaven", phone="+44 20 7946 0018", seat="2",
        row="3", price="280.00", kind="passport", document="L898902C3"),
    row("XY12345678", buyer="Jan van der Ålund", phone="", seat="3", row="3", price="280.00",
        kind="passport", document="E12345678"),
    row("订单-9/1", buyer="O'Neil  Quarry", seat="4", row="3", price="280.00"),
]  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Iterator[AtWork]:
    """The small home, with orders of other sellers' shapes beside its own two."""
    folder: Path = tmp_path_factory.mktemp("finding")
    path = folder / "more.csv"
    path.write_text(PRESALE_HEAD + "".join(ROWS), encoding="utf-8")
    with at_work(small_home(folder)) as work:
        (report,) = catalogue.import_files(office=work.office, files=[exchange.read(path)])
        assert (report.added, report.exceptions) == (4, ())
        yield work


def find(work: AtWork, text: str) -> list[OrderHit]:
    return work.office.read(lambda store: finding.find(store, work.office.seal, text))


def numbers(work: AtWork, text: str) -> list[str]:
    return [hit.number for hit in find(work, text)]


FOUND = [
    ("AAAA2222", "TT0001"),
    ("aaaa 2222", "TT0001"),
    ("AAAA-2222", "TT0001"),
    (" ａａａａ２２２２ ", "TT0001"),
    ("5sjt3vdk", "CO250000001"),
    ("o0i1", "C01OI-77"),
    ("TT0002", "TT0002"),
    ("tt 0002", "TT0002"),
    ("TT-0002", "TT0002"),
    ("CO250000001", "CO250000001"),
    ("C0250000001", "CO250000001"),
    ("co25ooooooi", "CO250000001"),
    ("CO-2500-00001", "CO250000001"),
    ("CO 250 000 001", "CO250000001"),
    ("c01oi-77", "C01OI-77"),
    ("XY12345678", "XY12345678"),
    ("订单-9/1", "订单-9/1"),
    ("19900000002", "TT0002"),
    ("199 0000 0002", "TT0002"),
    ("199-0000-0002", "TT0002"),
    ("+86 199 0000 0002", "TT0002"),
    ("008619900000002", "TT0002"),
    ("+44 20 7946 0018", "C01OI-77"),
    ("+442079460018", "C01OI-77"),
    ("110101189001010016", "TT0001"),
    ("110101 18900101 0016", "TT0001"),
    ("１１０１０１１８９００１０１００１６", "TT0001"),
    ("X0000001", "TT0002"),
    ("x000 0001", "TT0002"),
    ("e12345678", "XY12345678"),
    ("l898902c3", "C01OI-77"),
    ("".join(MRZ), "C01OI-77"),
    ("\n".join(MRZ), "C01OI-77"),
    ("试一", "TT0001"),
    ("试二", "TT0001"),
    ("欧阳小树", "CO250000001"),
    ("欧阳 小树", "CO250000001"),
    ("欧 阳 小 树", "CO250000001"),
    ("Maren Oldhaven", "C01OI-77"),
    ("maren oldhaven", "C01OI-77"),
    ("  MAREN   OLDHAVEN ", "C01OI-77"),
    ("ｍａｒｅｎ oldhaven", "C01OI-77"),
    ("Jan van der Ålund", "XY12345678"),
    ("JAN VAN DER Ålund", "XY12345678"),
    ("o'neil quarry", "订单-9/1"),
]


@pytest.mark.parametrize(("text", "number"), FOUND, ids=[repr(text) for text, _ in FOUND])
def test_what_finds_an_order(shop, text, number):
    assert numbers(shop, text) == [number]


NOTHING = [
    "",
    "   ",
    "\t\n",
    "-",
    "AAAA2223",
    "TT000",
    "TT00022",
    "19900000099",
    "0002",
    "110101189001010024 1",
    "110101189001019991",
    "X0000009",
    "小树",
    "Maren",
    "%",
    "_",
    "' OR 1=1 --",
    "A" * 5000,
    "\udcff",
    "P<" + "<" * 86,
    "134567890123456789",
    "\x00",
    "🎾",
]


@pytest.mark.parametrize("text", NOTHING, ids=[ascii(text)[:20] for text in NOTHING])
def test_what_finds_nothing(shop, text):
    assert find(shop, text) == []


def test_a_hit_is_masked_and_counts_its_tickets(shop):
    (hit,) = find(shop, "TT0001")
    assert (hit.name, hit.phone) == ("试*", "199****0001")
    assert (hit.tickets, hit.handed_over) == (2, 0)
    assert (hit.session_en, hit.business_day) == ("Oak day session", "2025-09-27")


def test_an_attendee_finds_all_orders_that_name_them(shop):
    assert numbers(shop, "试") == ["C01OI-77", "CO250000001", "XY12345678", "订单-9/1"]


def code_for(work: AtWork, ticket: str, session: int = 1, seat: int = 1) -> str:
    claim = TicketClaim(work.office.key.key_id, UUID(ticket), session, seat, 1, 1, 1)
    return ticket_code.encode(claim, work.office.key.sign)


def a_ticket(work: AtWork) -> str:
    found = work.office.read(
        lambda store: store.first(
            "SELECT t.id FROM ticket t JOIN orders o ON o.id = t.order_id WHERE o.number = 'TT0002'"
        )
    )
    return str(found[0])


def test_our_ticket_code_finds_its_order(shop):
    code = code_for(shop, a_ticket(shop))
    assert numbers(shop, code) == ["TT0002"]
    assert numbers(shop, code.lower()) == ["TT0002"]
    assert numbers(shop, f" {code}\r") == ["TT0002"]


def test_a_ticket_of_an_order_nobody_reported_finds_nothing(shop):
    assert find(shop, code_for(shop, new_id())) == []


@pytest.mark.parametrize("place", [0, 1, -1])
@pytest.mark.parametrize("letter", ["0", "1", "?", "9"])
def test_a_damaged_ticket_code_is_told(shop, place, letter):
    code = list(code_for(shop, a_ticket(shop)))
    code[place] = letter
    with pytest.raises(BadTicketCode):
        find(shop, "".join(code))


def test_what_a_window_sold_is_found_as_printed(tmp_path):
    with at_work(small_home(tmp_path)) as work:
        basket = holds.take_seats(
            office=work.office,
            desk=work.desk,
            session_id=work.session("O2"),
            seat_ids=[work.seat(1, 1)],
            basket=None,
        )
        assert find(work, basket) == []
        baskets.set_buyer(
            office=work.office, desk=work.desk, basket=basket, name="Ada Fern", phone="19900000055"
        )
        assert find(work, "Ada Fern") == [], "a basket is no order yet"
        sale = checkout.pay_cash(
            office=work.office, desk=work.desk, basket=basket, tendered_fen=100_000
        )
        for text in (
            sale.number,
            sale.number.lower(),
            sale.number.replace("-", ""),
            sale.number.replace("-", " - "),
            "ada fern",
            "199 0000 0055",
        ):
            assert numbers(work, text) == [sale.number], text
        (hit,) = find(work, sale.number)
        assert (hit.tickets, hit.handed_over) == (1, 1)


def test_handed_over_tickets_are_counted(tmp_path):
    with at_work(small_home(tmp_path)) as work:
        (hit,) = find(work, "TT0001")
        ticket = work.office.read(
            lambda store: store.first("SELECT id FROM ticket WHERE order_id = ?", (hit.id,))
        )
        pickups.hand_over(
            office=work.office,
            desk=work.desk,
            order_id=hit.id,
            ticket_ids=[ticket[0]],
            checked="code",
        )
        (hit,) = find(work, "TT0001")
        assert (hit.tickets, hit.handed_over) == (2, 1)
