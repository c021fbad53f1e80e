"""python -m tests.switches [WORD ...]: switch rules off, those that have these words in their name.

Writes what became of each test to its output as JSON lines, and says at the end on the other one
what shows nothing. `--exactly NAME ...` chooses by whole names; `table` prints the table of
docs/central.md.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import pytest

from tests.switches.every import EVERY, SWITCHES, table
from tests.switches.running import Switchboard
from tests.switches.switch import Switch


def chosen(words: Sequence[str]) -> list[Switch]:
    """The switches that are named."""
    if words[:1] == ["--exactly"]:
        return [switch for switch in SWITCHES if switch.name in words]
    return [
        switch
        for switch in SWITCHES
        if (EVERY or not switch.long) and all(word in switch.name for word in words)
    ]


def main(words: Sequence[str]) -> int:
    """Try them; answers 0 where each of them made its tests fail."""
    switches = chosen(words)
    files = sorted({node.split("::")[0] for switch in switches for node in switch.nodes})
    # What pytest and the tests print is no JSON.
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)
        board = Switchboard(switches, out, on_again=EVERY)
        ended = pytest.main(["-q", "-p", "no:cacheprovider", *files], plugins=[board])
    for wrong in board.wrong:
        print(wrong, file=sys.stderr)
    return int(ended is not pytest.ExitCode.OK or bool(board.wrong))


if __name__ == "__main__":
    if sys.argv[1:] == ["table"]:
        print(table(SWITCHES))
    else:
        sys.exit(main(sys.argv[1:]))
