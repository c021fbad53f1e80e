"""The approval form on real services: somebody else signs inline, for what is asked for alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from ui.approval.form import ApprovalForm


@pytest.fixture
def form(context, qtbot) -> Iterator[ApprovalForm]:
    made = ApprovalForm(context)
    made.resize(364, 300)
    qtbot.addWidget(made)
    made.ask("refund", "More than ¥2,000.00 goes back.")
    qtbot.waitUntil(made.isVisible)
    yield made
    qtbot.waitUntil(made.enter.isEnabled)


def sign(form: ApprovalForm, qtbot, number: str, pin: str) -> None:
    form.number.setText(number)
    form.pin.setText(pin)
    qtbot.keyClick(form.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(form.enter.isEnabled)


def test_a_supervisor_signs_inline(form, qtbot):
    with qtbot.waitSignal(form.approved) as told:
        sign(form, qtbot, "3001", "3001")
    assert told.args[0] is form.approval
    assert form.approval.number == "3001"
    assert not form.asking
    assert not form.pin.isVisible()
    assert form.pin.text() == "", "a PIN does not stay"
    form.clear()
    assert form.approval is None
    assert form.number.text() == ""


def test_what_is_missing_is_asked_for(form, qtbot):
    form.take_focus()
    qtbot.keyClick(form.number, Qt.Key.Key_Return)
    assert form.number.property("missing")
    qtbot.keyClicks(form.number, "3001")
    qtbot.keyClick(form.number, Qt.Key.Key_Return)
    assert form.pin.property("missing")
    assert form.asking


@pytest.mark.parametrize(
    ("number", "pin", "said"),
    [("3001", "1111", "wrong"), ("1001", "1001", "somebody else"), ("2001", "2001", "role")],
)
def test_a_refusal_is_said_beside_the_field(form, qtbot, number, pin, said):
    sign(form, qtbot, number, pin)
    assert said in form.trouble.text()
    assert form.trouble.isVisible()
    assert form.approval is None
    assert form.pin.text() == ""


def test_an_answer_to_an_older_question_does_not_count(form, qtbot):
    given = []
    form.approved.connect(given.append)
    form.number.setText("3001")
    form.pin.setText("3001")
    form.submit()
    form.ask("void", "It was sold in another shift.")
    qtbot.waitUntil(form.enter.isEnabled)
    assert form.asking
    assert given == []


def test_esc_closes_it(form, qtbot):
    with qtbot.waitSignal(form.closed):
        qtbot.keyClick(form.pin, Qt.Key.Key_Escape)
