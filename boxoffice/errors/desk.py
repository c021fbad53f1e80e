"""Signing in, rights and shifts."""

from __future__ import annotations

from boxoffice.errors.base import Refused


class WrongPin(Refused):
    """Operator number or PIN is wrong; which of the two is not told."""


class WrongPinOf(WrongPin):
    """Somebody who was named does not sign: number or PIN is wrong, or they are blocked.

    Fields: number.
    """


class TooManyPins(Refused):
    """Too many wrong PINs for a number: the next try has to wait. Fields: seconds."""


class NotAllowed(Refused):
    """The role of this operator may not do this. Fields: act, role."""


class RoleMayNot(NotAllowed):
    """The role of somebody who was named may not do this. Fields: number, act, role."""


class NoShift(Refused):
    """The act needs an open shift."""


class ShiftOpen(Refused):
    """A shift is already open at this window. Fields: operator."""


class ShiftBusy(Refused):
    """Something is unfinished, so the shift cannot be closed.

    Fields: baskets, parked, payments, pages.
    """


class DayNotOver(Refused):
    """The day still runs, and shifts of it are open, as far as central knows. Fields: day, open."""


class NoStatement(Refused):
    """Nothing of this is known at central. Fields: what."""


class NoAmount(Refused):
    """Cash moves by an amount above zero."""


class NoOperators(Refused):
    """A real home has no operator yet."""


class BadOperator(Refused):
    """An operator cannot be entered like that. Fields: why (number, name, pin, taken), value."""
