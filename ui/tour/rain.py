"""A tour's evening after the rain: play recorded, the rules asked, a dry run, paid back, listed."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, cast

from boxoffice import clock
from boxoffice.desk import Right
from boxoffice.domain.play import PlayKind
from boxoffice.services.setup import training
from ui.pages import RAIN
from ui.rain.part import RainPart
from ui.screens.rain import RainPage

if TYPE_CHECKING:
    from ui.tour.day import Day

EVENING = time(21, 30)
"""Venue time at which somebody sits down to it."""
PLAYED = (
    (PlayKind.START, "12:35"),
    (PlayKind.SUSPEND, "12:50"),
    (PlayKind.RESUME, "15:10"),
    (PlayKind.END, "15:20"),
)
"""25 minutes, and no match completed: it does not count as held."""


def play_and_rain(day: Day) -> None:
    """The session of the greatest court was rained off."""
    _evening(day)
    page = cast(RainPage, day.window.frame.page(RAIN))
    day.window.frame.show_page(RAIN)
    _settle(day, page)
    line = max(page.sessions_of_day, key=lambda line: line.tickets)
    page.sessions.rows.select(str(line.id))
    page.choose_session(line.id)
    day.stage.snap("rain-sessions")
    _record(day, page)
    _decide(day, page)
    _pay_back(day, page)


def _evening(day: Day) -> None:
    """Whoever may settle it signs in, later that day."""
    evening = datetime.combine(clock.business_day(clock.now()), EVENING, clock.VENUE_ZONE)
    if clock.now() < evening:
        clock.run_from(evening)
    if day.context.desk.operator.may(Right.ADMINISTER):
        return
    day.window.lock()
    gate = day.window.gate
    assert gate is not None
    person = training.PEOPLE[-1]
    gate.sign_in.number.clear()
    day.stage.type(gate.sign_in.number, person.number)
    day.stage.type(gate.sign_in.pin, person.pin)
    gate.sign_in.submit()
    day.stage.until(lambda: day.window.gate is None, "signing in as administrator")


def _settle(day: Day, page: RainPage) -> None:
    day.stage.until(lambda: not page.busy and page.session is not None, "the page of rain")


def _open(day: Day, page: RainPage, part: RainPart) -> None:
    page.show_part(part)
    _settle(day, page)


def _press(day: Day, page: RainPage) -> None:
    page.press()
    _settle(day, page)


def _record(day: Day, page: RainPage) -> None:
    _open(day, page, page.play)
    day.stage.snap("rain-ledger-empty")
    for kind, at in PLAYED:
        page.play.form.choose(kind)
        day.stage.type(page.play.form.at, at)
        if kind is PlayKind.END:
            day.stage.snap("rain-ledger-next")
        _press(day, page)
    day.stage.snap("rain-ledger")


def _decide(day: Day, page: RainPage) -> None:
    _open(day, page, page.decision)
    day.stage.snap("rain-rules")
    _press(day, page)
    day.stage.snap("rain-decided")


def _pay_back(day: Day, page: RainPage) -> None:
    money, second = page.money, page.money.second
    _open(day, page, money)
    day.stage.snap("rain-dry-run")
    supervisor = next(person for person in training.PEOPLE if person.number.startswith("3"))
    day.stage.type(second.number, supervisor.number)
    day.stage.type(second.pin, supervisor.pin)
    second.submit()
    day.stage.until(lambda: second.approval is not None, "the second person")
    day.stage.snap("rain-run-signed")
    page.press()
    money.running.pause()
    _settle(day, page)
    day.stage.snap("rain-run-paused")
    _press(day, page)
    day.stage.snap("rain-run-done")
    _open(day, page, page.come)
    day.stage.snap("rain-in-person")
