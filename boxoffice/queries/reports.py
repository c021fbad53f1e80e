"""X and Z: a shift's report as the fold of its journal entries and postings, and of nothing else.

An X report is the fold of a shift that is open, a Z report that of one that was closed; the same
fold made again later, here or at central, gives the same report.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from boxoffice import clock
from boxoffice.domain import accounts
from boxoffice.queries import folding
from boxoffice.queries.folding import (
    CLOSING,
    COUNTING,
    OPENING,
    RETURNING,
    Exchanged,
    Fold,
    Moves,
    Owed,
    Returned,
    Tender,
)
from boxoffice.records.journal import canonical
from boxoffice.records.store import Store

NONE = Moves()


@dataclass(frozen=True, slots=True)
class Close:
    """How the shift ended. The drawer held `counted_fen`: the float first, the rest is takings.

    `counts` is the number of notes and coins by fen; `closed_by` differs from the shift's operator
    where a supervisor closed it, with a reason.
    """

    number: int
    at: str
    counts: dict[str, int]
    counted_fen: int
    float_returned_fen: int
    takings_fen: int
    closed_by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a fold comes to, each figure in its place; amounts in fen, over and short are two
    figures that are never netted.
    """

    float_fen: int
    orders: int
    tickets: int
    sales_fen: int
    change_fen: int
    voids: Returned
    refunds: Returned
    hand_overs: int
    reprints: int
    drops: Moves
    paid_in: Moves
    paid_out: Moves
    tenders: dict[str, Tender]
    over_fen: int
    short_fen: int
    deposits: Moves = NONE
    """Parts paid of orders that were not paid in full then."""
    undone: Moves = NONE
    """Parts paid that went back, or are to go back, before anything was sold."""
    late: Moves = NONE
    """Money that came after its payment was given up: it goes back."""
    presale: Moves = NONE
    """Orders that channels sold, taken into central."""
    exchanged: dict[str, Exchanged] = field(default_factory=dict)
    owed: dict[str, Owed] = field(default_factory=dict)

    @property
    def fees_fen(self) -> int:
        """All fees that were kept."""
        other = sum(one.fee_fen for one in self.exchanged.values())
        return self.voids.fee_fen + self.refunds.fee_fen + other


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftReport(Figures):
    """One shift. Amounts are in fen, moments UTC text; `expected_fen` is what the drawer should
    hold before it was counted.
    """

    shift_id: str
    window: int
    epoch: int
    business_day: str
    currency: str
    operator: str
    name: str
    opened_at: str
    expected_fen: int
    close: Close | None

    @property
    def opened(self) -> datetime:
        """When the shift began."""
        return clock.from_text(self.opened_at)

    def content(self) -> str:
        """As a Z report keeps it: the same text for the same fold.

        What reports got later is left out where there is nothing of it: the content of a Z that was
        kept before stays the fold of its shift.
        """
        return canonical(_without_unused(self))


def _without_unused(report: Figures) -> dict[str, Any]:
    facts = asdict(report)
    for name in _LATER:
        if getattr(report, name) in (NONE, {}):
            del facts[name]
    for tender in facts["tenders"].values():
        if not tender["came_home_fen"]:
            del tender["came_home_fen"]
    return facts


_LATER_MOVES = ("deposits", "undone", "late", "presale")
_LATER = (*_LATER_MOVES, "exchanged", "owed")
"""Figures that the first Z reports did not have."""


def figures(fold: Fold) -> Figures:
    """What a fold comes to."""
    return Figures(**_figures(fold))


def _figures(fold: Fold) -> dict[str, Any]:
    return {
        "float_fen": fold.debit(accounts.DRAWER, OPENING),
        "orders": fold.count(folding.SALE),
        "tickets": fold.tickets(folding.SALE),
        "sales_fen": fold.credit(accounts.SALES, folding.SALE),
        "change_fen": fold.change(),
        "voids": fold.returned(folding.VOID),
        "refunds": fold.returned(folding.REFUND),
        "hand_overs": fold.count("hand_over"),
        "reprints": fold.count("reprint"),
        "drops": fold.moves(accounts.SAFE, "drop"),
        "paid_in": fold.moves(accounts.PAID_IN, "paid_in"),
        "paid_out": fold.moves(accounts.PAID_OUT, "paid_out"),
        "tenders": fold.tenders(),
        "over_fen": fold.credit(accounts.OVER, COUNTING),
        "short_fen": fold.debit(accounts.SHORT, COUNTING),
        "deposits": Moves(
            fold.count(folding.DEPOSIT), fold.credit(accounts.DEPOSITS, folding.DEPOSIT)
        ),
        "undone": Moves(fold.count(folding.UNDONE), fold.debit(accounts.DEPOSITS, folding.UNDONE)),
        "late": Moves(fold.count(folding.LATE), fold.debit(accounts.DEPOSITS, folding.LATE)),
        "presale": Moves(fold.count(folding.PRESALE), fold.credit(accounts.SALES, folding.PRESALE)),
        "exchanged": fold.exchanged(),
        "owed": fold.owed(),
    }


