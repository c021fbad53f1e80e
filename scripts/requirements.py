"""Prints what pyproject.toml asks for, one requirement a line; with `dev` that of the tools too.

pip reads the list with `-r`, so that nothing has to be built or installed under our name.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def requirements(*extras: str) -> list[str]:
    """The dependencies of the project, followed by those of the extras named."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    listed: list[str] = list(project["dependencies"])
    for extra in extras:
        listed += project["optional-dependencies"][extra]
    return listed


if __name__ == "__main__":
    print("\n".join(requirements(*sys.argv[1:])))
