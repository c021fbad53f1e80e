"""What a PostgreSQL central sees to by triggers: steps, chains, and what is never changed (25, 27).

A window's password lets it write its own name under a sale; it cannot make a step that is not
allowed, change money or identity, or leave out the journal.
"""

from __future__ import annotations

from enum import StrEnum

from boxoffice.central.definer import definer
from boxoffice.domain.statuses import (
    NEXT,
    AttemptStatus,
    LineStatus,
    OrderStatus,
    PaybackStatus,
    ShiftStatus,
    TicketStatus,
)
from boxoffice.records.custody import RETURNING_POOL

NEVER_CHANGED = (
    *("payment", "posting", "journal", "hand_over", "refund", "z_report", "pool_transfer"),
    *("freed_seat", "freed_order", "answer", "play_entry", "rain_decision"),
)


def trigger(
    schema: str, table: str, name: str, when: str, body: str, *, deferred: bool = False
) -> list[str]:
    """A trigger that no session setting turns off; `deferred` ones look when all is done."""
    kind = "CONSTRAINT TRIGGER" if deferred else "TRIGGER"
    late = "DEFERRABLE INITIALLY DEFERRED " if deferred else ""
    return [
        f"CREATE OR REPLACE FUNCTION {schema}.{name}() RETURNS trigger LANGUAGE plpgsql "
        f"SECURITY DEFINER SET search_path = {schema}, pg_temp AS $body$ {body} $body$",
        f"REVOKE EXECUTE ON FUNCTION {schema}.{name}() FROM PUBLIC",
        f"DROP TRIGGER IF EXISTS {name} ON {schema}.{table}",
        f"CREATE {kind} {name} {when} ON {schema}.{table} {late}"
        f"FOR EACH {'STATEMENT' if 'TRUNCATE' in when else 'ROW'} "
        f"EXECUTE FUNCTION {schema}.{name}()",
        f"ALTER TABLE {schema}.{table} ENABLE ALWAYS TRIGGER {name}",
    ]


def refuse(why: str) -> str:
    """PL/pgSQL that raises."""
    return f"RAISE EXCEPTION '{why}' USING ERRCODE = 'check_violation'"


def steps(table: str, kind: type[StrEnum]) -> str:
    """PL/pgSQL: the change of a status that no allowed steps lead to raises.

    A window that was off line brings the last of several steps: sold and returned, say.
    """
    listed = " OR ".join(
        f"(OLD.status = '{before}' AND NEW.status IN ({', '.join(repr(str(a)) for a in after)}))"
        for before in NEXT[kind]
        if (after := sorted(_reachable(kind, before)))
    )
    return (
        f"IF NEW.status <> OLD.status AND NOT ({listed}) THEN "
        f"{refuse(f'a step of {table} that is not allowed')}; END IF; "
    )


def _reachable(kind: type[StrEnum], status: StrEnum) -> set[StrEnum]:
    """Every status that allowed steps lead to."""
    found: set[StrEnum] = set()
    ahead = [status]
    while ahead:
        for after in NEXT[kind].get(ahead.pop(), set()) - found:
            found.add(after)
            ahead.append(after)
    return found


def script(schema: str) -> list[str]:
    """The triggers of a schema, made anew."""
    return [
        *_of_the_journal(schema),
        *_of_orders(schema),
        *_of_custody(schema),
        *_of_takings(schema),
        *(
            statement
            for table in NEVER_CHANGED
            for statement in (
                *trigger(
                    schema,
                    table,
                    f"{table}_never_changed",
                    "BEFORE UPDATE OR DELETE",
                    f"BEGIN {refuse(f'{table} rows are never changed')}; END",
                ),
                *trigger(
                    schema,
                    table,
                    f"{table}_never_emptied",
                    "BEFORE TRUNCATE",
                    f"BEGIN {refuse(f'{table} rows are never changed')}; END",
                ),
            )
        ),
    ]


