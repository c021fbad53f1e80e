"""Asking services one thing after the other: an answer to an older question is dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from boxoffice.errors import BoxOfficeError
from ui.context import Context
from ui.operation import Busy

T = TypeVar("T")


class Asking(QObject):
    """One per act or page; `owner` is what the answers are for."""

    def __init__(self, context: Context, owner: QObject, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._owner = owner
        self._asks = 0
        self._awaited = 0

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._awaited > 0

    def forget(self) -> None:
        """What was asked is not wanted any more."""
        self._asks += 1

    def ask(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[BoxOfficeError], object],
        *,
        busy: Busy | None = None,
    ) -> None:
        """Run `work` off this thread, then `done`, or `failed` with what it refused."""
        self._asks += 1
        self._awaited += 1
        number = self._asks

        def answered(answer: T) -> None:
            self._awaited -= 1
            if number == self._asks:
                done(answer)

        def refused(error: BoxOfficeError) -> None:
            self._awaited -= 1
            if number == self._asks:
                failed(error)

        self._context.act(self._owner, work, answered, refused, busy=busy)
