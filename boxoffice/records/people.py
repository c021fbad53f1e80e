"""Operators and the cases that wait for a person."""

from __future__ import annotations

from peewee import CompositeKey, IntegerField, TextField

from boxoffice.records.fields import IdField, Table, UtcField


class OperatorRecord(Table):
    """Someone who may sign in."""

    id = TextField(primary_key=True)
    number = TextField()
    name = TextField()
    role = TextField()
    active = IntegerField()

    class Meta:
        table_name = "operator"


class Pin(Table):
    """What a PIN is checked with (argon2id); a window has those of operators assigned to it."""

    operator_id = TextField(primary_key=True)
    verifier = TextField()


EVERY_WINDOW = 0
"""Stands for every window in an assignment."""


class Assignment(Table):
    """At which window an operator may sign in; window 0 is every window. Central only."""

    operator_id = TextField()
    window_id = IntegerField()

    class Meta:
        primary_key = CompositeKey("operator_id", "window_id")


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
