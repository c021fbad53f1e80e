"""Importing files on the setup page."""

from __future__ import annotations

import pytest

from boxoffice.services import operators, shifts
from ui.screens.setup import SetupPage

PATIENCE_MS = 20_000
DEARER = "price_plan,category,ticket_type,price_yuan\ngrounds,,adult,60.00\n"


def sign_on(context, number: str) -> None:
    person = operators.operator_by_number(office=context.office, number=number)
    context.use_desk(shifts.desk_for(office=context.office, operator=person))


@pytest.fixture
def page(context, qtbot) -> SetupPage:
    sign_on(context, "9001")
    found = SetupPage(context)
    qtbot.addWidget(found.centre)
    found.retranslate()
    found.centre.resize(1100, 800)
    with qtbot.waitExposed(found.centre):
        found.centre.show()
    found.shown()
    return found


def test_a_corrected_file_is_imported_and_told(page, qtbot, tmp_path):
    path = tmp_path / "prices.csv"
    path.write_text(DEARER, encoding="utf-8")
    card = page.imports
    assert not card.go.isEnabled()
    card.paths.setPlainText(f'"{path}"\n{tmp_path / "none.csv"}\n')
    assert card.go.isEnabled()

    card.begin()
    assert card.busy
    qtbot.waitUntil(lambda: not card.busy, timeout=PATIENCE_MS)

    assert [(r.name, r.changed, r.refused) for r in card.reports] == [
        ("prices.csv", 1, False),
        ("none.csv", 0, True),
    ]
    assert card.rows.isVisible()
    assert card.paths.toPlainText()  # something was refused: it can be tried again


def test_progress_is_shown_step_by_step(page, qtbot, tmp_path):
    path = tmp_path / "prices.csv"
    path.write_text(DEARER, encoding="utf-8")
    card = page.imports
    card.add_paths([str(path)])
    with qtbot.waitSignals([card.bar.valueChanged], timeout=PATIENCE_MS):
        card.begin()
    qtbot.waitUntil(lambda: not card.busy, timeout=PATIENCE_MS)
    assert card.bar.maximum() == 2
    assert not card.bar.isVisible()


@pytest.mark.parametrize(("number", "may"), [("1001", False), ("3001", True), ("9001", True)])
def test_who_may_import(page, context, number, may):
    sign_on(context, number)
    page.shown()
    assert page.imports.isVisible() is may
