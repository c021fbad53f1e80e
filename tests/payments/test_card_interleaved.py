"""Any order of sales, undoings and refunds on any mix of bad days: both sides agree to the fen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boxoffice.payments.protocol import Back, Outcome, RefundOutcome
from boxoffice.rehearsal.gateways.card_host import CardHost
from boxoffice.rehearsal.gateways.card_host_days import How, Step, declined
from tests.payments.card_desk import FEN, ask, back, paid, terminal

NUMBER = "W7-000001"
DAYS = st.sampled_from(
    [
        *(How.HUNG_UP, How.HALF, How.WRONG_MAC, How.GARBAGE, How.MERGED, How.SPLIT),
        *(declined("96"), declined("51"), declined("94"), declined("77"), declined("Q7")),
    ]
)
STEPS = st.sampled_from([Step.QUERY, Step.REVERSE, Step.REFUND, Step.VOID])
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("day"), STEPS, DAYS),
        st.tuples(st.just("refund"), st.integers(0, 3), st.sampled_from([1, FEN // 3, FEN // 2])),
        st.tuples(st.just("void"), st.just(9), st.just(FEN)),
        st.tuples(st.just("reverse"), st.just(0), st.just(0)),
        st.tuples(st.just("restart"), st.just(0), st.just(0)),
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def hosts():
    """One host for all examples, emptied for each: starting one takes longer than an example."""
    with CardHost() as made:
        yield made


def empty(host: CardHost) -> None:
    host.plan.clear()
    host.books.entries.clear()


@pytest.mark.keeps_threads("the host belongs to the module")
@settings(max_examples=60)
@given(ACTS)
def test_what_went_back_is_never_more_than_was_paid_and_both_sides_agree(hosts, acts):
    empty(hosts)
    card = terminal(hosts)
    first = paid(card)
    sent: dict[str, Back] = {}
    for act, which, what in acts:
        if act == "day":
            hosts.plan.on(which, what)
        elif act == "restart":
            card = terminal(hosts)
        elif act == "reverse":
            card.reverse(NUMBER)
        else:
            number = f"R-{which:06d}"
            asked = sent.setdefault(number, back(first, number, what))
            (card.void if act == "void" else card.refund)(asked)
        books = hosts.books
        assert books.gone_back(books.entries[NUMBER]) <= FEN
    hosts.plan.clear()
    states = {number: card.refund_state(asked) for number, asked in sent.items()}
    arrived = sum(s.refunded_fen for s in states.values() if s.outcome is RefundOutcome.ARRIVED)
    assert arrived == hosts.books.gone_back(hosts.books.entries[NUMBER])
    # A sale of which money went back by refund is not reversed as well.
    if card.query(NUMBER).outcome is Outcome.PAID:
        assert hosts.books.taken_fen(NUMBER) == FEN - arrived
    else:
        assert arrived in (0, FEN)


@pytest.mark.keeps_threads("the host belongs to the module")
@settings(max_examples=40)
@given(st.lists(DAYS, max_size=3), st.lists(DAYS, max_size=3), st.lists(DAYS, max_size=3))
def test_a_sale_asked_about_and_undone_ends_with_nothing_taken(hosts, charges, queries, undoings):
    empty(hosts)
    card = terminal(hosts)
    for step, days in (
        (Step.CHARGE, charges[:1]),
        (Step.QUERY, queries),
        (Step.REVERSE, undoings),
    ):
        for day in days:
            hosts.plan.on(step, day)
    answer = card.charge(ask())
    for _ in range(len(queries) + len(undoings) + 2):
        if answer.outcome is Outcome.CLOSED:
            break
        answer = card.reverse(NUMBER)
    assert answer.outcome is Outcome.CLOSED
    assert hosts.books.taken_fen(NUMBER) == 0
    hosts.plan.clear()
    assert card.query(NUMBER).outcome in (Outcome.CLOSED, Outcome.DECLINED)
