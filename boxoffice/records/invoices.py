"""Tax invoices: asked for, filed with the invoice platform, issued, and taken back in part."""

from __future__ import annotations

from peewee import IntegerField, TextField

from boxoffice.records.fields import IdField, MoneyField, Table, UtcField


class Invoice(Table):
    """A tax invoice (`kind` blue), or a red one that takes back a part of it (`original_id`).

    Part of its order: who may change the order, and only they, may change it. Its id is what the
    platform knows the request by. Title, tax number and addresses are encrypted; a red one has
    those of its original. `batch` names the file it went out in, `number` is the platform's.
    """

    id = IdField(primary_key=True)
    order_id = IdField()
    kind = TextField()
    original_id = TextField(null=True)
    amount_fen = MoneyField()
    currency = TextField()
    title_sealed = TextField()
    tax_sealed = TextField()
    mail_sealed = TextField()
    phone_sealed = TextField()
    created_at = UtcField()
    window_id = IntegerField()
    epoch = IntegerField()
    operator_id = TextField(null=True)
    status = TextField()
    batch = TextField(null=True)
    number = TextField()
    issued_on = TextField()
    reason = TextField()
