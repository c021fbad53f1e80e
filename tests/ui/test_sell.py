"""Choosing and taking on the sell page, on real services."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt

from boxoffice import clock
from boxoffice.queries import catalogue
from boxoffice.services.sales import holds
from tests.ui.selling import clerk_at_work
from ui.sell.side_words import SideState
from ui.widgets.seat_map import SeatState


def held(context, session_id: int) -> dict[int, str]:
    return context.office.read(lambda store: catalogue.seats_gone(store, session_id)).held


def test_the_day_shows_its_sessions_and_the_first_court(clerk):
    facts = clerk.page.sessions.facts

    assert {card.code for card in facts.cards} == {"S1D", "S1N", "B1", "G1"}
    assert clerk.page.court.session_id == clerk.page.sessions.current
    assert len(clerk.page.court.map.states) == len(clerk.page.court.facts.geometry)


def test_levels_stand_by_price_with_wheelchair_and_companion_last(clerk):
    clerk.session("S1D")

    levels = clerk.page.court.facts.levels

    assert [level.category for level in levels] == ["A", "B", "C", "D", "Wheelchair", "Companion"]
    assert [level.fen for level in levels[:4]] == [58000, 38000, 22000, 12000]
    assert sum(level.free for level in levels) == clerk.page.court.map.states.count(0)


def test_another_day_and_another_session_by_key(clerk):
    before = clerk.page.sessions.current

    clerk.alt(Qt.Key.Key_Right)
    assert clerk.page.sessions.current != before
    clerk.alt(Qt.Key.Key_PageDown)
    assert clerk.page.sessions.facts.day == "2026-05-02"
    clerk.alt(Qt.Key.Key_PageUp)
    assert clerk.page.sessions.facts.day == "2026-05-01"


def test_a_click_takes_a_seat_at_once_and_another_gives_it_back(clerk, context):
    clerk.session("S1D")
    seat = clerk.free_seats(1)[0]

    clerk.click_seat(seat)
    assert clerk.page.court.state(seat) is SeatState.MINE  # before anybody answered
    clerk.wait()
    assert [line.seat_id for line in clerk.page.basket.lines] == [seat]
    assert held(context, clerk.page.court.session_id) == {seat: clerk.page.basket.id}

    clerk.click_seat(seat)
    clerk.wait()
    assert clerk.page.basket.id is None
    assert clerk.page.court.state(seat) is SeatState.FREE
    assert held(context, clerk.page.court.session_id) == {}


def test_quick_clicks_end_up_in_one_basket(clerk, context):
    clerk.session("S1D")
    seats = clerk.free_seats(3)

    for seat in seats:
        clerk.click_seat(seat)
    clerk.wait()

    assert {line.seat_id for line in clerk.page.basket.lines} == set(seats)
    assert set(held(context, clerk.page.court.session_id).values()) == {clerk.page.basket.id}


def test_taken_and_given_back_before_the_answer(clerk, context):
    clerk.session("S1D")
    seat = clerk.free_seats(1)[0]

    clerk.click_seat(seat)
    clerk.click_seat(seat)
    clerk.wait()

    assert clerk.page.basket.lines == ()
    assert held(context, clerk.page.court.session_id) == {}


def test_the_keyboard_takes_a_seat(clerk):
    clerk.session("S1D")

    clerk.alt(Qt.Key.Key_S)
    clerk.press(Qt.Key.Key_Right)
    seat = clerk.page.court.map.cursor_seat
    clerk.press(Qt.Key.Key_Return)

    assert [line.seat_id for line in clerk.page.basket.lines] == [seat]


def test_who_loses_a_seat_hears_it_and_sees_it(clerk, context):
    clerk.session("S1D")
    seat = clerk.free_seats(1)[0]
    session = clerk.page.court.session_id
    clerk.page.left()  # this window looks away while another basket takes the seat
    holds.take_seats(
        office=context.office,
        desk=context.desk,
        session_id=session,
        seat_ids=[seat],
        basket=None,
    )

    clerk.page.take_seats([seat])
    assert clerk.page.court.state(seat) is SeatState.MINE
    clerk.wait()

    assert clerk.page.error_band.isVisible()
    assert clerk.page.court.state(seat) is SeatState.HELD
    assert clerk.page.basket.lines == ()


def test_best_together_wants_a_level_first(clerk):
    clerk.session("S1D")

    clerk.alt(Qt.Key.Key_B)
    assert clerk.page.error_band.isVisible()
    assert clerk.page.basket.lines == ()

    clerk.alt(Qt.Key.Key_V)
    clerk.alt(Qt.Key.Key_3)
    clerk.alt(Qt.Key.Key_B)
    lines = clerk.page.basket.lines
    assert {line.category for line in lines} == {"A"}
    assert len(lines) == 3
    assert len({(line.zone, line.row) for line in lines}) == 1


def test_more_together_than_there_are_is_refused_in_words(clerk):
    clerk.session("S1D")

    clerk.page.take_best("Wheelchair", 9)
    clerk.wait()

    assert clerk.page.error_band.isVisible()
    assert clerk.page.basket.lines == ()


def test_passes_by_count_and_type_with_one_key_each(clerk):
    clerk.session("G1")

    clerk.alt(Qt.Key.Key_3)
    clerk.alt(Qt.Key.Key_C)
    clerk.alt(Qt.Key.Key_1)

    lines = clerk.page.basket.lines
    assert [line.ticket_type for line in lines] == ["adult"] * 3 + ["concession"]
    assert clerk.page.basket.view.total_fen == 3 * 5000 + 2500


def test_another_number_of_passes(clerk, qtbot):
    clerk.session("G1")

    clerk.alt(Qt.Key.Key_0)
    qtbot.keyClicks(clerk.window.focusWidget(), "12")
    clerk.press(Qt.Key.Key_Return)

    assert len(clerk.page.basket.lines) == 12


def test_several_sessions_in_one_basket_and_another_type(clerk):
    clerk.session("S1D")
    clerk.take(1)
    clerk.session("G1")
    clerk.page.take_places(1, "adult")
    clerk.wait()
    assert clerk.page.basket.view.total_fen == 38000 + 5000

    clerk.page.counter.basket.select(clerk.page.basket.lines[0].id)
    clerk.alt(Qt.Key.Key_T)

    assert clerk.page.basket.lines[0].ticket_type == "concession"
    assert clerk.page.basket.view.total_fen == 19000 + 5000


def test_one_ticket_is_removed_by_key(clerk):
    clerk.session("G1")
    clerk.page.take_places(3, "adult")
    clerk.wait()

    clerk.alt(Qt.Key.Key_X)

    assert len(clerk.page.basket.lines) == 2


def test_clear_asks_once(clerk, context):
    clerk.session("S1D")
    clerk.take(2)

    clerk.alt(Qt.Key.Key_Backspace)
    assert len(clerk.page.basket.lines) == 2
    clerk.alt(Qt.Key.Key_Backspace)

    assert clerk.page.basket.id is None
    assert held(context, clerk.page.court.session_id) == {}


def test_a_basket_is_parked_and_brought_back(clerk, qtbot):
    clerk.session("S1D")
    clerk.take(2)
    first = clerk.page.basket.id

    clerk.alt(Qt.Key.Key_P)
    qtbot.keyClicks(clerk.window.focusWidget(), "red hat")
    clerk.press(Qt.Key.Key_Return)
    assert clerk.page.basket.id is None
    assert clerk.page.counter.parked.count == 1

    clerk.take(1)
    second = clerk.page.basket.id
    clerk.alt(Qt.Key.Key_O)
    assert clerk.page.counter.state is SideState.PARKED
    clerk.press(Qt.Key.Key_F8)

    assert clerk.page.basket.id == first
    assert len(clerk.page.basket.lines) == 2
    assert clerk.page.counter.parked.count == 1  # the other one waits instead
    assert second != first


def test_what_was_open_comes_back_after_a_restart(clerk, context, qtbot):
    clerk.session("S1D")
    clerk.take(2)
    before = clerk.page.basket.id
    clerk.page.left()

    with clerk_at_work(context, qtbot) as again:
        assert again.page.basket.id == before
        assert len(again.page.basket.lines) == 2


def test_the_hold_time_is_told_and_its_end_too(clerk):
    clerk.session("S1D")
    clerk.take(1)
    corner = clerk.page.panel.corner
    assert corner.text() == "10:00"
    assert corner.property("role") == "quiet"

    begin = clock.now()
    clock.use(lambda: begin + timedelta(minutes=9))
    clerk.page.hold_clock.tick()
    assert (corner.text(), corner.property("role")) == ("01:00", "timer")

    clock.use(lambda: begin + timedelta(minutes=11))
    clerk.page.hold_clock.tick()
    assert corner.text() == "00:00"
    assert clerk.page.error_band.isVisible()
    assert len(clerk.page.basket.lines) == 1  # left to the clerk


def test_another_clerk_finds_no_basket(clerk, context):
    clerk.session("S1D")
    clerk.take(1)

    context.use_desk(None)
    clerk.wait()

    assert clerk.page.basket.id is None
    assert clerk.page.counter.basket.selected == ""
