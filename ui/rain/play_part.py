"""The play ledger of a session: what happened on each court, entered, corrected, imported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from boxoffice import clock
from boxoffice.domain.play import CourtState, Entry, PlayKind
from boxoffice.queries import play as ledgers
from boxoffice.queries.play import Ledger
from boxoffice.queries.rain_day import CourtLine, SessionLine
from boxoffice.services.aftersales import play
from boxoffice.services.programme.catalogue import FileReport
from boxoffice.services.supervising import match_files
from ui import formats, theme
from ui.context import Context
from ui.rain.entry_form import EntryForm
from ui.rain.part import RainPart
from ui.rain.words import RainWords
from ui.setup.report_words import ReportWords
from ui.widgets.action_button import ActionButton
from ui.widgets.choice_cards import Choice, ChoiceCards
from ui.widgets.part import Act
from ui.widgets.row_model import Row


class PlayPart(RainPart):
    """Lists the entries of the chosen court, and takes the next one on its side.

    Emits `ended` where F8 asks what the rules say: play has ended on every court.
    """

    ended = Signal()

    def __init__(self, context: Context, words: RainWords) -> None:
        super().__init__(context, words)
        self._ledger: Ledger | None = None
        self._court: int | None = None
        self._reports: Sequence[FileReport] = ()
        self._report_words = ReportWords(self)
        self.courts = ChoiceCards()
        self.courts.chosen.connect(lambda key: self.choose_court(int(key)))
        self.column.insertWidget(0, self.courts)
        self.form = EntryForm(words)
        self.form.changed.connect(self.changed)
        self.correct = ActionButton(key="Alt+C", act=partial(self.begin_correction, away=False))
        self.withdraw = ActionButton(key="Alt+T", act=partial(self.begin_correction, away=True))
        self.back = ActionButton(key="Alt+Backspace", act=self.begin)
        self.import_ = ActionButton(key="Alt+I", act=self.choose_file)
        self.aside.addWidget(self.form)
        self.aside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for button in (self.back, self.correct, self.withdraw, self.import_):
            button.setFixedHeight(theme.px(40))
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)

    def tab(self) -> str:
        return self.tr("Play")

    def title(self) -> str:
        court = self.court
        return self._words.court(court) if court is not None else self.tr("Play")

    # --- what is shown

    @property
    def court(self) -> CourtLine | None:
        """The court that is chosen."""
        courts = self._session.courts if self._session is not None else ()
        return next((court for court in courts if court.id == self._court), None)

    @property
    def ledger(self) -> Ledger | None:
        """As it was asked for last."""
        return self._ledger

    @property
    def reports(self) -> Sequence[FileReport]:
        """What became of the file imported last."""
        return self._reports

    def choose(self, session: SessionLine | None) -> None:
        known = {court.id for court in session.courts} if session is not None else set()
        if self._court not in known:
            self._court = session.courts[0].id if session is not None and session.courts else None
        super().choose(session)
        self.courts.set_choices(
            [
                Choice(str(court.id), self._words.court(court), self._words.played(court.play))
                for court in (session.courts if session is not None else ())
            ],
            None if self._court is None else str(self._court),
        )
        if self.court is not None and self.form.correcting is None:
            self.form.look(self.court.play.state)

    def choose_court(self, court: int) -> None:
        """Another court of the session."""
        self._court = court
        self.courts.choose(str(court))
        self.begin()
        self.refill()

    def begin(self) -> None:
        self._reports = ()
        court = self.court
        if self._session is not None and court is not None:
            self.form.begin(date.fromisoformat(self._session.business_day), court.play.state)
        self.refill()

    def came(self) -> None:
        session = self._session
        if session is None:
            return
        office = self._context.office
        self._asking.ask(
            lambda: office.read(lambda store: ledgers.ledger(store, session.id, clock.now())),
            self._came,
            self._refused,
        )

    def _came(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.refill()

    def list_rows(self) -> Sequence[Row]:
        if self._reports:
            words = self._report_words
            return [row for n, report in enumerate(self._reports) for row in words.rows(n, report)]
        return [self._row(entry) for entry in self._entries()]

    def _entries(self) -> list[Entry]:
        """Those of the chosen court, as they happened."""
        ledger, session, court = self._ledger, self._session, self.court
        if ledger is None or session is None or court is None or ledger.session_id != session.id:
            return []
        own = [entry for entry in ledger.entries if entry.court == court.code]
        return sorted(own, key=lambda entry: str(entry.at or entry.started_at or ""))

    def _row(self, entry: Entry) -> Row:
        if entry.kind is PlayKind.MATCH:
            facts = self._words.match_facts(entry)
            return Row(entry.id, entry.match or self._words.kind(entry.kind), facts)
        assert entry.at is not None
        return Row(entry.id, self._words.kind(entry.kind), value=formats.time(entry.at))

    @property
    def entry(self) -> Entry | None:
        """The one that is marked."""
        return next((one for one in self._entries() if one.id == self.rows.current), None)

    def refresh_side(self) -> None:
        correcting = self.form.correcting is not None
        marked = self.entry is not None and not self._reports
        self.form.setVisible(self.court is not None)
        self.back.setVisible(correcting or bool(self._reports))
        for button in (self.correct, self.withdraw):
            button.setVisible(not correcting)
            button.setEnabled(marked)
        self.import_.setVisible(not correcting)

    # --- recording

    def begin_correction(self, *, away: bool) -> None:
        """The marked entry was wrong."""
        entry = self.entry
        if entry is not None and self.form.correcting is None and not self.doing:
            self.form.correct(entry, away=away)
            self.refill()

    def act(self) -> Act | None:
        if self.court is None:
            return None
        form = self.form
        if self._all_ended:
            return Act(self.tr("See what the rules say"))
        kind = self._words.kind(form.kind)
        if form.taking_away:
            said = self.tr("Take away: {kind}").format(kind=kind)
        elif form.correcting is not None:
            said = self.tr("Correct: {kind}").format(kind=kind)
        else:
            said = self.tr("Record: {kind}").format(kind=kind)
        return Act(said, form.missing())

    @property
    def _all_ended(self) -> bool:
        """Whether play has ended on all courts, and nothing more is being entered."""
        courts = self._session.courts if self._session is not None else ()
        ended = all(court.play.state is CourtState.ENDED for court in courts)
        return ended and self.form.untouched

    def press(self) -> None:
        if self._all_ended:
            self.ended.emit()
            return
        session, court, form = self._session, self.court, self.form
        if session is None or court is None or self.doing or form.missing():
            return
        office, desk, entry = self._context.office, self._context.desk, form.entry
        replaced, away, reason = form.correcting, form.taking_away, form.reason.text
        self._doing.ask(
            lambda: play.enter(
                office=office,
                desk=desk,
                session_id=session.id,
                court_id=court.id,
                kind=entry.kind,
                at=entry.at,
                match=entry.match,
                started_at=entry.started_at,
                ended_at=entry.ended_at,
                minutes=entry.minutes,
                completed=entry.completed,
                replaces=None if replaced is None else replaced.id,
                withdrawn=away,
                reason=reason if replaced is not None else "",
            ),
            lambda ledger: self._recorded(ledger, entry.kind),
            self._refused,
        )
        self.changed.emit()

    def _recorded(self, ledger: Ledger, kind: PlayKind) -> None:
        self._ledger = ledger
        self.begin()
        self.done.emit(self.tr("Recorded: {kind}").format(kind=self._words.kind(kind)))

    # --- files

    def choose_file(self) -> None:
        """Let the operator choose a file of matches."""
        dialog = QFileDialog(self, self.tr("Record of matches"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Tables (*.csv *.xlsx)"))
        dialog.fileSelected.connect(self.import_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def import_file(self, path: str) -> None:
        """Add what a file tells; what became of it is listed."""
        office, desk = self._context.office, self._context.desk
        self._doing.ask(
            lambda: match_files.take_in(office=office, desk=desk, paths=[Path(path)]),
            self._imported,
            self._refused,
        )
        self.changed.emit()

    def _imported(self, reports: Sequence[FileReport]) -> None:
        self._reports = reports
        self.refill()
        self.done.emit("")
        self.came()

    # --- words

    def retranslate(self) -> None:
        self.form.retranslate()
        self.correct.setText(self.tr("Correct it"))
        self.withdraw.setText(self.tr("Take it away"))
        self.back.setText(self.tr("Back to recording"))
        self.import_.setText(self.tr("Import a file of matches"))
        self.empty.set_texts(
            self.tr("Nothing was recorded on this court"),
            self.tr("Choose on the right what happened, then press F8. Matches may be imported."),
        )
        super().retranslate()
