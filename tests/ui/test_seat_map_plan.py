"""Where seats are and where the map looks: the parts of the seat map that need no widget."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QPointF

from tests.ui.seat_plans import LEVELS, PITCH, seat, stands
from ui.widgets.seat_map import MapColours, PlanGeometry, SeatState
from ui.widgets.seat_map.court import Court
from ui.widgets.seat_map.pointer import Drag, Pointer
from ui.widgets.seat_map.seat_index import SeatIndex
from ui.widgets.seat_map.seat_layer import SeatLayer
from ui.widgets.seat_map.view import Frame, View
from ui.widgets.seat_map.viewport import Viewport


def test_a_plan_whose_parts_do_not_fit_is_refused():
    plan = stands()
    with pytest.raises(ValueError, match="one entry per seat"):
        dataclasses.replace(plan, x=plan.x[:-1])
    with pytest.raises(ValueError, match="zone or row"):
        dataclasses.replace(plan, zones=("N",))
    with pytest.raises(ValueError, match="radius"):
        dataclasses.replace(plan, radius=0.0)


def test_rows_are_in_the_order_they_stand_in():
    plan = stands()
    turned = dataclasses.replace(plan, ordinal=[-place for place in plan.ordinal])
    assert turned.row_members[0] == tuple(reversed(plan.row_members[0]))
    assert plan.pitch == pytest.approx(PITCH)


def test_a_run_lies_in_one_row():
    plan = stands()
    first, last = plan.index_of[seat(plan, 0, 2, 9)], plan.index_of[seat(plan, 0, 2, 6)]
    numbers = [plan.numbers[index] for index in plan.run_between(first, last)]
    assert numbers == ["6", "7", "8", "9"]
    assert plan.run_between(first, plan.index_of[seat(plan, 0, 3, 6)]) == ()


@given(st.floats(25, 45), st.floats(10, 60), st.floats(0.1, 30))
def test_nearest_is_what_looking_at_every_seat_finds(x: float, y: float, reach: float):
    plan = stands()
    found = SeatIndex(plan).nearest(x, y, reach)
    away = [((u - x) ** 2 + (v - y) ** 2) ** 0.5 for u, v in zip(plan.x, plan.y, strict=True)]
    if found < 0:
        assert min(away) > reach
    else:
        assert away[found] == pytest.approx(min(away))


def test_within_finds_the_seats_of_a_rectangle():
    plan = stands()
    found = SeatIndex(plan).within(29.9, 19.0, 31.2, 20.1)
    assert sorted(plan.ids[index] for index in found) == [
        seat(plan, 0, row, number) for row in (1, 2) for number in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("start", "step", "end"),
    [
        ((0, 1, 5), (1, 0), (0, 1, 6)),
        ((0, 1, 5), (-1, 0), (0, 1, 4)),
        ((0, 1, 5), (0, -1), (0, 2, 5)),
        ((0, 1, 5), (0, 1), (1, 1, 5)),  # over the court to the other block
        ((0, 1, 1), (-1, 0), (0, 1, 1)),  # nothing lies that way
    ],
)
def test_a_step_goes_to_the_next_seat_that_way(start, step, end):
    plan = stands()
    found = SeatIndex(plan).step(plan.index_of[seat(plan, *start)], *step)
    assert plan.ids[found] == seat(plan, *end)


def test_a_row_that_runs_downwards_is_followed_downwards():
    plan = stands()
    upright = dataclasses.replace(plan, x=plan.y, y=plan.x)
    start = upright.index_of[seat(upright, 0, 1, 5)]
    assert upright.ids[SeatIndex(upright).step(start, 0, 1)] == seat(upright, 0, 1, 6)


def test_the_court_lies_in_the_empty_middle():
    court = Court.within(stands())
    assert court is not None
    assert (court.x, court.y) == pytest.approx((30.0 + 9.5 * PITCH, 35.0))
    assert court.size <= 1.0
    assert Court.within(PlanGeometry.empty()) is None


def test_no_court_is_drawn_where_seats_fill_the_middle():
    plan = stands()
    closed = dataclasses.replace(plan, y=[y if y < 30 else y - 29.15 for y in plan.y])
    assert Court.within(closed) is None


@given(
    st.floats(0.5, 90),
    st.floats(-500, 500),
    st.floats(-500, 500),
    st.floats(0, 900),
    st.floats(0, 900),
)
def test_zooming_keeps_the_place_under_the_point(scale, left, top, x, y):
    view = View(12.0, left, top)
    before, after = view.to_plan(x, y), view.zoomed(scale, x, y).to_plan(x, y)
    assert after == pytest.approx(before, abs=1e-6)


@given(st.floats(-1e5, 1e5), st.floats(-1e5, 1e5))
def test_some_of_the_plan_stays_in_sight(dx: float, dy: float):
    frame = Frame(800, 600, stands().bounds, PITCH, 18)
    view = frame.kept(frame.whole().moved(dx, dy))
    left, top = view.to_screen(*frame.bounds[:2])
    right, bottom = view.to_screen(*frame.bounds[2:])
    assert right > 0
    assert bottom > 0
    assert left < 800
    assert top < 600


def test_a_glide_begins_here_and_ends_there():
    here, there = View(5.0, 10.0, 20.0), View(40.0, -300.0, 55.0)
    begin, end = here.towards(there, 0.0, 800, 600), here.towards(there, 1.0, 800, 600)
    for got, wanted in ((begin, here), (end, there)):
        assert dataclasses.astuple(got) == pytest.approx(dataclasses.astuple(wanted))


def test_a_hand_stops_a_glide_where_it_is(qapp):
    owner = QObject()
    port = Viewport(owner)
    port.set_plan(stands(), 1.0)
    port.resize(800, 600)
    port.glide_ms = 60_000
    whole = port.view
    port.bring_near(30.0, 20.0)
    assert port.view == whole
    assert port.target.scale > whole.scale
    port.zoom_by(1.1, QPointF(400, 300))
    assert port.target == port.view
    assert port.view.scale == pytest.approx(whole.scale * 1.1)


def test_a_trembling_hand_still_clicks():
    pointer = Pointer(10)
    pointer.press(QPointF(50, 50), sweeps=False)
    assert pointer.move(QPointF(54, 53)).isNull()
    assert pointer.release() is Drag.PRESSED


def test_a_drag_loses_nothing_of_the_way():
    pointer = Pointer(10)
    pointer.press(QPointF(50, 50), sweeps=False)
    steps = [pointer.move(QPointF(50 + 4 * number, 50)) for number in range(1, 11)]
    assert sum(step.x() for step in steps) == 40
    assert pointer.release() is Drag.PANNING


def test_states_that_do_not_exist_are_refused(qapp):
    plan = stands()
    layer = SeatLayer(plan, LEVELS, MapColours())
    with pytest.raises(ValueError, match="one state per seat"):
        layer.set_states(b"\0")
    with pytest.raises(ValueError, match="no such state"):
        layer.set_states(bytes([9]) * len(plan))
    with pytest.raises(ValueError, match="not a valid SeatState"):
        layer.change_states({0: 9})
    with pytest.raises(ValueError, match="no such level"):
        layer.set_level_filter(2)
    with pytest.raises(ValueError, match="no style"):
        SeatLayer(plan, LEVELS[:1], MapColours())


def test_only_free_seats_of_the_level_looked_for_are_to_be_had(qapp):
    plan = stands()
    layer = SeatLayer(plan, LEVELS, MapColours())
    assert layer.buyable(range(len(plan))) == []
    layer.set_states(bytes(len(plan)))
    layer.change_states({0: SeatState.TAKEN, 1: SeatState.OBSTRUCTED, 2: SeatState.MINE})
    assert layer.buyable(range(5)) == [1, 3, 4]
    layer.set_level_filter(1)
    assert layer.buyable(range(len(plan))) == [i for i, z in enumerate(plan.zone_of) if z == 1]
