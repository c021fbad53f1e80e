"""The QR symbol of a ticket code, fast: one version, one level, one mask, everything else prepared.

The qrcode library lays out and masks the symbol once; per ticket only the code's own bits and
their error correction are computed and set in the places the library chose.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

VERSION = 8
"""Version 8 at level Q holds exactly the 157 characters of a ticket code and mends a quarter."""

SIZE = 17 + 4 * VERSION
"""Modules on a side."""

MASK = 2

_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_MODE_BITS = "0010"
_COUNT_BITS = 9
_PADDING = ("11101100", "00010001")


class _Frame(NamedTuple):
    """What all symbols share."""

    blank: int
    """The symbol of all-zero codewords as one number, first module highest."""
    places: tuple[int, ...]
    """For each bit of the interleaved codewords the module it is set in, as a mask."""
    blocks: tuple[int, ...]
    """Data codewords of each block."""
    correction: int
    """Correction codewords of each block."""
    table: tuple[int, ...]
    """For each leading byte what dividing by the generator polynomial takes off."""


@lru_cache(maxsize=1)
def _frame() -> _Frame:
    from qrcode import base, constants
    from qrcode.main import QRCode

    def symbol(codewords: list[int]) -> int:
        code: Any = QRCode(VERSION, constants.ERROR_CORRECT_Q, border=0, mask_pattern=MASK)
        code.data_cache = codewords
        code.makeImpl(False, MASK)
        bits = "".join("1" if dark else "0" for row in code.modules for dark in row)
        return int(bits, 2)

    blocks = base.rs_blocks(VERSION, constants.ERROR_CORRECT_Q)
    total = sum(block.total_count for block in blocks)
    blank = symbol([0] * total)
    # Ask where each bit goes: in the k-th symbol a bit is set where bit k of its index is.
    index_of = [0] * (SIZE * SIZE)
    reached = blank ^ symbol([255] * total)
    for k in range((total * 8).bit_length()):
        chosen = "".join(str(index >> k & 1) for index in range(total * 8))
        answer = blank ^ symbol(list(int(chosen, 2).to_bytes(total, "big")))
        for module in range(SIZE * SIZE):
            index_of[module] |= (answer >> module & 1) << k
    places = [0] * (total * 8)
    for module in range(SIZE * SIZE):
        if reached >> module & 1:
            places[index_of[module]] = 1 << module
    correction = blocks[0].total_count - blocks[0].data_count
    return _Frame(
        blank,
        tuple(places),
        tuple(block.data_count for block in blocks),
        correction,
        _division_table(correction),
    )


def _division_table(correction: int) -> tuple[int, ...]:
    from qrcode.base import gexp, glog

    def times(a: int, b: int) -> int:
        return gexp(glog(a) + glog(b)) if a and b else 0

    generator = [1]
    for power in range(correction):
        shifted = [*generator, 0]
        for i, factor in enumerate(generator):
            shifted[i + 1] ^= times(factor, gexp(power))
        generator = shifted
    return tuple(
        int.from_bytes(bytes(times(lead, factor) for factor in generator[1:]), "big")
        for lead in range(256)
    )


def _data(text: str, codewords: int) -> bytes:
    value = _ALPHANUMERIC.index
    bits = [_MODE_BITS, f"{len(text):0{_COUNT_BITS}b}"]
    for at in range(0, len(text) - 1, 2):
        bits.append(f"{value(text[at]) * 45 + value(text[at + 1]):011b}")
    if len(text) % 2:
        bits.append(f"{value(text[-1]):06b}")
    stream = "".join(bits)
    room = codewords * 8
    if len(stream) > room:
        raise ValueError(f"{len(text)} characters do not fit the symbol")
    stream += "0" * min(4, room - len(stream))
    stream += "0" * (-len(stream) % 8)
    missing = (room - len(stream)) // 8
    stream += "".join(_PADDING[i % 2] for i in range(missing))
    return int(stream, 2).to_bytes(codewords, "big")


def _remainder(data: bytes, frame: _Frame) -> bytes:
    top = 8 * (frame.correction - 1)
    low = (1 << top) - 1
    rest = 0
    for byte in data:
        rest = (rest & low) << 8 ^ frame.table[byte ^ rest >> top]
    return rest.to_bytes(frame.correction, "big")


def symbol_rows(text: str) -> list[int]:
    """The rows of the symbol, top first; the highest of `SIZE` bits is the left module, 1 is dark.

    Takes figures, capital letters and `` $%*+-./:``; raises ValueError for other characters or
    more than 157 of them.
    """
    frame = _frame()
    data = _data(text, sum(frame.blocks))
    parts: list[bytes] = []
    at = 0
    for count in frame.blocks:
        parts.append(data[at : at + count])
        at += count
    endings = [_remainder(part, frame) for part in parts]
    longest = max(frame.blocks)
    codewords = [part[i] for i in range(longest) for part in parts if i < len(part)]
    codewords += [ending[i] for i in range(frame.correction) for ending in endings]
    bits = f"{int.from_bytes(bytes(codewords), 'big'):0{len(frame.places)}b}"
    modules = frame.blank
    for bit, place in zip(bits, frame.places, strict=True):
        if bit == "1":
            modules ^= place
    row = (1 << SIZE) - 1
    return [modules >> SIZE * (SIZE - 1 - y) & row for y in range(SIZE)]
