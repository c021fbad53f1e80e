"""The sell page with parties that say what they are told to: what its tests of tenders share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from boxoffice import bootstrap
from boxoffice.services.office import Office
from boxoffice.services.sales import asking
from boxoffice.settings import Home
from tests.gateways import TIMING, Party
from tests.ui.selling import PATIENCE_MS, Clerk
from ui.sell.side_words import SideState

WECHAT_CODE, ALIPAY_CODE = "134567890123456789", "281234567890123456"
UNIONPAY_CODE = "6212345678901234567"
PROMPT = replace(
    TIMING, first_query_s=0.02, query_every_s=0.02, reverse_not_before_s=0, reverse_give_up_s=0
)


@contextmanager
def office_asking(home: Home, **gateways: Party) -> Iterator[Office]:
    """The office of a home, which asks these parties."""
    with bootstrap.open_office(home, threaded=True) as found:
        bootstrap.recover(found)
        work = replace(found, gateways=gateways, venue="v1")
        yield work
        for attempt in tuple(work.underway.talks):  # where a test failed: nobody waits for ever
            asking.give_up(office=work, attempt_id=attempt)


def due(clerk: Clerk) -> int:
    return clerk.page.basket.due_fen


def state(clerk: Clerk) -> SideState:
    return clerk.page.counter.state


def reached(clerk: Clerk, wanted: SideState) -> None:
    clerk.qtbot.waitUntil(lambda: state(clerk) is wanted, timeout=PATIENCE_MS)


def scan_code(clerk: Clerk, code: str) -> None:
    assert clerk.page.scanned(code)


def waits_for(clerk: Clerk, party: Party) -> None:
    """The party was asked, and its customer has something to do."""
    reached(clerk, SideState.WAITING)
    clerk.qtbot.waitUntil(lambda: bool(party.trades), timeout=PATIENCE_MS)


def band(clerk: Clerk) -> str:
    return clerk.page.error_band.text


def paid(party: Party) -> None:
    for trade in party.trades.values():
        trade.state = "paid"
