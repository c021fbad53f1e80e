"""What every part of the central page is: shown central as it is, or as it was."""

from __future__ import annotations

from collections.abc import Sequence

from boxoffice.services.supervising.central_view import Overview
from ui.central.words import CentralWords
from ui.context import Context
from ui.widgets.part import Part
from ui.widgets.row_model import Row


class CentralPart(Part):
    """`away`: what is shown is as it was when last heard of."""

    def __init__(self, context: Context, words: CentralWords) -> None:
        super().__init__(context)
        self._words = words
        self._overview: Overview | None = None
        self.away = False
        self.aside.setContentsMargins(0, 0, 0, 0)

    def show_overview(self, overview: Overview, *, away: bool) -> None:
        """Show central as it is; `away`: as it was when last heard of."""
        self._overview, self.away = overview, away
        self.refill()

    def list_rows(self) -> Sequence[Row]:
        return self._rows(self._overview) if self._overview is not None else ()

    def _rows(self, overview: Overview) -> Sequence[Row]:
        """What is listed of it."""
        raise NotImplementedError
