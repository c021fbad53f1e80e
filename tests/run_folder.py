"""One folder for all that a test run writes; it goes with the run."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

NAME = "boxoffice-tests-"


def begin() -> Path | None:
    """Have everything written to a new folder; None in a process that was started by a run."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return None
    folder = Path(tempfile.mkdtemp(prefix=f"{NAME}{os.getpid()}-"))
    folder.chmod(0o711)  # servers run under a name of their own
    os.environ["TMPDIR"] = str(folder)
    tempfile.tempdir = None
    return folder


def end(folder: Path) -> None:
    """Delete it, and what runs that were killed left beside it."""
    shutil.rmtree(folder, ignore_errors=True)
    for other in folder.parent.glob(f"{NAME}*"):
        if not Path("/proc", other.name.removeprefix(NAME).split("-")[0]).exists():
            shutil.rmtree(other, ignore_errors=True)


OURS = begin()