def _of_the_journal(schema: str) -> list[str]:
    """Numbers without gaps, each entry chained to the last, by the window whose name it bears."""
    return [
        *trigger(
            schema,
            "journal",
            "journal_follows",
            "BEFORE INSERT",
            "DECLARE last chain_head%ROWTYPE; BEGIN "
            "SELECT * INTO last FROM chain_head WHERE window_id = NEW.window_id "
            "AND epoch = NEW.epoch FOR UPDATE; "
            "IF NEW.number <> coalesce(last.number, 0) + 1 "
            "OR NEW.previous <> coalesce(last.hash, repeat('0', 64)) THEN "
            f"{refuse('a journal entry that does not follow the last one')}; END IF; "
            "INSERT INTO chain_head (window_id, epoch, number, hash) "
            "VALUES (NEW.window_id, NEW.epoch, NEW.number, NEW.hash) "
            "ON CONFLICT (window_id, epoch) DO UPDATE SET number = excluded.number, "
            "hash = excluded.hash; RETURN NEW; END",
        ),
        *trigger(
            schema,
            "posting",
            "posting_has_entry",
            "BEFORE INSERT",
            "BEGIN IF NOT EXISTS (SELECT 1 FROM journal j WHERE j.window_id = NEW.window_id "
            "AND j.epoch = NEW.epoch AND j.number = NEW.number "
            "AND j.xmin = pg_current_xact_id()::xid) THEN "
            f"{refuse('a posting without its journal entry')}; END IF; "
            "IF NEW.shift_id IS NOT NULL AND EXISTS (SELECT 1 FROM shift WHERE id = NEW.shift_id "
            f"AND status = 'closed') THEN {refuse('a closed shift takes no posting')}; END IF; "
            "RETURN NEW; END",
        ),
        *trigger(
            schema,
            "answer",
            "answer_feed",
            "AFTER INSERT",
            "BEGIN INSERT INTO feed (request_id) VALUES (NEW.request_id); RETURN NULL; END",
        ),
        f"ALTER TABLE {schema}.feed ALTER COLUMN xid SET DEFAULT "
        "(pg_current_xact_id()::text::bigint)",
    ]


_HOLDS = "EXISTS (SELECT 1 FROM custody_order c WHERE c.order_id = {order} AND c.holder = who)"
_TOLD = (
    "EXISTS (SELECT 1 FROM journal j WHERE j.order_id = {order} AND j.window_id + 0 = who "
    "AND j.xmin = pg_current_xact_id()::xid)"
)
"""Whether the order was changed in this transaction, by this window (rule 25).

The sum keeps a plan that was made while the journal was short from reading all of the window's
entries one day: the index by order it shall be.
"""


_PARTS = ("order_line", "ticket", "payment", "hand_over", "refund", "payback", "invoice")
"""What an order has beside itself."""


_NOT_IN_CUSTODY = refuse("a seat of it is not in the window''s custody")
"""What a ticket without its seat raises, in the words of `applying`."""


def _of_orders(schema: str) -> list[str]:
    """Allowed steps only, and each with an entry of this window in the same transaction (25)."""
    journalled = (
        "IF me() IS NOT NULL AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.order_id = NEW.id "
        "AND j.window_id + 0 = me() AND j.order_version >= NEW.version "
        "AND j.xmin = pg_current_xact_id()::xid) THEN "
        f"{refuse('a change of an order without its journal entry')}; END IF; "
    )
    feed = "INSERT INTO feed (order_id) VALUES (NEW.id); "
    return [
        *trigger(
            schema,
            "orders",
            "orders_steps",
            "BEFORE INSERT OR UPDATE",
            f"BEGIN {journalled} IF TG_OP = 'UPDATE' THEN "
            f"{steps('orders', OrderStatus)}"
            "IF NEW.version <= OLD.version THEN "
            f"{refuse('a version of an order that is not newer')}; END IF; "
            "IF OLD.status NOT IN ('reserved', 'part_paid') AND me() IS NOT NULL "
            "AND ((NEW.buyer, NEW.phone_hash) IS DISTINCT FROM (OLD.buyer, OLD.phone_hash) "
            # Tickets of it may stand for others, at another price: with an entry that says so.
            "OR NEW.total_fen <> OLD.total_fen AND NOT EXISTS (SELECT 1 FROM journal j "
            "WHERE j.order_id = NEW.id AND j.window_id + 0 = me() AND j.act = 'exchange_begin')) "
            "THEN "
            f"{refuse('money or identity of an order that was paid')}; END IF; "
            "IF OLD.number IS NOT NULL AND NEW.number IS DISTINCT FROM OLD.number THEN "
            f"{refuse('the number of an order')}; END IF; END IF; "
            f"{feed} RETURN NEW; END",
        ),
        *(
            statement
            for table in _PARTS
            for statement in trigger(
                schema,
                table,
                f"{table}_told",
                "BEFORE INSERT OR UPDATE",
                "DECLARE who bigint := me(); BEGIN IF who IS NOT NULL AND NOT "
                f"{_TOLD.format(order='NEW.order_id')} THEN "
                f"{refuse('a change of an order without its journal entry')}; END IF; "
                "RETURN NEW; END",
            )
        ),
        *trigger(
            schema,
            "order_line",
            "order_line_steps",
            "BEFORE UPDATE",
            f"BEGIN {steps('order lines', LineStatus)}"
            "IF OLD.status <> 'reserved' AND (NEW.seat_id, NEW.attendee, NEW.document_type, "
            "NEW.document_hash, NEW.payment_id) IS DISTINCT FROM (OLD.seat_id, OLD.attendee, "
            "OLD.document_type, OLD.document_hash, OLD.payment_id) AND me() IS NOT NULL THEN "
            f"{refuse('identity or seat of a ticket that was sold')}; END IF; "
            "RETURN NEW; END",
        ),
        *trigger(
            schema,
            "ticket",
            "ticket_steps",
            "BEFORE UPDATE",
            f"BEGIN {steps('tickets', TicketStatus)}"
            "IF NEW.issue < OLD.issue THEN "
            f"{refuse('an older issue of a ticket')}; END IF; RETURN NEW; END",
        ),
        *trigger(
            schema,
            "ticket",
            "ticket_has_seat",
            "BEFORE INSERT OR UPDATE OF live",
            "DECLARE who bigint := me(); BEGIN IF who IS NOT NULL AND NEW.live = 1 "
            "AND NEW.seat_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM custody_seat c "
            "WHERE c.session_id = NEW.session_id AND c.seat_id = NEW.seat_id "
            "AND (c.holder = who OR c.order_id = NEW.order_id)) THEN "
            f"{_NOT_IN_CUSTODY}; END IF; "
            "RETURN NEW; END",
        ),
    ]


