"""A line on which packets come twice, or late after newer ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random
from typing import TypeVar

from boxoffice.central import pushing
from boxoffice.central.items import Credentials, Page
from boxoffice.central.link import Link
from boxoffice.errors import CentralUnreachable
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.services.sharing import restoring

T = TypeVar("T")

PAGES_KEPT = 6


class NoisyLink(Link):
    """The line to central, on which packets come twice, or late after newer ones."""

    def __init__(self, link: Link) -> None:
        super().__init__(link.lane, link._window, link._epoch)
        self.twice = 0
        """So many of the next calls arrive twice."""
        self._pages: list[Page] = []

    def call(self, work: Callable[[Store, Credentials], T]) -> T:
        """As the line does; what is said twice is answered twice, and the last answer counts."""
        page = _page_in(work)
        if page is not None:
            self._pages = [*self._pages[1 - PAGES_KEPT :], page]
            if self.twice:
                self.twice -= 1
                super().call(work)
        return super().call(work)

    def push_older(self, random: Random) -> None:
        """Pages that were on the way for long arrive, after newer ones."""
        older = self._pages[:-1]
        random.shuffle(older)
        for page in older:
            try:
                super().call(lambda store, who, page=page: pushing.push(store, who, page))  # type: ignore[misc]
            except CentralUnreachable:
                return


def noisy(office: Office) -> Office:
    """The same office on such a line."""
    link = NoisyLink(office.link)
    made = replace(office, link=link)
    link.heard, link.barred = partial(restoring.heard, made), office.link.barred
    return made


def _page_in(work: Callable[..., object]) -> Page | None:
    """The page a call brings, where it is a push."""
    cells = [cell.cell_contents for cell in getattr(work, "__closure__", None) or ()]
    for value in (*(getattr(work, "__defaults__", None) or ()), *cells):
        if isinstance(value, Page):
            return value
    return None
