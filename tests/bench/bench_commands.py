"""Import, verify and start: whole processes, as those who run the venue see them."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.bench.homes import CATALOGUE, large_home

HOUSE = Path(__file__).resolve().parents[2]
ROUNDS = 3
AT = "2025-09-27T09:40+08:00"

PARSE_ONLY = """
import sys
from pathlib import Path
from boxoffice import exchange
for name in sys.argv[1:]:
    exchange.read(Path(name))
"""
INTEGRITY = """
import sys
from pathlib import Path
from boxoffice.records.keys import load_keys
from boxoffice.records.file_store import open_reading
from boxoffice.settings import Home, HomeKind
home = Home(Path(sys.argv[1]))
key = load_keys(home, HomeKind.TRAINING).raw("records")
for path in (home.window_file, home.central_file):
    store = open_reading(path, key)
    assert store.all("PRAGMA integrity_check") == [("ok",)]
"""
START = """
import sys
from contextlib import ExitStack
from pathlib import Path
from boxoffice import bootstrap
from boxoffice.settings import Home
from ui import app
with ExitStack() as closing:
    office = closing.enter_context(bootstrap.open_office(Home(Path(sys.argv[1])), threaded=True))
    qt = app.application(office.settings)
    window = app.open_window(qt, office, closing)
    window.frame.resize(1600, 900)
    window.frame.show()
    qt.processEvents()
    assert window.gate is not None and window.gate.isVisible()
    print("ready", flush=True)
"""
BARE_WINDOW = """
from PySide6.QtWidgets import QApplication, QLabel
qt = QApplication([])
label = QLabel("sign in")
label.resize(1600, 900)
label.show()
qt.processEvents()
print("ready", flush=True)
"""


def figures() -> Iterator[dict[str, object]]:
    """Seconds, medians of three."""
    with tempfile.TemporaryDirectory() as folder:
        home = large_home(Path(folder)).path
        if CATALOGUE.exists():
            files = [str(path) for path in sorted(CATALOGUE.iterdir())]
            target = Path(folder) / "import"
            yield _figure(
                "import_catalogue",
                _seconds(
                    lambda n: ["main.py", "import", *files, "--home", f"{target}{n}", "--at", AT]
                ),
                "reading and checking the same files, storing nothing",
                _seconds(lambda _: ["-c", PARSE_ONLY, *files]),
            )
        yield _figure(
            "verify",
            _seconds(lambda _: ["main.py", "verify", "--home", str(home)]),
            "PRAGMA integrity_check of both files",
            _seconds(lambda _: ["-c", INTEGRITY, str(home)]),
        )
        yield _figure(
            "start_to_sign_in",
            _seconds(lambda _: ["-c", START, str(home)], until=b"ready"),
            "a bare Qt window with one label",
            _seconds(lambda _: ["-c", BARE_WINDOW], until=b"ready"),
        )


def _figure(name: str, value: float, baseline: str, baseline_value: float) -> dict[str, object]:
    return {
        "name": name,
        "value": round(value, 3),
        "unit": "s",
        "baseline": baseline,
        "baseline_value": round(baseline_value, 3),
    }


def _seconds(arguments: Callable[[int], Sequence[str]], *, until: bytes = b"") -> float:
    """Median seconds of a process, or until it prints something; the first run is not counted."""
    return statistics.median([_run(arguments(n), until) for n in range(ROUNDS + 1)][1:])


def _run(arguments: Sequence[str], until: bytes) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(HOUSE)}
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments], cwd=HOUSE, env=environment, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        if until:
            assert until in process.stdout.readline()
            taken = time.perf_counter() - started
            process.stdout.read()
        else:
            process.stdout.read()
            process.wait()
            taken = time.perf_counter() - started
    assert process.returncode == 0
    return taken
