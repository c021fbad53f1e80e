"""Orders to a bank."""

from __future__ import annotations

from boxoffice.errors.base import Refused


class BadTransfer(Refused):
    """A transfer cannot be ordered from a bank. Fields: number, why."""


class NoBank(Refused):
    """No setting says which account transfers are paid from. Fields: file."""
