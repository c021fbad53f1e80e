"""All switches, rule by rule, and the table of them in docs/central.md."""

from __future__ import annotations

import os
from collections.abc import Sequence

from tests.switches import connecting, epochs, left, offline, orders, pushing, rights, taking
from tests.switches.switch import Switch

EVERY = bool(os.environ.get("BOXOFFICE_EVERY_RULE"))
"""Whether the long ones are tried too, and each test once more with its switch on again."""

SWITCHES: tuple[Switch, ...] = tuple(
    sorted(
        (
            switch
            for part in (taking, connecting, orders, pushing, epochs, left, offline, rights)
            for switch in part.SWITCHES
        ),
        key=lambda switch: switch.rule,
    )
)

HEAD = """| rule | says | switched off | fails then |
|---|---|---|---|"""
MEASURED = (
    "| 29 | a take costs no more than so much | — | measured: `python -m tests.bench central` |"
)


def table(switches: Sequence[Switch]) -> str:
    """One line for each switch, by rule."""
    lines = [
        f"| {switch.rule} | {switch.says} | {switch.off} | "
        f"{', '.join(f'`{node}`' for node in switch.nodes)} |"
        for switch in switches
    ]
    return "\n".join([HEAD, *lines, MEASURED])
