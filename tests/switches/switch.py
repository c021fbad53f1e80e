"""One rule of custody, or one promise of it, that can be switched off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.switches.hand import Hand


@dataclass(frozen=True)
class Switch:
    """What is switched off, and which tests fail then."""

    rule: int
    says: str
    off: str
    """What is switched off, in words."""
    how: Callable[[Hand], None]
    fails: tuple[str, ...]
    """Tests by node id, without the leading `tests/`."""
    by: tuple[str, ...] = ()
    """Errors that end such a test, where it is not an assertion of its own."""
    long: bool = False
    """Takes its time: only where every switch is tried."""

    @property
    def name(self) -> str:
        """For a report, and for choosing it."""
        return f"{self.rule}, {self.says}: {self.off}"

    @property
    def nodes(self) -> tuple[str, ...]:
        """Its tests as pytest finds them from the root."""
        return tuple(f"tests/{node}" for node in self.fails)


def tests(file: str, *names: str) -> tuple[str, ...]:
    """Node ids of tests of one file."""
    return tuple(f"{file}::{name}" for name in names)
