"""What sessions, price levels, ticket types and documents are called in the window's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QObject

from boxoffice import clock
from boxoffice.domain.identity import DocumentKind
from boxoffice.queries.orders import LineView
from ui import formats
from ui.sell.facts import COMPANION, WHEELCHAIR


def in_language(zh: str, en: str) -> str:
    """Whichever of the two names the window speaks now."""
    return zh if formats.language().startswith("zh") else en


def short_names(names: Sequence[str]) -> list[str]:
    """Names without their last part where all share it: 钻石球场日场 of 钻石球场日场 正赛.

    The last part stands after a comma, in Chinese also after a space.
    """
    parts = [name.rpartition(" " if not name.isascii() else ", ") for name in names]
    if len(names) < 2 or len({tail for _, _, tail in parts}) > 1 or not parts[0][0]:
        return list(names)
    return [head.rstrip(",，") for head, _, _ in parts]


class Words(QObject):
    """Names for codes; a code without a name of ours is shown as it is."""

    def level(self, category: str) -> str:
        """A price level where room is short: A, Wheelchair."""
        names = {
            WHEELCHAIR: self.tr("Wheelchair"),
            COMPANION: self.tr("Companion", "price level"),
        }
        return names.get(category, category)

    def whole_level(self, category: str) -> str:
        """A price level in a sentence: level A, Wheelchair."""
        if category in (WHEELCHAIR, COMPANION):
            return self.level(category)
        return self.tr("Level {name}").format(name=category)

    def ticket_type(self, code: str) -> str:
        """Adult, concession and the like."""
        names = {
            "adult": self.tr("Adult"),
            "concession": self.tr("Concession"),
            "companion": self.tr("Companion"),
            "comp": self.tr("Complimentary"),
        }
        return names.get(code, code)

    def proof(self, line: LineView) -> str:
        """What the clerk has to see, or saw, before a ticket of that type is given; "" for nothing.

        A rule has its words in Chinese and, behind a semicolon, in English.
        """
        if line.proof_wanted:
            return self.tr("To see: {proof}").format(proof=self._proof(line.proof_asked))
        return self.tr("Seen: {proof}").format(proof=self._proof(line.proof)) if line.proof else ""

    def _proof(self, words: str) -> str:
        zh, _, en = words.partition(";")
        return in_language(zh, en or zh)

    def document(self, kind: str) -> str:
        """A kind of identity document."""
        names = {
            DocumentKind.RESIDENT_ID: self.tr("Resident ID"),
            DocumentKind.PASSPORT: self.tr("Passport"),
            DocumentKind.HMT_RESIDENCE: self.tr("HK/Macao/Taiwan residence permit"),
            DocumentKind.HOME_RETURN: self.tr("Home-return permit"),
            DocumentKind.TAIWAN_PERMIT: self.tr("Taiwan permit"),
            DocumentKind.FOREIGN_PERMANENT: self.tr("Foreign permanent resident card"),
            DocumentKind.HOUSEHOLD: self.tr("Household register (child)"),
        }
        return names[DocumentKind(kind)]

    def day(self, business_day: str) -> str:
        """A business day, in words where it is near: 今天 · 9月27日, else 9月28日 周日."""
        day = date.fromisoformat(business_day)
        today = clock.business_day(clock.now())
        near = {today: self.tr("Today"), today + timedelta(days=1): self.tr("Tomorrow")}
        if day in near:
            return f"{near[day]}{formats.DOT}{formats.short_day(day)}"
        return formats.day(day)

    def place(self, line: LineView) -> str:
        """What a basket line gets: the seat, or the name of the pass."""
        if line.seat_id is None:
            return in_language(line.session_zh, line.session_en)
        return formats.seat(line.zone, line.row, line.number)

    def session(self, line: LineView) -> str:
        """Session, day and start of a basket line; of a pass only the day, it bears the name."""
        if line.seat_id is None:
            return formats.day(clock.venue(line.starts_at).date())
        name = in_language(line.session_zh, line.session_en)
        return f"{name}{formats.DOT}{formats.short_stamp(line.starts_at)}"