_ACTS_IN = """
DECLARE mine boolean := wanted = my_epoch();
BEGIN
  RETURN coalesce(mine, false) OR EXISTS (SELECT 1 FROM chain_head h JOIN journal j
    ON j.window_id = h.window_id AND j.epoch = h.epoch AND j.number = h.number
    WHERE h.window_id = me() AND h.epoch = wanted AND j.xmin = pg_current_xact_id()::xid);
END"""
"""Whether this window may move custody of an epoch: its own, or an ended one that it is reporting,
with an entry of that epoch in this transaction (rule 17)."""


def _of_custody(schema: str) -> list[str]:
    """Custody moves in the name and the epoch of who moves it, a seat of an order with its order.

    Beside row security, which asks who holds it now (rules 1, 5, 17).
    """
    return [
        *definer(schema, "acts_in(wanted bigint)", "boolean", _ACTS_IN),
        *trigger(schema, "custody_seat", "custody_seat_moves", "BEFORE UPDATE", _SEAT_MOVES),
        *trigger(
            schema,
            "custody_order",
            "custody_order_moves",
            "BEFORE INSERT OR UPDATE",
            "DECLARE who bigint := me(); BEGIN IF who IS NULL THEN RETURN NEW; END IF; "
            f"IF TG_OP = 'UPDATE' THEN {_GOES} END IF; {_COMES} RETURN NEW; END",
        ),
        *trigger(
            schema,
            "claim",
            "claim_moves",
            "BEFORE INSERT OR UPDATE OR DELETE",
            "DECLARE who bigint := me(); BEGIN "
            "IF who IS NULL THEN RETURN coalesce(NEW, OLD); END IF; "
            f"IF TG_OP = 'DELETE' THEN IF OLD.holder = who AND NOT acts_in(OLD.epoch) "
            f"OR OLD.order_id IS NOT NULL AND NOT {_TOLD.format(order='OLD.order_id')} THEN "
            f"{refuse('a claim that stays')}; END IF; RETURN OLD; END IF; "
            f"IF NEW.order_id IS NOT NULL AND NOT {_TOLD.format(order='NEW.order_id')} THEN "
            f"{refuse('a claim of an order that did not change')}; END IF; "
            f"{_COMES} RETURN NEW; END",
        ),
        # At the commit: a place is noted first and moved later in the same transaction.
        *trigger(
            schema,
            "returning_places",
            "returning_places_are_there",
            "AFTER INSERT",
            "BEGIN IF (SELECT sum(places) FROM returning_places WHERE session_id = "
            "NEW.session_id) > coalesce((SELECT places FROM pool WHERE session_id = "
            f"NEW.session_id AND holder = {RETURNING_POOL}), 0) THEN "
            f"{refuse('places that never came back')}; END IF; RETURN NULL; END",
            deferred=True,
        ),
    ]


