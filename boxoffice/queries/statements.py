"""The statement of a business day: a fold of what central has of it, chain by chain.

It names the head of every chain it read up to, so that the same fold can be made again. What is
reported later lies past those heads, and is the fold of a supplement (rule 23).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from boxoffice import clock
from boxoffice.queries import folding
from boxoffice.queries.folding import Fold
from boxoffice.records.journal import canonical
from boxoffice.records.store import Store

STATE = "day_statement"
"""The act of making one: it moves nothing, and is part of none."""


@dataclass(frozen=True, slots=True)
class Head:
    """How far a statement read the chain of a window (0: central's own) in an epoch."""

    window: int
    epoch: int
    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class ShiftPart:
    """What one window did under one shift, or under none (None), on the day."""

    window: int
    shift_id: str | None
    fold: Fold


@dataclass(frozen=True, slots=True)
class DayFold:
    """A business day, or what came late of it; `parts` by window and shift."""

    business_day: str
    heads: tuple[Head, ...]
    parts: tuple[ShiftPart, ...]

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def whole(self) -> Fold:
        """All windows together."""
        return folding.total(part.fold for part in self.parts)

    @property
    def windows(self) -> dict[int, Fold]:
        """By window."""
        return {window: self.of_window(window).whole for window in self._numbers()}

    def of_window(self, window: int) -> DayFold:
        """One window's part of it."""
        heads = tuple(head for head in self.heads if head.window == window)
        parts = tuple(part for part in self.parts if part.window == window)
        return DayFold(self.business_day, heads, parts)

    def _numbers(self) -> list[int]:
        return sorted({part.window for part in self.parts})

    def content(self) -> str:
        """As a statement keeps it: the same text for the same fold."""
        parts = [[part.window, part.shift_id, part.fold.content()] for part in self.parts]
        heads = [[head.window, head.epoch, head.number, head.hash] for head in self.heads]
        return canonical({"business_day": self.business_day, "heads": heads, "parts": parts})


def read_content(content: str) -> DayFold:
    """What `DayFold.content` wrote."""
    said = json.loads(content)
    return DayFold(
        said["business_day"],
        tuple(Head(*head) for head in said["heads"]),
        tuple(ShiftPart(window, shift, Fold.read(fold)) for window, shift, fold in said["parts"]),
    )


def heads(store: Store) -> tuple[Head, ...]:
    """How far central has every chain."""
    sql = "SELECT window_id, epoch, number, hash FROM chain_head ORDER BY window_id, epoch"
    return tuple(Head(*row) for row in store.all(sql))


def fold_day(
    store: Store, business_day: str, upto: Sequence[Head], since: Sequence[Head] = ()
) -> DayFold:
    """What lies past the heads `since`, and not past `upto`, of a business day."""
    begins = {(head.window, head.epoch): head.number for head in since}
    parts: dict[tuple[int, str | None], Fold] = {}
    for head in upto:
        begin = begins.get((head.window, head.epoch), 0)
        if begin < head.number:
            _add_chain(store, business_day, head, begin, parts)
    listed = sorted(parts, key=lambda key: (key[0], key[1] or ""))
    return DayFold(
        business_day,
        tuple(upto),
        tuple(ShiftPart(window, shift, parts[window, shift]) for window, shift in listed),
    )


def _add_chain(
    store: Store,
    business_day: str,
    head: Head,
    begin: int,
    parts: dict[tuple[int, str | None], Fold],
) -> None:
    """Entries of one chain between two numbers."""
    day = date.fromisoformat(business_day)
    first = clock.to_text(clock.day_begins(day))
    end = clock.to_text(clock.day_begins(day + timedelta(days=1)))
    here = (head.window, head.epoch, begin, head.number)
    for shift, act, facts in store.all(
        "SELECT shift_id, act, facts FROM journal WHERE window_id = ? AND epoch = ? "
        "AND number > ? AND number <= ? AND at >= ? AND at < ? AND act <> ?",
        (*here, first, end, STATE),
    ):
        parts.setdefault((head.window, shift), Fold()).enter(act, facts)
    for shift, act, account, debit, credit in store.all(
        "SELECT p.shift_id, j.act, p.account, "
        "sum(CASE WHEN p.amount_fen > 0 THEN p.amount_fen ELSE 0 END), "
        "sum(CASE WHEN p.amount_fen < 0 THEN -p.amount_fen ELSE 0 END) "
        "FROM posting p JOIN journal j ON j.window_id = p.window_id "
        "AND j.epoch = p.epoch AND j.number = p.number WHERE p.window_id = ? AND p.epoch = ? "
        "AND p.number > ? AND p.number <= ? AND p.business_day = ? GROUP BY 1, 2, 3",
        (*here, business_day),
    ):
        fold = parts.setdefault((head.window, shift), Fold())
        fold.post(act, account, (int(debit), int(credit)))


@dataclass(frozen=True, slots=True)
class Statement:
    """One that is kept: number and part, when, by whom (empty: a command) and at which window."""

    number: int
    part: int
    at: datetime
    operator: str
    window: int
    day: DayFold

    @property
    def name(self) -> str:
        """As people say it: 3, and 3.1 for its first supplement."""
        return f"{self.number}.{self.part}" if self.part else str(self.number)


_STATEMENT = "SELECT number, part, at, operator, window_id, content FROM day_statement"


def _statement(row: Sequence[Any]) -> Statement:
    number, part, at, operator, window, content = row
    return Statement(number, part, clock.from_text(at), operator, window, read_content(content))


def of_day(store: Store, business_day: str) -> list[Statement]:
    """The statement of a day and its supplements, in order; nothing where it was not made."""
    sql = f"{_STATEMENT} WHERE business_day = ? ORDER BY part"
    return [_statement(row) for row in store.all(sql, (business_day,))]


def latest(store: Store, limit: int = 30) -> list[Statement]:
    """The last ones, newest first, supplements among them."""
    rows = store.all(f"{_STATEMENT} ORDER BY number DESC, part DESC LIMIT ?", (limit,))
    return [_statement(row) for row in rows]


def together(days: Iterable[DayFold]) -> DayFold:
    """A statement with its supplements, as one. Raises ValueError for none, or several days."""
    listed = list(days)
    if len({day.business_day for day in listed}) != 1:
        raise ValueError("only what is of one day goes together")
    parts: dict[tuple[int, str | None], list[Fold]] = {}
    for part in (part for day in listed for part in day.parts):
        parts.setdefault((part.window, part.shift_id), []).append(part.fold)
    keys = sorted(parts, key=lambda key: (key[0], key[1] or ""))
    return DayFold(
        listed[-1].business_day,
        listed[-1].heads,
        tuple(
            ShiftPart(window, shift, folding.total(parts[window, shift])) for window, shift in keys
        ),
    )


def open_shifts(store: Store, business_day: str) -> int:
    """How many shifts of a day were not closed, as far as central knows."""
    sql = "SELECT count(*) FROM shift WHERE status = 'open' AND business_day = ?"
    found = store.first(sql, (business_day,))
    return int(found[0]) if found else 0


@dataclass(frozen=True, slots=True)
class ShiftName:
    """Whose shift it is, and the number of its Z (0 while it is open)."""

    operator: str
    z_number: int


def shift_names(store: Store, day: DayFold) -> dict[str, ShiftName]:
    """By shift, for those of a day that central knows."""
    found = {}
    for shift in {part.shift_id for part in day.parts if part.shift_id is not None}:
        row = store.first(
            "SELECT coalesce(o.number || ' ' || o.name, ''), coalesce(z.number, 0) FROM shift s "
            "LEFT JOIN operator o ON o.id = s.operator_id "
            "LEFT JOIN z_report z ON z.shift_id = s.id WHERE s.id = ?",
            (shift,),
        )
        if row is not None:
            found[shift] = ShiftName(str(row[0]), int(row[1]))
    return found
