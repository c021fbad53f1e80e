"""docs/central.md tells for every rule of custody what holds it; every rule has a switch."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from tests.switches.every import SWITCHES, table

HOUSE = Path(__file__).resolve().parents[2]
MEASURED = 29


def test_every_rule_can_be_switched_off() -> None:
    assert {switch.rule for switch in SWITCHES} == set(range(1, MEASURED))
    assert [name for name, n in Counter(s.name for s in SWITCHES).items() if n > 1] == []
    assert [switch.name for switch in SWITCHES if not switch.fails] == []


def test_the_table_says_what_the_switches_do() -> None:
    """`python -m tests.switches table` prints it."""
    text = (HOUSE / "docs" / "central.md").read_text(encoding="utf-8")
    found = "\n".join(re.findall(r"^\| (?:rule \| says|\d+ \|).*$", text, re.MULTILINE))
    wanted = [line for line in table(SWITCHES).splitlines() if not line.startswith("|---")]
    assert found.splitlines() == wanted
