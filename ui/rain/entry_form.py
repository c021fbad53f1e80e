"""What happened on a court, and when; or a correction of what was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from boxoffice import clock
from boxoffice.domain.play import CourtState, Entry, PlayKind
from ui import theme
from ui.approval.reason_entry import ReasonEntry
from ui.gate.digits_edit import DigitsEdit
from ui.rain.time_edit import TimeEdit
from ui.rain.words import RainWords
from ui.widgets.chip import Chip
from ui.widgets.text import Text

_KEYS = {
    PlayKind.START: "Alt+1",
    PlayKind.SUSPEND: "Alt+2",
    PlayKind.RESUME: "Alt+3",
    PlayKind.END: "Alt+4",
    PlayKind.MATCH: "Alt+5",
}
_MAY = {
    CourtState.WAITING: (PlayKind.START,),
    CourtState.PLAYING: (PlayKind.SUSPEND, PlayKind.END),
    CourtState.SUSPENDED: (PlayKind.RESUME, PlayKind.END),
    CourtState.ENDED: (),
}
"""What may happen next; a match at any time, and the first of these is the likeliest."""
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is to be recorded; `at` None: now."""

    kind: PlayKind
    at: datetime | None = None
    match: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    minutes: int | None = None
    completed: bool = False


class EntryForm(QWidget):
    """Emits `changed` with every choice and letter; `entry` is what stands there."""

    changed = Signal()

    def __init__(self, words: RainWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._day = clock.business_day(clock.now())
        self._state = CourtState.WAITING
        self._correcting: Entry | None = None
        self._away = False
        self.kind = PlayKind.START
        self.kinds = {kind: Chip(key) for kind, key in _KEYS.items()}
        self.at = TimeEdit()
        self.match = QLineEdit()
        self.match.setMaxLength(_LONGEST_NAME)
        self.match.setFixedHeight(theme.px(40))
        self.started, self.ended = TimeEdit(), TimeEdit()
        self.minutes = DigitsEdit(3)
        self.completed = Chip("Alt+0")
        self.reason = ReasonEntry(2)
        self._note = Text(role="quiet", wrap=True)
        self._labels = [Text(role="quiet") for _ in range(4)]
        self._lay_out()
        for kind, chip in self.kinds.items():
            chip.clicked.connect(partial(self.choose, kind))
        self.completed.clicked.connect(lambda: self.changed.emit())
        for edit in (self.at, self.match, self.started, self.ended, self.minutes):
            edit.textChanged.connect(lambda _text: self.changed.emit())
        self.reason.changed.connect(self.changed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self._chips = QWidget()
        chips = QGridLayout(self._chips)
        chips.setContentsMargins(0, 0, 0, 0)
        chips.setSpacing(theme.px(8))
        for place, chip in enumerate(self.kinds.values()):
            last = place == len(self.kinds) - 1
            chips.addWidget(chip, place // 2, place % 2, 1, 2 if last else 1)
        column.addWidget(self._chips)
        self._match_fields = QWidget()
        grid = QGridLayout(self._match_fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(8))
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.match, 0, 0, 1, 2)
        for row, (label, edit) in enumerate(
            zip(self._labels[1:], (self.started, self.ended, self.minutes), strict=True), start=1
        ):
            grid.addWidget(label, row, 0)
            grid.addWidget(edit, row, 1)
        grid.addWidget(self.completed, 4, 0, 1, 2)
        self._time_field = QWidget()
        row_of_time = QGridLayout(self._time_field)
        row_of_time.setContentsMargins(0, 0, 0, 0)
        row_of_time.setColumnStretch(0, 1)
        row_of_time.addWidget(self._labels[0], 0, 0)
        row_of_time.addWidget(self.at, 0, 1)
        for edit in (self.at, self.started, self.ended, self.minutes):
            edit.setMinimumHeight(theme.px(40))
            edit.setFixedSize(theme.px(104), theme.px(40))
        for part in (self._time_field, self._match_fields, self._note, self.reason):
            column.addWidget(part)

    # --- beginning

    def begin(self, day: date, state: CourtState) -> None:
        """Nothing typed yet, for a court that stands so on that business day."""
        self._day, self._state = day, state
        self._correcting, self._away = None, False
        for edit in (self.at, self.match, self.started, self.ended, self.minutes):
            edit.clear()
        self.completed.setChecked(True)
        self.reason.forget()
        may = _MAY[state]
        self.choose(may[0] if may else PlayKind.MATCH)

    def look(self, state: CourtState) -> None:
        """The court stands otherwise; what was typed stays."""
        if state is not self._state:
            self.begin(self._day, state)

    def correct(self, entry: Entry, *, away: bool) -> None:
        """Begin a correction of an entry; `away`: it is only to be taken away."""
        self._correcting, self._away = entry, away
        self.at.set_moment(entry.at)
        self.match.setText(entry.match)
        self.started.set_moment(entry.started_at)
        self.ended.set_moment(entry.ended_at)
        self.minutes.setText("" if entry.minutes is None else str(entry.minutes))
        self.completed.setChecked(entry.completed)
        self.reason.begin()
        self.choose(entry.kind)

    @property
    def correcting(self) -> Entry | None:
        """What is being corrected."""
        return self._correcting

    @property
    def taking_away(self) -> bool:
        """Whether it is only to be taken away."""
        return self._correcting is not None and self._away

    def choose(self, kind: PlayKind, _on: bool = True) -> None:
        """What happened."""
        self.kind = kind
        correcting = self._correcting is not None
        for other, chip in self.kinds.items():
            chip.setChecked(other is kind)
            chip.setEnabled(other in _MAY[self._state] or other is PlayKind.MATCH)
        # What happened stays what it was; and the reasons have keys of their own.
        self._chips.setVisible(not correcting)
        self._time_field.setVisible(kind is not PlayKind.MATCH and not self.taking_away)
        self._match_fields.setVisible(kind is PlayKind.MATCH and not self.taking_away)
        self.reason.setVisible(correcting)
        self._say()
        self.changed.emit()

    # --- what stands there

    @property
    def untouched(self) -> bool:
        """Whether nothing was typed yet, and nothing is being corrected."""
        edits = (self.at, self.match, self.started, self.ended, self.minutes)
        return self._correcting is None and not any(edit.text() for edit in edits)

    @property
    def _today(self) -> bool:
        return self._day == clock.business_day(clock.now())

    @property
    def entry(self) -> NewEntry:
        """What is to be recorded."""
        if self.kind is not PlayKind.MATCH:
            return NewEntry(self.kind, self.at.moment(self._day))
        return NewEntry(
            self.kind,
            match=self.match.text().strip(),
            started_at=self.started.moment(self._day),
            ended_at=self.ended.moment(self._day),
            minutes=int(self.minutes.digits) if self.minutes.digits else None,
            completed=self.completed.isChecked(),
        )

    def missing(self) -> str:
        """What has to be filled in next; "" where nothing is missing."""
        if self.taking_away:
            return "" if self.reason.text else self.tr("Say why it is taken away")
        match = self.kind is PlayKind.MATCH
        said = self._match_missing() if match else self._time_missing()
        if not said and self._correcting is not None and not self.reason.text:
            return self.tr("Say why it is corrected")
        return said

    def _time_missing(self) -> str:
        if self.at.empty:
            now = self._today and self._correcting is None
            return "" if now else self.tr("Type the time, as in 12:35")
        return "" if self.at.moment(self._day) else self.tr("Type the time, as in 12:35")

    def _match_missing(self) -> str:
        if not self.match.text().strip():
            return self.tr("Type which match it was")
        found = self.entry
        if found.started_at is None:
            return self.tr("Type when the match began")
        if found.completed and found.ended_at is None:
            return self.tr("Type when the match ended")
        wrong = found.ended_at is None and not self.ended.empty
        return self.tr("Type the time, as in 12:35") if wrong else ""

    # --- words

    def _say(self) -> None:
        if self.taking_away:
            note = self.tr("It will count no more; the ledger keeps both.")
        elif self._correcting is not None:
            note = self.tr("What is recorded now takes its place; the ledger keeps both.")
        elif self.kind is PlayKind.MATCH:
            note = self.tr("Minutes only where rain broke the match; else from start to end.")
        elif self._today:
            note = self.tr("Leave the time empty for now.")
        else:
            note = self.tr("Venue time of that day.")
        self._note.setText(note)
        self.at.setPlaceholderText(self.tr("now") if self._today else "12:35")

    def retranslate(self) -> None:
        """Set every text again."""
        for kind, chip in self.kinds.items():
            chip.setText(self._words.kind(kind))
        texts = (self.tr("Time"), self.tr("Began"), self.tr("Ended"), self.tr("Minutes"))
        edits = (self.at, self.started, self.ended, self.minutes)
        for label, edit, text in zip(self._labels, edits, texts, strict=True):
            label.setText(text)
            edit.setAccessibleName(text)
        self.match.setPlaceholderText(self.tr("Which match"))
        self.match.setAccessibleName(self.match.placeholderText())
        self.completed.setText(self.tr("Played to its end"))
        self.reason.set_texts(
            self.tr("Why?"),
            self.tr("Another reason"),
            (self.tr("Wrong time"), self.tr("Wrong court")),
        )
        self._say()
