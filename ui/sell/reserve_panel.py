"""Reserving (留座预约): for whom, until when, and whether the seats may still be swapped."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from boxoffice import clock
from boxoffice.queries.orders import OrderView
from ui import formats, keys, theme
from ui.widgets.action_button import KeyedButton
from ui.widgets.text import Text

WAITS = (30, 60, 120, 240)
"""Minutes to choose from, beside what the settings say."""
SEATS_KEY = "Alt+M"
_LONGEST = 60


class Chip(KeyedButton):
    """A choice that is on or off."""

    def __init__(self, key: str) -> None:
        super().__init__(key=key)
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class ReservePanel(QWidget):
    """Emits `changed` with whatever is typed or chosen, `confirmed` on Enter in a field."""

    changed = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._latest: datetime | None = None
        self._numbered = False
        self._waits: list[int] = []
        self._minutes = 0
        self._whom, self._how_long = Text(role="heading"), Text(role="heading")
        self.name, self.phone = QLineEdit(), QLineEdit()
        for edit in (self.name, self.phone):
            edit.setMaxLength(_LONGEST)
            edit.textEdited.connect(lambda _text: self._show())
            edit.returnPressed.connect(self._entered)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(8))
        self._chips: list[Chip] = []
        self._until_word, self._until = Text(role="quiet"), Text(role="amount")
        self._limit = Text(role="detail", wrap=True)
        self.swappable = Chip(SEATS_KEY)
        self.swappable.clicked.connect(self._show)
        self._seats = Text(role="detail", wrap=True)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        edge = theme.px(12)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(8))
        people, until = QHBoxLayout(), QHBoxLayout()
        for row, parts in ((people, (self.name, self.phone)), (until, (self._until_word,))):
            row.setSpacing(theme.px(8))
            for part in parts:
                row.addWidget(part, 1)
        until.addWidget(self._until)
        column.addWidget(self._whom)
        column.addLayout(people)
        column.addSpacing(theme.px(6))
        column.addWidget(self._how_long)
        column.addLayout(self._grid)
        column.addLayout(until)
        column.addWidget(self._limit)
        column.addSpacing(theme.px(6))
        column.addWidget(self.swappable)
        column.addWidget(self._seats)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def begin(
        self, view: OrderView, buyer: list[str], usual_minutes: int, before_start: timedelta
    ) -> None:
        """For this basket, as its session and the settings allow; `buyer` was typed before."""
        self._latest = min((line.starts_at for line in view.lines), default=None)
        if self._latest is not None:
            self._latest -= before_start
        self._numbered = any(line.seat_id is not None for line in view.lines)
        self.name.setText(buyer[0])
        self.phone.setText(buyer[1])
        self.swappable.setChecked(False)
        self._waits = sorted({*WAITS, usual_minutes})
        self._minutes = usual_minutes
        self._make_chips()
        self._show()

    def take_focus(self) -> None:
        """The cursor stands where the name goes."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- what was chosen

    @property
    def minutes(self) -> int:
        """How long it shall wait."""
        return self._minutes

    @property
    def seats_open(self) -> bool:
        """Whether it is for so many of a level, and not for these seats."""
        return self._numbered and self.swappable.isChecked()

    @property
    def deadline(self) -> datetime | None:
        """Until when it would wait if it were made now; None where it is too late to wait."""
        now = clock.now()
        until = now + timedelta(minutes=self._minutes)
        until = until if self._latest is None else min(until, self._latest)
        return until if until > now else None

    def missing(self) -> str:
        """What has to happen before it can be made; "" for nothing."""
        if self.deadline is None:
            return self.tr("The session begins too soon to wait. Take the money now.")
        if not self.name.text().strip() and not self.phone.text().strip():
            return self.tr("Type a name or a phone to find it by")
        return ""

    def choose(self, minutes: int) -> None:
        """Let it wait so long."""
        self._minutes = minutes
        self._show()

    # --- the inside

    def _make_chips(self) -> None:
        for chip in self._chips:
            chip.set_key(None)
            self._grid.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for place, minutes in enumerate(self._waits):
            chip = Chip(f"Alt+{place + 1}")
            chip.setText(self._wait_words(minutes))
            chip.clicked.connect(partial(self._picked, minutes))
            self._grid.addWidget(chip, place // 2, place % 2)
            self._chips.append(chip)

    def _picked(self, minutes: int, _checked: bool = False) -> None:
        self.choose(minutes)

    def _wait_words(self, minutes: int) -> str:
        hours, rest = divmod(minutes, 60)
        if rest:
            return self.tr("%n minute(s)", "", minutes)
        return self.tr("%n hour(s)", "", hours)

    def _entered(self) -> None:
        if not keys.current().composing:
            self.confirmed.emit()

    def _show(self) -> None:
        for chip, minutes in zip(self._chips, self._waits, strict=True):
            chip.setChecked(minutes == self._minutes)
        until = self.deadline
        self._until.setVisible(until is not None)
        self._until_word.setVisible(until is not None)
        if until is not None:
            today = clock.venue(until).date() == clock.venue(clock.now()).date()
            self._until.setText(formats.time(until) if today else formats.short_stamp(until))
        capped = until is not None and until == self._latest
        self._limit.setText(self.tr("No later: the session begins soon after"))
        self._limit.setVisible(capped)
        self.swappable.setVisible(self._numbered)
        self._seats.setVisible(self._numbered)
        self._seats.setText(
            self.tr("By level: nobody is told the seats before they are paid for")
            if self.swappable.isChecked()
            else self.tr("These seats stay as they are chosen")
        )
        nobody = not self.name.text().strip() and not self.phone.text().strip()
        for edit in (self.name, self.phone):
            if edit.property("missing") != nobody:
                edit.setProperty("missing", nobody)
                edit.style().unpolish(edit)
                edit.style().polish(edit)
        self.changed.emit()

    def retranslate(self) -> None:
        """Set every text again."""
        self._whom.setText(self.tr("Who is it for?"))
        self._how_long.setText(self.tr("How long does it wait?"))
        self.name.setPlaceholderText(self.tr("Name"))
        self.phone.setPlaceholderText(self.tr("Phone"))
        for edit in (self.name, self.phone):
            edit.setAccessibleName(edit.placeholderText())
        self._until_word.setText(self.tr("To be paid before"))
        self.swappable.setText(self.tr("Seats may be swapped"))
        for chip, minutes in zip(self._chips, self._waits, strict=True):
            chip.setText(self._wait_words(minutes))
        self._show()
