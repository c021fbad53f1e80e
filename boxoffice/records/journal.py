"""The journal: per window and epoch, numbered without gaps, chained by hash over its content."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from peewee import CompositeKey, IntegerField, TextField

from boxoffice.records.fields import IdField, Table, UtcField

CENTRAL_CHAIN = 0
"""Window number under which central itself journals, for what import writes."""

FIRST = "0" * 64
"""What the first entry of a chain names as its predecessor."""


class JournalEntry(Table):
    """One change. `postings` repeats the amounts, so that the hash covers them too."""

    window_id = IntegerField()
    epoch = IntegerField()
    number = IntegerField()
    at = UtcField()
    operator_id = TextField(null=True)
    shift_id = TextField(null=True)
    act = TextField()
    order_id = IdField(null=True)
    order_version = IntegerField(null=True)
    order_digest = TextField(null=True)
    facts = TextField()
    postings = TextField()
    previous = TextField()
    hash = TextField()

    class Meta:
        table_name = "journal"
        primary_key = CompositeKey("window_id", "epoch", "number")


class ChainHead(Table):
    """Last entry known of a chain, kept apart from the journal so that a cut tail shows."""

    window_id = IntegerField()
    epoch = IntegerField()
    number = IntegerField()
    hash = TextField()

    class Meta:
        table_name = "chain_head"
        primary_key = CompositeKey("window_id", "epoch")


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Any) -> str:
    """JSON that is the same text for the same content, whoever writes it."""
    return _ENCODER.encode(value)


def entry_hash(content: tuple[Any, ...]) -> str:
    """SHA-256 over all stored columns of an entry before `hash`, in table order."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
