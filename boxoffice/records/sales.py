"""Orders, their lines, tickets and hand-overs.

An order with version 0 is a basket: it lives at its window alone and has no journal entry yet.
"""

from __future__ import annotations

from peewee import IntegerField, TextField

from boxoffice.records.fields import IdField, MoneyField, Table, UtcField


class Order(Table):
    """What one customer buys. `version` grows with every journalled change.

    A reservation has a deadline; with `seats_open` it is for so many of a level, and its seats may
    be swapped until they are paid for.
    """

    id = IdField(primary_key=True)
    version = IntegerField()
    number = TextField(null=True)
    pickup_code = TextField(null=True)
    channel = TextField()
    status = TextField()
    created_at = UtcField()
    sold_at = UtcField(null=True)
    business_day = TextField(null=True)
    window_id = IntegerField()
    epoch = IntegerField()
    operator_id = TextField(null=True)
    shift_id = TextField(null=True)
    total_fen = MoneyField()
    currency = TextField()
    buyer = TextField()
    phone_sealed = TextField()
    phone_hash = TextField()
    phone_end_hash = TextField()
    label = TextField()
    deadline = UtcField(null=True)
    seats_open = IntegerField()

    class Meta:
        table_name = "orders"


class OrderLine(Table):
    """One ticket's worth of an order; remembers the price and the policy it was sold under.

    `proof` says what the clerk saw of the right to a concession, "" where nothing was. `replaces`
    is the line whose ticket was, or is to be, given back for it, at `exchange_fee_fen`.
    """

    id = IdField(primary_key=True)
    order_id = IdField()
    position = IntegerField()
    session_id = IntegerField()
    seat_id = IntegerField(null=True)
    category = TextField()
    ticket_type = TextField()
    status = TextField()
    payment_id = IdField(null=True)
    price_fen = MoneyField()
    price_id = IntegerField()
    policy = TextField()
    attendee = TextField()
    document_type = TextField()
    document_sealed = TextField()
    document_hash = TextField()
    proof = TextField()
    replaces = TextField(null=True)
    exchange_fee_fen = MoneyField(null=True)

    class Meta:
        table_name = "order_line"


class Ticket(Table):
    """The right to one place in one session. `code_window` 0: no code was signed yet."""

    id = IdField(primary_key=True)
    order_id = IdField()
    line_id = IdField()
    session_id = IntegerField()
    seat_id = IntegerField(null=True)
    status = TextField()
    live = IntegerField()
    issue = IntegerField()
    code_window = IntegerField()
    code_epoch = IntegerField()


class HandOver(Table):
    """That a ticket was given to a visitor; once per ticket, ever."""

    id = IdField(primary_key=True)
    ticket_id = IdField()
    order_id = IdField()
    at = UtcField()
    window_id = IntegerField()
    epoch = IntegerField()
    operator_id = TextField()
    checked = TextField()

    class Meta:
        table_name = "hand_over"


class Refund(Table):
    """A ticket that came back, voided or refunded; once per ticket, insert only.

    `status` is paid where the money went out of a drawer, requested where a channel has to pay.
    `tier` is the position of the step of the policy version it was reckoned by, 0 for a void;
    `free_from` is when the seat may be sold again, at once where it is null. Refunds of one act
    share `act_id` where their money goes back by paybacks.
    """

    id = IdField(primary_key=True)
    order_id = IdField()
    line_id = IdField()
    ticket_id = IdField()
    kind = TextField()
    price_fen = MoneyField()
    fee_fen = MoneyField()
    amount_fen = MoneyField()
    currency = TextField()
    tender = TextField()
    status = TextField()
    policy = TextField()
    valid_from = TextField()
    tier = IntegerField()
    reason = TextField()
    at = UtcField()
    business_day = TextField()
    window_id = IntegerField()
    epoch = IntegerField()
    shift_id = TextField(null=True)
    operator_id = TextField()
    approver_id = TextField(null=True)
    free_from = UtcField(null=True)
    act_id = TextField(null=True)


class Payback(Table):
    """Money on its way back to who paid it, by one tender; never more than its payment holds.

    `act_id` names the refunds, the void or the undoing it belongs to (`kind`); `number` is what
    the other side knows it by. One that ended without moving money is replaced by a new one.
    `payee` is whom a transfer goes to and the account, sealed.
    """

    id = IdField(primary_key=True)
    order_id = IdField()
    payment_id = IdField()
    act_id = TextField()
    kind = TextField()
    tender = TextField()
    number = TextField()
    amount_fen = MoneyField()
    currency = TextField()
    status = TextField()
    created_at = UtcField()
    ended_at = UtcField(null=True)
    window_id = IntegerField()
    epoch = IntegerField()
    shift_id = TextField(null=True)
    operator_id = TextField(null=True)
    approver_id = TextField(null=True)
    reference = TextField()
    why = TextField()
    replaces = TextField(null=True)
    payee = TextField(null=True)


class PrintJob(Table):
    """A page that is to be printed, was printed, or may or may not have been (doubtful).

    `subject_id` is the ticket, payment or other row that it is about.
    """

    id = IdField(primary_key=True)
    order_id = IdField()
    subject_id = IdField()
    kind = TextField()
    status = TextField()
    printer = TextField()
    created_at = UtcField()
    ended_at = UtcField(null=True)
    trouble = TextField()

    class Meta:
        table_name = "print_job"
