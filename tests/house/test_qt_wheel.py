"""The trap of PySide6 6.12.0 on Python 3.11: it loses a reference to None in nearly every call."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

# In a process of its own: where the trap is sprung, Python aborts.
PROBE = """
import sys
from PySide6.QtGui import QColor
color = QColor()
before = sys.getrefcount(None)
for _ in range(20_000):
    color.setAlpha(7)
lost = before - sys.getrefcount(None)
sys.exit(f"{lost} references to None lost" if lost > 1_000 else 0)
"""


def test_calls_into_qt_keep_none_alive():
    probe = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True)
    assert (probe.returncode, probe.stderr) == (0, "")


def test_python_311_is_never_given_that_wheel(house: Path):
    project = tomllib.loads((house / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [Requirement(text) for text in project["dependencies"]]
    on_311 = {"python_version": "3.11", "python_full_version": "3.11.2"}
    qt = [
        wish
        for wish in asked
        if wish.name == "PySide6-Essentials" and (not wish.marker or wish.marker.evaluate(on_311))
    ]
    assert len(qt) == 1
    assert "6.11.3" in qt[0].specifier
    assert "6.12.0" not in qt[0].specifier
