"""One program per home: a lock that ends with the process, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType

from boxoffice.errors import DiskTrouble, HomeInUse


class HomeLock:
    """Holds the home until `release`; raises HomeInUse where another program has it."""

    def __init__(self, home: Path) -> None:
        path = home / "lock"
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise DiskTrouble(file=str(path), why=error.strerror or "") from error
        try:
            _lock(self._descriptor)
        except OSError:
            os.close(self._descriptor)
            raise HomeInUse(home=str(home)) from None

    def release(self) -> None:
        """Let others in."""
        os.close(self._descriptor)

    def __enter__(self) -> HomeLock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
