"""Search in half a million tickets, and starting a window that holds them."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from boxoffice.domain import name_words
from boxoffice.domain.short_codes import normalise
from boxoffice.queries import search
from boxoffice.queries.search_words import Filters
from boxoffice.records.store import Store
from tests.bench import crowd
from tests.bench.bench_commands import BARE_WINDOW, HOUSE, START
from tests.bench.homes import at_work, large_home
from tests.homes import AtWork

TODAY = date(2025, 9, 27)
QUESTIONS = 200
PEAK = """
for line in open("/proc/self/status"):
    if line.startswith("VmHWM"):
        print(int(line.split()[1]) // 1024, flush=True)
"""


def figures() -> Iterator[dict[str, object]]:
    """Milliseconds at p95 as one types; then seconds and megabytes of a start."""
    with tempfile.TemporaryDirectory() as folder:
        home = large_home(Path(folder))
        with at_work(home) as work:
            made = crowd.fill(work.office)
            yield {
                "name": "search_index_of_500k_tickets",
                "value": round(made.index_s, 1),
                "unit": "s",
                "baseline": f"writing the rows of its {made.orders} orders without the index",
                "baseline_value": round(made.rows_s, 1),
            }
            yield from _searches(work, made)
        yield from _starts(home.path)


def _searches(work: AtWork, made: crowd.Crowd) -> Iterator[dict[str, object]]:
    name_words.warm_up()
    asked: dict[str, Callable[[tuple[str, str, str, str]], str]] = {
        "number": lambda probe: probe[0],
        "pickup_code": lambda probe: normalise(probe[1])[:6],
        "phone_end": lambda probe: probe[2][-4:],
        "name": lambda probe: probe[3],
        "surname": lambda probe: probe[3][0],
        "pinyin": lambda probe: name_words.words(probe[3])[2],
        "pinyin_of_surname": lambda probe: name_words.words(probe[3][0])[1],
        "initials": lambda probe: name_words.words(probe[3])[-1],
    }
    probes = made.probes[:QUESTIONS]
    bare = _p95(work, [lambda store, n=probe[0]: _bare(store, n) for probe in probes])
    for name, text in asked.items():
        questions = [_question(work, text(probe)) for probe in probes]
        yield {
            "name": f"search_by_{name}_p95",
            "value": _p95(work, questions),
            "unit": "ms",
            "baseline": "one lookup of an order by its number in an index, p95",
            "baseline_value": bare,
        }


def _question(work: AtWork, typed: str) -> Callable[[Store], object]:
    return lambda store: search.search(store, work.office.seal, typed, Filters(), TODAY)


def _bare(store: Store, number: str) -> object:
    return store.first("SELECT id, status FROM orders WHERE number = ?", (number,))


def _p95(work: AtWork, questions: list[Callable[[Store], object]]) -> float:
    taken = []
    for question in questions:
        started = time.perf_counter()
        assert work.office.read(question)
        taken.append(1000 * (time.perf_counter() - started))
    return round(statistics.quantiles(taken, n=20)[-1], 3)


def _starts(home: Path) -> Iterator[dict[str, object]]:
    _start(START, str(home))
    seconds, peaks = zip(*(_start(START, str(home)) for _ in range(3)), strict=True)
    bare_seconds, bare_peaks = zip(*(_start(BARE_WINDOW) for _ in range(3)), strict=True)
    for name, ours, theirs, unit in (
        ("start_with_500k_tickets", seconds, bare_seconds, "s"),
        ("memory_with_500k_tickets", peaks, bare_peaks, "MB"),
    ):
        yield {
            "name": name,
            "value": round(statistics.median(ours), 3),
            "unit": unit,
            "baseline": "a bare Qt window with one label",
            "baseline_value": round(statistics.median(theirs), 3),
        }


def _start(program: str, *arguments: str) -> tuple[float, float]:
    """Seconds until the window stands, and the most memory its process ever had."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(HOUSE)}
    # As on a window's computer, where the modules are compiled already.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program + PEAK, *arguments],
        cwd=HOUSE,
        env=environment,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert b"ready" in process.stdout.readline()
        taken = time.perf_counter() - started
        peak = float(process.stdout.read().split()[0])
    assert process.returncode == 0
    return taken, peak