_COMES = (
    "IF NEW.holder IS NOT NULL AND (NEW.holder <> who OR NOT acts_in(NEW.epoch)) THEN "
    f"{refuse('custody under another name or epoch')}; END IF; "
)
_GOES = (
    "IF OLD.holder = who AND NEW.holder IS NULL AND NOT acts_in(OLD.epoch) THEN "
    f"{refuse('custody of an epoch that has ended')}; END IF; "
)
_SEAT_MOVES = (
    "DECLARE who bigint := me(); BEGIN IF who IS NULL THEN RETURN NEW; END IF; "
    # A take, as most of what comes here: whatever follows lets it pass, and costs much more.
    "IF OLD.holder IS NULL AND OLD.order_id IS NULL AND NEW.order_id IS NULL AND NEW.holder = who "
    "AND NEW.free_from IS NOT DISTINCT FROM OLD.free_from AND NEW.epoch = my_epoch() "
    "THEN RETURN NEW; END IF; "
    "IF OLD.order_id IS NOT NULL AND (NEW.holder IS NOT NULL OR NEW.order_id IS NOT NULL OR NOT "
    f"({_HOLDS.format(order='OLD.order_id')} AND {_TOLD.format(order='OLD.order_id')})) THEN "
    f"{refuse('a seat of an order that this window does not hold')}; END IF; "
    "IF OLD.order_id IS NOT NULL AND EXISTS (SELECT 1 FROM ticket t WHERE t.session_id = "
    "OLD.session_id AND t.seat_id = OLD.seat_id AND t.live = 1) THEN "
    f"{refuse('a seat whose ticket lives')}; END IF; "
    "IF OLD.order_id IS NULL AND NEW.order_id IS NOT NULL AND (OLD.holder IS DISTINCT FROM who "
    f"OR NOT ({_HOLDS.format(order='NEW.order_id')} AND {_TOLD.format(order='NEW.order_id')})) "
    f"THEN {refuse('a seat that this window does not hold')}; END IF; "
    f"{_GOES} {_COMES}"
    "IF NEW.free_from IS DISTINCT FROM OLD.free_from AND OLD.holder IS NULL "
    f"AND OLD.order_id IS NULL THEN {refuse('when a seat goes on sale')}; END IF; "
    "RETURN NEW; END"
)


def _of_takings(schema: str) -> list[str]:
    return [
        *trigger(
            schema,
            "payback",
            "payback_steps",
            "BEFORE UPDATE",
            f"BEGIN {steps('paybacks', PaybackStatus)} RETURN NEW; END",
        ),
        *trigger(
            schema,
            "payback",
            "payback_within_payment",
            "BEFORE INSERT",
            # The order's custody keeps all others from adding one at the same time.
            "BEGIN IF NEW.amount_fen + (SELECT coalesce(sum(amount_fen), 0) FROM payback "
            "WHERE payment_id = NEW.payment_id AND status NOT IN ('closed', 'dead')) "
            "> coalesce((SELECT amount_fen FROM payment WHERE id = NEW.payment_id "
            "AND order_id = NEW.order_id), 0) THEN "
            f"{refuse('more would go back than was paid')}; END IF; RETURN NEW; END",
        ),
        *trigger(
            schema,
            "payback",
            "payback_never_removed",
            "BEFORE DELETE",
            f"BEGIN {refuse('payback rows are never removed')}; END",
        ),
        *trigger(
            schema,
            "shift",
            "shift_steps",
            "BEFORE UPDATE",
            f"BEGIN {steps('shifts', ShiftStatus)} RETURN NEW; END",
        ),
        *trigger(
            schema,
            "attempt",
            "attempt_steps",
            "BEFORE UPDATE",
            # A push brings the last of several steps: what it may end in is what is checked.
            "BEGIN IF NEW.status <> OLD.status AND OLD.status IN "
            f"({', '.join(repr(str(s)) for s in _last(AttemptStatus))}) THEN "
            f"{refuse('a step of attempts that is not allowed')}; END IF; RETURN NEW; END",
        ),
        *(
            statement
            for table in ("cases", "play_entry", "rain_decision")
            for statement in trigger(
                schema,
                table,
                f"{table}_known",
                "AFTER INSERT OR UPDATE",
                "BEGIN PERFORM raise_people(); RETURN NULL; END",
            )
        ),
    ]


def _last(kind: type[StrEnum]) -> list[StrEnum]:
    return [status for status in kind if not NEXT[kind].get(status)]
