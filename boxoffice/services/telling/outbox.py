"""Sending what lies in the outbox: at least once, and where a channel can be asked, once.

That a try begins is stored before it begins. One that was broken off, by a crash or a lost answer,
is asked about where the channel can be asked; elsewhere it goes again under the same number.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from typing import Any

from boxoffice import clock
from boxoffice.domain.statuses import NoticeStatus, step
from boxoffice.errors import RecordsUnreadable
from boxoffice.notices import protocol
from boxoffice.notices.protocol import OURS, Answer, Channel, Outcome, Sender, Why
from boxoffice.records.notices import Notice
from boxoffice.records.store import Row, Store
from boxoffice.services.office import Office
from boxoffice.services.telling import issued, moved

_log = logging.getLogger(__name__)

AT_ONCE = 20
"""How many are tried in one go: whoever follows money waits behind them."""
WITHIN = timedelta(seconds=10)
"""After so long a go ends with the try under way; the others come with the next."""
AGAIN_SECONDS = 60.0
"""How soon a customer whom no channel reached is looked at again: an address may be noted."""
_NAMES = tuple(field.column_name for field in Notice._meta.sorted_fields)
_COLUMNS = ", ".join(f'"{name}"' for name in _NAMES)


class Outbox:
    """Goes through what is due; remembers which channel rests."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._rests: dict[Channel, datetime] = {}
        self._unreached: set[Row] = set()
        self._unreached_since = clock.steady()

    def go(self) -> int:
        """Try what is due; answers how many were tried. Nothing raised by a network gets out."""
        if self._office.link.barred is None:
            moved.follow(self._office)
            if clock.steady() - self._unreached_since > AGAIN_SECONDS:
                self._unreached, self._unreached_since = set(), clock.steady()
            issued.follow(self._office, self._unreached)
        began = clock.now()
        open_ = [c for c in self._office.senders if self._rests.get(c, began) <= began]
        if not open_ or self._office.link.barred is not None:
            return 0
        count = 0
        for row in self._office.writing.call(lambda store: _due(store, open_, began)):
            channel = Channel(row["channel"])
            if self._rests.get(channel, began) > began:
                continue
            self._one(row, self._office.senders[channel])
            count += 1
            if clock.now() - began > WITHIN:
                break
        return count

    def _one(self, row: dict[str, Any], sender: Sender) -> None:
        """One try, or one question about the last one."""
        now = clock.now()
        if now - clock.from_text(row["created_at"]) > protocol.STALE_AFTER:
            self._end(row, NoticeStatus.DROPPED, Why.NONE)
            return
        try:
            address = self._office.seal.open(row["address_sealed"])
        except RecordsUnreadable:
            # Damaged in the file; one that cannot be read must not hold up the others.
            self._end(row, NoticeStatus.FAILED, Why.ADDRESS)
            return
        if row["status"] == NoticeStatus.SENDING and sender.can_ask:
            answer = sender.ask(_notice(row, address))
            if answer.outcome is not Outcome.ABSENT:
                self._after(row, sender.channel, answer)
                return
        row = self._office.write(lambda store: _begin(store, row, now), ["notices"])
        self._after(row, sender.channel, sender.send(_notice(row, address)))

    def _after(self, row: dict[str, Any], channel: Channel, answer: Answer) -> None:
        """Write down how it went, and when it is tried next."""
        if answer.why is not Why.NONE:
            # Neither address nor words: those are the customer's.
            _log.warning("notice %s by %s: %s", row["id"], channel.value, answer.why.value)
        if answer.outcome is Outcome.SENT:
            self._end(row, NoticeStatus.SENT, Why.NONE)
            return
        if answer.outcome is Outcome.REFUSED:
            self._end(row, NoticeStatus.FAILED, answer.why)
            return
        ours = answer.why in OURS
        if ours:
            self._rests[channel] = clock.now() + protocol.REST
        tries = row["tries"] - (1 if ours and answer.outcome is Outcome.LATER else 0)
        if tries > len(protocol.AGAIN_AFTER):
            self._end(row, NoticeStatus.FAILED, answer.why)
            return
        later = answer.outcome is Outcome.LATER
        wait = protocol.REST if ours else protocol.AGAIN_AFTER[max(tries - 1, 0)]
        _write(
            self._office,
            row,
            NoticeStatus.QUEUED if later else NoticeStatus.SENDING,
            tries=tries,
            next_at=clock.now() + (wait if later else max(wait, protocol.ASK_AFTER)),
            trouble=answer.why,
        )

    def _end(self, row: dict[str, Any], status: NoticeStatus, why: Why) -> None:
        _write(
            self._office,
            row,
            status,
            tries=row["tries"],
            next_at=clock.now(),
            trouble=why,
            ended_at=clock.now(),
        )


def _due(store: Store, channels: list[Channel], now: datetime) -> list[dict[str, Any]]:
    marks = ", ".join("?" * len(channels))
    return [
        dict(zip(_NAMES, found, strict=True))
        for found in store.all(
            f"SELECT {_COLUMNS} FROM notice WHERE ended_at IS NULL AND next_at <= ? "
            f"AND channel IN ({marks}) ORDER BY next_at, id LIMIT {AT_ONCE}",
            (clock.to_text(now), *channels),
        )
    ]


def _begin(store: Store, row: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Store that a try begins: whatever happens to it, it is not forgotten."""
    status = NoticeStatus(row["status"])
    begun = {
        **row,
        "status": NoticeStatus.SENDING,
        "tries": row["tries"] + 1,
        "sending_at": clock.to_text(now),
        "next_at": clock.to_text(now + protocol.ASK_AFTER),
    }
    if status is not NoticeStatus.SENDING:
        step("notice", status, NoticeStatus.SENDING)
    store.run(
        "UPDATE notice SET status = ?, tries = ?, sending_at = ?, next_at = ? WHERE id = ?",
        (begun["status"], begun["tries"], begun["sending_at"], begun["next_at"], row["id"]),
    )
    return begun


def _write(
    office: Office,
    row: dict[str, Any],
    status: NoticeStatus,
    *,
    tries: int,
    next_at: datetime,
    trouble: Why,
    ended_at: datetime | None = None,
) -> None:
    was = NoticeStatus(row["status"])
    if status is not was:
        step("notice", was, status)
    ended = None if ended_at is None else clock.to_text(ended_at)
    office.write(
        lambda store: store.run(
            "UPDATE notice SET status = ?, tries = ?, next_at = ?, trouble = ?, ended_at = ? "
            "WHERE id = ?",
            (status, tries, clock.to_text(next_at), trouble.value, ended, row["id"]),
        ),
        ["notices", f"order:{row['order_id']}"],
    )


def _notice(row: dict[str, Any], address: str) -> protocol.Notice:
    return protocol.Notice(
        id=row["id"],
        kind=row["kind"],
        language=row["language"],
        address=address,
        facts=json.loads(row["facts"]),
        created_at=clock.from_text(row["created_at"]),
        sending_at=clock.from_text(row["sending_at"] or row["created_at"]),
    )
