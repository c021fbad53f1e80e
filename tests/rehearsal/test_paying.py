"""Windows of a rehearsal sell by code and card on bad days: no money stays unexplained."""

from __future__ import annotations

from dataclasses import replace

import pytest

from boxoffice.domain.accounts import ASKED
from boxoffice.rehearsal import money
from boxoffice.rehearsal.companies import BookOf
from boxoffice.rehearsal.money import compare
from boxoffice.services.aftersales import voids
from boxoffice.verify.sides import Side, Sides
from tests.faults.acts import reading, take
from tests.gateways import Party, with_parties
from tests.homes import at_work, small_home
from tests.rehearsal.stages import play
from tests.services.test_paid_back_by_its_way import by_code, clean, follow_all


def test_killed_windows_and_bad_days_leave_no_money_unexplained() -> None:
    report = play(4, "payments, kill-window")
    assert report.ok, report.as_json()
    assert {one.tender for one in report.money} == set(ASKED)
    assert all(one.agrees for one in report.money)
    assert sum(one.company_fen for one in report.money) > 0
    assert report.faults["payments"] > 0


@pytest.fixture
def fair(tmp_path):
    """What a company and central have after one sale by code, part of it on its way back."""
    home, party = small_home(tmp_path), Party()
    with at_work(home) as bare:
        work = with_parties(bare, party)
        basket = take(work, (1, 5), (1, 6))
        by_code(work, basket)
        own = work.office.read(
            lambda store: store.all("SELECT id FROM order_line WHERE order_id = ?", (basket,))
        )
        voids.void(
            office=work.office,
            desk=work.desk,
            order_id=basket,
            line_ids=[str(own[0][0])],
            papers_back=True,
            reason="wrong",
        )
        follow_all(work)
        clean(home, work)
    ((number, trade),) = party.trades.items()
    ((refund, fen),) = trade.back.items()
    book = BookOf({number: trade.amount}, {refund: fen}, {refund: number})
    store = reading(home, "central")
    yield book, Sides(Side("central", store), ())
    store.close()


def found(book: BookOf, sides: Sides) -> list[str]:
    return [finding.detail for finding in compare({"wechat": book}, sides)[1]]


def test_books_that_agree_are_no_finding(fair) -> None:
    book, sides = fair
    compared, findings = compare({"wechat": book}, sides)
    assert findings == []
    assert [one.company_fen for one in compared] == [68_000]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda book: {"taken": {}}, "an order without its money"),
        (lambda book: {"taken": book.taken | {"v_1_1_000009": 100}}, "fen without order"),
        (lambda book: {"taken": dict.fromkeys(book.taken, 135999)}, "booked are 136000 fen"),
        (lambda book: {"back": {}}, "are arrived, and are not"),
        (lambda book: {"back": dict.fromkeys(book.back, 70000)}, "70000 fen went back"),
        (lambda book: {"breaches": ("charge x was sent twice",)}, "was sent twice"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_found(fair, change, said: str) -> None:
    book, sides = fair
    wrong = replace(book, **change(book))
    assert any(said in detail for detail in found(wrong, sides)), found(wrong, sides)
    assert money.RULE in {finding.rule for finding in compare({"wechat": wrong}, sides)[1]}
