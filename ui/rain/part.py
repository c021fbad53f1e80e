"""What every part of the page of play and rain is: about the one session that is chosen."""

from __future__ import annotations

from boxoffice.queries.rain_day import SessionLine
from ui import theme
from ui.context import Context
from ui.rain.words import RainWords
from ui.widgets.part import Part


class RainPart(Part):
    """The page tells it the session that is chosen with `choose`."""

    def __init__(self, context: Context, words: RainWords) -> None:
        super().__init__(context)
        self._words = words
        self._session: SessionLine | None = None
        edge = theme.px(theme.TOKENS.space.medium)
        self.aside.setContentsMargins(edge, theme.px(14), edge, edge)
        self.aside.setSpacing(theme.px(10))

    def choose(self, session: SessionLine | None) -> None:
        """The session the page is about, as it stands now."""
        other = (session.id if session else None) != (self._session.id if self._session else None)
        self._session = session
        if other:
            self._asking.forget()
            self.begin()
        self.refill()

    def begin(self) -> None:
        """Another session: what was typed and asked for the one before is forgotten."""
