"""Tells a keyboard-wedge scanner from a person by the pace of the keys; has no clock of its own."""

from __future__ import annotations

from dataclasses import dataclass, field

LONGEST_GAP_MS = 35
"""A scanner types faster than this between two keys; a person does not for long."""
SHORTEST_SCAN = 6
"""Characters a burst needs before its Enter makes it a scan."""


@dataclass(slots=True)
class Bursts:
    """Collects characters that follow each other faster than a person types."""

    _characters: list[str] = field(default_factory=list)
    _last_ms: int = 0

    def starts(self, at_ms: int) -> bool:
        """Whether a character at that time would begin a new burst."""
        return not self._characters or not 0 <= at_ms - self._last_ms < LONGEST_GAP_MS

    def feed(self, character: str, at_ms: int) -> None:
        """One character that was typed at that time (milliseconds of any steady clock)."""
        if self.starts(at_ms):
            self._characters.clear()
        self._characters.append(character)
        self._last_ms = at_ms

    def finish(self, at_ms: int) -> str | None:
        """Enter was pressed: the scanned text where this ends a burst, else None."""
        scanned = len(self._characters) >= SHORTEST_SCAN and not self.starts(at_ms)
        text = "".join(self._characters) if scanned else None
        self._characters.clear()
        return text

    def drop(self) -> None:
        """Something came that no scanner sends: forget what was collected."""
        self._characters.clear()
