"""Money: attempts, payments, postings and shifts."""

from __future__ import annotations

from peewee import CompositeKey, IntegerField, TextField

from boxoffice.records.fields import IdField, MoneyField, Table, UtcField


class Attempt(Table):
    """An intent to take money, stored before anyone is asked for it.

    `lines` are the order lines it is for, as JSON, of the checkout it is part of; `reversing_at`
    is when giving it up began; `why` and `facts` are what the last answer said, without codes.
    """

    id = IdField(primary_key=True)
    number = TextField()
    order_id = IdField()
    tender = TextField()
    amount_fen = MoneyField()
    currency = TextField()
    status = TextField()
    created_at = UtcField()
    ended_at = UtcField(null=True)
    checkout_id = TextField(null=True)
    lines = TextField(null=True)
    operator_id = TextField(null=True)
    shift_id = TextField(null=True)
    sent_at = UtcField(null=True)
    reversing_at = UtcField(null=True)
    reference = TextField(null=True)
    why = TextField(null=True)
    facts = TextField(null=True)


class Payment(Table):
    """Money received for an order; insert only. Change is no part of the amount.

    Payments of one checkout paid for the same lines together; one without stands by itself.
    `reference` is the number that who took the money knows it by, `facts` (JSON) what a later
    refund has to say.
    """

    id = IdField(primary_key=True)
    order_id = IdField()
    attempt_id = IdField(null=True)
    tender = TextField()
    amount_fen = MoneyField()
    tendered_fen = MoneyField()
    change_fen = MoneyField()
    currency = TextField()
    paid_at = UtcField()
    business_day = TextField()
    window_id = IntegerField()
    epoch = IntegerField()
    shift_id = TextField(null=True)
    checkout_id = TextField(null=True)
    reference = TextField(null=True)
    facts = TextField(null=True)


class Posting(Table):
    """One side of a balanced entry: debit above zero, credit below; insert only."""

    window_id = IntegerField()
    epoch = IntegerField()
    number = IntegerField()
    line = IntegerField()
    at = UtcField()
    business_day = TextField()
    shift_id = TextField(null=True)
    account = TextField()
    amount_fen = MoneyField()
    currency = TextField()
    order_id = IdField(null=True)

    class Meta:
        primary_key = CompositeKey("window_id", "epoch", "number", "line")


class Shift(Table):
    """One operator's time at one window, from the counted float to the close."""

    id = IdField(primary_key=True)
    window_id = IntegerField()
    epoch = IntegerField()
    operator_id = TextField()
    status = TextField()
    opened_at = UtcField()
    business_day = TextField()
    float_fen = MoneyField()
    currency = TextField()
    closed_at = UtcField(null=True)


class ZReport(Table):
    """The close of one shift, numbered without gaps per window and epoch; insert only.

    `content` is the fold of the shift's postings as JSON; `journal_number` is the entry of the
    close.
    """

    id = IdField(primary_key=True)
    window_id = IntegerField()
    epoch = IntegerField()
    number = IntegerField()
    shift_id = IdField()
    at = UtcField()
    business_day = TextField()
    journal_number = IntegerField()
    content = TextField()

    class Meta:
        table_name = "z_report"


class DayStatement(Table):
    """What all windows reported of one business day up to the heads it names; insert only.

    Part 0 is the statement, the others supplement it with what came late. `window_id` is where it
    was made, 0 at central itself; `content` is JSON (`queries.statements`).
    """

    id = IdField(primary_key=True)
    number = IntegerField()
    part = IntegerField()
    business_day = TextField()
    at = UtcField()
    operator = TextField()
    window_id = IntegerField()
    content = TextField()

    class Meta:
        table_name = "day_statement"
