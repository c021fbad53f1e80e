"""Tenders only people know of: a terminal that stands alone, and tickets given away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from boxoffice.desk import Role
from boxoffice.services.sales import at_counter
from boxoffice.services.setup import training
from tests.gateways import Party
from tests.ui.selling import PATIENCE_MS, Clerk, clerk_at_work
from ui.sell.side_words import SideState


@pytest.fixture
def complete(context, qtbot) -> Iterator[Clerk]:
    with clerk_at_work(context, qtbot) as found:
        found.session("S1D")
        found.take(2)
        found.scan(1, 2)
        yield found


def state(clerk: Clerk) -> SideState:
    return clerk.page.counter.state


def test_the_other_terminal_wants_the_number_of_its_slip(complete, qtbot):
    complete.press(Qt.Key.Key_F8)
    complete.alt(Qt.Key.Key_T)
    qtbot.keyClicks(complete.window.focusWidget(), "111111")
    complete.press(Qt.Key.Key_F8)
    assert state(complete) is SideState.SHARE, "no slip has that number"

    complete.page.counter.share.reference.clear()
    qtbot.keyClicks(complete.window.focusWidget(), "000123")
    complete.press(Qt.Key.Key_Return)

    assert state(complete) is SideState.DONE
    assert complete.page.counter.done.sale.tender == "card_apart"


def test_giving_away_wants_a_reason_and_a_second_person(complete, qtbot):
    complete.press(Qt.Key.Key_F8)
    complete.alt(Qt.Key.Key_F)
    assert state(complete) is SideState.FREE
    assert not complete.page.counter.primary.isEnabled()
    complete.alt(Qt.Key.Key_1)
    complete.press(Qt.Key.Key_F8)
    form = complete.page.counter.free.approval_form
    supervisor = next(one for one in training.PEOPLE if one.role is Role.SUPERVISOR)
    qtbot.keyClicks(form.number, supervisor.number)
    qtbot.keyClicks(form.pin, supervisor.pin)
    qtbot.keyClick(form.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.approval is not None, timeout=PATIENCE_MS)

    complete.press(Qt.Key.Key_F8)

    assert state(complete) is SideState.DONE
    assert complete.page.counter.done.sale.tender == "complimentary"


def test_only_what_is_set_up_is_offered(context, complete):
    offered = tuple(complete.page.counter.tenders.buttons)

    assert offered == at_counter.offered(context.office)
    more = replace(context.office, gateways={"alipay": Party("alipay")})
    assert set(at_counter.offered(more)) - set(offered) == {"alipay"}
    settings = replace(context.office.settings, card_apart=0, complimentary=0)
    assert at_counter.offered(replace(context.office, settings=settings)) == ("cash",)
