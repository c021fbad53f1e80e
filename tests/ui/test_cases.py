"""The cases page: exceptions of an import in plain words."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from boxoffice import clock, exchange
from boxoffice.queries.cases import CaseRow
from boxoffice.services.money import books
from boxoffice.services.money import cases as money_cases
from boxoffice.services.money.cases import NewCase
from boxoffice.services.programme import catalogue
from boxoffice.services.sharing import sync
from boxoffice.services.staff import operators
from boxoffice.settings import RESOURCES
from ui.cases.words import CaseWords
from ui.screens.cases import CasesPage

CHANGES = {
    "YS900000001": {},
    "YS900000002": {"section": "999"},
    "YS900000003": {"session": "NONE"},
    "YS900000004": {"price_yuan": "1.00", "seat": "1"},
    "YS900000005": {"status": "refunded", "seat": "2"},
}
"""Orders like the first one of the demo, each with one thing changed."""


def spoilt(folder: Path) -> Path:
    """A file of orders none of which can be taken in."""
    path = RESOURCES / "demo" / "presale_orders.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = next(csv.DictReader(file))
    first |= {"pickup_code": "", "paid_at": "2026-04-20T10:00:00+08:00"}
    target = folder / "spoilt.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(first))
        writer.writeheader()
        for number, change in CHANGES.items():
            writer.writerow(first | {"order_no": number} | change)
    return target


@pytest.fixture
def page(context, qtbot) -> Iterator[CasesPage]:
    made = CasesPage(context)
    host = QWidget()
    made.setParent(host)
    for zone in (made.centre, made.panel):
        zone.setParent(host)
    qtbot.addWidget(host)
    made.retranslate()
    yield made
    host.close()


def test_no_case_is_said_kindly(page, context, qtbot):
    page.shown()

    qtbot.waitUntil(lambda: page.advice.texts == ("Nothing: go on serving.",))
    assert page.count == 0


def test_what_an_import_left_out_is_listed_and_counted(page, context, qtbot, tmp_path):
    parsed = exchange.read(spoilt(tmp_path))
    with qtbot.waitSignal(page.badge_changed) as told:
        catalogue.import_files(office=context.office, files=[parsed])
        sync.pull(context.office)

    assert told.args == [len(CHANGES)]
    rows = {row.fact: row for row in page.rows.rows}
    assert rows["Order YS900000001"].middle == "The seat is sold already"
    assert rows["Order YS900000002"].middle == "There is no such seat"
    assert rows["Order YS900000003"].middle_detail.startswith("NONE; expected")
    assert "¥1.00" in rows["Order YS900000004"].middle_detail
    assert "fen" not in rows["Order YS900000004"].middle_detail
    assert rows["Order YS900000005"].detail == "spoilt.csv, line 6"


def test_the_case_that_is_marked_is_explained(page, context, qtbot, tmp_path):
    parsed = exchange.read(spoilt(tmp_path))
    with qtbot.waitSignal(page.badge_changed):
        catalogue.import_files(office=context.office, files=[parsed])
        sync.pull(context.office)

    page.rows.setCurrentIndex(page.rows.model().index(1, 0))

    assert page.what.texts[0] == "There is no such seat"
    assert page.where.texts[0] == "Order YS900000002"
    assert len(page.advice.texts) == 2


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("document_no", "Document number cannot be used"),
        ("capacity", "The session is full"),
        ("order_differs", "Differs from the order taken in before"),
    ],
)
def test_every_reason_has_words(qapp, reason, said):
    case = CaseRow("1", "presale_exception", "open", clock.now(), "X1", {"reason": reason})

    assert CaseWords().reason(case) == said


def test_a_clash_of_documents_is_explained(qapp):
    case = CaseRow("1", "document_clash", "open", clock.now(), "X1", {})

    assert "off line" in CaseWords().sentence(case)
    assert CaseWords().difference(case) == ""


def test_amounts_are_read_in_yuan(qapp):
    facts = {"reason": "price_unknown", "value": "adult 100 fen", "expected": "38000 fen"}
    case = CaseRow("1", "presale_exception", "open", clock.now(), "X1", facts)

    assert CaseWords().difference(case) == "adult ¥1.00; expected: ¥380.00"


@pytest.mark.parametrize(
    ("kind", "facts", "reason", "advice"),
    [
        (
            "bill",
            {"bucket": "other_amount", "step": "correct_amount", "ours_fen": 68_000, "line": 3},
            "The bill has another amount",
            "Ask the payment company for the amount.",
        ),
        ("bank", {"what": "returned", "file": "n.xml"}, "A transfer came back", "another account"),
        ("bank", {"what": "not_sure_left"}, "A booking may be one of a transfer", "by hand"),
    ],
)
def test_what_others_see_otherwise_is_said_with_a_next_step(kind, facts, reason, advice):
    case = CaseRow("c", kind, "open", clock.now(), "", {"file": "b.csv", "number": "N1", **facts})
    words = CaseWords()
    assert words.reason(case) == reason
    assert advice in words.advice(case)[0]
    assert "N1" in words.sentence(case)
    assert ("680.00" in words.sentence(case)) is ("ours_fen" in facts)
    assert words.origin(case).startswith(str(facts.get("file", "b.csv")))


def test_a_supervisor_settles_a_case_with_a_reason(page, context, qtbot):
    """The clerk sees it; who may explain it types why, and it is gone."""
    person = operators.operator_by_number(office=context.office, number="3001")
    facts = {"bucket": "missing_here", "step": "give_back", "file": "b.csv", "theirs_fen": 5_000}
    new = [NewCase("wechat:charge:N1:missing_here", facts)]
    here = books.of_window(context.office)
    here.write(lambda store: money_cases.open_all(store, money_cases.BILL, new, clock.now()))
    sync.pull(context.office)
    page.shown()
    qtbot.waitUntil(lambda: page.count == 1)
    assert page.settling.isHidden()
    context.use_desk(replace(context.desk, operator=person))
    page.shown()
    qtbot.waitUntil(lambda: not page.settling.isHidden())
    assert not page.settling.button.isEnabled()
    page.settling.reason.edit.setText("cancelled at the company")
    page.settling.button.click()
    qtbot.waitUntil(lambda: page.count == 0)
    assert page.settling.isHidden()
