"""Pages in doubt: they are listed, and a person says whether they came out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.queries import finding, orders, printing
from boxoffice.services.printing import tickets
from boxoffice.services.sales import pickups
from tests.ui.presale import of_session
from ui.pickup.doubtful import DoubtfulPages


def hand_over(context, *, printed: bool) -> int:
    """An order of two handed over; answers how many pages it has."""
    office, order = context.office, next(of_session("S1D", tickets=2))
    hit = office.read(lambda store: finding.find(store, office.seal, order.code))[0]
    view = office.read(lambda store: orders.order(store, office.seal, hit.id))
    pickup = pickups.hand_over(
        office=office,
        desk=context.desk,
        order_id=hit.id,
        ticket_ids=[line.ticket_id for line in view.to_hand_over],
        checked="code",
    )
    if printed:
        tickets.print_jobs(office=office, desk=context.desk, job_ids=pickup.print_jobs)
    return len(pickup.print_jobs)


@pytest.fixture
def jammed(context) -> Path:
    """A file stands where the folder for prints should be."""
    prints = context.office.home.prints
    prints.write_text("")
    return prints


@pytest.fixture
def pages(context, qtbot) -> DoubtfulPages:
    made = DoubtfulPages(context)
    qtbot.addWidget(made)
    return made


def left(context) -> list[str]:
    return [row.status for row in context.office.read(printing.unsettled)]


def test_nothing_in_doubt_shows_nothing(pages, context, qtbot):
    hand_over(context, printed=True)
    pages.reload()

    qtbot.waitUntil(lambda: left(context) == [])
    assert pages.isHidden()
    assert pages.count == 0


@pytest.mark.usefixtures("jammed")
def test_pages_that_did_not_print_are_listed_at_once(pages, context, qtbot):
    with qtbot.waitSignal(pages.count_changed):
        count = hand_over(context, printed=True)

    assert pages.count == count
    assert not pages.isHidden()


@pytest.mark.usefixtures("jammed")
def test_a_page_that_came_out_is_done_with(pages, context, qtbot):
    count = hand_over(context, printed=True)
    qtbot.waitUntil(lambda: pages.count == count)

    pages.pages[0].buttons[0].click()

    assert not pages.pages[0].isEnabled()
    qtbot.waitUntil(lambda: pages.count == count - 1)


def test_all_are_printed_again_once_the_printer_works(pages, context, jammed, qtbot):
    count = hand_over(context, printed=True)
    qtbot.waitUntil(lambda: pages.count == count)
    jammed.unlink()

    pages.settle_all(came_out=False)

    qtbot.waitUntil(lambda: len(list(jammed.glob("*.pdf"))) == count)
    qtbot.waitUntil(lambda: pages.count == 0)
    qtbot.waitUntil(lambda: left(context) == [])


def test_pages_a_crash_left_queued_can_be_printed(pages, context, qtbot):
    count = hand_over(context, printed=False)
    pages.reload()
    qtbot.waitUntil(lambda: left(context) == ["queued"] * count)
    assert pages.count == 0
    late = clock.now() + timedelta(minutes=1)
    clock.use(lambda: late)

    pages.reload()
    qtbot.waitUntil(lambda: pages.count == count)
    pages.pages[0].buttons[0].click()

    qtbot.waitUntil(lambda: pages.count == count - 1)
