"""A field for a time of day at the venue, on a given business day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from boxoffice import clock
from ui import formats, theme

_PLAIN = str.maketrans("０１２３４５６７８９：", "0123456789:")
_TIME = QRegularExpression("[0-2０-９]?[0-9０-９]?[:：]?[0-5０-９]?[0-9０-９]?")


class TimeEdit(QLineEdit):
    """Takes 12:35 or 1235, full-width too; after midnight it is still the same business day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setValidator(QRegularExpressionValidator(_TIME, self))
        self.setFixedHeight(theme.px(40))

    def moment(self, day: date) -> datetime | None:
        """The moment in UTC; None while no time stands there."""
        text = self.text().translate(_PLAIN)
        if ":" not in text and len(text) in (3, 4):
            text = f"{text[:-2]}:{text[-2:]}"
        hours, colon, minutes = text.partition(":")
        if not colon or not hours or len(minutes) != 2 or int(hours) > 23:
            return None
        wanted = time(int(hours), int(minutes))
        if wanted.hour < clock.DAY_BEGINS_AT_HOUR:
            day += timedelta(days=1)
        local = datetime.combine(day, wanted, clock.VENUE_ZONE)
        return local.astimezone(clock.now().tzinfo)

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.text().strip()

    def set_moment(self, moment: datetime | None) -> None:
        """Put a time there; None empties it."""
        self.setText("" if moment is None else formats.time(moment))

    def set_missing(self, missing: bool) -> None:
        """Mark it as the next thing to fill in."""
        self.setProperty("missing", missing)
        self.style().unpolish(self)
        self.style().polish(self)
