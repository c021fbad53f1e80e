"""What a window is to hold ahead of time of one session and level: chosen, counted, asked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from boxoffice.domain.allotting import Groups
from boxoffice.queries.central import Allottable
from boxoffice.services.supervising.central_view import Overview, Plan, Share
from ui import theme
from ui.central.words import CentralWords
from ui.gate.digits_edit import DigitsEdit
from ui.widgets.text import Text

LONGEST = 4
"""Digits of a count."""
COUNTS = ("pairs", "threes", "fours", "places", "orders")


class PlanForm(QWidget):
    """Emits `changed` with every choice and figure; `plan` is what stands there."""

    changed = Signal()

    def __init__(self, words: CentralWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._overview: Overview | None = None
        self._sessions: Sequence[Allottable] = ()
        self._filling = False
        self.window_box, self.session, self.level = QComboBox(), QComboBox(), QComboBox()
        self._labels = {name: Text(role="quiet") for name in COUNTS}
        self.counts = {name: DigitsEdit(LONGEST) for name in COUNTS}
        self._note = Text(role="quiet", wrap=True)
        column = QVBoxLayout(self)
        edge = theme.px(12)
        column.setContentsMargins(edge, theme.px(16), edge, edge)
        column.setSpacing(theme.px(10))
        for box in (self.window_box, self.session, self.level):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(6)
            box.setFixedHeight(theme.px(40))
            box.activated.connect(self._place_chosen)
            column.addWidget(box)
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(0, 1)
        for row, name in enumerate(COUNTS):
            edit = self.counts[name]
            edit.setMinimumHeight(theme.px(40))
            edit.setFixedSize(theme.px(96), theme.px(40))
            edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            edit.textChanged.connect(lambda _text: self._edited())
            grid.addWidget(self._labels[name], row, 0)
            grid.addWidget(edit, row, 1)
        column.addLayout(grid)
        column.addWidget(self._note)
        column.addStretch(1)

    # --- what may be chosen

    def set_choices(self, overview: Overview, sessions: Sequence[Allottable]) -> None:
        """Windows and sessions there are; what is chosen stays, and figures being typed too."""
        self._overview, self._sessions = overview, sessions
        self._filling = True
        windows = [(self._words.window(w.number, w.name), w.number) for w in overview.windows]
        fill(self.window_box, windows)
        fill(
            self.session,
            [(self._words.session(s.code, s.name_zh, s.name_en), s.code) for s in sessions],
        )
        self._fill_levels()
        self._filling = False

    def choose(self, window: int, session: str, category: str) -> None:
        """Begin with a row of the plan as it stands."""
        self._filling = True
        for box, data in ((self.window_box, window), (self.session, session)):
            box.setCurrentIndex(max(box.findData(data), 0))
        self._fill_levels()
        self.level.setCurrentIndex(max(self.level.findData(category), 0))
        self._filling = False
        self._place_chosen()

    def _fill_levels(self) -> None:
        chosen = self._session()
        numbered = chosen is not None and bool(chosen.levels)
        levels = (*chosen.levels, "") if chosen is not None else ()
        fill(self.level, [(self._words.level(level, numbered=numbered), level) for level in levels])

    def _session(self) -> Allottable | None:
        code = self.session.currentData()
        return next((one for one in self._sessions if one.code == code), None)

    def _place_chosen(self) -> None:
        self._filling = True
        self._fill_levels()
        chosen, category = self._session(), self.level.currentData() or ""
        seats = bool(category)
        unnumbered = chosen is not None and not chosen.levels
        for name in COUNTS:
            wanted = {"places": unnumbered, "orders": not seats}.get(name, seats)
            self._labels[name].setVisible(wanted)
            self.counts[name].setVisible(wanted)
        standing = self.standing
        for name, edit in self.counts.items():
            edit.setText(str(getattr(standing, name)) if standing is not None else "0")
        self._filling = False
        self.changed.emit()

    def _edited(self) -> None:
        if not self._filling:
            self.changed.emit()

    # --- what stands there

    @property
    def standing(self) -> Share | None:
        """The row of the plan as central has it."""
        place = (self.window_box.currentData(), self.session.currentData())
        category = self.level.currentData() or ""
        shares = self._overview.shares if self._overview is not None else ()
        return next(
            (s for s in shares if (s.window, s.session) == place and s.category == category), None
        )

    @property
    def differs(self) -> bool:
        """Whether something else is wanted than what central has."""
        standing = self.standing
        return any(
            count != (getattr(standing, name) if standing is not None else 0)
            for name, count in self._values.items()
        )

    @property
    def _values(self) -> dict[str, int]:
        return {name: int(edit.digits or 0) for name, edit in self.counts.items()}

    @property
    def plan(self) -> Plan | None:
        """What is wanted; None where nothing can be chosen."""
        number = self.window_box.currentData()
        windows = self._overview.windows if self._overview is not None else ()
        window = next((line for line in windows if line.number == number), None)
        if window is None or not self.session.currentData():
            return None
        value = self._values
        return Plan(
            window=window.name,
            session=self.session.currentData(),
            category=self.level.currentData() or "",
            groups=Groups(value["pairs"], value["threes"], value["fours"]),
            places=value["places"],
            orders=value["orders"],
        )

    def retranslate(self) -> None:
        """Set every text again."""
        for name, text in (
            ("pairs", self.tr("Pairs of seats")),
            ("threes", self.tr("Three together")),
            ("fours", self.tr("Four together")),
            ("places", self.tr("Places without numbers")),
            ("orders", self.tr("Orders to pick up")),
        ):
            self._labels[name].setText(text)
            self.counts[name].setAccessibleName(text)
        for box, name in (
            (self.window_box, self.tr("Window")),
            (self.session, self.tr("Session")),
            (self.level, self.tr("Level")),
        ):
            box.setAccessibleName(name)
        self._note.setText(
            self.tr(
                "This is a wish. The window takes what it lacks and gives back what is too much "
                "by itself, while it is on line and a shift is open; nothing is taken from it."
            )
        )
        if self._overview is not None:
            self.set_choices(self._overview, self._sessions)


def fill(box: QComboBox, entries: Sequence[tuple[str, object]]) -> None:
    """Offer these; what was chosen stays chosen where it is still there."""
    if [(box.itemText(n), box.itemData(n)) for n in range(box.count())] == list(entries):
        return
    chosen = box.currentData()
    box.clear()
    for text, data in entries:
        box.addItem(text, data)
    box.setCurrentIndex(max(box.findData(chosen), 0) if entries else -1)
