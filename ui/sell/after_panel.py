"""What the side shows once a customer is served: how the paper came out, and what is next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boxoffice.services.printing.tickets import Printed
from ui import theme
from ui.widgets.band import Band
from ui.widgets.card import Rule
from ui.widgets.text import Text


class AfterPanel(QWidget):
    """Base of the panels after a sale and after a reservation. Emits `next_wanted` on Enter."""

    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._printed: Printed | None = None
        self._why = ""
        self._paper = Text(role="heading", wrap=True)
        self.band = Band(closable=False)
        self._column = QVBoxLayout(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def lay_out(self, above: Sequence[QWidget], below: Sequence[QWidget]) -> None:
        """What the customer gets, a line, then the paper and what is said of it."""
        column, edge = self._column, theme.px(12)
        column.setContentsMargins(edge, theme.px(18), edge, edge)
        column.setSpacing(theme.px(6))
        for part in above:
            column.addWidget(part)
        column.addSpacing(theme.px(8))
        column.addWidget(Rule())
        column.addSpacing(theme.px(8))
        for part in (self._paper, *below):
            column.addWidget(part)
        column.addStretch(1)

    @property
    def printed(self) -> Printed | None:
        """How printing ended; None while it is under way."""
        return self._printed

    @property
    def doubtful(self) -> bool:
        """Whether a page may not have come out."""
        return self._printed is not None and self._printed.doubtful > 0

    def begin(self) -> None:
        """The act stands; its pages are on their way."""
        self._printed, self._why = None, ""
        self.retranslate()

    def show_printed(self, printed: Printed, why: str = "") -> None:
        """How printing ended; `why` is the sentence of the trouble."""
        self._printed, self._why = printed, why
        self.retranslate()

    def say_paper(self, words: str, advice: str) -> None:
        """How the paper came out, and what to do where that is in doubt."""
        self._paper.setText(words)
        self._paper.set_tone("danger" if self.doubtful else "")
        if self.doubtful:
            self.band.say("danger", f"{self._why} {advice}".strip())
        else:
            self.band.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next customer."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_wanted.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        raise NotImplementedError
