"""The first start of a window: its enrolment file chosen, and what it fetches from central."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from boxoffice import bootstrap
from boxoffice.errors import BoxOfficeError, Broken
from boxoffice.settings import Home
from ui import formats, theme
from ui.error_presenter import ErrorPresenter
from ui.operation import Executor, Operation
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.text import Text


class EnrolmentPage(QWidget):
    """Emits `ready()` once the window can sell and whoever sits there has read what to do.

    With a file, or where an enrolment was begun (`go_on`), it starts by itself.
    """

    ready = Signal()
    _stepped = Signal(str, int, int)

    def __init__(
        self,
        home: Home,
        executor: Executor,
        troubles: ErrorPresenter,
        also: Callable[[str, int, int], object] = lambda *_: None,
        switch_language: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__()
        self._home, self._troubles, self._also = home, troubles, also
        self._operation = Operation(executor, troubles, self)
        self._file: Path | None = None
        self._state = "choose"
        self._step: tuple[str, int, int] = ("greet", 0, 0)
        self._error: BoxOfficeError | None = None
        self._title, self.advice = Text(role="title"), Text(role="quiet", wrap=True)
        self._said, self.trouble = Text(role="detail"), Text(wrap=True)
        self.trouble.set_tone("attention")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.go = ActionButton(key="F8", kind="primary", act=self._go)
        self.choose = ActionButton(key="Alt+F", kind="link", act=self.choose_file)
        self.language = ActionButton(
            "中文 / English", key="Alt+L", kind="link", act=lambda: switch_language()
        )
        self._stepped.connect(self._show_step, Qt.ConnectionType.QueuedConnection)
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        card = Card(padding=26, gap=12)
        card.setFixedWidth(theme.px(620))
        for part in (self._title, self.advice, self.bar, self._said, self.trouble, self.go):
            card.body.addWidget(part)
        card.body.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card)
        across.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(across)
        column.addStretch(3)
        column.addWidget(self.language, 0, Qt.AlignmentFlag.AlignRight)

    @property
    def state(self) -> str:
        """choose, running, failed or done."""
        return self._state

    def choose_file(self) -> None:
        """Let the person choose the enrolment file."""
        dialog = QFileDialog(self, self.tr("Enrolment file of this window"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Enrolment files (*.json)"))
        dialog.fileSelected.connect(lambda path: self.begin(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def begin(self, file: Path | None) -> None:
        """Start with a file, or go on with what was begun."""
        if self._state == "running":
            return
        self._file = file or self._file
        self._state, self._error = "running", None
        self._show()
        self._operation.run(
            self,
            lambda: bootstrap.enrol_window(self._home, file, self._tell),
            self._came,
            self._failed,
        )

    def _tell(self, what: str, done: int, total: int) -> None:
        """On the thread that works."""
        self._also(what, done, total)
        self._stepped.emit(what, done, total)

    def _go(self) -> None:
        if self._state == "done":
            self.ready.emit()
        elif self._state == "failed" and isinstance(self._error, Broken):
            # What was made stands: it goes on without the file. Nothing was: the file again.
            self.begin(None if bootstrap.enrolling(self._home) else self._file)
        elif self._state in ("choose", "failed"):
            self.choose_file()

    def _came(self, _: None) -> None:
        self._state = "done"
        self._show()

    def _failed(self, error: BoxOfficeError) -> None:
        self._state, self._error = "failed", error
        self._show()

    # --- words

    def _show_step(self, what: str, done: int, total: int) -> None:
        self._step = (what, done, total)
        if self._state == "running":
            self._show()

    def _show(self) -> None:
        running = self._state == "running"
        broken = isinstance(self._error, Broken)
        self.bar.setVisible(running)
        self._said.setVisible(running)
        self.trouble.setVisible(self._error is not None)
        self.go.setVisible(not running)
        self.choose.setVisible(self._state == "failed" and broken)
        what, done, total = self._step
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.setWindowTitle(self.tr("Ticket window"))
        self._title.setText(self._titles())
        self.advice.setText(self._advices())
        self.advice.setVisible(self._state != "failed")
        self._said.setText(self._steps(what, done, total))
        if self._error is not None:
            self.trouble.setText(self._troubles.sentence(self._error))
        self.choose.setText(self.tr("Choose another file"))
        if self._state == "done":
            self.go.setText(self.tr("Sign in"))
        elif broken:
            self.go.setText(self.tr("Try again"))
        else:
            self.go.setText(self.tr("Choose the enrolment file"))

    def _titles(self) -> str:
        if self._state == "done":
            return self.tr("This window is ready")
        if self._state == "choose":
            return self.tr("This computer is no window yet")
        if self._state == "failed":
            return self.tr("This window is not set up yet")
        return self.tr("Setting up this window")

    def _advices(self) -> str:
        if self._state == "done" and self._file is not None:
            return self.tr(
                "Destroy {file} now, with every copy of it: it holds secrets of the venue."
            ).format(file=self._file.name)
        if self._state == "done":
            return self.tr("Destroy the enrolment file now, with every copy of it.")
        if self._state == "failed":
            return ""  # what went wrong says what to do
        if self._state == "choose":
            return self.tr(
                "Whoever looks after the central records has made an enrolment file for it."
            )
        return self.tr("It fetches what it needs to sell. If it is interrupted, it goes on here.")

    def _steps(self, what: str, done: int, total: int) -> str:
        if what == "greet":
            return self.tr("Signing in to the central records")
        if what == "orders":
            told = self.tr("Fetching orders: {count} of {total}")
            return told.format(count=formats.count(done), total=formats.count(total))
        return self.tr("Fetching seats, prices and operators")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)
