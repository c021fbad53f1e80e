"""All rules over one home, or rather over its two files."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from boxoffice.verify import (
    accepted,
    catalogue,
    chains,
    custody,
    hand_overs,
    invoices,
    orders,
    payments,
    postings,
    search,
    seats,
    statements,
    z_reports,
)
from boxoffice.verify.sides import Finding, Sides

RULES = (
    chains,
    postings,
    orders,
    payments,
    invoices,
    seats,
    hand_overs,
    custody,
    catalogue,
    z_reports,
    statements,
    search,
    accepted,
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What was checked, and what was found broken."""

    checked: dict[str, int]
    broken: tuple[Finding, ...]
    accepted: tuple[Finding, ...] = ()
    """Risks two persons took, which are not broken."""

    @property
    def ok(self) -> bool:
        """Whether no rule is broken."""
        return not self.broken

    def as_json(self) -> dict[str, Any]:
        """As `verify --json` prints it."""
        return {
            "ok": self.ok,
            "checked": self.checked,
            "broken": [asdict(finding) for finding in self.broken],
        }


def prove(sides: Sides) -> Proof:
    """Check every rule; damage found by one does not hide what another would find."""
    broken = tuple(finding for rule in RULES for finding in rule.check(sides))
    return Proof(sides.checked, broken, tuple(sides.accepted))
