"""What is on sale: courts, plans, seats, sessions, prices, access and policies.

Rows are made at central only, so small whole numbers serve as identities everywhere.
"""

from __future__ import annotations

from peewee import IntegerField, TextField

from boxoffice.records.fields import MoneyField, Table, UtcField


class Plan(Table):
    """Seat plan of one court; measures in metres."""

    id = IntegerField(primary_key=True)
    name = TextField()
    width_mm = IntegerField()
    height_mm = IntegerField()
    digest = TextField()


class Seat(Table):
    """One seat of a plan; `row_no` and `ordinal` count rows and seats as they stand in the plan."""

    id = IntegerField(primary_key=True)
    plan = IntegerField(column_name="plan_id")
    guid = TextField()
    zone = TextField()
    row = TextField()
    number = TextField()
    category = TextField()
    x_mm = IntegerField()
    y_mm = IntegerField()
    row_no = IntegerField()
    ordinal = IntegerField()


class Court(Table):
    id = IntegerField(primary_key=True)
    code = TextField()
    name_zh = TextField()
    name_en = TextField()
    plan_name = TextField(null=True)
    nominal_capacity = IntegerField()
    saleable_capacity = IntegerField()
    approved_capacity = IntegerField()
    roof = IntegerField()


class Session(Table):
    """A court on a day or a night, or the grounds on a day. `capacity` caps its tickets."""

    id = IntegerField(primary_key=True)
    code = TextField()
    business_day = TextField()
    kind = TextField()
    name_zh = TextField()
    name_en = TextField()
    gates_open = UtcField()
    starts_at = UtcField()
    price_plan = TextField()
    plan = IntegerField(column_name="plan_id", null=True)
    capacity = IntegerField()
    real_name = IntegerField()
    policy = TextField()


class SessionCourt(Table):
    """Where a session is played."""

    session = IntegerField(column_name="session_id")
    court = IntegerField(column_name="court_id")

    class Meta:
        primary_key = False
        table_name = "session_court"


class Access(Table):
    """Which courts a ticket of a price plan opens."""

    price_plan = TextField()
    court = TextField()

    class Meta:
        primary_key = False


class Price(Table):
    """Dated price of a ticket type in a category ("" where places are unnumbered)."""

    id = IntegerField(primary_key=True)
    price_plan = TextField()
    category = TextField()
    ticket_type = TextField()
    amount_fen = MoneyField()
    currency = TextField()
    valid_from = TextField()


class RefundTier(Table):
    """One step of a refund policy; see DOMAIN.md. Fees in hundredths of a per cent and in fen.

    A seat that comes back under it goes on sale again after `resale_after_minutes`.
    """

    id = IntegerField(primary_key=True)
    policy = TextField()
    valid_from = TextField()
    position = IntegerField()
    until_hours_before_start = IntegerField(null=True)
    until_at = UtcField(null=True)
    inclusive = IntegerField()
    refundable = IntegerField()
    fee_basis_points = IntegerField()
    fee_fen = MoneyField()
    per = TextField()
    whole_order_only = IntegerField()
    note_zh = TextField()
    note_en = TextField()
    resale_after_minutes = IntegerField()
    until_minutes_before_start = IntegerField(default=0)
    until_minutes_after_purchase = IntegerField(null=True)
    fee_base = TextField(default="paid")
    handling_basis_points = IntegerField(default=0)
    handling_base = TextField(default="paid")
    least_fee_fen = MoneyField(default=0)
    most_fee_fen = MoneyField(null=True)
    again = TextField(default="same")
    complimentary_excluded = IntegerField(default=1)

    class Meta:
        table_name = "refund_tier"


class RainPolicy(Table):
    """What counts as held when it rains, for a ticket type and a level or for all ("")."""

    id = IntegerField(primary_key=True)
    policy = TextField()
    valid_from = TextField()
    held_if_matches_completed = IntegerField(null=True)
    held_if_minutes_over = IntegerField(null=True)
    remedy = TextField()
    note_zh = TextField()
    note_en = TextField()
    ticket_type = TextField(default="")
    category = TextField(default="")
    held_minutes_inclusive = IntegerField(default=0)
    held_needs = TextField(default="any")
    half_if_matches_completed = IntegerField(null=True)
    half_if_minutes_over = IntegerField(null=True)
    half_minutes_inclusive = IntegerField(default=0)
    half_basis_points = IntegerField(default=5000)
    courts_counted = TextField(default="session")
    courts_together = TextField(default="average")
    minutes_counted = TextField(default="played")
    latest_start_minutes = IntegerField(null=True)
    latest_start_at = TextField(null=True)
    refund_value = TextField(default="face")

    class Meta:
        table_name = "rain_policy"


class RuleRow(Table):
    """A dated rule: purchase limits, real name, proofs, caps (`rules.RuleKind`).

    `session` is the code of a session or court, "*" or ""; `subject` a zone or a ticket type.
    """

    id = IntegerField(primary_key=True)
    rule = TextField()
    session = TextField()
    subject = TextField()
    valid_from = TextField()
    value = TextField()

    class Meta:
        table_name = "rule_row"


CATALOGUE = (
    Plan,
    Seat,
    Court,
    Session,
    SessionCourt,
    Access,
    Price,
    RefundTier,
    RainPolicy,
    RuleRow,
)
"""In the order in which rows may be inserted."""
