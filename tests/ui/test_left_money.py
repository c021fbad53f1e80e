"""Cases about money that a lost window left, settled on the cases page by two people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from boxoffice import clock
from boxoffice.central import undecided
from boxoffice.central.enrolling import enrol
from boxoffice.domain.signing import CertifiedKey
from boxoffice.queries.cases import CaseRow
from boxoffice.records.store import Store
from boxoffice.services.sharing import sync
from boxoffice.services.staff import operators
from tests.gateways import Trade
from ui.cases.words import CaseWords
from ui.context import Context
from ui.screens.cases import CasesPage

NUMBER = "2-1-abcde000001"
FEN = 68_000
BEGUN = "2026-04-30T02:00:00.000000Z"


@pytest.fixture
def page(context, qtbot, party) -> Iterator[CasesPage]:
    """In front of a supervisor; window 2 was lost while a customer paid there."""
    context.office = replace(context.office, gateways={"wechat": party}, venue="v1")
    party.trades[f"v1_{NUMBER.replace('-', '_')}"] = Trade(FEN)
    at_central(context, leave)
    sync.pull(context.office)
    boss = operators.operator_by_number(office=context.office, number="9001")
    context.use_desk(replace(context.desk, operator=boss, shift_id=None))
    made = CasesPage(context)
    host = QWidget()
    made.setParent(host)
    for zone in (made.centre, made.panel):
        zone.setParent(host)
    qtbot.addWidget(host)
    made.retranslate()
    made.shown()
    qtbot.waitUntil(lambda: made.count == 1)
    with ExitStack() as ending:
        ending.callback(host.close)
        yield made


def at_central(context: Context, work) -> None:
    def in_one(store: Store, _who: object) -> None:
        with store.transaction():
            work(store)

    context.office.link.call(in_one)


def leave(store: Store) -> None:
    enrol(store, 2, "West", CertifiedKey(2, 1, b"", b""))
    store.run("UPDATE ticket_window SET fenced = 1 WHERE id = 2")
    store.run("UPDATE window_epoch SET ended_at = ? WHERE window_id = 2", (BEGUN,))
    store.run(
        "INSERT INTO attempt (id, number, order_id, tender, amount_fen, currency, status, "
        "created_at, sent_at) VALUES ('a', ?, 'basket', 'wechat', ?, 'CNY', 'unknown', ?, ?)",
        (NUMBER, FEN, BEGUN, BEGUN),
    )
    undecided.list_left(store, 2, 1)


def sign(page: CasesPage, qtbot) -> None:
    form = page.left_money.second
    form.number.setText("3001")
    form.pin.setText("3001")
    qtbot.keyClick(form.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.approval is not None)


def test_two_people_have_the_company_undo_it(page, qtbot, party):
    assert "¥680.00 (WeChat)" in page.what.texts[1]
    assert "window 2" in page.what.texts[1].lower()
    money = page.left_money
    assert not money.isHidden()
    assert money.reason.isHidden()
    assert not money.button.isEnabled()
    sign(page, qtbot)
    money.button.click()
    qtbot.waitUntil(lambda: page.count == 0 and bool(page.said.text()))
    assert party.held == 0
    assert page.said.text() == "Settled: what was paid goes back to the customer (¥680.00)."
    assert money.isHidden()


def test_what_cannot_be_undone_is_settled_with_a_reason(page, qtbot, party):
    party.days = ["", "never"]
    money = page.left_money
    sign(page, qtbot)
    money.button.click()
    qtbot.waitUntil(lambda: not money.reason.isHidden())
    assert f"v1_{NUMBER.replace('-', '_')}" in page.advice.texts[0]
    assert money.second.approval is None, "who signed for one act did not sign for the next"
    assert money.second.isHidden(), "first it is said how it was settled"
    money.reason.edit.setText("given back in the portal")
    assert not money.button.isEnabled()
    sign(page, qtbot)
    assert money.button.isEnabled()
    money.button.click()
    qtbot.waitUntil(lambda: page.count == 0 and page.said.text() == "Settled.")
    assert party.held == FEN


def test_the_company_may_be_asked_once_more(page, qtbot, party):
    party.days = ["", "never"]
    money = page.left_money
    sign(page, qtbot)
    money.button.click()
    qtbot.waitUntil(lambda: not money.again.isHidden())
    money.again.click()
    assert money.reason.isHidden()
    sign(page, qtbot)
    money.button.click()
    qtbot.waitUntil(lambda: page.count == 0 and bool(page.said.text()))
    assert party.held == 0


def test_a_clerk_only_reads_it(page, context, qtbot):
    clerk = operators.operator_by_number(office=context.office, number="1001")
    context.use_desk(replace(context.desk, operator=clerk))
    page.shown()
    qtbot.waitUntil(page.left_money.isHidden)


@pytest.mark.parametrize(
    ("found", "said", "advice"),
    [
        ("", "not on record", "Two people have the company asked"),
        ("silent", "no answer", "Ask again in a moment"),
        ("early", "still be on its way", "ten minutes"),
        ("stuck", "does not undo it", "N-1"),
        ("other_amount", "another amount", "N-1"),
        ("elsewhere", "terminal of window 3", "N-1"),
        ("nobody", "Nobody outside", "drawer"),
    ],
)
def test_what_was_found_is_said_with_a_next_step(found, said, advice):
    facts = {"window": 3, "tender": "card", "fen": FEN, "number": "N-1", "found": found}
    case = CaseRow("c", "attempt_left", "open", clock.now(), "", facts)
    words = CaseWords()
    assert said in words.sentence(case)
    assert advice in words.advice(case)[0]


def test_money_on_its_way_back_says_who_follows_it():
    facts = {"window": 3, "tender": "alipay", "fen": FEN, "number": "N-1"}
    case = CaseRow("c", "payback_left", "open", clock.now(), "X1", facts)
    words = CaseWords()
    assert "nobody follows it" in words.reason(case)
    assert "¥680.00 back (Alipay)" in words.sentence(case)
