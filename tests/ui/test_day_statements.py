"""Statements of days on the shift page, and figures of tenders beside cash."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from boxoffice import clock
from boxoffice.queries import reports
from boxoffice.queries.folding import Moves, Tender
from boxoffice.services.staff import operators, shifts
from boxoffice.services.supervising import statement_files
from boxoffice.services.till import closing
from ui.screens.shift import Mode, ShiftPage
from ui.shift.figures import FiguresCard


@pytest.fixture
def page(context, qtbot) -> ShiftPage:
    """A supervisor's, with nobody's shift open."""
    office = context.office
    closing.close_shift(office=office, desk=context.desk, counts={10_000: 5})
    found = operators.operator_by_number(office=office, number="3001")
    context.use_desk(shifts.desk_for(office=office, operator=found))
    made = ShiftPage(context)
    made.retranslate()
    host = made.centre
    assert isinstance(host, QWidget)
    made.setParent(host)
    host.resize(1200, 720)
    qtbot.addWidget(host)
    host.layout().addWidget(made.side)
    with qtbot.waitExposed(host):
        host.show()
    made.shown()
    return made


def test_a_supervisor_makes_and_saves_the_statement_of_a_day(context, qtbot, page):
    assert page.desk_side.statements.isVisible()
    page.begin_statements()
    assert page.mode is Mode.STATEMENTS
    listed = page.statements
    qtbot.waitUntil(lambda: len(listed.rows.rows) == statement_files.LISTED_DAYS)
    today = clock.business_day(clock.now())
    listed.rows.select(today.isoformat())
    assert page.desk_side.primary.isEnabled()
    assert "not made yet" in listed.rows.rows[0].detail
    page.press()
    qtbot.waitUntil(lambda: "no. 1" in listed.rows.rows[0].detail)
    listed.save()
    folder = context.office.home.path / statement_files.FOLDER
    qtbot.waitUntil(lambda: folder.exists() and len(list(folder.iterdir())) == 2, timeout=30_000)
    assert {path.suffix for path in folder.iterdir()} == {".pdf", ".xlsx"}
    qtbot.waitUntil(lambda: page.error_band.isVisible())
    page.back()
    assert page.mode is Mode.NOTHING


def test_a_day_with_an_open_shift_says_why_it_cannot_be_made(context, qtbot, page):
    office = context.office
    clerk = operators.operator_by_number(office=office, number="1001")
    desk = shifts.desk_for(office=office, operator=clerk)
    shifts.open_shift(office=office, desk=desk, float_fen=100)
    page.begin_statements()
    listed = page.statements
    qtbot.waitUntil(lambda: len(listed.rows.rows) == statement_files.LISTED_DAYS)
    listed.rows.select(clock.business_day(clock.now()).isoformat())
    page.press()
    qtbot.waitUntil(lambda: page.error_band.isVisible())
    assert "not made yet" in listed.rows.rows[0].detail


def test_a_clerk_is_not_offered_statements(context, qtbot):
    page = ShiftPage(context)
    page.retranslate()
    qtbot.addWidget(page.centre)
    page.begin_statements()
    assert page.mode is not Mode.STATEMENTS


def test_tenders_but_cash_and_part_payments_have_figures(context, qtbot):
    shift_id = context.desk.shift_id
    found = context.office.read(lambda store: reports.shift_report(store, shift_id))
    tenders = {"cash:drawer": Tender(77_700, 0), "wechat": Tender(50_000, 20_000)}
    report = replace(found, tenders=tenders, deposits=Moves(2, 3_000))
    card = FiguresCard()
    qtbot.addWidget(card)
    card.show_report(report, "x")
    assert card.values["WeChat"] == "¥300.00"
    assert card.values["Part payments"] == "2 × · ¥30.00"
    assert "¥777.00" not in card.values.values()
    card.show_report(found, "x")
    assert "WeChat" not in card.values
