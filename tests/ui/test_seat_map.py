"""The seat map under hand and keyboard, as a page uses it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from tests.ui.seat_plans import LEVELS, seat, stands
from ui.widgets.seat_map import PlanGeometry, SeatMap, SeatState

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def plan() -> PlanGeometry:
    return stands()


@pytest.fixture
def seat_map(qtbot, plan: PlanGeometry) -> SeatMap:
    """A shown map of 800 by 600 pixels with every seat free, at rest."""
    widget = SeatMap()
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    widget.set_plan(plan, LEVELS)
    widget.set_states(bytes(len(plan)))
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def zoom_to(widget: SeatMap, scale: float, seat_id: int) -> None:
    """Zoom at a seat until the scale, and bring it to the middle."""
    widget.zoom_by(scale / widget.view.scale, widget.point_of(seat_id))
    away = QPointF(400, 300) - widget.point_of(seat_id)
    widget.pan_by(away.x(), away.y())


def turn_wheel(widget: SeatMap, at: QPointF, eighths: int) -> None:
    event = QWheelEvent(
        at,
        QPointF(widget.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, eighths),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def colour_at(widget: SeatMap, point: QPointF) -> QColor:
    return widget.grab().toImage().pixelColor(point.toPoint())


@pytest.mark.parametrize("scale", [0.0, 18.0, 40.0, 90.0])
def test_a_click_picks_the_seat_under_it(qtbot, seat_map, plan, scale: float):
    wanted = seat(plan, 1, 3, 12)
    if scale:
        zoom_to(seat_map, scale, wanted)
        assert seat_map.view.scale == pytest.approx(scale)
    with qtbot.waitSignal(seat_map.seat_clicked) as clicked:
        qtbot.mouseClick(seat_map, LEFT, pos=seat_map.point_of(wanted).toPoint())
    assert clicked.args == [wanted]
    assert seat_map.cursor_seat == wanted


def test_a_click_beside_all_seats_picks_none(qtbot, seat_map):
    with qtbot.assertNotEmitted(seat_map.seat_clicked):
        qtbot.mouseClick(seat_map, LEFT, pos=QPoint(400, 300))


def test_two_quick_clicks_are_two_clicks(qtbot, seat_map, plan):
    picked: list[int] = []
    seat_map.seat_clicked.connect(picked.append)
    zoom_to(seat_map, 40.0, seat(plan, 0, 2, 8))
    at = seat_map.point_of(seat(plan, 0, 2, 8)).toPoint()
    beside = seat_map.point_of(seat(plan, 0, 2, 9)).toPoint()
    qtbot.mouseClick(seat_map, LEFT, pos=at)
    # Qt calls a second press soon after the first a double click, though it is on another seat
    qtbot.mouseDClick(seat_map, LEFT, pos=beside)
    qtbot.mouseRelease(seat_map, LEFT, pos=beside)
    assert picked == [seat(plan, 0, 2, 8), seat(plan, 0, 2, 9)]


def test_a_drag_moves_the_map_and_clicks_nothing(qtbot, seat_map, plan):
    held = seat(plan, 0, 2, 8)
    zoom_to(seat_map, 30.0, held)
    start = seat_map.point_of(held)
    with qtbot.assertNotEmitted(seat_map.seat_clicked):
        qtbot.mousePress(seat_map, LEFT, pos=start.toPoint())
        for step in range(1, 9):
            qtbot.mouseMove(seat_map, start.toPoint() + QPoint(10 * step, -5 * step))
        qtbot.mouseRelease(seat_map, LEFT, pos=start.toPoint() + QPoint(80, -40))
    moved = seat_map.point_of(held) - start
    assert (moved.x(), moved.y()) == pytest.approx((80, -40), abs=1.0)


@pytest.mark.parametrize("eighths", [120, 360, 40])
def test_the_wheel_keeps_the_seat_under_the_mouse(seat_map, plan, eighths: int):
    held = seat(plan, 1, 2, 15)
    at = seat_map.point_of(held)
    before = seat_map.view.scale
    for _ in range(4):
        turn_wheel(seat_map, at, eighths)
    assert seat_map.view.scale > before
    turn_wheel(seat_map, at, -eighths)
    away = seat_map.point_of(held) - at
    assert away.manhattanLength() < 2.0


def test_zooming_out_ends_at_the_whole_court(qtbot, seat_map, plan):
    whole = seat_map.view
    zoom_to(seat_map, 60.0, seat(plan, 0, 6, 1))
    for _ in range(30):
        turn_wheel(seat_map, QPointF(100, 100), -120)
    assert seat_map.view == whole


def test_zooming_in_ends(seat_map):
    for _ in range(60):
        seat_map.zoom_by(1.5, QPointF(100, 100))
    assert seat_map.view.scale == pytest.approx(52 / 0.55)


def test_the_whole_court_stays_whole_when_the_window_grows(seat_map, plan):
    small = seat_map.view.scale
    seat_map.resize(1200, 900)
    assert seat_map.view.scale > small
    for corner in (seat(plan, 0, 6, 1), seat(plan, 1, 6, 20)):
        assert seat_map.rect().contains(seat_map.point_of(corner).toPoint())


def test_the_middle_stays_in_the_middle_when_the_window_grows(seat_map, plan):
    held = seat(plan, 1, 1, 4)
    zoom_to(seat_map, 40.0, held)
    seat_map.resize(1000, 700)
    away = seat_map.point_of(held) - QPointF(500, 350)
    assert away.manhattanLength() < 3.0


def test_arrows_move_a_cursor_and_enter_takes_the_seat(qtbot, seat_map, plan):
    seat_map.focus_seat(seat(plan, 0, 2, 8))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left):
        qtbot.keyClick(seat_map, key)
    assert seat_map.cursor_seat == seat(plan, 0, 3, 9)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Enter):
        with qtbot.waitSignal(seat_map.seat_activated) as taken:
            qtbot.keyClick(seat_map, key)
        assert taken.args == [seat(plan, 0, 3, 9)]


def test_the_first_arrow_finds_a_seat(qtbot, seat_map):
    assert seat_map.cursor_seat == -1
    qtbot.keyClick(seat_map, Qt.Key.Key_Down)
    assert seat_map.cursor_seat != -1


def test_coming_by_tab_shows_a_cursor(seat_map):
    event = QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason)
    QApplication.sendEvent(seat_map, event)
    assert seat_map.cursor_seat != -1


def test_the_map_follows_the_cursor(qtbot, seat_map, plan):
    zoom_to(seat_map, 80.0, seat(plan, 0, 1, 3))
    seat_map.focus_seat(seat(plan, 0, 1, 3))
    for _ in range(12):
        qtbot.keyClick(seat_map, Qt.Key.Key_Right)
    at_rest = seat_map.view
    index = plan.index_of[seat(plan, 0, 1, 15)]
    assert seat_map.cursor_seat == plan.ids[index]
    x, y = at_rest.to_screen(plan.x[index], plan.y[index])
    assert 0 < x < 800
    assert 0 < y < 600


def test_plus_minus_and_nought_zoom(qtbot, seat_map, plan):
    whole = seat_map.view
    qtbot.keyClick(seat_map, Qt.Key.Key_Plus)
    qtbot.keyClick(seat_map, Qt.Key.Key_Plus)
    near = seat_map.view.scale
    qtbot.keyClick(seat_map, Qt.Key.Key_Minus)
    assert whole.scale < seat_map.view.scale < near
    qtbot.keyClick(seat_map, Qt.Key.Key_0)
    assert seat_map.view == whole


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_7, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_keys_of_others_are_left_to_them(seat_map, key, held):
    event = QKeyEvent(QEvent.Type.KeyPress, key, held)
    QApplication.sendEvent(seat_map, event)
    assert not event.isAccepted()


def test_enter_without_a_cursor_is_left_to_the_window(seat_map):
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(seat_map, event)
    assert not event.isAccepted()


def test_a_change_of_state_shows(seat_map, plan):
    changed = seat(plan, 0, 2, 8)
    zoom_to(seat_map, 40.0, changed)
    beside = seat_map.point_of(changed) + QPointF(6, 6)
    assert colour_at(seat_map, beside) == QColor(LEVELS[0].colour)
    seat_map.change_states({plan.index_of[changed]: SeatState.MINE})
    assert colour_at(seat_map, beside) == QColor("#111827")
    seat_map.change_states({plan.index_of[changed]: SeatState.TAKEN})
    assert colour_at(seat_map, beside) == QColor("#FFFFFF")
    assert seat_map.states[plan.index_of[changed]] == SeatState.TAKEN


def test_another_session_of_the_court_keeps_view_and_cursor(seat_map, plan):
    seat_map.focus_seat(seat(plan, 0, 2, 8))
    zoom_to(seat_map, 40.0, seat(plan, 0, 2, 8))
    view = seat_map.view
    seat_map.set_plan(plan, LEVELS)
    assert seat_map.view == view
    assert seat_map.cursor_seat == seat(plan, 0, 2, 8)
    assert set(seat_map.states) == {SeatState.UNSALEABLE}
    seat_map.set_plan(stands(3, 5), LEVELS)
    assert seat_map.view != view
    assert seat_map.cursor_seat == -1


def test_the_mouse_over_a_seat_is_told_and_named(qtbot, seat_map, plan):
    told: list[int] = []
    seat_map.hover.connect(told.append)
    asked: list[int] = []

    def words(seat_id: int) -> str:
        asked.append(seat_id)
        return f"Seat {seat_id}\nfar from the net"

    seat_map.set_text_provider(words)
    wanted = seat(plan, 0, 1, 10)
    bare = seat_map.grab().toImage()
    qtbot.mouseMove(seat_map, seat_map.point_of(wanted).toPoint())
    assert told == [wanted]
    assert seat_map.grab().toImage() != bare
    assert wanted in asked
    qtbot.mouseMove(seat_map, QPoint(400, 300))
    assert told == [wanted, -1]


def test_shift_and_drag_sweep_along_a_row(qtbot, seat_map, plan):
    zoom_to(seat_map, 40.0, seat(plan, 0, 2, 8))
    seat_map.change_states({plan.index_of[seat(plan, 0, 2, 9)]: SeatState.TAKEN})
    start, end = (seat_map.point_of(seat(plan, 0, 2, n)).toPoint() for n in (7, 11))
    shift = Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(seat_map.seats_swept) as swept:
        qtbot.mousePress(seat_map, LEFT, shift, start)
        qtbot.mouseMove(seat_map, (start + end) / 2)
        qtbot.mouseMove(seat_map, end)
        qtbot.mouseRelease(seat_map, LEFT, shift, end)
    assert swept.args == [[seat(plan, 0, 2, number) for number in (7, 8, 10, 11)]]


def test_shift_and_drag_over_rows_sweep_a_rectangle(qtbot, seat_map, plan):
    zoom_to(seat_map, 40.0, seat(plan, 0, 2, 8))
    start = seat_map.point_of(seat(plan, 0, 3, 7)).toPoint() - QPoint(5, 5)
    end = seat_map.point_of(seat(plan, 0, 2, 8)).toPoint() + QPoint(5, 5)
    shift = Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(seat_map.seats_swept) as swept:
        qtbot.mousePress(seat_map, LEFT, shift, start)
        qtbot.mouseMove(seat_map, (start + end) / 2)
        qtbot.mouseMove(seat_map, end)
        qtbot.mouseRelease(seat_map, LEFT, shift, end)
    rectangle = {seat(plan, 0, row, number) for row in (2, 3) for number in (7, 8)}
    assert set(swept.args[0]) == rectangle


def test_a_sweep_can_be_given_up(qtbot, seat_map, plan):
    zoom_to(seat_map, 40.0, seat(plan, 0, 2, 8))
    start, end = (seat_map.point_of(seat(plan, 0, 2, n)).toPoint() for n in (7, 11))
    shift = Qt.KeyboardModifier.ShiftModifier
    with qtbot.assertNotEmitted(seat_map.seats_swept):
        qtbot.mousePress(seat_map, LEFT, shift, start)
        qtbot.mouseMove(seat_map, end)
        qtbot.keyClick(seat_map, Qt.Key.Key_Escape)
        qtbot.mouseRelease(seat_map, LEFT, shift, end)


def test_the_buttons_zoom_without_taking_the_focus(qtbot, seat_map):
    whole = seat_map.view
    nearer, farther, court = sorted(seat_map.findChildren(QWidget), key=lambda b: b.y())
    qtbot.mouseClick(nearer, LEFT)
    qtbot.mouseClick(nearer, LEFT)
    near = seat_map.view.scale
    qtbot.mouseClick(farther, LEFT)
    assert whole.scale < seat_map.view.scale < near
    qtbot.mouseClick(court, LEFT)
    assert seat_map.view == whole
    assert all(button.focusPolicy() == Qt.FocusPolicy.NoFocus for button in (nearer, court))


def test_an_empty_plan_says_what_to_do_and_breaks_nothing(qtbot):
    widget = SeatMap()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    widget.show()
    blank = widget.grab().toImage()
    colours = {blank.pixel(x, y) for x in range(0, 400, 2) for y in range(130, 170)}
    assert len(colours) > 2
    widget.set_states(b"")
    widget.change_states({})
    widget.zoom_by(2.0)
    widget.pan_by(30, 30)
    widget.fit()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Plus, Qt.Key.Key_Home):
        qtbot.keyClick(widget, key)
    qtbot.mouseClick(widget, LEFT, pos=QPoint(200, 150))
    turn_wheel(widget, QPointF(200, 150), 120)
    with pytest.raises(KeyError):
        widget.focus_seat(1)
    assert widget.cursor_seat == -1
    assert not widget.grab().isNull()


def test_it_tells_a_screen_reader_what_it_is_and_where_one_is(seat_map, plan):
    assert seat_map.accessibleName()
    assert seat_map.accessibleDescription()
    seat_map.set_text_provider(lambda seat_id: f"seat {seat_id}")
    seat_map.focus_seat(seat(plan, 0, 1, 1))
    assert seat_map.accessibleDescription() == f"seat {seat(plan, 0, 1, 1)}"


def test_a_map_among_other_widgets_gives_the_focus_on(qtbot, plan):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    seat_map, field = SeatMap(), QLineEdit()
    column.addWidget(seat_map)
    column.addWidget(field)
    seat_map.set_plan(plan, LEVELS)
    window.show()
    qtbot.waitExposed(window)
    seat_map.setFocus()
    qtbot.keyClick(seat_map, Qt.Key.Key_Tab)
    assert window.focusWidget() is field
