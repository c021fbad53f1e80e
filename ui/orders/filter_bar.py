"""What a search is narrowed to: state, day, session and channel, one choice each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from boxoffice.queries.search import SessionChoice
from boxoffice.queries.search_words import Filters
from ui import formats, keys, theme
from ui.pickup.words import PickupWords

CHANNELS = ("window", "app", "web", "agency")
KEY = "Alt+F"


class FilterBar(QWidget):
    """Emits `changed` when another choice was made; `filters` is what is chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = PickupWords(self)
        self._sessions: Sequence[SessionChoice] = ()
        self.state, self.day, self.session, self.channel = (QComboBox() for _ in range(4))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for box, share in ((self.state, 3), (self.day, 3), (self.session, 5), (self.channel, 3)):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(6)
            box.setFixedHeight(theme.px(40))
            box.activated.connect(self._chosen)
            row.addWidget(box, share)
        keys.current().bind(self, KEY, self.state.setFocus)

    @property
    def filters(self) -> Filters:
        """What is chosen."""
        return Filters(
            day=self.day.currentData() or "",
            session=self.session.currentData(),
            state=self.state.currentData() or "",
            channel=self.channel.currentData() or "",
        )

    def set_sessions(self, sessions: Sequence[SessionChoice]) -> None:
        """Which days and sessions there are."""
        self._sessions = sessions
        self.retranslate()

    def clear(self) -> None:
        """Narrow nothing."""
        for box in (self.state, self.day, self.session, self.channel):
            box.setCurrentIndex(0)
        self._fill_sessions()

    def choose(self, box: QComboBox, data: object) -> None:
        """Make a choice as a click would."""
        box.setCurrentIndex(max(box.findData(data), 0))
        self._chosen()

    def retranslate(self) -> None:
        """Every text again; what is chosen stays chosen."""
        states = [
            (self.tr("Any state"), ""),
            (self.tr("Paid, not picked up"), "waiting"),
            (self.tr("Reserved, to be paid"), "reserved"),
            (self.tr("Handed over"), "handed_over"),
            (self.tr("Returned"), "returned"),
            (self.tr("Released"), "released"),
        ]
        days = dict.fromkeys(choice.business_day for choice in self._sessions)
        _fill(self.state, states)
        _fill(
            self.day,
            [
                (self.tr("Any day"), ""),
                *((formats.day(date.fromisoformat(day)), day) for day in days),
            ],
        )
        channels = [(self._words.channel(code), code) for code in CHANNELS]
        _fill(self.channel, [(self.tr("Any channel"), ""), *channels])
        self._fill_sessions()
        for box, name in (
            (self.state, self.tr("State")),
            (self.day, self.tr("Day")),
            (self.session, self.tr("Session")),
            (self.channel, self.tr("Channel")),
        ):
            box.setAccessibleName(name)

    def _fill_sessions(self) -> None:
        """The sessions of the day that is chosen, else all."""
        day, chinese = self.day.currentData(), formats.language() == "zh_CN"
        listed = [
            (formats.DOT.join((one.code, one.name_zh if chinese else one.name_en)), one.id)
            for one in self._sessions
            if not day or one.business_day == day
        ]
        _fill(self.session, [(self.tr("Any session"), None), *listed])

    def _chosen(self) -> None:
        self._fill_sessions()
        self.changed.emit()


def _fill(box: QComboBox, entries: Sequence[tuple[str, object]]) -> None:
    chosen = box.currentData()
    box.clear()
    for text, data in entries:
        box.addItem(text, data)
    box.setCurrentIndex(max(box.findData(chosen), 0))
