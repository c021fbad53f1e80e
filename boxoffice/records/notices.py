"""The outbox of a window: notices to customers, and where an order's customer is written to.

They lie in the window's own file, not at central: a notice is queued in the same commit as what it
tells, so none is lost and none tells what did not happen; and the address travels nowhere.
"""

from __future__ import annotations

from peewee import IntegerField, TextField

from boxoffice.records.fields import IdField, Table, UtcField


class Notice(Table):
    """Something a customer is told, once per channel (`once` names what it is about).

    `facts` (JSON) hold no personal data; `address_sealed` is encrypted. `tries` counts those that
    cost one; `sending_at` is when the last of them began, `trouble` why it did not end well.
    """

    id = IdField(primary_key=True)
    order_id = IdField()
    kind = TextField()
    language = TextField()
    channel = TextField()
    address_sealed = TextField()
    facts = TextField()
    status = TextField()
    tries = IntegerField()
    next_at = UtcField()
    sending_at = UtcField(null=True)
    trouble = TextField()
    created_at = UtcField()
    ended_at = UtcField(null=True)
    once = TextField()


class Contact(Table):
    """How the customer of an order wants to hear from us, where that was asked at this window.

    Empty addresses are none; without a phone of its own the order's is taken.
    """

    order_id = IdField(primary_key=True)
    language = TextField()
    mail_sealed = TextField()
    phone_sealed = TextField()
    noted_at = UtcField()


class SessionTold(Table):
    """When a session starts as far as its customers know.

    While they are told that it moved, `moves_to` is the new time and `told_until` the last order
    that was told; both are empty else.
    """

    session_id = IntegerField(primary_key=True)
    starts_at = UtcField()
    moves_to = TextField()
    told_until = TextField()

    class Meta:
        table_name = "session_told"
