"""X and Z know every tender, deposits and money on its way back, each in its place."""

from __future__ import annotations

import json

import pytest

from boxoffice.queries import reports
from boxoffice.queries.folding import Moves, Owed, Tender
from boxoffice.queries.reports import ShiftReport
from boxoffice.services.aftersales import voids
from boxoffice.services.follower import Rounds
from boxoffice.services.printing import papers, return_papers
from boxoffice.services.sales import asking, checkout, paybacks, undoing
from boxoffice.services.sales.checkout import Share
from boxoffice.services.sharing import sync
from boxoffice.services.till import report_papers
from boxoffice.settings import Home
from tests.documents.test_receipt_pdf import read
from tests.faults.acts import proof, rows, sell, take
from tests.gateways import Hours, Party
from tests.homes import AtWork
from tests.services.closes import close, drawer, settle_pages, sign_on

PRICE = 68_000


@pytest.fixture
def work(paid_by_code: AtWork) -> AtWork:
    return paid_by_code


def by_code(work: AtWork, time: Hours, basket: str, amount: int | None = None) -> None:
    asking.ask(
        office=work.office, desk=work.desk, basket=basket, tender="wechat", amount_fen=amount,
        pause=time.wait,
    )  # fmt: skip


def part(work: AtWork, basket: str, tender: str, fen: int | None) -> None:
    share = Share(tender, fen, reference="000123456789" if tender == "card_apart" else None)
    checkout.pay(office=work.office, desk=work.desk, basket=basket, share=share)


def shift(work: AtWork) -> ShiftReport:
    shift_id = str(work.desk.shift_id)
    return work.office.read(lambda store: reports.shift_report(store, shift_id))


def clean(home: Home, work: AtWork) -> None:
    sync.push(work.office)
    assert proof(home).broken == ()


def test_a_split_sale_counts_once_and_names_every_tender(
    home: Home, work: AtWork, time: Hours
) -> None:
    basket = take(work, (1, 5), (1, 6))
    checkout.pay_cash(
        office=work.office, desk=work.desk, basket=basket, tendered_fen=50_000, amount_fen=40_000
    )
    before = shift(work)
    assert (before.orders, before.tickets, before.sales_fen) == (0, 0, 0)
    assert (before.deposits, before.change_fen) == (Moves(1, 40_000), 10_000)
    assert before.owed == {"owed:deposits": Owed(40_000, 0)}
    part(work, basket, "card_apart", 6_000)
    by_code(work, time, basket)
    found = shift(work)
    assert (found.orders, found.tickets, found.sales_fen) == (1, 2, 2 * PRICE)
    assert found.tenders == {
        "card_apart": Tender(6_000, 0),
        "cash:drawer": Tender(40_000, 0),
        "wechat": Tender(90_000, 0),
    }
    assert found.owed == {"owed:deposits": Owed(46_000, 46_000)}
    assert found.expected_fen == 50_000 + 40_000
    clean(home, work)


def test_what_was_given_away_is_a_tender_too(home: Home, work: AtWork) -> None:
    basket = take(work, (1, 5))
    part(work, basket, "complimentary", None)
    found = shift(work)
    assert found.tenders == {"complimentary": Tender(PRICE, 0)}
    assert (found.orders, found.sales_fen) == (1, PRICE)
    clean(home, work)


def test_a_deposit_undone_is_no_refund(home: Home, work: AtWork, time: Hours) -> None:
    basket = take(work, (1, 5))
    part(work, basket, "cash", 10_000)
    by_code(work, time, basket, 20_000)
    undoing.undo(office=work.office, desk=work.desk, order_id=basket)
    found = shift(work)
    assert found.undone == Moves(1, 30_000)
    assert (found.orders, found.refunds.count, found.voids.count) == (0, 0, 0)
    assert found.tenders == {"cash:drawer": Tender(10_000, 10_000), "wechat": Tender(20_000, 0)}
    assert found.owed["owed:refunds"] == Owed(20_000, 0)
    assert Rounds(work.office).go(0.0) == 1
    found = shift(work)
    assert found.tenders["wechat"] == Tender(20_000, 20_000)
    assert found.owed["owed:refunds"] == Owed(20_000, 20_000)
    clean(home, work)


def test_money_that_could_not_be_paid_back_is_not_taken_again(
    home: Home, work: AtWork, time: Hours, party: Party
) -> None:
    basket = take(work, (1, 5))
    by_code(work, time, basket)
    voids.void(office=work.office, desk=work.desk, order_id=basket, papers_back=True, reason="x")
    party.days = ["pending", "closed"]
    (back,) = work.office.read(lambda s: paybacks.waiting(s, 1, 1))
    for _ in range(2):
        paybacks.follow(office=work.office, payback_id=back)
    found = shift(work)
    assert found.tenders["wechat"] == Tender(PRICE, PRICE, PRICE)
    assert found.owed["owed:refunds"] == Owed(2 * PRICE, PRICE)
    assert (found.voids.tickets, found.voids.fen) == (1, PRICE)
    clean(home, work)


