"""The steps of a tour by name, and how one or all of them are done."""

from __future__ import annotations

from collections.abc import Callable

from ui.tour.day import Day
from ui.tour.exchange import exchange
from ui.tour.money import money, no_way_back
from ui.tour.papers import papers
from ui.tour.rain import play_and_rain
from ui.tour.stage import Stage

STEPS: tuple[tuple[str, Callable[[Day], None]], ...] = (
    ("sign-in", Day.sign_in),
    ("two-seats", Day.two_seats),
    ("three-passes", Day.three_passes),
    ("code-payment", Day.code_payment),
    ("split", Day.split),
    ("unknown", Day.unknown),
    ("by-code", Day.by_code),
    ("by-phone", Day.by_phone),
    ("second-time", Day.second_time),
    ("off-line", Day.off_line),
    ("reserve", Day.reserve),
    ("pay-later", Day.pay_later),
    ("refund-one", Day.refund_one),
    ("void-sale", Day.void_sale),
    ("exchange", exchange),
    ("no-way-back", no_way_back),
    ("papers", papers),
    ("reprint", Day.reprint),
    ("search", Day.search),
    ("other-pages", Day.other_pages),
    ("close-shift", Day.close_shift),
    ("central", Day.central),
    ("play-and-rain", play_and_rain),
    ("money", money),
)
NEEDS = {
    "second-time": ("by-code",),
    "pay-later": ("reserve",),
    "reprint": ("reserve", "pay-later"),
    "search": ("reserve",),
    "money": ("code-payment", "split", "no-way-back"),
    "play-and-rain": ("two-seats", "code-payment", "split"),
}
"""Steps that others must precede."""


def run(stage: Stage, only: str | None = None) -> None:
    """Do every step, or signing in, the one that is named and what it needs."""
    day = Day(stage)
    wanted = {name for name, _ in STEPS}
    if only is not None:
        wanted = {"sign-in", only, *NEEDS.get(only, ())}
    for name, step in STEPS:
        if name in wanted:
            step(day)
