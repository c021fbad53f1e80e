"""The gate on real services: number and PIN, the float, the lock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from boxoffice.sentences import SENTENCES
from boxoffice.services.staff import shifts
from ui import app as application
from ui.context import Context
from ui.error_presenter import ErrorPresenter
from ui.screens.sign_in import SignInGate


@pytest.fixture
def nobody(qapp: QApplication, office) -> Iterator[Context]:
    """A context with nobody signed on and no shift open."""
    application.application(office.settings)
    found = Context(office, office.acts, ErrorPresenter(SENTENCES))
    yield found
    found.relay.close()


def open_gate(context: Context, qtbot, number: str = "") -> SignInGate:
    gate = SignInGate(context, number)
    gate.resize(1000, 700)
    qtbot.addWidget(gate)
    with qtbot.waitExposed(gate):
        gate.show()
    gate.setFocus()
    return gate


def sign_in(gate: SignInGate, number: str, pin: str) -> None:
    gate.sign_in.number.setText(number)
    gate.sign_in.pin.setText(pin)
    gate.sign_in.submit()


def test_what_is_missing_is_asked_for_in_turn(nobody, qtbot):
    gate = open_gate(nobody, qtbot)
    form = gate.sign_in

    qtbot.keyClicks(form.number, "10x01")
    qtbot.keyClick(form.number, Qt.Key.Key_Return)

    assert form.number.text() == "1001"
    assert form.pin.hasFocus()
    assert form.pin.property("missing")
    assert not nobody.signed_on


def test_a_wrong_pin_is_said_beside_the_field(nobody, qtbot):
    gate = open_gate(nobody, qtbot)

    sign_in(gate, "1001", "9999")
    assert not gate.sign_in.enter.isEnabled()
    qtbot.waitUntil(gate.sign_in.trouble.isVisible)

    assert "wrong" in gate.sign_in.trouble.text()
    assert gate.sign_in.pin.text() == ""
    assert gate.sign_in.enter.isEnabled()
    assert not nobody.signed_on


def test_too_many_wrong_pins_count_down(nobody, qtbot):
    gate = open_gate(nobody, qtbot)
    form = gate.sign_in
    for _ in range(4):
        sign_in(gate, "1001", "9999")
        qtbot.waitUntil(form.enter.isEnabled)
    assert "Wait 5 seconds" in form.trouble.text()

    form.tick()
    assert "Wait 4 seconds" in form.trouble.text()
    qtbot.keyClicks(form.pin, "1")
    assert form.trouble.isVisible(), "typing does not shorten it"
    for _ in range(4):
        form.tick()
    assert not form.trouble.isVisible()


def test_a_clerk_counts_the_float_and_opens_the_shift(nobody, qtbot):
    gate = open_gate(nobody, qtbot)
    sign_in(gate, "１００１", "1001")
    qtbot.waitUntil(lambda: gate.counting is not None)
    form = gate.counting
    assert not form.open_button.isEnabled()

    qtbot.keyClicks(form.counts[10000], "4")
    qtbot.keyClick(form.counts[10000], Qt.Key.Key_Return)
    assert form.counts[5000].hasFocus()
    qtbot.keyClicks(form.counts[5000], "2")
    assert form.amount.fen == 50_000

    with qtbot.waitSignal(gate.entered):
        qtbot.keyClick(form.counts[5000], Qt.Key.Key_F8)
    figures = shifts.figures(office=nobody.office, desk=nobody.desk)
    assert figures.float_fen == 50_000


def test_one_typed_total_takes_the_place_of_the_counts(nobody, qtbot):
    gate = open_gate(nobody, qtbot)
    sign_in(gate, "1001", "1001")
    qtbot.waitUntil(lambda: gate.counting is not None)
    form = gate.counting
    qtbot.keyClicks(form.counts[10000], "4")

    qtbot.keyClicks(form.total, "0")

    assert form.counts[10000].text() == ""
    assert form.float_fen == 0
    with qtbot.waitSignal(gate.entered):
        qtbot.keyClick(form.total, Qt.Key.Key_Return)
    assert nobody.desk.shift_id is not None


def test_the_shift_of_somebody_else_is_named(context, qtbot):
    context.use_desk(None)
    gate = open_gate(context, qtbot)
    sign_in(gate, "2001", "2001")
    qtbot.waitUntil(gate.sign_in.trouble.isVisible)

    assert "Clerk" in gate.sign_in.trouble.text()
    assert gate.counting is None
    assert not context.signed_on


def test_a_supervisor_takes_over_without_a_drawer(context, qtbot):
    gate = open_gate(context, qtbot, context.desk.operator.number)

    with qtbot.waitSignal(gate.entered):
        sign_in(gate, "3001", "3001")

    assert context.desk.operator.number == "3001"
    assert context.desk.shift_id is None


def test_somebody_else_may_sign_on_while_the_float_is_counted(nobody, qtbot):
    gate = open_gate(nobody, qtbot)
    sign_in(gate, "2001", "2001")
    qtbot.waitUntil(lambda: gate.counting is not None)

    gate.counting.back.click()

    assert gate.counting is None
    assert gate.sign_in.isVisible()


def test_after_a_lock_the_pin_is_enough(context, qtbot):
    desk = context.desk
    context.use_desk(None)
    gate = open_gate(context, qtbot, desk.operator.number)
    assert gate.sign_in.pin.hasFocus()

    qtbot.keyClicks(gate.sign_in.pin, "1001")
    with qtbot.waitSignal(gate.entered):
        qtbot.keyClick(gate.sign_in.pin, Qt.Key.Key_Return)

    assert context.desk == desk


def test_an_administrator_needs_no_shift(nobody, qtbot):
    gate = open_gate(nobody, qtbot)

    with qtbot.waitSignal(gate.entered):
        sign_in(gate, "9001", "9001")

    assert nobody.desk.shift_id is None
