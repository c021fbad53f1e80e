"""Keeps resources/i18n in step with the source, through Qt's lupdate and lrelease.

translations.py update          reads the texts of the source into every .ts file
translations.py release TS QM   builds what the program loads
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import PySide6

HOUSE = Path(__file__).resolve().parents[1]
CATALOGUES = HOUSE / "resources" / "i18n"
# Sources are written in English: English needs its plurals only, Chinese everything.
LANGUAGES = {
    "boxoffice_zh_CN.ts": ["-target-language", "zh_CN"],
    "boxoffice_en.ts": ["-target-language", "en_US", "-pluralonly"],
}


def sources() -> list[Path]:
    """The files that hold texts people read."""
    return sorted(
        [*(HOUSE / "ui").rglob("*.py"), *(HOUSE / "boxoffice" / "sentences").glob("*.py")]
    )


def update(folder: Path = CATALOGUES) -> None:
    """Read the texts of the source into the .ts files in `folder`; gone texts are dropped there.

    Raises CalledProcessError where lupdate fails, which it does on any warning.
    """
    for name, options in LANGUAGES.items():
        _run(
            "lupdate",
            *["-silent", "-no-obsolete", "-locations", "none", "-warnings-are-errors"],
            *["-source-language", "en", *options],
            *[str(path) for path in sources()],
            *["-ts", str(folder / name)],
        )


def release(catalogue: Path, target: Path) -> None:
    """Build the .qm file that the program loads from a .ts file."""
    _run("lrelease", "-silent", str(catalogue), "-qm", str(target))


def _run(tool: str, *arguments: str) -> None:
    # The tools beside PySide6 itself: its console scripts only call these.
    subprocess.run([Path(PySide6.__file__).with_name(tool), *arguments], check=True, cwd=HOUSE)


def main(arguments: list[str]) -> int:
    """The command line; a failing tool has said why itself."""
    try:
        match arguments:
            case ["update"]:
                update()
            case ["release", catalogue, target]:
                release(Path(catalogue), Path(target))
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except subprocess.CalledProcessError as failure:
        print(f"{failure.cmd[0]} failed; see above.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
