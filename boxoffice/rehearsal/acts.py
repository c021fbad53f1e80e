"""What windows did in a rehearsal, each noted in a file of its own outside all records.

What is noted as done was told to a customer: whatever happens afterwards, central has to have it.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

DONE = "done"


class ActLog:
    """Appends one line per act; a kill -9 loses none that was written."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(self, act: str, outcome: str, ms: float, facts: dict[str, Any]) -> None:
        """Write what became of an act: done, or the code of the error."""
        line = {"act": act, "outcome": outcome, "ms": ms, "at": time.monotonic(), **facts}
        os.write(self._descriptor, json.dumps(line).encode() + b"\n")

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)


@dataclass(frozen=True, slots=True)
class Acts:
    """All acts of a rehearsal, in the order in which they ended."""

    lines: list[dict[str, Any]] = field(default_factory=list)

    @staticmethod
    def read(paths: Iterable[Path]) -> Acts:
        """Read the files of all windows. A last line cut short by a kill was told to nobody."""
        lines = []
        for path in paths:
            if path.exists():
                for text in path.read_bytes().split(b"\n")[:-1]:
                    lines.append(json.loads(text))
        return Acts(sorted(lines, key=lambda line: float(line["at"])))

    def done(self, *acts: str) -> list[dict[str, Any]]:
        """Acts of these kinds that were acknowledged."""
        return [line for line in self.lines if line["act"] in acts and line["outcome"] == DONE]

    def figures(self) -> dict[str, dict[str, float]]:
        """Count and milliseconds by act, of those that were done."""
        by_act: dict[str, list[float]] = {}
        for line in self.lines:
            if line["outcome"] == DONE:
                by_act.setdefault(line["act"], []).append(line["ms"])
        return {act: _figures(times) for act, times in sorted(by_act.items())}

    def refusals(self) -> dict[str, int]:
        """How many acts ended in each error."""
        found: dict[str, int] = {}
        for line in self.lines:
            if line["outcome"] != DONE:
                found[line["outcome"]] = found.get(line["outcome"], 0) + 1
        return dict(sorted(found.items()))


def _figures(times: list[float]) -> dict[str, float]:
    cuts = quantiles(times, n=20, method="inclusive") if len(times) > 1 else times * 19
    return {"count": len(times), "p50_ms": round(cuts[9], 2), "p95_ms": round(cuts[18], 2)}
