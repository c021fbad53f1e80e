"""Runs the benchmarks and prints one JSON line for each figure: `python -m tests.bench [WORD ...]`.

A module `bench_*.py` beside this one has a generator `figures()`, which yields for each figure a
dict of name, value, unit, baseline (what it is compared to, in words) and baseline_value, measured
in the same run; the ratio is added here. With words, only the modules are run whose name contains
one of them. Each runs in a process of its own, so that none is measured in what another left
behind. Where one fails the others are still taken, and the run fails.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FIELDS = ("name", "value", "unit", "baseline", "baseline_value", "ratio")
HOUSE = Path(__file__).resolve().parents[2]


def modules(words: list[str]) -> list[str]:
    """Names of the benchmark modules that fit the words; all of them without words."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    return [name for name in names if not words or any(word in name for word in words)]


def measured(module: str) -> Iterator[dict[str, Any]]:
    """The figures of one module, each complete. Raises ValueError for one that is not."""
    for figure in importlib.import_module(f"tests.bench.{module}").figures():
        ours, theirs = figure["value"], figure["baseline_value"]
        line = {**figure, "ratio": round(ours / theirs, 2) if theirs else None}
        if set(line) != set(FIELDS):
            raise ValueError(f"{module}: a figure has {sorted(line)}, not {sorted(FIELDS)}")
        yield {field: line[field] for field in FIELDS}


def measure(module: str) -> None:
    """Print the figures of one module, as they come."""
    for line in measured(module):
        print(json.dumps(line, ensure_ascii=False), flush=True)


def main(words: list[str]) -> int:
    """Run what was asked for; 1 where a figure could not be taken, 2 where none is called so."""
    chosen = modules(words)
    if not chosen:
        print(f"No benchmark is called {' or '.join(words)}.", file=sys.stderr)
        return 2
    failed = []
    for module in chosen:
        code = f"from tests.bench.__main__ import measure; measure({module!r})"
        environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
        if subprocess.run([sys.executable, "-c", code], cwd=HOUSE, env=environment).returncode:
            failed.append(module)
    for module in failed:
        print(f"{module} failed; see above.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
