"""The import contract in pyproject.toml holds, and each part of it catches what it is for."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

LINT = Path(sys.executable).with_name("lint-imports")

# One trespass for each contract, by its id: the file that commits it, and its line.
TRESPASSES = {
    "window-above-core": ("boxoffice/queries/intruder.py", "import ui.intruder"),
    "house": ("boxoffice/documents/intruder.py", "import boxoffice.services"),
    "verbs": ("boxoffice/services/printing/intruder.py", "import boxoffice.services.till"),
    "core-without-qt": ("boxoffice/records/intruder.py", "from PySide6 import QtCore"),
    "window-without-drivers": ("ui/intruder.py", "import boxoffice.records"),
    "screens-apart": ("ui/screens/intruder.py", "import ui.screens.other_intruder"),
    "widgets-know-no-service": ("ui/widgets/intruder.py", "import boxoffice.services"),
    "pure-domain": ("boxoffice/domain/intruder.py", "import threading"),
}


def contracts(house: Path) -> list[dict]:
    text = (house / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["tool"]["importlinter"]["contracts"]


def lint(folder: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--cache-dir", cache],
        cwd=folder,
        capture_output=True,
        text=True,
    )


def test_the_house_keeps_its_contract(house: Path, tmp_path: Path):
    result = lint(house, tmp_path / "cache")
    assert result.returncode == 0, result.stdout + result.stderr


def test_each_contract_catches_its_trespass(house: Path, tmp_path: Path):
    for part in ("boxoffice", "ui"):
        shutil.copytree(house / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(house / "pyproject.toml", tmp_path)
    (tmp_path / "ui/screens/other_intruder.py").touch()
    for path, line in TRESPASSES.values():
        (tmp_path / path).write_text(f"{line}\n", encoding="utf-8")

    result = lint(tmp_path, tmp_path / "cache")

    assert {contract["id"] for contract in contracts(house)} == set(TRESPASSES)
    kept = [c["name"] for c in contracts(house) if f"{c['name']} BROKEN" not in result.stdout]
    assert not kept, result.stdout + result.stderr


def test_a_new_package_needs_a_place_in_the_house(house: Path, tmp_path: Path):
    for part in ("boxoffice", "ui"):
        shutil.copytree(house / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(house / "pyproject.toml", tmp_path)
    (tmp_path / "boxoffice/annexe.py").touch()

    result = lint(tmp_path, tmp_path / "cache")

    assert result.returncode != 0
    assert "boxoffice.annexe" in result.stdout + result.stderr


def test_the_window_is_kept_from_every_table_and_driver_there_is(house: Path):
    below = {"records", "payments", "bank", "devices", "central"}
    there = {f"boxoffice.{name}" for name in below if (house / "boxoffice" / name).is_dir()}
    contract = next(c for c in contracts(house) if c["id"] == "window-without-drivers")
    assert there <= set(contract["forbidden_modules"])
