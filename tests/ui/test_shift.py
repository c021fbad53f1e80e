"""The shift page: figures, cash that moves, the blind close; and the setup page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from boxoffice.queries import finding, orders, reports
from boxoffice.records.migrations import VERSION
from boxoffice.services.printing import tickets
from boxoffice.services.sales import holds, pickups
from boxoffice.services.staff import operators, shifts
from boxoffice.services.till import closing
from tests.ui.presale import of_session
from ui.screens.setup import SetupPage
from ui.screens.shift import Mode, ShiftPage
from ui.shift.move_form import Move


@pytest.fixture
def shown(qtbot):
    """Shows a page, middle and side, in a window of its own."""

    def show(page) -> None:
        page.retranslate()
        host = page.centre
        assert isinstance(host, QWidget)
        page.setParent(host)
        host.resize(1200, 720)
        qtbot.addWidget(host)
        if page.side is not None:
            host.layout().addWidget(page.side)
        with qtbot.waitExposed(host):
            host.show()
        page.shown()

    return show


@pytest.fixture
def page(context, qtbot, shown) -> ShiftPage:
    """The clerk's, with the float of 500 yuan in its figures."""
    found = ShiftPage(context)
    shown(found)
    qtbot.waitUntil(lambda: found.mode is Mode.READ)
    return found


def drawer(context) -> int:
    return shifts.figures(office=context.office, desk=context.desk).drawer_fen


def sign_second(page, qtbot, number: str = "3001", pin: str = "3001") -> None:
    form = page.desk_side.form.second
    form.number.setText(number)
    form.pin.setText(pin)
    form.submit()


def count(page, **notes: int) -> None:
    for name, number in notes.items():
        field = page.count.notes.counts[int(name[1:])]
        field.setText(str(number))
        field.textEdited.emit(str(number))


# --- figures -------------------------------------------------------------------------------------


def test_the_figures_have_the_float_and_not_what_the_drawer_should_hold(page):
    assert page.figures.amount.fen == 0
    assert page.figures.values["Float"] == "¥500.00"
    assert list(page.figures.values.values()).count("¥500.00") == 1
    assert page.desk_side.primary.text() == "Count and close"


def test_a_pickup_is_counted_and_listed_while_the_page_is_open(context, qtbot, page):
    office, order = context.office, next(of_session("S1D"))
    hit = office.read(lambda store: finding.find(store, office.seal, order.code))[0]
    view = office.read(lambda store: orders.order(store, office.seal, hit.id))

    pickups.hand_over(
        office=office,
        desk=context.desk,
        order_id=hit.id,
        ticket_ids=[line.ticket_id for line in view.to_hand_over],
        checked="code",
    )

    qtbot.waitUntil(lambda: page.figures.values["Pickups"] == "1")
    qtbot.waitUntil(lambda: len(page.desk_side.latest.rows) == 1)
    assert page.desk_side.latest.rows[0].detail == order.number


def test_who_has_no_drawer_sees_no_figures(context, qtbot, shown):
    office = context.office
    person = operators.operator_by_number(office=office, number="9001")
    context.use_desk(shifts.desk_for(office=office, operator=person))
    page = ShiftPage(context)
    shown(page)

    qtbot.waitUntil(lambda: page.mode is Mode.NOTHING)

    assert page.figures.report is None
    assert not page.desk_side.primary.isVisible()


def test_the_x_report_goes_to_the_printer_at_any_time(context, qtbot, page):
    page.print_x()

    qtbot.waitUntil(lambda: "printed" in page.error_band.text)

    assert [path.name for path in context.office.home.prints.iterdir()] == ["X report window 1.pdf"]


def test_z_reports_of_before_are_listed_and_printed_again(context, qtbot, shown):
    office, clerk = context.office, context.desk.operator
    closing.close_shift(office=office, desk=context.desk, counts={10_000: 5, 100: 1})
    desk = shifts.desk_for(office=office, operator=clerk)
    context.use_desk(shifts.open_shift(office=office, desk=desk, float_fen=0))
    page = ShiftPage(context)
    shown(page)
    rows = page.figures.z_list.rows
    qtbot.waitUntil(lambda: len(rows.rows) == 1)
    assert (rows.rows[0].fact, rows.rows[0].note) == ("Z 1", "¥1.00 over")

    rows.activated_row.emit(rows.rows[0].key)

    qtbot.waitUntil(lambda: "printed" in page.error_band.text)
    assert (office.home.prints / "Z report 1 window 1.pdf").exists()


