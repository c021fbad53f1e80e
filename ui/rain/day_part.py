"""The sessions of a day: how play stands, what was decided, what is still to be paid."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from boxoffice.domain.play import CourtState
from boxoffice.queries.rain_day import SessionLine
from ui import formats
from ui.context import Context
from ui.pickup.sections import Said, Section
from ui.rain.part import RainPart
from ui.rain.words import RainWords
from ui.widgets.part import Act
from ui.widgets.row_model import Row

_TONES = {
    CourtState.WAITING: "",
    CourtState.PLAYING: "good",
    CourtState.SUSPENDED: "attention",
    CourtState.ENDED: "",
}


class DayPart(RainPart):
    """Emits `picked(session id)` as another row is marked, `opened` on F8 or Enter."""

    picked = Signal(int)
    opened = Signal()

    def __init__(self, context: Context, words: RainWords) -> None:
        super().__init__(context, words)
        self._lines: Sequence[SessionLine] = ()
        self.play, self.outcome, self.money = Section(), Section(), Section()
        for section in (self.play, self.outcome, self.money):
            self.aside.addWidget(section)
        self.aside.addStretch(1)
        self.rows.activated_row.connect(lambda _key: self.opened.emit())

    def show_day(self, lines: Sequence[SessionLine]) -> None:
        """The sessions of the day that is shown."""
        self._lines = lines
        self.refill()

    def tab(self) -> str:
        return self.tr("Sessions")

    def title(self) -> str:
        return self.tr("This session")

    def list_rows(self) -> Sequence[Row]:
        return [self._row(line) for line in self._lines]

    def _row(self, line: SessionLine) -> Row:
        states = {court.play.state for court in line.courts}
        tone = next(
            (_TONES[state] for state in CourtState if state in states and _TONES[state]), ""
        )
        decided = self._words.decided(line.decided)
        return Row(
            key=str(line.id),
            fact=self._words.session(line),
            detail=self.tr("begins {time}").format(time=formats.time(line.starts_at)),
            middle=self._words.standing(line),
            middle_detail=decided or self._words.outcome(""),
            middle_tone="danger" if line.trouble else tone,
            value=formats.count(line.tickets),
            note=self._run(line) or self.tr("tickets"),
            value_tone="attention" if line.run is not None and line.run.open else "",
        )

    def _run(self, line: SessionLine) -> str:
        if line.run is None:
            return ""
        return self.tr("a run is under way") if line.run.open else self.tr("paid back")

    def _row_chosen(self) -> None:
        if self.rows.current:
            self.picked.emit(int(self.rows.current))
        super()._row_chosen()

    def refresh_side(self) -> None:
        line = self._session
        if line is None:
            for section in (self.play, self.outcome, self.money):
                section.set_lines(())
            return
        self.play.set_lines(
            [
                Said(self._words.session(line)),
                *(
                    Said(f"{self._words.court(court)}: {self._words.played(court.play)}")
                    for court in line.courts
                ),
            ]
        )
        told = self._words.decided(line.decided)
        said = [Said(told)] if told else [Said(self.tr("Nobody decided yet."))]
        if line.decided is not None and line.decided.reason:
            said.append(Said(self.tr("Reason: {reason}").format(reason=line.decided.reason)))
        self.outcome.set_lines(said)
        live = self.tr("%n live ticket(s)", "", line.tickets)
        under_way = line.run is not None and line.run.open
        money = [Said(live)]
        if under_way:
            money.append(Said(self.tr("A run is under way: go on with it."), "attention"))
        self.money.set_lines(money)

    def act(self) -> Act | None:
        line = self._session
        if line is None:
            return None
        if line.run is not None and line.run.open:
            return Act(self.tr("Go on paying back"))
        if line.decided is not None:
            return Act(self.tr("Open the dry run"))
        ended = all(court.play.state is CourtState.ENDED for court in line.courts)
        return Act(self.tr("See what the rules say") if ended else self.tr("Record play"))

    def press(self) -> None:
        self.opened.emit()

    def retranslate(self) -> None:
        self.play.set_heading(self.tr("Session and play"))
        self.outcome.set_heading(self.tr("What was decided"))
        self.money.set_heading(self.tr("Tickets and money"))
        self.empty.set_texts(
            self.tr("No session that day"),
            self.tr("Choose another day above."),
        )
        super().retranslate()
