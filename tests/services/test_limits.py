"""Purchase limits, proofs and zone caps as data: what is refused, when, and for whom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from boxoffice import clock
from boxoffice.central import guard, taking
from boxoffice.central.enrolling import enrol
from boxoffice.central.items import Items
from boxoffice.domain.ids import new_id
from boxoffice.domain.signing import CertifiedKey
from boxoffice.errors import NotEnoughTogether, ProofMissing
from boxoffice.queries import catalogue as cards
from boxoffice.queries import rules
from boxoffice.services.sales import holds, orders
from tests.homes import NOON, AtWork
from tests.services.limiting import (
    DOCUMENT,
    PHONE,
    TURN,
    bind,
    buyer,
    passes,
    pay,
    refused,
    rule,
    rule_file,
    take,
    view,
)


def test_without_rules_nothing_is_limited(work: AtWork):
    basket = take(work, *((1, n) for n in range(1, 11)))
    buyer(work, basket)
    assert pay(work, basket).total_fen == 680_000


def test_tickets_in_one_basket(work: AtWork):
    rule(work, f"{TURN},2025-09-01,,3")
    basket = take(work, (1, 1), (1, 2))
    with refused(TURN, 3, 4):
        take(work, (1, 3), (1, 4), into=basket)
    passes(work, 1, into=basket)
    with refused(TURN, 3, 4):
        passes(work, 1, into=basket)
    assert len(view(work, basket).lines) == 3
    assert take(work, (1, 3), (1, 4)) != basket, "the next turn begins anew"


def test_a_limit_of_one_session_or_of_each(work: AtWork):
    rule(work, f"{TURN},2025-09-01,O2,1", f"{TURN},2025-09-01,*,2")
    basket = take(work, (1, 1))
    with refused(TURN, 1, 2):
        take(work, (1, 2), into=basket)
    passes(work, 2, into=basket)
    with refused(TURN, 2, 3):
        passes(work, 1, into=basket)


def test_a_limit_of_a_court_counts_its_sessions_together(work: AtWork):
    rule(work, f"{TURN},2025-09-01,Oak,2")
    basket = take(work, (1, 1))
    take(work, (3, 5), session="O1", into=basket)
    with refused(TURN, 2, 3):
        take(work, (1, 2), into=basket)
    passes(work, 4, into=basket)


def test_tickets_per_document_over_orders(work: AtWork):
    rule(work, f"{DOCUMENT},2025-09-01,,2")
    for session in ("O1", "O2"):
        basket = take(work, (3, 5), session=session)
        bind(work, basket, 50)
        pay(work, basket)
    basket = passes(work, 1)
    with refused(DOCUMENT, 2, 3):
        bind(work, basket, 50)
    bind(work, basket, 51)


def test_tickets_per_phone_over_orders(work: AtWork):
    rule(work, f"{PHONE},2025-09-01,,3")
    basket = take(work, (1, 1), (1, 2))
    buyer(work, basket)
    pay(work, basket)
    second = take(work, (2, 1), (2, 2))
    with refused(PHONE, 3, 4):
        buyer(work, second, "199 0000 0009")
    buyer(work, second, "19900000008")


def test_a_basket_that_grew_after_its_phone_is_stopped_at_the_cash(work: AtWork):
    rule(work, f"{PHONE},2025-09-01,,1")
    basket = take(work, (1, 1))
    buyer(work, basket)
    take(work, (1, 2), into=basket)
    with refused(PHONE, 1, 2):
        pay(work, basket)
    held = work.office.read(lambda s: s.all("SELECT * FROM attempt WHERE ended_at IS NULL"))
    assert held == []


def test_a_rule_begins_on_its_day_and_a_later_version_replaces_it(work: AtWork):
    rule(
        work,
        f"{TURN},2025-09-27,,5",
        f"{TURN},2025-09-28,,1",
        f"{TURN},2025-09-29,,none",
    )
    passes(work, 5)
    clock.use(lambda: NOON + timedelta(days=1))
    with refused(TURN, 1, 2):
        take(work, (1, 1), (1, 2))
    clock.use(lambda: NOON + timedelta(days=2))
    on_day = work.office.read(lambda store: rules.in_force(store, "2025-09-29"))
    assert on_day == []


def test_a_version_that_stands_is_not_changed(work: AtWork):
    rule(work, f"{TURN},2025-09-01,,3")
    report = rule_file(work, f"{TURN},2025-09-01,,4", f"{TURN},2025-09-02,,4")
    assert (report.added, report.changed) == (1, 0)
    assert [(error.line, error.column) for error in report.not_changed] == [(2, "value")]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (f"{TURN},2025-09-01,O9,3", "session"),
        (f"{TURN},2025-09-01,,0", "value"),
        (f"{TURN},2025-09-01,,many", "value"),
        ("real_name,2025-09-01,O1,perhaps", "value"),
        ("capacity_cap,2025-09-01,O1,9;3", "value"),
        ("capacity_cap,2025-09-01,O1,12", "value"),
        ("concession_proof,2025-09-01,,concession", "value"),
        ("concession_proof,2025-09-01,,baby;card", "value"),
        ("something,2025-09-01,,3", "rule"),
    ],
)
def test_what_is_no_rule_is_told_by_line(work: AtWork, line, column):
    report = rule_file(work, line)
    assert [(error.line, error.column) for error in report.errors] == [(2, column)]


def test_real_name_by_rule(work: AtWork):
    rule(work, "real_name,2025-09-01,O2,yes", "real_name,2025-09-28,Oak,no")
    basket = take(work, (1, 1))
    assert view(work, basket).documents_wanted == 1
    card = work.office.read(lambda store: cards.session(store, work.session("O2")))
    assert card.real_name
    other = take(work, (3, 5), session="O1")
    assert view(work, other).documents_wanted == 1
    clock.use(lambda: NOON + timedelta(days=1))
    assert view(work, other).documents_wanted == 0, "the court's rule"
    assert view(work, basket).documents_wanted == 1, "its own rule goes before the court's"


def test_a_concession_needs_its_proof(work: AtWork):
    rule(work, "concession_proof,2025-09-01,,concession;学生证;student card")
    basket = take(work, (1, 1), (1, 2))
    line = view(work, basket).lines[0].id
    orders.set_ticket_type(
        office=work.office, desk=work.desk, basket=basket, line_id=line, ticket_type="concession"
    )
    shown = view(work, basket)
    assert (shown.proofs_wanted, shown.lines[0].proof_asked) == (1, "学生证;student card")
    with pytest.raises(ProofMissing) as missing:
        pay(work, basket)
    assert missing.value.fields["count"] == 1
    orders.confirm_proof(
        office=work.office, desk=work.desk, basket=basket, line_id=line, seen="student card"
    )
    assert view(work, basket).proofs_wanted == 0
    sold = pay(work, basket)
    assert [line.proof for line in view(work, sold.order_id).lines] == ["student card", ""]


def test_another_ticket_type_needs_its_proof_again(work: AtWork):
    rule(work, "concession_proof,2025-09-01,,concession;学生证")
    basket = take(work, (1, 1))
    line = view(work, basket).lines[0].id
    common = {"office": work.office, "desk": work.desk, "basket": basket, "line_id": line}
    orders.set_ticket_type(**common, ticket_type="concession")
    orders.confirm_proof(**common, seen="学生证")
    for kind in ("adult", "concession"):
        orders.set_ticket_type(**common, ticket_type=kind)
    assert view(work, basket).proofs_wanted == 1


def test_a_zone_is_sold_up_to_its_cap(work: AtWork):
    rule(work, "capacity_cap,2025-09-01,O2,1;3")
    basket = take(work, (1, 1), (1, 2), (1, 3))
    with refused("capacity_cap", 3, 4):
        take(work, (4, 1))
    holds.drop_lines(
        office=work.office,
        desk=work.desk,
        basket=basket,
        line_ids=[view(work, basket).lines[0].id],
    )
    take(work, (4, 1))
    take(work, (3, 5), (3, 6), session="O1")


def second_window(work: AtWork):
    """Another window, as central sees it."""

    def enter(store):
        with store.transaction():
            enrol(store, 2, "2", CertifiedKey(2, 1, b"", b""))
        return guard.hello(store, 2, 1).credentials

    return work.office.link.lane.call(enter)


def test_two_windows_together_stay_below_the_cap(work: AtWork):
    rule(work, "capacity_cap,2025-09-01,O2,1;3")
    other = second_window(work)
    take(work, (1, 1), (1, 2))
    session = work.session("O2")

    def theirs(*seats: tuple[int, int]):
        items = Items(seats=tuple((session, work.seat(*seat)) for seat in seats))
        work.office.link.lane.call(lambda store: taking.take(store, other, new_id(), items))

    with refused("capacity_cap", 3, 4):
        theirs((2, 1), (2, 2))
    theirs((2, 1))
    with refused("capacity_cap", 3, 4):
        take(work, (3, 1))
    with refused("capacity_cap", 3, 5):
        theirs((2, 2), (2, 3))


def test_the_best_seats_are_none_of_a_full_zone(work: AtWork):
    rule(work, "capacity_cap,2025-09-01,O2,1;1")
    left = work.office.read(lambda store: rules.zones_left(store, work.session("O2"), "2025-09-27"))
    assert [(zone.zone, zone.cap, zone.left) for zone in left] == [("1", 1, 1)]
    with pytest.raises(NotEnoughTogether):
        holds.take_best(
            office=work.office,
            desk=work.desk,
            session_id=work.session("O2"),
            category="A",
            count=2,
            basket=None,
        )
