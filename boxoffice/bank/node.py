"""One element of a bank's message, read by the names of its children, whatever their namespace."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from boxoffice.clock import VENUE_ZONE
from boxoffice.errors import BadFile
from boxoffice.sentences.phrases import Phrase, phrase

_AMOUNT = re.compile(r"\+?(?:\d{1,16}(?:\.\d{0,18})?|\.\d{1,18})", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}", re.ASCII)
# Currencies without hundredths (ISO 4217), which our integers of hundredths cannot hold truly.
_NOT_HUNDREDTHS = frozenset(
    {
        *("BHD", "BIF", "CLP", "DJF", "GNF", "IQD", "ISK", "JOD", "JPY", "KMF", "KRW", "KWD"),
        *("LYD", "OMR", "PYG", "RWF", "TND", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"),
    }
)


class Node:
    """An element and the file it stands in; `warnings` is shared by all nodes of a message."""

    __slots__ = ("_below", "element", "file", "warnings")

    def __init__(self, element: Any, file: str, warnings: list[Phrase]) -> None:
        self.element = element
        self.file = file
        self.warnings = warnings
        self._below: dict[str, list[Any]] | None = None

    @property
    def name(self) -> str:
        return str(self.element.tag).rpartition("}")[2]

    @property
    def line(self) -> int:
        """Where it stands in the file, from 1."""
        return self.element.sourceline or 0

    def all(self, name: str) -> list[Node]:
        """Its children of a name, in order."""
        return [Node(child, self.file, self.warnings) for child in self._children(name)]

    def _children(self, name: str) -> list[Any]:
        if self._below is None:
            self._below = {}
            for child in self.element:
                if isinstance(child.tag, str):
                    self._below.setdefault(child.tag.rpartition("}")[2], []).append(child)
        return self._below.get(name, [])

    def find(self, *path: str) -> Node | None:
        """The first element along a path of names, or None."""
        here = self
        for name in path:
            below = here._children(name)
            if not below:
                return None
            here = Node(below[0], self.file, self.warnings)
        return here

    def text(self, *path: str) -> str:
        """The text of the first element along a path, trimmed; empty where there is none."""
        found = self.find(*path)
        return (found.element.text or "").strip() if found else ""

    def code(self, *path: str) -> str:
        """A code, standing alone (old versions), under Cd, or the bank's own under Prtry."""
        found = self.find(*path)
        if found is None:
            return ""
        return found.text("Cd") or found.text("Prtry", "Cd") or found.text("Prtry") or found.text()

    def warn(self, token: str, **fields: object) -> None:
        """Note something odd about this element; its line goes with it."""
        self.warnings.append(phrase(token, line=self.line, **fields))

    def refuse(self, token: str, element: str = "") -> BadFile:
        """The error to raise where the file cannot be read truly because of this element."""
        why = phrase(token, element=element or self.name, line=self.line)
        return BadFile(file=self.file, why=why)

    def need(self, *path: str) -> Node:
        """The element along a path. Raises BadFile where it is missing."""
        found = self.find(*path)
        if found is None:
            raise self.refuse("bank_lacks", "/".join(path))
        return found

    def money(self) -> tuple[int, str]:
        """Its amount, in hundredths of its currency, and the currency.

        Raises BadFile for what is no plain amount above or at zero with at most two decimals (zeros
        behind them do no harm), or is in a currency that has no hundredths.
        """
        said = (self.element.text or "").strip()
        if not _AMOUNT.fullmatch(said):
            raise self.refuse("bank_amount")
        hundredths = Decimal(said) * 100
        if hundredths != int(hundredths):
            raise self.refuse("bank_amount")
        currency = (self.element.get("Ccy") or "").strip()
        if not _CURRENCY.fullmatch(currency) or currency in _NOT_HUNDREDTHS:
            raise self.refuse("bank_currency")
        return int(hundredths), currency

    def credit(self, fallback: bool | None = None) -> bool:
        """Whether money came in (CdtDbtInd), seen from the account. Raises BadFile where it does
        not say so and there is no `fallback`."""
        said = self.text("CdtDbtInd").upper()
        if said in ("CRDT", "DBIT"):
            return said == "CRDT"
        if said or fallback is None:
            raise self.refuse("bank_direction")
        return fallback

    def day(self, *path: str) -> date | None:
        """A day (under Dt or DtTm, or itself) as the bank wrote it; None, with a warning where it
        is there but cannot be read."""
        found = self.find(*path)
        if found is None:
            return None
        said = found.text("Dt") or found.text("DtTm") or found.text()
        shape = _DAY.match(said)
        try:
            return date.fromisoformat(shape[0] if shape else said)
        except ValueError:
            found.warn("bank_date", element=found.name)
            return None

    def moment(self, *path: str) -> datetime | None:
        """A moment, aware UTC; one without a zone is in venue time. None as `day` has it."""
        found = self.find(*path)
        if found is None:
            return None
        try:
            moment = datetime.fromisoformat(found.text())
            return (moment if moment.tzinfo else moment.replace(tzinfo=VENUE_ZONE)).astimezone(UTC)
        except (ValueError, OverflowError):  # the latter at the ends of the calendar
            found.warn("bank_date", element=found.name)
            return None
