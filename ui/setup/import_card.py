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
from boxoffice.exchange import FileKind
from boxoffice.services import catalogue
from boxoffice.services.catalogue import FileReport
from ui import formats, theme
from ui.context import Context
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.row_list import RowList
from ui.widgets.row_model import Row
from ui.widgets.text import Text

MOST_LINES = 20
"""How many lines of a file are listed; the command lists them all with --json."""


class ImportCard(Card):
    """Keeps the paths until they are imported; the answer stays until the next import begins."""

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

    def _kind(self, report: FileReport) -> str:
        kinds: dict[str, str] = {
            FileKind.PLAN: self.tr("seat plan"),
            FileKind.COURTS: self.tr("courts"),
            FileKind.ACCESS: self.tr("access"),
            FileKind.PRICES: self.tr("prices"),
            FileKind.REFUND_POLICY: self.tr("refund policy"),
            FileKind.RAIN_POLICY: self.tr("rain policy"),
            FileKind.SESSIONS: self.tr("sessions"),
            FileKind.RULES: self.tr("rules"),
            FileKind.PRESALE: self.tr("orders sold before"),
        }
        return kinds.get(report.kind, self.tr("unknown"))

    def _rows_of(self, place: int, report: FileReport) -> list[Row]:
        tone = "danger" if report.refused else ""
        if report.trouble:
            said = report.trouble
        elif report.errors:
            said = self.tr("refused: %n line(s) are wrong", "", len(report.errors))
        else:
            said = self._counts(report)
            tone = "attention" if report.not_changed or report.exceptions else "good"
        rows = [Row(f"{place}", report.name, said, tone, value=self._kind(report))]
        wrong, kept = self.tr("{value}; expected {expected}"), self.tr("not {value}; {expected}")
        told = [
            (wrong, line.line, line.column, line.value, line.expected) for line in report.errors
        ]
        told += [
            (kept, line.line, line.column, line.value, line.expected) for line in report.not_changed
        ]
        told += [(wrong, x.line, x.reason, x.value, x.expected) for x in report.exceptions]
        for sentence, line, column, value, expected in told[:MOST_LINES]:
            where = self.tr("Line {line}").format(line=line)
            fact = f"{where}{formats.DOT}{column}" if column else where
            said = sentence.format(value=value, expected=expected)
            rows.append(Row(f"{place} {len(rows)}", fact, said, "attention"))
        if len(told) > MOST_LINES:
            more = self.tr("and %n more line(s)", "", len(told) - MOST_LINES)
            rows.append(Row(f"{place} more", more))
        return rows

    def _counts(self, report: FileReport) -> str:
        parts = [self.tr("%n new", "", report.added)]
        if report.changed:
            parts.append(self.tr("%n changed", "", report.changed))
        parts.append(self.tr("%n unchanged", "", report.unchanged))
        if report.not_changed:
            parts.append(self.tr("%n line(s) refused", "", len(report.not_changed)))
        if report.exceptions:
            parts.append(self.tr("%n order(s) left out", "", len(report.exceptions)))
        return formats.DOT.join(parts)

    def _show(self) -> None:
        rows = [row for n, report in enumerate(self._reports) for row in self._rows_of(n, report)]
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
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
