"""A card's money of a lost window, ended on the cases page with what the acquirer's portal says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from boxoffice import clock
from boxoffice.central.pulling import raise_version
from boxoffice.queries.cases import CaseRow
from boxoffice.records.people import Case
from boxoffice.records.store import Store
from boxoffice.services.sharing import sync
from boxoffice.services.staff import operators
from boxoffice.services.supervising import left_paybacks
from tests.ui.test_left_money import FEN, at_central, sign
from ui.cases.words import CaseWords
from ui.context import Context
from ui.screens.cases import CasesPage

FACTS = {"window": 2, "tender": "card", "fen": FEN, "number": "2-1-abcde000001"}
Told = list[dict[str, object]]


def case_of(**facts: object) -> CaseRow:
    return CaseRow("c", "payback_left", "open", clock.now(), "X1", FACTS | facts)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What the service is asked for; tests/services has what it does."""
    found: Told = []
    for name in ("take_on", "end_by_hand"):

        def ask(*, _name: str = name, office, desk, approval, order_id, **said) -> tuple[()]:
            found.append({"act": _name, "approver": approval.number, **said})
            return ()

        monkeypatch.setattr(left_paybacks, name, ask)
    return found


@pytest.fixture
def facts() -> dict[str, object]:
    return {}


@pytest.fixture
def page(context: Context, qtbot, told: Told, facts: dict[str, object]) -> Iterator[CasesPage]:
    """In front of an administrator, with the case."""

    def leave(store: Store) -> None:
        row = {
            "id": "c",
            "kind": "payback_left",
            "key": "order",
            "status": "open",
            "opened_at": clock.now(),
            "order_number": "X1",
            "facts": json.dumps(FACTS | facts),
        }
        store.insert(Case, [row])
        raise_version(store, "people_version")

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
    yield made
    host.close()


def test_its_number_in_the_portal_then_a_second_person(page, qtbot, told: Told) -> None:
    money = page.left_money
    assert money.second.isHidden(), "first the number"
    assert not money.reason.isHidden()
    money.reason.edit.setText("1234")
    assert money.second.isHidden(), "that is no number of a refund"
    money.reason.edit.setText("000123456789")
    assert not money.button.isEnabled()
    sign(page, qtbot)
    assert money.button.text() == "It was given back in the portal"
    money.button.click()
    qtbot.waitUntil(lambda: bool(page.said.text()))
    assert page.said.text() == "Settled: the money was given back to the card."
    said = {"reference": "000123456789", "reason": ""}
    assert told == [{"act": "end_by_hand", "approver": "3001", **said}]


def test_a_card_that_takes_nothing_back(page, qtbot, told: Told) -> None:
    money = page.left_money
    assert money.reason.usual[0].isHidden()
    money.again.click()
    money.reason.usual[0].click()
    sign(page, qtbot)
    assert "owed" in money.button.text()
    money.button.click()
    qtbot.waitUntil(lambda: "transfer" in page.said.text())
    said = {"reference": "", "reason": "The card is closed"}
    assert told == [{"act": "end_by_hand", "approver": "3001", **said}]


@pytest.mark.parametrize("facts", [{"tender": "wechat"}, {"window": 1}], ids=["code", "own"])
def test_who_can_ask_is_asked(page, qtbot, told: Told) -> None:
    money = page.left_money
    assert money.reason.isHidden()
    sign(page, qtbot)
    money.button.click()
    qtbot.waitUntil(lambda: told == [{"act": "take_on", "approver": "3001"}])


def test_what_to_do_is_said() -> None:
    said = CaseWords().advice(case_of())
    assert "acquirer's portal" in said[1]
    assert "follow the money" in CaseWords().advice(case_of(tender="wechat"))[1]
