"""The windows as central knows them: here or silent, what they hold, how far they reported."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase

from boxoffice.services.supervising.central_view import Overview, State, WindowLine
from ui import formats
from ui.central.part import CentralPart
from ui.central.words import CentralWords
from ui.context import Context
from ui.pickup.sections import Said, Sections
from ui.widgets.row_model import Row
from ui.widgets.text import Text

_WAITING = (State.AWAITED, State.SILENT, State.FENCED)
"""States that may want something done, the most urgent first."""


class WindowsPart(CentralPart):
    """Lists windows, those that want something done first."""

    def __init__(self, context: Context, words: CentralWords) -> None:
        super().__init__(context, words)
        self._sections = Sections(4)
        self.state, self.holds, self.journal, self.advice = self._sections.parts
        self.command = Text(wrap=True)
        self.command.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.command.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._sections.add(self.command)
        self.aside.addWidget(self._sections, 1)

    def tab(self) -> str:
        count = len(self._overview.windows) if self._overview is not None else 0
        return self.tr("%n window(s)", "", count)

    def title(self) -> str:
        line = self._line()
        return self._words.window(line.number, line.name) if line is not None else ""

    def _line(self) -> WindowLine | None:
        lines = self._overview.windows if self._overview is not None else ()
        return next((line for line in lines if str(line.number) == self.rows.current), None)

    def _rows(self, overview: Overview) -> Sequence[Row]:
        return [self._row(line) for line in sorted(overview.windows, key=_urgency)]

    def _row(self, line: WindowLine) -> Row:
        words = self._words
        chain = words.head(line.head, line.head_hash)
        if line.agrees is not None:
            chain = formats.DOT.join((chain, words.agreement(line.agrees)))
        late = bool(line.unsent) and line.state is not State.HERE
        return Row(
            key=str(line.number),
            fact=words.window(line.number, line.name),
            detail=words.state(line, away=self.away),
            tone=words.tone(line, away=self.away),
            middle=words.holds(line.seats, line.places, line.orders),
            middle_detail=chain,
            middle_tone="danger" if line.agrees is False else "",
            value=words.unsent(line),
            value_tone="attention" if late else "",
            note=words.seen(line),
        )

    def refresh_side(self) -> None:
        line = self._line()
        if line is None:
            for section in self._sections.parts:
                section.set_lines(())
            self.command.setText("")
            return
        words = self._words
        epoch = self.tr("Epoch {number}").format(number=line.epoch)
        self.state.set_lines(
            [
                Said(words.state(line, away=self.away), words.tone(line, away=self.away)),
                Said(words.seen(line)),
                Said(epoch),
            ]
        )
        self.holds.set_lines(
            [
                Said(words.holds(line.seats, line.places, line.orders)),
                Said(self.tr("Ahead of time, and in its baskets.")),
            ]
        )
        tone = "danger" if line.agrees is False else ""
        self.journal.set_lines(
            [
                Said(words.head(line.head, line.head_hash)),
                Said(words.agreement(line.agrees), tone),
                Said(words.unsent(line) or self.tr("nothing to report yet")),
            ]
        )
        self.advice.set_heading(self._advice_heading(line))
        self.advice.set_lines([Said(text) for text in self._advice(line)])
        self.command.setText(self._command(line))

    def _advice_heading(self, line: WindowLine) -> str:
        if line.state is State.FENCED:
            return self.tr("What it held")
        if line.state is State.NEVER:
            return self.tr("What to do")
        return self.tr("If it is lost for good")

    def _advice(self, line: WindowLine) -> list[str]:
        if line.state is State.NEVER:
            return [self.tr("Start it once with its enrolment file:")]
        if line.state is State.FENCED:
            return [
                self.tr("It stays off sale until its recovered disk is read, or two people "
                        "accept that paper may exist. Free it at central:")
            ]  # fmt: skip
        said = []
        if line.state is State.AWAITED:
            said.append(self.tr("Central grants nothing until it has reported, or is fenced."))
        return [
            *said,
            self.tr("What it holds is sold by nobody else. End its rights at central:"),
        ]

    def _command(self, line: WindowLine) -> str:
        if line.state is State.NEVER:
            return "main.py --home … --enrol …"
        if line.state is State.FENCED:
            return f"main.py central free {line.number}\n  --operator … --approver … --reason …"
        return f"main.py central fence {line.number}\n  --operator … --reason …"

    def retranslate(self) -> None:
        self.state.set_heading(self.tr("State"))
        self.holds.set_heading(self.tr("It holds"))
        self.journal.set_heading(self.tr("Its journal"))
        self.empty.set_texts(
            self.tr("No windows are known yet"),
            self.tr("Central was not reached since this window was set up."),
        )
        super().retranslate()


def _urgency(line: WindowLine) -> tuple[int, int]:
    if line.agrees is False:
        return 0, line.number
    rank = _WAITING.index(line.state) + 1 if line.state in _WAITING else len(_WAITING) + 1
    return rank, line.number
