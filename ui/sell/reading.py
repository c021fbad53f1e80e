"""Asking the records again and again, where only the answer to the last question counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from ui.context import Context

T = TypeVar("T")


class Latest(QObject):
    """One question a page asks repeatedly; answers may come out of order, old ones are dropped."""

    def __init__(self, context: Context, owner: QObject) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._asked = 0
        self._open = 0

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._open > 0

    def ask(self, query: Callable[[Any], T], done: Callable[[T], object]) -> None:
        """Run `query(store)` on the reading lane, then `done` unless asked again meanwhile."""
        self._asked += 1
        number = self._asked
        office = self._context.office

        def arrived(answer: T) -> None:
            if number == self._asked:
                done(answer)

        self._context.act(self._owner, lambda: office.read(query), arrived, busy=self)

    def forget(self) -> None:
        """Drop the answer that is still to come."""
        self._asked += 1

    def set_busy(self, busy: bool) -> None:
        """Told by the operation: one more or one less under way."""
        self._open += 1 if busy else -1
