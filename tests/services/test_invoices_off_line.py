"""Tax invoices of orders a window holds while its line is down: one report brings many steps, and
the server takes them."""

from __future__ import annotations

from pathlib import Path

from boxoffice.services.aftersales import invoice_filing, invoices
from boxoffice.services.aftersales.invoice_hands import of_window
from boxoffice.services.sharing import sync
from tests.faults.acts import pay, rows, take
from tests.homes import AtWork
from tests.services import test_offline
from tests.services.exchange_acts import exchange, to_seats
from tests.services.return_acts import refund
from tests.services.test_invoices import COMPANY, answer, issued
from tests.services.test_offline import Venue

venue = test_offline.venue


def ask(work: AtWork, order: str) -> str:
    return invoices.ask(office=work.office, desk=work.desk, order_id=order, wanted=COMPANY).id


def file_all(work: AtWork, folder: Path) -> int:
    return invoice_filing.file_all(hands=of_window(work.office, None), folder=folder).requests


def first_line(work: AtWork, order: str) -> list[str]:
    found = rows(work, "SELECT id FROM order_line WHERE order_id = ? ORDER BY position", order)
    return [str(found[0][0])]


def test_from_asking_to_a_red_one_in_one_report(venue: Venue, tmp_path: Path) -> None:
    one = venue.one
    basket, other = take(one, (1, 5), (1, 6)), take(one, (2, 5), (2, 6))
    with venue.away():
        order, second = pay(one, basket).order_id, pay(one, other).order_id
        asked, _ = ask(one, order), ask(one, second)
        refund(one, second, first_line(one, second))
        assert file_all(one, tmp_path) == 2
        invoice_filing.take_in(
            hands=of_window(one.office, None), raw=answer(issued(asked)), name="back.csv"
        )
        back = refund(one, order, first_line(one, order)).amount_fen
        assert file_all(one, tmp_path) == 1
    sync.push(one.office)
    sync.pull(venue.two.office)
    assert venue.central("SELECT count(*) FROM review") == [(0,)]
    assert venue.central(
        "SELECT kind, status, amount_fen FROM invoice WHERE order_id = ? ORDER BY id", order
    )[1] == ("red", "filed", back)
    assert rows(venue.two, "SELECT count(*) FROM invoice") == [(3,)]
    assert venue.broken() == ()


def test_asked_for_anew_after_an_exchange(venue: Venue, tmp_path: Path) -> None:
    one, two = venue.one, venue.two
    order = pay(one, take(one, (3, 5))).order_id
    ask(one, order)
    exchange(one, order, to_seats(one, order, (1, 8)))
    sync.push(one.office)
    sync.pull(two.office)
    assert file_all(two, tmp_path) == 1
    sync.push(two.office)
    sync.pull(one.office)
    found = rows(one, "SELECT status FROM invoice ORDER BY id")
    assert found == [("dropped",), ("filed",)]
    assert venue.central("SELECT count(*) FROM review") == [(0,)]
    assert venue.broken() == ()
