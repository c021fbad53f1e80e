"""Desk: which window, operator and shift an action belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from boxoffice.errors import NoShift, NotAllowed


class Role(StrEnum):
    """What an operator is here for."""

    CLERK = "clerk"
    PICKUP = "pickup"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What the services ask for before they act."""

    SELL = "sell"
    PICK_UP = "pick_up"
    SHIFT = "shift"
    APPROVE = "approve"
    REVEAL = "reveal"
    SETTLE_CASES = "settle_cases"
    ADMINISTER = "administer"
    IMPORT = "import"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CLERK: frozenset({Right.SELL, Right.PICK_UP, Right.SHIFT}),
    Role.PICKUP: frozenset({Right.PICK_UP, Right.SHIFT}),
    Role.SUPERVISOR: frozenset(
        {
            Right.SELL,
            Right.PICK_UP,
            Right.SHIFT,
            Right.APPROVE,
            Right.REVEAL,
            Right.SETTLE_CASES,
            Right.IMPORT,
        }
    ),
    Role.ADMINISTRATOR: frozenset({Right.ADMINISTER, Right.SETTLE_CASES, Right.IMPORT}),
}


@dataclass(frozen=True, slots=True)
class Operator:
    """Someone who signed in."""

    id: str
    number: str
    name: str
    role: Role

    def may(self, right: Right) -> bool:
        """Whether the role carries this right."""
        return right in RIGHTS[self.role]


@dataclass(frozen=True, slots=True)
class Desk:
    """One operator at one window, with the shift they opened, if any."""

    window: int
    epoch: int
    operator: Operator
    shift_id: str | None = None

    def require(self, right: Right, *, shift: bool = False) -> None:
        """Raises NotAllowed where the role lacks the right, NoShift where a shift is needed."""
        if not self.operator.may(right):
            raise NotAllowed(act=right.value, role=self.operator.role.value)
        if shift and self.shift_id is None:
            raise NoShift()
