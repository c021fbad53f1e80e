"""Every rule of custody is held by tests: with the rule switched off they fail."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.switches.every import EVERY, SWITCHES
from tests.switches.running import Found
from tests.switches.switch import Switch

HOUSE = Path(__file__).resolve().parents[2]
Tried = Callable[[Switch], list[Found]]


@pytest.fixture(scope="module")
def tried(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Tried]:
    """What became of the tests of a switch; one other run of pytest tries all that are wanted."""
    wanted = [
        item.callspec.params["switch"]
        for item in request.session.items
        if isinstance(item, pytest.Function)
        and item.path == Path(__file__)
        and hasattr(item, "callspec")
    ]
    names = [switch.name for switch in wanted if EVERY or not switch.long]
    said = tmp_path_factory.mktemp("switches") / "said.txt"
    with said.open("w", encoding="utf-8") as errors:
        running = subprocess.Popen(
            [sys.executable, "-m", "tests.switches", "--exactly", *names],
            cwd=HOUSE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert running.stdout is not None
    found: dict[str, list[Found]] = {}

    def of(switch: Switch) -> list[Found]:
        for line in running.stdout or ():
            one = Found(**json.loads(line))
            found.setdefault(one.switch, []).append(one)
            if len(found.get(switch.name, ())) == len(switch.nodes):
                break
        assert switch.name in found, said.read_text(encoding="utf-8")[-4000:]
        return found[switch.name]

    with running:
        yield of
        if found.keys() != set(names):
            running.send_signal(signal.SIGINT)  # it puts its server away all the same


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda switch: switch.name)
def test_without_it_these_tests_fail(switch: Switch, tried: Tried) -> None:
    if switch.long and not EVERY:
        pytest.skip("takes its time: BOXOFFICE_EVERY_RULE=1 tries it too")
    found = tried(switch)
    assert [one.test for one in found] == list(switch.nodes)
    assert {one.test: one.why_not(switch) for one in found} == dict.fromkeys(switch.nodes, "")
