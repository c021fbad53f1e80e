"""Which of our transfers a booking speaks of: by our number, else by what stands in its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from boxoffice.bank.statements import Booking
from boxoffice.domain.money import Money

SHORTEST_IN_TEXT = 8
"""Shorter numbers of ours are not looked for in free text: they would be found by chance."""

_CHARGES = ("-CHRG", "-COMM", "-FEES", "-COMT", "-COMI")
"""Sub-families of the ISO bank transaction code that are the bank's own takings."""


class Effect(StrEnum):
    """What a booking means for a transfer of ours."""

    LEFT = "left"
    """Booked: the money went out."""
    CAME_BACK = "came_back"
    """The transfer was returned: its refund is open again."""
    CHARGE = "charge"
    """The bank kept something for itself."""
    ANNOUNCED = "announced"
    """Not booked yet: nothing follows from it."""
    OTHER = "other"
    """Nothing to do with our transfers."""


class FoundBy(StrEnum):
    """How a booking was told to be one of ours."""

    NUMBER = "number"
    TEXT = "text"
    BATCH = "batch"
    """Booked as one with its batch, whose number the answer has."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Booked:
    """A booking and what it is for us."""

    booking: Booking
    effect: Effect
    found_by: FoundBy
    number: str = ""
    batch: str = ""
    other_amount: bool = False
    """Another amount or currency than was ordered."""

    @property
    def sure(self) -> bool:
        """Whether it may be acted on without a person looking: that a buyer pays something in and
        names our number is no transfer that came back."""
        if self.other_amount or self.found_by is FoundBy.NOTHING:
            return False
        if self.effect is Effect.CAME_BACK:
            return self.found_by is FoundBy.NUMBER or (
                self.found_by is FoundBy.TEXT and self.booking.returned
            )
        return self.effect is Effect.LEFT


def booked(
    bookings: Iterable[Booking], ours: Mapping[str, Money], batches: Mapping[str, Money]
) -> list[Booked]:
    """What each booking is, in order, by our transfers and batches: number to amount ordered.

    A number in the text counts only where it is the only one of ours in there.
    """
    texts = _Texts(ours)
    return [_booked(booking, ours, batches, texts) for booking in bookings]


def _booked(
    booking: Booking, ours: Mapping[str, Money], batches: Mapping[str, Money], texts: _Texts
) -> Booked:
    number, found_by = "", FoundBy.NOTHING
    for said in (booking.end_to_end, booking.instruction):
        if said in ours:
            number, found_by = said, FoundBy.NUMBER
            break
    if not number and (number := texts.only_one(booking)):
        found_by = FoundBy.TEXT
    effect = _effect(booking)
    amount = Money(booking.fen, booking.currency)
    if number:
        other = effect is not Effect.CHARGE and amount != ours[number]
        return Booked(booking, effect, found_by, number, other_amount=other)
    if booking.batch in batches:
        other = effect is not Effect.CHARGE and amount != batches[booking.batch]
        return Booked(booking, effect, FoundBy.BATCH, batch=booking.batch, other_amount=other)
    return Booked(booking, effect if effect is Effect.CHARGE else Effect.OTHER, FoundBy.NOTHING)


def _effect(booking: Booking) -> Effect:
    if not booking.booked:
        return Effect.ANNOUNCED
    if booking.code.endswith(_CHARGES):
        return Effect.CHARGE
    return Effect.CAME_BACK if booking.credit else Effect.LEFT


class _Texts:
    """Finds our numbers in free text, also where the bank cut a line through one."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._by_plain = {
            plain: number for number in numbers if len(plain := _plain(number)) >= SHORTEST_IN_TEXT
        }
        self._lengths = sorted({len(plain) for plain in self._by_plain}, reverse=True)

    def only_one(self, booking: Booking) -> str:
        """The one number of ours in the texts of a booking; empty for none or for several."""
        found = {number for text in booking.remittance for number in self._in(text)}
        return found.pop() if len(found) == 1 else ""

    def _in(self, text: str) -> Iterator[str]:
        plain = _plain(text)
        # A number of somebody else may have one of ours in its middle.
        joints = _joints(text)
        at = 0
        while at < len(plain):
            hit = "" if at in joints else self._at(plain, at, joints)
            if hit:
                yield self._by_plain[hit]
            at += len(hit) or 1

    def _at(self, plain: str, at: int, joints: set[int]) -> str:
        """The longest of our numbers that begins there and ends with its word."""
        for length in self._lengths:
            end = at + length
            if end <= len(plain) and end not in joints and plain[at:end] in self._by_plain:
                return plain[at:end]
        return ""


def _plain(text: str) -> str:
    """A text as numbers are compared in it: capital letters, no space."""
    return "".join(text.split()).upper()


def _joints(text: str) -> set[int]:
    """Places in the plain text that lie inside a word of Latin letters and digits."""
    joints, at, before = set(), 0, " "
    for here in text:
        if not here.isspace():
            if here.isascii() and before.isascii() and here.isalnum() and before.isalnum():
                joints.add(at)
            at += len(here.upper())
        before = here
    return joints