# --- cash that moves -----------------------------------------------------------------------------


@pytest.mark.parametrize(("move", "left"), [(Move.IN, 60_000), (Move.OUT, 40_000)])
def test_cash_in_and_out_want_an_amount_and_a_reason(context, qtbot, page, move, left):
    page.begin_move(move)
    form, primary = page.desk_side.form, page.desk_side.primary
    assert form.amount.hasFocus()
    assert primary.text() == "Type the amount"
    assert not primary.isEnabled()

    qtbot.keyClicks(form.amount, "100")
    assert primary.text() == "Say what it is for"
    qtbot.keyClick(form.amount, Qt.Key.Key_Return)
    assert form.reason.hasFocus()
    qtbot.keyClicks(form.reason, "change")
    assert primary.text().endswith("¥100.00")
    qtbot.keyClick(form.reason, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: page.mode is Mode.READ)
    assert drawer(context) == left
    assert "¥100.00" in page.error_band.text


def test_a_drop_waits_for_the_second_person(context, qtbot, page):
    page.begin_move(Move.DROP)
    form, primary = page.desk_side.form, page.desk_side.primary
    assert not form.reason.isVisible()
    qtbot.keyClicks(form.amount, "200")
    assert primary.text() == "The second person signs now"
    qtbot.keyClick(form.amount, Qt.Key.Key_Return)
    assert form.second.number.hasFocus()

    sign_second(page, qtbot)
    qtbot.waitUntil(primary.isEnabled)
    assert primary.text() == "Drop ¥200.00 into the safe"

    qtbot.keyClicks(form.amount, "0")  # 2000: nobody approved that
    assert not primary.isEnabled()
    sign_second(page, qtbot)
    qtbot.waitUntil(primary.isEnabled)
    assert form.amount.hasFocus(), "Enter goes on from there"
    page.press()

    qtbot.waitUntil(lambda: page.mode is Mode.READ)
    assert drawer(context) == 50_000 - 200_000
    qtbot.waitUntil(lambda: "slip" in page.error_band.text)
    (slip,) = context.office.home.prints.iterdir()
    assert slip.name.startswith("cash drop")

    page.error_band.action.click()
    qtbot.waitUntil(lambda: len(list(context.office.home.prints.iterdir())) == 2)
    qtbot.waitUntil(lambda: "slip" in page.error_band.text)


def test_nobody_approves_their_own_drop(qtbot, page):
    page.begin_move(Move.DROP)
    qtbot.keyClicks(page.desk_side.form.amount, "200")

    sign_second(page, qtbot, "1001", "1001")

    qtbot.waitUntil(page.desk_side.form.second.trouble.isVisible)
    assert not page.desk_side.primary.isEnabled()


# --- closing -------------------------------------------------------------------------------------


def test_the_count_is_blind_and_asked_about_once_more(context, qtbot, page):
    page.press()
    assert page.mode is Mode.COUNT
    assert not page.figures.isVisible()
    primary = page.desk_side.primary
    assert not primary.isEnabled()

    count(page, f10000=4, f5000=1)
    assert page.count.total.fen == 45_000
    assert (page.count.float_back.fen, page.count.takings.fen) == (45_000, 0)
    qtbot.waitUntil(primary.isEnabled)
    page.press()
    assert primary.text() == "Yes, ¥450.00: close for good"
    count(page, f1000=4)
    assert primary.text() == "Close with ¥490.00"
    page.press()
    with qtbot.waitSignal(page.closed) as closed:
        page.press()

    report, trouble = closed.args
    assert trouble is None
    assert (report.short_fen, report.over_fen) == (1_000, 0)
    assert shifts.open_here(office=context.office) is None
    assert (context.office.home.prints / "Z report 1 window 1.pdf").exists()


