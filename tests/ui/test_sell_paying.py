"""Documents, cash and what follows on the sell page, on real services."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from boxoffice.services.staff import shifts
from tests.ui.selling import Clerk, resident_id
from ui.sell.cash_panel import quick_amounts
from ui.sell.side_words import SideState
from ui.sell.words import short_names

PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
)


@pytest.fixture
def two_seats(clerk) -> Clerk:
    clerk.session("S1D")
    clerk.take(2)
    return clerk


@pytest.fixture
def complete(two_seats) -> Clerk:
    two_seats.scan(1, 2)
    return two_seats


def wanted(clerk: Clerk) -> list[bool]:
    return [line.document_wanted for line in clerk.page.basket.lines]


# --- documents


def test_scans_go_to_the_first_that_lack_one(two_seats):
    clerk = two_seats
    first, second = (line.id for line in clerk.page.basket.lines)
    assert clerk.page.counter.basket.selected == first

    clerk.scan(1)
    assert wanted(clerk) == [False, True]
    assert clerk.page.counter.basket.selected == second
    assert not clerk.page.counter.primary.isEnabled()
    assert clerk.page.counter.missing_words()

    clerk.scan(2)
    assert wanted(clerk) == [False, False]
    assert clerk.page.counter.primary.isEnabled()


def test_scans_in_quick_succession_do_not_meet_on_one_ticket(two_seats):
    two_seats.scan(1, 2)

    assert wanted(two_seats) == [False, False]


def test_one_document_one_ticket_is_said_in_words(two_seats):
    two_seats.scan(1, 1)

    assert wanted(two_seats) == [False, True]
    assert two_seats.page.error_band.isVisible()


def test_a_passport_brings_its_name(two_seats):
    two_seats.page.scanned(PASSPORT)
    two_seats.wait()

    line = two_seats.page.basket.lines[0]
    assert line.document_type == "passport"
    assert line.attendee == "Anna E."


def test_what_is_no_document_is_left_to_others(two_seats):
    assert not two_seats.page.scanned("张伟")
    assert not two_seats.page.scanned("13800001234")


def test_a_document_nobody_waits_for_is_said(clerk):
    assert clerk.page.scanned(resident_id(1))

    assert clerk.page.error_band.isVisible()


def test_a_doubtful_number_is_shown_before_it_counts(two_seats):
    assert two_seats.page.scanned("A12B34567")
    two_seats.wait()

    entry = two_seats.page.counter.basket.entry
    assert entry.number.text() == "A12B34567"
    assert wanted(two_seats) == [True, True]
    entry.commit()
    two_seats.wait()
    assert wanted(two_seats) == [False, True]


def test_typing_goes_from_ticket_to_ticket(two_seats, qtbot):
    clerk = two_seats
    panel = clerk.page.counter.basket

    clerk.alt(Qt.Key.Key_D)
    qtbot.keyClicks(panel.entry.number, resident_id(1)[:-1] + "0")
    clerk.press(Qt.Key.Key_Return)
    assert panel.entry.said
    assert wanted(clerk) == [True, True]

    panel.entry.number.clear()
    qtbot.keyClicks(panel.entry.number, resident_id(3))
    clerk.press(Qt.Key.Key_Tab)
    assert clerk.window.focusWidget() is panel.entry.name
    qtbot.keyClicks(panel.entry.name, "Li")
    clerk.press(Qt.Key.Key_Return)

    assert wanted(clerk) == [False, True]
    assert clerk.page.basket.lines[0].attendee
    assert panel.editing
    assert panel.entry.number.text() == ""
    assert clerk.window.focusWidget() is panel.entry.number
    assert panel.selected == clerk.page.basket.lines[1].id

    clerk.press(Qt.Key.Key_Escape)
    assert not panel.editing


def test_the_kind_follows_the_number_until_one_is_chosen(two_seats, qtbot):
    entry = two_seats.page.counter.basket.entry
    two_seats.alt(Qt.Key.Key_D)

    qtbot.keyClicks(entry.number, "E12345678")
    assert entry.kind.currentData() == "passport"


def test_a_name_can_follow_a_scan(two_seats, qtbot):
    clerk = two_seats
    clerk.scan(1)
    clerk.page.counter.basket.select(clerk.page.basket.lines[0].id)

    clerk.alt(Qt.Key.Key_D)
    qtbot.keyClicks(clerk.window.focusWidget(), "Li Lei")
    clerk.press(Qt.Key.Key_Return)

    assert clerk.page.basket.lines[0].attendee == "Li L."


def test_the_buyer_is_noted_only_if_wanted(complete, qtbot):
    complete.alt(Qt.Key.Key_N)
    qtbot.keyClicks(complete.window.focusWidget(), "Wang Min")
    complete.press(Qt.Key.Key_Tab)
    qtbot.keyClicks(complete.window.focusWidget(), "13800001234")
    complete.press(Qt.Key.Key_Return)

    view = complete.page.basket.view
    assert (view.buyer, view.phone) == ("Wang M.", "138****1234")


# --- cash


def test_an_incomplete_basket_is_not_paid(two_seats):
    two_seats.page.open_cash()

    assert two_seats.page.counter.state is SideState.BASKET


def test_cash_with_change_sells_and_prints(complete, context, qtbot):
    clerk = complete
    due = clerk.page.basket.view.total_fen

    clerk.press(Qt.Key.Key_F8)
    assert clerk.page.counter.state is SideState.CASH
    assert not clerk.page.counter.primary.isEnabled()
    qtbot.keyClicks(clerk.window.focusWidget(), "1000")
    assert clerk.page.counter.cash.change_fen == 100_000 - due
    clerk.press(Qt.Key.Key_F8)

    done = clerk.page.counter.done
    assert clerk.page.counter.state is SideState.DONE
    assert (done.sale.total_fen, done.sale.change_fen) == (due, 100_000 - due)
    assert (done.printed.printed, done.printed.doubtful) == (3, 0)  # two tickets and a receipt
    assert len(list(context.office.home.prints.glob("*.pdf"))) >= 2
    assert clerk.page.basket.id is None

    figures = shifts.figures(office=context.office, desk=context.desk)
    assert figures.drawer_fen == 50_000 + due


def test_too_little_says_what_is_missing(complete, qtbot):
    complete.press(Qt.Key.Key_F8)
    qtbot.keyClicks(complete.window.focusWidget(), "100")

    complete.press(Qt.Key.Key_Return)

    assert complete.page.counter.state is SideState.CASH
    assert complete.page.counter.cash.change_fen is None
    assert not complete.page.counter.primary.isEnabled()


def test_a_quick_amount_by_key_then_enter(complete):
    complete.press(Qt.Key.Key_F8)
    complete.alt(Qt.Key.Key_1)
    assert complete.page.counter.cash.change_fen == 0

    complete.press(Qt.Key.Key_Return)

    assert complete.page.counter.state is SideState.DONE
    assert complete.page.counter.done.sale.change_fen == 0


def test_escape_goes_back_to_the_basket(complete):
    complete.press(Qt.Key.Key_F8)
    complete.press(Qt.Key.Key_Escape)

    assert complete.page.counter.state is SideState.BASKET
    assert len(complete.page.basket.lines) == 2


def test_enter_never_sells_while_an_input_method_composes(complete, qtbot):
    clerk = complete
    clerk.press(Qt.Key.Key_F8)
    clerk.alt(Qt.Key.Key_1)
    field = clerk.window.focusWidget()
    QApplication.sendEvent(field, QInputMethodEvent("yi", []))

    for key in (Qt.Key.Key_Return, Qt.Key.Key_F8):
        qtbot.keyClick(clerk.window, key)
    clerk.wait()
    assert clerk.page.counter.state is SideState.CASH

    QApplication.sendEvent(field, QInputMethodEvent("", []))
    clerk.alt(Qt.Key.Key_1)  # composing took the place of what was selected
    clerk.press(Qt.Key.Key_Return)
    assert clerk.page.counter.state is SideState.DONE


def pay(clerk: Clerk) -> None:
    clerk.page.open_cash()
    clerk.page.give_cash(clerk.page.basket.view.total_fen)
    clerk.page.finish()
    clerk.wait()


def test_enter_calls_the_next_customer(complete):
    pay(complete)
    assert complete.page.counter.state is SideState.DONE

    complete.press(Qt.Key.Key_Return)

    assert complete.page.counter.state is SideState.BASKET


def test_the_key_of_the_page_calls_the_next_customer(complete):
    pay(complete)

    complete.page.shown()
    complete.wait()

    assert complete.page.counter.state is SideState.BASKET


def test_a_seat_clicked_after_a_sale_begins_the_next_basket(complete):
    sold = complete.page.basket.id
    pay(complete)

    complete.click_seat(complete.free_seats(1, "C")[0])
    complete.wait()

    assert complete.page.counter.state is SideState.BASKET
    assert len(complete.page.basket.lines) == 1
    assert complete.page.basket.id != sold


def test_printing_trouble_leaves_the_sale_and_says_what_to_do(complete, context):
    prints = context.office.home.prints
    prints.parent.mkdir(exist_ok=True)
    if prints.exists():
        prints.rmdir()
    prints.write_text("not a folder")
    pay(complete)
    done = complete.page.counter.done
    assert done.printed.doubtful == 3
    assert done.band.isVisible()
    assert done.band.tone == "danger"

    prints.unlink()
    complete.alt(Qt.Key.Key_R)

    assert done.printed.printed == 3
    assert not done.band.isVisible()


@pytest.mark.parametrize(
    ("due", "amounts"),
    [
        (136_000, [136_000, 140_000, 150_000, 200_000]),
        (5_000, [5_000, 10_000]),
        (2_550, [2_550, 3_000, 5_000, 10_000]),
        (68_000, [68_000, 70_000, 100_000]),
        (0, [0]),
    ],
)
def test_quick_amounts_are_what_people_put_down(due: int, amounts: list[int]):
    assert quick_amounts(due) == amounts


def test_names_lose_what_all_of_a_day_share():
    assert short_names(["钻石球场日场 正赛", "欢享票 正赛"]) == ["钻石球场日场", "欢享票"]
    assert short_names(["Lotus Court, Main draw", "Grounds pass, Main draw"]) == [
        "Lotus Court",
        "Grounds pass",
    ]
    assert short_names(["欢享票 资格赛"]) == ["欢享票 资格赛"]
    assert short_names(["Lotus Court", "Grounds pass"]) == ["Lotus Court", "Grounds pass"]
