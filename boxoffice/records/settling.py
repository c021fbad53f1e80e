"""Money held against what others say of it: bills that were read, and transfers by the bank.

Central only: whoever looks after the money does it for all windows.
"""

from __future__ import annotations

from peewee import IntegerField, TextField

from boxoffice.records.fields import IdField, MoneyField, Table, UtcField


class Reconciliation(Table):
    """A bill held against the ledger; the last one of its party and days counts.

    Days are those of the venue's calendar. `buckets` (JSON) says how many rows are in each and what
    they add to the difference, `cases` the keys of the cases it opened: its days are closed while
    none of them is open.
    """

    id = IdField(primary_key=True)
    party = TextField()
    tender = TextField()
    merchants = TextField()
    covers = TextField()
    first_day = TextField()
    last_day = TextField()
    name = TextField()
    digest = TextField()
    whole = IntegerField()
    ours_fen = MoneyField()
    theirs_fen = MoneyField()
    ours_rows = IntegerField()
    theirs_rows = IntegerField()
    fees_fen = MoneyField()
    paid_out_fen = MoneyField()
    buckets = TextField()
    cases = TextField()
    imported_at = UtcField()


class BankBatch(Table):
    """Transfers ordered with one file; without `written_at` the file may not have left yet."""

    number = TextField(primary_key=True)
    made_at = UtcField()
    execute_on = TextField()
    currency = TextField()
    count = IntegerField()
    amount_fen = MoneyField()
    window_id = IntegerField()
    epoch = IntegerField()
    written_at = UtcField(null=True)

    class Meta:
        table_name = "bank_batch"


class BankTransfer(Table):
    """A payback as the bank knows it: by `number` (EndToEndId), and what the bank said of it.

    `answer` is a `TransferState` or empty; only a booking (`booked_on`) says that money left.
    """

    number = TextField(primary_key=True)
    payback_id = IdField()
    order_id = IdField()
    batch = TextField()
    amount_fen = MoneyField()
    currency = TextField()
    answer = TextField()
    reasons = TextField()
    booked_on = TextField(null=True)
    booked_reference = TextField()
    returned_on = TextField(null=True)
    returned_reference = TextField()

    class Meta:
        table_name = "bank_transfer"


class BankFile(Table):
    """A file of a bank that was taken in whole."""

    digest = TextField(primary_key=True)
    name = TextField()
    kind = TextField()
    number = TextField()
    day = TextField()
    imported_at = UtcField()

    class Meta:
        table_name = "bank_file"