def test_what_stands_in_the_way_is_said_before_the_count_is_given(context, qtbot, page):
    office, desk = context.office, context.desk
    session = office.read(
        lambda store: store.first("SELECT id FROM session WHERE plan_id IS NULL ORDER BY code")
    )[0]
    basket = holds.take_places(office=office, desk=desk, session_id=session, count=1, basket=None)
    page.press()
    count(page, f10000=5)

    qtbot.waitUntil(lambda: page.desk_side.blocked)
    assert not page.desk_side.primary.isEnabled()

    holds.abandon(office=office, desk=desk, basket=basket)
    qtbot.waitUntil(page.desk_side.primary.isEnabled)


def test_another_page_forgets_a_count_that_was_not_given(page):
    page.press()
    count(page, f10000=5)

    page.left()

    assert page.mode is Mode.READ
    page.press()
    assert page.count.notes.fen is None


def test_a_supervisor_closes_for_somebody_absent(context, qtbot, shown):
    office = context.office
    boss = operators.operator_by_number(office=office, number="3001")
    context.use_desk(shifts.desk_for(office=office, operator=boss))
    page = ShiftPage(context)
    shown(page)
    qtbot.waitUntil(lambda: page.mode is Mode.READ)
    assert not page.desk_side.moves[Move.IN].isVisible()
    page.press()
    count(page, f10000=5)
    assert page.desk_side.primary.text() == "Say why they cannot close it"
    qtbot.keyClicks(page.count.reason, "ill")
    assert page.desk_side.primary.text() == "Your PIN signs for it"
    qtbot.keyClicks(page.count.pin, "3001")
    page.press()

    with qtbot.waitSignal(page.closed) as closed:
        page.press()

    close = closed.args[0].close
    assert (close.closed_by, close.reason) == ("3001", "ill")
    kept = office.read(lambda store: reports.z_reports(store, 1))
    assert [row.number for row in kept] == [1]


def test_a_wrong_pin_closes_nothing(context, qtbot, shown):
    office = context.office
    boss = operators.operator_by_number(office=office, number="3001")
    context.use_desk(shifts.desk_for(office=office, operator=boss))
    page = ShiftPage(context)
    shown(page)
    qtbot.waitUntil(lambda: page.mode is Mode.READ)
    page.press()
    count(page, f10000=5)
    qtbot.keyClicks(page.count.reason, "ill")
    qtbot.keyClicks(page.count.pin, "1111")
    page.press()

    page.press()

    qtbot.waitUntil(lambda: "wrong" in page.error_band.text)
    assert page.count.pin.hasFocus()
    assert page.count.pin.text() == ""
    assert page.count.notes.fen == 50_000
    assert shifts.open_here(office=office) is not None


def test_a_printer_that_fails_keeps_no_shift_open(context, qtbot, page):
    context.office.home.prints.write_text("in the way")
    page.press()
    count(page, f10000=5)
    page.press()

    with qtbot.waitSignal(page.closed) as closed:
        page.press()

    assert closed.args[1] is not None
    assert shifts.open_here(office=context.office) is None


def test_pages_not_settled_are_named(context, qtbot, page):
    office, order = context.office, next(of_session("S1D"))
    hit = office.read(lambda store: finding.find(store, office.seal, order.code))[0]
    view = office.read(lambda store: orders.order(store, office.seal, hit.id))
    picked = pickups.hand_over(
        office=office,
        desk=context.desk,
        order_id=hit.id,
        ticket_ids=[line.ticket_id for line in view.to_hand_over],
        checked="code",
    )
    page.press()
    qtbot.waitUntil(lambda: page.desk_side.blocked)

    tickets.print_jobs(office=office, desk=context.desk, job_ids=picked.print_jobs)

    qtbot.waitUntil(lambda: not page.desk_side.blocked)


def test_the_setup_page_says_what_this_window_is(context, qtbot, shown):
    page = SetupPage(context)
    shown(page)

    qtbot.waitUntil(lambda: page.texts["Version of the records"] == str(VERSION))

    assert page.texts["Window number"] == "1"
    assert str(context.office.home.path) in page.texts["Import files"]
    qtbot.waitUntil(lambda: page.texts["Reported to central"].startswith("everything"))
