"""How far what each window holds would reach: the largest party it could serve when cut off."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout

from boxoffice.queries.reach import Reach
from boxoffice.services.supervising import central_view
from boxoffice.services.supervising.central_view import Overview
from ui import formats, theme
from ui.central.part import CentralPart
from ui.central.words import CentralWords
from ui.context import Context
from ui.pickup.sections import Said, Sections
from ui.widgets.chip import Chip
from ui.widgets.row_model import Row
from ui.widgets.text import Text

HOURS = (1, 2, 4, 8)
USUAL_HOURS = 4


class ReachPart(CentralPart):
    """Asks central for the report when it is brought to the front, and for other hours."""

    def __init__(self, context: Context, words: CentralWords) -> None:
        super().__init__(context, words)
        self._found: Sequence[Reach] = ()
        self.hours = USUAL_HOURS
        self._asked = Text(role="quiet")
        self.chips = {hours: Chip(f"Alt+{hours}") for hours in HOURS}
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self._asked)
        for hours, chip in self.chips.items():
            chip.clicked.connect(partial(self.ask, hours))
            row.addWidget(chip)
        row.addStretch(1)
        self.column.insertLayout(0, row)
        self._sections = Sections(2)
        self.what, self.how = self._sections.parts
        self.aside.addWidget(self._sections, 1)

    def tab(self) -> str:
        return self.tr("Cut off")

    def title(self) -> str:
        return self.tr("How far it would reach")

    def came(self) -> None:
        self.ask(self.hours)

    def ask(self, hours: int, _on: bool = True) -> None:
        """Reckon with so many hours."""
        self.hours = hours
        for number, chip in self.chips.items():
            chip.setChecked(number == hours)
        if self.away:
            return
        office = self._context.office
        self._asking.ask(lambda: central_view.how_far(office, hours), self._reckoned, self._refused)

    def _reckoned(self, found: Sequence[Reach]) -> None:
        self._found = found
        self.refill()

    def _rows(self, overview: Overview) -> Sequence[Row]:
        names = {line.name: self._words.window(line.number, line.name) for line in overview.windows}
        found = sorted(self._found, key=_need)
        return [self._row(reach, names.get(reach.window, reach.window)) for reach in found]

    def _row(self, reach: Reach, window: str) -> Row:
        tone = "attention" if reach.largest_after < min(reach.largest_now, 2) else ""
        words = self._words
        level = words.level(reach.category, numbered=bool(reach.category))
        return Row(
            key=f"{reach.window}:{reach.session}:{reach.category}",
            fact=window,
            detail=formats.DOT.join((reach.session, level)),
            middle=self.tr("holds {count}, together at most {largest} now").format(
                count=formats.count(reach.holds), largest=formats.count(reach.largest_now)
            ),
            middle_detail=self._parties(reach),
            value=formats.count(reach.largest_after),
            value_tone=tone,
            note=self.tr("after %n hour(s)", "", self.hours),
        )

    def _parties(self, reach: Reach) -> str:
        said = self.tr("%n party(s) come meanwhile", "", reach.parties)
        return formats.DOT.join((said, self.tr("usual figures"))) if reach.assumed else said

    def retranslate(self) -> None:
        self._asked.setText(self.tr("Cut off for"))
        for hours, chip in self.chips.items():
            chip.setText(self.tr("%n hour(s)", "", hours))
        self.what.set_heading(self.tr("What it says"))
        self.what.set_lines(
            [
                Said(self.tr("The largest party that could still sit together at each window, "
                             "if the network went away now.")),
            ]
        )  # fmt: skip
        self.how.set_heading(self.tr("How it is reckoned"))
        self.how.set_lines(
            [
                Said(self.tr("With what the window holds now, and with parties as they came to it "
                             "in the last three days.")),
                Said(self.tr("Where none came, with usual figures: twenty parties an hour, half of "
                             "them two people.")),
            ]
        )  # fmt: skip
        self.empty.set_texts(
            self.tr("No window holds anything ahead of time"),
            self.tr("Without the network windows could sell nothing. Ask them to hold some."),
        )
        super().retranslate()


def _need(reach: Reach) -> tuple[int, str, str]:
    """The least is first."""
    return reach.largest_after, reach.session, reach.category