def test_a_late_outcome_stands_in_the_shift_that_is_open(
    home: Home, work: AtWork, time: Hours, party: Party
) -> None:
    party.days = ["silent"] * 40
    by_code(work, time, take(work, (1, 5)))
    first = close(work, 50_000)
    assert (first.orders, first.tenders) == (0, {})
    after = sign_on(work, "2001", float_fen=10_000)
    party.days = ["silent", "never"]
    Rounds(work.office).go(0.0)
    found = shift(after)
    assert (found.deposits, found.late) == (Moves(1, PRICE), Moves(1, PRICE))
    assert found.tenders == {"wechat": Tender(PRICE, 0)}
    assert found.owed["owed:refunds"] == Owed(PRICE, 0)
    # The first Z stays as it was kept.
    clean(home, after)


def test_a_z_with_all_of_it_reads_as_it_was_kept_and_prints(
    home: Home, work: AtWork, time: Hours
) -> None:
    basket = take(work, (1, 5))
    part(work, basket, "cash", 10_000)
    by_code(work, time, basket, 20_000)
    undoing.undo(office=work.office, desk=work.desk, order_id=basket)
    by_code(work, time, take(work, (1, 6)))
    settle_pages(work)
    kept = close(work, drawer(work, work.desk.shift_id))
    ((content,),) = rows(work, "SELECT content FROM z_report")
    assert reports.read_content(str(content)) == kept
    clean(home, work)
    text, _, _ = read(report_papers.report_paper(work.office, kept)[0])
    for words in (
        "微信支付收WeChatPaytaken¥880.00", "预收Depositstaken2·", "¥300.00",
        "待退款新增Refundsowedadded¥200.00",
    ):  # fmt: skip
        assert words in text, text


OLD_KEYS = {
    *("business_day", "change_fen", "close", "currency", "drops", "epoch", "expected_fen"),
    *("float_fen", "hand_overs", "name", "opened_at", "operator", "orders", "over_fen", "paid_in"),
    *("paid_out", "refunds", "reprints", "sales_fen", "shift_id", "short_fen", "tenders"),
    *("tickets", "voids", "window"),
}


def test_a_z_of_cash_alone_has_the_content_that_the_first_ones_had(work: AtWork) -> None:
    sell(work, (1, 5))
    close(work, 50_000 + PRICE)
    ((content,),) = rows(work, "SELECT content FROM z_report")
    said = json.loads(str(content))
    assert set(said) == OLD_KEYS
    assert said["tenders"] == {"cash:drawer": {"taken_fen": PRICE, "given_fen": 0}}


def test_the_receipt_of_a_split_sale_names_every_tender(
    work: AtWork, time: Hours, party: Party
) -> None:
    basket = take(work, (1, 5), (1, 6))
    by_code(work, time, basket, 40_000)
    checkout.pay_cash(office=work.office, desk=work.desk, basket=basket, tendered_fen=100_000)
    ((payment,),) = rows(
        work, "SELECT DISTINCT payment_id FROM order_line WHERE order_id = ?", basket
    )

    def receipt() -> str:
        return read(papers.receipt(work.office, work.desk, basket, str(payment))[0])[0]

    text = receipt()
    for words in (
        "合计Total¥1,360.00", "微信支付WeChatPay¥400.00", "现金Cash¥1,000.00", "找零Change¥40.00",
        "参考号ReferenceTv1",
    ):  # fmt: skip
        assert words in text
    voids.void(office=work.office, desk=work.desk, order_id=basket, papers_back=True, reason="x")
    text = receipt()
    assert "微信支付退款中WeChatPayonitswayback-¥400.00" in text
    assert "现金退回Cashgivenback-¥960.00" in text


def test_the_slip_of_a_refund_names_each_way(work: AtWork, time: Hours) -> None:
    basket = take(work, (1, 5))
    by_code(work, time, basket, 40_000)
    part(work, basket, "cash", None)
    voids.void(office=work.office, desk=work.desk, order_id=basket, papers_back=True, reason="x")
    ((refund,),) = rows(work, "SELECT id FROM refund")
    text, _, _ = read(return_papers.slip(work.office, basket, str(refund))[0])
    assert "退现金Cashback¥280.00" in text
    assert "由微信支付原路退回RequestedfromWeChatPay¥400.00" in text
