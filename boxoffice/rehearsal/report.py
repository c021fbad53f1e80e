"""What a rehearsal showed: what was told to customers against what central has, and the proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from boxoffice.domain import accounts
from boxoffice.records.store import Store
from boxoffice.rehearsal.acts import Acts
from boxoffice.rehearsal.money import Comparison
from boxoffice.verify.proof import Proof
from boxoffice.verify.sides import Finding, Sides

RULE = "acknowledged"
SALES = ("sale", *(f"pay_{tender}" for tender in accounts.ASKED))


@dataclass(frozen=True, slots=True)
class Report:
    """How a rehearsal went; `trouble` says why it ended early."""

    seed: int
    windows: int
    seconds: float
    customers: int
    acts: Acts
    faults: dict[str, int]
    proof: Proof
    money: Sequence[Comparison] = ()
    trouble: str = ""

    @property
    def ok(self) -> bool:
        """Whether every rule held and nothing unforeseen happened."""
        return not self.trouble and self.proof.ok

    def as_json(self) -> dict[str, Any]:
        """As `rehearse --json` prints it."""
        return {
            "ok": self.ok,
            "seed": self.seed,
            "windows": self.windows,
            "customers": self.customers,
            "seconds": round(self.seconds, 1),
            "acts": self.acts.figures(),
            "refused": self.acts.refusals(),
            "customers_per_minute": round(self.customers * 60 / max(self.seconds, 0.001)),
            "faults": self.faults,
            "money": {one.tender: one.as_json() for one in self.money},
            "trouble": self.trouble,
            "verify": self.proof.as_json(),
        }


def acknowledged(acts: Acts, central: Store) -> Iterator[Finding]:
    """Whatever was told to a customer stands at central, and no ticket was given or paid twice."""
    yield from _sales(acts, central)
    yield from _given(acts, central)
    yield from _returned(acts, central)
    numbers = {row[0]: row[1] for row in central.all("SELECT id, number FROM orders")}
    for line in acts.done("reserve", "extend", "release", "swap", "reprint"):
        if line["order"] not in numbers:
            yield Finding(RULE, f"order {line['order']}", f"{line['act']} is not at central")
    closed = {row[0] for row in central.all("SELECT shift_id FROM z_report")}
    for line in acts.done("close_shift"):
        if line["shift"] not in closed:
            yield Finding(RULE, f"shift {line['shift']}", "its close is not at central")


def finished(sides: Sides) -> Iterator[Finding]:
    """With nothing wrong any more, nothing is left in doubt: no request, no order on review."""
    for window in sides.windows:
        for request, status in window.store.all(
            "SELECT id, status FROM request WHERE status IN ('asked', 'giving') AND epoch = ?",
            (window.epoch,),
        ):
            yield Finding("finished", f"{window.name}: request {request}", f"is {status}")
        unsent = window.heads.get((window.number, window.epoch), (0, ""))[0] - window.pushed
        if unsent:
            yield Finding("finished", window.name, f"has {unsent} entries that are not reported")
    for order, window_id, reason in sides.central.store.all(
        "SELECT order_id, window_id, reason FROM review WHERE settled_at IS NULL"
    ):
        yield Finding("finished", f"order {order} of window {window_id}", f"on review: {reason}")


def _sales(acts: Acts, central: Store) -> Iterator[Finding]:
    paid: dict[str, tuple[int, int]] = {
        row[0]: (int(row[1]), int(row[2]))
        for row in central.all("SELECT order_id, sum(amount_fen), count(*) FROM payment GROUP BY 1")
    }
    wanted: dict[str, list[int]] = {}
    for line in acts.done(*SALES):
        if not line["fen"]:
            continue  # a part of the money, or none
        wanted.setdefault(line["order"], []).append(line["fen"])
    for order, sums in wanted.items():
        fen, count = paid.get(order, (0, 0))
        if fen < sum(sums) or count < len(sums):
            yield Finding(
                RULE,
                f"order {order}",
                f"was paid with {sum(sums)} fen, central has {fen} fen",
            )


def _given(acts: Acts, central: Store) -> Iterator[Finding]:
    there = Counter(row[0] for row in central.all("SELECT ticket_id FROM hand_over"))
    given = Counter(
        t for act in (*SALES, "hand_over") for a in acts.done(act) for t in a["tickets"]
    )
    for ticket, count in given.items():
        if count > 1:
            yield Finding(RULE, f"ticket {ticket}", f"was handed over {count} times")
        if there[ticket] != 1:
            detail = f"was handed over, central has it {there[ticket]} times"
            yield Finding(RULE, f"ticket {ticket}", detail)


def _returned(acts: Acts, central: Store) -> Iterator[Finding]:
    there = Counter(row[0] for row in central.all("SELECT line_id FROM refund"))
    back = Counter(
        line for act in ("refund", "void") for a in acts.done(act) for line in a["lines"]
    )
    for line, count in back.items():
        if count > 1 or there[line] != 1:
            detail = f"was paid back {count} times, central has it {there[line]} times"
            yield Finding(RULE, f"order line {line}", detail)
