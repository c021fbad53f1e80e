"""Importing files on the setup page."""

from __future__ import annotations

import pytest

from boxoffice.sentences.phrases import packed, phrase, unpacked
from boxoffice.services.staff import operators, shifts
from boxoffice.settings import RESOURCES
from ui.error_presenter import field_text
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


def test_what_is_wrong_is_said_in_plain_words(page, qtbot, tmp_path):
    (tmp_path / "prices.csv").write_text(DEARER.replace("60.00", "much"), encoding="utf-8")
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    courts = (RESOURCES / "demo" / "courts.csv").read_text(encoding="utf-8")
    (tmp_path / "courts.csv").write_text(courts.replace("2768", "2"), encoding="utf-8")
    card = page.imports
    card.add_paths([str(tmp_path / name) for name in ("prices.csv", "odd.csv", "courts.csv")])
    card.begin()
    qtbot.waitUntil(lambda: not card.busy, timeout=PATIENCE_MS)

    # In Chinese a column goes by both its headings, so only the end is the same.
    rows = {row.fact.split()[-1]: row.detail for row in card.rows.rows}
    assert rows["price_yuan"] == "much; expected an amount in yuan"
    assert rows["odd.csv"] == "it is no kind of file we know; its first line is: a, b"
    said = rows["saleable_capacity"]
    assert said.startswith("not 2; as imported: 2768; ")
    assert said.endswith("places of session S1D are gone")


def test_a_phrase_is_said_in_the_language_of_the_window(page):
    inner = phrase("sold")
    whole = phrase("as_imported_why", value="50", reason=inner)
    assert field_text("expected", whole) == "as imported: 50; tickets were sold for it"
    assert field_text("expected", unpacked(packed(whole))) == field_text("expected", whole)
    assert field_text("why", phrase("lacks_columns", file_kind="prices", columns="x")) == (
        "it looks like prices, but has no column x"
    )


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