def shift_report(store: Store, shift_id: str) -> ShiftReport:
    """The fold of a shift as it stands now. Raises LookupError for a shift nobody knows."""
    shift = store.first(
        "SELECT s.window_id, s.epoch, s.business_day, s.currency, coalesce(o.number, ''), "
        "coalesce(o.name, ''), s.opened_at, s.float_fen "
        "FROM shift s LEFT JOIN operator o ON o.id = s.operator_id WHERE s.id = ?",
        (shift_id,),
    )
    if shift is None:
        raise LookupError(f"no shift {shift_id}")
    window, epoch, day, currency, operator, name, opened_at, float_fen = shift
    fold = folding.of_shift(store, shift_id)
    ended = _facts(store, shift_id, CLOSING)
    # Names may change later: a report keeps those of its day.
    operator, name = (ended["operator"], ended["name"]) if ended else (operator, name)
    return ShiftReport(
        shift_id=shift_id,
        window=window,
        epoch=epoch,
        business_day=day,
        currency=currency,
        operator=operator,
        name=name,
        opened_at=opened_at,
        expected_fen=fold.expected(),
        close=_close(store, fold, shift_id, ended) if ended else None,
        **{**_figures(fold), "float_fen": float_fen},
    )


def _close(store: Store, fold: Fold, shift_id: str, ended: Mapping[str, Any]) -> Close:
    counted = _facts(store, shift_id, COUNTING) or {}
    return Close(
        number=ended["z"],
        at=ended["at"],
        counts=counted.get("counts", {}),
        counted_fen=counted.get("counted_fen", 0),
        float_returned_fen=fold.debit(accounts.SAFE, RETURNING),
        takings_fen=fold.debit(accounts.SAFE, CLOSING),
        closed_by=ended["closed_by"],
        reason=ended["reason"],
    )


def _facts(store: Store, shift_id: str, act: str) -> dict[str, Any] | None:
    """What the last entry of an act says, with when it was."""
    found = store.first(
        "SELECT facts, at FROM journal WHERE shift_id = ? AND act = ? ORDER BY number DESC",
        (shift_id, act),
    )
    return None if found is None else {**json.loads(found[0]), "at": found[1]}


def read_content(content: str) -> ShiftReport:
    """What `ShiftReport.content` wrote."""
    facts = json.loads(content)
    for name, kind in (("voids", Returned), ("refunds", Returned)):
        facts[name] = kind(**facts[name])
    for name in ("drops", "paid_in", "paid_out", *(n for n in _LATER_MOVES if n in facts)):
        facts[name] = Moves(**facts[name])
    for name, sort in (("exchanged", Exchanged), ("owed", Owed)):
        facts[name] = {key: sort(**values) for key, values in facts.get(name, {}).items()}
    facts["tenders"] = {name: Tender(**fen) for name, fen in facts["tenders"].items()}
    facts["close"] = None if facts["close"] is None else Close(**facts["close"])
    return ShiftReport(**facts)


@dataclass(frozen=True, slots=True)
class ZRow:
    """A Z report in a list."""

    id: str
    number: int
    at: datetime
    report: ShiftReport


def z_reports(store: Store, window: int, limit: int = 20) -> list[ZRow]:
    """The last Z reports of a window, newest first."""
    return [
        ZRow(row[0], row[1], clock.from_text(row[2]), read_content(row[3]))
        for row in store.all(
            "SELECT id, number, at, content FROM z_report WHERE window_id = ? "
            "ORDER BY epoch DESC, number DESC LIMIT ?",
            (window, limit),
        )
    ]


def shift_of_z(store: Store, window: int, epoch: int, number: int) -> str | None:
    """The shift that a Z report closed; None where there is no such report."""
    found = store.first(
        "SELECT shift_id FROM z_report WHERE window_id = ? AND epoch = ? AND number = ?",
        (window, epoch, number),
    )
    return None if found is None else str(found[0])
