"""Orders that were found, as rows: whose and which, where and when, and what is left to do."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject

from boxoffice import clock
from boxoffice.queries.search import FoundOrder
from ui import formats
from ui.pickup.words import PickupWords
from ui.widgets.row_model import Row


class ResultRows(QObject):
    """Words for the list of results."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = PickupWords(self)

    def row(self, found: FoundOrder) -> Row:
        """One order."""
        session = found.session_zh if formats.language() == "zh_CN" else found.session_en
        day = formats.day(date.fromisoformat(found.business_day))
        seat = formats.seat(*found.place) if found.place else ""
        if seat and found.tickets > 1:
            seat = self.tr("{seat} and {count} more").format(seat=seat, count=found.tickets - 1)
        attendee = self.tr("attendee {name}").format(name=found.attendee) if found.attendee else ""
        state, note, tone = self.state(found)
        return Row(
            key=found.id,
            fact=_joined(found.name, found.number),
            detail=_joined(attendee, found.phone, self._words.channel(found.channel)),
            middle=_joined(day, session),
            middle_detail=seat or self.tr("Unnumbered"),
            value=state,
            note=note,
            value_tone=tone,
        )

    def state(self, found: FoundOrder) -> tuple[str, str, str]:
        """What is left to do with it, more of it, and in which tone."""
        count = self._words.tickets(found.tickets)
        if found.reserved:
            if found.deadline is None:
                return self.tr("Reserved"), count, "attention"
            time = formats.short_stamp(found.deadline)
            if found.deadline <= clock.now():
                return self.tr("Reserved"), self.tr("over since {time}").format(time=time), "danger"
            return self.tr("To be paid"), self.tr("until {time}").format(time=time), "attention"
        if found.waiting:
            if found.handed_over:
                left = self.tr("{count} of {all} left").format(
                    count=found.waiting, all=found.waiting + found.handed_over
                )
                return self.tr("Not picked up"), left, "good"
            return self.tr("Not picked up"), count, "good"
        if found.handed_over:
            return self.tr("Handed over"), count, ""
        if found.returned:
            return self.tr("Returned"), count, ""
        return self.tr("Released"), count, ""


def _joined(*parts: str) -> str:
    return formats.DOT.join(part for part in parts if part)
