"""What all our errors are: refused by a rule, or broken."""

from __future__ import annotations

from typing import ClassVar


class BoxOfficeError(Exception):
    """Base of all errors we raise on purpose; `fields` fill the placeholders of its sentence."""

    def __init__(self, **fields: object) -> None:
        super().__init__(type(self).__name__, fields)
        self.fields = fields

    @property
    def code(self) -> str:
        """Name under which the sentence of this error is kept."""
        return type(self).__name__


class Refused(BoxOfficeError):
    """A rule said no; nothing was changed."""


class Broken(BoxOfficeError):
    """Something outside our rules failed; `retry` tells whether trying again can help."""

    retry: ClassVar[bool] = False
