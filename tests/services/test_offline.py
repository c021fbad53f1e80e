"""Off line is a normal state: what goes on within custody, what does not, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from boxoffice import bootstrap, exchange
from boxoffice.central import reviewing
from boxoffice.central.items import Items
from boxoffice.central.reviewing import Outcome
from boxoffice.desk import Desk
from boxoffice.errors import (
    CentralUnreachable,
    NeedsApproval,
    OnLineOnly,
    ReasonMissing,
    WrongStatus,
)
from boxoffice.records.store import Row
from boxoffice.services.sales import holds, reservations
from boxoffice.services.sharing import custody, line, sync
from boxoffice.services.staff import approvals, operators, shifts
from boxoffice.services.supervising import reviews
from boxoffice.services.till import cash_moves
from boxoffice.verify.proof import prove
from boxoffice.verify.sides import Finding, Side, Sides, WindowSide
from tests import servers
from tests.faults.acts import (
    LOST,
    faulty,
    hand_over,
    name_all,
    pay,
    reading,
    rows,
    sell,
    take,
    tickets_of,
)
from tests.homes import AtWork, at_work
from tests.lines import cut_off
from tests.services.allotted import allot, seats_of
from tests.services.closes import close
from tests.services.return_acts import refund
from tests.windows import window_home


@dataclass
class Venue:
    """Two windows at a server; nothing runs by itself."""

    database: str
    one: AtWork
    two: AtWork

    @contextmanager
    def away(self) -> Iterator[None]:
        """Window 1 and 2 are off line, and know it as they do with a keeper."""
        for work in (self.one, self.two):
            work.office.link.watch(lambda: None)
        with cut_off(self.database):
            for work in (self.one, self.two):
                with pytest.raises(CentralUnreachable):
                    work.office.link.greet()
            yield
        for work in (self.one, self.two):
            work.office.link.greet()
            work.office.link.watch(None)

    def central(self, sql: str, *params: object) -> list[Row]:
        with closing(servers.as_owner(self.database)) as store:
            return store.all(sql, params)

    def change(self, sql: str, *params: object) -> None:
        with closing(servers.as_owner(self.database)) as store, store.transaction():
            store.run(sql, params)

    def broken(self) -> tuple[Finding, ...]:
        with ExitStack() as ends:
            windows = tuple(
                WindowSide(
                    f"window {number}",
                    ends.enter_context(closing(reading(work.office.home, "window"))),
                    number=number,
                )
                for number, work in ((1, self.one), (2, self.two))
            )
            central = ends.enter_context(closing(servers.as_owner(self.database)))
            return prove(Sides(Side("central", central), windows)).broken


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    database = servers.fresh_database()
    with ExitStack() as ending:
        one, two = (
            ending.enter_context(at_work(window_home(tmp_path / str(n), database, n)))
            for n in (1, 2)
        )
        yield Venue(database, one, two)


def test_a_day_off_line_within_what_is_held(venue: Venue) -> None:
    """Sign in, sales, reservations, cash, pickup, refunds and the close of the shift go on."""
    one = venue.one
    order, ticket_ids = tickets_of(one, "TT0001")
    basket = take(one, (1, 5), (1, 6))
    kept = take(one, (2, 5))
    allot(one, seats_of(pairs=1), venue.database)
    with venue.away():
        operators.sign_in(office=one.office, number="1001", pin="1001")
        sale = pay(one, basket)
        reserved = reservations.reserve(
            office=one.office, desk=one.desk, basket=kept, name="试", phone="19900000009"
        )
        reservations.pay_cash(
            office=one.office, desk=one.desk, order_id=reserved.order_id, tendered_fen=100_000
        )
        ahead = holds.take_best(
            office=one.office,
            desk=one.desk,
            session_id=one.session("O2"),
            category="A",
            count=2,
            basket=None,
        )
        pay(one, ahead)
        cash_moves.pay_in(office=one.office, desk=one.desk, amount_fen=5_000, reason="change")
        refund(one, sale.order_id)
        with pytest.raises(CentralUnreachable):
            hand_over(one, order, ticket_ids)
        close(one, 50_000 + 5_000 + 68_000 + 136_000 + 27_200)
        state = line.look(one.office)
        assert state.lost_since is not None
        assert state.sales == 3
        assert state.sold_fen == 136_000 + 68_000 + 136_000
        assert state.in_hand.orders == 3
    sync.push(one.office)
    sync.pull(venue.two.office)
    state = line.look(one.office)
    assert (state.lost_since, state.unsent, state.sales) == (None, 0, 0)
    assert venue.central("SELECT count(*) FROM review") == [(0,)]
    assert venue.broken() == ()


def test_a_session_that_is_sold_on_line_only(venue: Venue) -> None:
    """Whether a session may be sold off line at all is policy (rule 20)."""
    one = venue.one
    basket = take(one, (1, 5))
    venue.change(
        "INSERT INTO rule_row (id, rule, session, subject, valid_from, value) "
        "VALUES (99, 'off_line_sale', 'O2', '', '2025-01-01', 'no')"
    )
    venue.change("UPDATE meta SET value = (value::int + 1)::text WHERE key = 'catalogue_version'")
    sync.pull(one.office)
    allot(one, seats_of(pairs=1), venue.database)
    with venue.away():
        with pytest.raises(OnLineOnly) as refused:
            pay(one, basket)
        assert refused.value.fields["session_en"] == "Oak day session"
        with pytest.raises(OnLineOnly):
            holds.take_best(
                office=one.office,
                desk=one.desk,
                session_id=one.session("O2"),
                category="A",
                count=2,
                basket=None,
            )
        assert not rows(one, "SELECT 1 FROM attempt WHERE ended_at IS NULL")
    pay(one, basket)
    assert venue.broken() == ()


def test_the_rule_comes_with_a_file(tmp_path: Path) -> None:
    path = tmp_path / "rules.csv"
    head = "rule,valid_from,session,value\n"
    path.write_text(f"{head}off_line_sale,2025-09-01,O2,no\n离线售票,2025-09-01,,是\n", "utf-8")
    found = [(row.rule, row.session, row.value) for row in exchange.read(path).rows]
    assert found == [("off_line_sale", "O2", "no"), ("off_line_sale", "", "yes")]


def test_a_document_sold_twice_off_line_is_a_case_and_refuses_nothing(venue: Venue) -> None:
    one, two = venue.one, venue.two
    baskets = [(work, take(work, place, at="O1")) for work, place in ((one, (2, 5)), (two, (2, 6)))]
    for work, basket in baskets:
        name_all(work, basket, first=700)
    with venue.away():
        for work, basket in baskets:
            pay(work, basket)
    for work in (one, two):
        sync.push(work.office)
    assert venue.central("SELECT count(*) FROM review") == [(0,)]
    assert venue.central("SELECT kind, status FROM cases") == [("document_clash", "open")]
    sync.pull(one.office)
    assert rows(one, "SELECT kind FROM cases") == [("document_clash",)]
    for work in (one, two):
        sync.pull(work.office)
    assert venue.broken() == ()


def test_rule_21_a_sale_at_an_older_price_is_accepted_and_told(venue: Venue) -> None:
    one = venue.one
    basket = take(one, (1, 5))
    venue.change(
        "INSERT INTO price SELECT 999, price_plan, category, ticket_type, amount_fen + 100, "
        "currency, '2025-09-27' FROM price WHERE price_plan = 'oak' AND category = 'A' "
        "AND ticket_type = 'adult'"
    )
    pay(one, basket)
    assert venue.central("SELECT kind, key FROM cases") == [("older_price", basket)]
    assert venue.central("SELECT status FROM orders WHERE id = ?", basket) == [("paid",)]


# --- what central could not take


def stolen(venue: Venue) -> str:
    """An order of window 1 whose seat central gave away meanwhile, past all rules."""
    one = venue.one
    basket = take(one, (1, 5))
    with venue.away():
        pay(one, basket)
    venue.change(
        "UPDATE custody_seat SET holder = 2 WHERE session_id = ? AND seat_id = ?",
        one.session("O2"),
        one.seat(1, 5),
    )
    sync.push(one.office)
    sync.pull(one.office)
    return basket


def second(work: AtWork) -> tuple[Desk, approvals.Approval]:
    """A supervisor at the window, and the other who approves."""
    person = operators.operator_by_number(office=work.office, number="3001")
    desk = shifts.desk_for(office=work.office, operator=person)
    other = approvals.Approval("other", "3002", "主管", reviews.SETTLE)
    row = ("other", "3002", "主管", "supervisor", 1)
    work.office.write(lambda store: store.run("INSERT INTO operator VALUES (?, ?, ?, ?, ?)", row))
    return desk, other


def test_what_central_refused_counts_until_it_is_settled(venue: Venue) -> None:
    one = venue.one
    order = stolen(venue)
    assert line.look(one.office).reviews == 1
    (review,) = reviews.waiting(one.office)
    assert (review.order_id, review.window, review.total_fen, review.tickets) == (
        order, 1, 68_000, 1,
    )  # fmt: skip
    assert "custody" in review.reason
    assert rows(one, "SELECT 1 FROM held_order WHERE order_id = ?", order), "it stays here"
    desk, other = second(one)
    own = approvals.approve(office=one.office, desk=one.desk, number="3001", pin="3001", act="drop")
    for approval, reason, error in (
        (other, " ", ReasonMissing),
        (own, "told", NeedsApproval),
    ):
        with pytest.raises(error):
            reviews.settle(
                office=one.office, desk=desk, approval=approval, review=review,
                outcome=Outcome.CENTRAL, reason=reason,
            )  # fmt: skip
    reviews.settle(
        office=one.office,
        desk=desk,
        approval=other,
        review=review,
        outcome=Outcome.CENTRAL,
        reason="other seats were given",
    )
    sync.pull(one.office)
    assert line.look(one.office).reviews == 0
    assert reviews.waiting(one.office) == []
    assert not rows(one, "SELECT 1 FROM held_order WHERE order_id = ?", order)
    ((by, outcome),) = venue.central("SELECT settled_by, outcome FROM review")
    assert by == "3001 3002"
    assert "other seats were given" in outcome
    assert venue.central("SELECT count(*) FROM journal WHERE act = 'settle_review'") == [(1,)]
    with pytest.raises(WrongStatus):
        reviews.settle(
            office=one.office, desk=desk, approval=other, review=review,
            outcome=Outcome.AGAIN, reason="x",
        )  # fmt: skip


def test_what_was_in_the_way_is_gone_and_the_order_goes_again(venue: Venue) -> None:
    one = venue.one
    order = stolen(venue)
    venue.change(
        "UPDATE custody_seat SET holder = 1 WHERE session_id = ? AND seat_id = ?",
        one.session("O2"),
        one.seat(1, 5),
    )
    (review,) = reviews.waiting(one.office)
    desk, other = second(one)
    reviews.settle(
        office=one.office,
        desk=desk,
        approval=other,
        review=review,
        outcome=Outcome.AGAIN,
        reason="the seat is free again",
    )
    sync.push(one.office)
    assert venue.central("SELECT status, version FROM orders WHERE id = ?", order) == [("paid", 2)]
    assert not rows(one, "SELECT 1 FROM held_order WHERE order_id = ?", order)
    for work in (one, venue.two):
        sync.pull(work.office)
    one.office.write(lambda store: store.run("DELETE FROM operator WHERE id = 'other'"))
    assert venue.broken() == ()


def test_a_review_settled_at_central_is_followed_by_its_window(venue: Venue) -> None:
    """The order was known: central's rows stand here too, and others may have it."""
    one, two = venue.one, venue.two
    order, (first, _) = tickets_of(one, "TT0001")
    _hand_over_unsent(venue, order, first)
    with closing(servers.as_owner(venue.database)) as owner:
        with owner.transaction():
            owner.run("UPDATE orders SET version = 7, label = 'central' WHERE id = ?", (order,))
        sync.push(one.office)
        (review,) = reviewing.waiting(owner)
        with owner.transaction():
            reviewing.settle(owner, review.id, Outcome.CENTRAL, "3001 3002", "seen to")
    assert reviews.follow(one.office) == [order]
    assert reviews.follow(one.office) == []
    label = "SELECT version, label FROM orders WHERE id = ?"
    assert rows(one, label, order) == [(7, "central")]
    assert venue.central("SELECT holder FROM custody_order WHERE order_id = ?", order) == [(None,)]
    sync.pull(two.office)
    _, (_, other) = tickets_of(two, "TT0001")
    hand_over(two, order, [other])


