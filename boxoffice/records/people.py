"""Operators and the cases that wait for a person."""

from __future__ import annotations

from peewee import IntegerField, TextField

from boxoffice.records.fields import IdField, Table, UtcField


class OperatorRecord(Table):
    """Someone who may sign in; the PIN is kept as an argon2id verifier only."""

    id = TextField(primary_key=True)
    number = TextField()
    name = TextField()
    role = TextField()
    pin_hash = TextField()
    active = IntegerField()

    class Meta:
        table_name = "operator"


class Case(Table):
    """Something a person has to look at; `key` keeps the same trouble from being listed twice."""

    id = IdField(primary_key=True)
    kind = TextField()
    key = TextField()
    status = TextField()
    opened_at = UtcField()
    order_number = TextField()
    facts = TextField()

    class Meta:
        table_name = "cases"
