"""Files from outside, chosen or dropped, and one sentence on what came of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from boxoffice.errors import BoxOfficeError
from boxoffice.services.money import files
from boxoffice.services.money.files import Taken
from ui import theme
from ui.context import Context
from ui.money.words import MoneyWords
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.text import Text

MOST_LINES = 4
"""Files whose sentences are shown; of more, those that want looking at come first."""


class FilesBar(Card):
    """Emits `taken(Taken)`; `over` lets files be dropped on a whole page."""

    taken = Signal(object)

    def __init__(self, context: Context, words: MoneyWords) -> None:
        super().__init__(padding=18, gap=6)
        self._context, self._words = context, words
        self.busy = False
        self._found: Taken | None = None
        self._title, self._hint = Text(role="title"), Text(role="quiet", wrap=True)
        self.choose = ActionButton(key="Alt+F", act=self.choose_files)
        self.lines = [Text(wrap=True) for _ in range(MOST_LINES + 1)]
        said = QVBoxLayout()
        said.setSpacing(theme.px(2))
        said.addWidget(self._title)
        said.addWidget(self._hint)
        row = QHBoxLayout()
        row.addLayout(said, 1)
        row.addWidget(self.choose)
        self.body.addLayout(row)
        for line in self.lines:
            self.body.addWidget(line)
            line.hide()

    def over(self, page: QWidget) -> None:
        """Take files dropped anywhere on it."""
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and event.mimeData().hasUrls():
            event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
            event.acceptProposedAction()
            self.take([url.toLocalFile() for url in urls])
            return True
        return super().eventFilter(watched, event)

    def choose_files(self) -> None:
        """Let the operator choose."""
        dialog = QFileDialog(self, self.tr("Bills and files of the bank"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        kinds = "*.csv *.zip *.gz *.txt *.xlsx *.xml"
        dialog.setNameFilters([f"{self.tr('Files we read')} ({kinds})", "* (*)"])
        dialog.filesSelected.connect(self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take(self, names: Sequence[str]) -> None:
        """Take these files in."""
        if not names or self.busy:
            return
        self.busy, self._found = True, None
        self.retranslate()
        office, desk = self._context.office, self._context.desk
        paths = [Path(name) for name in names]
        self._context.act(
            self,
            lambda: files.take(office=office, desk=desk, paths=paths),
            self._came,
            self._failed,
            busy=self.choose,
        )

    def _came(self, found: Taken) -> None:
        self.busy, self._found = False, found
        self.retranslate()
        self.taken.emit(found)

    def _failed(self, error: BoxOfficeError) -> None:
        self.busy = False
        self.retranslate()
        self._context.troubles.show(self, error)

    def forget(self) -> None:
        """What was said of the last files is over."""
        self._found = None
        self.retranslate()

    @property
    def sentences(self) -> list[tuple[str, str]]:
        """What came of each file, with its tone; what wants looking at first."""
        found = self._found
        if found is None:
            return []
        refused = [
            (self._context.troubles.sentence(error), "danger") for error in found.refused.values()
        ]
        told = [self._words.taken(report) for report in found.reports]
        return refused + sorted(told, key=lambda one: one[1] == "good")

    def retranslate(self) -> None:
        """Set every text again."""
        self._title.setText(self.tr("Files from outside"))
        self._hint.setText(
            self.tr("Reading…")
            if self.busy
            else self.tr(
                "Drop bills, files of acquirers and channels, and what the bank answers here."
            )
        )
        self.choose.setText(self.tr("Take files in"))
        told = self.sentences
        shown = told[:MOST_LINES]
        if len(told) > MOST_LINES:
            more = self.tr("and %n more file(s)", "", len(told) - MOST_LINES)
            shown.append((more, ""))
        for line, one in zip(self.lines, [*shown, *[("", "")] * len(self.lines)], strict=False):
            line.setText(one[0])
            line.set_tone(one[1])
            line.setVisible(bool(one[0]))
