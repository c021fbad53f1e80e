"""A bank for rehearsals: it takes files of orders from one folder and puts answers into another.

It keeps its books in a file, so that a rehearsal that was killed goes on. Nothing happens by
itself: `take` answers what was sent, `close_day` books, returns what has to come back, and writes
the notices and statements of that day.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from boxoffice import clock
from boxoffice.errors import BadFile
from boxoffice.rehearsal.gateways.bank_letters import Letters, Line, Said
from boxoffice.rehearsal.gateways.bank_order import Order, OrderFile, read_orders

OPENING_FEN = 1_000_000_00
"""What stands on an account of ours before the first day."""

_PAGE = b"<!DOCTYPE html><html><body><p>Your session has ended. Sign in again.</p></body></html>"


class BadDay(StrEnum):
    """What goes wrong with a transfer."""

    NONE = "none"
    REFUSED = "refused"
    """RJCT, no such account (AC01)."""
    SHORT = "short"
    """RJCT, our account is short (AM04)."""
    PENDING = "pending"
    """PDNG in the first answer, ACSC in a second one when the day closes."""
    RETURNED = "returned"
    """ACSC and booked; two days later it is back, the account is closed (AC04)."""
    BACK_AT_ONCE = "back_at_once"
    """ACSC, booked and back on the same day."""
    NEVER_BOOKED = "never_booked"
    """ACSC, and no booking ever."""


class BadFileDay(StrEnum):
    """What goes wrong with the answer to a whole file."""

    NONE = "none"
    SILENT = "silent"
    WRONG_FILE = "wrong_file"
    """A web page in place of an answer; the right answer follows when the day closes."""


_REASONS = {BadDay.REFUSED: "AC01", BadDay.SHORT: "AM04"}
_RETURNS = {BadDay.RETURNED: timedelta(days=2), BadDay.BACK_AT_ONCE: timedelta(0)}
_CLOSED = "AC04"


@dataclass(slots=True)
class _Kept:
    """One transfer in the books of the bank; days are ISO text, empty for never yet."""

    order: Order
    file: str
    new: bool
    bad: BadDay
    status: str
    reference: str
    booked: str = ""
    back: str = ""


class Bank:
    """The rehearsed bank. `bad` says by number of a transfer what will go wrong with it."""

    def __init__(self, folder: Path, bad: Mapping[str, BadDay] | None = None) -> None:
        self.incoming = folder / "in"
        self.outgoing = folder / "out"
        for part in (self.incoming, self.outgoing, folder / "taken"):
            part.mkdir(parents=True, exist_ok=True)
        self._taken = folder / "taken"
        self._books = folder / "books.json"
        # Beside the books: a half-written answer must not be found among the answers.
        self._part = folder / "writing.part"
        self._bad = dict(bad or {})
        self._kept: dict[str, _Kept] = {}
        self._files: dict[str, str] = {}
        """By number of a file of orders: its version."""
        self._late: list[str] = []
        """Files whose right answer is still to come."""
        self._balances: dict[str, int] = {}
        self._letters = 0
        self._open_books()

    def take(self, file_day: BadFileDay = BadFileDay.NONE) -> list[Path]:
        """Read the .xml files that came in, in the order of their names. Returns the answers."""
        answers = []
        for path in sorted(self.incoming.glob("*.xml")):
            answer = self._answer(path, file_day)
            # The books first: a bank that is killed here finds the file again and calls it a
            # duplicate, as a real one would.
            self._close_books()
            path.replace(self._taken / f"{len(list(self._taken.iterdir())):04d}-{path.name}")
            if answer is not None:
                answers.append(self._put("pain002", answer))
        return answers

    def close_day(self, day: date) -> list[Path]:
        """Book the day: late answers, notices and statements, in that order."""
        written = [self._put("pain002", self._again(file)) for file in self._unanswered()]
        self._late.clear()
        lines: dict[tuple[str, str], list[Line]] = {}
        new = True
        for kept in self._kept.values():
            for line in self._book(kept, day):
                lines.setdefault((kept.order.payer, kept.order.currency), []).append(line)
                new = kept.new
        letters = Letters(new, clock.now())
        for (account, currency), booked in lines.items():
            key = f"{account} {currency}"
            opening = self._balances.get(key, OPENING_FEN)
            notice = letters.notice(self._number("N"), account, day, booked)
            statement = letters.statement(self._number("S"), account, day, opening, booked)
            written += [self._put("camt054", notice), self._put("camt053", statement)]
            self._balances[key] = opening + sum(b.fen if b.credit else -b.fen for b in booked)
        self._close_books()
        return written

    def _answer(self, path: Path, file_day: BadFileDay) -> bytes | None:
        try:
            orders = read_orders(path.name, path.read_bytes())
        except BadFile:
            return self._letter("RJCT", OrderFile(path.stem[:35], "pain.001", (), "FF01"), [])
        if orders.message in self._files:
            return self._letter("RJCT", replace(orders, trouble="DU01"), [])
        if orders.trouble:
            return self._letter("RJCT", orders, [])
        self._files[orders.message] = orders.version
        for order in orders.orders:
            self._keep(order, orders)
        if file_day is not BadFileDay.NONE:
            self._late.append(orders.message)
            return _PAGE if file_day is BadFileDay.WRONG_FILE else None
        return self._again(orders.message)

    def _keep(self, order: Order, orders: OrderFile) -> None:
        bad = self._bad.get(order.number, BadDay.NONE)
        status = "RJCT" if bad in _REASONS else "PDNG" if bad is BadDay.PENDING else "ACSC"
        new = orders.version >= "pain.001.001.09"
        if order.number not in self._kept:  # the same number in two files is paid once
            reference = f"BK{len(self._kept) + 1:08d}"
            self._kept[order.number] = _Kept(order, orders.message, new, bad, status, reference)

    def _again(self, file: str) -> bytes:
        """The answer to a file as things stand."""
        said = [
            Said(
                kept.order.number,
                kept.order.batch,
                kept.order.fen,
                kept.order.currency,
                kept.status,
                _REASONS.get(kept.bad, ""),
            )
            for kept in self._kept.values()
            if kept.file == file
        ]
        statuses = {one.status for one in said}
        group = next(iter(statuses)) if len(statuses) == 1 else "PART"
        return self._letter(group, OrderFile(file, self._files[file], (), ""), said)

    def _unanswered(self) -> list[str]:
        """Files that get an answer now: late ones, and those with a transfer that was pending."""
        pending = []
        for kept in self._kept.values():
            if kept.status == "PDNG":
                kept.status = "ACSC"
                pending.append(kept.file)
        return list(dict.fromkeys([*self._late, *pending]))

    def _book(self, kept: _Kept, day: date) -> list[Line]:
        """What is booked for a transfer on a day: it goes, it comes back, or both."""
        lines = []
        if kept.status == "ACSC" and not kept.booked and kept.bad is not BadDay.NEVER_BOOKED:
            kept.booked = day.isoformat()
            lines.append(self._line(kept, credit=False))
        wait = _RETURNS.get(kept.bad)
        due = date.fromisoformat(kept.booked) + wait if wait is not None and kept.booked else None
        if due is not None and due <= day and not kept.back:
            kept.back = day.isoformat()
            lines.append(self._line(kept, credit=True))
        return lines

    @staticmethod
    def _line(kept: _Kept, credit: bool) -> Line:
        order = kept.order
        reference = f"{kept.reference}{'R' if credit else ''}"
        reason = _CLOSED if credit else ""
        return Line(
            order.number,
            order.fen,
            order.currency,
            credit,
            reference,
            order.payee,
            order.text,
            reason,
        )

    def _letter(self, status: str, orders: OrderFile, said: list[Said]) -> bytes:
        letters = Letters(orders.version >= "pain.001.001.09", clock.now())
        number = self._number("A")
        return letters.answer(number, orders.message, orders.version, status, said, orders.trouble)

    def _number(self, kind: str) -> str:
        self._letters += 1
        return f"{kind}{self._letters:06d}"

    def _put(self, kind: str, content: bytes) -> Path:
        """Write whole or not at all, under a name that sorts by time."""
        path = self.outgoing / f"{len(list(self.outgoing.iterdir())):04d}-{kind}.xml"
        _write(path, self._part, content)
        return path

    def _open_books(self) -> None:
        if not self._books.exists():
            return
        kept = json.loads(self._books.read_text(encoding="utf-8"))
        self._files, self._late = kept["files"], kept["late"]
        self._balances, self._letters = kept["balances"], kept["letters"]
        for number, row in kept["kept"].items():
            row["order"], row["bad"] = Order(**row["order"]), BadDay(row["bad"])
            self._kept[number] = _Kept(**row)

    def _close_books(self) -> None:
        kept = {
            "files": self._files,
            "late": self._late,
            "balances": self._balances,
            "letters": self._letters,
            "kept": {number: asdict(row) for number, row in self._kept.items()},
        }
        _write(self._books, self._part, json.dumps(kept, ensure_ascii=False).encode())


def _write(path: Path, part: Path, content: bytes) -> None:
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
