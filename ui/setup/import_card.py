"""Importing files in the window: chosen or pasted, with progress, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QWidget,
)

from boxoffice.errors import BoxOfficeError
from boxoffice.services.programme import catalogue
from boxoffice.services.programme.catalogue import FileReport
from ui import theme
from ui.context import Context
from ui.setup.report_words import ReportWords
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.row_list import RowList
from ui.widgets.text import Text


class ImportCard(Card):
    """Keeps the paths until they are imported; the answer stays until the next import begins.

    Emits `told(bool)` as an answer comes or goes.
    """

    told = Signal(bool)
    _stepped = Signal(str, int, int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=28, gap=10)
        self._context = context
        self._running = False
        self._reports: Sequence[FileReport] = ()
        self._title, self._hint = Text(role="title"), Text(role="quiet", wrap=True)
        self.paths = QPlainTextEdit()
        self.paths.setTabChangesFocus(True)
        self.paths.setFixedHeight(theme.px(92))
        self.paths.textChanged.connect(self._name)
        self.choose = ActionButton(key="Alt+F", act=self.choose_files)
        self.go = ActionButton(key="F8", kind="primary", act=self.begin)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._step = Text(role="detail")
        self.rows = RowList()
        self._words = ReportWords(self)
        self._rest = QWidget()
        actions = QHBoxLayout()
        actions.addWidget(self.choose)
        actions.addStretch(1)
        actions.addWidget(self.go)
        for part in (self._title, self._hint, self.paths):
            self.body.addWidget(part)
        self.body.addLayout(actions)
        self.body.addWidget(self.bar)
        self.body.addWidget(self._step)
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(self._rest, 1)
        self._stepped.connect(self._show_step, Qt.ConnectionType.QueuedConnection)
        self.retranslate()

    @property
    def busy(self) -> bool:
        """Whether files are being imported."""
        return self._running

    @property
    def reports(self) -> Sequence[FileReport]:
        """What became of the files imported last."""
        return self._reports

    def chosen(self) -> list[Path]:
        """The files that stand there, one a line; quotes of a file manager do not count."""
        lines = (line.strip().strip("\"'") for line in self.paths.toPlainText().splitlines())
        return [Path(line.removeprefix("file://")) for line in lines if line]

    def choose_files(self) -> None:
        """Let the operator choose files; they are added to those that stand there."""
        dialog = QFileDialog(self, self.tr("Files to import"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(self.tr("Files we read (*.csv *.xlsx *.json *.txt)"))
        dialog.filesSelected.connect(self.add_paths)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def add_paths(self, paths: Sequence[str]) -> None:
        """Add files to those that stand there."""
        standing = [str(path) for path in self.chosen()]
        self.paths.setPlainText("\n".join([*standing, *paths]))

    def begin(self) -> None:
        """Import what stands there."""
        paths = self.chosen()
        if not paths or self._running:
            return
        office, desk = self._context.office, self._context.desk
        self._reports = ()
        self._running = True
        self._show()
        self._context.act(
            self,
            lambda: catalogue.import_paths(
                office=office, desk=desk, paths=paths, progress=self._stepped.emit
            ),
            self._came,
            self._failed,
        )

    def _came(self, reports: Sequence[FileReport]) -> None:
        self._running, self._reports = False, reports
        if not any(report.refused for report in reports):
            self.paths.clear()
        self._show()

    def _failed(self, error: BoxOfficeError) -> None:
        self._running = False
        self._show()
        self._context.troubles.show(self, error)

    # --- words

    def _show_step(self, name: str, done: int, total: int) -> None:
        if not self._running:
            return
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        text = self.tr("{name}: {done} of {total} steps done")
        self._step.setText(text.format(name=name, done=done, total=total) if name else "")

    def _show(self) -> None:
        rows = [
            row for n, report in enumerate(self._reports) for row in self._words.rows(n, report)
        ]
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self._rest.setVisible(not rows)
        self.told.emit(bool(rows))
        self.bar.setVisible(self._running)
        self._step.setVisible(self._running)
        if self._running:
            self.bar.setRange(0, 0)
            self._step.setText("")
        self._name()

    def _name(self) -> None:
        count = len(self.chosen())
        if self._running:
            text = self.tr("Importing")
        elif count:
            text = self.tr("Import %n file(s)", "", count)
        else:
            text = self.tr("Choose files first")
        self.go.setText(text)
        self.go.setEnabled(bool(count) and not self._running)
        self.paths.setEnabled(not self._running)
        self.choose.setEnabled(not self._running)

    def retranslate(self) -> None:
        """Set every text again."""
        self._title.setText(self.tr("Import files"))
        self._hint.setText(
            self.tr(
                "Seat plans, courts, sessions, prices, access, policies, rules and orders. "
                "A corrected file changes what may change; what may not is listed by line."
            )
        )
        self.paths.setPlaceholderText(self.tr("Paste paths here, one a line"))
        self.paths.setAccessibleName(self.paths.placeholderText())
        self.choose.setText(self.tr("Choose files"))
        self._show()
