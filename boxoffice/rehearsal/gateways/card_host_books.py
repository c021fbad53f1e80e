"""The books of a simulated acquirer: transactions by our number, batches, and their ends."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from boxoffice.payments.iso8583_private import Sort, State, Totals


@dataclass(slots=True)
class Entry:
    """A transaction; `sort` is a `Sort`, `state` a `State`."""

    number: str
    sort: str
    trace: str
    batch: str
    fen: int
    state: str
    code: str
    reference: str
    authorisation: str
    date: str
    hour: str
    original: str = ""
    """Our number of the payment, for a void or a refund."""


@dataclass(slots=True)
class Books:
    """Everything the host remembers; `file` keeps it over a restart."""

    file: Path | None = None
    batch_number: int = 1
    entries: dict[str, Entry] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)
    """Field 48 of the answer that closed a batch, by batch."""
    sent_up: list[str] = field(default_factory=list)
    """Numbers of the lines sent up since the totals differed."""
    issued: int = 0
    merchant_fen: int | None = None
    """What the merchant has for refunds; None for enough."""

    @property
    def batch(self) -> str:
        """The open batch."""
        return f"{self.batch_number:06d}"

    @property
    def last(self) -> Entry | None:
        """The newest transaction."""
        return next(reversed(self.entries.values()), None)

    def trace_taken(self, trace: str, number: str) -> bool:
        """Whether another number of the open batch has that trace."""
        return any(
            e.trace == trace and e.batch == self.batch and e.number != number
            for e in self.entries.values()
        )

    def by_reference(self, reference: str, trace: str) -> Entry | None:
        """The approved sale with the host's reference and its trace."""
        for entry in self.entries.values():
            if (entry.sort, entry.reference, entry.trace) == (Sort.SALE, reference, trace):
                return entry
        return None

    def gone_back(self, sale: Entry) -> int:
        """Fen of a sale that were refunded or voided already, or are on their way."""
        return sum(
            e.fen
            for e in self.entries.values()
            if e.original == sale.number and e.state in (State.APPROVED, State.WORKING)
        )

    def taken_fen(self, number: str) -> int:
        """What the customer has paid under that number, less what went back; for tests."""
        entry = self.entries.get(number)
        if entry is None or entry.sort != Sort.SALE or entry.state not in _COUNTED:
            return 0
        return entry.fen - self.gone_back(entry)

    def totals(self, batch: str) -> Totals:
        """What the host has in a batch."""
        lines = [e for e in self.entries.values() if e.batch == batch and e.state in _COUNTED]
        sales = [e.fen for e in lines if e.sort == Sort.SALE]
        backs = [e.fen for e in lines if e.sort != Sort.SALE]
        return Totals(sum(sales), len(sales), sum(backs), len(backs))

    def close(self, answer: str) -> None:
        """The open batch ends with that answer, and the next begins."""
        self.closed[self.batch] = answer
        self.sent_up.clear()
        self.batch_number += 1

    def issue(self) -> tuple[str, str]:
        """A new reference and authorisation."""
        self.issued += 1
        return f"{self.issued:012d}", f"{self.issued % 1_000_000:06d}"

    def save(self) -> None:
        """Keep it, whole or as it was; nothing where there is no file."""
        if self.file is None:
            return
        kept = asdict(self) | {"file": None}
        beside = self.file.with_name(f"{self.file.name}.new")
        beside.write_text(json.dumps(kept), encoding="utf-8")
        beside.replace(self.file)

    @classmethod
    def load(cls, file: Path | None) -> Books:
        """What was kept, or new books."""
        if file is None or not file.exists():
            return cls(file)
        kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        entries: Iterable[dict[str, Any]] = kept.pop("entries").values()
        return cls(**kept | {"file": file, "entries": {e["number"]: Entry(**e) for e in entries}})


# A sale that was voided counts as taken, and the void as given back.
_COUNTED = frozenset({State.APPROVED, State.VOIDED})
