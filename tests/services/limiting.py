"""Rules given to a small home, and sales that meet them."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from boxoffice import exchange
from boxoffice.errors import LimitReached
from boxoffice.queries import orders as queries
from boxoffice.services.programme import catalogue
from boxoffice.services.sales import checkout, holds, orders
from tests.homes import AtWork, resident_id

HEAD = "rule,valid_from,session,value\n"
DOCUMENT = "purchase_limit_per_document"
PHONE = "purchase_limit_per_phone"
TURN = "purchase_limit_per_turn"


def rule_file(work: AtWork, *lines: str):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rules.csv"
        path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
        (report,) = catalogue.import_files(office=work.office, files=[exchange.read(path)])
    return report


def rule(work: AtWork, *lines: str) -> None:
    report = rule_file(work, *lines)
    assert (report.errors, report.not_changed, report.added) == ((), (), len(lines))


def take(work: AtWork, *seats: tuple[int, int], session: str = "O2", into: str | None = None):
    return holds.take_seats(
        office=work.office,
        desk=work.desk,
        session_id=work.session(session),
        seat_ids=[work.seat(*seat) for seat in seats],
        basket=into,
    )


def passes(work: AtWork, count: int, into: str | None = None, kind: str = "adult") -> str:
    return holds.take_places(
        office=work.office,
        desk=work.desk,
        session_id=work.session("G1"),
        count=count,
        basket=into,
        ticket_type=kind,
    )


def view(work: AtWork, basket: str):
    return work.office.read(lambda store: queries.order(store, work.office.seal, basket))


def bind(work: AtWork, basket: str, *serials: int) -> None:
    for line, serial in zip(view(work, basket).lines, serials, strict=True):
        orders.set_attendee(
            office=work.office,
            desk=work.desk,
            basket=basket,
            line_id=line.id,
            name="",
            document_type="resident_id",
            document=resident_id(serial),
        )


def buyer(work: AtWork, basket: str, phone: str = "19900000009") -> None:
    orders.set_buyer(office=work.office, desk=work.desk, basket=basket, name="", phone=phone)


def pay(work: AtWork, basket: str):
    return checkout.pay_cash(
        office=work.office, desk=work.desk, basket=basket, tendered_fen=1_000_000
    )


@contextmanager
def refused(rule_name: str, limit: int, count: int):
    with pytest.raises(LimitReached) as caught:
        yield
    fields = caught.value.fields
    assert (fields["rule"], fields["limit"], fields["count"]) == (rule_name, limit, count)
