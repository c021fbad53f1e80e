"""PINs as those who act at central give them to a command: on standard input, a line each."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest


@contextmanager
def pins(*given: str) -> Iterator[None]:
    """What a command reads in the meantime."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO("".join(f"{pin}\n" for pin in given)))
        yield


@contextmanager
def signed(words: Sequence[str]) -> Iterator[None]:
    """Everybody named signs: in a training venue a PIN is as its number."""
    named = [words[words.index(who) + 1] for who in ("--operator", "--approver") if who in words]
    with pins(*named):
        yield