def _hand_over_unsent(venue: Venue, order: str, ticket: str) -> None:
    one = venue.one
    custody.take(one.office, order_id=order, wish=lambda _: Items(orders=(order,)))
    with venue.away():
        hand_over(one, order, [ticket])


def test_a_page_whose_answer_was_lost_is_answered_as_the_first_time(venue: Venue) -> None:
    """Else the window would let go of an order that waits for review."""
    one = venue.one
    basket = take(one, (1, 5))
    with venue.away():
        pay(one, basket)
    venue.change(
        "UPDATE custody_seat SET holder = 2 WHERE session_id = ? AND seat_id = ?",
        one.session("O2"),
        one.seat(1, 5),
    )
    sync.push(faulty(one, LOST).office)
    assert venue.central("SELECT count(*) FROM review") == [(1,)]
    sync.push(one.office)
    assert venue.central("SELECT count(*) FROM review") == [(1,)]
    assert rows(one, "SELECT 1 FROM held_order WHERE order_id = ?", basket)


def test_one_bad_order_of_a_page_keeps_no_other_back(venue: Venue) -> None:
    one = venue.one
    baskets = [take(one, (row, n)) for row in (1, 2) for n in range(5, 9)]
    with venue.away():
        for basket in baskets:
            pay(one, basket)
    venue.change(
        "UPDATE custody_seat SET holder = 2 WHERE session_id = ? AND seat_id = ?",
        one.session("O2"),
        one.seat(1, 7),
    )
    sync.push(one.office)
    sold = venue.central("SELECT count(*) FROM orders WHERE window_id = 1")
    assert sold == [(len(baskets) - 1,)]
    assert venue.central("SELECT count(*) FROM review") == [(1,)]
    sell(one, (3, 5))
    assert bootstrap.recover(one.office)
