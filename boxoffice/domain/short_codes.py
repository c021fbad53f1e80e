"""Codes that people read out and type: order numbers and pickup codes, without 0, O, 1 and I."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import NamedTuple

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Figures and letters in use; 32 of them, five bits each."""

PICKUP_LENGTH = 8
COUNTER_LENGTH = 4

_BASE = len(ALPHABET)
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_LARGEST = 0xFFFF

# Letters for window and epoch, smallest first; the length of the whole tells which one it is.
_HEAD_LENGTHS = ((1, 1), (2, 1), (2, 2), (4, 4))

# An odd factor turns neighbouring counts into unlike letters: a letter misread seldom hits
# another customer's order, and a number does not tell how much was sold.
_SPREAD = 0x9E3779B1


class OrderNumber(NamedTuple):
    """What an order number is made of; `counter` runs within window and epoch."""

    window: int
    epoch: int
    counter: int


def order_number(window: int, epoch: int, counter: int) -> str:
    """A short number such as "3A-2K7Q" that no other window, epoch or count has.

    Raises ValueError where window or epoch do not fit 16 bits or `counter` is negative.
    """
    if not 0 <= window <= _LARGEST or not 0 <= epoch <= _LARGEST or counter < 0:
        raise ValueError(f"no order number for window {window}, epoch {epoch}, {counter}")
    for window_length, epoch_length in _HEAD_LENGTHS:
        if window < _BASE**window_length and epoch < _BASE**epoch_length:
            break
    length = COUNTER_LENGTH
    while counter >= _BASE**length:
        length += 1
    spread = counter * _SPREAD % _BASE**length
    head = _letters(window, window_length) + _letters(epoch, epoch_length)
    return f"{head}-{_letters(spread, length)}"


def parse_order_number(text: str) -> OrderNumber:
    """Window, epoch and count of an order number written by `order_number`.

    Raises ValueError for anything else, presale numbers of other sellers too.
    """
    head, dash, tail = text.partition("-")
    lengths = {sum(pair): pair for pair in _HEAD_LENGTHS}
    plain = dash and _VALUES.keys() >= {*head, *tail}
    if not plain or len(head) not in lengths or len(tail) < COUNTER_LENGTH:
        raise ValueError(text)
    window_length, _ = lengths[len(head)]
    size = _BASE ** len(tail)
    counter = _number(tail) * pow(_SPREAD, -1, size) % size
    found = OrderNumber(_number(head[:window_length]), _number(head[window_length:]), counter)
    if max(found.window, found.epoch) > _LARGEST or order_number(*found) != text:
        raise ValueError(text)
    return found


def pickup_code(below: Callable[[int], int]) -> str:
    """Eight random characters; `below(n)` evenly gives 0 to n-1, as `secrets.randbelow` does."""
    return "".join(ALPHABET[below(_BASE)] for _ in range(PICKUP_LENGTH))


def normalise(text: str) -> str:
    """What somebody typed, as a key to compare with other keys made by this function.

    Full-width forms, lower case, spaces, dashes and other marks do not count; O is taken for 0 and
    I for 1, because presale numbers contain figures that our own codes avoid. Store this key
    beside the code as printed, and look up by it.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    kept = "".join(letter for letter in plain if letter.isalnum())
    return kept.translate(_LOOK_ALIKES)


_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1"})


def _letters(number: int, length: int) -> str:
    letters = []
    for _ in range(length):
        number, rest = divmod(number, _BASE)
        letters.append(ALPHABET[rest])
    return "".join(reversed(letters))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * _BASE + _VALUES[letter]
    return number
