"""Fits a text into a box: wraps it, and shrinks it until nothing is cut and nothing overlaps."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from boxoffice.documents.fonts import UNITS, Face, face

LEADING = 1.18
"""Distance of base lines, in sizes."""

_SMALLEST = 4

# A text that fits one line at this share of its size is shrunk sooner than wrapped.
_SHRINK_BEFORE_WRAP = 85
_FIRST_IDEOGRAPH = "\u2e80"

# What must not begin a line goes with what stands before it.
_CLINGS = frozenset(
    ",.;:?!)]%\u2014\u2026\u00b7"
    "\uff0c\u3002\u3001\uff1b\uff1a\uff1f\uff01\uff09\u300b\u3011\u300d\u300f"
)


class Setting(NamedTuple):
    """A text as it fits: the size and the lines."""

    size: int
    lines: tuple[str, ...]


@lru_cache(maxsize=8192)
def fit(text: str, name: str, width: int, height: int, size: int, comfort: int) -> Setting:
    """The largest setting up to `size` in which the text stays within the box.

    It may break between words, beside Chinese characters, and below the size `comfort` within a
    word. All measures are in the same unit; sizes are whole numbers of it.
    """
    used = face(name)
    text = " ".join(text.split())
    alone = min(size, height, width * UNITS // max(1, used.width(text)))
    if alone * 100 >= size * _SHRINK_BEFORE_WRAP:
        return Setting(alone, (text,))
    for tried in range(size, _SMALLEST, -1):
        room = width * UNITS // tried
        most = max(1, int((height / tried - 1) / LEADING) + 1)
        lines = _wrap(text, used, room, most, broken=tried <= comfort)
        if lines:
            return Setting(tried, lines)
    return Setting(_SMALLEST, (text,))


def _wrap(text: str, used: Face, room: int, most: int, *, broken: bool) -> tuple[str, ...]:
    """Lines no wider than `room` font units, at most so many; empty where it cannot be done."""
    if used.width(text) <= room:
        return (text,)
    if most == 1:
        return ()
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, used, room, broken):
        if used.width((line + piece).rstrip()) <= room:
            line += piece
            continue
        if line:
            lines.append(line.rstrip())
        if len(lines) == most or used.width(piece.rstrip()) > room:
            return ()
        line = piece
    lines.append(line.rstrip())
    return tuple(lines) if len(lines) <= most else ()


def _pieces(text: str, used: Face, room: int, broken: bool) -> list[str]:
    pieces: list[str] = []
    for letter in text:
        before = pieces[-1][-1:] if pieces else ""
        joined = before and (
            letter == " "
            or letter in _CLINGS
            or not (before == " " or before == "-" or _breaks_beside(before + letter))
        )
        if joined:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    if not broken:
        return pieces
    split: list[str] = []
    for piece in pieces:
        split.extend(piece if used.width(piece.rstrip()) > room else [piece])
    return split


def _breaks_beside(pair: str) -> bool:
    return any(ord(letter) >= 0x2E80 for letter in pair)
