"""The plan of a rehearsal: its customers and faults, drawn from one seed.

The same seed draws the same customers and faults. How the processes meet in time differs from
run to run, and so does what a customer finds when it is their turn.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Want(StrEnum):
    """What a customer comes for."""

    SEATS = "seats"
    BEST = "best"
    PLACES = "places"
    MIXED = "mixed"
    PARK = "park"
    ABANDON = "abandon"
    RESERVE = "reserve"
    PAY_LATER = "pay_later"
    EXTEND = "extend"
    RELEASE = "release"
    SWAP = "swap"
    PICK_UP = "pick_up"
    REFUND = "refund"
    VOID = "void"
    REPRINT = "reprint"
    CLOSE = "close"
    """No customer: the clerk closes the shift, and the next one opens theirs."""


class Fault(StrEnum):
    """What goes wrong on purpose."""

    PARTITION = "partition"
    KILL_WINDOW = "kill-window"
    KILL_CENTRAL = "kill-central"
    SLOW = "slow"
    LOSSY = "lossy"
    LOST_ANSWERS = "lost-answers"
    DUPLICATE_PUSHES = "duplicate-pushes"
    REORDERED_PUSHES = "reordered-pushes"
    CLOCK_JUMPS = "clock-jumps"
    FULL_DISK = "full-disk"
    OLD_FILE = "old-file"
    FILE_COPIED = "file-copied"
    DUPLICATE_WINDOW = "duplicate-window"
    PAYMENTS = "payments"
    """Bad days of the companies and terminals that take money without cash, and now and then the
    window killed while it asks them."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the day: when it begins, its share of the customers, and what they want."""

    name: str
    at_hour: float
    share: float
    wants: tuple[tuple[Want, int], ...]
    closes: bool = False
    """Whether shifts end with it."""


PHASES = (
    Phase("gates", 9.5, 0.4, (
        (Want.PICK_UP, 24), (Want.BEST, 18), (Want.SEATS, 12), (Want.PLACES, 12),
        (Want.MIXED, 6), (Want.PARK, 4), (Want.ABANDON, 4), (Want.RESERVE, 8),
        (Want.PAY_LATER, 6), (Want.VOID, 2), (Want.REPRINT, 2), (Want.SWAP, 2),
    )),
    Phase("rain", 13.0, 0.2, (
        (Want.REFUND, 30), (Want.VOID, 8), (Want.PICK_UP, 10), (Want.BEST, 6),
        (Want.RESERVE, 6), (Want.PAY_LATER, 10), (Want.EXTEND, 6), (Want.RELEASE, 6),
        (Want.SEATS, 6), (Want.REPRINT, 4), (Want.SWAP, 4),
    ), closes=True),
    Phase("changeover", 16.5, 0.4, (
        (Want.BEST, 26), (Want.SEATS, 20), (Want.PLACES, 8), (Want.PICK_UP, 12),
        (Want.PAY_LATER, 12), (Want.MIXED, 6), (Want.PARK, 4), (Want.ABANDON, 3),
        (Want.REFUND, 5), (Want.VOID, 3), (Want.REPRINT, 2), (Want.RELEASE, 3),
    )),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody in the queue of a window; `seed` decides all that is decided at the counter."""

    number: int
    want: Want
    seed: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault at a window, as it turns to the customer of that place in its queue."""

    fault: Fault
    window: int
    at: int
    seed: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Who comes to which window, and what goes wrong there."""

    seed: int
    windows: int
    queues: tuple[tuple[Customer, ...], ...]
    """By window, the first is window 1."""
    troubles: tuple[Trouble, ...]
    phases: tuple[tuple[float, Phase], ...]
    """From which share of all customers on it is that part of the day."""
    allotted: tuple[tuple[int, ...], ...]
    """By part of the day: the windows that hold something ahead of time."""


ALLOTTED = 0.6
"""So many of the windows hold something ahead of time; in each part of the day others."""


_A_WINDOW: dict[Fault, float] = {
    Fault.PARTITION: 0.7,
    Fault.KILL_WINDOW: 0.7,
    Fault.SLOW: 0.4,
    Fault.LOSSY: 0.4,
    Fault.LOST_ANSWERS: 1.0,
    Fault.DUPLICATE_PUSHES: 1.0,
    Fault.REORDERED_PUSHES: 1.0,
    Fault.CLOCK_JUMPS: 0.4,
    Fault.FULL_DISK: 0.4,
    Fault.OLD_FILE: 0.2,
    Fault.FILE_COPIED: 0.2,
    Fault.DUPLICATE_WINDOW: 0.2,
    Fault.PAYMENTS: 2.0,
}
"""How often each happens, per window; at least once in a rehearsal."""


def draw(seed: int, windows: int, customers: int, faults: Collection[Fault]) -> Plan:
    """Draw the plan of a rehearsal."""
    rng = Random(f"rehearsal {seed}")
    queues: list[list[Customer]] = [[] for _ in range(windows)]
    begins, phases = 0.0, []
    for phase in PHASES:
        phases.append((begins, phase))
        begins += phase.share
        wants = [want for want, _ in phase.wants]
        weights = [weight for _, weight in phase.wants]
        for _ in range(round(customers * phase.share)):
            want = rng.choices(wants, weights)[0]
            queue = queues[rng.randrange(windows)]
            queue.append(Customer(sum(map(len, queues)) + 1, want, rng.randrange(2**32)))
        if phase.closes:
            for queue in queues:
                queue.append(Customer(sum(map(len, queues)) + 1, Want.CLOSE, rng.randrange(2**32)))
    troubles = sorted(_troubles(rng, queues, faults), key=lambda t: (t.window, t.at, t.fault))
    frozen = tuple(tuple(queue) for queue in queues)
    allotted = tuple(
        tuple(window + 1 for window in range(windows) if rng.random() < ALLOTTED) for _ in PHASES
    )
    return Plan(seed, windows, frozen, tuple(troubles), tuple(phases), allotted)


def _troubles(
    rng: Random, queues: Sequence[Sequence[Customer]], faults: Collection[Fault]
) -> list[Trouble]:
    made = []
    for fault in Fault:
        # Drawn for all, so that a rehearsal with fewer faults has the same of those it has.
        share = _A_WINDOW.get(fault)
        times = 1 if share is None else max(1, round(share * len(queues)))
        for _ in range(times):
            window = rng.randrange(len(queues))
            at = rng.randint(2, max(2, len(queues[window]) * 9 // 10))
            made.append(Trouble(fault, window + 1, at, rng.randrange(2**32)))
    return [trouble for trouble in made if trouble.fault in faults]


def faults_of(text: str) -> frozenset[Fault]:
    """The faults that are named: all, none, or names with commas. Raises ValueError."""
    if text in ("all", "none"):
        return frozenset(Fault) if text == "all" else frozenset()
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in set(Fault):
            raise ValueError(f"{name} is none of all, none, {', '.join(Fault)}")
    return frozenset(Fault(name) for name in names)
