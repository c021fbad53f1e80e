"""What was played, what was decided for a session that was not held, and runs that pay it out."""

from __future__ import annotations

from peewee import CompositeKey, IntegerField, TextField

from boxoffice.records.fields import IdField, MoneyField, Table, UtcField

CALLED_OFF = (
    "EXISTS (SELECT 1 FROM rain_decision cd WHERE cd.session_id = s.id AND cd.outcome <> 'held' "
    "AND NOT EXISTS (SELECT 1 FROM rain_decision cn WHERE cn.replaces = cd.id))"
)
"""SQL: whether it is decided that session `s` is not held. By the rules that is only ever decided
once play has ended, so that nothing is sold after it either."""


class PlayEntry(Table):
    """One line of the play ledger (`domain.play.Entry`); insert only, read as it was recorded.

    `recorded_at` is central's time and grows within a session. Window 0 is a file that was
    imported.
    """

    id = IdField(primary_key=True)
    session_id = IntegerField()
    court_id = IntegerField()
    kind = TextField()
    at = UtcField(null=True)
    match_name = TextField()
    started_at = UtcField(null=True)
    ended_at = UtcField(null=True)
    minutes = IntegerField(null=True)
    completed = IntegerField()
    withdrawn = IntegerField()
    replaces = TextField(null=True)
    recorded_at = UtcField()
    operator_id = TextField()
    window_id = IntegerField()
    epoch = IntegerField()
    reason = TextField()

    class Meta:
        table_name = "play_entry"


class RainDecision(Table):
    """What a session brings to those who have a ticket for it; insert only.

    The one that no other replaces counts. `outcome` "" is that of the rules, as `facts` (JSON) has
    it by rule with every number; any other was decided against them by two people.
    """

    id = IdField(primary_key=True)
    session_id = IntegerField()
    kind = TextField()
    outcome = TextField()
    facts = TextField()
    reason = TextField()
    decided_at = UtcField()
    operator_id = TextField()
    approver_id = TextField(null=True)
    window_id = IntegerField()
    epoch = IntegerField()
    replaces = TextField(null=True)

    class Meta:
        table_name = "rain_decision"


class RainRun(Table):
    """Paying out a decision at one window; `open` until every ticket was dealt with."""

    id = IdField(primary_key=True)
    decision_id = TextField()
    session_id = IntegerField()
    status = TextField()
    began_at = UtcField()
    ended_at = UtcField(null=True)
    operator_id = TextField()
    approver_id = TextField()

    class Meta:
        table_name = "rain_run"


class RainRunOrder(Table):
    """What a run did with an order, or why it left it for later (`queries.rain_runs`)."""

    run_id = TextField()
    order_id = TextField()
    state = TextField()
    tickets = IntegerField()
    amount_fen = MoneyField()
    why = TextField()

    class Meta:
        table_name = "rain_run_order"
        primary_key = CompositeKey("run_id", "order_id")
