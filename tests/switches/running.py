"""Runs tests, each once for every switch that it is said to fail with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import TextIO

import pytest
from _pytest.runner import runtestprotocol

from tests import servers
from tests.switches.hand import Rusted, hand
from tests.switches.switch import Switch

FAILURES = ("AssertionError", "Failed")
"""How a test fails by an assertion, or because nothing was raised."""


@dataclass(frozen=True)
class Found:
    """What became of one test with a switch off."""

    switch: str
    test: str
    outcome: str
    """passed, failed in the test itself, or the phase that broke."""
    errors: Sequence[str] = ()
    """The error that ended it, and what it is a kind of."""
    said: str = ""
    unreached: Sequence[str] = ()
    """What was changed and never come by."""
    afterwards: str = "passed"
    """What became of it with the switch on again, where that was tried."""
    seconds: float = 0.0

    def why_not(self, switch: Switch) -> str:
        """Why this does not show that the rule holds it; empty where it does."""
        if self.outcome != "failed":
            return self.outcome
        if self.unreached:
            return f"never reached: {', '.join(self.unreached)}"
        if not set(self.errors) & {*FAILURES, *switch.by}:
            return f"ended by {self.errors[0]}: {self.said}"
        return "" if self.afterwards == "passed" else f"switched on again: {self.afterwards}"


class Switchboard:
    """A plugin for pytest that takes the place of its loop; writes what it finds as JSON lines."""

    def __init__(self, switches: Sequence[Switch], out: TextIO, *, on_again: bool) -> None:
        self.switches = switches
        self.out = out
        self.on_again = on_again
        """Whether each test is run once more without any switch."""
        self.wrong: list[str] = []
        self._errors: tuple[str, ...] = ()
        self._said = ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]):
        if call.when == "call" and call.excinfo is not None:
            self._errors = tuple(kind.__name__ for kind in call.excinfo.type.__mro__)
            self._said = str(call.excinfo.value)[:300]
        return (yield)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        if session.testsfailed:
            return None  # something could not be collected: pytest says what
        # What all tests copy is made before anything is switched off.
        servers.fresh_database()
        items = {item.nodeid: item for item in session.items}
        for switch in self.switches:
            for found in self._try(switch, items):
                self.out.write(json.dumps(asdict(found)) + "\n")
                self.out.flush()
                if why := found.why_not(switch):
                    self.wrong.append(f"{switch.name}\n  {found.test}: {why}")
        return True

    def _try(self, switch: Switch, items: dict[str, pytest.Item]) -> Iterator[Found]:
        for node in switch.nodes:
            began = perf_counter()
            with hand() as off:
                try:
                    switch.how(off)
                except (Rusted, AttributeError) as why:
                    outcome = f"rusted: {why}"
                else:
                    outcome = self._run(items[node]) if node in items else "no such test"
            yield Found(
                switch.name,
                node,
                outcome,
                self._errors,
                self._said,
                sorted(off.unreached),
                self._run(items[node]) if self.on_again and node in items else "passed",
                round(perf_counter() - began, 2),
            )

    def _run(self, item: pytest.Item) -> str:
        self._errors, self._said = (), ""
        for report in runtestprotocol(item, log=False, nextitem=None):
            if not report.passed:
                return "failed" if report.when == "call" else f"{report.when} {report.outcome}"
        return "passed"
