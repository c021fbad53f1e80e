"""The printers of the system, reached through CUPS by its own commands `lp` and `lpstat`."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from boxoffice import errors

PATIENCE_SECONDS = 20.0
"""How long `lp` may take to accept a print; after that it is doubtful."""

# What `lp` says, in English, of a queue it does not know.
_UNKNOWN_QUEUE = ("does not exist", "unknown destination", "no such printer", "no default dest")

# Tickets stand on the dot grid of the print head: a queue that scales pages blurs the code.
_OPTIONS = ("print-scaling=none",)


class SystemPrinter:
    """A CUPS queue; `options` are handed to `lp` with -o, such as "media=Custom.80x200mm"."""

    def __init__(
        self, queue: str, options: Sequence[str] = (), patience: float = PATIENCE_SECONDS
    ) -> None:
        self._queue = queue
        self._options = (*_OPTIONS, *options)
        self._patience = patience

    @property
    def name(self) -> str:
        """The name of the queue."""
        return self._queue

    def print(self, pdf: bytes, title: str) -> None:
        """Queue the PDF. Raises NoPrinter, or PrinterTrouble with what `lp` said."""
        command = ["lp", "-d", self._queue, "-t", title]
        for option in self._options:
            command += ["-o", option]
        try:
            done = _run(command, self._patience, pdf)
        except FileNotFoundError:
            raise errors.NoPrinter(printer=self._queue) from None
        except subprocess.TimeoutExpired:
            why = f"lp took more than {self._patience:g} s"
            raise errors.PrinterTrouble(printer=self._queue, why=why) from None
        except OSError as error:
            raise errors.PrinterTrouble(printer=self._queue, why=str(error)) from error
        if done.returncode == 0:
            return
        said = (done.stderr or done.stdout).decode(errors="replace").strip()
        if any(sign in said.lower() for sign in _UNKNOWN_QUEUE):
            raise errors.NoPrinter(printer=self._queue)
        why = said or f"lp ended with status {done.returncode}"
        raise errors.PrinterTrouble(printer=self._queue, why=why)


def printers() -> tuple[str, ...]:
    """Names of the system's queues; empty where there are none or printing is not installed.

    Raises PrinterTrouble where `lpstat` does not answer in time.
    """
    try:
        done = _run(["lpstat", "-e"], PATIENCE_SECONDS)
    except FileNotFoundError:
        return ()
    except (OSError, subprocess.TimeoutExpired) as error:
        raise errors.PrinterTrouble(printer="lpstat", why=str(error)) from error
    if done.returncode != 0:  # "no destinations added", or no print service is running
        return ()
    lines = done.stdout.decode(errors="replace").splitlines()
    return tuple(line.strip() for line in lines if line.strip())


def _run(
    command: Sequence[str], patience: float, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    # LC_ALL: what is said shall be in the one language we recognise; UTF-8 keeps a Chinese title.
    return subprocess.run(
        command,
        input=given,
        capture_output=True,
        timeout=patience,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
